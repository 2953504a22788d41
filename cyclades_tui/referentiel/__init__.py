"""Exams as data: `data/` and the local settings laid over it, read into immutable typed objects (decision 1)."""

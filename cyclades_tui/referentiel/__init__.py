"""The exams as data: `data/` and the local settings over it, read into immutable typed objects (decision 1)."""

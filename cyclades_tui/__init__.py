"""Exam registration that works with no network."""

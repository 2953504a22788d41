"""Reminders to candidates whose pieces are missing, and their batches."""

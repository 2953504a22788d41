"""Relances to candidates whose pieces are missing, and their lots."""

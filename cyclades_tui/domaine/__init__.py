"""Frozen types and small pure functions that every other layer may use."""

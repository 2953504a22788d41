"""The exam rules: pure functions; facts come in as arguments; no I/O and no clock (decision 2)."""

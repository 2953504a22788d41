"""What the store holds: its tables."""

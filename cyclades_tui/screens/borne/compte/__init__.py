"""Creating and activating an account."""

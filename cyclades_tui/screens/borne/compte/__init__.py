"""The account: made, then activated."""

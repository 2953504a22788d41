"""Choosing the service to register with."""

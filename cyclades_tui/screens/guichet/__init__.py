"""The agents' terminal."""

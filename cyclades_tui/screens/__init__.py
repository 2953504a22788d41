"""One folder a journey; a screen calls actes in a thread and paints what they answer (decision 10)."""

"""The candidate's own space: what was saved, its documents, its messages."""

"""The base of every acte: rights, access, hashing, free text."""

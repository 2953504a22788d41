"""The agent's face: login, home, search, a dossier, the control of its pieces, what is done for many at once."""

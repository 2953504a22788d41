"""The body of each command: call an acte, print what it gives."""

"""The body of each command: call an acte, print its result."""

"""The command line: `commandes` parses it, a module a command does what it asks."""

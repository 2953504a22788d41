"""The command line: `commandes` parses it, `corps` does the work, one module for each command."""

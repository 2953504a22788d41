"""The Typer commands: names, options and help; the body of each is in `corps`."""

"""The daily work of the office: agents, home screen, search."""

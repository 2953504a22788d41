"""The daily work of the office: agents, figures, search."""

"""What the screens of both faces are built on: page, form, tab, menu, question, problem, theme."""

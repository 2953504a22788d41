"""What both faces are framed by: page, form, tab, menu, question, problem, theme."""

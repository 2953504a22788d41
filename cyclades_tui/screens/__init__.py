"""The screens, in one folder for each face; a screen runs actes in a thread and shows their results (decision 10)."""

"""Every question that is asked of the data, by subject, in SQL that any engine runs."""

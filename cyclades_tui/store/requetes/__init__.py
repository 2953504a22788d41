"""All queries on the data, by subject, in SQL that every engine runs."""

"""The fields: label, help, constraint, condition, error text; each field is specified once, here (decision 3)."""

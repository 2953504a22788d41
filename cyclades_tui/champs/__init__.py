"""Field specifications: label, help, constraint, condition, error text; each field stands here once (decision 3)."""

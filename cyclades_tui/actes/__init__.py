"""What a person does, one module a subject: a transaction and a journal row each (decision 9)."""

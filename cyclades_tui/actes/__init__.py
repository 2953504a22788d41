"""What a person does, by subject: a transaction and a journal row each."""

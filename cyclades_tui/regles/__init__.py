"""The rules of the exams: pure functions whose facts are arguments, without I/O or clock (decision 2)."""

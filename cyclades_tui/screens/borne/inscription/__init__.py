"""The inscription, one module a tab."""

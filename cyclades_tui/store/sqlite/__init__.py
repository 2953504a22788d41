"""The store as one SQLite file: driver, schema, checks and backup."""

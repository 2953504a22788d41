"""The office and the store: windows, settings, backup, verification."""

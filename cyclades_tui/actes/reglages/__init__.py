"""The office and the store themselves: windows, settings, backup, verification."""

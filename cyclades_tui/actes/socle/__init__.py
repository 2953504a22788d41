"""What every acte stands on: rights, access, hashing, free text."""

"""A candidature: its drafts, saves, versions and withdrawal."""

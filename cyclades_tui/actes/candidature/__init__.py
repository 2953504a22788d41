"""A candidature: its drafts, its saves, its versions, its withdrawal."""

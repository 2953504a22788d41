"""A candidate's dossier for an agent, and what he may do with it."""

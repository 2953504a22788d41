"""Candidats, their accounts and their mail."""

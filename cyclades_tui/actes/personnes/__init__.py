"""Candidats, their accounts and their messages."""

"""Justificatifs: given, validated, received, controlled."""

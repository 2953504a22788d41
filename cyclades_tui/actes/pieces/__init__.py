"""The justificatifs: given, validated, received, controlled."""

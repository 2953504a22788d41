"""What both faces show of a candidature: récapitulatif, documents, pieces, withdrawal."""

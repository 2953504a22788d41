"""Tab « Conditions d'inscription »: the commitment, after which « Enregistrer » acts (F265-F270)."""

from __future__ import annotations

from cyclades_tui.screens.borne.inscription.modalites import OngletTexte


class OngletConditions(OngletTexte):
    """The text of the conditions and the box that commits."""

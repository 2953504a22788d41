"""What a key must be that a person chooses: that of the store, or that of the copies that leave it."""

from __future__ import annotations

from cyclades_tui.domaine.erreurs import Faute

_LONGUEUR_MIN = 12


def faute_d_une_cle(cle: str) -> Faute | None:
    """What is wrong with a key, None if nothing is; it never quotes it."""
    if not cle.isprintable():
        return Faute("cle.signe", "cle", "La clé contient un signe qui ne se tape pas.", "Donnez-en une autre.")
    if len(cle.strip()) < _LONGUEUR_MIN or cle != cle.strip():
        message = f"La clé a moins de {_LONGUEUR_MIN} signes, ou une espace à un bout."
        return Faute("cle.courte", "cle", message, "Prenez une longue phrase, et gardez-la loin de ce poste.")
    return None

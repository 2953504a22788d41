"""`cyclades document ouvrir`: the récapitulatif of a candidature, out of the store again."""

from __future__ import annotations

import sys
from pathlib import Path

from cyclades_tui.actes import documents
from cyclades_tui.cli.inscription import copier, preparer_dossier
from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee
from cyclades_tui.poste import Reglages, ouvrir_poste


def lire_numero(texte: str) -> int:
    """`001` is 1. Raises SaisieRefusee."""
    if not (texte.isascii() and texte.isdigit() and len(texte) <= 6):
        message = f"« {texte[:20]} » n'est pas un numéro d'inscription."
        raise SaisieRefusee(Faute("document.numero", "inscription", message, "Exemple : 001."))
    return int(texte)


def ouvrir(reglages: Reglages, candidat: str, inscription: int, pdf: Path | None, *, texte: bool) -> None:
    """Write the last version's document into a folder, or its text on the output. Raises SaisieRefusee."""
    with ouvrir_poste(reglages) as poste:
        fichier = documents.ouvrir(poste, documents.trouver(poste, candidat, inscription))
    if pdf is not None:
        preparer_dossier(pdf)
        chemin = pdf / fichier.nom
        copier(chemin, fichier.octets)
        print(f"√ {chemin}")
    if texte or pdf is None:
        sys.stdout.write(fichier.texte + "\n")

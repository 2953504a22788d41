"""The local settings files as actes last wrote or accepted them (decision 17)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import select

from cyclades_tui.domaine.temps import en_iso
from cyclades_tui.store.modele.tables import FichierDeReglages
from cyclades_tui.store.modele.unite import Unite


def lire(unite: Unite) -> dict[str, str]:
    """Path in the folder -> digest, of every file written or accepted by an acte."""
    return {ligne.chemin: ligne.sha256 for ligne in unite.session.exec(select(FichierDeReglages))}


def prendre(unite: Unite, fichiers: Mapping[str, str], instant: datetime, *, tous: bool) -> None:
    """Note the digests of files; with `tous`, forget all others."""
    connus = {ligne.chemin: ligne for ligne in unite.session.exec(select(FichierDeReglages))}
    for chemin, sha256 in fichiers.items():
        ligne = connus.pop(chemin, None)
        if ligne is None:
            unite.session.add(FichierDeReglages(chemin=chemin, sha256=sha256, pris_le=en_iso(instant)))
        elif ligne.sha256 != sha256:
            ligne.sha256, ligne.pris_le = sha256, en_iso(instant)
    for ligne in connus.values() if tous else ():
        unite.session.delete(ligne)

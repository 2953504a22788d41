"""A store with any number of candidatures: one real inscription, copied by the driver."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from candidatures import nom
from sqlmodel import text

from cyclades_tui.actes.candidature.inscription import Demande, enregistrer
from cyclades_tui.poste import Poste
from cyclades_tui.store.sqlite.moteur import connecter
from cyclades_tui.store.sqlite.store import FICHIER

_LOT = 5000  # rows of each table in one transaction
# Parents first. The copied journal rows do not chain, and no bench checks them.
_TABLES = ("candidat", "candidature", "journal", "journal_detail", "version", "document", "message")
_CLES = {"candidat_id", "candidature_id", "version_id", "journal_seq", "id", "seq"}


def peupler(poste: Poste, demande: Demande, combien: int) -> None:
    """Save one candidature by its acte and copy its rows `combien` times, each for another person."""
    enregistrer(poste, demande)
    modeles = {table: _derniere(poste, table) for table in _TABLES}
    depart = 1 + max(modele.get("id", modele.get("seq", 0)) for modele in modeles.values())
    connexion = connecter(poste.store.chemin / FICHIER, None)
    try:
        for debut in range(depart, depart + combien, _LOT):
            connexion.execute("BEGIN IMMEDIATE")
            for table, modele in modeles.items():
                valeurs = ", ".join(f":{colonne}" for colonne in modele)
                rangs = range(debut, min(debut + _LOT, depart + combien))
                connexion.executemany(
                    f"INSERT INTO {table} ({', '.join(modele)}) VALUES ({valeurs})", _lignes(modele, rangs)
                )
            connexion.execute("COMMIT")
        connexion.execute("UPDATE tete_journal SET seq = ?", (depart + combien - 1,))
    finally:
        connexion.close()


def _derniere(poste: Poste, table: str) -> dict[str, Any]:
    cle = "seq" if table.startswith("journal") else "id"
    with poste.store.lire() as unite:
        ligne = unite.session.execute(text(f"SELECT * FROM {table} ORDER BY {cle} DESC LIMIT 1")).mappings().one()
        return dict(ligne)


def _lignes(modele: dict[str, Any], rangs: range) -> Iterator[dict[str, Any]]:
    """The same row with new keys; a person also gets another number, name and address."""
    for rang in rangs:
        ligne = modele | dict.fromkeys(_CLES & modele.keys(), rang)
        if "cle_personne" in modele:
            propres = {"numero": f"9{rang:010d}", "cle_personne": str(rang), "nom": nom(rang), "cle_nom": nom(rang)}
            ligne |= propres | {"email": f"copie{rang}@example.org", "email_cle": f"copie{rang}@example.org"}
        yield ligne

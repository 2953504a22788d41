"""A full store of each released schema, carried forward to this one: nothing is lost, nobody is erased."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from outils.actes import poste_sur, verifier_sans_faute
from outils.horloge import HorlogeReglable
from outils.store import (
    ACTEUR,
    INSTANT,
    ajouter_candidat,
    ajouter_candidature,
    ajouter_version,
    brut,
    nouveau_store,
    photo,
)

from cyclades_tui.actes.personnes import comptes
from cyclades_tui.domaine.erreurs import SaisieRefusee
from cyclades_tui.domaine.temps import en_iso
from cyclades_tui.poste import Poste, ReglagesDuPoste
from cyclades_tui.store.modele.tables import (
    Agent,
    Brouillon,
    Candidature,
    Compte,
    Depot,
    Justificatif,
    Lot,
    LotElement,
    Message,
    Suivi,
)
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.sqlite import migrations
from cyclades_tui.store.sqlite.migration import migrer
from cyclades_tui.store.sqlite.store import FICHIER, StoreSqlite

ANCIEN = en_iso(INSTANT)
# What each later schema adds at the end of a table's rows.
AJOUTS: dict[str, dict[str, tuple[object, ...]]] = {
    "0001": {"compte": ("", ANCIEN, None), "message": (None, ""), "candidature": ("",), "document": (None,)},
    "0002": {"message": ("",), "candidature": ("",), "document": (None,)},
    "0003": {},
}


def remplir(store: StoreSqlite) -> None:
    """A row at least in every table of the schema before this one."""
    with store.ecrire() as unite:
        candidat = ajouter_candidat(unite, "Martin", "martin@mail.fr")
        candidature, _, _ = ajouter_candidature(unite, candidat)
        candidature.version = 2
        ajouter_version(unite, candidature, 2)
        unite.session.add(
            Compte(candidat_id=candidat.id, email="Martin@mail.fr", email_cle="martin@mail.fr", cree_le=ANCIEN)
        )
        unite.session.add(
            Message(candidat_id=1, candidature_id=1, objet="Objet", corps="Le {code} de la route", cree_le=ANCIEN)
        )
        unite.session.add(
            Brouillon(
                candidat_id=1,
                cle="02699000000|BCP|2027|33",
                saisie="{}",
                onglet="acquis",
                focus="",
                referentiel_sha256="a",
                maj_le=ANCIEN,
            )
        )
        _remplir_le_guichet(unite, candidature)


def _remplir_le_guichet(unite: Unite, candidature: Candidature) -> None:
    unite.session.add(
        Agent(identifiant="l.roy", nom="L. Roy", role="gestionnaire", academies="[]", mot_de_passe="", cree_le=ANCIEN)
    )
    textes: dict[str, Any] = dict.fromkeys(
        ("examen", "session", "academie", "piece", "code", "libelle", "sigle", "mode"), "essai"
    )
    piece = Justificatif(
        candidature_id=candidature.id,
        **textes,
        rang=1,
        obligatoire=True,
        statut="",
        affecte_a="l.roy",
        version=1,
    )
    lot = Lot(nature="relance", criteres="{}", acteur="l.roy", cree_le=ANCIEN)
    unite.session.add_all((piece, lot))
    unite.session.flush()
    fichier: dict[str, Any] = {
        "nom": "carte.pdf",
        "format": "PDF",
        "taille": 1,
        "pages": 1,
        "sha256": "a",
        "analyse": "saine",
    }
    suivi: dict[str, Any] = {
        "acte": "deposer",
        "statut": "",
        "a_controler": False,
        "file_le": "",
        "acteur_nature": "candidat",
    }
    unite.session.add_all(
        (
            Depot(justificatif_id=piece.id, **fichier, depose_le=ANCIEN, acteur="02699000000"),
            Suivi(justificatif_id=piece.id, **suivi, acteur="02699000000", instant=ANCIEN),
            LotElement(lot_id=lot.id, candidature_id=candidature.id),
        )
    )


def store_ancien(dossier: Path, revision: str) -> ReglagesDuPoste:
    """The store that the release of a revision would have left: its schema, and the columns that it had."""
    nouveau = nouveau_store(dossier)
    remplir(nouveau)
    nouveau.fermer()
    tardives = [f"{numero:04d}_*" for numero in range(int(revision) + 1, 10)]
    scripts = dossier / "scripts"
    shutil.copytree(migrations.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__", *tardives))
    ancien = dossier / "ancien"
    shutil.copytree(nouveau.chemin, ancien, ignore=shutil.ignore_patterns("cyclades.db*"))
    (ancien / FICHIER).touch()
    migrer(ancien / FICHIER, None, scripts)
    with brut(nouveau) as source, brut(StoreSqlite(ancien, None)) as cible:
        for (table,) in cible.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if table in ("alembic_version", "sqlite_sequence"):
                continue
            colonnes = ", ".join(ligne[1] for ligne in cible.execute(f"PRAGMA table_info({table})").fetchall())
            for ligne in source.execute(f"SELECT {colonnes} FROM {table}").fetchall():
                cible.execute(f"INSERT INTO {table} ({colonnes}) VALUES ({', '.join('?' * len(ligne))})", ligne)
    return ReglagesDuPoste(store=ancien, poste=ACTEUR.poste)


@pytest.mark.parametrize("revision", AJOUTS)
def test_every_row_of_an_older_schema_is_carried_forward(tmp_path: Path, revision: str) -> None:
    reglages = store_ancien(tmp_path, revision)
    avant = photo(StoreSqlite(reglages.store, None))
    assert avant["alembic_version"] == [(revision,)]
    tables = set(avant) - {"schema", "alembic_version", "sqlite_sequence"}
    assert all(avant[table] for table in tables)
    store = StoreSqlite.ouvrir(reglages.store)
    apres = photo(store)
    store.fermer()
    assert apres["alembic_version"] == [(migrations.REVISION,)]
    for table in tables:
        assert apres[table] == [(*ligne, *AJOUTS[revision].get(table, ())) for ligne in avant[table]], table
    assert (reglages.store / f"cyclades-revision-{revision}.db").exists()


def test_an_account_of_the_first_schema_is_not_one_that_waits(tmp_path: Path) -> None:
    reglages = store_ancien(tmp_path, "0001")
    horloge = HorlogeReglable(INSTANT)
    horloge.avancer(days=365)
    poste: Poste = poste_sur(reglages, horloge)
    assert comptes.effacer_les_comptes_expires(poste) == 0
    for mot_de_passe in ("", "Soleil/levant"):
        with pytest.raises(SaisieRefusee):
            comptes.connecter(poste, "martin@mail.fr", mot_de_passe)
    verifier_sans_faute(poste)

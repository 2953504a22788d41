"""A full store of the first schema, carried forward to the one with accounts: nothing is lost, nobody is erased."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from actes_outils import HorlogeReglable, poste_sur, verifier_sans_faute
from store_outils import ACTEUR, INSTANT, ajouter_candidat, ajouter_candidature, ajouter_version, brut, consigner, photo

from cyclades_tui.actes import comptes
from cyclades_tui.domaine.erreurs import SaisieRefusee
from cyclades_tui.domaine.temps import en_iso
from cyclades_tui.poste import Poste, Reglages
from cyclades_tui.store import migrations, numeros
from cyclades_tui.store.base import COFFRE, FICHIER, Store
from cyclades_tui.store.coffre import Coffre
from cyclades_tui.store.journal import GENESE
from cyclades_tui.store.migration import migrer
from cyclades_tui.store.tables import IdentiteStore, TeteJournal

ANCIEN = en_iso(INSTANT)
# Rows of the tables that this release writes otherwise, as the first one wrote them.
LIGNES: dict[str, dict[str, object]] = {
    "compte": {"candidat_id": 1, "email": "Martin@mail.fr", "email_cle": "martin@mail.fr", "cree_le": ANCIEN},
    "message": {
        "candidat_id": 1,
        "candidature_id": 1,
        "objet": "Objet",
        "corps": "Le {code} de la route",
        "cree_le": ANCIEN,
    },
    "brouillon": {
        "candidat_id": 1,
        "cle": "02699000000|BCP|2027|33",
        "saisie": "{}",
        "onglet": "acquis",
        "focus": "",
        "referentiel_sha256": "a",
        "maj_le": ANCIEN,
    },
}


@pytest.fixture
def reglages(tmp_path: Path) -> Reglages:
    """A store made by the first migration alone, with rows in every table."""
    scripts = tmp_path / "scripts"
    shutil.copytree(migrations.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__", "0002_*"))
    chemin = tmp_path / "store"
    chemin.mkdir()
    (chemin / FICHIER).touch()
    migrer(chemin / FICHIER, None, scripts)
    Coffre(chemin / COFFRE, None).preparer()
    store = Store(chemin, None)
    with store.ecrire() as unite:
        unite.session.add(IdentiteStore(id="essai", cree_le=ANCIEN, format=1))
        unite.session.add(TeteJournal(seq=0, hachage=GENESE))
        numeros.ajouter_plage(unite, *numeros.PLAGE_FORMATION, formation=True, instant=INSTANT)
        consigner(unite, "store.creer")
        candidature, _, _ = ajouter_candidature(unite, ajouter_candidat(unite, "Martin", "martin@mail.fr"))
        candidature.version = 2
        ajouter_version(unite, candidature, 2)
    store.fermer()
    with brut(store) as connexion:
        for table, ligne in LIGNES.items():
            trous = ", ".join("?" * len(ligne))
            connexion.execute(f"INSERT INTO {table} ({', '.join(ligne)}) VALUES ({trous})", tuple(ligne.values()))
    return Reglages(store=chemin, poste=ACTEUR.poste)


def test_every_row_of_the_first_schema_is_carried_forward(reglages: Reglages) -> None:
    avant = photo(Store(reglages.store, None))
    assert avant["alembic_version"] == [("0001",)]
    tables = set(avant) - {"schema", "alembic_version", "sqlite_sequence"}
    assert all(avant[table] for table in tables)
    store = Store.ouvrir(reglages.store)
    apres = photo(store)
    assert apres["alembic_version"] == [("0002",)]
    ajouts = {"compte": ("", ANCIEN, None), "message": (None,)}
    for table in tables:
        assert apres[table] == [(*ligne, *ajouts.get(table, ())) for ligne in avant[table]], table
    assert (reglages.store / "cyclades-revision-0001.db").exists()


def test_an_account_of_the_first_schema_is_not_one_that_waits(reglages: Reglages) -> None:
    horloge = HorlogeReglable(INSTANT)
    horloge.avancer(days=365)
    poste: Poste = poste_sur(reglages, horloge)
    assert comptes.effacer_les_comptes_expires(poste) == 0
    for mot_de_passe in ("", "Soleil/levant"):
        with pytest.raises(SaisieRefusee):
            comptes.connecter(poste, "martin@mail.fr", mot_de_passe)
    verifier_sans_faute(poste)

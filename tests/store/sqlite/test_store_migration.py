"""Migrating a full store from each released schema to this one: nothing is lost, nobody is deleted."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from outils.actes import inscrire, lignes, nouveau_poste, poste_sur, verifier_sans_faute
from outils.agents import au_nom_de
from outils.guide import EN_INDIVIDUEL, SAISIE
from outils.horloge import PENDANT, HorlogeReglable
from outils.store import (
    ACTEUR,
    INSTANT,
    ajouter_candidat,
    ajouter_candidature,
    ajouter_version,
    brut,
    nouveau_store,
    photo,
    sans_garde,
)
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from cyclades_tui.actes.personnes import comptes
from cyclades_tui.actes.pieces import attentes_gardees, justificatifs
from cyclades_tui.actes.pieces.attentes import Filtre
from cyclades_tui.cli.corps.connexion import finir_la_migration
from cyclades_tui.domaine.canonique import empreinte, en_json
from cyclades_tui.domaine.erreurs import SaisieRefusee
from cyclades_tui.domaine.statuts import Statut
from cyclades_tui.domaine.temps import en_iso
from cyclades_tui.poste import Poste, ReglagesDuPoste
from cyclades_tui.store.cle_du_journal import CleDuJournal, lire_la_cle
from cyclades_tui.store.modele.tables import (
    Agent,
    Brouillon,
    Candidature,
    Compte,
    Depot,
    FichierDeReglages,
    FiltreGarde,
    Justificatif,
    Lot,
    LotElement,
    Message,
    Suivi,
    Table,
)
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.sqlite import migrations
from cyclades_tui.store.sqlite.lignes_prouvees import lignes_sans_acte
from cyclades_tui.store.sqlite.migration import declencheurs, migrer
from cyclades_tui.store.sqlite.moteur import UniteSqlite, ouvrir_moteur
from cyclades_tui.store.sqlite.preuve import GENESE, HORS_PREUVE, connaitre, noter_l_etat, tables_prouvees
from cyclades_tui.store.sqlite.store import FICHIER, StoreSqlite

ANCIEN = en_iso(INSTANT)
# The columns that each later schema adds at the end of a table.
AJOUTS: dict[str, dict[str, tuple[object, ...]]] = {
    "0001": {"compte": ("", ANCIEN, None), "message": (None, ""), "candidature": ("",), "document": (None,)},
    "0002": {"message": ("",), "candidature": ("",), "document": (None,)},
    "0003": {"depot": ("",)},
    "0004": {"depot": ("",)},
    "0005": {"depot": ("",)},
    "0006": {"depot": ("",)},
    "0007": {},
}
# Before 0005 a status was stored as its label, and a column had another name.
LIBELLES = {
    "": "",
    "en_attente": "En attente de contrôle",
    "recue": "Reçue",
    "conforme": "Conforme",
    "non_conforme": "Non conforme",
    "nouvelle_pj": "En attente d'une nouvelle PJ",
}
_CHAINE = "ecriture"
ANCIENS_NOMS = {"attend_depuis": "file_le"}
ACTES = ("deposer", "mettre_en_attente", "recevoir", "accepter", "refuser", "redemander")  # one for each status


def remplir(store: StoreSqlite) -> None:
    """Insert at least one row in every table of the previous schema."""
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
        unite.session.add(FichierDeReglages(chemin="reglages.toml", sha256="a", pris_le=ANCIEN))
        _remplir_le_guichet(unite, candidature, store.coffre.deposer(b"carte"))


def _remplir_le_guichet(unite: Unite, candidature: Candidature, sha256: str) -> None:
    unite.session.add(
        Agent(identifiant="l.roy", nom="L. Roy", role="gestionnaire", academies="[]", mot_de_passe="", cree_le=ANCIEN)
    )
    textes: dict[str, Any] = dict.fromkeys(
        ("examen", "session", "academie", "piece", "code", "libelle", "sigle"), "essai"
    )
    pieces = [
        Justificatif(
            candidature_id=candidature.id,
            **{**textes, "piece": statut or "sans"},
            mode="en ligne",
            rang=rang,
            obligatoire=True,
            statut=statut,
            attend_depuis=ANCIEN if rang < 3 else "",
            affecte_a="l.roy",
            version=1,
        )
        for rang, statut in enumerate(LIBELLES)
    ]
    lot = Lot(nature="relance", criteres="{}", acteur="l.roy", cree_le=ANCIEN)
    unite.session.add_all((*pieces, lot))
    unite.session.flush()
    fichier: dict[str, Any] = {
        "nom": "carte.pdf",
        "format": "PDF",
        "taille": 1,
        "pages": 1,
        "sha256": sha256,
        "analyse": "saine",
    }
    suivi: dict[str, Any] = {"a_controler": False, "acteur": "l.roy", "acteur_nature": "agent", "instant": ANCIEN}
    unite.session.add_all(
        (
            Depot(justificatif_id=pieces[0].id, **fichier, depose_le=ANCIEN, acteur="02699000000"),
            *(
                Suivi(
                    justificatif_id=piece.id, acte=acte, statut=piece.statut, attend_depuis=piece.attend_depuis, **suivi
                )
                for piece, acte in zip(pieces, ACTES, strict=True)
            ),
            *(
                FiltreGarde(agent_id=1, nom=nom, filtre=en_json(asdict(Filtre(statut=statut))), garde_le=ANCIEN)
                for nom, statut in {"toutes": None, "à lui": Statut.AUCUN, "l'été": Statut.RECUE}.items()
            ),
            LotElement(lot_id=lot.id, candidature_id=candidature.id),
        )
    )


def anciens_noms(revision: str) -> dict[str, str]:
    """The columns that a schema names otherwise than today."""
    return ANCIENS_NOMS if revision < "0005" else {}


def en_libelles(table: str, colonne: str, valeur: Any) -> Any:
    """A current value as releases before 0005 stored it."""
    if (table, colonne) == ("filtre_garde", "filtre"):
        filtre = json.loads(valeur)
        return en_json({**filtre, "statut": LIBELLES.get(filtre["statut"])})
    return LIBELLES[valeur] if colonne == "statut" else valeur


def vieillie(revision: str, table: str, colonnes: list[str], ligne: tuple[Any, ...]) -> tuple[Any, ...]:
    if revision >= "0005":
        return ligne
    return tuple(en_libelles(table, colonne, valeur) for colonne, valeur in zip(colonnes, ligne, strict=True))


def scripts_jusqu_a(dossier: Path, revision: str) -> Path:
    """The migrations that the release of a revision had."""
    tardives = [f"{numero:04d}_*" for numero in range(int(revision) + 1, 100)]
    scripts = dossier / "scripts"
    shutil.copytree(migrations.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__", *tardives))
    return scripts


def store_ancien(dossier: Path, revision: str) -> ReglagesDuPoste:
    """A store as the release of a revision left it, with the schema and columns of that time."""
    nouveau = nouveau_store(dossier)
    remplir(nouveau)
    nouveau.fermer()
    scripts = scripts_jusqu_a(dossier, revision)
    ancien = dossier / "ancien"
    shutil.copytree(nouveau.chemin, ancien, ignore=shutil.ignore_patterns("cyclades.db*"))
    (ancien / FICHIER).touch()
    migrer(ancien / FICHIER, None, scripts=scripts)
    actuels = {vieux: actuel for actuel, vieux in anciens_noms(revision).items()}
    with brut(nouveau) as source, brut(StoreSqlite(ancien, None)) as cible:
        for (table,) in cible.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if table in ("alembic_version", "sqlite_sequence"):
                continue
            colonnes = [ligne[1] for ligne in cible.execute(f"PRAGMA table_info({table})").fetchall()]
            lues = ", ".join(actuels.get(colonne, colonne) for colonne in colonnes)
            for ligne in source.execute(f"SELECT {lues} FROM {table}").fetchall():
                vieille = vieillie(revision, table, colonnes, ligne)
                cible.execute(
                    f"INSERT INTO {table} ({', '.join(colonnes)}) VALUES ({', '.join('?' * len(ligne))})", vieille
                )
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
        colonnes = [anciens_noms(revision).get(colonne, colonne) for colonne in colonnes_de(store, table)]
        revenues = [vieillie(revision, table, colonnes, ligne) for ligne in apres[table]]
        if table == _CHAINE:  # what the migration itself wrote comes after
            revenues = revenues[: len(avant[table])]
        assert revenues == [(*ligne, *AJOUTS[revision].get(table, ())) for ligne in avant[table]], table
    assert declencheurs_de(apres) == declencheurs()
    assert declencheurs_de(avant).items() <= declencheurs_de(apres).items()
    assert (reglages.store / f"cyclades-revision-{revision}.db").exists()


def colonnes_de(store: StoreSqlite, table: str) -> list[str]:
    with brut(store) as connexion:
        return [ligne[1] for ligne in connexion.execute(f"PRAGMA table_info({table})").fetchall()]


def declencheurs_de(vue: dict[str, list[Any]]) -> dict[str, str]:
    return {nom: sql for type_, nom, sql in vue["schema"] if type_ == "trigger"}


def test_a_status_stored_by_its_label_is_read_by_its_code(tmp_path: Path) -> None:
    """Labels in pieces, history and saved filters become codes; what 0004 wrote in the journal stays."""
    reglages = store_ancien(tmp_path, "0004")
    with brut(StoreSqlite(reglages.store, None)) as connexion:
        ecrits = connexion.execute("SELECT statut FROM suivi ORDER BY id").fetchall()
        assert [statut for (statut,) in ecrits] == list(LIBELLES.values())
        journal = connexion.execute("SELECT * FROM journal JOIN journal_detail USING (seq)").fetchall()
    poste = poste_sur(reglages, HorlogeReglable(INSTANT))
    assert lignes(poste, "SELECT * FROM journal JOIN journal_detail USING (seq)") == journal
    for table in ("justificatif", "suivi"):
        assert [statut for (statut,) in lignes(poste, f"SELECT statut FROM {table} ORDER BY id")] == list(LIBELLES)
        depuis = [instant for (instant,) in lignes(poste, f"SELECT attend_depuis FROM {table} ORDER BY id")]
        assert depuis == [ANCIEN] * 3 + [""] * 3
    with pytest.raises(IntegrityError, match="un suivi ne change pas"), poste.store.ecrire() as unite:
        unite.session.execute(text("UPDATE suivi SET statut = 'conforme'"))
    gardees = {attente.libelle: attente.filtre for attente in attentes_gardees.gardees(au_nom_de(poste, "l.roy"))}
    assert gardees == {"toutes": Filtre(), "à lui": Filtre(statut=Statut.AUCUN), "l'été": Filtre(statut=Statut.RECUE)}
    verifier_sans_faute(poste)


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


def test_each_cell_of_a_store_carried_forward_is_proved_from_then_on(tmp_path: Path) -> None:
    """Every table of the file is walked, so that a new one cannot be forgotten: a cell changed, a row gone."""
    reglages = store_ancien(tmp_path, "0004")
    verifier_sans_faute(poste_sur(reglages, HorlogeReglable(INSTANT)))
    store = StoreSqlite.ouvrir(reglages.store)
    cle = lire_la_cle(store.fichier_cle)
    assert isinstance(cle, CleDuJournal)
    with brut(store) as connexion:
        connexion.execute("PRAGMA foreign_keys=OFF")
        for (nom,) in connexion.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connexion.execute(f"DROP TRIGGER {nom}")
        tables = [nom for nom in tables_prouvees(connexion) if connexion.execute(f"SELECT 1 FROM {nom}").fetchone()]
        assert set(tables) == set(Table.metadata.tables) - set(HORS_PREUVE) - {"fichier_de_reglages"}
        premieres = {table: connexion.execute(f"SELECT min(rowid) FROM {table}").fetchone()[0] for table in tables}
    for table, rang in premieres.items():
        ordres = [
            f"UPDATE {table} SET {colonne} = coalesce(CAST({colonne} AS BLOB), x'') || x'31' WHERE rowid = {rang}"
            if colonne not in ("id", "seq")
            else f"UPDATE {table} SET {colonne} = 77 WHERE rowid = {rang}"
            for colonne in colonnes_de(store, table)
        ]
        for ordre in (*ordres, f"DELETE FROM {table} WHERE rowid = {rang}"):
            assert f"« {table} »" in " ".join(lignes_nommees(store, cle, ordre)), ordre


@pytest.mark.parametrize("ordre", ["", "UPDATE message SET corps = 'Vous êtes admise.' WHERE id = 1"])
def test_a_change_from_before_the_digests_were_computed_anew_is_still_named(tmp_path: Path, ordre: str) -> None:
    reglages = store_ancien(tmp_path, "0007")
    ancien = StoreSqlite(reglages.store, None)
    cle = lire_la_cle(ancien.fichier_cle)
    assert isinstance(cle, CleDuJournal)
    with brut(ancien) as connexion:
        noter_l_etat(connexion, cle, "0007")  # the digests that a release of 0007 had written
        sceaux = connexion.execute("SELECT tableau, cle, NULL, sceau FROM trouvee ORDER BY rowid").fetchall()
        seq = connexion.execute("SELECT max(seq) FROM journal").fetchone()[0]
        maillon = en_json([list(sceau) for sceau in sceaux])
        hachage = cle.maillon(1, GENESE, seq, maillon.encode())
        sans_garde(connexion, "DELETE FROM ecriture", *([ordre] if ordre else []))
        connexion.execute("INSERT INTO ecriture VALUES (1, ?, ?, ?)", (seq, maillon, hachage))
    store = StoreSqlite.ouvrir(reglages.store)
    with store.lire() as unite:
        fautes = [faute.message for faute in lignes_sans_acte(unite, cle)]
    assert ["« message »" in faute for faute in fautes] == ([True] if ordre else [])


def lignes_nommees(store: StoreSqlite, cle: CleDuJournal, ordre: str) -> list[str]:
    """What the proof of the rows says after a statement, which is then undone."""
    with Session(ouvrir_moteur(store.fichier, None, None, lecture=False)) as session:
        pilote = session.connection().connection.driver_connection
        connaitre(pilote, cle)
        session.execute(text("PRAGMA defer_foreign_keys=ON"))
        session.execute(text(ordre))
        fautes = list(lignes_sans_acte(UniteSqlite(session), cle))
        session.rollback()
    return [faute.message for faute in fautes]


@pytest.mark.parametrize("revision", ["0001", "0002"])
def test_a_dossier_from_before_pieces_is_asked_for_them(tmp_path: Path, revision: str) -> None:
    """A real inscription, as the release of that schema kept it: without pieces, in its content or its tables."""
    horloge = HorlogeReglable.a(PENDANT)
    (tmp_path / "neuf").mkdir()
    neuf = nouveau_poste(tmp_path / "neuf", horloge)
    numero = inscrire(neuf, SAISIE | EN_INDIVIDUEL).numero_candidat
    voulues = [(p.piece, p.mode, p.statut) for p in justificatifs.lister(neuf, numero, 1).pieces]
    assert voulues
    reglages = rajeunir(neuf, tmp_path / "ancien", revision)
    poste = poste_sur(reglages, horloge)
    assert justificatifs.lister(poste, numero, 1).pieces == ()
    finir_la_migration(poste)
    assert [(p.piece, p.mode, p.statut) for p in justificatifs.lister(poste, numero, 1).pieces] == voulues
    actes = lignes(poste, "SELECT acte, sujet, acteur_nature FROM journal WHERE acte = 'justificatif.demander'")
    assert actes == [("justificatif.demander", sujet, "systeme") for sujet in ("candidature:1", "lot:1")]
    finir_la_migration(poste)
    assert len(lignes(poste, "SELECT 1 FROM journal WHERE acte = 'justificatif.demander'")) == 2
    verifier_sans_faute(poste)


def rajeunir(neuf: Poste, dossier: Path, revision: str) -> ReglagesDuPoste:
    """A store of an older schema with the rows of a new one, its versions without pieces, its journal agreeing."""
    dossier.mkdir()
    store = dossier / "store"
    shutil.copytree(neuf.store.chemin, store, ignore=shutil.ignore_patterns("cyclades.db*", "journal.cle"))
    (store / FICHIER).touch()
    migrer(store / FICHIER, None, scripts=scripts_jusqu_a(dossier, revision))
    with brut(neuf.store) as source, brut(StoreSqlite(store, None)) as cible:
        cible.execute("PRAGMA foreign_keys=OFF")
        for (table,) in cible.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if table not in ("alembic_version", "sqlite_sequence"):
                colonnes = ", ".join(ligne[1] for ligne in cible.execute(f"PRAGMA table_info({table})").fetchall())
                for ligne in source.execute(f"SELECT {colonnes} FROM {table}").fetchall():
                    cible.execute(f"INSERT INTO {table} ({colonnes}) VALUES ({', '.join('?' * len(ligne))})", ligne)
        oublier_les_pieces(cible)
    return ReglagesDuPoste(store=store, parametrage=neuf.parametrage, poste=ACTEUR.poste)


def oublier_les_pieces(connexion: Any) -> None:
    """Rewrite the first version as it was before pieces, with its digest, and the journal's chain with it."""
    contenu = json.loads(connexion.execute("SELECT contenu FROM version").fetchone()[0])
    contenu.pop("pieces")
    texte = en_json(contenu)
    ancienne, nouvelle = connexion.execute("SELECT sha256 FROM version").fetchone()[0], empreinte(texte)
    sans_garde(
        connexion,
        "UPDATE version SET contenu = '{}', sha256 = '{}'".format(texte.replace("'", "''"), nouvelle),
        f"UPDATE journal_detail SET valeurs = replace(valeurs, '{ancienne}', '{nouvelle}')",
    )
    noms = [ligne[1] for ligne in connexion.execute("PRAGMA table_info(journal)").fetchall()]
    precedent, ordres = "0" * 64, []
    for cellules in connexion.execute("SELECT * FROM journal ORDER BY seq").fetchall():
        ligne = dict(zip(noms, cellules, strict=True))
        detail = connexion.execute("SELECT sel || valeurs FROM journal_detail WHERE seq = ?", (ligne["seq"],))
        ligne |= {"empreinte": empreinte(detail.fetchone()[0]), "precedent": precedent}
        del ligne["hachage"]
        precedent = empreinte(en_json(ligne))
        ordres.append(
            f"UPDATE journal SET empreinte = '{ligne['empreinte']}', precedent = '{ligne['precedent']}',"
            f" hachage = '{precedent}' WHERE seq = {ligne['seq']}"
        )
    sans_garde(connexion, *ordres, f"UPDATE tete_journal SET hachage = '{precedent}'")

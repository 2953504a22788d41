"""For tests of the store: a fixed clock, rows to insert, raw access to its file, child processes."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

import pytest

from cyclades_tui.champs.identite import IDENTITE
from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.domaine.canonique import empreinte
from cyclades_tui.domaine.contenu import Designation, EnteteDeVersion
from cyclades_tui.domaine.erreurs import ErreurCyclades
from cyclades_tui.domaine.temps import en_iso
from cyclades_tui.store.modele.tables import Candidat, Candidature, Document, Message, Version
from cyclades_tui.store.modele.unite import Store, Unite
from cyclades_tui.store.requetes import journal, numeros
from cyclades_tui.store.requetes.verification import INFORMATIONS
from cyclades_tui.store.sqlite.moteur import connecter
from cyclades_tui.store.sqlite.store import StoreSqlite
from outils.contenus import champs, exemple
from outils.horloge import HorlogeReglable
from outils.modeles import copier

INSTANT = datetime(2026, 10, 12, 8, 30, tzinfo=UTC)
ETATS = frozenset({"Inscrit"})
LIGNE_SANS_ACTE = "preuve.ligne"  # what every row changed by hand has, beside what else contradicts it
ACTEUR = Acteur(NatureActeur.SYSTEME, "agent-17", Face.COMMANDE, "poste-1")


def nouveau_store(dossier: Path, cle: str | None = None) -> StoreSqlite:
    """A new store made by `StoreSqlite.creer`."""

    def faire(neuf: Path) -> None:
        StoreSqlite.creer(neuf / "store", horloge=HorlogeReglable(INSTANT), cle=cle).fermer()

    copier(("store", cle), faire, dossier)
    return StoreSqlite.ouvrir(dossier / "store", cle=cle)


def consigner(
    unite: Unite,
    acte: str = "essai.acte",
    instant: datetime = INSTANT,
    *,
    sujet: str = "essai",
    valeurs: dict[str, Any] | None = None,
) -> int:
    return journal.consigner(
        unite, acteur=ACTEUR, acte=acte, sujet=sujet, valeurs=valeurs or {"champ": "valeur"}, instant=instant
    )


def identite(nom: str) -> dict[str, Any]:
    """The columns of a person that versions and journal repeat, without the e-mail."""
    return {
        "civilite": "mme",
        "nom": nom,
        "nom_usage": "",
        "prenoms": "Camille",
        "naissance": "2005-05-06",
        "naissance_pays": "France",
        "naissance_departement": "",
        "naissance_commune": "Rennes",
    }


def ajouter_candidat(unite: Unite, nom: str, email_cle: str | None = None) -> Candidat:
    numero = numeros.attribuer(unite, annee=2026)
    candidat = Candidat(
        **identite(nom),
        numero=numero.numero,
        formation=numero.formation,
        cle_nom=nom.upper(),
        cle_personne=nom.upper(),
        email=email_cle or "",
        email_cle=email_cle,
        cree_le=en_iso(INSTANT),
    )
    unite.session.add(candidat)
    unite.session.flush()
    consigner(unite, "candidat.creer", sujet=f"candidat:{candidat.id}", valeurs={"identite": identite(nom)})
    return candidat


def ajouter_candidature(unite: Unite, candidat: Candidat, numero: int = 1) -> tuple[Candidature, Version, Document]:
    candidature = Candidature(
        candidat_id=candidat.id,
        numero=numero,
        examen="essai",
        session="2027-06",
        academie="rennes",
        specialite="000",
        etat="Inscrit",
        version=1,
        cree_le=en_iso(INSTANT),
        maj_le=en_iso(INSTANT),
        formation=candidat.formation,
    )
    unite.session.add(candidature)
    unite.session.flush()
    version, document = ajouter_version(unite, candidature, 1)
    return candidature, version, document


def contenu_de_version(candidat: Candidat, candidature: Candidature, numero: int, etablissement: str = "") -> str:
    """A content that agrees with the rows of its person and candidature."""
    valeurs = {donnee.champ: str(getattr(candidat, donnee.colonne)) for donnee in IDENTITE}
    if etablissement:
        valeurs["candidature.etablissement"] = etablissement
    contenu = replace(
        exemple(),
        entete=EnteteDeVersion(candidat.numero, f"{candidature.numero:03d}", numero, INSTANT, candidature.formation),
        examen=Designation(candidature.examen, ""),
        session=candidature.session,
        academie=Designation(candidature.academie, ""),
        specialite=candidature.specialite,
        champs=champs(valeurs),
        textes={},
        groupes=(),
    )
    return contenu.en_json()


def ajouter_version(
    unite: Unite, candidature: Candidature, numero: int, etablissement: str = ""
) -> tuple[Version, Document]:
    """Add a version with its journal row and document; `etablissement` is the school in its content."""
    candidat = unite.session.get_one(Candidat, candidature.candidat_id)
    contenu = contenu_de_version(candidat, candidature, numero, etablissement)
    sha256 = empreinte(contenu)
    version = Version(
        candidature_id=candidature.id,
        numero=numero,
        contenu=contenu,
        sha256=sha256,
        referentiel_sha256=empreinte("referentiel"),
        enregistree_le=en_iso(INSTANT),
        acteur="systeme:essai",
        journal_seq=consigner(
            unite, "candidature.enregistrer", sujet=f"candidature:{candidature.id}", valeurs={"sha256": sha256}
        ),
    )
    unite.session.add(version)
    unite.session.flush()
    document = Document(
        candidature_id=candidature.id,
        version_id=version.id,
        nature="recapitulatif",
        libelle="Récapitulatif",
        cree_le=en_iso(INSTANT),
    )
    unite.session.add(document)
    unite.session.flush()
    return version, document


def rendre(unite: Unite, document: Document, sha256: str) -> None:
    document.sha256 = sha256
    consigner(unite, "document.rendre", sujet=f"document:{document.id}", valeurs={"sha256": sha256})


def ajouter_message(unite: Unite, candidat: Candidat, candidature: Candidature | None = None) -> None:
    unite.session.add(
        Message(
            candidat_id=candidat.id,
            candidature_id=None if candidature is None else candidature.id,
            objet="Objet",
            corps="Corps",
            cree_le=en_iso(INSTANT),
        )
    )
    unite.session.flush()


def remplir(store: Store) -> None:
    """Insert Martin with candidatures 1 to 3, documents rendered, and Durand with candidature 4, not rendered."""
    sha256 = [store.coffre.deposer(f"document {rang}".encode()) for rang in range(3)]
    with store.ecrire() as unite:
        candidat = ajouter_candidat(unite, "Martin")
        for rang, rendu in enumerate(sha256, start=1):
            candidature, _, document = ajouter_candidature(unite, candidat, rang)
            ajouter_message(unite, candidat, candidature)
            rendre(unite, document, rendu)
        autre = ajouter_candidat(unite, "Durand")
        ajouter_message(unite, autre, ajouter_candidature(unite, autre)[0])


def store_rempli(dossier: Path, cle: str | None = None) -> StoreSqlite:
    """A new store filled by `remplir`."""
    store = nouveau_store(dossier, cle)
    remplir(store)
    return store


def fautes_de(store: Store) -> set[str]:
    """The codes of the faults found by the whole check, without mere information and `LIGNE_SANS_ACTE`."""
    return {faute.code for faute in store.verifier(etats=ETATS)} - INFORMATIONS - {LIGNE_SANS_ACTE}


@contextmanager
def brut(store: Store) -> Iterator[Any]:
    """A raw connection to the file of an SQLite store, through the store's own driver."""
    assert isinstance(store, StoreSqlite)
    connexion = connecter(store.fichier, store.cle)
    try:
        yield connexion
    finally:
        connexion.close()


def sans_garde(connexion: Any, *ordres: str) -> None:
    """Run statements with all triggers and reference checks removed, then restore them."""
    connexion.execute("PRAGMA foreign_keys=OFF")
    declencheurs = connexion.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for nom, _ in declencheurs:
        connexion.execute(f"DROP TRIGGER {nom}")
    for ordre in ordres:
        connexion.execute(ordre)
    for _, sql in declencheurs:
        connexion.execute(sql)


def photo(store: Store) -> dict[str, list[Any]]:
    """The schema and the rows of every table."""
    with brut(store) as connexion:
        objets = connexion.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()
        contenu = {"schema": objets}
        for type_, nom, _ in objets:
            if type_ == "table":
                contenu[nom] = connexion.execute(f'SELECT * FROM "{nom}" ORDER BY rowid').fetchall()
    return contenu


def codes(erreur: ErreurCyclades) -> set[str]:
    return {faute.code for faute in erreur.fautes}


def processus() -> ForkServerContext:
    """Child processes that start fast: forked from a server that has imported all, and has nothing open."""
    contexte = multiprocessing.get_context("forkserver")
    contexte.set_forkserver_preload(["outils.atelier"])
    with pytest.MonkeyPatch.context() as environnement:
        environnement.setenv("PYTHONPATH", os.pathsep.join(sys.path))  # Python 3.11 preloads without `sys.path`
        forkserver.ensure_running()
    return contexte

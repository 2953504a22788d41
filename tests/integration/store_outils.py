"""What the store's tests share: a fixed clock, rows to put in a store, raw access to its file, child processes."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.domaine.canonique import empreinte
from cyclades_tui.domaine.erreurs import ErreurCyclades
from cyclades_tui.domaine.temps import en_iso
from cyclades_tui.store import journal, numeros
from cyclades_tui.store.base import Store, Unite
from cyclades_tui.store.moteur import connecter
from cyclades_tui.store.tables import Candidat, Candidature, Document, Message, Version

INSTANT = datetime(2026, 10, 12, 8, 30, tzinfo=UTC)
ACTEUR = Acteur(NatureActeur.SYSTEME, "agent-17", Face.COMMANDE, "poste-1")


@dataclass(frozen=True)
class HorlogeFixe:
    instant: datetime = INSTANT

    def maintenant(self) -> datetime:
        return self.instant


def nouveau_store(dossier: Path, cle: str | None = None) -> Store:
    return Store.creer(dossier / "store", horloge=HorlogeFixe(), cle=cle)


def consigner(unite: Unite, acte: str = "essai.acte", instant: datetime = INSTANT) -> int:
    return journal.consigner(
        unite, acteur=ACTEUR, acte=acte, sujet="candidature:1", valeurs={"champ": "valeur"}, instant=instant
    )


def ajouter_candidat(unite: Unite, nom: str, email_cle: str | None = None) -> Candidat:
    numero = numeros.attribuer(unite, annee=2026)
    candidat = Candidat(
        numero=numero.numero,
        formation=numero.formation,
        civilite="mme",
        nom=nom,
        prenoms="Camille",
        naissance="2005-05-06",
        naissance_pays="France",
        naissance_commune="Rennes",
        cle_nom=nom.upper(),
        cle_personne=nom.upper(),
        email=email_cle or "",
        email_cle=email_cle,
        cree_le=en_iso(INSTANT),
    )
    unite.session.add(candidat)
    unite.session.flush()
    return candidat


def ajouter_candidature(unite: Unite, candidat: Candidat, numero: int = 1) -> tuple[Candidature, Version, Document]:
    candidature = Candidature(
        candidat_id=candidat.id,
        numero=numero,
        examen="essai",
        session="2027-06",
        academie="rennes",
        specialite="000",
        etat="enregistree",
        version=1,
        cree_le=en_iso(INSTANT),
        maj_le=en_iso(INSTANT),
        formation=candidat.formation,
    )
    unite.session.add(candidature)
    unite.session.flush()
    version, document = ajouter_version(unite, candidature, 1)
    return candidature, version, document


def ajouter_version(unite: Unite, candidature: Candidature, numero: int) -> tuple[Version, Document]:
    contenu = f'{{"version":{numero}}}'
    version = Version(
        candidature_id=candidature.id,
        numero=numero,
        contenu=contenu,
        sha256=empreinte(contenu),
        referentiel_sha256=empreinte("referentiel"),
        enregistree_le=en_iso(INSTANT),
        acteur="systeme:essai",
        journal_seq=consigner(unite, "candidature.enregistrer"),
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


def ajouter_message(unite: Unite, candidat: Candidat) -> None:
    unite.session.add(Message(candidat_id=candidat.id, objet="Objet", corps="Corps", cree_le=en_iso(INSTANT)))
    unite.session.flush()


@contextmanager
def brut(store: Store) -> Iterator[Any]:
    """A raw connection to the store's file, through the store's own driver."""
    connexion = connecter(store.fichier, store.cle)
    try:
        yield connexion
    finally:
        connexion.close()


def sans_garde(connexion: Any, *ordres: str) -> None:
    """Run statements as someone who first removes every trigger and the checks of references."""
    connexion.execute("PRAGMA foreign_keys=OFF")
    for (nom,) in connexion.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connexion.execute(f"DROP TRIGGER {nom}")
    for ordre in ordres:
        connexion.execute(ordre)


def photo(store: Store) -> dict[str, list[Any]]:
    """Schema and rows of every table."""
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
    """Children that start fast: forked from a server that has imported the store and opened nothing."""
    contexte = multiprocessing.get_context("forkserver")
    contexte.set_forkserver_preload(["cyclades_tui.store.brouillons", "cyclades_tui.store.verification"])
    return contexte

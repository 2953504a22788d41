"""Compares the rows of a store with its saved versions and its journal (decisions 5 and 9)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, literal, select
from sqlmodel import col

from cyclades_tui.champs.identite import EMAIL, IDENTITE
from cyclades_tui.domaine.canonique import empreinte
from cyclades_tui.domaine.contenu import Contenu
from cyclades_tui.domaine.erreurs import Faute, StoreInutilisable
from cyclades_tui.domaine.texte import nfc, plier
from cyclades_tui.store.modele.tables import Candidat, Candidature, Compte, Document, Journal, JournalDetail, Version
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes.lignes import parcourir

SIGNALER = "Gardez ce store tel quel et prévenez l'administrateur."

_ETAT_CIVIL = tuple(donnee for donnee in IDENTITE if donnee.champ != EMAIL)  # the e-mail has rules of its own

# Column of Candidature, its value in the last version, its name for people.
_PROJECTIONS: tuple[tuple[str, Callable[[Contenu], object], str], ...] = (
    ("examen", lambda contenu: contenu.examen.code, "examen"),
    ("session", lambda contenu: contenu.session, "session"),
    ("academie", lambda contenu: contenu.academie.code, "académie"),
    ("specialite", lambda contenu: contenu.specialite, "spécialité"),
    ("formation", lambda contenu: contenu.entete.formation, "formation"),
)


def versions(unite: Unite) -> Iterator[Faute]:
    """Compare versions with their digest and journal row; the rows of person and candidature with the last version."""
    requete = (
        select(Version, col(JournalDetail.valeurs), Candidature, Candidat, col(Compte.id))
        .join(JournalDetail, col(JournalDetail.seq) == Version.journal_seq, isouter=True)
        .join(Candidature, col(Candidature.id) == Version.candidature_id, isouter=True)
        .join(Candidat, col(Candidat.id) == Candidature.candidat_id, isouter=True)
        .join(Compte, col(Compte.candidat_id) == Candidat.id, isouter=True)
    )
    for version, detail, candidature, candidat, compte in parcourir(unite, requete):
        journalisee = detail is None or _valeur(_objet(detail), "valeurs", "sha256") == version.sha256
        if empreinte(version.contenu) != version.sha256 or not journalisee:
            yield Faute("version.modifiee", "", f"Le contenu de la version {version.id} a été modifié.", SIGNALER)
        elif candidature is not None and candidat is not None:
            try:
                contenu = Contenu.lire(version.contenu)
            except StoreInutilisable as refus:
                for faute in refus.fautes:
                    yield replace(faute, message=f"Version {version.id} : {faute.message}")
                continue
            yield from _ecarts_de_candidature(version, candidature, candidat, contenu)
            if version.numero == candidature.version:
                yield from _ecarts_de_candidat(candidat, contenu, avec_email=compte is None)


def _ecarts_de_candidature(
    version: Version, candidature: Candidature, candidat: Candidat, contenu: Contenu
) -> Iterator[Faute]:
    entete = {
        "N° candidat": (candidat.numero, contenu.entete.numero_candidat),
        "N° d'inscription": (str(candidature.numero).zfill(3), contenu.entete.numero_inscription),
        "version": (version.numero, contenu.entete.version),
    }
    ecarts = [nom for nom, (trouve, attendu) in entete.items() if trouve != attendu]
    if version.numero == candidature.version:
        ecarts += [nom for colonne, lue, nom in _PROJECTIONS if getattr(candidature, colonne) != lue(contenu)]
    if ecarts:
        message = f"La candidature {candidature.id} diffère de sa version {version.numero} : {', '.join(ecarts)}."
        yield Faute("candidature.modifiee", "", message, SIGNALER)


def _ecarts_de_candidat(candidat: Candidat, contenu: Contenu, *, avec_email: bool) -> Iterator[Faute]:
    """Compare folded, because a form may repeat the account's data with other capitals and accents."""
    ecarts = [
        donnee.nom
        for donnee in _ETAT_CIVIL
        if not _meme_texte(str(getattr(candidat, donnee.colonne)), contenu.valeur(donnee.champ))
    ]
    if avec_email and _cle_email(candidat.email) != _cle_email(contenu.valeur(EMAIL)):
        ecarts.append("adresse mail")
    yield from _faute_de_candidat(candidat.id, "de sa dernière version", ecarts)


def _meme_texte(un: str, autre: str) -> bool:
    return un == autre or plier(un) == plier(autre)  # folding is slow, and most are equal


def candidats(unite: Unite) -> Iterator[Faute]:
    """Compare persons with the journal row of their creation, if its detail still exists, and with their own compte."""
    requete = (
        select(Candidat, col(Compte.email), col(Journal.seq), col(JournalDetail.valeurs))
        .join(Compte, col(Compte.candidat_id) == Candidat.id, isouter=True)
        .join(Journal, _ligne_du_journal("candidat.creer", "candidat", Candidat.id), isouter=True)
        .join(JournalDetail, col(JournalDetail.seq) == Journal.seq, isouter=True)
    )
    for candidat, email, seq, detail in parcourir(unite, requete):
        if seq is None:
            yield Faute(
                "candidat.sans_trace", "", f"La création du candidat {candidat.id} n'est pas au journal.", SIGNALER
            )
        if detail is not None:
            identite = _valeur(_objet(detail), "valeurs", "identite")
            ecarts = [d.nom for d in _ETAT_CIVIL if getattr(candidat, d.colonne) != _valeur(identite, d.colonne)]
            yield from _faute_de_candidat(candidat.id, "du journal", ecarts)
        if (candidat.email_cle or "") != _cle_email(candidat.email):
            yield from _faute_de_candidat(candidat.id, "de sa clé de recherche", ["adresse mail"])
        if email is not None and _cle_email(email) != _cle_email(candidat.email):
            yield from _faute_de_candidat(candidat.id, "de son compte", ["adresse mail"])


def _faute_de_candidat(id_: int, reference: str, ecarts: list[str]) -> Iterator[Faute]:
    if ecarts:
        message = f"Le candidat {id_} diffère {reference} : {', '.join(ecarts)}."
        yield Faute("candidat.modifie", "", message, SIGNALER)


def _cle_email(email: Any) -> str:
    return nfc(str(email)).casefold()


def documents(unite: Unite) -> Iterator[Faute]:
    """Compare documents with the journal: a row of rendering exists if and only if the document was rendered."""
    requete = (
        select(col(Document.id), col(Document.sha256), col(Journal.seq), col(JournalDetail.valeurs))
        .join(Journal, _ligne_du_journal("document.rendre", "document", Document.id), isouter=True)
        .join(JournalDetail, col(JournalDetail.seq) == Journal.seq, isouter=True)
    )
    for id_, sha256, seq, detail in parcourir(unite, requete):
        note = sha256 if detail is None else _valeur(_objet(detail), "valeurs", "sha256")
        if (sha256 is None) != (seq is None) or sha256 != note:
            message = f"Le fichier du document {id_} n'est pas celui que le journal a noté."
            yield Faute("document.modifie", "", message, SIGNALER)


def _ligne_du_journal(acte: str, sujet: str, id_: Any) -> ColumnElement[bool]:
    """The journal row of an acte that is done only once to `sujet:id_`."""
    return and_(col(Journal.acte) == acte, col(Journal.sujet) == literal(f"{sujet}:") + cast(id_, String))


def _objet(texte: Any) -> dict[str, Any]:
    """The JSON object in a text; empty if it is damaged, which the check of its digest reports."""
    try:
        lu = json.loads(texte)
    except (TypeError, ValueError, RecursionError):
        return {}
    return lu if isinstance(lu, dict) else {}


def _valeur(objet: Any, *chemin: str) -> Any:
    """The value at a path in a JSON object; None if there is none."""
    for cle in chemin:
        objet = objet.get(cle) if isinstance(objet, dict) else None
    return objet

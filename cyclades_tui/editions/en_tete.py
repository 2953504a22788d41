"""The head of a document: its title, version, office and addressee (F292-F300)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cyclades_tui.domaine.contact import Contact
from cyclades_tui.domaine.document import BlocDeDocument, Style
from cyclades_tui.domaine.recapitulatif import Recapitulatif
from cyclades_tui.domaine.temps import a_la_minute


def en_tete(recapitulatif: Recapitulatif, titre: str = "") -> Iterator[BlocDeDocument]:
    """The blocks that head a document about a saved version; the default `titre` is the récapitulatif's."""
    yield BlocDeDocument(Style.TITRE, gras=titre or recapitulatif.titre)
    yield BlocDeDocument(Style.TITRE, gras=recapitulatif.examen)
    for ligne in (
        f"Version : {recapitulatif.version} du {a_la_minute(recapitulatif.instant)}",
        f"N° candidat : {recapitulatif.numero_candidat}",
        f"Inscription n° : {recapitulatif.numero_inscription}",
        f"Session : {recapitulatif.session}",
    ):
        yield BlocDeDocument(Style.CARTOUCHE, ligne)
    for ligne in _service(recapitulatif.contact):
        yield BlocDeDocument(Style.SERVICE, ligne)
    for rang, ligne in enumerate(recapitulatif.destinataire):
        yield BlocDeDocument(Style.DESTINATAIRE, gras=ligne) if rang == 0 else BlocDeDocument(Style.DESTINATAIRE, ligne)


def _service(contact: Contact) -> Iterator[str]:
    yield from contact.lignes
    if contact.telephone:
        yield f"Tél : {_par_paires(contact.telephone)}"
    if contact.courriel:
        yield f"Mèl : {contact.courriel}"


def _par_paires(telephone: str) -> str:
    """A French number in groups of two digits (F487); any other text unchanged."""
    return " ".join(re.findall("..", telephone)) if re.fullmatch("0[0-9]{9}", telephone) else telephone

"""The strip above a page that names the person: N° candidat, name, birth (F018)."""

from __future__ import annotations

from cyclades_tui.actes.candidature.candidatures import Fiche
from cyclades_tui.actes.personnes.comptes import SessionCandidat
from cyclades_tui.domaine.temps import jour_court
from cyclades_tui.domaine.texte import capitaliser, en_capitales
from cyclades_tui.screens.cadre.page import Identite


def titulaire(fiche: Fiche) -> Identite:
    """The person of a candidature, as in its last version."""
    affichage = fiche.contenu.affichage
    return _identite(
        fiche.numero_candidat,
        affichage("identification.nom"),
        affichage("identification.prenoms"),
        affichage("identification.naissance.date"),
    )


def connecte(session: SessionCandidat) -> Identite:
    """The person logged in at the borne."""
    return _identite(session.numero, session.nom, session.prenoms, jour_court(session.naissance))


def _identite(numero: str, nom: str, prenoms: str, naissance: str) -> Identite:
    return numero, en_capitales(nom), capitaliser(prenoms), f"Né(e) le {naissance}"

"""A dossier on one row: its state as glyph and word, the person, the numbers, the exam (ecrans.md §5)."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from cyclades_tui.actes.bureau.recherche import DossierTrouve
from cyclades_tui.domaine.temps import jour_court
from cyclades_tui.domaine.texte import capitaliser, denombrer, en_capitales
from cyclades_tui.regles.etats import EtatCandidature
from cyclades_tui.regles.justificatifs import Recevabilite
from cyclades_tui.widgets.bloc import GLYPHES, Genre
from cyclades_tui.widgets.cadre import raccourcir

COLONNE_ETAT = 20
_LARGE = 110  # cells from which session and school are shown
_ECOLE, _SESSION = 30, 5
EN_TETES = ("état", "nom et prénoms", "N° candidat", "N°", "né(e) le", "examen", "établissement")
_LARGEURS = (12, 5, 11, 7)  # of the columns after the name
GENRES: dict[Recevabilite, Genre] = {
    Recevabilite.COMPLET: "succes",
    Recevabilite.INCOMPLET: "attention",
    Recevabilite.REFUSE: "erreur",
}


def _dire(recevabilite: Recevabilite) -> tuple[str, str, str]:
    genre = GENRES[recevabilite]
    return GLYPHES[genre], recevabilite.value, genre


_INACTIFS = {
    EtatCandidature.ECARTEE: _dire(Recevabilite.REFUSE),
    EtatCandidature.DESINSCRIT_PAR_LE_CANDIDAT: ("-", "désinscrit", "discret"),
    EtatCandidature.DESINSCRIT_PAR_LE_GESTIONNAIRE: ("-", "désinscrit", "discret"),
    EtatCandidature.SUPPRIMEE: ("-", "supprimé", "discret"),
    EtatCandidature.A_COMPLETER: ("!", "à compléter", "attention"),
}


def etat_du_dossier(dossier: DossierTrouve) -> tuple[str, str, str]:
    """Glyph, words and colour token of a dossier's verdict."""
    if dossier.etat in _INACTIFS:
        return _INACTIFS[dossier.etat]
    if dossier.refusees:
        return ("×", denombrer(dossier.refusees, "pièce refusée", "pièces refusées"), "erreur")
    return _dire(Recevabilite.INCOMPLET if dossier.bloquees else Recevabilite.COMPLET)


def dire_les_conditions(combien: int) -> str:
    """`2 conditions à vérifier`: what did not seem to hold when a version was saved (F450); empty for none."""
    return denombrer(combien, "condition à vérifier", "conditions à vérifier") if combien else ""


def qui(dossier: DossierTrouve) -> str:
    """`NGMB-DUPONT Ngmb-Jeanne`."""
    return f"{en_capitales(dossier.nom)} {capitaliser(dossier.prenoms)}".strip()


def ligne_de_dossier(dossier: DossierTrouve, largeur: int) -> Content:
    signe, mots, genre = etat_du_dossier(dossier)
    style = f"${genre}" if genre == "discret" else f"bold ${genre}"
    suite = (
        dossier.numero_candidat,
        f"{dossier.numero_inscription:03d}",
        jour_court(dossier.naissance),
        f"{dossier.examen} {dossier.session}" if largeur >= _LARGE else dossier.examen,
        dossier.etablissement,
    )
    textes = _rangee(qui(dossier), suite, largeur)
    return Content.assemble((signe, style), " ", mots.ljust(COLONNE_ETAT - 2), textes)


def entete_des_dossiers(largeur: int) -> Content:
    """The names of the columns, above the rows."""
    etat, nom, *suite = EN_TETES
    return Content.styled(f"  {etat.ljust(COLONNE_ETAT)}{_rangee(nom, tuple(suite), largeur)}", "$discret")


def _rangee(nom: str, suite: tuple[str, ...], largeur: int) -> str:
    """A row; the name takes the room that other columns leave, the school is shown if there is room."""
    *fixes, ecole = suite
    *largeurs, examen = _LARGEURS
    if largeur >= _LARGE:
        examen += _SESSION
    place = largeur - COLONNE_ETAT - sum(largeurs) - examen - (_ECOLE if largeur >= _LARGE else 0)
    colonnes = zip((nom, *fixes), (place, *largeurs, examen), strict=True)
    return "".join(_cadrer(*colonne) for colonne in colonnes) + (raccourcir(ecole, _ECOLE) if largeur >= _LARGE else "")


def _cadrer(texte: str, cases: int) -> str:
    court = raccourcir(texte, cases - 1)
    return court + " " * (cases - cell_len(court))

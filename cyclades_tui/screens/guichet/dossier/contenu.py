"""The data of a dossier for an agent, and the rows of its pieces, documents, messages and versions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from rich.cells import cell_len
from textual.content import Content

from cyclades_tui.actes.candidature import candidatures
from cyclades_tui.actes.candidature.candidatures import Fiche, VersionSauvee
from cyclades_tui.actes.candidature.recevabilite import DossierJuge, juger
from cyclades_tui.actes.documents import copies, documents
from cyclades_tui.actes.documents.documents import DocumentPublie
from cyclades_tui.actes.personnes import courrier
from cyclades_tui.actes.personnes.courrier import Courrier
from cyclades_tui.actes.pieces import justificatifs
from cyclades_tui.actes.pieces.justificatifs import GroupeVu, Justificatifs, JustificatifVu
from cyclades_tui.domaine.contenu import Accord, Avertissement
from cyclades_tui.domaine.erreurs import Faute, LigneAbimee
from cyclades_tui.domaine.statuts import FICHES, Statut
from cyclades_tui.domaine.temps import jour_court, jour_et_heure, limite_de_paris, limite_incluse
from cyclades_tui.poste import Poste
from cyclades_tui.screens.cadre.rangs import Rang
from cyclades_tui.widgets.cadre import raccourcir

PIECE, DOCUMENT, MESSAGE, VERSION = "piece", "document", "message", "version"
CONDITION, ACCORD = "condition", "accord"


@dataclass(frozen=True, slots=True)
class DossierLu:
    """Everything that the page shows of a dossier; without `fiche` its last version cannot be read, as `abimes` say."""

    fiche: Fiche | None
    justificatifs: Justificatifs
    verdict: DossierJuge
    documents: tuple[DocumentPublie, ...]
    messages: tuple[Courrier, ...]
    abimes: tuple[Faute, ...] = ()


def lire(poste: Poste, numero_candidat: str, numero_inscription: int) -> DossierLu:
    """Read a dossier; each acte journals its own reading. Raises SaisieRefusee, ActeRefuse."""
    fiche: Fiche | None = None
    abimes: tuple[Faute, ...] = ()
    try:
        fiche = candidatures.fiche(poste, numero_candidat, numero_inscription)
    except LigneAbimee as refus:  # pieces, documents and messages are shown all the same, if they can be read
        abimes = refus.fautes
    vus = justificatifs.lister(poste, numero_candidat, numero_inscription)
    if fiche is None:
        publies = documents.lister(poste, numero_candidat, numero_inscription)
    else:
        publies = copies.visibles(poste, fiche)
    return DossierLu(fiche, vus, juger(vus), publies, tuple(courrier.consulter(poste, numero_candidat)), abimes)


def rangs_des_pieces(groupe: Sequence[JustificatifVu], *, sans_objet: bool = False) -> Iterator[Rang]:
    for piece in groupe:
        yield Rang(
            PIECE,
            str(piece.id),
            partial(_ligne_de_piece, piece, sans_objet=sans_objet),
            (piece.libelle, _dit_de_la_piece(piece, sans_objet=sans_objet)),
        )


def delai(groupe: GroupeVu) -> str:
    """Until when the pieces of a group are awaited; a heading has no room for the zone, which each piece says."""
    fenetre = groupe.groupe.fenetre
    mode = groupe.groupe.mode
    return mode if fenetre is None else f"{mode}, jusqu'au {limite_incluse(fenetre.fermeture)}"


def rangs_des_documents(publies: Sequence[DocumentPublie]) -> Iterator[Rang]:
    for document in publies:
        dessin = partial(_a_droite, document.libelle, f"version {document.version}  {jour_et_heure(document.maj_le)}")
        yield Rang(DOCUMENT, str(document.id), dessin, (document.libelle, "Entrée le lit."))


def rangs_des_messages(messages: Sequence[Courrier]) -> Iterator[Rang]:
    for message in messages:
        lu = "lu" if message.lu else "non lu"
        dessin = partial(_a_droite, message.objet, f"{lu}  {jour_et_heure(message.instant)}")
        yield Rang(MESSAGE, str(message.id), dessin, (message.objet, "Entrée le lit ; il reste « non lu »."))


def rangs_des_versions(versions: Sequence[VersionSauvee]) -> Iterator[Rang]:
    """The versions, the last one first."""
    for version in reversed(versions):
        dessin = partial(_a_droite, f"Version {version.numero}, par {version.acteur}", jour_et_heure(version.instant))
        dit = "Entrée montre ce qui a changé." if version.numero > 1 else "La première."
        yield Rang(VERSION, str(version.numero), dessin, (f"Version {version.numero}", dit))


def rangs_des_conditions(avertissements: Sequence[Avertissement]) -> Iterator[Rang]:
    """What did not seem to hold when the last version was saved, for the agent to verify (F450)."""
    for rang, avertissement in enumerate(avertissements):
        dessin = partial(_a_verifier, avertissement.message)
        yield Rang(CONDITION, str(rang), dessin, ("À vérifier", "Entrée montre la condition entière."))


def _a_verifier(message: str, largeur: int) -> Content:
    return Content.assemble(("! ", "bold $attention"), raccourcir(message, max(largeur - 4, 4)))


def rangs_des_accords(accords: Sequence[Accord]) -> Iterator[Rang]:
    """The texts that were accepted with the last version, each to be read as it was (F270)."""
    for rang, accord in enumerate(accords):
        if (accepte := accord.accepte) is not None:
            dessin = partial(_a_droite, accepte.titre, f"accepté le {jour_et_heure(accord.instant)}")
            yield Rang(ACCORD, str(rang), dessin, (accepte.titre, "Entrée montre le texte accepté, mot pour mot."))


def etat_de_la_piece(piece: JustificatifVu, *, sans_objet: bool = False) -> tuple[str, str, str]:
    """Glyph, words and colour token; what the candidate must do is shown rather than an old status."""
    if sans_objet:
        return ("-", "sans objet", "discret")
    if piece.statut and not (piece.depot is not None and piece.statut.rendu):
        vu = FICHES[piece.statut].agent
        jour = "" if piece.recue_le is None or piece.statut is not Statut.RECUE else f" le {jour_court(piece.recue_le)}"
        return (vu.signe, f"{piece.statut.libelle}{jour}", vu.couleur)
    if piece.valide_le is not None:
        return ("…", "à contrôler", "info")
    if piece.depot is not None:
        return ("!", "déposée, non validée", "attention")
    return ("!", "attendue", "attention") if piece.obligatoire else ("-", "facultative", "discret")


def _ligne_de_piece(piece: JustificatifVu, largeur: int, *, sans_objet: bool) -> Content:
    signe, mots, genre = etat_de_la_piece(piece, sans_objet=sans_objet)
    style = f"${genre}" if genre == "discret" else f"bold ${genre}"
    place = max(largeur - cell_len(mots) - 4, 4)
    libelle = raccourcir(piece.libelle, place)
    return Content.assemble(libelle, " " * (place - cell_len(libelle) + 2), (signe, style), f" {mots}")


def _dit_de_la_piece(piece: JustificatifVu, *, sans_objet: bool) -> str:
    if sans_objet:
        return "N'est plus demandée ; gardée pour l'historique."
    depot = piece.depot or piece.precedent
    fichier = f"{depot.nom}, déposé le {jour_et_heure(depot.depose_le)}. " if depot is not None else ""
    limite = f"Jusqu'au {limite_de_paris(piece.limite)}. " if piece.limite is not None else ""
    commentaire = f"« {piece.commentaire} » " if piece.commentaire else ""
    return f"{limite}{commentaire}{fichier}Entrée l'ouvre."


def _a_droite(libelle: str, droite: str, largeur: int) -> Content:
    place = max(largeur - len(droite) - 2, 4)
    return Content.assemble(raccourcir(libelle, place).ljust(place), "  ", (droite, "$discret"))

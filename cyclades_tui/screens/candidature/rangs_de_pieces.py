"""The parts of « Mes justificatifs »: a piece with its details, a group with its limit and button (F383-F404)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from rich.cells import cell_len
from textual.app import ComposeResult, RenderResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static
from typing_extensions import override

from cyclades_tui.actes.pieces.justificatifs import DepotVu, GroupeVu, JustificatifVu
from cyclades_tui.domaine.statuts import FICHES, Statut
from cyclades_tui.domaine.temps import EtatFenetre, Fenetre, dernier_jour, jour_court, jour_de_paris, jour_et_heure
from cyclades_tui.domaine.texte import en_clair
from cyclades_tui.domaine.typographie import en_lignes
from cyclades_tui.widgets.cadre import Action, Bouton
from cyclades_tui.widgets.ligne_ouvrable import LigneOuvrable

TOUTES = "J'ai fourni toutes mes pièces"
# The words of the guides (F393).
AVERTISSEMENT = (
    'En cliquant sur "J\'ai fourni toutes les pièces", vous validez que vous avez fourni toutes vos pièces, vous ne '
    "pourrez plus les modifier et vos pièces pourront être étudiées."
)
SANS_OBJET = "Sans objet"
STATUT = "Statut : "  # F388
_ADRESSE = "Adresse : voir « Demande de pièces justificatives » dans Mes documents."
_MINUTE = timedelta(minutes=1)

Mot = tuple[str, str]  # a glyph with a word, and the token of its colour


def dire_le_statut(piece: JustificatifVu, *, sans_objet: bool = False) -> Mot:
    """The status of a piece; if the office has given none, what the candidate has done."""
    if sans_objet:
        return f"- {SANS_OBJET}", "discret"
    if piece.depot is not None and (piece.statut.rendu or not piece.statut):
        return ("√ Validé" if piece.valide_le else "√ Déposé"), "succes"
    if piece.statut:
        vu = FICHES[piece.statut].candidat
        return f"{vu.signe} {piece.statut.libelle}", vu.couleur
    return ("! Aucun fichier", "attention") if piece.manque and piece.obligatoire else ("- Aucun fichier", "discret")


def dire_le_depot(depot: DepotVu) -> str:
    """`carte.pdf, 1,2 Mo`."""
    return f"{depot.nom}, {en_clair(depot.taille)}"


def lignes_de(piece: JustificatifVu, *, en_ligne: bool, adresse: bool) -> Iterator[str]:
    """The lines under a piece; `adresse`: the group says where to send it."""
    if piece.manque and not piece.statut and piece.aide:
        yield piece.aide
    if piece.statut.rendu and piece.depot is not None:
        yield f"{piece.statut.libelle}. Un nouveau fichier est déposé : validez vos pièces."
    suite = "Ajoutez un nouveau fichier." if piece.manque and piece.statut.rendu else ""
    if dit := " ".join(partie for partie in (piece.commentaire and f"« {piece.commentaire} »", suite) if partie):
        yield dit
    if piece.depot is not None:
        deposee = f"Déposé le {jour_et_heure(piece.depot.depose_le)} (heure/Paris)"
        yield f"{deposee}   {dire_le_depot(piece.depot)}"
    if piece.valide_le is not None:
        yield f"Validé le {jour_et_heure(piece.valide_le)} (heure/Paris)"
    if piece.recue_le is not None:
        yield f"Date de réception {jour_court(piece.recue_le)}"
    if piece.nouvelle_limite:
        yield piece.nouvelle_limite
    if not en_ligne and not adresse and piece.statut is Statut.EN_ATTENTE:
        yield _ADRESSE


def dire_le_reste(fenetre: Fenetre | None, instant: datetime, *, manque: bool) -> Mot:
    """`! il reste 35 jours`, without the warning sign if the group lacks nothing."""
    if fenetre is None:
        return "", "discret"
    etat = fenetre.etat(instant)
    if etat is EtatFenetre.FERMEE:
        return "× fermé", "erreur" if manque else "discret"
    if etat is EtatFenetre.PAS_OUVERTE:
        return "… pas encore ouvert", "discret"
    jours = (dernier_jour(fenetre.fermeture) - jour_de_paris(instant)).days
    mots = {0: "dernier jour", 1: "il reste 1 jour"}.get(jours, f"il reste {jours} jours")
    return (f"! {mots}", "attention") if manque else (mots, "discret")


class EnTeteGroupe(Widget):
    """« A déposer en ligne entre le … et le … 23:59 (heure/Paris) », with the time left at the right (F384, F385)."""

    DEFAULT_CSS = """
    EnTeteGroupe { height: auto; color: $texte; }
    """

    def __init__(self, groupe: GroupeVu, instant: datetime) -> None:
        super().__init__()
        self._titre = groupe.groupe.titre
        self._delai = groupe.groupe.delai
        manque = groupe.groupe.en_ligne and any(piece.obligatoire and piece.depot is None for piece in groupe.pieces)
        self._reste = dire_le_reste(groupe.groupe.fenetre, instant, manque=manque)

    def render(self) -> RenderResult:
        mots, genre = self._reste
        *debut, fin = self._lignes(self.size.width)
        vide = " " * max(self.size.width - cell_len(fin) - cell_len(mots), 0)
        entier = Content("\n".join((*debut, f"{fin}{vide}{mots}")))
        entier = entier.stylize("bold $titre", 0, len(self._titre))
        return entier.stylize(f"bold ${genre}", len(entier) - len(mots))

    def _lignes(self, largeur: int) -> list[str]:
        lignes = en_lignes(f"{self._titre} {self._delai}", max(largeur, 20))
        serre = self._reste[0] and cell_len(lignes[-1]) + cell_len(self._reste[0]) + 2 > largeur
        return [*lignes, ""] if serre else lignes

    @override
    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lignes(width))


class LignePiece(LigneOuvrable):
    """A piece: its name, its status as glyph and word, its details."""

    CLICS = 2  # the first one only selects
    DEFAULT_CSS = """
    LignePiece { height: auto; }
    LignePiece:focus { background: $champ-focus; color: $champ-texte; }
    """

    def __init__(
        self, piece: JustificatifVu, *, en_ligne: bool = False, adresse: bool = True, sans_objet: bool = False
    ) -> None:
        super().__init__()
        self.piece = piece
        self.en_ligne = en_ligne
        self.statut = dire_le_statut(piece, sans_objet=sans_objet)
        self._sous = [] if sans_objet else list(lignes_de(piece, en_ligne=en_ligne, adresse=adresse))

    def render(self) -> RenderResult:
        mot, genre = self.statut
        largeur = self.size.width
        premiere, *suite = self._intitule(largeur)
        vide = " " * max(largeur - cell_len(premiere) - cell_len(STATUT + mot) - 3, 1)
        return Content("\n").join(
            (
                Content.assemble(
                    (f" {self.repere} ", "bold $titre"),
                    (premiere, "bold"),
                    vide,
                    (STATUT, "$discret"),
                    (mot, f"bold ${genre}"),
                ),
                *(Content.styled(f"   {ligne}", "bold") for ligne in suite),
                *(Content.styled(f"     {ligne}", "$discret") for ligne in self._detail(largeur)),
            )
        )

    def _intitule(self, largeur: int) -> list[str]:
        facultative = "" if self.piece.obligatoire else " (facultatif)"
        place = largeur - cell_len(STATUT + self.statut[0]) - 6
        return en_lignes(self.piece.intitule + facultative, max(place, 20))

    def _detail(self, largeur: int) -> list[str]:
        return [bout for ligne in self._sous for bout in en_lignes(ligne, max(largeur - 6, 20))]

    @override
    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._intitule(width)) + len(self._detail(width))


class BoutonGroupe(Bouton):
    """« J'ai fourni toutes mes pièces » for a group (F394)."""

    class Voulue(Message):
        """Posted when the person presses it."""

        def __init__(self, groupe: GroupeVu) -> None:
            super().__init__()
            self.groupe = groupe

    def __init__(self, groupe: GroupeVu) -> None:
        super().__init__(Action("groupe", TOUTES, "F9", active=groupe.refus_de_valider is None), avec_touche=False)
        self.groupe = groupe

    @override
    def action_presser(self) -> None:
        if self.action.active:
            self.post_message(self.Voulue(self.groupe))


class BlocGroupe(Vertical):
    """The pieces of one mode and one limit, under their heading."""

    DEFAULT_CSS = """
    BlocGroupe { height: auto; margin: 0 0 1 0; }
    BlocGroupe .discret { height: auto; color: $discret; }
    BlocGroupe > Horizontal { height: 1; }
    BlocGroupe > Horizontal > Static { width: 1fr; color: $discret; }
    """

    def __init__(self, groupe: GroupeVu, instant: datetime) -> None:
        super().__init__()
        self.groupe = groupe
        self._instant = instant

    def compose(self) -> ComposeResult:
        groupe = self.groupe.groupe
        adresse = ", ".join(groupe.adresse_retour)
        yield EnTeteGroupe(self.groupe, self._instant)
        for piece in self.groupe.pieces:
            yield LignePiece(piece, en_ligne=groupe.en_ligne, adresse=bool(adresse))
        if adresse:
            yield Static(f"Adresse de retour : {adresse}", classes="discret", markup=False)
        refus = self.groupe.refus_de_valider
        if groupe.en_ligne and any(piece.deposable for piece in self.groupe.pieces):
            yield Static(AVERTISSEMENT, classes="discret", markup=False)
            with Horizontal():
                yield BoutonGroupe(self.groupe)
                yield Static("" if refus is None else refus.message, markup=False)

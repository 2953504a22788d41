"""Tab « Épreuves »: the tree with positions and modes, the choices to make, and why (F234-F248)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.events import Resize
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static
from typing_extensions import override

from cyclades_tui.champs import acquis as noms
from cyclades_tui.champs.specification import Champ
from cyclades_tui.domaine.texte import denombrer
from cyclades_tui.domaine.typographie import accentuer, en_lignes
from cyclades_tui.referentiel.schema import Voie
from cyclades_tui.regles.contenu import GROUPES
from cyclades_tui.regles.dossier import Dossier
from cyclades_tui.regles.positions import MODES, EpreuvePlacee, Position
from cyclades_tui.screens.cadre.base import COLONNES
from cyclades_tui.screens.cadre.formulaire import Formulaire
from cyclades_tui.screens.cadre.onglet import VoletOnglet
from cyclades_tui.widgets.cadre import raccourcir
from cyclades_tui.widgets.champ import LigneChamp
from cyclades_tui.widgets.ligne_ouvrable import LigneOuvrable

_SERIES = {serie: (session, accentuer(titre)) for serie, session, titre, _ in GROUPES}
_GLYPHES = {
    Position.INSCRIT: (" ", "bold $texte"),
    Position.NON_INSCRIT: ("-", "$discret"),
    Position.DISPENSE: ("=", "$succes"),
    Position.BENEFICE: ("=", "$succes"),
}
# Widths under 120 columns, and from 120.
_MODES = {"Contrôle en cours de formation": ("CCF", "en cours (CCF)"), "Ponctuel": ("ponctuel", "Ponctuel")}


_AUTOUR = 21  # cells of the help line that are not for a help: its bar, « F5 menu  F1 aide »
_CHOISIR = ("Espace", "choisir")
_PLACE_DU_GESTE = len("Espace choisir   ")


class RangEpreuve(LigneOuvrable):
    """A node; Entrée or a click explains it, ← and → close and open its branch."""

    BINDINGS: ClassVar = [
        Binding("left", "plier(True)", "fermer", show=False),
        Binding("right", "plier(False)", "ouvrir", show=False),
        Binding("space", "choisir", "choisir", show=False),
        Binding("asterisk", "tout_ouvrir", "tout ouvrir", show=False),
    ]
    DEFAULT_CSS = """
    RangEpreuve { width: 1fr; height: auto; }
    RangEpreuve:hover { background: transparent; }
    RangEpreuve:focus { background: $champ-focus; }
    """

    def __init__(self, placee: EpreuvePlacee, voie: Voie, *, branche: bool) -> None:
        super().__init__()
        self.placee = placee
        self._voie = voie
        self.branche = branche
        self.fermee = False
        self.placer(placee, a_choisir=False)

    def placer(self, placee: EpreuvePlacee, *, a_choisir: bool) -> None:
        """Show the node's position, and whether a choice is still to make."""
        autre_hauteur = self.is_mounted and placee.choix != self.placee.choix  # a choice lengthens the label
        self.placee = placee
        self.a_choisir = a_choisir
        self._se_dire()
        self.refresh(layout=autre_hauteur)

    @property
    def code(self) -> str:
        return self.placee.epreuve.code

    @property
    def nom(self) -> str:
        """The code and the whole label."""
        return f"{self.code} {self.libelle}"

    @property
    def libelle(self) -> str:
        return accentuer(self.placee.epreuve.libelle)

    def explication(self, place: int) -> str:
        """The position, its reason and how the épreuve is judged, as far as it is whole in `place` cells."""
        position, raison = self.placee.position.value, f"{self.placee.position.value} : {self.placee.raison.texte}."
        entiere = " ".join((raison, *_comment(self.placee, self._voie)))
        courte = f"{position}. Entrée dit pourquoi."
        return next((dite for dite in (entiere, raison) if cell_len(dite) <= place), courte)

    @property
    def gestes(self) -> tuple[tuple[str, str], ...]:
        """What Espace does, where there is a choice."""
        return (_CHOISIR,) if self.is_attached and self.query_ancestor(OngletEpreuves).choix_de(self) else ()

    def on_resize(self, _: Resize) -> None:
        self._se_dire()

    def _se_dire(self) -> None:
        place = (self.app.size.width if self.is_attached else COLONNES) - _AUTOUR
        self.dit = (self.nom, self.explication(place - (_PLACE_DU_GESTE if self.gestes else 0)))

    @property
    def pourquoi(self) -> Content:
        """The same with the legal text, to show under the node."""
        placee = self.placee
        raison = f"i Pourquoi « {placee.position.value} » ? {placee.raison}."
        return Content(" ".join((raison, *_comment(placee, self._voie))))

    def render(self) -> Content:
        return Content("\n").join(self.rangs(self.content_size.width or 78))

    @override
    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.rangs(width))

    def rangs(self, largeur: int) -> list[Content]:
        """The node in `largeur` cells: its label wraps beside its position and its mode, and is never cut."""
        placee = self.placee
        large = largeur >= 84
        signe = ("+" if self.fermee else "▼") if self.branche else " "
        glyphe, style = ("!", "bold $attention") if self.a_choisir else _GLYPHES[placee.position]
        position = "à choisir" if self.a_choisir else placee.position.value
        mode = _MODES.get(placee.mode, (placee.mode, placee.mode))[large]
        unite = f"{placee.epreuve.unite:<5}" if large else ""
        droite = Content.assemble(
            (unite, "$discret"), (f"{glyphe} {position:<12}", style), (f"{mode:<{15 if large else 9}}", "$discret")
        )
        debut = f"{self.repere}{signe} {'   ' * placee.niveau}{self.code} : "
        place = largeur - droite.cell_length - 1
        libelle = self.libelle + (f" : {placee.choix}" if placee.choix else "")
        premier, *suite = en_lignes(libelle, max(place - cell_len(debut), 10))
        gauche = f"{debut}{premier}"
        vide = " " * max(largeur - cell_len(gauche) - droite.cell_length, 1)
        return [Content.assemble(gauche, vide, droite), *(Content(" " * cell_len(debut) + rang) for rang in suite)]

    def action_choisir(self) -> None:
        self.query_ancestor(OngletEpreuves).choisir(self)

    def action_tout_ouvrir(self) -> None:
        self.query_ancestor(OngletEpreuves).tout_ouvrir()

    def action_plier(self, fermer: bool) -> None:
        if self.branche and self.fermee != fermer:
            self.fermee = fermer
            self.query_ancestor(OngletEpreuves).plier()
            self.refresh()


class BilanDesChoix(LigneOuvrable):
    """What is left to choose; Entrée or a click goes to the next of these épreuves, and turns round."""

    DEFAULT_CSS = """
    BilanDesChoix { text-style: bold; }
    BilanDesChoix:focus { background: $champ-focus; }
    BilanDesChoix.-a-faire { color: $attention; }
    """

    def __init__(self) -> None:
        super().__init__(active=False)
        self._texte = ""
        self.codes: list[str] = []

    def dire_les_choix(self, a_faire: list[str], possibles: list[str]) -> None:
        """The épreuves that ask for a choice, and the optional ones that nobody answered yet."""
        self.codes = a_faire or possibles
        self.can_focus = bool(self.codes)
        self.set_class(bool(a_faire), "-a-faire")
        if a_faire:
            self._texte = f"! {len(a_faire)} choix à faire : {', '.join(a_faire)}"
        elif possibles:
            combien = denombrer(len(possibles), "épreuve facultative possible", "épreuves facultatives possibles")
            self._texte = f"i Rien d'obligatoire à choisir. {combien} : {', '.join(possibles)}"
        else:
            self._texte = "Aucun choix à faire dans cet onglet. F8 pour continuer."
        suite = "" if a_faire else " ; F8 continue sans elle"
        self.dit = ("Choix", f"Entrée va à {self.codes[0]}{suite}.") if self.codes else ("", "")
        self.refresh()

    def render(self) -> Content:
        return Content(raccourcir(f"{self.repere}{self._texte}", self.size.width or 78))


class OngletEpreuves(VoletOnglet):
    """The tree; fields for choices are under their épreuve."""

    DEFAULT_CSS = """
    OngletEpreuves .session { color: $titre; text-style: bold; margin: 0 0 0 1; height: 1; }
    OngletEpreuves .serie { color: $discret; margin: 0 0 0 1; height: 1; }
    OngletEpreuves .pourquoi { height: auto; background: $info-fond; border-left: outer $info;
        padding: 0 1; margin: 0 1 0 5; }
    OngletEpreuves LigneChamp { margin: 0 0 0 6; }
    """

    def __init__(self, identifiant: str, formulaire: Formulaire) -> None:
        super().__init__(identifiant, formulaire)
        self._forme: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        yield Static("", classes="resume", markup=False)
        dossier = self.formulaire.dossier
        self._forme = self._structure()
        if dossier is None:
            yield Static(" Terminez d'abord les onglets précédents.", markup=False)
            return
        yield BilanDesChoix()
        serie = derniere_session = ""
        codes_parents = {placee.epreuve.parent for placee in dossier.placees}
        for placee in dossier.placees:
            epreuve = placee.epreuve
            if epreuve.serie != serie:
                serie = epreuve.serie
                session, titre = _SERIES[serie]
                if session != derniere_session:
                    derniere_session = session
                    yield Static(session, classes="session", markup=False)
                yield Static(titre, classes="serie", markup=False)
            yield RangEpreuve(placee, dossier.categorie.voie, branche=epreuve.code in codes_parents)
            for champ in self._champs(epreuve.code):
                valeur = self.formulaire.saisie.get(champ.id, "")
                yield LigneChamp(champ, valeur, self.formulaire, libelle=_court(champ), nom=epreuve.code, retrait=26)

    def _champs(self, code: str) -> list[Champ]:
        prefixe = f"epreuves.{code}."
        return [champ for champ in self.formulaire.lue.champs.values() if champ.id.startswith(prefixe)]

    def _structure(self) -> tuple[str, ...]:
        """The structure of the tree: the tab is composed again only when it changes."""
        dossier = self.formulaire.dossier
        codes = () if dossier is None else tuple(placee.epreuve.code for placee in dossier.placees)
        return (*codes, *(c.id for c in self.formulaire.lue.champs.values() if c.onglet == self.identifiant))

    def on_mount(self) -> None:
        self.refait()

    def actualiser(self) -> None:
        if self._structure() != self._forme:
            self.refaire()
        elif not self._se_refait:
            self.refait()

    def refait(self) -> None:
        """Show positions, choices to make and fields that are asked, from the form."""
        dossier = self.formulaire.dossier
        if dossier is None:
            return
        a_faire = self._a_faire()
        placees = {placee.epreuve.code: placee for placee in dossier.placees}
        lignes = {ligne.code: ligne for ligne in self.query(RangEpreuve)}
        for ligne in lignes.values():
            ligne.placer(placees[ligne.code], a_choisir=ligne.code in a_faire)
        for bloc in self.query(".pourquoi").results(Static):
            bloc.update(lignes[bloc.name or ""].pourquoi)
        self._montrer_les_choix({code: placee.position for code, placee in placees.items()})
        self.query_one(BilanDesChoix).dire_les_choix(a_faire, self._possibles(dossier))

    def _a_faire(self) -> list[str]:
        """The codes of the épreuves that still need a choice."""
        champs = [faute.champ for faute in self.formulaire.fautes_de(self.identifiant)]
        return list(dict.fromkeys(champ.split(".")[1] for champ in champs if champ.count(".") == 2))

    def _possibles(self, dossier: Dossier) -> list[str]:
        """The optional épreuves that nobody answered yet, while one more may be taken."""
        demandes = self.formulaire.lue.champs
        facultatives = [
            p for p in dossier.placees if p.epreuve.serie == "facultative" and noms.position(p.epreuve.code) in demandes
        ]
        prises = sum(p.position is Position.INSCRIT for p in facultatives)
        if prises >= self.formulaire.service.examen.facultatives_max:
            return []
        return [
            p.epreuve.code
            for p in facultatives
            if p.position is Position.NON_INSCRIT and not self.formulaire.saisie.get(noms.position(p.epreuve.code))
        ]

    def _montrer_les_choix(self, positions: dict[str, Position]) -> None:
        """Show the field of the position of optional épreuves always, language or country only if they are sat."""
        for ligne in self.lignes():
            position = positions.get(ligne.name or "")
            est_position = ligne.champ.id == noms.position(ligne.name or "")
            acquise = position in (Position.DISPENSE, Position.BENEFICE)
            ligne.display = not acquise and (est_position or position is Position.INSCRIT)
            ligne.exiger(self.formulaire.exige(ligne.champ))

    def on_ligne_ouvrable_ouverte(self, message: LigneOuvrable.Ouverte) -> None:
        message.stop()
        if isinstance(message.ligne, RangEpreuve):
            self._expliquer(message.ligne)
        elif isinstance(message.ligne, BilanDesChoix) and message.ligne.codes:
            self._aller_choisir(message.ligne.codes)

    def _expliquer(self, ligne: RangEpreuve) -> None:
        """Open or close « Pourquoi ? » under a node."""
        for bloc in self.query(".pourquoi"):
            if bloc.name == ligne.code:
                bloc.remove()
                return
        self.mount(Static(ligne.pourquoi, classes="pourquoi", name=ligne.code), after=ligne)

    def _aller_choisir(self, codes: list[str]) -> None:
        """To the choice of the first of these épreuves, its branch opened."""
        self.tout_ouvrir()
        for champ in self.affichees():
            if champ.name in codes:
                champ.prendre_le_focus()
                return

    def choisir(self, ligne: RangEpreuve) -> None:
        """Focus the first choice that a node offers."""
        for champ in self.choix_de(ligne)[:1]:
            champ.prendre_le_focus()

    def choix_de(self, ligne: RangEpreuve) -> list[LigneChamp]:
        """The choices that a node offers."""
        return [champ for champ in self.affichees() if champ.name == ligne.code]

    def tout_ouvrir(self) -> None:
        for ligne in self.query(RangEpreuve):
            ligne.fermee = False
        self.plier()

    def plier(self) -> None:
        """Hide the rows in closed branches."""
        parents = {ligne.code: ligne.placee.epreuve.parent for ligne in self.query(RangEpreuve)}
        fermees = {ligne.code for ligne in self.query(RangEpreuve) if ligne.fermee}
        for ligne in self.query(RangEpreuve):
            code, cachee = parents[ligne.code], False
            while code:
                cachee = cachee or code in fermees
                code = parents.get(code, "")
            ligne.display = not cachee
            ligne.refresh()
            for bloc in self.query(".pourquoi"):
                if bloc.name == ligne.code:
                    bloc.display = not cachee

    def viser(self, champ: str) -> None:
        """Focus a field or the node with a code; else the first node."""
        if self.attendre(champ):
            return
        cibles: dict[str, Widget] = {ligne.champ.id: ligne.zone for ligne in self.affichees()}
        cibles |= {ligne.code: ligne for ligne in self.query(RangEpreuve)}
        if champ in cibles:
            cibles[champ].focus()
        else:
            arrets = [bilan for bilan in self.query(BilanDesChoix) if bilan.can_focus] or self.query(RangEpreuve)
            for arret in arrets:
                arret.focus()
                return


def _comment(placee: EpreuvePlacee, voie: Voie) -> Iterator[str]:
    """Coefficient, form and duration of an épreuve, if the data have them; the last two only if it is ponctuelle."""
    epreuve = placee.epreuve
    if placee.position is not Position.INSCRIT:
        return
    if epreuve.coef is not None:
        yield f"Coefficient {epreuve.coef.normalize():f}.".replace(".", ",", epreuve.coef % 1 != 0)
    if placee.mode == MODES["Ponctuel"]:
        forme, duree = epreuve.formes.get(voie, ""), epreuve.durees.get(voie, "")
        if forme or duree:
            yield f"Épreuve {', '.join(partie for partie in (forme, duree) if partie)}."


def _court(champ: Champ) -> str:
    return champ.libelle.rpartition(" : ")[2].capitalize()

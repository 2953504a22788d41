"""Tab « Epreuves »: the tree with position and mode, the choices left, and why (F234-F248)."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from cyclades_tui.champs import acquis as noms
from cyclades_tui.champs.specification import Champ
from cyclades_tui.regles.positions import EpreuvePlacee, Position
from cyclades_tui.screens.inscription.modele import ModeleInscription
from cyclades_tui.widgets.cadre import raccourcir
from cyclades_tui.widgets.champ import LigneChamp

_SERIES = {
    "obligatoire": ("Session normale 1er groupe", "Epreuve(s) obligatoire(s)"),
    "facultative": ("", "Epreuve(s) facultative(s)"),
    "second-groupe": ("Session normale 2nd groupe", "Epreuve(s) obligatoire(s)"),
}
_GLYPHES = {
    Position.INSCRIT: (" ", "bold $texte"),
    Position.NON_INSCRIT: ("-", "$discret"),
    Position.DISPENSE: ("=", "$succes"),
    Position.BENEFICE: ("=", "$succes"),
}
_MODES_COURTS = {"Contrôle en cours de formation": "CCF", "Ponctuel": "ponctuel"}


class LigneEpreuve(Static, can_focus=True):
    """One node; Entrée tells why, ← and → close and open its branch."""

    class Visitee(Message):
        def __init__(self, ligne: LigneEpreuve) -> None:
            super().__init__()
            self.ligne = ligne

    BINDINGS: ClassVar = [
        Binding("enter", "pourquoi", "pourquoi ?", show=False),
        Binding("left", "plier(True)", "fermer", show=False),
        Binding("right", "plier(False)", "ouvrir", show=False),
    ]
    DEFAULT_CSS = """
    LigneEpreuve { height: 1; width: 1fr; }
    LigneEpreuve:focus { background: $champ-focus; }
    """

    def __init__(self, placee: EpreuvePlacee, *, branche: bool) -> None:
        super().__init__("", markup=False, name=placee.epreuve.code)
        self.placee = placee
        self.branche = branche
        self.fermee = False

    @property
    def code(self) -> str:
        return self.placee.epreuve.code

    def render(self) -> Content:
        placee = self.placee
        largeur = self.size.width or 78
        large = largeur >= 84
        signe = ("+" if self.fermee else "▼") if self.branche else " "
        glyphe, style = _GLYPHES[placee.position]
        mode = placee.mode if large else _MODES_COURTS.get(placee.mode, placee.mode)
        unite = f"{placee.epreuve.unite:<5}" if large else ""
        droite = f"{unite}{glyphe} {placee.position.value:<12}{mode:<{31 if large else 9}}"
        tete = f"{'►' if self.has_focus else ' '}{signe} {'   ' * placee.niveau}{self.code} : {placee.epreuve.libelle}"
        tete += f" : {placee.choix}" if placee.choix else ""
        gauche = raccourcir(tete, largeur - len(droite) - 1)
        vide = " " * max(largeur - len(gauche) - len(droite), 1)
        return Content.assemble(
            gauche, vide, (unite, "$discret"), (f"{glyphe} {placee.position.value:<12}", style), (mode, "$discret")
        )

    def on_focus(self) -> None:
        self.post_message(self.Visitee(self))

    def action_pourquoi(self) -> None:
        self.query_ancestor(OngletEpreuves).expliquer(self)

    def action_plier(self, fermer: bool) -> None:
        if self.branche and self.fermee != fermer:
            self.fermee = fermer
            self.query_ancestor(OngletEpreuves).plier()
            self.refresh()


class OngletEpreuves(VerticalScroll, can_focus=False):
    """The tree; the fields of a choice stand under their épreuve."""

    DEFAULT_CSS = """
    OngletEpreuves { height: 1fr; scrollbar-size-vertical: 1; }
    OngletEpreuves .session { color: $titre; text-style: bold; margin: 0 0 0 1; height: 1; }
    OngletEpreuves .serie { color: $discret; margin: 0 0 0 1; height: 1; }
    OngletEpreuves .pourquoi { display: none; height: auto; background: $info-fond; border-left: thick $info;
        padding: 0 1; margin: 0 1 0 5; }
    OngletEpreuves .pourquoi.-montre { display: block; }
    OngletEpreuves .resume { display: none; height: auto; background: $erreur-fond; color: $erreur; margin: 0 1; }
    OngletEpreuves.-fautif > .resume { display: block; }
    OngletEpreuves LigneChamp { margin: 0 0 0 6; }
    """

    def __init__(self, identifiant: str, modele: ModeleInscription) -> None:
        super().__init__(id=f"onglet-{identifiant}")
        self.identifiant = identifiant
        self.modele = modele
        self._forme: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        yield Static("", classes="resume", markup=False)
        dossier = self.modele.dossier
        if dossier is None:
            yield Static("Terminez d'abord les onglets précédents.", markup=False)
            return
        serie = ""
        codes_parents = {placee.epreuve.parent for placee in dossier.placees}
        for placee in dossier.placees:
            epreuve = placee.epreuve
            if epreuve.serie != serie:
                serie = epreuve.serie
                session, titre = _SERIES[serie]
                if session:
                    yield Static(session, classes="session", markup=False)
                yield Static(titre, classes="serie", markup=False)
            yield LigneEpreuve(placee, branche=epreuve.code in codes_parents)
            yield Static("", classes="pourquoi", markup=False, name=epreuve.code)
            for champ in self._champs(epreuve.code):
                with Vertical(classes="choix", name=epreuve.code):
                    yield LigneChamp(champ, self._valeur(champ), self.modele, libelle=_court(champ))
        self._forme = self._structure()

    def _champs(self, code: str) -> list[Champ]:
        prefixe = f"epreuves.{code}."
        return [champ for champ in self.modele.controle.champs.values() if champ.id.startswith(prefixe)]

    def _valeur(self, champ: Champ) -> str:
        return self.modele.saisie.get(champ.id, "")

    def _structure(self) -> tuple[str, ...]:
        """What the widgets were made for: rebuilt only when it changes."""
        return tuple(c.id for c in self.modele.controle.champs.values() if c.onglet == "epreuves")

    def on_mount(self) -> None:
        self._montrer_les_choix()

    def actualiser(self) -> None:
        dossier = self.modele.dossier
        lignes = {ligne.code: ligne for ligne in self.query(LigneEpreuve)}
        if (
            dossier is None
            or self._structure() != self._forme
            or set(lignes) != {p.epreuve.code for p in dossier.placees}
        ):
            self.refresh(recompose=True)
            self.call_after_refresh(self._montrer_les_choix)
            return
        for placee in dossier.placees:
            lignes[placee.epreuve.code].placee = placee
            lignes[placee.epreuve.code].refresh()
        self._montrer_les_choix()

    def _montrer_les_choix(self) -> None:
        """The position of an optional épreuve always; its language or country only when it is sat."""
        positions = {ligne.code: ligne.placee.position for ligne in self.query(LigneEpreuve)}
        for choix in self.query(".choix"):
            for ligne in choix.query(LigneChamp):
                position = positions.get(choix.name or "")
                est_position = ligne.champ.id == noms.position(choix.name or "")
                acquise = position in (Position.DISPENSE, Position.BENEFICE)
                choix.display = not acquise and (est_position or position is Position.INSCRIT)

    def expliquer(self, ligne: LigneEpreuve) -> None:
        """Unfold or fold « Pourquoi ? » under a node."""
        for bloc in self.query(".pourquoi").results(Static):
            if bloc.name == ligne.code:
                raison = ligne.placee.raison
                bloc.update(Content(f"i Pourquoi « {ligne.placee.position.value} » ? {raison}."))
                bloc.toggle_class("-montre")

    def plier(self) -> None:
        parents = {ligne.code: ligne.placee.epreuve.parent for ligne in self.query(LigneEpreuve)}
        fermees = {ligne.code for ligne in self.query(LigneEpreuve) if ligne.fermee}
        for ligne in self.query(LigneEpreuve):
            code, cachee = parents[ligne.code], False
            while code:
                cachee = cachee or code in fermees
                code = parents.get(code, "")
            ligne.display = not cachee

    def verifier(self) -> bool:
        fautes = {faute.champ: faute for faute in reversed(self.modele.fautes_de("epreuves"))}
        for ligne in self.query(LigneChamp):
            ligne.fauter(fautes.get(ligne.champ.id))
        self.set_class(bool(fautes), "-fautif")
        if fautes:
            phrase = " ".join(f"{faute.message} {faute.remede}" for faute in fautes.values())
            self.query_one(".resume", Static).update(Content(f"× {phrase}"))
            fautive = next((ligne for ligne in self.query(LigneChamp) if ligne.fautive), None)
            if fautive is not None:
                fautive.prendre_le_focus()
        return not fautes

    def quitter_le_champ(self, champ: Champ) -> None:
        for ligne in self.query(LigneChamp):
            if ligne.champ.id == champ.id:
                ligne.fauter(self.modele.faute(champ.id) if ligne.valeur.strip() or ligne.fautive else None)

    def modifier(self, champ: Champ) -> None:
        for ligne in self.query(LigneChamp):
            if ligne.champ.id == champ.id and ligne.fautive and self.modele.faute(champ.id) is None:
                ligne.fauter(None)

    def viser(self, champ: str) -> None:
        for ligne in self.query(LigneChamp):
            if ligne.champ.id == champ:
                ligne.prendre_le_focus()
                return
        for ligne_epreuve in self.query(LigneEpreuve):
            ligne_epreuve.focus()
            return


def _court(champ: Champ) -> str:
    return champ.libelle.rpartition(" : ")[2].capitalize()

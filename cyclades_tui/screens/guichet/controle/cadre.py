"""The frame of the control screen: queue, document and dossier, side by side or in tabs (ecrans.md §5)."""

from __future__ import annotations

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from typing_extensions import override

from cyclades_tui.actes.pieces import controle
from cyclades_tui.domaine.statuts import JUGEMENTS
from cyclades_tui.screens.guichet.controle.decision import VoletDecision
from cyclades_tui.screens.guichet.controle.dossier import VoletDossier
from cyclades_tui.screens.guichet.controle.filtres import BarreDeFiltres
from cyclades_tui.screens.guichet.page import PageGuichet
from cyclades_tui.widgets.bloc import Bloc, Genre
from cyclades_tui.widgets.cadre import Pied
from cyclades_tui.widgets.dialogue import AZERTY
from cyclades_tui.widgets.liste_en_attente import ListeEnAttente
from cyclades_tui.widgets.pages import Pages

_FILE, _DOCUMENT, _DOSSIER = "file", "document", "dossier"
_VOLETS: Final = {_FILE: "File", _DOCUMENT: "Document", _DOSSIER: "Dossier"}
# What a field that is being typed in keeps for itself.
_HORS_SAISIE: Final = (
    *("juger", "annuler", "passer", "piece", "volet"),
    *("tourner", "ajuster", "zoomer", "filtrer", "affecter", "seul", "ouvrir"),
)
_Touches = tuple[tuple[str, str], ...]
_TOUCHES: _Touches = (
    (" ".join(j.touche.upper() for j in JUGEMENTS.values()), "décider"),
    ("F7 F8", "pièce"),
    ("1 à 6", "zoom"),
    ("flèches", "bouger"),
    ("Pg↓", "page"),
    ("F6", "volet"),
    ("/", "filtrer"),
    ("P", "prendre"),
    ("T", "tourner"),
    ("*", "document seul"),
)
_TOUCHES_ETROITES: _Touches = (
    ("F7 F8", "pièce"),
    ("flèches", "bouger"),
    ("Pg↓", "page"),
    ("F6", "volet"),
    ("/", "filtrer"),
    ("P", "prendre"),
)
_TOUCHES_DECISION: _Touches = (
    ("1 à 9", "commentaire"),
    ("Entrée", "confirmer"),
    ("Tab", "champ suivant"),
    ("Éch", "revenir"),
)
_TOUCHES_FILTRES: _Touches = (
    ("Tab", "suivante"),
    ("Espace", "ouvrir"),
    ("F8", "filtrer"),
    ("F9", "garder"),
    ("Éch", "revenir"),
)


class NomDeVolet(Static):
    """A pane's name where the panes are tabs; a click shows it."""

    def __init__(self, volet: str) -> None:
        super().__init__(_VOLETS[volet], id=f"onglet-{volet}", classes="onglet", markup=False)
        self._volet = volet

    async def on_click(self) -> None:
        await self.run_action(f"screen.montrer_le_volet('{self._volet}')")


class CadreDeControle(PageGuichet):
    """Three panes from 120 columns, three tabs under; the decisions' own sheet takes the right one."""

    TITRE = "Contrôle des justificatifs"
    AIDE = (
        "Comparez le document avec ce que le candidat a déclaré : ce qui doit concorder est en gras. "
        f"{', '.join(f'{j.touche.upper()} {j.aide}' for j in JUGEMENTS.values())}, Espace laisse la pièce pour plus "
        "tard. Z reprend la dernière décision, jusqu'à vingt ; la reprise s'ajoute à l'historique. Les chiffres "
        "1 à 9 sont les zooms, aussi sur la rangée du haut d'un clavier français ; le 6 s'y tape avec Maj, car le "
        "tiret réduit. P prend pour vous des pièces de la file, ou rend celles qui vous restent. / filtre la file ; F9 "
        "garde alors vos filtres sous un nom, comme une file de votre accueil."
    )
    TOUCHES = _TOUCHES
    BINDINGS: ClassVar = [
        *(
            Binding(f"{j.touche},{j.touche.upper()}", f"juger('{j.acte.name}')", statut.libelle, show=False)
            for statut, j in JUGEMENTS.items()
        ),
        Binding("z,Z", "annuler", "Annuler la dernière", show=False),
        Binding("space", "passer", "Passer", show=False),
        Binding("f7,ctrl+p", "piece(-1)", "pièce d'avant", show=False),
        Binding("f8,ctrl+n", "piece(1)", "pièce d'après", show=False),
        Binding("f6", "volet(1)", "volet suivant", show=False),
        Binding("shift+f6", "volet(-1)", "volet d'avant", show=False),
        Binding("t,T", "tourner", "tourner", show=False),
        Binding("o,O", "ouvrir", "ouvrir ailleurs", show=False),
        Binding("f4,ctrl+o", "imprimer", "Imprimer", show=False),
        Binding("slash,colon", "filtrer", "filtrer", show=False),
        Binding("p,P", "affecter", "prendre ou rendre des pièces", show=False),
        Binding("f9,ctrl+s", "garder", "garder les filtres", show=False),
        Binding("asterisk", "seul", "document seul", show=False),
        Binding("plus,equals_sign", "zoomer(1)", "plus grand", show=False),
        Binding("minus", "zoomer(-1)", "plus petit", show=False),
        *(
            Binding(f"{rang},{azerty}" if azerty != "minus" else str(rang), f"ajuster({rang})", "zoom", show=False)
            for rang, azerty in enumerate(AZERTY[:9], start=1)
        ),
    ]
    DEFAULT_CSS = """
    CadreDeControle > #contenu { layout: vertical; padding: 0; overflow: hidden; layers: volets filtres; }
    CadreDeControle BarreDeFiltres { layer: filtres; dock: top; }
    CadreDeControle #volets { height: 1fr; }
    CadreDeControle #volet-file, CadreDeControle #volet-document { height: 1fr; }
    CadreDeControle #compte { height: 3; color: $discret; padding: 0 0 0 1; }
    CadreDeControle #constat { height: auto; }
    CadreDeControle #onglets { height: 1; padding: 0 1; }
    CadreDeControle .onglet { width: auto; padding: 0 2; color: $texte; }
    CadreDeControle .onglet.-choisi { color: $action2-texte; background: $action2; text-style: bold; }
    CadreDeControle #rang-page { width: 1fr; text-align: right; color: $discret; }
    CadreDeControle #personne, CadreDeControle #piece { height: 1; padding: 0 1; }
    CadreDeControle.-etroit #volet-file, CadreDeControle.-etroit #dossier, CadreDeControle.-etroit #volet-document {
        display: none; }
    CadreDeControle.-etroit.-sur-file #volet-file { display: block; }
    CadreDeControle.-etroit.-sur-document #volet-document { display: block; }
    CadreDeControle.-etroit.-sur-dossier #dossier { display: block; }
    CadreDeControle.-etroit #volets { layout: vertical; }
    CadreDeControle.-etroit #decision { height: auto; max-height: 14; border-top: solid $champ-barre-focus; }
    CadreDeControle.-etroit #entier { display: none; }
    CadreDeControle.-etroit ListeMotifs { margin: 0; }
    CadreDeControle.-large #onglets, CadreDeControle.-large #personne, CadreDeControle.-large #piece { display: none; }
    CadreDeControle.-large #volet-file { width: 29; border: solid $filet; border-title-color: $titre; }
    CadreDeControle.-large #volet-document { border: solid $filet; border-title-color: $titre;
        border-subtitle-color: $discret; }
    CadreDeControle.-large #dossier { width: 37; border: solid $filet; border-title-color: $titre; }
    CadreDeControle.-large #decision { width: 37; border: double $champ-barre-focus; }
    CadreDeControle.-large #volet-file:focus-within, CadreDeControle.-large #volet-document:focus-within,
        CadreDeControle.-large #dossier:focus { border: double $champ-barre-focus; border-title-style: bold; }
    CadreDeControle.-large.-decide #dossier { display: none; }
    CadreDeControle.-large.-seul #volet-file, CadreDeControle.-large.-seul #dossier { display: none; }
    CadreDeControle.-large.-seul #personne { display: block; }
    """
    AUTO_FOCUS = ""
    _constat: tuple[str, Genre] = ("", "erreur")

    @override
    def contenu(self) -> ComposeResult:
        yield BarreDeFiltres()
        with Horizontal(id="onglets"):
            yield from (NomDeVolet(volet) for volet in _VOLETS)
            yield Static("", id="rang-page", markup=False)
        yield Static("", id="personne", markup=False)
        yield Static("", id="piece", markup=False)
        with Horizontal(id="volets"):
            with Vertical(id="volet-file"):
                yield Static("", id="compte", markup=False)
                yield ListeEnAttente()
            with Vertical(id="volet-document"):
                yield Bloc(nom="constat")
                yield Pages()
            yield VoletDossier()
            yield VoletDecision(controle.motifs(self.poste))

    @override
    async def preparer(self) -> None:
        self.query_one("#volet-file").border_title = Content(_VOLETS[_FILE])
        self.query_one("#dossier").border_title = Content(_VOLETS[_DOSSIER])
        self.action_montrer_le_volet(_DOCUMENT)

    @property
    def pages(self) -> Pages:
        return self.query_one(Pages)

    @property
    def document_montre(self) -> bool:
        """Whether the pane of the document is one of those on the screen."""
        return self.query_one("#volet-document").display

    @property
    def en_saisie(self) -> bool:
        """Whether a decision or the filters are being typed: letters and digits are theirs."""
        return self.query_one(VoletDecision).display or self.query_one(BarreDeFiltres).display

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if self.is_mounted and self.en_saisie and action in _HORS_SAISIE:
            return action == "piece" and self.query_one(BarreDeFiltres).display and parameters == (1,)
        return super().check_action(action, parameters)

    # The document

    def action_ajuster(self, rang: int) -> None:
        self.pages.action_ajuster(rang)

    def action_zoomer(self, sens: int) -> None:
        self.pages.action_zoomer(sens)

    def action_tourner(self) -> None:
        self.pages.action_tourner()

    def action_seul(self) -> None:
        """The document over the whole width, and back."""
        self.toggle_class("-seul")

    # Panes

    @property
    def _volet(self) -> str:
        return next((volet for volet in _VOLETS if self.has_class(f"-sur-{volet}")), _DOCUMENT)

    def action_volet(self, pas: int) -> None:
        volets = list(_VOLETS)
        self.action_montrer_le_volet(volets[(volets.index(self._volet) + pas) % len(volets)])

    def action_montrer_le_volet(self, volet: str) -> None:
        for autre in _VOLETS:
            self.set_class(autre == volet, f"-sur-{autre}")
            self.query_one(f"#onglet-{autre}").set_class(autre == volet, "-choisi")
        self.remove_class("-seul")
        self.call_after_refresh(self.viser)

    def viser(self) -> None:
        """Put the focus in the pane on the screen."""
        volets: dict[str, type[Widget]] = {_FILE: ListeEnAttente, _DOCUMENT: Pages, _DOSSIER: VoletDossier}
        self.donner_le_focus(self.query_one(volets[self._volet]), en_vue=False)
        self.dire_les_touches()

    def dire_les_touches(self) -> None:
        touches = _TOUCHES if self.has_class("-large") else _TOUCHES_ETROITES
        if self.query_one(VoletDecision).display:
            touches = _TOUCHES_DECISION
        elif self.query_one(BarreDeFiltres).display:
            touches = _TOUCHES_FILTRES
        self.query_one(Pied).touches = touches

    def fermer_la_saisie(self) -> bool:
        """Close what is being typed; false where nothing is."""
        if not self.en_saisie:
            return False
        self.query_one(VoletDecision).display = False
        self.query_one(BarreDeFiltres).display = False
        self.remove_class("-decide")
        self.viser()
        return True

    def intituler(self, titre: str | None = None, etat: str | None = None) -> None:
        """The document's name in its border, and how its page is seen; each is left as it is without a text."""
        volet = self.query_one("#volet-document")
        for attribut, texte in (("border_title", titre), ("border_subtitle", etat)):
            if texte is not None and str(getattr(volet, attribut) or "") != texte:
                setattr(volet, attribut, Content(texte))

    def constater(self, texte: str, genre: Genre = "erreur") -> None:
        """In the document's pane, above the page."""
        if (texte, genre) != self._constat:
            self._constat = texte, genre
            self.query_one("#constat", Bloc).dire(texte, genre)

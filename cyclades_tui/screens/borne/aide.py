"""Pages of text: « Besoin d'aide ? », « Mentions légales », plan, accessibility (F011, F456-F464)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from cyclades_tui.screens.borne.lieux import Lieu
from cyclades_tui.screens.cadre.page import Page
from cyclades_tui.widgets.cadre import Bandeau
from cyclades_tui.widgets.suite import Suite


@dataclass(frozen=True, slots=True)
class PageDAide:
    """A page of text: its title, then paragraphs under headings."""

    titre: str
    paragraphes: tuple[tuple[str, str], ...]


PAGES: dict[Lieu, PageDAide] = {
    Lieu.AIDE: PageDAide(
        "J'ai besoin d'aide",
        (
            (
                "Je ne peux pas accéder à mon compte",
                (
                    "Un compte s'active dans les 48 heures qui suivent sa création, par le code de son message. Passé "
                    "ce délai, les données sont perdues : recommencez la création du compte."
                ),
            ),
            (
                "J'ai oublié mon mot de passe",
                (
                    "Il ne se change pas encore sur cette borne. Présentez-vous à un agent du service des examens, "
                    "avec votre pièce d'identité : il peut suivre votre dossier à votre place."
                ),
            ),
            (
                "Je ne peux pas m'inscrire",
                "Vérifiez que le service d'inscription est ouvert : entrée 3 de l'accueil, « Ouverture des services ».",
            ),
            (
                "Je veux changer un élément de ma candidature",
                (
                    "Pendant la période d'inscription, connectez-vous et modifiez votre candidature : son numéro de "
                    "version augmente de 1. Si vos pièces sont déjà validées, éditez à nouveau le récapitulatif et "
                    "contactez le rectorat."
                ),
            ),
            (
                "Je veux changer mon adresse mail ou mon mot de passe",
                (
                    "« Modifier mon compte » n'est pas encore sur cette borne : gardez les vôtres, et présentez-vous à "
                    "un agent si vous les avez perdus."
                ),
            ),
            (
                "Je ne peux pas changer mes informations personnelles, les champs sont grisés",
                ("Après une inscription, seul le gestionnaire du service des examens et concours peut les modifier."),
            ),
            (
                "Je me suis désinscrit. Mais finalement, je veux me réinscrire",
                "Faites une nouvelle inscription, tant que le service est ouvert.",
            ),
            (
                "Où sont les vidéos de présentation ?",
                (
                    "Elles sont sur le portail national et demandent un réseau. Ici, F1 explique chaque rubrique et "
                    "chaque écran."
                ),
            ),
            (
                "Qui contacter",
                (
                    "Le service des examens et concours de votre académie d'inscription ; ses coordonnées sont sur "
                    "votre récapitulatif et au dernier onglet de l'inscription."
                ),
            ),
        ),
    ),
    Lieu.MENTIONS: PageDAide(
        "Mentions légales",
        (
            (
                "Vos données",
                (
                    "Ce que vous saisissez sert à votre inscription aux examens et concours et reste sur cette "
                    "machine, sous la responsabilité du rectorat. Chaque acte y laisse une trace datée."
                ),
            ),
            (
                "Vos droits",
                (
                    "Vous pouvez demander à voir vos données, à les faire rectifier, et vous opposer à leur traitement "
                    "pour des motifs légitimes : adressez-vous au service des examens et concours de votre académie."
                ),
            ),
            (
                "Combien de temps",
                "Un compte qui n'est pas activé est effacé au bout de 48 heures, avec ce qui a été saisi.",
            ),
        ),
    ),
    Lieu.PLAN: PageDAide(
        "Plan du site",
        (
            ("1  J'ai un compte, je me connecte", "Mes inscriptions, M'inscrire, les onglets d'une inscription."),
            ("2  Je n'ai pas de compte, je le crée", "Quatre étapes, puis l'activation par le code du message."),
            ("3  Ouverture des services", "Les dates d'inscription, par examen, session et académie."),
            ("4  Besoin d'aide ?", "Questions fréquentes."),
            ("5  Mentions légales", "Vos données, vos droits."),
        ),
    ),
    Lieu.ACCESSIBILITE: PageDAide(
        "Accessibilité partiellement conforme",
        (
            (
                "Ce qui est fait",
                (
                    "Tout se fait au clavier, et aussi à la souris. Trois affichages, dont un à fort contraste : F12. "
                    "Un état se lit toujours à un signe et à un mot, jamais à la couleur seule."
                ),
            ),
            (
                "Ce qui manque",
                "La lecture linéaire, pour les lecteurs d'écran, n'existe pas encore : un agent peut vous inscrire.",
            ),
        ),
    ),
}


class EcranAide(Page):
    """Shows one page of text, scrolled by the arrows."""

    LIENS = ()
    TOUCHES = (("↑ ↓", "lire la suite"), ("Pg↓", "page"), ("Échap", "retour"))
    BINDINGS: ClassVar = [
        Binding("up,k", "defiler(-1)", "remonter", show=False),
        Binding("down,j", "defiler(1)", "descendre", show=False),
        Binding("pageup", "page(-1)", "page d'avant", show=False),
        Binding("pagedown,space", "page(1)", "page d'après", show=False),
        Binding("f1,ctrl+g", "quitter", "fermer", show=False),
    ]
    DEFAULT_CSS = """
    EcranAide .texte { margin: 0 0 1 2; max-width: 100; }
    EcranAide.-large #contenu { padding: 1 18 0 18; }
    """

    def __init__(self, lieu: Lieu) -> None:
        super().__init__()
        self.texte = PAGES[lieu]

    def contenu(self) -> ComposeResult:
        for titre, paragraphe in self.texte.paragraphes:
            yield Static(Content(titre), classes="titre")
            yield Static(Content(paragraphe), classes="texte")

    async def preparer(self) -> None:
        self.query_one(Bandeau).gauche = (self.texte.titre, "")
        Suite(self, self._zone, self._dire_la_suite).redire()

    @property
    def _zone(self) -> VerticalScroll:
        return self.query_one("#contenu", VerticalScroll)

    def action_defiler(self, pas: int) -> None:
        self._zone.scroll_relative(y=pas, animate=False)

    def action_page(self, pas: int) -> None:
        self._zone.scroll_relative(y=pas * (self._zone.size.height - 1), animate=False)

    def _dire_la_suite(self, suite: str) -> None:
        self.dire(self.texte.titre)
        self.dessous(suite)

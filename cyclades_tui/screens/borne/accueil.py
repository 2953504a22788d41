"""The home of the borne: five entries, painted before the store is open (F001-F012)."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.screens.borne.lieux import Lieu
from cyclades_tui.screens.cadre.base import Ecran
from cyclades_tui.screens.cadre.navigation import Aller, Partir
from cyclades_tui.screens.cadre.page import CONTACT, PROBLEME, aide_sur_un_probleme
from cyclades_tui.widgets.bloc import Bloc, Genre
from cyclades_tui.widgets.cadre import Entete
from cyclades_tui.widgets.dialogue import Aide
from cyclades_tui.widgets.entrees import Chemin, Entree, GrandeEntree, Lien, LigneEntree
from cyclades_tui.widgets.ligne_ouvrable import LigneOuvrable

GRANDES = (
    Entree(
        Lieu.CONNEXION,
        "1",
        "J'ai un compte, je me connecte",
        "avec mon adresse mail, ou l'identifiant du papillon de connexion",
        explication="Pour qui a déjà un compte, de cette session ou d'une autre : un même compte sert à toutes vos "
        "candidatures. Vous y retrouvez une saisie commencée.",
    ),
    Entree(
        Lieu.COMPTE,
        "2",
        "Je n'ai pas de compte, je le crée",
        "avant une toute première inscription, pièce d'identité en main",
        explication="Un candidat qui n'est pas inscrit par un établissement, ou qui suit un enseignement à distance, "
        "crée d'abord son compte, une seule fois. L'adresse mail en devient l'identifiant ; le compte s'active dans "
        "les 48 heures, par le code d'un message. Ayez votre pièce d'identité sous les yeux.",
    ),
)
PETITES = (
    Entree(
        Lieu.SERVICES,
        "3",
        "Ouverture des services",
        "dates, par examen et académie",
        explication="Les dates d'inscription, par examen, session et académie, sans se connecter. Si aucune donnée ne "
        "s'affiche, aucun service n'est ouvert pour ce choix.",
    ),
    Entree(
        Lieu.AIDE,
        "4",
        "Besoin d'aide ?",
        "questions fréquentes, qui contacter",
        explication="Les questions fréquentes : compte, inscription, changements, et qui contacter.",
    ),
    Entree(
        Lieu.MENTIONS,
        "5",
        "Mentions légales",
        "vos données, vos droits",
        explication="Ce que deviennent vos données, et vos droits sur elles.",
    ),
)
_SCOLAIRE = (
    "Candidat scolaire inscrit par votre établissement : pas de compte à créer, utilisez le papillon de connexion "
    "remis par votre établissement."
)
# For each link: the place that it opens, its text, its explanation.
_LIENS = (
    (Lieu.PLAN, "Plan du site", "Tout ce que cette borne propose."),
    (PROBLEME, "Un problème ?", "Que faire si la borne ne répond pas comme elle devrait."),
    (
        Lieu.ACCESSIBILITE,
        "Accessibilité partiellement conforme",
        "Ce qui aide à lire et à répondre ici, et ce qui manque encore.",
    ),
)
_EXPLICATIONS = {entree.cible: entree.explication for entree in (*GRANDES, *PETITES)} | {
    cible: explication for cible, _, explication in _LIENS
}
_TOUCHES = (("1 à 5", "choisir"), ("↑ ↓", "se déplacer"), ("Entrée", "ouvrir"), ("F12", "affichage"))


class EcranAccueil(Ecran):
    """The first screen of the borne, shown while nobody is using it."""

    BINDINGS: ClassVar = [
        Binding("up", "app.monter", "au-dessus", show=False),
        Binding("down", "app.focus_next", "en dessous", show=False),
        Binding("escape,ctrl+q", "partir", "quitter", show=False),
        Binding("f1,ctrl+g", "aide", "aide", show=False),
        *(
            Binding(entree.chiffre, f"choisir('{entree.cible}')", entree.titre, show=False)
            for entree in (*GRANDES, *PETITES)
        ),
    ]
    DEFAULT_CSS = """
    EcranAccueil { layout: vertical; background: $fond; color: $texte; }
    EcranAccueil > #contenu { height: 1fr; padding: 1 1 0 1; scrollbar-size-vertical: 1; }
    EcranAccueil .bienvenue { height: 2; color: $titre; text-style: bold; }
    EcranAccueil #annonce { margin: 0 0 1 0; }
    EcranAccueil.-annonce.-bas GrandeEntree { height: 2; padding: 0 1; }
    EcranAccueil #scolaire { margin: 1 0 0 0; }
    EcranAccueil .liens { height: 1; }
    EcranAccueil .droits { height: 1; color: $discret; }
    EcranAccueil.-haut .liens { margin: 1 0; }
    EcranAccueil.-large #contenu { padding: 1 11 0 11; }
    """
    AUTO_FOCUS = f"#vers-{Lieu.CONNEXION}"

    def compose(self) -> ComposeResult:
        yield Entete()
        with VerticalScroll(id="contenu", can_focus=False):
            yield Static("Bienvenue. Que voulez-vous faire ?", classes="bienvenue", markup=False)
            yield Bloc(nom="annonce")
            for entree in GRANDES:
                yield GrandeEntree(entree)
            for entree in PETITES:
                yield LigneEntree(entree)
            yield Bloc(_SCOLAIRE, nom="scolaire")
            with Horizontal(classes="liens"):
                for lieu, libelle, _ in _LIENS:
                    yield Lien(lieu, libelle)
            yield Static(
                "© Ministère de l'éducation nationale, Cyclades - Tous droits réservés", classes="droits", markup=False
            )
        yield from self.bas()

    def on_mount(self) -> None:
        self.pied.touches = _TOUCHES

    def nommer_le_poste(self, nom: str) -> None:
        self.query_one(Entete).poste = nom

    def annoncer(self, texte: str) -> None:
        """Show a message of the administration (F005) above the entries; an empty text removes it."""
        self._annoncer(texte, "attention")

    def refuser(self, fautes: tuple[Faute, ...]) -> None:
        """Say why the store cannot be opened and what to do, in place of the message."""
        self._annoncer("\n".join(f"{faute.message} {faute.remede}".rstrip() for faute in fautes), "erreur")

    def _annoncer(self, texte: str, genre: Genre) -> None:
        self.query_one("#annonce", Bloc).dire(texte, genre)
        self.set_class(bool(texte), "-annonce")

    def action_choisir(self, cible: str) -> None:
        if cible == PROBLEME:
            self.app.push_screen(aide_sur_un_probleme())
        else:
            self.post_message(Aller(Lieu(cible)))

    def action_aide(self) -> None:
        """Help on the marked entry or link."""
        choix = self.focused
        titre, texte = "Bienvenue", _EXPLICATIONS[Lieu.COMPTE]
        if isinstance(choix, GrandeEntree | LigneEntree):
            titre, texte = choix.entree.titre, _EXPLICATIONS[choix.cible]
        elif isinstance(choix, Lien):
            titre, texte = choix.libelle, _EXPLICATIONS[choix.cible]
        self.app.push_screen(Aide(titre, texte, _TOUCHES, contact=CONTACT))

    def action_partir(self) -> None:
        self.post_message(Partir())

    def on_ligne_ouvrable_ouverte(self, message: LigneOuvrable.Ouverte) -> None:
        message.stop()
        if isinstance(message.ligne, Chemin):
            self.action_choisir(message.ligne.cible)

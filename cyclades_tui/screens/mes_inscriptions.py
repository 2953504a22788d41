"""« Mes inscriptions »: a card for each candidature and each draft (F013-F024, F138)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Grid
from textual.content import Content
from textual.widgets import Static

from cyclades_tui.actes import brouillons, consultation
from cyclades_tui.actes.comptes import SessionCandidat
from cyclades_tui.domaine.temps import a_la_minute
from cyclades_tui.domaine.texte import en_capitales
from cyclades_tui.poste import Poste
from cyclades_tui.referentiel.chargement import Referentiel
from cyclades_tui.regles.etats import Etat
from cyclades_tui.screens.depart import PageCandidat
from cyclades_tui.screens.menu import DECONNEXION, Menu
from cyclades_tui.screens.navigation import Aller, Deconnecte, Lieu
from cyclades_tui.screens.page import joindre
from cyclades_tui.store.brouillons import Brouillon
from cyclades_tui.widgets.bloc import Genre
from cyclades_tui.widgets.cadre import Action
from cyclades_tui.widgets.carte import Carte, ContenuCarte
from cyclades_tui.widgets.dialogue import Dialogue, Reponse

VIDE = "Vous n'avez aucune candidature active."
_ETATS: dict[Etat, tuple[str, Genre]] = {
    Etat.INSCRIT: ("√ Inscrit", "succes"),
    Etat.A_COMPLETER: ("! À compléter", "attention"),
}
_RESTER, _QUITTER = "rester", "quitter"


@dataclass(frozen=True, slots=True)
class _Espace:
    """What the screen shows: candidatures, and drafts of new ones."""

    cartes: tuple[consultation.Carte, ...]
    brouillons: tuple[Brouillon, ...]


class EcranMesInscriptions(PageCandidat):
    """The home of who is logged in."""

    TITRE = "Mes inscriptions"
    AIDE = "Une carte par candidature, et une par saisie commencée : Entrée la reprend."
    TOUCHES = (("↑ ↓", "carte"), ("Entrée", "ouvrir"), ("F5", "menu"), ("F12", "affichage"))
    BINDINGS: ClassVar = [
        Binding("f8,ctrl+n", "ajouter", "Ajouter une nouvelle candidature", show=False),
        Binding("enter", "entrer", "ouvrir", show=False),
        Binding("f5,ctrl+b", "menu", "Menu", show=False),
    ]
    DEFAULT_CSS = """
    EcranMesInscriptions #cartes { grid-size: 1; grid-rows: 5; grid-gutter: 0 2; height: auto; }
    EcranMesInscriptions.-large #cartes { grid-size: 2; }
    EcranMesInscriptions .vide { height: auto; margin: 1 1; }
    EcranMesInscriptions .contact { display: none; height: auto; color: $discret; margin: 0 1 1 1; }
    """
    AUTO_FOCUS = ""

    def __init__(self, poste: Poste, session: SessionCandidat) -> None:
        super().__init__(poste, session)
        self._contenus: list[ContenuCarte] | None = None  # None as long as nothing was read

    def contenu(self) -> ComposeResult:
        yield Static("", classes="contact", markup=False)
        yield Static("Recherche…", classes="vide", markup=False)
        yield Grid(id="cartes")

    def boutons(self) -> tuple[Action, ...]:
        return (
            Action("ajouter", "Ajouter une nouvelle candidature", "F8", pleine=True),
            Action("menu", "Menu", "F5"),
            Action("quitter", "Déconnexion", "Éch"),
        )

    def on_screen_resume(self) -> None:
        """Also when an inscription ends: its card is there."""
        self.lancer(self._lire_l_espace, self._montrer, self.dire_les_fautes)

    def _lire_l_espace(self) -> _Espace:
        if self.session is None:
            return _Espace((), ())
        return _Espace(
            consultation.cartes(self.poste, self.session.candidat_id),
            tuple(b for b in brouillons.lister(self.poste, self.session.numero) if _selection(b.cle.base) is not None),
        )

    async def _montrer_async(self, espace: _Espace) -> None:
        """Cards that have not changed stay as they are, with what has the focus."""
        referentiel = self.poste.referentiel
        contenus = [*(_carte_du_brouillon(b, referentiel) for b in espace.brouillons), *map(_carte, espace.cartes)]
        if contenus == self._contenus:
            return
        self._contenus = contenus
        ailleurs = self.focused is not None and not isinstance(self.focused, Carte)
        visee = self.focused.contenu.id if isinstance(self.focused, Carte) else ""
        contacts = dict.fromkeys(joindre(carte.contact) for carte in espace.cartes)
        bureaux = self.query_one(".contact", Static)
        bureaux.display = bool(contacts)
        bureaux.update(Content("\n".join(f"Service gestionnaire : {contact}" for contact in contacts)))
        grille = self.query_one("#cartes", Grid)
        await grille.remove_children()
        await grille.mount_all(Carte(contenu) for contenu in contenus)
        vide = self.query_one(".vide", Static)
        vide.display = not espace.cartes
        vide.update(VIDE)
        if not ailleurs:
            self.call_after_refresh(self._viser, visee)

    def _viser(self, visee: str = "") -> None:
        """This card, the first where it is no more; without one Entrée adds, like F8."""
        cartes = list(self.query(Carte))
        if cartes:
            next((carte for carte in cartes if carte.contenu.id == visee), cartes[0]).focus()
        else:
            self.dire("Ajouter une nouvelle candidature", "Entrée ou F8 : choisissez l'examen et l'académie.")

    def _montrer(self, espace: _Espace) -> None:
        self.call_later(self._montrer_async, espace)

    def on_carte_visitee(self, message: Carte.Visitee) -> None:
        message.stop()
        contenu = message.contenu
        if _selection(contenu.id) is None:
            self.dire(contenu.numero, "Vous la retrouverez ici avec ses documents.")
        else:
            self.dire("Brouillon", "Entrée reprend votre saisie ; rien n'est encore enregistré.")

    def on_carte_ouverte(self, message: Carte.Ouverte) -> None:
        message.stop()
        selection = _selection(message.carte)
        if selection is None:
            self.dire("Mes activités", "Pas encore sur cette borne : adressez-vous à un agent.", "attention")
        else:
            self.demarrer(*selection)

    def action_entrer(self) -> None:
        """Entrée where no card has the focus: it goes to one; it adds only where there is none."""
        if self._contenus:
            self._viser()
        elif self._contenus is not None:
            self.action_ajouter()

    def action_ajouter(self) -> None:
        self.post_message(Aller(Lieu.INSCRIRE))

    def action_menu(self) -> None:
        self.app.push_screen(Menu(), self._suivre_le_menu)

    def _suivre_le_menu(self, cible: str | None) -> None:
        if cible == DECONNEXION:
            self.action_quitter()
        elif cible and cible != Lieu.INSCRIPTIONS:
            self.post_message(Aller(Lieu(cible)))

    def action_quitter(self) -> None:
        question = Dialogue(
            "Vous déconnecter ?",
            "Vos candidatures et vos brouillons restent ; la borne revient à l'accueil.",
            (Reponse(_RESTER, "Rester connecté"), Reponse(_QUITTER, "Me déconnecter")),
        )
        self.app.push_screen(question, self._sortir)

    def _sortir(self, reponse: str | None) -> None:
        if reponse == _QUITTER:
            self.post_message(Deconnecte())


def _carte(carte: consultation.Carte) -> ContenuCarte:
    etat, genre = _ETATS[carte.etat]
    etablissement = f" · Établissement : {carte.etablissement}" if carte.etablissement else ""
    return ContenuCarte(
        str(carte.candidature_id),
        carte.session,
        f"N° : {carte.numero}",
        carte.examen,
        etat,
        genre,
        carte.specialite,
        f"version {carte.version}",
        f"{carte.academie}{etablissement}",
    )


def _carte_du_brouillon(brouillon: Brouillon, referentiel: Referentiel) -> ContenuCarte:
    examen, session, academie = brouillon.cle.base.split("|")
    connu = referentiel.examens.get(examen)
    ou = referentiel.academies.get(academie)
    return ContenuCarte(
        brouillon.cle.base,
        session,
        "",
        en_capitales(examen if connu is None else connu.libelle),
        "… Brouillon",
        "info",
        brouillon.saisie.get("qualification.specialite", ""),
        f"gardé le {a_la_minute(brouillon.maj_le)}",
        academie if ou is None else ou.libelle,
    )


def _selection(base: str) -> tuple[str, str, str] | None:
    """Exam, session and académie of the draft of a first version; None for anything else."""
    parties = base.split("|")
    return (parties[0], parties[1], parties[2]) if len(parties) == 3 else None

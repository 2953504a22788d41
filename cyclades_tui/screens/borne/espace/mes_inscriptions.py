"""« Mes inscriptions »: a card for each candidature and each draft (F013-F024, F138)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static
from typing_extensions import override

from cyclades_tui.actes.candidature import brouillons, candidatures, consultation
from cyclades_tui.actes.personnes import courrier
from cyclades_tui.actes.personnes.comptes import SessionCandidat
from cyclades_tui.domaine.contact import en_une_ligne
from cyclades_tui.domaine.natures import NatureDeDocument
from cyclades_tui.domaine.temps import a_la_minute, limite_incluse
from cyclades_tui.domaine.texte import denombrer, en_capitales
from cyclades_tui.poste import Poste
from cyclades_tui.referentiel.chargement import Referentiel
from cyclades_tui.regles.etats import EtatCandidature
from cyclades_tui.screens.borne.choix.depart import CHAQUE_MINUTE, PageCandidat
from cyclades_tui.screens.borne.espace import services_ouverts
from cyclades_tui.screens.borne.espace.activites import (
    DOCUMENTS,
    INSCRIPTION,
    JUSTIFICATIFS,
    NOTES,
    PAS_ENCORE,
    EcranActivites,
)
from cyclades_tui.screens.borne.espace.services_ouverts import LigneService
from cyclades_tui.screens.borne.lieux import Lieu
from cyclades_tui.screens.borne.menu import MENU
from cyclades_tui.screens.cadre.base import Ecran
from cyclades_tui.screens.cadre.menu import montrer_le_menu
from cyclades_tui.screens.cadre.navigation import Aller, Deconnecte
from cyclades_tui.screens.candidature.desinscription import Desinscription
from cyclades_tui.screens.candidature.identite import connecte
from cyclades_tui.store.requetes.brouillons import BrouillonGarde
from cyclades_tui.widgets.bloc import Genre
from cyclades_tui.widgets.cadre import Action, Bandeau
from cyclades_tui.widgets.carte import Carte, ContenuCarte, SurLaCarte
from cyclades_tui.widgets.dialogue import Dialogue, Reponse
from cyclades_tui.widgets.entrees import Entree, GrandeEntree
from cyclades_tui.widgets.ligne_ouvrable import LigneOuvrable

VIDE = "Vous n'avez aucune candidature active."
_PREMIERE_FOIS = (
    "Pour une première inscription, préparez votre pièce d'identité et comptez vingt minutes. Tout ce que vous tapez "
    "est gardé au fur et à mesure."
)
_ETATS: dict[EtatCandidature, tuple[str, Genre]] = {
    EtatCandidature.INSCRIT: ("√", "succes"),
    EtatCandidature.A_COMPLETER: ("!", "attention"),
}
_AJOUTER, _CHOISIR = "ajouter", "Je choisis l'examen, la session et l'académie."
_RESTER, _QUITTER, _MESSAGES, _JUSTIFICATIFS = "rester", "quitter", "messages", "justificatifs"


@dataclass(frozen=True, slots=True)
class _Espace:
    """What the screen shows: candidatures, and drafts of new ones."""

    cartes: tuple[consultation.CandidatureEnCarte, ...]
    brouillons: tuple[BrouillonGarde, ...]
    messages_non_lus: int
    services: tuple[consultation.ServiceOffert, ...] = ()


class EcranMesInscriptions(PageCandidat):
    """The home of a candidate who is logged in."""

    TITRE = "Mes inscriptions"
    AIDE = "Une carte par candidature, et une par saisie commencée : Entrée la reprend."
    TOUCHES = (
        ("↑ ↓", "carte"),
        ("Entrée", "ouvrir"),
        ("E", "enveloppe"),
        ("J", "justificatifs"),
        ("F4", "récapitulatif"),
        ("Suppr", "désinscrire"),
        ("M", "messages"),
    )
    BINDINGS: ClassVar = [
        Binding("f8,ctrl+n", "ajouter", "Ajouter une nouvelle candidature", show=False),
        Binding("enter", "entrer", "ouvrir", show=False),
        Binding("f5,ctrl+b", "menu", "Menu", show=False),
        Binding("m", "messages", "Consulter mes messages", show=False),
        Binding("e", "enveloppe", "enveloppe", show=False),
        Binding("j", "justificatifs", "Mes justificatifs", show=False),
        Binding("f4,ctrl+o", "visualiser", "Visualiser/imprimer", show=False),
        Binding("delete", "desinscrire", "se désinscrire", show=False),
    ]
    DEFAULT_CSS = """
    EcranMesInscriptions #cartes { height: auto; }
    EcranMesInscriptions .vide { height: auto; margin: 0 1; }
    EcranMesInscriptions .premiere { height: auto; margin: 0 1 1 1; max-width: 100; display: none; }
    EcranMesInscriptions.-sans-carte .premiere { display: block; }
    EcranMesInscriptions #vers-ajouter { height: 4; margin: 0 1 1 1; display: none; }
    EcranMesInscriptions.-sans-carte #vers-ajouter { display: block; }
    EcranMesInscriptions #services { height: auto; margin: 0 1; }
    EcranMesInscriptions #services > .titre { height: 1; color: $titre; text-style: bold; }
    EcranMesInscriptions #services > .note { height: auto; color: $discret; }
    EcranMesInscriptions .contact { display: none; height: auto; color: $discret; margin: 0 1 1 1; }
    """
    AUTO_FOCUS = ""

    def __init__(self, poste: Poste, session: SessionCandidat) -> None:
        super().__init__(poste, session)
        self._contenus: list[ContenuCarte] | None = None  # None until something is read
        self._cartes: dict[str, consultation.CandidatureEnCarte] = {}
        self._desinscription = Desinscription(self, poste, self._partie, self.dire_les_fautes)

    def contenu(self) -> ComposeResult:
        yield Static("", classes="contact", markup=False)
        yield Static("Recherche…", classes="vide", markup=False)
        yield Static(_PREMIERE_FOIS, classes="premiere", markup=False)
        entree = Entree(_AJOUTER, "", "Ajouter une nouvelle candidature", _CHOISIR)
        yield GrandeEntree(entree, dit=(entree.titre, "Entrée commence une inscription."))
        yield Vertical(id="cartes")
        yield Vertical(id="services")

    def boutons(self) -> tuple[Action, ...]:
        return (
            Action("ajouter", "Ajouter une nouvelle candidature", "F8", pleine=True),
            Action("quitter", "Déconnexion", "Éch"),
        )

    def on_screen_resume(self) -> None:
        """Read again, so that an inscription just made has its card."""
        super().on_screen_resume()
        self._relire()

    async def preparer(self) -> None:
        self.set_interval(CHAQUE_MINUTE, self._relire)  # an agent may decide meanwhile, a service open or close

    def _relire(self) -> None:
        if self.app.screen is self:
            self.lire(self._lire_l_espace, self._montrer, self.dire_les_fautes)

    def _lire_l_espace(self) -> _Espace:
        if self.session is None:
            return _Espace((), (), 0)
        return _Espace(
            consultation.cartes(self.poste, self.session.candidat_id),
            tuple(b for b in brouillons.lister(self.poste, self.session.numero) if _selection(b.cle.base) is not None),
            sum(not message.lu for message in courrier.consulter(self.poste, self.session.numero)),
            consultation.services(self.poste),
        )

    async def _montrer_async(self, espace: _Espace) -> None:
        """Replace the cards; those that have not changed stay, with the focus."""
        self._cartes = {str(carte.candidature_id): carte for carte in espace.cartes}
        self._dire_les_messages(espace.messages_non_lus)
        referentiel = self.poste.referentiel
        contenus = [*(_carte_du_brouillon(b, referentiel) for b in espace.brouillons), *map(_carte, espace.cartes)]
        if contenus == self._contenus:
            return
        self._contenus = contenus
        ailleurs = self.focused is not None and not isinstance(self.focused, Carte | GrandeEntree)
        visee = self.focused.contenu.id if isinstance(self.focused, Carte) else ""
        contacts = dict.fromkeys(en_une_ligne(carte.contact) for carte in espace.cartes)
        bureaux = self.query_one(".contact", Static)
        bureaux.display = bool(contacts)
        bureaux.update(Content("\n".join(f"Service gestionnaire : {contact}" for contact in contacts)))
        if not ailleurs:
            self.retenir_les_touches()
        grille = self.query_one("#cartes", Vertical)
        await grille.remove_children()
        await grille.mount_all(Carte(contenu, _dit_de(contenu)) for contenu in contenus)
        services = self.query_one("#services", Vertical)
        await services.remove_children()
        await services.mount_all(
            services_ouverts.lister(espace.services, referentiel.academies, self.poste.maintenant())
        )
        self.set_class(not contenus, "-sans-carte")
        vide = self.query_one(".vide", Static)
        vide.display = not contenus
        vide.update(VIDE)
        if not ailleurs:
            self._viser(visee)

    def _dire_les_messages(self, non_lus: int) -> None:
        dit = denombrer(non_lus, "message non lu", "messages non lus")
        compte = (dit, "", "   M consulter") if non_lus else ("", "", "")
        self.query_one(Bandeau).droite = compte

    def _viser(self, visee: str = "") -> None:
        """Focus a card, the first if it no longer exists; without cards Entrée adds an inscription, as F8 does."""
        cartes = list(self.query(Carte))
        if cartes:
            self.donner_le_focus(next((carte for carte in cartes if carte.contenu.id == visee), cartes[0]))
        else:
            self.donner_le_focus(self.query_one(GrandeEntree))

    def _montrer(self, espace: _Espace) -> None:
        self.call_later(self._montrer_async, espace)

    @override
    def ligne_ouverte(self, ligne: LigneOuvrable) -> None:
        if isinstance(ligne, LigneService):
            self.depart.demarrer(ligne.service.examen, ligne.service.session, ligne.service.academie)
            return
        carte = ligne.contenu.id if isinstance(ligne, Carte) else ""
        if (selection := _selection(carte)) is not None:
            self.depart.demarrer(*selection)
        elif carte in self._cartes and self.session is not None:
            self.app.push_screen(EcranActivites(self.poste, self.session, int(self._cartes[carte].numero)))

    @override
    def suivre_le_lien(self, cible: str) -> None:
        if cible == _AJOUTER:
            self.action_ajouter()
        else:
            super().suivre_le_lien(cible)

    def action_entrer(self) -> None:
        """Entrée while no card has the focus: go to one, or add an inscription if there is none."""
        if self._contenus:
            self._viser()
        elif self._contenus is not None:
            self.action_ajouter()

    # What one does with the card in focus

    def _visee(self, quoi: str) -> consultation.CandidatureEnCarte | None:
        """The candidature of the focused card, or the only one; otherwise None, and say what to do."""
        if isinstance(self.focused, Carte):
            carte = self._cartes.get(self.focused.contenu.id)
        else:
            carte = next(iter(self._cartes.values())) if len(self._cartes) == 1 else None
        if carte is None:
            self.dire(quoi, "Choisissez d'abord la carte d'une candidature enregistrée.", "attention")
        return carte

    def on_carte_demandee(self, message: Carte.Demandee) -> None:
        """A click on a card's pieces, envelope or bin; it then has the focus."""
        message.stop()
        message.carte.focus()
        faire = {
            SurLaCarte.PIECES: self.action_justificatifs,
            SurLaCarte.ENVELOPPE: self.action_enveloppe,
            SurLaCarte.CORBEILLE: self.action_desinscrire,
        }
        self.call_later(faire[message.quoi])

    def action_enveloppe(self) -> None:
        if (carte := self._visee("Enveloppe")) is not None:
            self.app.push_screen(_enveloppe(carte), self._suivre_l_enveloppe)

    def _suivre_l_enveloppe(self, reponse: str | None) -> None:
        if reponse == _MESSAGES:
            self.action_messages()
        elif reponse == _JUSTIFICATIFS:
            self.action_justificatifs()

    def action_justificatifs(self) -> None:
        if (carte := self._visee("Mes justificatifs")) is not None and self.session is not None:
            from cyclades_tui.screens.candidature.justificatifs import EcranJustificatifs

            numero = int(carte.numero)
            self.app.push_screen(EcranJustificatifs(self.poste, self.session.numero, numero, connecte(self.session)))

    def action_visualiser(self) -> None:
        self._lire_les_documents(self._visee("Visualiser/imprimer"), NatureDeDocument.RECAPITULATIF)

    def action_desinscrire(self) -> None:
        if (carte := self._visee("Se désinscrire")) is not None and self.session is not None:
            self._desinscription.demander(self.session.numero, int(carte.numero))

    def _partie(self) -> None:
        self.on_screen_resume()
        self.dire("Désinscription", "Elle est prise en compte. Un message vous la confirme.", "succes")

    # Elsewhere

    def action_messages(self) -> None:
        if self.session is not None:
            from cyclades_tui.screens.borne.espace.messages import EcranMessages

            self.app.push_screen(EcranMessages(self.poste, self.session.numero, connecte(self.session)))

    def ouvrir_les_justificatifs(self) -> None:
        """Open the pieces of the focused card, or of the only candidature."""
        cartes = list(self.query(Carte))
        if len(self._cartes) == 1:
            self.donner_le_focus(next(carte for carte in cartes if carte.contenu.id in self._cartes))
        self.action_justificatifs()

    def ouvrir_les_documents(self) -> None:
        """Open the documents of the focused card, or of the only candidature (F367)."""
        cartes = list(self._cartes.values())
        self._lire_les_documents(cartes[0] if len(cartes) == 1 else self._visee("Mes documents"))

    def _lire_les_documents(
        self, carte: consultation.CandidatureEnCarte | None, ouvert: NatureDeDocument | None = None
    ) -> None:
        if carte is None or self.session is None:
            return
        from cyclades_tui.screens.candidature.documents import EcranDocuments

        lire = partial(candidatures.fiche, self.poste, self.session.numero, int(carte.numero))
        self.lancer(lire, lambda f: self.app.push_screen(EcranDocuments(self.poste, f, ouvert)), self.dire_les_fautes)

    def action_ajouter(self) -> None:
        self.post_message(Aller(Lieu.INSCRIRE))

    def action_menu(self) -> None:
        """The menu, also over a page that was opened from here: that page is left for what is chosen."""
        montrer_le_menu(self.app, MENU, self, self._revenir)

    def _revenir(self, suite: Callable[[], object]) -> None:
        """Go on once the pages above are left; one of them may ask first, and be stayed on."""
        dessus = self.app.screen
        if isinstance(dessus, Ecran) and dessus is not self:
            dessus.ceder(partial(self._revenir, suite))
        else:
            suite()

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


def _enveloppe(carte: consultation.CandidatureEnCarte) -> Dialogue:
    """What the candidate is asked to do; messages and pieces have the same keys as on the cards."""
    return Dialogue(
        f"N° {carte.numero} · {carte.examen}",
        "\n\n".join(carte.enveloppe) or "Rien ne vous est demandé pour le moment.",
        (Reponse(_RESTER, "Fermer"), Reponse(_MESSAGES, "Consulter mes messages : M")),
        touches={"m": _MESSAGES, "j": _JUSTIFICATIFS},
    )


def _carte(carte: consultation.CandidatureEnCarte) -> ContenuCarte:
    signe, genre = _ETATS[carte.etat]
    return ContenuCarte(
        str(carte.candidature_id),
        carte.session,
        f"N° : {carte.numero}",
        carte.examen,
        f"{signe} {carte.etat_dit}",
        genre,
        carte.specialite,
        f"! {carte.pieces}" if carte.pieces else f"version {carte.version}",
        carte.academie,
        carte.etablissement,
        pressant=bool(carte.pieces),
        enveloppe=denombrer(len(carte.enveloppe), "information") if carte.enveloppe else "aucune information",
        retirable=carte.retirable,
        activites=tuple(_activites(carte)),
    )


def _activites(carte: consultation.CandidatureEnCarte) -> Iterator[tuple[str, str]]:
    """The entries of « Mes activités », and where each stands."""
    jusque = "" if carte.fermeture is None else f", modifiable jusqu'au {limite_incluse(carte.fermeture)}"
    yield INSCRIPTION, f"√ version {carte.version} du {a_la_minute(carte.enregistree_le)}{jusque}"
    yield DOCUMENTS, "i la dernière version de chacun"
    yield JUSTIFICATIFS, f"! {carte.pieces}" if carte.pieces else "√ rien à fournir"
    yield NOTES, f"- {PAS_ENCORE}"


def _carte_du_brouillon(brouillon: BrouillonGarde, referentiel: Referentiel) -> ContenuCarte:
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


def _dit_de(contenu: ContenuCarte) -> tuple[str, str]:
    if contenu.pressant:
        return contenu.numero, "Entrée ouvre « Mes activités » ; J, les pièces demandées."
    if _selection(contenu.id) is None:
        return contenu.numero, "Entrée ouvre « Mes activités » de cette candidature."
    return "Brouillon", "Entrée reprend votre saisie ; rien n'est encore enregistré."


def _selection(base: str) -> tuple[str, str, str] | None:
    """Exam, session and académie in the key of a first version's draft; None for other drafts."""
    parties = base.split("|")
    return (parties[0], parties[1], parties[2]) if len(parties) == 3 else None

"""The wizard's frame: tabs in their order, buttons when the guides allow them, the draft kept while one types."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Static

from cyclades_tui.actes import brouillons, documents
from cyclades_tui.actes.inscription import Demande, Inscription, Modification, enregistrer
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.temps import EtatFenetre, a_la_minute
from cyclades_tui.poste import Poste
from cyclades_tui.screens.base import Ecran
from cyclades_tui.screens.inscription.acquis import OngletAcquis
from cyclades_tui.screens.inscription.candidature import OngletCandidature
from cyclades_tui.screens.inscription.conditions import OngletConditions
from cyclades_tui.screens.inscription.epreuves import LigneEpreuve, OngletEpreuves
from cyclades_tui.screens.inscription.identification import OngletIdentification
from cyclades_tui.screens.inscription.modalites import OngletModalites
from cyclades_tui.screens.inscription.modele import ModeleInscription
from cyclades_tui.screens.inscription.numero import OngletNumero
from cyclades_tui.screens.inscription.onglet import OngletFormulaire
from cyclades_tui.screens.inscription.qualification import OngletQualification
from cyclades_tui.screens.inscription.recapitulatif import BlocRecapitulatif, OngletRecapitulatif
from cyclades_tui.store.brouillons import CleBrouillon
from cyclades_tui.widgets.cadre import Action, Bandeau, Bouton, Boutons, Entete, Etapes, LigneAide, Pied
from cyclades_tui.widgets.champ import LigneChamp, phrase_au_champ
from cyclades_tui.widgets.dialogue import Aide, Dialogue, Lecture, Reponse, Sommaire
from cyclades_tui.widgets.saisie import Colle, Suivant

# A throttle, not a debounce: typing on never puts the save off (decision 4).
DELAI_BROUILLON = 0.9
_FORMULAIRES: dict[str, Callable[[str, ModeleInscription], Widget]] = {
    "modalites": OngletModalites,
    "identification": OngletIdentification,
    "candidature": OngletCandidature,
    "qualification": OngletQualification,
    "acquis": OngletAcquis,
    "epreuves": OngletEpreuves,
    "conditions": OngletConditions,
}
_TOUCHES = (
    ("Entrée", "champ suivant"),
    ("↑ ↓", "se déplacer"),
    ("F2", "sommaire"),
    ("F6", "zone suivante"),
    ("F12", "affichage"),
)
_TOUCHES_AIDE = (
    ("F7, F8", "onglet précédent, suivant"),
    ("F9", "enregistrer, au dernier onglet"),
    ("F4", "visualiser, une fois enregistré"),
    ("F2", "aller à un onglet déjà vu"),
    ("Tab, ↑, ↓", "d'un champ à l'autre"),
    ("Espace", "cocher, ouvrir une liste"),
    ("Échap", "quitter : le brouillon est gardé"),
)


@dataclass(frozen=True)
class Parcours:
    """What the wizard starts from: who, for what, with which texts already there."""

    poste: Poste
    numero_candidat: str
    identite: tuple[str, str, str]
    examen: str
    session: str
    academie: str
    saisie: dict[str, str]
    cle: CleBrouillon
    onglet: str = ""
    focus: str = ""
    modification: Modification | None = None


class EcranInscription(Ecran):
    """One inscription, from the first tab to the number."""

    BINDINGS: ClassVar = [
        Binding("f7,ctrl+p", "precedent", "Précédent", show=False, priority=True),
        Binding("f8,ctrl+n", "suivant", "Suivant", show=False, priority=True),
        Binding("f9,ctrl+s", "enregistrer", "Enregistrer", show=False, priority=True),
        Binding("f4,ctrl+o", "visualiser", "Visualiser/imprimer", show=False, priority=True),
        Binding("f1,ctrl+g", "aider", "aide", show=False, priority=True),
        Binding("f2,ctrl+t", "sommaire", "sommaire", show=False, priority=True),
        Binding("escape,ctrl+q", "quitter", "Quitter", show=False),
        Binding("up", "champ(-1)", "champ précédent", show=False),
        Binding("down", "champ(1)", "champ suivant", show=False),
    ]
    DEFAULT_CSS = """
    EcranInscription { layout: vertical; background: $fond; color: $texte; }
    EcranInscription > #corps { height: 1fr; }
    EcranInscription #rail { display: none; width: 34; height: 1fr; padding: 1 1 0 1; border-right: solid $filet; }
    EcranInscription.-large.-haut #rail { display: block; }
    EcranInscription ContentSwitcher { height: 1fr; width: 1fr; }
    EcranInscription .onglet-rail { height: 1; color: $discret; }
    """

    def __init__(self, parcours: Parcours) -> None:
        super().__init__()
        self.parcours = parcours
        poste = parcours.poste
        self.service = poste.service(parcours.examen, parcours.session, parcours.academie)
        self.modele = ModeleInscription(self.service, parcours.saisie, poste.maintenant)
        self.rang = 0
        self.atteint = 0
        self.inscription: Inscription | None = None
        self._ecran = uuid.uuid4().hex
        self._minuterie: Timer | None = None
        self._focus: dict[str, str] = {}

    # The frame

    def compose(self) -> ComposeResult:
        yield Entete()
        yield Bandeau()
        yield Etapes()
        with Horizontal(id="corps"):
            yield Vertical(id="rail")
            yield ContentSwitcher(id="onglets")
        yield LigneAide()
        yield Boutons()
        yield Pied()

    async def on_mount(self) -> None:
        self.query_one(Entete).identite = self.parcours.identite
        self.query_one(Etapes).libelles = tuple(onglet.libelle for onglet in self.modele.onglets)
        self.query_one(Pied).touches = _TOUCHES
        self._annoncer_la_fermeture()
        self._minute = self.set_interval(60, self._annoncer_la_fermeture)
        ids = [onglet.id for onglet in self.modele.onglets]
        depart = ids.index(self.parcours.onglet) if self.parcours.onglet in ids else 0
        self.atteint = depart
        await self._ouvrir(depart, self.parcours.focus)

    def _annoncer_la_fermeture(self) -> None:
        fenetre = self.service.referentiel.fenetre(*self._selection)
        bandeau = self.query_one(Bandeau)
        academie = self.service.referentiel.academies[self.parcours.academie]
        large = self.size.width >= 120
        bandeau.gauche = (
            f"{self.service.examen.libelle} {self.parcours.session}",
            academie.libelle if large else academie.nom,
        )
        if fenetre is None:
            return
        fermee = fenetre.etat(self.parcours.poste.maintenant()) is not EtatFenetre.OUVERTE
        bandeau.set_class(fermee, "-ferme")
        avant = "× fermé depuis le " if fermee else ("Fermeture du service le " if large else "ferme le ")
        bandeau.droite = (avant, a_la_minute(fenetre.fermeture), " (heure de Paris)" if large else " (Paris)")

    @property
    def _selection(self) -> tuple[str, str, str]:
        return (self.parcours.examen, self.parcours.session, self.parcours.academie)

    # Tabs

    @property
    def onglet(self) -> str:
        return self.modele.onglets[self.rang].id

    @property
    def _dernier_saisi(self) -> int:
        """The last data tab, the one before N° Inscription: there « Enregistrer » acts (C09)."""
        return len(self.modele.onglets) - 2

    def _widget(self, identifiant: str) -> Widget:
        if identifiant == "recapitulatif":
            return OngletRecapitulatif(identifiant, self.modele, self.parcours.numero_candidat)
        if identifiant == "numero":
            return OngletNumero(identifiant)
        return _FORMULAIRES[identifiant](identifiant, self.modele)

    @property
    def contenu(self) -> OngletFormulaire | OngletEpreuves | OngletRecapitulatif | OngletNumero:
        return self.query_one(f"#onglet-{self.onglet}")  # type: ignore[return-value]  # one of these by `_widget`

    async def _ouvrir(self, rang: int, focus: str = "") -> None:
        self.rang = rang
        self.atteint = max(self.atteint, rang)
        commutateur = self.query_one(ContentSwitcher)
        identifiant = f"onglet-{self.onglet}"
        if not commutateur.query(f"#{identifiant}"):
            await commutateur.mount(self._widget(self.onglet))
        commutateur.current = identifiant
        self.query_one(Etapes).courante = rang
        self._dessiner_le_rail()
        self._boutons()
        self.contenu.actualiser()
        self.dire(self.modele.onglets[rang].libelle)
        self.call_after_refresh(self.contenu.viser, focus or self._focus.get(self.onglet, ""))

    def _dessiner_le_rail(self) -> None:
        rail = self.query_one("#rail")
        rail.remove_children()
        lignes = [Static("Inscription\n", markup=False)]
        for rang, onglet in enumerate(self.modele.onglets):
            glyphe, style = ("►", "bold $titre") if rang == self.rang else ("·", "$discret")
            if rang != self.rang and rang < self.atteint:
                juste = not self.modele.fautes_de(onglet.id)
                glyphe, style = ("√", "$texte") if juste else ("×", "$erreur")
            lignes.append(
                Static(Content.styled(f"{glyphe} {rang + 1} - {onglet.libelle}", style), classes="onglet-rail")
            )
        rail.mount_all(lignes)

    def _boutons(self) -> None:
        fini = self.inscription is not None
        dernier = self.rang == self._dernier_saisi
        self.query_one(Boutons).actions = (
            Action("precedent", "Précédent", "F7", active=self.rang > 0 and not fini),
            Action("suivant", "Suivant", "F8", active=self.rang < self._dernier_saisi, pleine=not dernier),
            Action("enregistrer", "Enregistrer", "F9", active=dernier and not fini, pleine=dernier and not fini),
            Action("visualiser", "Visualiser/imprimer", "F4", active=fini, pleine=fini),
            Action("quitter", "Quitter", "Éch"),
        )

    # Keys and buttons

    def on_bouton_presse(self, message: Bouton.Presse) -> None:
        message.stop()
        self.call_later(self.run_action, message.action)

    async def action_precedent(self) -> None:
        if self.rang > 0 and self.inscription is None:
            await self._ouvrir(self.rang - 1)

    async def action_suivant(self) -> None:
        if self.rang >= self._dernier_saisi:
            self.dire("Suivant", "C'est le dernier onglet : F9 enregistre.")
        elif self.contenu.verifier():
            self._garder_bientot()
            await self._ouvrir(self.rang + 1)
        else:
            self.dire("À corriger", "Voyez les rubriques marquées d'un ×.", "erreur")

    def action_enregistrer(self) -> None:
        if self.inscription is not None:
            return
        if self.rang != self._dernier_saisi:
            libelle = self.modele.onglets[self._dernier_saisi].libelle
            self.dire("Enregistrer", f"Possible à l'onglet {self._dernier_saisi + 1}, {libelle}.")
        elif self.contenu.verifier():
            self.dire("Enregistrement…")
            self.lancer(self._enregistrer, self._enregistree, self._refusee)

    def _enregistrer(self) -> Inscription:
        parcours = self.parcours
        saisie = dict(self.modele.saisie)
        demande = Demande(*self._selection, saisie, parcours.modification, parcours.cle, self._ecran)
        return enregistrer(parcours.poste, demande)

    async def _enregistree_async(self, inscription: Inscription) -> None:
        self.inscription = inscription
        await self._ouvrir(len(self.modele.onglets) - 1)
        self.query_one(OngletNumero).montrer(inscription)
        self.dire("C'est fait.", "Votre récapitulatif est dans « Mes documents ».", "succes")

    def _enregistree(self, inscription: Inscription) -> None:
        if self._minuterie is not None:
            self._minuterie.stop()
        self.call_later(self._enregistree_async, inscription)
        self.lancer(lambda: documents.ouvrir(self.parcours.poste, inscription.document), lambda _: None, self._refusee)

    def _refusee(self, fautes: tuple[Faute, ...]) -> None:
        """Nothing was written; the draft stays."""
        self.dire("Refusé", " ".join(f"{faute.message} {faute.remede}" for faute in fautes), "erreur")

    def action_visualiser(self) -> None:
        if self.inscription is None:
            self.dire("Visualiser/imprimer", "Possible quand la candidature est enregistrée.")
            return
        document = self.inscription.document
        self.lancer(lambda: documents.ouvrir(self.parcours.poste, document), self._montrer_le_document, self._refusee)

    def _montrer_le_document(self, fichier: documents.Fichier) -> None:
        self.app.push_screen(Lecture(fichier.nom, fichier.texte))

    def action_aider(self) -> None:
        """The specification of the focused field, or the tab when none has the focus."""
        champ = next((ligne.champ for ligne in self.query(LigneChamp) if ligne.has_class("-visitee")), None)
        titre, texte = self.modele.onglets[self.rang].libelle, self._contact()
        if champ is not None:
            exemple = f" Exemple : {champ.exemple}." if champ.exemple else ""
            titre, texte = champ.libelle, f"{champ.aide}.{exemple}\n\n{texte}"
        self.app.push_screen(Aide(titre, texte, _TOUCHES_AIDE))

    def _contact(self) -> str:
        reglee = self.service.referentiel.valeurs(*self._selection).get("contact")
        if reglee is None:
            return "Besoin d'aide ? Adressez-vous au guichet."
        joindre = [reglee.valeur.lignes[0], reglee.valeur.telephone, reglee.valeur.courriel]
        return f"Besoin d'aide ? {', '.join(partie for partie in joindre if partie)}"

    def action_sommaire(self) -> None:
        lignes = [
            (f"{rang + 1} - {onglet.libelle}", rang <= self.atteint and (self.inscription is None or rang == self.rang))
            for rang, onglet in enumerate(self.modele.onglets)
        ]
        self.app.push_screen(Sommaire(lignes, self.rang), self._aller)

    def _aller(self, rang: int | None) -> None:
        if rang is not None and rang >= 0 and rang != self.rang:
            self.call_later(self._ouvrir, rang)

    def action_quitter(self) -> None:
        if self.inscription is not None:
            self.app.pop_screen()
            return
        self._garder()
        texte = "Rien n'est enregistré, votre brouillon est gardé sur ce poste."
        reponses = (Reponse("rester", "Rester"), Reponse("quitter", "Quitter"))
        self.app.push_screen(Dialogue("Quitter l'inscription ?", texte, reponses), self._quitter)

    def _quitter(self, reponse: str | None) -> None:
        if reponse == "quitter":
            poste, cle, ecran = self.parcours.poste, self.parcours.cle, self._ecran
            self.lancer(
                lambda: brouillons.rendre_la_main(poste, cle, ecran), lambda _: self.app.pop_screen(), self._refusee
            )

    def action_champ(self, pas: int) -> None:
        self.focus_next() if pas > 0 else self.focus_previous()

    def on_suivant(self, message: Suivant) -> None:
        message.stop()
        self.focus_next()

    # What is typed

    def on_ligne_champ_modifie(self, message: LigneChamp.Modifie) -> None:
        message.stop()
        self.modele.ecrire(message.champ.id, message.valeur)
        self._garder_bientot()
        if not isinstance(self.contenu, OngletNumero | OngletRecapitulatif):
            self.contenu.modifier(message.champ)
            self.contenu.actualiser()

    def on_ligne_champ_quitte(self, message: LigneChamp.Quitte) -> None:
        message.stop()
        if not isinstance(self.contenu, OngletNumero | OngletRecapitulatif):
            self.contenu.quitter_le_champ(message.champ)

    def on_ligne_champ_visite(self, message: LigneChamp.Visite) -> None:
        message.stop()
        champ = message.ligne.champ
        self._focus[self.onglet] = champ.id
        faute = self.modele.faute(champ.id) if message.ligne.fautive else None
        if faute is not None:
            self.dire(champ.libelle, phrase_au_champ(faute), "erreur")
        else:
            self.dire(champ.libelle, champ.aide + (f". Exemple : {champ.exemple}" if champ.exemple else ""))

    def on_ligne_epreuve_visitee(self, message: LigneEpreuve.Visitee) -> None:
        placee = message.ligne.placee
        self.dire(
            f"{placee.epreuve.code} {placee.epreuve.libelle}", f"{placee.position.value} : {placee.raison.texte}."
        )

    async def on_bloc_recapitulatif_corriger(self, message: BlocRecapitulatif.Corriger) -> None:
        message.stop()
        await self._ouvrir([onglet.id for onglet in self.modele.onglets].index(message.onglet))

    def on_colle(self, message: Colle) -> None:
        message.stop()
        self.dire("Collage", message.phrase, "attention")

    # The draft

    def _garder_bientot(self) -> None:
        if self._minuterie is None and self.inscription is None:
            self._minuterie = self.set_timer(DELAI_BROUILLON, self._garder)

    def _garder(self) -> None:
        if self._minuterie is not None:
            self._minuterie.stop()
            self._minuterie = None
        if self.inscription is not None:
            return
        parcours, saisie = self.parcours, dict(self.modele.saisie)
        onglet, focus = self.onglet, self._focus.get(self.onglet, "")
        self.lancer(
            lambda: brouillons.garder(
                parcours.poste, parcours.cle, saisie, onglet=onglet, focus=focus, ecran=self._ecran
            ),
            lambda _: None,
            self._refusee,
        )

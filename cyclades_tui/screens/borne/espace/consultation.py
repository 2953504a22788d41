"""« Mon inscription »: the last récapitulatif, read only, and what may be done with it (F340-F347)."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from cyclades_tui.actes.candidature import candidatures
from cyclades_tui.actes.candidature.candidatures import Fiche
from cyclades_tui.actes.personnes.comptes import SessionCandidat
from cyclades_tui.actes.pieces import justificatifs
from cyclades_tui.actes.pieces.justificatifs import Justificatifs
from cyclades_tui.domaine.contact import en_bref
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.natures import NatureDeDocument
from cyclades_tui.domaine.temps import EtatFenetre, a_la_minute
from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.annonce import LARGE, annoncer
from cyclades_tui.screens.borne.choix.depart import CHAQUE_MINUTE, PageCandidat
from cyclades_tui.screens.borne.espace.changements import EcranChangements
from cyclades_tui.screens.candidature.desinscription import Desinscription
from cyclades_tui.screens.candidature.recapitulatif import BlocRecapitulatif, blocs
from cyclades_tui.widgets.cadre import Action, Bandeau
from cyclades_tui.widgets.colonnes import BlocsEnColonnes
from cyclades_tui.widgets.dialogue import Dialogue, Reponse

# The words of the guides, addressed to the candidate (F347).
VERROUILLEES = (
    "Si vous avez déjà déposé et verrouillé vos pièces justificatives, vous devez obligatoirement rééditer une "
    "confirmation d'inscription et contacter le rectorat pour que vous puissiez déposer les nouvelles pièces "
    "justificatives et faire valider vos modifications."
)
_GARDER, _MODIFIER = "garder", "modifier"


class EcranConsultation(PageCandidat):
    """Read only; « Modifier » opens the wizard while the service is open."""

    TITRE = "Mon inscription"
    AIDE = (
        "Ce qui est enregistré aujourd'hui. « Modifier » rouvre tous les onglets tant que le service est ouvert ; "
        "chaque enregistrement fait une nouvelle version et un nouveau récapitulatif."
    )
    TOUCHES = (("↑ ↓", "bloc"), ("Pg↑ Pg↓", "page"), ("F8", "modifier"), ("Suppr", "désinscrire"), ("Éch", "quitter"))
    BINDINGS: ClassVar = [
        Binding("f8,ctrl+n", "modifier", "Modifier", show=False),
        Binding("f4,ctrl+o", "visualiser", "Visualiser/imprimer", show=False),
        Binding("f7,ctrl+p", "changements", "Ce qui a changé", show=False),
        Binding("delete", "desinscrire", "se désinscrire", show=False),
    ]
    DEFAULT_CSS = """
    EcranConsultation .etat { height: auto; margin: 0 0 1 1; }
    """

    def __init__(self, poste: Poste, session: SessionCandidat, numero_inscription: int) -> None:
        super().__init__(poste, session)
        self._candidat = session.numero
        self._numero = numero_inscription
        self._fiche: Fiche | None = None
        self._dessinee = 0  # the version whose blocks are mounted
        self._desinscription = Desinscription(self, poste, self._partie, self.dire_les_fautes)

    def contenu(self) -> ComposeResult:
        yield Static("Lecture…", classes="etat", markup=False)
        yield BlocsEnColonnes(id="blocs")

    def boutons(self) -> tuple[Action, ...]:
        fiche = self._fiche
        return (
            Action("modifier", "Modifier", "F8", active=fiche is not None and fiche.refus_de_modifier is None),
            Action("visualiser", "Visualiser/imprimer", "F4", active=fiche is not None),
            Action("changements", "Ce qui a changé", "F7", active=fiche is not None and fiche.version > 1),
            Action("quitter", "Quitter", "Éch", pleine=True),
        )

    def on_screen_resume(self) -> None:
        """Read again, so that a version just saved is shown."""
        super().on_screen_resume()
        self._relire()

    async def preparer(self) -> None:
        self.set_interval(CHAQUE_MINUTE, self._relire)  # what may be done changes at the minute of closing (C18)

    def _relire(self) -> None:
        if self.app.screen is self:
            self.lire(
                lambda: candidatures.fiche(self.poste, self._candidat, self._numero),
                self._montrer,
                self.dire_les_fautes,
            )

    def _montrer(self, fiche: Fiche) -> None:
        ferme = self._fiche is not None and self._fiche.ouverture is EtatFenetre.OUVERTE != fiche.ouverture
        self._fiche = fiche
        self.call_later(self._dessiner, fiche)
        if ferme and fiche.refus_de_modifier is not None:
            self._refuser(fiche.refus_de_modifier)

    async def _dessiner(self, fiche: Fiche) -> None:
        bandeau = self.query_one(Bandeau)
        bandeau.gauche = (
            self.TITRE,
            f"N° {fiche.numero_inscription:03d} · {fiche.recapitulatif.examen} {fiche.session}",
        )
        if fiche.fenetre is not None:
            large = self.app.size.width >= LARGE
            annoncer(fiche.fenetre, self.poste.maintenant(), large=large).montrer(bandeau)
        self.query_one(".etat", Static).update(
            Content(
                f"{fiche.etat_dit}   Version {fiche.version} du {a_la_minute(fiche.versions[-1].instant)}\n"
                f"N° candidat : {fiche.numero_candidat}"
            )
        )
        self.dessiner_les_boutons()
        if self._dessinee == fiche.version:
            return
        self._dessinee = fiche.version
        self.retenir_les_touches()
        zone = self.query_one("#blocs", BlocsEnColonnes)
        aide = "F8 modifie votre inscription." if fiche.refus_de_modifier is None else ""
        await zone.remove_children()
        await zone.mount_all(
            BlocRecapitulatif(identifiant, titre, lignes, dit=(titre, aide))
            for identifiant, titre, lignes in blocs(fiche.recapitulatif)
        )
        if self.is_attached:  # the screen may have been left meanwhile
            self.donner_le_focus(self.query(BlocRecapitulatif).first(), en_vue=False)

    def action_modifier(self) -> None:
        fiche = self._fiche
        if fiche is None:
            return
        if fiche.refus_de_modifier is not None:
            self._refuser(fiche.refus_de_modifier)
        else:
            lire = partial(justificatifs.lister, self.poste, self._candidat, self._numero)
            self.lancer(lire, self._modifier_si_voulu, self.dire_les_fautes)

    def _modifier_si_voulu(self, vus: Justificatifs) -> None:
        """Open the wizard, after a question if pieces are locked (F347)."""
        if all(piece.valide_le is None for piece in vus.pieces):
            self.depart.modifier(self._numero)
            return

        def suivre(reponse: str | None) -> None:
            if reponse == _MODIFIER:
                self.depart.modifier(self._numero)

        contact = "" if self._fiche is None else f"\n\nContact : {en_bref(self._fiche.contact)}"
        reponses = (Reponse(_GARDER, "Ne pas modifier"), Reponse(_MODIFIER, "Modifier"))
        self.app.push_screen(Dialogue("Vos pièces sont verrouillées", f"{VERROUILLEES}{contact}", reponses), suivre)

    def _refuser(self, faute: Faute) -> None:
        self.dire("Modifier", f"{faute.message} {faute.remede}", "attention")

    def action_visualiser(self) -> None:
        if (fiche := self._fiche) is not None:
            from cyclades_tui.screens.candidature.documents import EcranDocuments

            self.app.push_screen(EcranDocuments(self.poste, fiche, NatureDeDocument.RECAPITULATIF))

    def action_changements(self) -> None:
        fiche = self._fiche
        if fiche is None or self.session is None:
            return
        if fiche.version > 1:
            self.app.push_screen(EcranChangements(self.poste, self.session, fiche))
        else:
            self.dire("Ce qui a changé", "Il n'y a qu'une version.")

    def action_desinscrire(self) -> None:
        self._desinscription.demander(self._candidat, self._numero)

    def _partie(self) -> None:
        """Return to « Mes inscriptions », which no longer has this candidature."""
        for _ in range(2):
            self.app.pop_screen()

    def action_quitter(self) -> None:
        self.app.pop_screen()

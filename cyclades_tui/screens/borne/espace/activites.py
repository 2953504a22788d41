"""« Mes activités » of a candidature: four entries, and what the candidate is asked to do (F338, F339, F348)."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Grid
from textual.content import Content
from textual.widgets import Static

from cyclades_tui.actes.candidature import candidatures
from cyclades_tui.actes.candidature.candidatures import Fiche
from cyclades_tui.actes.documents import copies
from cyclades_tui.actes.personnes.comptes import SessionCandidat
from cyclades_tui.actes.pieces import manques
from cyclades_tui.domaine.temps import jour_et_heure
from cyclades_tui.domaine.texte import denombrer
from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.choix.depart import CHAQUE_MINUTE, PageCandidat
from cyclades_tui.screens.borne.espace.consultation import EcranConsultation
from cyclades_tui.screens.candidature.desinscription import Desinscription
from cyclades_tui.widgets.cadre import Action, Bandeau
from cyclades_tui.widgets.entrees import Entree, GrandeEntree

_INSCRIPTION, _DOCUMENTS, _JUSTIFICATIFS, _NOTES = "inscription", "documents", "justificatifs", "notes"
# The names of the entries, and what is said of one that has no page yet.
INSCRIPTION, DOCUMENTS = "Mon inscription", "Mes documents"
JUSTIFICATIFS, NOTES = "Mes justificatifs", "Mes notes"
PAS_ENCORE = "pas encore sur cette borne"


class EcranActivites(PageCandidat):
    """What one may do with a candidature; read again at each return to the screen."""

    TITRE = "Mes activités"
    AIDE = (
        "« Mon inscription » montre votre récapitulatif, et permet de le modifier tant que le service est ouvert. "
        "« Mes documents » garde la dernière version de chaque document. « Mes justificatifs » reçoit vos pièces."
    )
    TOUCHES = (("↑ ↓", "entrée"), ("Entrée", "ouvrir"), ("Suppr", "désinscrire"), ("Éch", "retour"))
    BINDINGS: ClassVar = [
        *(
            Binding(str(rang), f"ouvrir('{cible}')", "ouvrir", show=False)
            for rang, cible in enumerate((_INSCRIPTION, _DOCUMENTS, _JUSTIFICATIFS), start=1)
        ),
        Binding("j", f"ouvrir('{_JUSTIFICATIFS}')", "Mes justificatifs", show=False),
        Binding("delete", "desinscrire", "se désinscrire", show=False),
    ]
    DEFAULT_CSS = """
    EcranActivites .qui { height: auto; margin: 0 0 1 0; }
    EcranActivites #entrees { grid-size: 1; grid-rows: 2; grid-gutter: 1 2; height: auto; }
    EcranActivites.-large #entrees { grid-size: 2; }
    EcranActivites.-haut #entrees { grid-rows: 4; }
    EcranActivites GrandeEntree { height: 2; padding: 0 1; margin: 0; }
    EcranActivites.-haut GrandeEntree { height: 4; padding: 1 1; }
    EcranActivites GrandeEntree.-inactif { background: $surface; color: $discret; }
    """

    def __init__(self, poste: Poste, session: SessionCandidat, numero_inscription: int) -> None:
        super().__init__(poste, session)
        self._numero = numero_inscription
        self._candidat = session.numero
        self._fiche: Fiche | None = None
        self._lu: tuple[Fiche, int, str] | None = None
        self._desinscription = Desinscription(self, poste, self._partie, self.dire_les_fautes)

    def contenu(self) -> ComposeResult:
        yield Static("Lecture…", classes="qui", markup=False)
        yield Grid(id="entrees")

    def boutons(self) -> tuple[Action, ...]:
        possible = self._fiche is not None and self._fiche.refus_de_desinscrire is None
        return (
            Action("quitter", "Retour", "Éch", pleine=True),
            Action("desinscrire", "Se désinscrire", "Suppr", active=possible),
        )

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self._relire()

    async def preparer(self) -> None:
        self.set_interval(CHAQUE_MINUTE, self._relire)

    def _relire(self) -> None:
        if self.app.screen is self:
            self.lire(self._lire_la_fiche, self._montrer, self.dire_les_fautes)

    def _lire_la_fiche(self) -> tuple[Fiche, int, str]:
        fiche = candidatures.fiche(self.poste, self._candidat, self._numero)
        pieces = manques.ou_en_est(self.poste, self._candidat, self._numero)
        return fiche, len(copies.visibles(self.poste, fiche)), pieces

    def _montrer(self, lu: tuple[Fiche, int, str]) -> None:
        if lu != self._lu:
            self._lu, self._fiche = lu, lu[0]
            self.call_later(self._dessiner, *lu)

    async def _dessiner(self, fiche: Fiche, publies: int, pieces: str) -> None:
        recapitulatif = fiche.recapitulatif
        self.query_one(Bandeau).gauche = (self.TITRE, f"N° {fiche.numero_inscription:03d}")
        self.query_one(".qui", Static).update(
            Content(
                f"N° Candidat : {fiche.numero_candidat}   N° Inscription : {fiche.numero_inscription:03d}   "
                f"Session : {fiche.session}\n{recapitulatif.examen} · {recapitulatif.contact.academie}\n"
                f"{fiche.etat_dit}"
            )
        )
        visee = self.focused.cible if isinstance(self.focused, GrandeEntree) else _INSCRIPTION
        self.retenir_les_touches()
        grille = self.query_one("#entrees", Grid)
        await grille.remove_children()
        await grille.mount_all(GrandeEntree(entree) for entree in _entrees(fiche, publies, pieces))
        for entree in self.query(f"#vers-{visee}"):  # none if the screen was left meanwhile
            self.donner_le_focus(entree)
            self.dessiner_les_boutons()

    def suivre_le_lien(self, cible: str) -> None:
        if cible in (_INSCRIPTION, _DOCUMENTS, _JUSTIFICATIFS):
            self.action_ouvrir(cible)
        else:
            super().suivre_le_lien(cible)

    def action_ouvrir(self, cible: str) -> None:
        fiche, session = self._fiche, self.session
        if fiche is None or session is None:
            return
        if cible == _INSCRIPTION:
            self.app.push_screen(EcranConsultation(self.poste, session, fiche.numero_inscription))
        elif cible == _JUSTIFICATIFS:
            from cyclades_tui.screens.candidature.justificatifs import EcranJustificatifs

            self.app.push_screen(EcranJustificatifs(self.poste, self._candidat, self._numero, self.identite))
        else:
            from cyclades_tui.screens.candidature.documents import EcranDocuments

            self.app.push_screen(EcranDocuments(self.poste, fiche))

    def action_desinscrire(self) -> None:
        self._desinscription.demander(self._candidat, self._numero)

    def _partie(self) -> None:
        """Return to « Mes inscriptions », saying that the candidature is no longer active."""
        self.app.pop_screen()

    def action_quitter(self) -> None:
        self.app.pop_screen()


def _entrees(fiche: Fiche, publies: int, pieces: str) -> tuple[Entree, ...]:
    derniere = fiche.versions[-1]
    etat = f"version {derniere.numero}, enregistrée le {jour_et_heure(derniere.instant)}"
    combien = denombrer(publies, "document")
    return (
        Entree(_INSCRIPTION, "1", INSCRIPTION, etat),
        Entree(_DOCUMENTS, "2", DOCUMENTS, combien),
        Entree(_JUSTIFICATIFS, "3", JUSTIFICATIFS, pieces),
        Entree(_NOTES, "4", NOTES, PAS_ENCORE, active=False),
    )

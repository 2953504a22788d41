"""Tab « Récapitulatif »: everything that will be saved, from the one content model (F249-F264)."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from cyclades_tui.domaine.recapitulatif import GroupeEpreuves, Recapitulatif
from cyclades_tui.regles.contenu import Enregistrement, composer
from cyclades_tui.regles.recapitulatif import recapituler
from cyclades_tui.screens.inscription.modele import ModeleInscription

# Block of the récapitulatif -> tab that corrects it.
_ONGLETS = {
    "qualification": "qualification",
    "identification": "identification",
    "adresse": "identification",
    "situation": "identification",
    "candidature": "candidature",
    "acquis": "acquis",
    "epreuves": "epreuves",
}


class BlocRecapitulatif(Vertical, can_focus=True):
    """One block, one focus stop; Entrée opens the tab that corrects it."""

    class Corriger(Message):
        def __init__(self, onglet: str) -> None:
            super().__init__()
            self.onglet = onglet

    BINDINGS = [("enter", "corriger", "corriger ce bloc")]  # noqa: RUF012 - the library reads a plain class attribute
    DEFAULT_CSS = """
    BlocRecapitulatif { height: auto; margin: 0 0 1 0; padding: 0 1; }
    BlocRecapitulatif > .titre { color: $titre; text-style: bold; height: 1; }
    BlocRecapitulatif > .ligne { height: auto; }
    BlocRecapitulatif:focus { background: $champ-focus; }
    """

    def __init__(self, identifiant: str, titre: str, lignes: list[Content]) -> None:
        super().__init__(id=f"bloc-{identifiant}")
        self.titre = titre
        self._lignes = lignes
        self.onglet = _ONGLETS[identifiant]

    def compose(self) -> ComposeResult:
        yield Static(self.titre, classes="titre", markup=False)
        for ligne in self._lignes:
            yield Static(ligne, classes="ligne", markup=False)

    def action_corriger(self) -> None:
        self.post_message(self.Corriger(self.onglet))


class OngletRecapitulatif(VerticalScroll, can_focus=False):
    """Made anew each time it is shown, since everything before it may have changed."""

    DEFAULT_CSS = """
    OngletRecapitulatif { height: 1fr; scrollbar-size-vertical: 1; }
    OngletRecapitulatif > .avertissement { background: $attention-fond; color: $texte; height: auto;
        border-left: thick $attention; padding: 0 1; margin: 0 1 1 1; }
    """

    def __init__(self, identifiant: str, modele: ModeleInscription, numero_candidat: str) -> None:
        super().__init__(id=f"onglet-{identifiant}")
        self.identifiant = identifiant
        self.modele = modele
        self._numero = numero_candidat

    def compose(self) -> ComposeResult:
        yield Static(f"! {self.modele.texte('pas_encore_enregistree')}", classes="avertissement", markup=False)
        dossier = self.modele.dossier
        if dossier is None or self.modele.controle.fautes:
            yield Static("Terminez d'abord les onglets précédents.", markup=False)
            return
        yield Static(f" N° candidat : {self._numero}", markup=False)
        service = self.modele.service
        valeurs = service.referentiel.valeurs(service.examen.code, service.session, service.academie)
        provisoire = Enregistrement(self._numero, "", 0, self.modele.maintenant(), formation=False)
        yield from _blocs(recapituler(composer(dossier, provisoire, valeurs)))

    def actualiser(self) -> None:
        self.refresh(recompose=True)

    def verifier(self) -> bool:
        return not self.modele.controle.fautes

    def viser(self, _champ: str) -> None:
        for bloc in self.query(BlocRecapitulatif):
            bloc.focus()
            return


def _blocs(recapitulatif: Recapitulatif) -> Iterator[BlocRecapitulatif]:
    for section in recapitulatif.sections:
        lignes = [
            Content.assemble((f"{ligne.libelle} : " if ligne.libelle else "  ", "$discret"), ligne.valeur)
            for ligne in section.lignes
        ]
        if lignes:
            yield BlocRecapitulatif(section.id, section.titre, lignes)
    if recapitulatif.acquis:
        acquis = [
            ligne
            for un in recapitulatif.acquis
            for ligne in (Content(f"Titulaire : {un.titulaire}"), Content(f"Type de droit : {un.droit}"))
        ]
        yield BlocRecapitulatif("acquis", "Acquis déclarés", acquis)
    yield BlocRecapitulatif("epreuves", "Epreuves", list(_epreuves(recapitulatif.groupes)))


def _epreuves(groupes: tuple[GroupeEpreuves, ...]) -> Iterator[Content]:
    session = ""
    for groupe in groupes:
        if groupe.session != session:
            session = groupe.session
            yield Content.styled(session, "bold")
        yield Content.styled(groupe.titre, "$discret")
        for ligne in groupe.lignes:
            choix = f" - {ligne.choix}" if ligne.choix else ""
            mode = f"  {ligne.mode}" if ligne.mode else ""
            yield Content.assemble(
                f"{'  ' * ligne.niveau}{ligne.code} - {ligne.libelle}{choix}  ", (ligne.position, "bold"), mode
            )

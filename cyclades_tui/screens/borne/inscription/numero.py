"""Tab « N° Inscription »: what was saved, what to keep, whom to call (F271-F282)."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static
from typing_extensions import override

from cyclades_tui.actes.candidature.inscription import Inscription, apres_verrouillage
from cyclades_tui.domaine.contact import en_lignes
from cyclades_tui.domaine.recapitulatif import Recapitulatif
from cyclades_tui.domaine.temps import a_la_minute, limite_incluse
from cyclades_tui.regles.recapitulatif import recapituler
from cyclades_tui.screens.cadre.formulaire import Formulaire
from cyclades_tui.screens.cadre.onglet import VoletOnglet
from cyclades_tui.widgets.chiffres import GrandsChiffres

# Version -> its name in the tab, by the style that the service chose (C14).
_VERSIONS: dict[str, Callable[[int], str]] = {
    "n°1": lambda version: f"Version n°{version}" if version > 1 else "",
    "Version 02": lambda version: f"Version {version:02}",
}


class OngletNumero(VoletOnglet, can_focus=True):
    """The result: one green line, both numbers in plain text, the short one also drawn, what comes next."""

    BINDINGS: ClassVar = [
        Binding("up", "scroll_up", "remonter", show=False),
        Binding("down", "scroll_down", "descendre", show=False),
    ]
    DEFAULT_CSS = """
    OngletNumero > * { margin: 0 1 1 1; height: auto; }
    OngletNumero > .succes { background: $succes-fond; color: $succes; border-left: thick $succes; padding: 0 1; }
    OngletNumero .nombre { width: auto; height: auto; margin: 0 4 0 0; }
    OngletNumero .nombre > Static { width: auto; }
    OngletNumero .version { color: $titre; text-style: bold; }
    OngletNumero .verrouillees { background: $attention-fond; color: $attention; }
    OngletNumero .formation { color: $attention; text-style: bold; }
    """

    def __init__(self, identifiant: str, formulaire: Formulaire, inscription: Inscription) -> None:
        super().__init__(identifiant, formulaire)
        self._inscription = inscription

    @override
    def viser(self, champ: str) -> None:
        self.focus()

    def compose(self) -> ComposeResult:
        recapitulatif = recapituler(self._inscription.contenu)
        instant = a_la_minute(recapitulatif.instant)
        yield Static(f"√ Votre inscription a bien été prise en compte le {instant}.", classes="succes", markup=False)
        with Horizontal():
            yield Vertical(
                _nombre("Votre numéro d'inscription", recapitulatif.numero_inscription),
                GrandsChiffres(recapitulatif.numero_inscription),
                classes="nombre",
            )
            yield Vertical(_nombre("Votre numéro candidat", recapitulatif.numero_candidat), classes="nombre")
        if version := _VERSIONS[self.formulaire.reglages.format_version_ecran](recapitulatif.version):
            yield Static(version, classes="version", markup=False)
        if recapitulatif.formation:
            yield Static("! FORMATION : ces numéros ne sont pas officiels.", classes="formation", markup=False)
        if self._inscription.verrouillees:
            phrase = f"! {apres_verrouillage(recapitulatif.contact)}"
            yield Static(phrase, classes="verrouillees", markup=False)
        yield from _suite(recapitulatif)


def _nombre(titre: str, valeur: str) -> Static:
    """The guides' line, in plain text for a copy and a screen reader."""
    return Static(Content.assemble(f"{titre} : ", (valeur, "bold")), markup=False)


def _suite(recapitulatif: Recapitulatif) -> ComposeResult:
    fermeture = limite_incluse(recapitulatif.fermeture)
    yield Static(
        "Vous pourrez consulter et, éventuellement, modifier les données de votre dossier avant la fermeture du "
        f"service fixée le : {fermeture}.",
        markup=False,
    )
    yield Static(
        "Vous devez impérativement prendre connaissance et conserver les documents suivants :\n"
        "- Le récapitulatif de votre candidature\n"
        "- La liste des pièces justificatives indispensables pour la suite de l'examen.",
        markup=False,
    )
    yield Static(
        'Ces documents sont mis à votre disposition dans votre espace candidat, menu "Mes documents". Vous pouvez '
        "également éditer le récapitulatif de votre candidature au format pdf à l'aide du bouton "
        '"Visualiser/Imprimer", ou à défaut l\'enregistrer.',
        markup=False,
    )
    contact = recapitulatif.contact
    lignes = [contact.academie, *en_lignes(contact)]
    yield Static(
        "Pour tout renseignement, vous pouvez contacter le service des examens et concours dont vous dépendez :",
        markup=False,
    )
    yield Static(Content("\n".join(lignes)), markup=False)

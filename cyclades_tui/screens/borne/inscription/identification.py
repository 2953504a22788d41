"""Tab « Identification »: the account's data, greyed, and the address and other contacts (F164-F180)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.widget import Widget
from textual.widgets import Static
from typing_extensions import override

from cyclades_tui.champs.identite import IDENTITE
from cyclades_tui.champs.specification import Champ
from cyclades_tui.screens.cadre.onglet_formulaire import Agencement
from cyclades_tui.widgets.donnees import Donnees

# The account's data by section, in display order, each by its column in Candidat.
VERROUILLES = {
    "Identité": ("civilite", "prenoms", "nom", "nom_usage"),
    "Naissance": ("naissance", "naissance_commune", "naissance_pays", "naissance_departement", "email"),
}
_DONNEES = {donnee.colonne: donnee for donnee in IDENTITE}


class AgencementIdentification(Agencement):
    """The account's data, which cannot be changed here, and the fields to type."""

    @override
    def champs(self) -> Iterable[Champ]:
        return (champ for champ in super().champs() if not champ.du_compte)

    @override
    def titre(self, section: str, *, premiere: bool) -> Iterator[Widget]:
        """No title for a section whose locked data have one already."""
        if section not in VERROUILLES:
            yield from super().titre(section, premiere=premiere)

    @override
    def avant(self) -> Iterator[Widget]:
        for titre, colonnes in VERROUILLES.items():
            donnees = [_DONNEES[colonne] for colonne in colonnes]
            lues = [(donnee.libelle, self.formulaire.lue.affichage(donnee.champ) or "-") for donnee in donnees]
            yield Donnees(titre, "du compte, non modifiable ici", lues)

    @override
    def apres(self) -> Iterator[Widget]:
        """The legal notice (F176)."""
        yield Static(self.formulaire.reglages.textes.informatique_libertes, classes="note", markup=False)

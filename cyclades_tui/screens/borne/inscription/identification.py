"""Tab « Identification »: the account's data, greyed, and the coordinates (F164-F180)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.widget import Widget
from textual.widgets import Static

from cyclades_tui.champs.specification import Champ
from cyclades_tui.screens.cadre.onglet import OngletFormulaire
from cyclades_tui.widgets.donnees import Donnees

_VERROUILLES = (
    (
        "Identité",
        (
            ("identification.civilite", "Civilité"),
            ("identification.prenoms", "Prénoms"),
            ("identification.nom", "Nom de famille"),
            ("identification.nom_usage", "Nom d'usage"),
        ),
    ),
    (
        "Naissance",
        (
            ("identification.naissance.date", "Date"),
            ("identification.naissance.commune", "Commune"),
            ("identification.naissance.pays", "Pays"),
            ("identification.naissance.departement", "Département"),
            ("identification.email", "Adresse mail"),
        ),
    ),
)


class OngletIdentification(OngletFormulaire):
    """The account's data cannot be changed here; the rest is typed."""

    def champs(self) -> Iterable[Champ]:
        return (champ for champ in super().champs() if not champ.du_compte)

    def titre(self, section: str, *, premiere: bool) -> Iterator[Widget]:
        """The locked data of a section already carry its title."""
        if section not in {titre for titre, _ in _VERROUILLES}:
            yield from super().titre(section, premiere=premiere)

    def avant(self) -> Iterator[Widget]:
        for titre, donnees in _VERROUILLES:
            lues = [(libelle, self.formulaire.lue.affichage(champ) or "-") for champ, libelle in donnees]
            yield Donnees(titre, "du compte, non modifiable ici", lues)

    def apres(self) -> Iterator[Widget]:
        """The legal notice (F176)."""
        yield Static(self.formulaire.reglages.textes.informatique_libertes, classes="note", markup=False)

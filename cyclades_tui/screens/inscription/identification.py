"""Tab « Identification »: the account's data, greyed, and the coordinates (F164-F180)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.containers import Grid
from textual.widget import Widget
from textual.widgets import Static

from cyclades_tui.champs.specification import Champ
from cyclades_tui.screens.inscription.onglet import OngletFormulaire

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

    DEFAULT_CSS = """
    OngletIdentification .verrou {
        grid-size: 4; grid-columns: 15 1fr 12 20; grid-gutter: 0 1; height: auto; margin: 0 1;
    }
    OngletIdentification .verrou > .intitule { color: $discret; }
    """

    def champs(self) -> Iterable[Champ]:
        return (champ for champ in super().champs() if not champ.du_compte)

    def avant(self) -> Iterator[Widget]:
        for titre, donnees in _VERROUILLES:
            yield Static(f"{titre}  (du compte, non modifiable ici)", classes="section -verrou", markup=False)
            yield Grid(*self._donnees(donnees), classes="verrou")

    def apres(self) -> Iterator[Widget]:
        """The legal notice (F176)."""
        yield Static(self.modele.texte("informatique_libertes"), classes="note", markup=False)

    def _donnees(self, donnees: tuple[tuple[str, str], ...]) -> Iterator[Widget]:
        for champ, libelle in donnees:
            yield Static(libelle, classes="intitule", markup=False)
            yield Static(self.modele.controle.affichage(champ) or "-", markup=False)

"""The steps of creating an account: three of fields, then all that was typed, to be checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from typing_extensions import override

from cyclades_tui.champs.compte import MOT_DE_PASSE
from cyclades_tui.champs.formats import conditions_du_mot_de_passe
from cyclades_tui.champs.specification import Champ, Nature
from cyclades_tui.screens.cadre.formulaire import Formulaire
from cyclades_tui.screens.cadre.onglet import VoletOnglet
from cyclades_tui.screens.cadre.onglet_formulaire import Agencement
from cyclades_tui.widgets.bloc import Bloc

_NOTES = {
    "identite": "Vous devez impérativement saisir vos données d'état civil telles qu'elles figurent sur votre pièce "
    "d'identité.",
    "acces": "Une seule personne par adresse mail : elle devient votre identifiant.\n"
    "Gardez-la active au moins jusqu'en décembre de l'année de l'examen.",
}


def est_secret(champ: Champ) -> bool:
    return MOT_DE_PASSE in (champ.id, champ.confirme)


class Conditions(Static):
    """The four conditions of a password, ticked while one types."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    Conditions { height: auto; padding: 0 0 1 37; }
    .-large Conditions { padding: 0 0 0 2; }
    """

    def on_mount(self) -> None:
        self.cocher("")

    def cocher(self, texte: str) -> None:
        morceaux: list[tuple[str, str] | str] = []
        for rang, condition in enumerate(conditions_du_mot_de_passe(texte)):
            glyphe = ("√ ", "bold $succes") if condition.tenue else ("! ", "bold $attention")
            morceaux += [glyphe, condition.libelle.ljust(18) if rang % 2 == 0 else f"{condition.libelle}\n"]
        self.update(Content.assemble(*morceaux, ("exemple : . / ! * etc...", "$discret")))


class AgencementEtape(Agencement):
    """A step of fields: the conditions under the password, general information at the end."""

    RETRAIT = 36

    def __init__(self, identifiant: str, formulaire: Formulaire) -> None:
        super().__init__(identifiant, formulaire)
        self._conditions: Conditions | None = None

    @override
    def champs(self) -> Iterable[Champ]:
        return (
            champ
            for champ in self.formulaire.service.champs_du_compte().values()
            if champ.nature is not Nature.CALCULE and self.formulaire.onglet_de(champ.id) == self.identifiant
        )

    @override
    def apres(self) -> Iterator[Widget]:
        if self.identifiant in _NOTES:
            yield Bloc(_NOTES[self.identifiant])

    @override
    def sous(self, champ: Champ) -> Iterator[Widget]:
        if champ.id == MOT_DE_PASSE:
            self._conditions = Conditions(classes="conditions", markup=False)
            yield self._conditions

    @override
    def accorder(self) -> None:
        if self._conditions is not None:
            self._conditions.cocher(self.formulaire.saisie.get(MOT_DE_PASSE, ""))


class EtapeRelire(VoletOnglet, can_focus=True):
    """All that was typed, without the password; Entrée goes on to the button that saves."""

    BINDINGS: ClassVar = [Binding("enter", "screen.zone", "continuer", show=False)]
    DEFAULT_CSS = """
    EtapeRelire { padding: 0 1; }
    EtapeRelire .section { margin: 0; }
    EtapeRelire .rang { height: auto; }
    EtapeRelire .intitule { width: 38; height: auto; color: $discret; padding: 0 1 0 0; }
    EtapeRelire .valeur { width: 1fr; height: auto; }
    EtapeRelire > Bloc { margin: 1 0 0 0; }
    """

    @override
    def viser(self, champ: str) -> None:
        self.focus()

    def compose(self) -> ComposeResult:
        lue = self.formulaire.lue
        relus = [
            champ
            for champ in lue.champs.values()
            if lue.affichage(champ.id) and not champ.confirme and not est_secret(champ)
        ]
        for section, champs in groupby(relus, key=lambda champ: champ.section):
            yield Static(section, classes="section", markup=False)
            for champ in champs:
                with Horizontal(classes="rang"):
                    yield Static(champ.libelle, classes="intitule", markup=False)
                    yield Static(self._affichage(champ), classes="valeur", markup=False)
        yield Bloc("Relisez tout : après une inscription, seul le service des examens pourra changer ces données.")

    def _affichage(self, champ: Champ) -> str:
        return "oui" if champ.nature is Nature.CASE else self.formulaire.lue.affichage(champ.id)

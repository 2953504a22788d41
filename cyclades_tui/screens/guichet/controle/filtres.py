"""The filters of a queue: a row of six lists, and how many pieces they select (ecrans.md §5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Static

from cyclades_tui.actes.pieces import attentes
from cyclades_tui.actes.pieces.attentes import Attente, Filtre
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.statuts import Phase, Statut
from cyclades_tui.domaine.texte import denombrer
from cyclades_tui.poste import Poste
from cyclades_tui.screens.guichet.controle.travaux import Travaux
from cyclades_tui.widgets.choix import Liste
from cyclades_tui.widgets.saisie import Change, Suivant

STATUTS: Mapping[str, Statut | None] = {
    "tous": None,
    **{statut.libelle.lower() or "sans statut": statut for statut in Statut if statut.phase is Phase.A_JUGER},
}
_JOURS: Mapping[str, int] = {"tous": 0, "1 jour": 1, "3 jours": 3, "7 jours": 7, "15 jours": 15, "30 jours": 30}
_NOMS = {
    "examen": "Examen",
    "academie": "Académie",
    "mode": "Mode",
    "statut": "Statut",
    "jours": "Depuis",
    "affecte_a": "Affectée à",
}


class BarreDeFiltres(Vertical):
    """The six lists; each change updates the count, Entrée in the last one applies them."""

    class Ouverte(Message):
        """Posted when the lists are ready for typing."""

    @dataclass
    class Pris(Message):
        """Posted when the filters are applied."""

        filtre: Filtre

    @dataclass
    class Illisible(Message):
        """Posted when the queues could not be read or counted."""

        fautes: tuple[Faute, ...]

    DEFAULT_CSS = """
    BarreDeFiltres { display: none; height: 2; background: $surface; color: $texte; padding: 0 1; }
    BarreDeFiltres > Horizontal { height: 1; }
    BarreDeFiltres .nom { width: 1fr; color: $discret; margin: 0 1 0 0; }
    BarreDeFiltres Liste { width: 1fr; margin: 0 1 0 0; }
    BarreDeFiltres .compte { width: 11; text-style: bold; }
    """

    def __init__(self, poste: Poste, travaux: Travaux) -> None:
        super().__init__(id="filtres")
        self._poste = poste
        self._travaux = travaux
        self._depart = Filtre()
        self._valeurs: dict[str, Mapping[str, object]] = {}

    def compose(self) -> ComposeResult:
        with Horizontal():
            for nom in _NOMS.values():
                yield Static(nom, classes="nom", markup=False)
            yield Static("pièces", classes="compte", markup=False)
        yield Horizontal(id="listes")

    def ouvrir(self, filtre: Filtre) -> None:
        """Fill the lists from the queues, with the values of `filtre`."""

        def offrir(connues: Sequence[Attente]) -> None:
            self.call_later(self._offrir, filtre, connues)

        self._travaux.confier(lambda: attentes.attentes(self._poste), offrir, self._ne_pas_lire)

    async def _offrir(self, filtre: Filtre, connues: Sequence[Attente]) -> None:
        self._depart = filtre
        self._valeurs = _choix(self._poste, filtre, tuple(connues))
        listes = self.query_one("#listes")
        await listes.remove_children()
        for nom, choix in self._valeurs.items():
            voulue = getattr(filtre, nom)
            libelle = next((libelle for libelle, valeur in choix.items() if valeur == voulue), next(iter(choix)))
            liste = Liste(libelle, tuple(choix), "tous", seule=True)
            liste.set_class(True, f"liste-{nom}")
            await listes.mount(liste)
        compte = Static("…", classes="compte", markup=False)
        await listes.mount(compte)
        self.display = True
        self.query(Liste).first().focus()
        self.post_message(self.Ouverte())
        self._compter()

    @property
    def filtre(self) -> Filtre:
        """The filter that the lists express."""
        dits = {nom: self._valeurs[nom][self._liste(nom).valeur] for nom in self._valeurs}
        return Filtre(
            examen=str(dits["examen"]),
            session=self._depart.session if dits["examen"] == self._depart.examen else "",
            academie=str(dits["academie"]),
            mode=str(dits["mode"]),
            piece=self._depart.piece,
            statut=STATUTS[self._liste("statut").valeur],
            jours=int(str(dits["jours"])),
            affecte_a=_texte(dits["affecte_a"]),
        )

    def _liste(self, nom: str) -> Liste:
        return self.query_one(f".liste-{nom}", Liste)

    def _compter(self) -> None:
        """Count the selected pieces, after each change."""
        essai = partial(attentes.compter, self._poste, self.filtre)
        self._travaux.confier(essai, self._dire_le_compte, self._ne_pas_lire)

    def _ne_pas_lire(self, fautes: tuple[Faute, ...]) -> None:
        self.post_message(self.Illisible(fautes))

    def _dire_le_compte(self, nombre: int) -> None:
        self.query_one("#listes .compte", Static).update(f"{nombre:,}".replace(",", " "))

    def on_change(self, message: Change) -> None:
        message.stop()
        self._compter()

    def on_suivant(self, message: Suivant) -> None:
        message.stop()
        listes = list(self.query(Liste))
        ici = next((rang for rang, liste in enumerate(listes) if liste.has_focus), len(listes))
        if ici + 1 < len(listes):
            listes[ici + 1].focus()
        else:
            self.prendre()

    def prendre(self) -> None:
        """Apply the filters."""
        self.post_message(self.Pris(self.filtre))


def nommer(poste: Poste, filtre: Filtre, *, avec_academie: bool = False) -> str:
    """`BCP 2024 · en ligne · à moi`: the values chosen, without those that select everything."""
    academie = poste.referentiel.academies.get(filtre.academie) if avec_academie else None
    parties = (
        f"{filtre.examen} {filtre.session}".strip(),
        "" if academie is None else academie.nom,
        filtre.mode,
        next((libelle for libelle, statut in STATUTS.items() if statut == filtre.statut is not None), ""),
        denombrer(filtre.jours, "jour") if filtre.jours else "",
        _a_qui(poste, filtre.affecte_a),
    )
    return " · ".join(partie for partie in parties if partie) or "Toutes les pièces"


def _a_qui(poste: Poste, affecte_a: str | None) -> str:
    if affecte_a is None:
        return ""
    return f"à {'moi' if affecte_a == poste.acteur.identifiant else affecte_a or 'personne'}"


def _texte(valeur: object) -> str | None:
    return None if valeur is None else str(valeur)


def _choix(poste: Poste, filtre: Filtre, connues: tuple[Attente, ...]) -> dict[str, Mapping[str, object]]:
    """For each list, its values by label, including the current one."""
    academies = {attente.filtre.academie for attente in connues} | {filtre.academie}
    noms = {code: poste.referentiel.academies[code].nom for code in academies if code in poste.referentiel.academies}
    return {
        "examen": _tous("tous", {attente.filtre.examen for attente in connues} | {filtre.examen}),
        "academie": {"toutes": "", **{nom: code for code, nom in sorted(noms.items(), key=lambda paire: paire[1])}},
        "mode": _tous("tous", {attente.filtre.mode for attente in connues} | {filtre.mode}),
        "statut": STATUTS,
        "jours": _JOURS if filtre.jours in _JOURS.values() else {**_JOURS, f"{filtre.jours} jours": filtre.jours},
        "affecte_a": _affectations(poste, filtre),
    }


def _tous(libelle: str, valeurs: set[str]) -> Mapping[str, object]:
    return {libelle: "", **{valeur: valeur for valeur in sorted(valeurs) if valeur}}


def _affectations(poste: Poste, filtre: Filtre) -> Mapping[str, object]:
    choix: dict[str, object] = {"tous": None, "moi": poste.acteur.identifiant, "personne": ""}
    if filtre.affecte_a and filtre.affecte_a not in choix.values():
        choix[filtre.affecte_a] = filtre.affecte_a
    return choix

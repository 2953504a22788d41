"""Progress in an inscription: the current tab, the furthest one reached, those seen."""

from __future__ import annotations

from cyclades_tui.screens.cadre.formulaire import Formulaire
from cyclades_tui.widgets.etapes import Etape, EtatEtape


class Avancement:
    """Ranks of tabs count from 0, in the order of the form."""

    def __init__(self, formulaire: Formulaire) -> None:
        self._formulaire = formulaire
        self._vus: set[int] = set()
        self.rang = 0
        self.atteint = 0

    def partir_de(self, onglet: str, *, tout_atteint: bool) -> int:
        """The rank of a tab, 0 if unknown; earlier tabs become seen, and with `tout_atteint` data tabs reached."""
        if tout_atteint:
            self.atteint = self.dernier_saisi
        ids = [connu.id for connu in self._formulaire.onglets]
        depart = ids.index(onglet) if onglet in ids else 0
        self._vus.update(range(depart))
        return depart

    def aller(self, rang: int) -> None:
        self.rang = rang
        self.atteint = max(self.atteint, rang)
        self._vus.add(rang)

    @property
    def onglet(self) -> str:
        """The id of the current tab."""
        return self._formulaire.onglets[self.rang].id

    def rang_de(self, onglet: str) -> int:
        return [connu.id for connu in self._formulaire.onglets].index(onglet)

    @property
    def dernier(self) -> int:
        return len(self._formulaire.onglets) - 1

    @property
    def dernier_saisi(self) -> int:
        """The rank of the last tab with data, before N° Inscription, where « Enregistrer » is enabled (C09)."""
        return self.dernier - 1

    def libelle(self, rang: int | None = None) -> str:
        """The label of a tab, by default the current one."""
        return self._formulaire.onglets[self.rang if rang is None else rang].libelle

    def titre(self) -> str:
        """`6/9 Épreuves`: which of the tabs is the current one."""
        return f"{self.rang + 1}/{len(self._formulaire.onglets)} {self.libelle()}"

    def premier_faux(self, avant: str = "") -> int | None:
        """The first tab with a fault, only looking before the tab `avant` if given."""
        onglets = self._formulaire.onglets[: self.rang_de(avant) if avant else None]
        return next((rang for rang, o in enumerate(onglets) if self._formulaire.fautes_de(o.id)), None)

    def etapes(self) -> tuple[Etape, ...]:
        """The tabs with their states, for display."""
        return tuple(Etape(o.libelle, self._etat_de(rang, o.id)) for rang, o in enumerate(self._formulaire.onglets))

    def _etat_de(self, rang: int, onglet: str) -> EtatEtape:
        if rang == self.rang:
            return EtatEtape.COURANTE
        fausse = bool(self._formulaire.fautes_de(onglet))
        if rang > self.atteint or (fausse and rang not in self._vus):
            return EtatEtape.A_VENIR
        return EtatEtape.FAUSSE if fausse else EtatEtape.JUSTE

"""An agent's own queues in the control screen: P takes or returns pieces, F9 saves a filter for the home."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from cyclades_tui.actes.pieces import attentes, attentes_gardees
from cyclades_tui.actes.pieces.attentes import Filtre
from cyclades_tui.actes.pieces.attentes_gardees import NOM_MAX
from cyclades_tui.champs.specification import Champ, Nature
from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee
from cyclades_tui.domaine.texte import denombrer
from cyclades_tui.screens.cadre.question import Question, Saisie
from cyclades_tui.screens.guichet.controle.filtres import nommer
from cyclades_tui.screens.guichet.controle.travaux import Travaux
from cyclades_tui.screens.guichet.page import PageGuichet
from cyclades_tui.widgets.dialogue import Dialogue, Reponse

_PROPOSEES, _AU_PLUS = "50", 500
_GARDER, _RENDRE = "garder", "rendre"
_COMBIEN: Final = Champ(
    "affecter.nombre",
    "Combien de pièces",
    Nature.TEXTE,
    "affecter",
    "",
    f"De 1 à {_AU_PLUS}, les plus anciennes d'abord",
    longueur=3,
    exemple=_PROPOSEES,
    explication="Celles qui sont déjà à un agent lui restent.",
)
_NOM: Final = Champ(
    "garder.nom",
    "Nom de la file",
    Nature.TEXTE,
    "garder",
    "",
    f"{NOM_MAX} signes au plus ; le même nom remplace",
    longueur=NOM_MAX,
    explication="Elle sera une file de votre accueil, pour vous seul.",
)


class Affectation:
    """Asks the agent, above `page`; then calls `passer_a` with the queue to work on and what to say."""

    def __init__(
        self, page: PageGuichet, travaux: Travaux, passer_a: Callable[[Filtre, tuple[str, str]], object]
    ) -> None:
        self._page = page
        self._travaux = travaux
        self._passer_a = passer_a

    def est_a_moi(self, filtre: Filtre) -> bool:
        """Whether a queue is the part assigned to the agent."""
        return filtre.affecte_a == self._page.agent.identifiant

    def demander(self, filtre: Filtre) -> None:
        """Ask whether to take pieces of a queue, or to return the rest of one's own."""
        if self.est_a_moi(filtre):
            question = Dialogue(
                "Rendre les pièces qui restent ?",
                "Celles de cette file que vous n'avez pas décidées ne seront plus à vous : tout agent pourra les "
                "prendre.",
                (Reponse(_GARDER, "Les garder"), Reponse(_RENDRE, "Les rendre")),
            )
            self._page.app.push_screen(question, partial(self._rendre, filtre))
        else:
            self._demander_combien(filtre)

    # Taking

    def _demander_combien(self, filtre: Filtre) -> None:
        prises: list[int] = []

        def faire(saisie: Saisie) -> None:
            combien = _lire_le_nombre(saisie[_COMBIEN.id])
            prises.append(attentes.affecter(self._page.poste, filtre, self._page.agent.identifiant, combien))

        demande = Question(
            self._page,
            "Combien de pièces prendre ?",
            f"De 1 à {_AU_PLUS} : les plus anciennes de cette file qui ne sont à personne seront à vous.",
            ((_COMBIEN, _PROPOSEES),),
            "Prendre",
            faire,
        )
        self._page.app.push_screen(demande, lambda fait: self._sont_prises(filtre, prises[0]) if fait else None)

    def _sont_prises(self, filtre: Filtre, combien: int) -> None:
        if not combien:
            texte = "Aucune pièce n'est libre dans cette file : elles sont à des agents."
            self._page.dire("Prendre", texte, "attention")
            return
        dit = f"√ {denombrer(combien, 'pièce')} à vous.", "P rend ce qui en reste."
        self._passer_a(replace(filtre, affecte_a=self._page.agent.identifiant), dit)

    # Giving back

    def _rendre(self, filtre: Filtre, reponse: str | None) -> None:
        if reponse == _RENDRE:
            self._travaux.confier(
                partial(attentes.rendre, self._page.poste, filtre),
                partial(self._sont_rendues, filtre),
                self._page.dire_les_fautes,
            )

    def _sont_rendues(self, filtre: Filtre, combien: int) -> None:
        dit = f"√ {denombrer(combien, 'pièce rendue', 'pièces rendues')}.", "Voici la file de tous."
        self._passer_a(replace(filtre, affecte_a=None), dit)

    # Keeping

    def garder(self, filtre: Filtre) -> None:
        """Ask for a name and save the filters as a queue of the home screen."""
        page = self._page
        propose = nommer(page.poste, filtre, avec_academie=len(page.agent.academies) != 1)
        gardes: list[str] = []

        def faire(saisie: Saisie) -> None:
            gardes.append(attentes_gardees.garder(page.poste, saisie[_NOM.id], filtre))

        demande = Question(
            page,
            "Garder ces filtres",
            "Ils seront une file de votre accueil. Sous le nom d'une file déjà gardée, ils la remplacent.",
            ((_NOM, propose[:NOM_MAX]),),
            "Garder",
            faire,
        )
        page.app.push_screen(demande, lambda fait: self._est_garde(gardes[0]) if fait else None)

    def _est_garde(self, nom: str) -> None:
        self._page.dire(f"√ {nom}", "Gardée à l'accueil. F8 l'ouvre ici.", "succes")


def _lire_le_nombre(texte: str) -> int:
    """The number typed. Raises SaisieRefusee."""
    combien = int(texte) if texte.strip().isdecimal() else 0
    if not 1 <= combien <= _AU_PLUS:
        raise SaisieRefusee(
            Faute("affecter.nombre", _COMBIEN.id, f"Il faut un nombre de 1 à {_AU_PLUS}.", f"Exemple : {_PROPOSEES}.")
        )
    return combien

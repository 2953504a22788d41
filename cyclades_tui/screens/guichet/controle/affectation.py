"""Queues of one's own in the control screen: P takes pieces or gives them back, F9 keeps a filter for the home."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from typing_extensions import override

from cyclades_tui.actes.pieces import attentes, attentes_gardees
from cyclades_tui.actes.pieces.attentes import Filtre
from cyclades_tui.actes.pieces.attentes_gardees import NOM_MAX
from cyclades_tui.champs.specification import Champ, Nature
from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee
from cyclades_tui.domaine.texte import denombrer
from cyclades_tui.screens.cadre.question import Question, Saisie
from cyclades_tui.screens.guichet.controle.filtres import BarreDeFiltres, nommer
from cyclades_tui.screens.guichet.controle.lecture import LectureDAttente
from cyclades_tui.widgets.cadre import Pied
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


class AffectationDAttente(LectureDAttente):
    """A queue of which the agent takes a part, or whose filter he keeps."""

    @property
    def _a_moi(self) -> bool:
        return self.attente.filtre.affecte_a == self.agent.identifiant

    @override
    def dire_les_touches(self) -> None:
        super().dire_les_touches()
        if self._a_moi:
            pied = self.query_one(Pied)
            pied.touches = [(touche, _RENDRE if touche == "P" else verbe) for touche, verbe in pied.touches]

    def action_affecter(self) -> None:
        """Take pieces of a queue, give back those that are left of one's own."""
        if self.seule:
            self.dire("Prendre", "Cette pièce est ouverte seule. Ouvrez une file pour y prendre des pièces.")
        elif not self.peut_controler():
            return
        elif self._a_moi:
            question = Dialogue(
                "Rendre les pièces qui restent ?",
                "Celles de cette file que vous n'avez pas décidées ne seront plus à vous : tout agent pourra les "
                "prendre.",
                (Reponse(_GARDER, "Les garder"), Reponse(_RENDRE, "Les rendre")),
            )
            self.app.push_screen(question, self._rendre)
        else:
            self._demander_combien()

    # Taking

    def _demander_combien(self) -> None:
        filtre = self.attente.filtre
        prises: list[int] = []

        def faire(saisie: Saisie) -> None:
            combien = _lire_le_nombre(saisie[_COMBIEN.id])
            prises.append(attentes.affecter(self.poste, filtre, self.agent.identifiant, combien))

        demande = Question(
            self,
            "Combien de pièces prendre ?",
            f"De 1 à {_AU_PLUS} : les plus anciennes de cette file qui ne sont à personne seront à vous.",
            ((_COMBIEN, _PROPOSEES),),
            "Prendre",
            faire,
        )
        self.app.push_screen(demande, lambda fait: self._sont_prises(filtre, prises[0]) if fait else None)

    def _sont_prises(self, filtre: Filtre, combien: int) -> None:
        if not combien:
            self.dire("Prendre", "Aucune pièce n'est libre dans cette file : elles sont à des agents.", "attention")
            return
        dit = f"√ {denombrer(combien, 'pièce')} à vous.", "P rend ce qui en reste."
        self.passer_a(replace(filtre, affecte_a=self.agent.identifiant), dit)

    # Giving back

    def _rendre(self, reponse: str | None) -> None:
        if reponse == _RENDRE:
            filtre = self.attente.filtre
            self.travaux.confier(
                partial(attentes.rendre, self.poste, filtre), partial(self._sont_rendues, filtre), self.dire_les_fautes
            )

    def _sont_rendues(self, filtre: Filtre, combien: int) -> None:
        dit = f"√ {denombrer(combien, 'pièce rendue', 'pièces rendues')}.", "Voici la file de tous."
        self.passer_a(replace(filtre, affecte_a=None), dit)

    # Keeping

    def action_garder(self) -> None:
        """Where the filters are open."""
        barre = self.query_one(BarreDeFiltres)
        if not barre.display:
            self.dire("Garder", "/ ouvre les filtres ; F9 en fait une file de votre accueil.")
            return
        filtre = barre.filtre
        propose = nommer(self.poste, filtre, avec_academie=len(self.agent.academies) != 1)
        gardes: list[str] = []

        def faire(saisie: Saisie) -> None:
            gardes.append(attentes_gardees.garder(self.poste, saisie[_NOM.id], filtre))

        demande = Question(
            self,
            "Garder ces filtres",
            "Ils seront une file de votre accueil. Sous le nom d'une file déjà gardée, ils la remplacent.",
            ((_NOM, propose[:NOM_MAX]),),
            "Garder",
            faire,
        )
        self.app.push_screen(demande, lambda fait: self._est_garde(gardes[0]) if fait else None)

    def _est_garde(self, nom: str) -> None:
        self.dire(f"√ {nom}", "Gardée à l'accueil. F8 l'ouvre ici.", "succes")


def _lire_le_nombre(texte: str) -> int:
    """Raises SaisieRefusee."""
    combien = int(texte) if texte.strip().isdecimal() else 0
    if not 1 <= combien <= _AU_PLUS:
        raise SaisieRefusee(
            Faute("affecter.nombre", _COMBIEN.id, f"Il faut un nombre de 1 à {_AU_PLUS}.", f"Exemple : {_PROPOSEES}.")
        )
    return combien

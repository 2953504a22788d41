"""Help lines fit 80 columns whole: the help of every field, whatever its label, beside what lies below."""

from __future__ import annotations

from itertools import chain

import pytest
from outils.saisies import referentiel_livre
from rich.cells import cell_len

from cyclades_tui.champs.catalogue import champs_de_toute_categorie
from cyclades_tui.champs.compte import champs_du_compte
from cyclades_tui.champs.specification import Champ
from cyclades_tui.screens.borne.compte import activation
from cyclades_tui.screens.borne.connexion import IDENTIFIANT, MOT_DE_PASSE
from cyclades_tui.screens.guichet import connexion
from cyclades_tui.screens.guichet.dossier import actes
from cyclades_tui.widgets.cadre import LigneAide

ETROIT = 80


def tous_les_champs() -> dict[str, Champ]:
    referentiel = referentiel_livre()
    formulaires = [champs_de_toute_categorie(referentiel, diplome, 2027) for diplome in referentiel.diplomes]
    ailleurs = (*vars(activation).values(), *vars(connexion).values(), *vars(actes).values(), IDENTIFIANT, MOT_DE_PASSE)
    autres = {champ.id: champ for champ in ailleurs if isinstance(champ, Champ)}
    return dict(chain.from_iterable(f.items() for f in (*formulaires, champs_du_compte(referentiel), autres)))


@pytest.mark.parametrize("dessous", ["", "▼ suite", "× 12 à corriger"])
def test_the_help_of_every_field_is_whole(dessous: str) -> None:
    champs = tous_les_champs()
    assert len(champs) > 100
    for champ in champs.values():
        ligne = LigneAide()
        ligne.set_reactive(LigneAide.message, (champ.libelle, f"{champ.aide}.", "info"))
        ligne.set_reactive(LigneAide.suite, dessous)
        nom, aide = ligne.ajuster(ETROIT)
        assert aide == f"{champ.aide}."
        assert cell_len(nom) + 2 * bool(nom) + cell_len(aide) + cell_len(dessous) + 4 <= ETROIT

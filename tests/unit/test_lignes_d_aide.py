"""Help lines fit 80 columns whole: the help of every field, whatever its label, beside the keys it tells."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

import pytest
from outils.saisies import referentiel_livre
from rich.cells import cell_len

from cyclades_tui.champs.catalogue import champs_de_toute_categorie
from cyclades_tui.champs.compte import champs_du_compte
from cyclades_tui.champs.specification import Champ, Nature
from cyclades_tui.screens.borne.compte import activation
from cyclades_tui.screens.borne.connexion import IDENTIFIANT, MOT_DE_PASSE
from cyclades_tui.screens.guichet import connexion
from cyclades_tui.screens.guichet.dossier import actes
from cyclades_tui.widgets.cadre import Ajustee, LigneAide
from cyclades_tui.widgets.choix import Liste
from cyclades_tui.widgets.saisie import CaseACocher

ETROIT = 80
FIXES = (("F5", "menu"), ("F1", "aide"))
DU_GUICHET = {c.id for m in (connexion, actes) for c in vars(m).values() if isinstance(c, Champ)}  # keys: a row below
GESTES: Mapping[Nature, tuple[tuple[str, str], ...]] = {
    Nature.CHOIX: Liste.gestes,
    Nature.COMMUNE: Liste.gestes,
    Nature.LOCALITE: Liste.gestes,
    Nature.CASE: CaseACocher.gestes,
}


def tous_les_champs() -> dict[str, Champ]:
    referentiel = referentiel_livre()
    formulaires = [champs_de_toute_categorie(referentiel, diplome, 2027) for diplome in referentiel.diplomes]
    ailleurs = (*vars(activation).values(), *vars(connexion).values(), *vars(actes).values(), IDENTIFIANT, MOT_DE_PASSE)
    autres = {champ.id: champ for champ in ailleurs if isinstance(champ, Champ)}
    return dict(chain.from_iterable(f.items() for f in (*formulaires, champs_du_compte(referentiel), autres)))


@pytest.mark.parametrize("dessous", ["", "▼ suite", "× 12 à corriger"])
def test_the_help_of_every_field_is_whole_beside_its_key(dessous: str) -> None:
    champs = tous_les_champs()
    assert len(champs) > 100
    for champ in champs.values():
        ligne = LigneAide(() if champ.id in DU_GUICHET else FIXES)
        ligne.set_reactive(LigneAide.message, (champ.libelle, f"{champ.aide}.", "info"))
        ligne.set_reactive(LigneAide.suite, dessous)
        ligne.set_reactive(LigneAide.gestes, GESTES.get(champ.nature, ()))
        montre = ligne.ajuster(ETROIT)
        assert montre.aide == f"{champ.aide}."
        assert montre.geste == (() if champ.id in DU_GUICHET else GESTES.get(champ.nature, ()))
        assert largeur(montre, "" if champ.id in DU_GUICHET else "  F5 menu  F1 aide") <= ETROIT


def test_what_the_line_has_no_room_for_goes_in_order() -> None:
    """What lies below, then the other keys, then the name; never the help nor « F1 aide »."""
    ligne = LigneAide(FIXES)
    ligne.set_reactive(LigneAide.message, ("Code postal", "Cinq chiffres.", "info"))
    ligne.set_reactive(LigneAide.suite, "▼ suite")
    ligne.set_reactive(LigneAide.touches, (("Entrée", "champ suivant"), ("F2", "sommaire"), ("F8", "continuer")))
    ligne.set_reactive(LigneAide.ailleurs, frozenset(("F8",)))
    large, etroite, serree = map(ligne.ajuster, (120, 54, 40))
    assert large == ((), "Code postal", "Cinq chiffres.", [("Entrée", "champ suivant"), ("F2", "sommaire")], "▼ suite")
    assert etroite == ((), "Code po…", "Cinq chiffres.", [], "▼ suite")
    assert serree == ((), "", "Cinq chiffres.", [], "")


def largeur(montre: Ajustee, fin: str) -> int:
    """Cells of all that the line shows."""
    cles = sum(cell_len(f"{touche} {verbe}   ") for touche, verbe in (*montre.geste, *montre.autres))
    nom, suite = montre.nom and f"{montre.nom}  ", montre.suite and f" {montre.suite}"
    return 2 + cles + cell_len(f"{nom}{montre.aide}{suite}{fin} ")


LONGUE = (
    "La pièce « Diplôme » est refusée : le fichier de 12 pages ne s'ouvre pas. Numérisez-la de nouveau, ou un agent."
)


@pytest.mark.parametrize("fixes", [FIXES, FIXES[1:], ()])
@pytest.mark.parametrize("message", [("Refusé", LONGUE, "erreur"), ("", LONGUE * 3, "info"), (LONGUE, "", "info")])
def test_a_sentence_that_one_row_cannot_hold_is_whole_on_several(
    fixes: tuple[tuple[str, str], ...], message: tuple[str, str, str]
) -> None:
    ligne = LigneAide(fixes)
    ligne.set_reactive(LigneAide.message, message)
    rangs = ligne.rangs(ETROIT)
    assert len(rangs) > 1
    assert " ".join(rangs).split() == f"{message[0]} {message[1]}".split()
    fin = cell_len("  ".join(f"{touche} {verbe}" for touche, verbe in fixes))
    assert max(map(cell_len, rangs)) <= ETROIT - 3 - fin
    ligne.set_reactive(LigneAide.message, ("Refusé", "Le fichier ne s'ouvre pas.", "erreur"))
    assert ligne.rangs(ETROIT) == []


def test_what_is_below_goes_before_a_help_is_cut_at_the_guichet_too() -> None:
    ligne = LigneAide()
    ligne.set_reactive(LigneAide.message, ("Pièce", "x" * 74, "info"))
    ligne.set_reactive(LigneAide.suite, "▼ suite")
    assert ligne.ajuster(ETROIT) == ((), "", "x" * 74, [], "")

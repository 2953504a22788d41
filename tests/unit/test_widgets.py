"""What widgets compute without a screen: matches in a proposal, large digits, cut texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyclades_tui.domaine.texte import plier
from cyclades_tui.widgets.cadre import raccourcir
from cyclades_tui.widgets.chiffres import agrandir
from cyclades_tui.widgets.choix import trouver


@pytest.mark.parametrize(
    ("libelle", "cherche", "trouve"),
    [
        ("SAINT MALO", "mal", "MAL"),
        ("Évry-Courcouronnes", "evr", "Évr"),
        ("Évry-Courcouronnes", "cour", "Cour"),
        ("Œuvre", "oeu", "Œu"),
        ("CAYENNE", "yen", ""),
        ("CAYENNE", "", ""),
    ],
)
def test_a_proposal_shows_what_fits(libelle: str, cherche: str, trouve: str) -> None:
    debut, fin = trouver(libelle, cherche)
    assert libelle[debut:fin] == trouve


@given(st.text("aéœ -' bÉ", max_size=12), st.text("aéœb", max_size=4))
def test_what_is_marked_begins_a_word_and_holds_what_is_searched(libelle: str, cherche: str) -> None:
    debut, fin = trouver(libelle, cherche)
    if fin:
        assert plier(libelle[debut:]).startswith(plier(cherche))
        assert debut == 0 or not libelle[debut - 1].isalnum()


def test_digits_are_three_rows_of_three_blocks() -> None:
    assert agrandir("005") == ("█▀█ █▀█ █▀▀", "█ █ █ █ ▀▀█", "▀▀▀ ▀▀▀ ▀▀▀")
    chiffres = {agrandir(str(chiffre)) for chiffre in range(10)}
    assert len(chiffres) == 10
    assert {len(rang) for chiffre in chiffres for rang in chiffre} == {3}


@given(st.text(max_size=30), st.integers(0, 30))
def test_a_text_that_is_cut_keeps_to_its_width(texte: str, largeur: int) -> None:
    from rich.cells import cell_len

    assert cell_len(raccourcir(texte, largeur)) <= max(largeur, 0)

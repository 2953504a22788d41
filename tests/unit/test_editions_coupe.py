"""Breaking lines to a width, measured here in characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyclades_tui.editions.coupe import couper


def compter(texte: str, _gras: bool) -> float:
    return len(texte)


def coupe(texte: str, largeur: int, gras: str = "") -> list[str]:
    return ["".join(segment.texte for segment in ligne) for ligne in couper(gras, texte, largeur, compter)]


@pytest.mark.parametrize(
    ("texte", "largeur", "attendu"),
    [
        ("", 10, []),
        ("   ", 10, []),
        ("un deux trois", 8, ["un deux", "trois"]),
        ("un  deux", 80, ["un deux"]),
        ("un\ndeux", 80, ["un", "deux"]),
        ("un\n\ndeux", 80, ["un", "", "deux"]),
        ("Le choix : OUI", 9, ["Le", "choix :", "OUI"]),
        ("dit « oui »", 7, ["dit", "« oui »"]),
        ("E1-A - Maths", 8, ["E1-A -", "Maths"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("NGMB-DUPONT", 7, ["NGMB-", "DUPONT"]),
        ("abc", 0, ["a", "b", "c"]),
    ],
)
def test_lines(texte: str, largeur: int, attendu: list[str]) -> None:
    assert coupe(texte, largeur) == attendu


def test_bold_comes_first_and_keeps_its_weight() -> None:
    assert couper("IMPORTANT :", "lire ceci", 16, compter) == [
        (("IMPORTANT : ", True), ("lire", False)),
        (("ceci", False),),
    ]


@given(
    st.text(st.sampled_from("ab -:«»é\n"), max_size=60),
    st.text(st.sampled_from("ab -:é"), max_size=60),
    st.integers(1, 12),
)
def test_no_sign_is_lost_and_every_line_fits(gras: str, texte: str, largeur: int) -> None:
    lignes = coupe(texte, largeur, gras)
    assert "".join("".join(lignes).split()) == "".join((gras + texte).split())
    assert all(len(ligne.rstrip()) <= largeur for ligne in lignes)

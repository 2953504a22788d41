"""The shipped fonts: undamaged, of known origin, with every character of the repertoire."""

from __future__ import annotations

import hashlib
import tomllib

import pytest
from fontTools.ttLib import TTFont
from outils.editions import POLICES

from cyclades_tui.domaine.texte import REPERTOIRE, hors_repertoire
from cyclades_tui.editions.pdf import SIGNES_PROPRES
from cyclades_tui.editions.polices import JEUX, CaractereAbsent, charger_jeu, choisir_jeu

ORIGINE = tomllib.loads((POLICES / "ORIGINE.toml").read_text(encoding="utf-8"))


def test_every_font_is_the_one_its_origin_describes() -> None:
    empreintes = {fichier.name: hashlib.sha256(fichier.read_bytes()).hexdigest() for fichier in POLICES.glob("*.ttf")}
    assert empreintes == {police["fichier"]: police["sha256"] for police in ORIGINE["police"]}
    assert (POLICES / ORIGINE["licence"]).is_file()


@pytest.mark.parametrize("police", [police["fichier"] for police in ORIGINE["police"]])
def test_a_modified_font_has_its_own_name(police: str) -> None:
    with TTFont(POLICES / police) as ouverte:
        noms = [str(nom) for nom in ouverte["name"].names if nom.nameID in {1, 3, 4, 6}]
    assert len(noms) == 4
    assert not [nom for nom in noms if any(mot in nom for mot in ("DejaVu", "Bitstream", "Vera", "Arev"))]


def test_the_full_set_draws_the_whole_repertoire() -> None:
    jeu = charger_jeu(POLICES, "complet")
    assert jeu.absents(REPERTOIRE) == frozenset()
    assert jeu.largeurs[0].keys() == jeu.largeurs[1].keys()


def test_the_usual_set_agrees_with_the_full_one() -> None:
    usuel, complet = (charger_jeu(POLICES, nom) for nom in JEUX)
    for petit, grand in zip(usuel.largeurs, complet.largeurs, strict=True):
        assert petit.items() <= grand.items()


def test_the_sheet_itself_needs_only_the_usual_set() -> None:
    assert choisir_jeu(POLICES, SIGNES_PROPRES).nom == "usuel"
    assert hors_repertoire("".join(SIGNES_PROPRES)) == ()


def test_a_rarer_letter_takes_the_full_set() -> None:
    assert choisir_jeu(POLICES, frozenset("Łódź")).nom == "complet"


def test_a_missing_character_is_named() -> None:
    with pytest.raises(CaractereAbsent) as refus:
        choisir_jeu(POLICES, frozenset("Aл\u200e"))
    (faute,) = refus.value.fautes
    assert "« л » (U+043B)" in faute.message
    assert "U+200E" in faute.message

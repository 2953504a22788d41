"""A refusal that quotes what was given never sends it to the terminal as it is (issue 14, line 9)."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from outils.cli import LAMY, Commande, ecrire_toml

from cyclades_tui.cli.corps.progression import progression
from cyclades_tui.cli.terminal import sorties_sures

ATTAQUES = ("\x1b[2J", "\x1b]52;c;cm0=\x07", "\u202e", "\x9b2J", "\x07\x08\r")
INTERDITS = frozenset("\x1b\x07\x08\r\x9b\u202e")
attaque = pytest.mark.parametrize("signes", ATTAQUES)


def sure(texte: str) -> bool:
    return not INTERDITS & set(texte)


@attaque
def test_the_store_s_path(cyclades: Commande, tmp_path: Path, signes: str) -> None:
    for commande in ("verifier", "init", "borne"):
        lu = cyclades("--store", tmp_path / f"absent{signes}" / "a" / "b", commande)
        assert sure(lu.tout)
        assert sure(cyclades("--parametrage", tmp_path / f"p{signes}", "verifier").tout)


@attaque
def test_a_word_of_the_command_line(cyclades: Commande, signes: str) -> None:
    for mots in (
        (f"nul{signes}",),
        (f"--nul{signes}",),
        ("verifier", f"trop{signes}"),
        ("verifier", "--tete", f"1{signes}"),
    ):
        lu = cyclades(*mots)
        assert lu.code == 2 or "tete" in str(mots)
        assert sure(lu.tout)


@attaque
def test_the_keys_the_values_and_the_name_of_a_file(
    cyclades: Commande, store_pret: Path, tmp_path: Path, signes: str
) -> None:
    echappe = "".join(f"\\U{ord(signe):08x}" for signe in signes)
    cle = ecrire_toml(
        tmp_path / f"cle{signes}.toml", LAMY, ("[identification", f'"inconnue{echappe}" = 1\n[identification')
    )
    valeur = tmp_path / f"valeur{signes}.toml"
    valeur.write_text(f'examen = "BCP{echappe}"\n"x{echappe}" = "{echappe}"\n', encoding="utf-8")
    for fichier in (cle, valeur, tmp_path / f"absent{signes}.toml"):
        lu = cyclades("--store", store_pret, "inscrire", fichier)
        assert lu.code != 0
        assert lu.tout
        assert sure(lu.tout)
        assert sure(cyclades("--store", store_pret, "inscrire", fichier, "--json").tout)


@attaque
def test_the_local_settings(cyclades: Commande, store_pret: Path, signes: str) -> None:
    echappe = "".join(f"\\U{ord(signe):08x}" for signe in signes)
    dossier = store_pret.with_name(f"{store_pret.name}-parametrage") / "services"
    (dossier / f"mauvais{signes}.toml").write_text(f'source = "é"\n"clé{echappe}" = 1\n', encoding="utf-8")
    for commande in (("service", "lister"), ("referentiel", "verifier")):
        lu = cyclades("--store", store_pret, *commande)
        assert "mauvais" in lu.tout
        assert sure(lu.tout)


class Ecran(io.StringIO):
    """A terminal that keeps what is written to it."""

    def isatty(self) -> bool:
        return True


def test_a_bar_draws_its_own_colours_and_keeps_a_hostile_name_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rich puts a stream of its own over ours below a bar: its codes pass whole, and those of a text do not."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(sys, "stderr", ecran := Ecran())
    with sorties_sures(), progression("Dossiers \x1b[2J") as barre:
        barre.update(barre.add_task("", total=3), completed=1)
        barre.refresh()
        sys.stderr.write("rendu \x1b]52;c;x\x07\n")
    lu = ecran.getvalue()
    assert "\x1b[" in lu
    assert "1/3" in lu
    assert "[2K" not in lu.replace("\x1b[2K", "")
    assert "\x1b[2J" not in lu
    assert "\x1b]52" not in lu

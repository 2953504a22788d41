"""Expected texts kept as files: the guides' own, and the plain-text twins of our documents."""

from pathlib import Path

TEXTES = Path(__file__).parents[1] / "textes"


def lignes_de(nom: str) -> list[str]:
    """The lines of a text, by its path under tests/textes."""
    return texte_de(nom).splitlines()


def texte_de(nom: str) -> str:
    return (TEXTES / nom).read_text(encoding="utf-8")

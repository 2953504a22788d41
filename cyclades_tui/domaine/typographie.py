"""French typography: the spaces at which a line never breaks, on screens and in documents."""

from __future__ import annotations

import re
import textwrap

APRES = "«"  # no break after it
_AVANT = ":;!?»"  # nor before these, but where a word begins with one
_ESPACES = "\u00a0\u202f"
_COLLE = rf"[{_ESPACES}]|(?<={APRES}) | (?=[{_AVANT}](?!\w))"
_ESPACE_COLLEE = re.compile(_COLLE)

MOT = re.compile(rf"\s*[^\s]+(?:(?:{_COLLE})\S+)*\s*")
"""What a line takes whole: a word, with the signs that go with it, and the blanks around."""


def suit_sans_couper(mot: str) -> bool:
    """Whether a word stays on the line of the one before it."""
    return mot[:1] in _AVANT and not mot[1:2].isalnum() if mot else False


def accentuer(texte: str) -> str:
    """What the guides and old versions write « Epreuve », as every screen writes it (C27)."""
    return texte.replace("Epreuve", "Épreuve")


def en_lignes(texte: str, largeur: int, *, retrait: str = "") -> list[str]:
    """The lines of a text in `largeur` cells, each after `retrait`; none if it is empty."""
    lignes = textwrap.wrap(
        _ESPACE_COLLEE.sub("\u00a0", texte), largeur, initial_indent=retrait, subsequent_indent=retrait
    )
    return [ligne.replace("\u00a0", " ") for ligne in lignes]

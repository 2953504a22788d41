"""The names that a key has: what is bound to one of them answers to all, whatever the keyboard and its Caps Lock."""

from __future__ import annotations

from collections.abc import Iterator

# The keys of the top row, for digits 1 to 9 then 0, as an AZERTY keyboard sends them without Shift.
AZERTY = ("ampersand", "é", "quotation_mark", "apostrophe", "left_parenthesis", "minus", "è", "underscore", "ç", "à")
_CHIFFRES = dict(zip(AZERTY, "1234567890", strict=True))
_ESPACES = frozenset(("no_break_space", "narrow_no_break_space"))  # with AltGr or Shift on some keyboards


def equivalentes(touche: str) -> Iterator[str]:
    """The key itself, then what it stands for where nothing is bound to it: `É` is `é`, which is `2`."""
    yield touche
    minuscule = touche.lower() if len(touche) == 1 else touche
    if minuscule != touche:
        yield minuscule
    if minuscule in _CHIFFRES:
        yield _CHIFFRES[minuscule]
    if touche in _ESPACES:
        yield "space"

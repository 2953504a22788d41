"""What a scanner types where it and the desk are set for different keyboards: read as it was meant."""

from __future__ import annotations

import re

# Key by key, without Shift then with it: what AZERTY writes, and what QWERTY (United States) writes.
_AZERTY = "²&é\"'(-è_çà)=" + "1234567890°+" + "aqzwAQZW" + "mM,?;.:/!§"
_QWERTY = "`1234567890-=" + "!@#$%^&*()_+" + "qawzQAWZ" + ";:mM,<.>/?"
_DE_QWERTY = str.maketrans(_AZERTY + "ÉÈÇÀ", _QWERTY + "2790")  # with Caps Lock, the accents are capitals
_D_AZERTY = str.maketrans(_QWERTY, _AZERTY)
_LU = re.compile(r"CYCLADES:[0-9]{11}:[0-9]{1,6}:[0-9]{1,6}:[0-9A-F]{32}|[0-9]{11}(?:[ .,;/_-]*[0-9]{1,6})?")


def redresser(texte: str) -> str:
    """The reference or the number that `texte` is once read on the scanner's own keyboard; else `texte` itself.

    « àéè » typed by a scanner set for the United States on a French desk is 027.
    """
    if _est_lu(texte):
        return texte
    return next((lu for table in (_DE_QWERTY, _D_AZERTY) if _est_lu(lu := texte.translate(table))), texte)


def _est_lu(texte: str) -> bool:
    return _LU.fullmatch("".join(texte.split()).upper()) is not None

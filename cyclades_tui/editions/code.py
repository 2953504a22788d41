"""The QR code beside a reference, as black rectangles."""

from __future__ import annotations

from itertools import groupby

import segno

from cyclades_tui.editions.empilement import Plein

# Millimetres. Readers need a margin of four modules around the code: the sheet is white there.
COTE = 20.0
# A quarter of the code may be hidden by a fold, a stamp or a pen.
CORRECTION = "q"


def dessiner_code(texte: str, x: float, y: float) -> list[Plein]:
    """The black rectangles of a code whose top left corner is at `x`, `y` (mm); none for an empty text."""
    if not texte:
        return []
    rangees = [bytes(rangee) for rangee in segno.make_qr(texte, error=CORRECTION, boost_error=False).matrix]
    module = COTE / len(rangees)
    pleins: list[Plein] = []
    for haut, rangee in enumerate(rangees):
        for noir, modules in groupby(range(len(rangee)), key=rangee.__getitem__):
            if noir:
                suite = list(modules)
                pleins.append(Plein(x + suite[0] * module, y + haut * module, len(suite) * module, module))
    return pleins

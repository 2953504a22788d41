"""What an acte says beside its result, in a block above the help line: what was set aside, what waits (decision 20)."""

from __future__ import annotations

from collections.abc import Iterable

from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.texte import denombrer
from cyclades_tui.widgets.bloc import Bloc

_DITS_AU_PLUS = 2  # at 80 columns each takes two or three rows of 24


class Avertissements(Bloc):
    """Shows faults, the first ones in full; nothing if there are none."""

    DEFAULT_CSS = """
    Avertissements { max-height: 7; margin: 0 1; }
    """

    def montrer(self, fautes: Iterable[Faute]) -> None:
        toutes = tuple(dict.fromkeys(str(faute) for faute in fautes))
        autres = len(toutes) - _DITS_AU_PLUS
        suite = (f"… et {denombrer(autres, 'autre')} : cyclades verifier les nomme.",) if autres > 0 else ()
        self._texte, self._genre = "\n".join((*toutes[:_DITS_AU_PLUS], *suite)), "attention"  # what `on_mount` says
        if self.is_mounted and self.query(".glyphe"):
            self.dire(self._texte, self._genre)

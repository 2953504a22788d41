"""Makes tests of Textual faster: repeated work is done once, useless work not at all.

It uses private parts of Textual: `--pilote-de-la-bibliotheque` disables it, and .ci/run plays a few journeys that way.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from textual.css.model import RuleSet
    from textual.css.stylesheet import Stylesheet
    from textual.message_pump import MessagePump
    from textual.pilot import Pilot

_TOURS = 1000  # turns of the event loop; something else that waits for idleness keeps it busy


def alleger() -> None:
    """Speed up all pilots and applications of this process; Textual is not imported if no test needs it."""
    if "textual" in sys.modules:
        leger = pytest.MonkeyPatch()
        _attendre_sans_messages(leger)
        _lire_les_styles_une_fois(leger)


def _attendre_sans_messages(leger: pytest.MonkeyPatch) -> None:
    """The pilot sends each widget a message and waits for all; a look at their queues tells as well if one is busy."""
    from textual.app import ScreenStackError
    from textual.pilot import Pilot

    demander = Pilot._wait_for_screen

    def attend(pompe: MessagePump) -> bool:
        venu: asyncio.Event = pompe._message_queue.ready_event
        return not venu.is_set() and bool(venu._waiters)

    def au_repos(pilot: Pilot[Any]) -> bool:
        return all(attend(pompe) for pompe in (pilot.app, *pilot.app.screen.walk_children(with_self=True)))

    async def attendre(pilot: Pilot[Any], timeout: float = 30.0) -> bool:
        a_faire = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
        tours = _TOURS
        while a_faire and tours:
            tours -= 1
            await asyncio.sleep(0)
        with suppress(ScreenStackError):
            if au_repos(pilot):
                return True
        return await demander(pilot, timeout)

    leger.setattr(Pilot, "_wait_for_screen", attendre)


def _lire_les_styles_une_fois(leger: pytest.MonkeyPatch) -> None:
    """Each application parses all its styles; here rules parsed under a theme are used again."""
    from textual.css.stylesheet import Stylesheet

    lire = Stylesheet._parse_rules
    lues: dict[tuple[object, ...], list[RuleSet]] = {}

    def relire(feuille: Stylesheet, *texte: Any, **source: Any) -> list[RuleSet]:
        cle = (frozenset(feuille._variables.items()), texte, frozenset(source.items()))
        if cle not in lues:
            lues[cle] = lire(feuille, *texte, **source)
        return lues[cle]

    leger.setattr(Stylesheet, "_parse_rules", relire)

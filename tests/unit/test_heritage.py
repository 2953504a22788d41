"""Screens, widgets and applications are made of parts, not of deep hierarchies over Textual's classes."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from functools import cache

import pytest

from cyclades_tui import apps, screens, widgets
from cyclades_tui.apps.base import AppCyclades
from cyclades_tui.screens.cadre.base import Ecran
from cyclades_tui.screens.cadre.page import Page

_A_NOUS = "cyclades_tui."
_AU_PLUS = 2
# Classes that count as Textual's own, and why.
_SOCLES = {
    Ecran: "what every screen needs of the threads, under Page and under the few screens that have no page",
    Page: "the frame that every screen shows",
    AppCyclades: "how an application looks and which keys it has, in which the tests show one screen without a store",
}


def _classes() -> Iterator[type]:
    for paquet in (apps, screens, widgets):
        for trouve in pkgutil.walk_packages(paquet.__path__, f"{paquet.__name__}."):
            module = importlib.import_module(trouve.name)
            yield from (
                classe
                for _, classe in inspect.getmembers(module, inspect.isclass)
                if classe.__module__ == module.__name__
            )


@cache
def _hauteur(classe: type) -> int:
    """How many of our classes are in a chain of inheritance, this one included."""
    if classe in _SOCLES or not classe.__module__.startswith(_A_NOUS):
        return 0
    return 1 + max(map(_hauteur, classe.__bases__))


CLASSES = tuple(_classes())


def test_no_class_stands_more_than_two_of_ours_above_the_library() -> None:
    assert {classe.__name__ for classe in CLASSES if _hauteur(classe) > _AU_PLUS} == set()


@pytest.mark.parametrize("socle", _SOCLES)
def test_what_counts_as_the_library_is_needed(socle: type) -> None:
    """Without the exception some class would be too deep."""
    assert any(_hauteur(classe) == _AU_PLUS and socle in classe.__mro__ for classe in CLASSES)

"""How the band words the closing, from long before to after."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cyclades_tui.domaine.temps import Fenetre
from cyclades_tui.screens.borne.annonce import annoncer

FERMETURE = datetime(2023, 12, 13, 22, 59, tzinfo=UTC)  # 23:59 in Paris
FENETRE = Fenetre(datetime(2023, 10, 16, 6, 0, tzinfo=UTC), FERMETURE)


@pytest.mark.parametrize(
    ("avant_la_fermeture", "phrase", "genre"),
    [
        (timedelta(days=2), "ferme 13/12 à 23:59", ""),
        (timedelta(hours=24), "! ferme demain à 23:59 (Paris)", "attention"),
        (timedelta(hours=23), "! ferme aujourd'hui à 23:59 (Paris)", "attention"),
        (timedelta(minutes=60), "! ferme dans 60 minutes", "attention"),
        (timedelta(minutes=41, seconds=1), "! ferme dans 42 minutes", "attention"),
        (timedelta(seconds=1), "! ferme dans 1 minute", "attention"),
        (timedelta(0), "× fermé depuis le 13/12/2023 à 23:59 (Paris)", "erreur"),
        (timedelta(days=-3), "× fermé depuis le 13/12/2023 à 23:59 (Paris)", "erreur"),
    ],
)
def test_the_band_tells_the_closing(avant_la_fermeture: timedelta, phrase: str, genre: str) -> None:
    annonce = annoncer(FENETRE, FERMETURE - avant_la_fermeture, large=False)
    assert annonce.avant + annonce.instant + annonce.apres == phrase
    assert annonce.genre == genre


def test_where_there_is_room_it_is_said_in_full() -> None:
    annonce = annoncer(FENETRE, FERMETURE - timedelta(days=2), large=True)
    assert annonce.avant + annonce.instant + annonce.apres == "ferme le 13/12/2023 à 23:59 (heure de Paris)"

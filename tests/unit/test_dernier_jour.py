"""A last day is told as that day, in one wording, wherever a limit is told (F038, F384, F480-F482)."""

from __future__ import annotations

import ast
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cyclades_tui.domaine import temps
from cyclades_tui.domaine.temps import (
    EtatFenetre,
    Fenetre,
    avant_le,
    dernier_jour,
    heure_limite,
    jour_et_mois,
    jusqu_au,
    limite_de_paris,
    limite_incluse,
    limite_longue,
)
from cyclades_tui.regles.fenetres import a_l_heure_du_poste, dire_le_depot, dire_les_inscriptions
from cyclades_tui.regles.pieces_demandees import GroupeARemettre
from cyclades_tui.screens.borne.annonce import annoncer

OUVERTURE = datetime(2022, 10, 18, 8, 0, tzinfo=UTC)  # 10:00 in Paris
MINUIT = avant_le(date(2022, 11, 24))  # what ends as the 24th begins is of the 23rd
FENETRE = Fenetre(OUVERTURE, MINUIT)
SANS_DEBUT = Fenetre(None, MINUIT)


def test_the_midnight_that_ends_a_day_is_told_as_that_day() -> None:
    assert dernier_jour(MINUIT) == date(2022, 11, 23)
    assert (limite_incluse(MINUIT), heure_limite(MINUIT)) == ("23/11/2022 à 24:00", "24:00")
    assert limite_de_paris(MINUIT) == "23/11/2022 à 24:00 (heure de Paris)"
    assert limite_longue(MINUIT) == "mercredi 23 novembre 2022 à 24:00"
    assert jour_et_mois(dernier_jour(jusqu_au(date(2024, 1, 15)))) == "15/01"


def test_another_limit_is_told_to_its_minute() -> None:
    limite = datetime(2023, 12, 13, 22, 59, tzinfo=UTC)
    assert limite_incluse(limite) == "13/12/2023 à 23:59"
    assert limite_longue(limite) == "mercredi 13 décembre 2023 à 23:59"


@pytest.mark.parametrize(
    ("fenetre", "etat", "phrase"),
    [
        (FENETRE, EtatFenetre.FERMEE, "sont fermées depuis le 23/11/2022 à 24:00 (heure de Paris)."),
        (
            FENETRE,
            EtatFenetre.PAS_OUVERTE,
            "ouvrent le 18/10/2022 à 10:00 et ferment le 23/11/2022 à 24:00 (heure de Paris).",
        ),
        (
            FENETRE,
            EtatFenetre.OUVERTE,
            "sont ouvertes du 18 octobre 2022 10:00 au 23 novembre 2022 24:00 (heure de Paris).",
        ),
        (SANS_DEBUT, EtatFenetre.OUVERTE, "sont ouvertes jusqu'au 23/11/2022 à 24:00 (heure de Paris)."),
    ],
)
def test_a_window_is_told_in_one_way(fenetre: Fenetre, etat: EtatFenetre, phrase: str) -> None:
    assert dire_les_inscriptions(fenetre, etat) == f"Les inscriptions {phrase}"


def test_pieces_are_awaited_until_their_last_day() -> None:
    assert dire_le_depot(SANS_DEBUT) == (
        "Les pièces justificatives se déposent jusqu'au 23/11/2022 à 24:00 (heure de Paris)."
    )
    groupe = GroupeARemettre("en ligne", SANS_DEBUT, (), frozenset())
    assert groupe.delai == "au plus tard le mercredi 23 novembre 2022 24:00 (heure/Paris)"
    groupe = GroupeARemettre("en ligne", FENETRE, (), frozenset())
    assert groupe.delai == "entre le mardi 18 octobre 2022 et le mercredi 23 novembre 2022 24:00 (heure/Paris)"


def test_the_desk_s_own_clock_tells_the_hour_that_it_has_then() -> None:
    dit = a_l_heure_du_poste(SANS_DEBUT, ZoneInfo("America/Cayenne"))
    assert dit == "À l'heure de ce poste : jusqu'au 23/11/2022 à 20:00."
    minuit_a_cayenne = Fenetre(None, datetime(2022, 11, 24, 3, 0, tzinfo=UTC))
    dit = a_l_heure_du_poste(minuit_a_cayenne, ZoneInfo("America/Cayenne"))
    assert dit == "À l'heure de ce poste : jusqu'au 23/11/2022 à 24:00."


def test_the_band_counts_to_the_last_day_and_tells_an_opening_as_such() -> None:
    def dit(maintenant: datetime) -> str:
        annonce = annoncer(FENETRE, maintenant, large=False)
        return annonce.avant + annonce.instant + annonce.apres

    assert dit(datetime(2022, 11, 23, 8, 0, tzinfo=UTC)) == "! ferme aujourd'hui à 24:00 (Paris)"
    assert dit(datetime(2022, 11, 22, 8, 0, tzinfo=UTC)) == "! ferme demain à 24:00 (Paris)"
    assert dit(MINUIT) == "× fermé depuis le 23/11/2022 à 24:00 (Paris)"
    assert dit(datetime(2022, 10, 1, tzinfo=UTC)) == "ouvre le 18/10/2022 à 10:00 (Paris)"


def test_no_module_tells_a_limit_as_the_instant_after_it() -> None:
    """`fermeture`, `limite` and `echeance` are told by the functions that know a last day."""
    instants = {"a_la_minute", "date_longue", "heure", "jour_de_paris", "jour_et_heure"}
    limites = {"fermeture", "limite", "_limite", "echeance", "fin", "bloque_jusqu"}
    racine = Path(temps.__file__).parents[1]
    ailleurs = [
        f"{chemin.relative_to(racine)}:{appel.lineno}"
        for chemin in sorted(racine.rglob("*.py"))
        for appel in ast.walk(ast.parse(chemin.read_text(encoding="utf-8")))
        if isinstance(appel, ast.Call) and getattr(appel.func, "id", "") in instants
        for nom in ast.walk(appel)
        if getattr(nom, "attr", getattr(nom, "id", "")) in limites
    ]
    assert ailleurs == []

"""The check of a form on the shipped référentiel: its faults, warnings and positions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from cyclades_tui.referentiel.chargement import Referentiel, charger
from cyclades_tui.referentiel.ressources import dossier as dossier_livre
from cyclades_tui.regles.dossier import Dossier, etablir
from cyclades_tui.regles.saisie import SaisieLue, lire_la_saisie
from cyclades_tui.regles.service import Service

JOUR = date(2023, 12, 11)


def sans(saisie: Mapping[str, str], *debuts: str) -> dict[str, str]:
    """The form without fields whose id begins with one of `debuts`."""
    return {champ: brut for champ, brut in saisie.items() if not champ.startswith(debuts)}


@cache
def referentiel_livre() -> Referentiel:
    return charger(dossier_livre("data"))


@cache
def service(session: str = "2024", academie: str = "33") -> Service:
    return Service.de(referentiel_livre(), "BCP", session, academie)


def examiner(
    saisie: Mapping[str, str], ou: Service | None = None, jour: date = JOUR
) -> tuple[SaisieLue, Dossier | None]:
    """Check a form and build its dossier, as saving does."""
    chez = ou or service()
    lue = lire_la_saisie(saisie, chez, jour)
    return lue, etablir(lue, chez, jour)


def fautes(saisie: Mapping[str, str], ou: Service | None = None, jour: date = JOUR) -> list[tuple[str, str]]:
    """(code, field) of each fault."""
    return [(faute.code, faute.champ) for faute in examiner(saisie, ou, jour)[0].fautes]


def avertissements(saisie: Mapping[str, str], jour: date = JOUR) -> list[tuple[str, str]]:
    """(code, field) of each warning about the text typed; requirements of the exam (`exigence.…`) are left out."""
    toutes = examiner(saisie, jour=jour)[0].avertissements
    return [(faute.code, faute.champ) for faute in toutes if not faute.code.startswith("exigence.")]


def positions(saisie: Mapping[str, str], codes: Iterable[str]) -> list[str]:
    """The position of each épreuve named, in the order asked."""
    _, dossier = examiner(saisie)
    assert dossier is not None
    placees = {placee.epreuve.code: placee.position.value for placee in dossier.placees}
    return [placees[code] for code in codes]


def phrase(saisie: dict[str, str], champ: str) -> str:
    """The full error or warning of a field."""
    lue, _ = examiner(saisie)
    dites = [f"{f.message} {f.remede}".strip() for f in (*lue.fautes, *lue.avertissements) if f.champ == champ]
    assert len(dites) == 1, dites
    return dites[0]


def note(
    session: str, sur_20: str = "12", conserver: str = "Oui", source: str = "meme_specialite", code: str = "E1-A"
) -> dict[str, str]:
    """A note of an épreuve in a former session."""
    prefixe = f"acquis.{source}"
    saisie = {
        f"acquis.declaration.{source}": "oui",
        f"{prefixe}.session": "2022",
        f"{prefixe}.academie": "Guyane",
        f"{prefixe}.notes.{code}.note": sur_20,
        f"{prefixe}.notes.{code}.session": session,
        f"{prefixe}.notes.{code}.conserver": conserver,
    }
    return saisie if source == "meme_specialite" else saisie | {f"{prefixe}.specialite": "Cuisine"}

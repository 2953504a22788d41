"""How files write a window: an opening, and one of three kinds of end, in Paris time without zone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, NaiveDatetime

from cyclades_tui.domaine.temps import Fenetre, avant_le, heure_de_paris, jusqu_au, verifier_annee
from cyclades_tui.referentiel.schema import Modele

_J = TypeVar("_J", bound=date)


def _dans_les_annees(jour: _J) -> _J:
    verifier_annee(jour)
    return jour


Jour = Annotated[date, AfterValidator(_dans_les_annees)]
Minute = Annotated[NaiveDatetime, AfterValidator(_dans_les_annees)]

_FINS: Mapping[str, Callable[[Any], datetime]] = MappingProxyType(
    {"fermeture": heure_de_paris, "avant": avant_le, "jusqu_au": jusqu_au}
)
# The keys of a window in a file, each with the type of its value.
BORNES: Mapping[str, Any] = MappingProxyType(
    {"ouverture": Minute, "fermeture": Minute, "avant": Jour, "jusqu_au": Jour}
)
# The prefix of each window's keys, and the window of each key: `depot_avant` belongs to `depot`.
PREFIXES: Mapping[str, str] = MappingProxyType({"fenetre": "", "depot": "depot_"})
FENETRE_DE: Mapping[str, str] = MappingProxyType(
    {f"{prefixe}{borne}": fenetre for fenetre, prefixe in PREFIXES.items() for borne in BORNES}
)


def fenetre_de(modele: Modele, prefixe: str = "") -> Fenetre | None:
    """The window (UTC) that the four keys of a table give, None without them. Raises ValueError if they disagree."""
    ouverture = getattr(modele, f"{prefixe}ouverture")
    fins = [cle for cle in _FINS if getattr(modele, prefixe + cle) is not None]
    if len(fins) > 1:
        raise ValueError(f"Une fenêtre a une seule fin, pas {' et '.join(prefixe + cle for cle in fins)}")
    if not fins:
        if ouverture is not None:
            raise ValueError("Une ouverture est donnée sans fermeture")
        return None
    fermeture = _FINS[fins[0]](getattr(modele, prefixe + fins[0]))
    debut = None if ouverture is None else heure_de_paris(ouverture)
    if debut is not None and debut >= fermeture:
        raise ValueError("La fermeture n'est pas après l'ouverture")
    return Fenetre(debut, fermeture)

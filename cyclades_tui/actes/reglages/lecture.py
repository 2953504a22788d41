"""Reads settings as people type them (`CLE=VALEUR`) and words them for `service voir`."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import singledispatch
from types import MappingProxyType

from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee
from cyclades_tui.domaine.temps import Fenetre, a_la_minute, limite_de_paris, verifier_annee
from cyclades_tui.referentiel.bloc_de_reglages import CLES_D_UN_BLOC
from cyclades_tui.referentiel.fenetres import FENETRE_DE
from cyclades_tui.referentiel.reglages import FORMES, Circulaire, ContactRegle, GroupePieces
from cyclades_tui.referentiel.schema import Onglet

_MINUTES = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M", "%d/%m/%Y à %H:%M")
_JOURS = ("%Y-%m-%d", "%d/%m/%Y")
_UNITES = MappingProxyType({"pieces_taille_max": " Mo"})
_OUI_NON = MappingProxyType({"oui": True, "non": False})


def lire_minute(texte: str, champ: str) -> datetime:
    """Read a Paris wall-clock time to the minute, as people or data files write it. Raises SaisieRefusee."""
    minute = _lire_instant(texte, champ, _MINUTES)
    if minute is None:
        remede = "Exemple : 2026-10-15T08:00, ou 15/10/2026 08:00."
        raise _refus("fenetre.instant", champ, texte, "un jour et une heure", remede)
    return minute


def lire_jour(texte: str, champ: str) -> date:
    """Read a day, as people or data files write it. Raises SaisieRefusee."""
    instant = _lire_instant(texte, champ, _JOURS)
    if instant is None:
        raise _refus("fenetre.jour", champ, texte, "un jour", "Exemple : 2026-11-24, ou 24/11/2026.")
    return instant.date()


def _lire_instant(texte: str, champ: str, formes: tuple[str, ...]) -> datetime | None:
    for forme in formes:
        try:
            instant = datetime.strptime(texte.strip(), forme)  # noqa: DTZ007 - a file has the clock of Paris, no zone
        except ValueError:
            continue
        try:
            verifier_annee(instant)
        except ValueError as erreur:
            raise SaisieRefusee(Faute("fenetre.annee", champ, f"{erreur}.", "Corrigez l'année.")) from erreur
        return instant
    return None


def _lire_oui_non(texte: str, cle: str) -> bool:
    mot = texte.strip().lower()
    if mot not in _OUI_NON:
        raise _refus("reglage.valeur", cle, texte, "oui ou non", "Écrivez oui ou non.")
    return _OUI_NON[mot]


def _lire_nombre(texte: str, cle: str) -> int:
    chiffres = texte.strip()
    if not (chiffres.isascii() and chiffres.isdigit() and len(chiffres) < 10):
        raise _refus("reglage.valeur", cle, texte, "un nombre", "Exemple : 5.")
    return int(chiffres)


def _lire_mots(texte: str, _cle: str) -> list[str]:
    return [mot.strip() for mot in texte.split(",")]


def _lire_toml(texte: str, cle: str) -> object:
    try:
        return tomllib.loads(f"valeur = {texte}")["valeur"]
    except (ValueError, RecursionError) as erreur:
        remede = f"Exemple : {cle}='{_EXEMPLES[cle]}'."
        raise _refus("reglage.valeur", cle, texte, "une valeur TOML", remede) from erreur


def _lire_texte(texte: str, _cle: str) -> str:
    return texte


def _refus(code: str, champ: str, texte: str, attendu: str, remede: str) -> SaisieRefusee:
    return SaisieRefusee(Faute(code, champ, f"« {texte[:40]} » n'est pas {attendu}.", remede))


_EXEMPLES = MappingProxyType(
    {
        "onglets": '[{ id = "numero", libelle = "N° Inscription" }]',
        "groupes_pieces": '[{ mode = "voie postale", jusqu_au = 2026-12-15 }]',
        "contact": '{ lignes = ["RECTORAT", "DEC 2"], telephone = "0100000000", courriel = "dec@exemple.fr" }',
        "circulaires": '[{ libelle = "Aménagements", adresse = "www.exemple.fr" }]',
    }
)
# How to read the text of a key; other keys are plain text.
_LECTURES: Mapping[str, Callable[[str, str], object]] = MappingProxyType(
    {
        **{cle: lire_minute for cle in FENETRE_DE if cle.endswith(("ouverture", "fermeture"))},
        **{cle: lire_jour for cle in FENETRE_DE if cle.endswith(("avant", "jusqu_au"))},
        **{cle: _lire_oui_non for cle, forme in FORMES.items() if forme is bool},
        "pieces_taille_max": _lire_nombre,
        "boutons": _lire_mots,
        "pieces_formats": _lire_mots,
        **dict.fromkeys(_EXEMPLES, _lire_toml),
    }
)


def lire_valeur(texte: str) -> tuple[str, object]:
    """The key and the value of `CLE=VALEUR`, in the type that a file has. Raises SaisieRefusee."""
    cle, signe, valeur = texte.partition("=")
    cle = cle.strip()
    if cle not in CLES_D_UN_BLOC or not signe:
        message = f"« {texte[:60]} » n'est pas un réglage : CLE=VALEUR."
        raise SaisieRefusee(Faute("reglage.inconnu", "", message, f"Clés : {', '.join(CLES_D_UN_BLOC)}."))
    return cle, _LECTURES.get(cle, _lire_texte)(valeur, cle)


def en_mots(cle: str, valeur: object) -> str:
    """The value of a key on one line; None if nobody defined it."""
    return "non défini" if valeur is None else f"{dire(valeur)}{_UNITES.get(cle, '')}"


@singledispatch
def dire(valeur: object) -> str:
    """A value in words, on one line."""
    return str(valeur) or "aucun"


@dire.register
def _(valeur: bool) -> str:
    return "oui" if valeur else "non"


@dire.register(tuple)
def _(valeur: tuple[object, ...]) -> str:
    return ", ".join(dire(element) for element in valeur)


@dire.register
def _(valeur: Fenetre) -> str:
    fin = f"au {limite_de_paris(valeur.fermeture)}"
    return f"jusqu'{fin}" if valeur.ouverture is None else f"du {a_la_minute(valeur.ouverture)} {fin}"


@dire.register
def _(valeur: Onglet) -> str:
    return valeur.libelle


@dire.register
def _(valeur: ContactRegle) -> str:
    return " / ".join(part for part in (*valeur.lignes, valeur.telephone, valeur.courriel) if part)


@dire.register
def _(valeur: Circulaire) -> str:
    return f"{valeur.libelle} : {valeur.adresse}"


@dire.register
def _(valeur: GroupePieces) -> str:
    fenetre = valeur.fenetre
    parts = (valeur.mode, "" if fenetre is None else dire(fenetre), " / ".join(valeur.adresse_retour))
    return " ".join(part for part in parts if part)

"""The file of local settings that commands write: they replace the block of a selection and keep the rest."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cyclades_tui.domaine.disque import creer_dossier_comme, ecrire_en_entier
from cyclades_tui.domaine.erreurs import Faute, ReferentielFautif, SaisieRefusee, StoreInutilisable, raison
from cyclades_tui.domaine.lecture_de_fichiers import REGLAGES_AU_PLUS, lire_en_entier
from cyclades_tui.domaine.temps import a_la_minute
from cyclades_tui.referentiel.bloc_de_reglages import Reglage, Selection
from cyclades_tui.referentiel.chargement import fautes_de_schema, lire_fichier_de_reglages
from cyclades_tui.referentiel.fenetres import FENETRE_DE
from cyclades_tui.referentiel.reglages import TABLES

FICHIER = "services/definis.toml"


def lire(chemin: Path) -> bytes:
    """The bytes of the file, empty if there is none. Raises StoreInutilisable."""
    try:
        return lire_en_entier(chemin, REGLAGES_AU_PLUS)
    except FileNotFoundError:
        return b""
    except OSError as erreur:
        raise _refus_du_dossier(chemin, erreur) from erreur


def ecrire(parametrage: Path, fichier: str, texte: str, *, store: Path) -> None:
    """Write a settings file whole or not at all; a new folder is as that of the store. Raises StoreInutilisable."""
    chemin = parametrage / fichier
    try:
        parametrage.parent.mkdir(parents=True, exist_ok=True)
        for dossier in (parametrage, chemin.parent):
            if not dossier.is_dir():
                with suppress(FileExistsError):  # another process has just made it
                    creer_dossier_comme(dossier, store)
        ecrire_en_entier(chemin, texte.encode(), mode=None)
    except OSError as erreur:
        raise _refus_du_dossier(chemin, erreur) from erreur


def remplacer(
    chemin: Path,
    octets: bytes,
    selection: Selection,
    valeurs: Mapping[str, object],
    retirees: Collection[str],
    instant: datetime,
) -> str:
    """The text of the file `octets` with the values of a selection set or removed.

    Raises ReferentielFautif (a wrong file is ignored as a whole, so nothing added to it would apply), SaisieRefusee
    (the values break the schema).
    """
    import tomlkit
    from tomlkit.items import AoT

    if octets:
        lire_fichier_de_reglages(str(chemin), octets)
    document: Any = tomlkit.parse(octets)
    document.setdefault("source", "cyclades service definir")
    blocs = document.setdefault("reglage", tomlkit.aot())
    if not isinstance(blocs, AoT):
        message = "Les réglages y sont écrits sur une ligne, entre crochets."
        raise ReferentielFautif(Faute("referentiel.forme", str(chemin), message, "Écrivez chacun sous [[reglage]]."))
    anciennes: dict[str, Any] = {}
    for rang in reversed(range(len(blocs))):
        if _est_pour(blocs[rang], selection):
            anciennes = {**blocs[rang].unwrap(), **anciennes}
            del blocs[rang]
    if nouvelles := _changer(anciennes, valeurs, retirees):
        verifier(selection, nouvelles)
        bloc = tomlkit.table()
        bloc.comment(f"défini le {a_la_minute(instant)} (heure de Paris)")
        bloc.update(_en_clair(selection) | nouvelles)
        blocs.append(bloc)
    return tomlkit.dumps(document)


def verifier(selection: Selection, valeurs: Mapping[str, object]) -> Reglage:
    """The block that a file would hold. Raises SaisieRefusee, with faults under the keys of the values."""
    try:
        return Reglage.model_validate(_en_clair(selection) | _en_tables(valeurs))
    except ValidationError as erreur:
        fautes = [
            Faute("reglage.valeur", cle or list(valeurs)[-1], message, "Corrigez cette valeur.")
            for cle, message in fautes_de_schema(erreur)
        ]
        raise SaisieRefusee(fautes) from erreur


def _changer(
    anciennes: Mapping[str, Any], valeurs: Mapping[str, object], retirees: Collection[str]
) -> dict[str, object]:
    """The new values of a block; a window is replaced as a whole."""
    partantes = {FENETRE_DE.get(cle, cle) for cle in (*valeurs, *retirees)}
    restantes = {cle: v for cle, v in _a_plat(anciennes).items() if FENETRE_DE.get(cle, cle) not in partantes}
    return _en_tables(restantes | dict(valeurs))


def _a_plat(bloc: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a block under the names of `Reglage.valeurs`, windows as their bounds."""
    plat = {cle: valeur for cle, valeur in bloc.items() if cle not in Selection.model_fields and cle not in TABLES}
    for table in TABLES:
        plat |= {f"{table}.{nom}": valeur for nom, valeur in bloc.get(table, {}).items()}
    return plat


def _en_tables(plat: Mapping[str, object]) -> dict[str, object]:
    """The values of a block nested as in a file, simple ones first, as TOML requires."""
    simples: dict[str, object] = {}
    tables: dict[str, Any] = {}
    for cle, valeur in plat.items():
        table, point, nom = cle.partition(".")
        if point:
            tables.setdefault(table, {})[nom] = valeur
        elif isinstance(valeur, dict | list):
            tables[cle] = valeur
        else:
            simples[cle] = valeur
    return simples | tables


def _en_clair(selection: Selection) -> dict[str, object]:
    return {cle: valeur for cle, valeur in selection.model_dump().items() if valeur}


def _est_pour(bloc: Mapping[str, Any], selection: Selection) -> bool:
    lue = {cle: bloc.get(cle, "") for cle in Selection.model_fields}
    return Selection.model_validate(lue) == selection


def _refus_du_dossier(chemin: Path, erreur: OSError) -> StoreInutilisable:
    message = f"Le paramétrage ne peut pas être lu ou écrit ({raison(erreur)}) : {chemin}."
    return StoreInutilisable(Faute("parametrage.ecriture", "", message, "Vérifiez les droits du dossier."))

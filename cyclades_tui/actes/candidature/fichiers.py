"""Reads a candidature from a TOML file into a form; errors name the path in the file."""

from __future__ import annotations

import re
import tomllib
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from cyclades_tui.actes.candidature.inscription import (
    Demande,
    Inscription,
    Modification,
    enregistrer,
    fautes_du_formulaire,
)
from cyclades_tui.actes.reglages.service import trouver_academie, verifier_session
from cyclades_tui.domaine.erreurs import Faute, FichierRefuse, SaisieRefusee, lieu_dans_le_toml, raison
from cyclades_tui.domaine.lecture_de_fichiers import lire_en_entier
from cyclades_tui.poste import Poste

TAILLE_MAX = 65_536  # bytes; a real file has fewer than 4,000
# The parser's time grows with the square of the levels of a key: refuse lines with more dots than any text has.
_POINTS_MAX = 100
_ENTIER_MAX = 10**15
_FINS_DE_LIGNE = re.compile(r"\r\n?")  # also of an old Macintosh, which TOML does not know
_RESERVEES = ("service", "modification")
_SERVICE = ("examen", "session", "academie")
_MODIFICATION = ("inscription", "version")
_PROFONDEUR_MAX = 8
# Why a file is not read -> what to say, and what to do.
_DITS = {
    "nature": ("Ce n'est pas un fichier ordinaire.", "Donnez un fichier TOML."),
    "taille": (f"Le fichier fait {{}} octets pour {TAILLE_MAX} au plus.", "Un fichier ne décrit qu'une candidature."),
    "change": ("Le fichier a changé pendant qu'il était lu.", "Recommencez quand il est entièrement écrit."),
}
# Writing the table ticks the box: `[acquis.vae]` declares a VAE.
_DECLAREES = ("meme_specialite", "autre_specialite", "titre", "vae")


def inscrire_fichier(poste: Poste, chemin: Path, *, simuler: bool = False) -> Inscription:
    """Save the candidature of a file. Raises as `enregistrer` does; errors in the file's structure come first."""
    demande, fautes = demande_de(poste, _lire_toml(chemin))
    if demande is None:
        raise SaisieRefusee(fautes)
    if fautes:
        dites = {faute.champ for faute in fautes}
        raise SaisieRefusee([*fautes, *(f for f in fautes_du_formulaire(poste, demande) if f.champ not in dites)])
    return enregistrer(poste, demande, simuler=simuler)


def demande_de(poste: Poste, tables: dict[str, Any]) -> tuple[Demande | None, list[Faute]]:
    """The form in a parsed file (`service`, optional `modification`, all other keys are field ids) and its faults.

    The form is None if the file does not say where to register.
    """
    fautes: list[Faute] = []
    service = _textes(tables, "service", _SERVICE, fautes)
    modification = _modification(tables, fautes)
    for cle, verifier in (("session", verifier_session), ("academie", partial(_code_d_academie, poste))):
        if service[cle]:
            service[cle] = _verifie(verifier, service[cle], f"service.{cle}", fautes)
    utilisable = not fautes
    saisie = _saisie({cle: v for cle, v in tables.items() if cle not in _RESERVEES}, fautes)
    if not utilisable:
        return None, fautes
    _cocher_les_tables(saisie)
    demande = Demande(service["examen"].upper(), service["session"], service["academie"], saisie, modification)
    return demande, fautes


def _code_d_academie(poste: Poste, texte: str) -> str:
    return trouver_academie(poste.referentiel, texte).code


def _lire_toml(chemin: Path) -> dict[str, Any]:
    try:
        texte = _FINS_DE_LIGNE.sub("\n", _decoder(lire_en_entier(chemin, TAILLE_MAX)))
        _refuser_la_profondeur(texte)
        return tomllib.loads(texte)
    except FichierRefuse as erreur:
        message, remede = _DITS[erreur.motif]
        raise _refus(f"fichier.{erreur.motif}", message.format(erreur.taille), remede) from erreur
    except OSError as erreur:
        raise _refus("fichier.lecture", f"Fichier illisible : {raison(erreur)}.", "Vérifiez le chemin.") from erreur
    except UnicodeDecodeError as erreur:
        message = f"Le fichier n'est pas en UTF-8 (octet {erreur.start})."
        raise _refus("fichier.encodage", message, "Enregistrez-le en UTF-8.") from erreur
    except (tomllib.TOMLDecodeError, RecursionError) as erreur:
        message = f"Le fichier n'est pas du TOML lisible{lieu_dans_le_toml(erreur)}."
        raise _refus("fichier.toml", message, "Corrigez-le.") from erreur
    except ValueError as erreur:  # tomli's only other error: a number of thousands of digits
        raise _refus(
            "fichier.nombre", "Un nombre du fichier est trop long.", "Suivez le modèle (--modele)."
        ) from erreur


def _decoder(octets: bytes) -> str:
    """UTF-8, or UTF-16 as a notepad marks it. Raises UnicodeDecodeError."""
    return octets.decode("utf-16" if octets.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig")


def _refuser_la_profondeur(texte: str) -> None:
    for rang, ligne in enumerate(texte.split("\n"), start=1):
        if ligne.count(".") > _POINTS_MAX:
            message = f"La ligne {rang} a trop de points ou de niveaux."
            raise _refus("fichier.profondeur", message, "Suivez le modèle (--modele).")


def _refus(code: str, message: str, remede: str) -> SaisieRefusee:
    return SaisieRefusee(Faute(code, "", message, remede))


def _textes(tables: dict[str, Any], nom: str, cles: tuple[str, ...], fautes: list[Faute]) -> dict[str, str]:
    """The keys of a reserved table as text; exactly these keys must be present."""
    table = tables.get(nom)
    if not isinstance(table, dict):
        fautes.append(Faute("fichier.table", nom, f"La table [{nom}] manque.", f"Ajoutez-la avec {', '.join(cles)}."))
        return dict.fromkeys(cles, "")
    for cle in table:
        if cle not in cles:
            message = "Cette clé n'existe pas ici."
            fautes.append(Faute("fichier.cle", f"{nom}.{cle[:80]}", message, f"Clés connues : {', '.join(cles)}."))
    lues = {}
    for cle in cles:
        valeur = _scalaire(table.get(cle, ""))
        if valeur is None:
            fautes.append(_illisible(f"{nom}.{cle}"))
        elif not valeur:
            fautes.append(Faute("fichier.cle", f"{nom}.{cle}", "Cette clé manque.", f'Ajoutez {cle} = "…".'))
        lues[cle] = valeur or ""
    return lues


def _modification(tables: dict[str, Any], fautes: list[Faute]) -> Modification | None:
    if "modification" not in tables:
        return None
    textes = _textes(tables, "modification", _MODIFICATION, fautes)
    for cle, valeur in textes.items():
        if valeur and not (valeur.isascii() and valeur.isdigit() and len(valeur) <= 6):
            message = f"« {valeur[:20]} » n'est pas un nombre."
            fautes.append(Faute("fichier.nombre", f"modification.{cle}", message, "Exemple : 5."))
            return None
    if not all(textes.values()):
        return None
    return Modification(int(textes["inscription"]), int(textes["version"]))


def _saisie(tables: dict[str, Any], fautes: list[Faute]) -> dict[str, str]:
    """Raw texts by field id; a fault if a quoted key with dots and a table give the same field."""
    saisie: dict[str, str] = {}
    for champ, texte in _aplatir(tables, "", fautes):
        if champ in saisie:
            message = "Cette rubrique est donnée deux fois."
            fautes.append(Faute("fichier.double", champ[:80], message, "Gardez une seule des deux lignes."))
        saisie[champ] = texte
    return saisie


def _aplatir(table: dict[str, Any], prefixe: str, fautes: list[Faute]) -> Iterator[tuple[str, str]]:
    """Dotted ids and raw texts; a list of names ticks each of them."""
    for cle, valeur in table.items():
        champ = f"{prefixe}{cle}"
        if cle.startswith("numero"):
            message = "Un fichier ne donne jamais de numéro : le store les attribue lui-même."
            fautes.append(Faute("fichier.numero", champ[:80], message, "Retirez cette ligne."))
        elif champ.count(".") >= _PROFONDEUR_MAX:
            fautes.append(Faute("fichier.profondeur", champ[:80], "Trop de niveaux.", "Suivez le modèle."))
        elif isinstance(valeur, dict):
            yield from _aplatir(valeur, f"{champ}.", fautes)
        elif isinstance(valeur, list) and all(isinstance(nom, str) for nom in valeur):
            yield from ((f"{champ}.{nom}", "oui") for nom in valeur)
        elif (texte := _scalaire(valeur)) is not None:
            yield champ, texte
        else:
            fautes.append(_illisible(champ))


def _illisible(champ: str) -> Faute:
    message = "Cette valeur n'est ni un texte, ni un nombre usuel, ni une date, ni vrai ou faux."
    return Faute("fichier.valeur", champ[:80], message, "Suivez le modèle (--modele).")


def _scalaire(valeur: object) -> str | None:
    """The text of a value as it would be typed; None if no field can take it, such as an immense number."""
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, str):
        return valeur
    if isinstance(valeur, float) or (isinstance(valeur, int) and abs(valeur) <= _ENTIER_MAX):
        return str(valeur)
    if isinstance(valeur, date) and not isinstance(valeur, datetime):
        return valeur.isoformat()
    return None


def _cocher_les_tables(saisie: dict[str, str]) -> None:
    for champ in tuple(saisie):
        parties = champ.split(".")
        if parties[0] == "acquis" and len(parties) > 2 and parties[1] in _DECLAREES:
            saisie.setdefault(f"acquis.declaration.{parties[1]}", "oui")
            if parties[1] == "titre":
                saisie.setdefault(f"acquis.titre.{parties[2]}.declare", "oui")


def _verifie(verifier: Callable[[str], str], texte: str, champ: str, fautes: list[Faute]) -> str:
    """The result of `verifier`; if it refuses, the text itself, with the faults added under `champ`."""
    try:
        return verifier(texte)
    except SaisieRefusee as refus:
        fautes += [Faute(f.code, champ, f.message, f.remede) for f in refus.fautes]
        return texte

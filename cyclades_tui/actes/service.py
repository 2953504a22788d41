"""Windows of inscription: what applies, and writing one into the local settings, traced (decision 1)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from cyclades_tui.domaine.erreurs import ActeRefuse, Faute, ReferentielFautif, SaisieRefusee, StoreInutilisable
from cyclades_tui.domaine.temps import (
    PARIS,
    SESSION_MAX,
    Fenetre,
    en_iso,
    heure_de_paris,
    libelle_de_session,
    verifier_annee,
)
from cyclades_tui.domaine.texte import plier
from cyclades_tui.poste import Poste
from cyclades_tui.referentiel.chargement import Referentiel, lire_fichier_de_reglages
from cyclades_tui.referentiel.parametrage import Selection
from cyclades_tui.referentiel.schema import Academie
from cyclades_tui.store import journal

_FICHIER = "services/fenetres.toml"
_CLES = ("ouverture", "fermeture", "avant", "jusqu_au")
_MINUTES = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M", "%d/%m/%Y à %H:%M")


def trouver_academie(referentiel: Referentiel, texte: str) -> Academie:
    """An académie by code, name or official label, accents ignored. Raises SaisieRefusee."""
    cherche = plier(texte)
    for academie in referentiel.academies_par_nom:
        if cherche in (academie.code, plier(academie.nom), plier(academie.libelle)):
            return academie
    noms = ", ".join(academie.nom for academie in referentiel.academies_par_nom)
    message = f"« {texte[:80]} » n'est pas une académie."
    raise SaisieRefusee(Faute("academie.inconnue", "academie", message, f"Choisissez : {noms}."))


def verifier_session(session: str) -> str:
    """The session's label in its one form, when its year can be read (F046). Raises SaisieRefusee."""
    try:
        return libelle_de_session(session)
    except ValueError:
        message = f"« {session[:SESSION_MAX]} » n'est pas une session."
        raise SaisieRefusee(Faute("session.forme", "session", message, "Exemples : 2024, JUIN 2022.")) from None


def lire_minute(texte: str, champ: str) -> datetime:
    """A Paris wall-clock time to the minute, as people or data files write it. Raises SaisieRefusee."""
    for forme in _MINUTES:
        try:
            minute = datetime.strptime(texte.strip(), forme)  # noqa: DTZ007 - wall-clock time of Paris, as written
        except ValueError:
            continue
        try:
            verifier_annee(minute)
        except ValueError as erreur:
            raise SaisieRefusee(Faute("fenetre.annee", champ, f"{erreur}.", "Corrigez l'année.")) from erreur
        return minute
    message = f"« {texte[:40]} » n'est pas un jour et une heure."
    raise SaisieRefusee(Faute("fenetre.instant", champ, message, "Exemple : 2026-10-15T08:00, ou 15/10/2026 08:00."))


def definir_fenetre(
    poste: Poste, *, examen: str, session: str, academie: str, ouverture: datetime, fermeture: datetime
) -> Fenetre:
    """Write a window (Paris wall-clock times, as `lire_minute` gives them) into the local settings; it holds at once.

    Raises SaisieRefusee (unknown exam or académie, closing before opening), ActeRefuse (another local file has this
    window), ReferentielFautif (the file of windows is wrong), StoreInutilisable (folder not writable).
    """
    referentiel = poste.referentiel
    if examen not in referentiel.examens:
        connus = ", ".join(sorted(referentiel.examens))
        raise SaisieRefusee(
            Faute("examen.inconnu", "examen", f"« {examen[:80]} » n'est pas un examen.", f"Choisissez : {connus}.")
        )
    code = trouver_academie(referentiel, academie).code
    selection = {"examen": examen, "session": verifier_session(session), "academie": code}
    debut, fin = heure_de_paris(ouverture), heure_de_paris(fermeture)
    if fin <= debut:
        message = "La fermeture n'est pas après l'ouverture."
        raise SaisieRefusee(Faute("fenetre.ordre", "fermeture", message, "Vérifiez les deux dates (heure de Paris)."))
    _refuser_un_autre_fichier(poste, selection)
    chemin, bornes = poste.parametrage / _FICHIER, {"ouverture": ouverture, "fermeture": fermeture}
    lu = _lire(chemin)
    texte = _remplacer(chemin, lu, selection, bornes, poste.maintenant())
    with poste.store.ecrire() as unite:
        instant = poste.maintenant()
        valeurs = {**selection, "ouverture": en_iso(debut), "fermeture": en_iso(fin)}
        journal.consigner(
            unite, acteur=poste.acteur, acte="service.definir", sujet="service", valeurs=valeurs, instant=instant
        )
        relu = _lire(chemin)
        if relu != lu:  # another desk wrote while this one waited: its window stays
            texte = _remplacer(chemin, relu, selection, bornes, instant)
        _ecrire(chemin, texte)
    return Fenetre(debut, fin)


def _refuser_un_autre_fichier(poste: Poste, selection: Mapping[str, str]) -> None:
    """One file holds a window: of two, the reader would take the later one's."""
    reglee = poste.referentiel.valeurs(**selection).get("fenetre")
    if reglee is not None and reglee.origine.local and reglee.origine.fichier != _FICHIER:
        message = f"Cette fenêtre est déjà écrite dans {poste.parametrage / reglee.origine.fichier}."
        remede = "Changez-la dans ce fichier, ou retirez-l'en et recommencez."
        raise ActeRefuse(Faute("fenetre.ailleurs", "service", message, remede))


def _remplacer(
    chemin: Path, octets: bytes, selection: Mapping[str, str], bornes: Mapping[str, datetime], instant: datetime
) -> str:
    """The file's text with the one window of a selection, whatever else its blocks say; `octets` is what it holds."""
    import tomlkit
    from tomlkit.items import AoT

    if octets:
        lire_fichier_de_reglages(
            str(chemin), octets
        )  # a wrong file is set aside whole: a window added to it would not hold
    document: Any = tomlkit.parse(octets)
    document.setdefault("source", "cyclades service definir")
    blocs = document.setdefault("reglage", tomlkit.aot())
    if not isinstance(blocs, AoT):
        message = "Les réglages y sont écrits sur une ligne, entre crochets."
        raise ReferentielFautif(Faute("referentiel.forme", str(chemin), message, "Écrivez chacun sous [[reglage]]."))
    for rang in reversed(range(len(blocs))):
        if _est_pour(blocs[rang], selection):
            for cle in _CLES:
                blocs[rang].pop(cle, None)
            if set(blocs[rang]) <= set(selection):
                del blocs[rang]
    bloc = tomlkit.table()
    bloc.comment(f"défini le {instant.astimezone(PARIS):%d/%m/%Y à %H:%M} (heure de Paris)")
    bloc.update({**selection, **bornes})
    blocs.append(bloc)
    return tomlkit.dumps(document)


def _est_pour(bloc: Mapping[str, Any], selection: Mapping[str, str]) -> bool:
    lue = {cle: bloc.get(cle, "") for cle in Selection.model_fields}
    return Selection.model_validate(lue) == Selection.model_validate(selection)


def _lire(chemin: Path) -> bytes:
    """What the file holds, nothing while there is none."""
    try:
        return chemin.read_bytes() if chemin.exists() else b""
    except OSError as erreur:
        raise _refus_du_dossier(chemin, erreur) from erreur


def _ecrire(chemin: Path, texte: str) -> None:
    """Whole or not at all."""
    try:
        chemin.parent.mkdir(parents=True, exist_ok=True)
        provisoire = chemin.with_suffix(".tmp")
        with provisoire.open("w", encoding="utf-8") as fichier:
            fichier.write(texte)
            fichier.flush()
            os.fsync(fichier.fileno())
        provisoire.replace(chemin)
    except OSError as erreur:
        raise _refus_du_dossier(chemin, erreur) from erreur


def _refus_du_dossier(chemin: Path, erreur: OSError) -> StoreInutilisable:
    message = f"Le paramétrage ne peut pas être lu ou écrit ({erreur.strerror}) : {chemin}."
    return StoreInutilisable(Faute("parametrage.ecriture", "", message, "Vérifiez les droits du dossier."))

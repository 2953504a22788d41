"""Windows of inscription: what applies, and writing one into the local settings, traced (decision 1)."""

from __future__ import annotations

import os
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from cyclades_tui.domaine.erreurs import Faute, ReferentielFautif, SaisieRefusee, StoreInutilisable
from cyclades_tui.domaine.temps import PARIS, SESSION_MAX, Fenetre, annee_de_session, en_iso
from cyclades_tui.domaine.texte import plier
from cyclades_tui.poste import Poste
from cyclades_tui.referentiel.chargement import Referentiel
from cyclades_tui.referentiel.schema import Academie, Reglage
from cyclades_tui.store import journal

_FICHIER = "services/fenetres.toml"
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
    """The session's label when its year can be read (F046). Raises SaisieRefusee."""
    try:
        annee_de_session(session)
    except ValueError:
        message = f"« {session[:SESSION_MAX]} » n'est pas une session."
        raise SaisieRefusee(Faute("session.forme", "session", message, "Exemples : 2024, JUIN 2022.")) from None
    return session


def lire_minute(texte: str, champ: str) -> datetime:
    """A Paris wall-clock time to the minute, as people or data files write it. Raises SaisieRefusee."""
    for forme in _MINUTES:
        try:
            return datetime.strptime(texte.strip(), forme)  # noqa: DTZ007 - wall-clock time of Paris, as written
        except ValueError:
            continue
    message = f"« {texte[:40]} » n'est pas un jour et une heure."
    raise SaisieRefusee(Faute("fenetre.instant", champ, message, "Exemple : 2026-10-15T08:00, ou 15/10/2026 08:00."))


def definir_fenetre(
    poste: Poste, *, examen: str, session: str, academie: str, ouverture: datetime, fermeture: datetime
) -> Fenetre:
    """Write a window (Paris wall-clock times, to the minute) into the local settings, over any earlier local one.

    Raises SaisieRefusee (unknown exam or académie, closing before opening), StoreInutilisable (folder not writable).
    """
    referentiel = poste.referentiel
    if examen not in referentiel.examens:
        connus = ", ".join(sorted(referentiel.examens))
        raise SaisieRefusee(
            Faute("examen.inconnu", "examen", f"« {examen[:80]} » n'est pas un examen.", f"Choisissez : {connus}.")
        )
    code = trouver_academie(referentiel, academie).code
    selection = {"examen": examen, "session": verifier_session(session), "academie": code}
    if fermeture <= ouverture:
        message = "La fermeture n'est pas après l'ouverture."
        raise SaisieRefusee(Faute("fenetre.ordre", "fermeture", message, "Vérifiez les deux dates."))
    fenetre = Reglage(**selection, ouverture=ouverture, fermeture=fermeture).fenetre
    assert fenetre is not None  # noqa: S101 - both ends were just given
    with poste.store.ecrire() as unite:
        instant = poste.maintenant()
        journal.consigner(
            unite,
            acteur=poste.acteur,
            acte="service.definir",
            sujet="service",
            valeurs={
                **selection,
                "ouverture": "" if fenetre.ouverture is None else en_iso(fenetre.ouverture),
                "fermeture": en_iso(fenetre.fermeture),
            },
            instant=instant,
        )
        chemin = poste.parametrage / _FICHIER
        _ecrire(chemin, _remplacer(chemin, selection, ouverture, fermeture, instant))
    return fenetre


def _remplacer(
    chemin: Path, selection: dict[str, str], ouverture: datetime, fermeture: datetime, instant: datetime
) -> str:
    import tomlkit

    texte = chemin.read_text(encoding="utf-8") if chemin.exists() else ""
    try:
        document: Any = tomlkit.parse(texte)
        tomllib.loads(texte)
    except (tomlkit.exceptions.ParseError, tomllib.TOMLDecodeError) as erreur:
        faute = Faute(
            "referentiel.toml", str(chemin), f"Le fichier n'est pas du TOML lisible : {erreur}.", "Corrigez-le."
        )
        raise ReferentielFautif(faute) from erreur
    document["source"] = "cyclades service definir"
    blocs = document.setdefault("reglage", tomlkit.aot())
    for rang in reversed(range(len(blocs))):
        if all(blocs[rang].get(cle) == valeur for cle, valeur in selection.items()) and "fermeture" in blocs[rang]:
            del blocs[rang]
    bloc = tomlkit.table()
    bloc.comment(f"défini le {instant.astimezone(PARIS):%d/%m/%Y à %H:%M} (heure de Paris)")
    bloc.update({**selection, "ouverture": ouverture, "fermeture": fermeture})
    blocs.append(bloc)
    return tomlkit.dumps(document)


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
        message = f"Le paramétrage ne peut pas être écrit ({erreur.strerror}) : {chemin}."
        raise StoreInutilisable(
            Faute("parametrage.ecriture", "", message, "Vérifiez les droits du dossier.")
        ) from erreur

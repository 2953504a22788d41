"""`cyclades inscrire`: registers files one by one with a progress bar, then prints a table or JSON."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from rich.table import Table
from rich.text import Text

from cyclades_tui.actes.candidature.fichiers import inscrire_fichier
from cyclades_tui.actes.candidature.inscription import Inscription, VersionDepassee
from cyclades_tui.actes.documents import documents
from cyclades_tui.actes.documents.copies import a_emporter
from cyclades_tui.champs.modele import modele_toml, schema_json
from cyclades_tui.cli.corps.connexion import poste_de, pour_emporter
from cyclades_tui.cli.corps.progression import progression
from cyclades_tui.cli.corps.referentiel import dire_les_ecartes
from cyclades_tui.cli.corps.sortie_json import ecrire_json
from cyclades_tui.cli.terminal import classe_de_console
from cyclades_tui.domaine.disque import ecrire_en_entier
from cyclades_tui.domaine.document import FORMATION
from cyclades_tui.domaine.erreurs import ActeRefuse, ErreurCyclades, Faute, SaisieRefusee, StoreInutilisable, raison
from cyclades_tui.domaine.temps import EtatFenetre, HorlogeSysteme, annee_de_session
from cyclades_tui.domaine.texte import denombrer
from cyclades_tui.poste import Poste, ReglagesDuPoste
from cyclades_tui.referentiel.chargement import Referentiel, charger
from cyclades_tui.referentiel.ressources import dossier
from cyclades_tui.store.modele.unite import Progres

# A file or a pipe has no width: lines are not folded there.
_LARGEUR_SANS_TERMINAL = 10_000
# Below this width, the mark of the number and the name of the file have lines of their own.
_LARGEUR_AISEE = 100
# Widths to which headings fold, so that the path has room.
_COLONNES: tuple[tuple[str, Literal["left", "right"], int | None], ...] = (
    ("N° candidat", "left", None),
    ("N° inscription", "left", 11),
    ("Version", "right", 7),
    ("Épreuves à passer", "right", 8),
    ("Récapitulatif", "left", None),
)


@dataclass(frozen=True, slots=True)
class Sortie:
    """What the command writes besides the store, and in which form."""

    pdf: Path | None
    texte: bool
    en_json: bool
    simuler: bool
    chiffrer: bool = False


@dataclass(slots=True)
class Resultat:
    """The result for one file."""

    fichier: Path
    inscription: Inscription | None = None
    chemin_pdf: Path | None = None
    texte: str = ""
    fautes: tuple[Faute, ...] = ()
    differences: list[dict[str, str]] = field(default_factory=list)


def inscrire(reglages: ReglagesDuPoste, fichiers: list[Path], sortie: Sortie) -> int:
    """Register each file and print; returns the exit code, 2 if a file was refused. Raises StoreInutilisable."""
    if sortie.pdf is not None and not sortie.simuler:
        preparer_dossier(sortie.pdf)
    resultats: list[Resultat] = []
    try:
        with poste_de(reglages) as ouvert:
            sans_copie = sortie.pdf is None or sortie.simuler
            poste = ouvert if sans_copie else pour_emporter(ouvert, chiffrer=sortie.chiffrer)
            dire_les_ecartes(poste.referentiel.fautes)
            if not sortie.simuler:
                documents.rendre_les_manquants(poste)
            for fichier in _avancer(fichiers):
                resultats.append(Resultat(fichier))
                _traiter(poste, resultats[-1], sortie)
    finally:  # the machine may fail midway: still report what was saved
        _dire([r for r in resultats if r.inscription is not None or r.fautes], sortie)
    return 2 if any(r.fautes for r in resultats) else 0


def inscrire_en_silence(poste: Poste, fichiers: list[Path], sortie: Sortie, progres: Progres) -> int:
    """Register each file of a demo; only what is refused is printed. Returns how many were registered."""
    resultats = [Resultat(fichier) for fichier in fichiers]
    for rang, resultat in enumerate(resultats):
        progres(rang, len(resultats))
        _traiter(poste, resultat, sortie)
    refuses = [resultat for resultat in resultats if resultat.inscription is None]
    for resultat in refuses:
        _afficher_details(resultat, sortie)
    return len(resultats) - len(refuses)


def _dire(resultats: list[Resultat], sortie: Sortie) -> None:
    if sortie.en_json:
        ecrire_json([_en_dict(r, sortie) for r in resultats])
    else:
        _afficher(resultats, sortie)


def _traiter(poste: Poste, resultat: Resultat, sortie: Sortie) -> None:
    try:
        resultat.inscription = inscrire_fichier(poste, resultat.fichier, simuler=sortie.simuler)
    except VersionDepassee as refus:
        resultat.fautes = refus.fautes
        resultat.differences = [
            {"champ": d.champ, "libelle": d.libelle, "avant": d.avant, "apres": d.apres} for d in refus.differences
        ]
    except (SaisieRefusee, ActeRefuse) as refus:
        resultat.fautes = refus.fautes
    else:
        if not sortie.simuler:
            _rendre(poste, resultat, resultat.inscription, sortie)


def _rendre(poste: Poste, resultat: Resultat, inscription: Inscription, sortie: Sortie) -> None:
    document = documents.ouvrir(poste, inscription.document)
    if sortie.texte:
        resultat.texte = document.texte
    if sortie.pdf is not None:
        resultat.chemin_pdf = sortie.pdf / document.nom
        copier(resultat.chemin_pdf, a_emporter(document, poste, avec_le_texte=sortie.texte).octets)
        if sortie.texte and poste.cle_des_copies is None:  # else it lies within the PDF
            copier(resultat.chemin_pdf.with_suffix(".txt"), document.texte.encode())


def preparer_dossier(chemin: Path) -> None:
    try:
        chemin.mkdir(parents=True, exist_ok=True)
    except OSError as erreur:
        raise _refus_d_ecriture(chemin, erreur) from erreur


def copier(chemin: Path, octets: bytes) -> None:
    """Write a copy whole or not at all. Raises StoreInutilisable."""
    try:
        ecrire_en_entier(chemin, octets)
    except OSError as erreur:
        raise _refus_d_ecriture(chemin, erreur) from erreur


def _refus_d_ecriture(chemin: Path, erreur: OSError) -> ErreurCyclades:
    message = f"{chemin} ne peut pas être écrit : {raison(erreur)}."
    remede = "Vérifiez le dossier de --pdf. Ce qui était enregistré l'est : le document reste dans le store."
    return StoreInutilisable(Faute("pdf.ecriture", "", message, remede))


def _avancer(fichiers: list[Path]) -> Iterator[Path]:
    """The files, with progress on the error output where somebody looks."""
    if len(fichiers) < 2:
        yield from fichiers
        return
    with progression("Inscription") as progres:
        yield from progres.track(fichiers)


def _afficher(resultats: list[Resultat], sortie: Sortie) -> None:
    console = classe_de_console()(width=None if sys.stdout.isatty() else _LARGEUR_SANS_TERMINAL)
    reussis = [(r, r.inscription) for r in resultats if r.inscription is not None]
    if reussis:
        console.print(_tableau(reussis, sortie, serre=console.width < _LARGEUR_AISEE))
    _avertir(reussis)
    for resultat in resultats:
        _afficher_details(resultat, sortie)


def _avertir(reussis: list[tuple[Resultat, Inscription]]) -> None:
    """Print each warning once, after the files that it concerns."""
    fichiers: dict[str, list[Path]] = {}
    for resultat, inscription in reussis:
        for avertissement in inscription.avertissements:
            fichiers.setdefault(str(avertissement), []).append(resultat.fichier)
    for texte, concernes in fichiers.items():
        qui = str(concernes[0]) if len(concernes) == 1 else ", ".join(fichier.name for fichier in concernes)
        _dire_sur_la_sortie_d_erreur(f"! {qui} : {texte}")


def _dire_sur_la_sortie_d_erreur(ligne: str) -> None:
    """Print on the error output, folded between words at the terminal's width; a file or a pipe has none."""
    console = classe_de_console()(stderr=True, width=None if sys.stderr.isatty() else _LARGEUR_SANS_TERMINAL)
    console.print(Text(ligne))


def _tableau(reussis: list[tuple[Resultat, Inscription]], sortie: Sortie, *, serre: bool) -> Table:
    titre = "Simulation : rien n'est enregistré" if sortie.simuler else None
    tableau = Table(title=titre)
    for colonne, justification, largeur in _COLONNES:
        tableau.add_column(colonne, justify=justification, overflow="fold", max_width=largeur)
    separateur = "\n" if serre else " "
    for resultat, inscription in reussis:
        numero = inscription.numero_candidat + (f"{separateur}{FORMATION}" if inscription.formation else "")
        tableau.add_row(
            Text(numero),
            Text(inscription.numero_inscription),
            str(inscription.version),
            str(inscription.epreuves_a_passer),
            Text(_lieu(resultat, sortie, serre=serre)),
        )
    return tableau


def _lieu(resultat: Resultat, sortie: Sortie, *, serre: bool) -> str:
    """Where the récapitulatif is; if there is little room, the file's name is on a line of its own."""
    chemin = resultat.chemin_pdf
    if chemin is None:
        return "-" if sortie.simuler else "dans le store"
    return f"{chemin.parent}{os.sep}\n{chemin.name}" if serre else str(chemin)


def _afficher_details(resultat: Resultat, sortie: Sortie) -> None:
    """Texts and refusals by file; what was typed is printed as plain text, never as markup."""
    if resultat.inscription is not None:
        if sortie.texte and sortie.pdf is None:
            sys.stdout.write(resultat.texte + "\n")
        return
    rubriques = sum(bool(faute.champ) for faute in resultat.fautes)
    a_corriger = f"{denombrer(rubriques, 'rubrique')} à corriger, " if rubriques else ""
    print(f"× {resultat.fichier} : {a_corriger}rien n'est enregistré.", file=sys.stderr)
    for faute in resultat.fautes:
        print(f"    {faute}", file=sys.stderr)
    for difference in resultat.differences:
        ligne = f"    {difference['libelle']} : « {difference['avant']} » est devenu « {difference['apres']} »"
        print(ligne, file=sys.stderr)


def _en_dict(resultat: Resultat, sortie: Sortie) -> dict[str, Any]:
    inscription = resultat.inscription
    commun = {"fichier": str(resultat.fichier), "fautes": [faute.en_dict() for faute in resultat.fautes]}
    if inscription is None:
        return {**commun, "etat": "refusee", "differences": resultat.differences}
    return {
        **commun,
        "etat": "simulee" if sortie.simuler else "enregistree",
        "numero_candidat": inscription.numero_candidat,
        "numero_inscription": inscription.numero_inscription,
        "version": inscription.version,
        "formation": inscription.formation,
        "epreuves_a_passer": inscription.epreuves_a_passer,
        "pdf": None if resultat.chemin_pdf is None else str(resultat.chemin_pdf),
        "texte": resultat.texte or None,
        "avertissements": [faute.en_dict() for faute in inscription.avertissements],
        "contenu": inscription.contenu.en_dict(),
    }


def modele(reglages: ReglagesDuPoste, examen: str) -> str:
    """The commented template for files of an exam. Raises SaisieRefusee if the exam is unknown or has no window."""
    referentiel, code = _examen(reglages, examen)
    session, academie = _service_du_modele(referentiel, code)
    diplome = next(d for d in referentiel.diplomes_de(code, annee_de_session(session)) if not d.ferme)
    return modele_toml(referentiel, referentiel.examens[code], diplome, session, academie)


def schema(reglages: ReglagesDuPoste, examen: str) -> str:
    """The JSON Schema for files of an exam. Raises SaisieRefusee if the exam is unknown."""
    referentiel, code = _examen(reglages, examen)
    return json.dumps(schema_json(referentiel, referentiel.examens[code]), ensure_ascii=False, indent=2) + "\n"


def _examen(reglages: ReglagesDuPoste, examen: str) -> tuple[Referentiel, str]:
    referentiel = charger(dossier("data"), reglages.dossier_parametrage)
    dire_les_ecartes(referentiel.fautes)
    if examen.upper() not in referentiel.examens:
        connus = ", ".join(sorted(referentiel.examens)).lower()
        message = f"« {examen[:40]} » n'est pas un examen."
        raise SaisieRefusee(Faute("examen.inconnu", "examen", message, f"Choisissez : {connus}."))
    return referentiel, examen.upper()


def _service_du_modele(referentiel: Referentiel, examen: str) -> tuple[str, str]:
    """Session and académie of a window open now, else of the one that closes last."""
    maintenant = HorlogeSysteme().maintenant()
    services = [
        (fenetre.etat(maintenant) is EtatFenetre.OUVERTE, fenetre.fermeture, session, academie)
        for (code, session, academie), fenetre in referentiel.blocs.fenetres().items()
        if code == examen
        and academie in referentiel.academies
        and any(not diplome.ferme for diplome in referentiel.diplomes_de(examen, annee_de_session(session)))
    ]
    if not services:
        message = f"Aucun service d'inscription n'est prévu pour {examen}."
        remede = "Définissez une fenêtre (cyclades service definir)."
        raise SaisieRefusee(Faute("service.absent", "examen", message, remede))
    _, _, session, academie = max(services)
    return session, academie

"""Checks that the author of a référentiel needs: names that nothing defines, and things left out.

Loading reports what would stop an exam from working; this module, what would make it work badly.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from cyclades_tui.domaine.erreurs import Faute, ReferentielFautif
from cyclades_tui.referentiel.bloc_de_reglages import BlocsDeReglages, Reglage, Selection
from cyclades_tui.referentiel.chargement import LectureDuReferentiel, lire
from cyclades_tui.referentiel.lieux import Lieux
from cyclades_tui.referentiel.reglages import TABLES, Origine, onglets_justes
from cyclades_tui.referentiel.verification import faute_inconnu, fautes_des_defauts

_LETTRES = "ABCDEFGHJKLMNPRSTUVWXYZ"
_UAI = re.compile(r"[0-9]{7}[A-Z]")
_PSEUDO_UAI = re.compile(r"[0-9]{6}[A-Z]{2}")  # made up by the portal for candidates without a school (F187)
_ETRANGER = "99"  # the académie of the départements that stand for foreign countries
_SESSIONS_ANTERIEURES = {"meme_specialite", "autre_specialite"}


def inspecter(dossier: Path, parametrage: Path | None = None) -> tuple[Faute, ...]:
    """Every fault of the shipped folder and of the settings over it, each under `FILE:key`; empty if all is well."""
    try:
        lecture = lire(dossier, parametrage)
        lieux = Lieux(dossier / "lieux", dossier / "listes")
        fautes = [*lecture.fautes, *_fautes_des_lieux(lecture, lieux)]
    except ReferentielFautif as erreur:
        return erreur.fautes
    return (*fautes, *(faute for inspection in _INSPECTIONS for faute in inspection(lecture)))


def uai_juste(uai: str) -> bool:
    """Whether a UAI is seven digits and their check letter, or has the form of those that the portal makes up."""
    if _UAI.fullmatch(uai):
        return uai[7] == _LETTRES[int(uai[:7]) % len(_LETTRES)]
    return bool(_PSEUDO_UAI.fullmatch(uai))


def _blocs(lecture: LectureDuReferentiel) -> Iterator[tuple[Reglage, Origine, str]]:
    """The blocks of settings in reading order, with the file and key of each: `services/guyane.toml:reglage.1`."""
    rangs: Counter[Origine] = Counter()
    for bloc, origine in lecture.blocs:
        yield bloc, origine, f"{origine.fichier}:reglage.{rangs[origine]}"
        rangs[origine] += 1


def _codes_des_reglages(lecture: LectureDuReferentiel) -> Iterator[Faute]:
    secteurs = {diplome.secteur for diplome, _ in lecture.diplomes}
    definis: dict[str, Collection[str]] = {
        "examen": lecture.examens,
        "academie": lecture.academies,
        "secteur": secteurs,
    }
    for bloc, _, cle in _blocs(lecture):
        for nom, connus in definis.items():
            code = getattr(bloc, nom)
            if code and code not in connus:
                yield faute_inconnu(f"{cle}.{nom}", code)


def _textes_que_rien_ne_demande(lecture: LectureDuReferentiel) -> Iterator[Faute]:
    """Texts with an unknown name: nothing reads them, and the default shows instead."""
    for bloc, _, cle in _blocs(lecture):
        for entree in bloc.valeurs():
            table, _, nom = entree.partition(".")
            if table == "textes" and nom not in TABLES["textes"]:
                proches = difflib.get_close_matches(nom, TABLES["textes"], n=1)
                remede = f"Vouliez-vous dire {proches[0]} ?" if proches else "Retirez-le, ou corrigez son nom."
                yield Faute("referentiel.texte", f"{cle}.{entree}", "Aucun écran ne demande ce texte.", remede)


def _reglages_en_double(lecture: LectureDuReferentiel) -> Iterator[Faute]:
    """Keys given by two blocks of one level for the same selection: nothing tells which was meant."""
    vus: dict[tuple[bool, Selection, str], str] = {}
    for bloc, origine, cle in _blocs(lecture):
        for nom in bloc.valeurs():
            premier = vus.setdefault((origine.local, bloc.selection, nom), cle)
            if premier != cle:
                message = f"{premier} donne déjà « {nom} » pour cet examen, cette session et cette académie."
                yield Faute("referentiel.double", f"{cle}.{nom}", message, "Gardez l'un des deux.")


def _depots_impossibles(lecture: LectureDuReferentiel) -> Iterator[Faute]:
    fenetres = BlocsDeReglages(lecture.blocs).fenetres()
    for bloc, _, cle in _blocs(lecture):
        depot = bloc.fenetre("depot")
        fenetre = fenetres.get((bloc.examen, bloc.session, bloc.academie))
        if depot is None or fenetre is None or fenetre.ouverture is None:
            continue
        if depot.fermeture <= fenetre.ouverture:
            message = "Le dépôt des pièces finit avant l'ouverture des inscriptions."
            yield Faute("referentiel.ordre", f"{cle}.depot", message, "Corrigez l'une des deux fenêtres.")


def _valeurs_absentes(lecture: LectureDuReferentiel) -> Iterator[Faute]:
    """Settings that must have a value everywhere and have no default."""
    yield from fautes_des_defauts(BlocsDeReglages(lecture.blocs).retenues("", "", ""))


def _sources_absentes(lecture: LectureDuReferentiel) -> Iterator[Faute]:
    for code, examen in lecture.examens.items():
        sources = {"source": examen.source, "benefice.source": examen.benefice.source}
        sources |= {f"categorie.{rang}.source": c.source for rang, c in enumerate(examen.categorie)}
        for cle, source in sources.items():
            if not source.strip():
                champ = f"{lecture.fichiers['examens', code]}:{cle}"
                yield Faute("referentiel.source", champ, "La source est vide.", "Dites d'où vient ce fait.")


def _onglets_sans_ecran(lecture: LectureDuReferentiel) -> Iterator[Faute]:
    for code, examen in lecture.examens.items():
        try:
            onglets_justes(examen.onglets)
        except ValueError as erreur:
            champ = f"{lecture.fichiers['examens', code]}:onglets"
            yield Faute("referentiel.onglets", champ, f"{erreur}.", "Corrigez la liste des onglets.")


def _matieres_sans_diplome(lecture: LectureDuReferentiel) -> Iterator[Faute]:
    presentes = {epreuve.matiere for diplome, _ in lecture.diplomes for epreuve in diplome.epreuve}
    for code in lecture.matieres:
        if code not in presentes:
            champ = f"{lecture.fichiers['matieres', code]}:{code}"
            message = "Aucune épreuve d'aucun diplôme n'est de cette matière."
            yield Faute("referentiel.matiere", champ, message, "Retirez-la, ou donnez-la à une épreuve.")


def _dispenses_sans_objet(lecture: LectureDuReferentiel) -> Iterator[Faute]:
    """Dispenses for an exam that does not exist, and former sessions declared where no note is kept."""
    for code, dispenses in lecture.dispenses.items():
        fichier = lecture.fichiers["dispenses", code]
        if code not in lecture.examens:
            yield faute_inconnu(f"{fichier}:examen", code)
            continue
        if lecture.examens[code].benefice.annees:
            continue
        for declaration in dispenses.declaration:
            if declaration.id in _SESSIONS_ANTERIEURES:
                message = "Une session antérieure s'y déclare, mais l'examen ne garde aucune note."
                remede = "Donnez le `benefice` de l'examen, ou retirez cette déclaration."
                yield Faute("referentiel.benefice", f"{fichier}:declaration.{declaration.id}", message, remede)


def _etablissements(lecture: LectureDuReferentiel) -> Iterator[Faute]:
    for identifiant, etablissement in lecture.etablissements.items():
        champ = f"{lecture.fichiers['etablissements', identifiant]}:{identifiant}"
        if etablissement.uai and not uai_juste(etablissement.uai):
            message = f"« {etablissement.uai} » n'est pas un UAI : sept chiffres et leur lettre de contrôle."
            yield Faute("referentiel.uai", f"{champ}.uai", message, "Relisez-le, ou laissez cette colonne vide.")
        for code in etablissement.academies:
            if code != "*" and code not in lecture.academies:
                yield faute_inconnu(f"{champ}.academies", code)


def _fautes_des_lieux(lecture: LectureDuReferentiel, lieux: Lieux) -> Iterator[Faute]:
    """Départements and académies that do not name each other, and lists of places that cannot be read."""
    departements = {departement.code: departement for departement in lieux.departements()}
    for lu in (lieux.pays, lieux.langues, lieux.csp):
        lu()
    for code, academie in lecture.academies.items():
        for sien in academie.departements:
            if sien not in departements:
                yield faute_inconnu(f"{lecture.fichiers['academies', code]}:{code}.departements", sien)
    for departement in departements.values():
        if departement.academie != _ETRANGER and departement.academie not in lecture.academies:
            yield faute_inconnu(f"listes/departements.csv:{departement.code}.academie", departement.academie)


_INSPECTIONS: Iterable[Callable[[LectureDuReferentiel], Iterator[Faute]]] = (
    _codes_des_reglages,
    _textes_que_rien_ne_demande,
    _reglages_en_double,
    _depots_impossibles,
    _valeurs_absentes,
    _sources_absentes,
    _onglets_sans_ecran,
    _matieres_sans_diplome,
    _dispenses_sans_objet,
    _etablissements,
)

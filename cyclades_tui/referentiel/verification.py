"""Checks between files: the codes used are defined, trees are trees, matières exist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import get_args

from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.referentiel.pieces import Piece
from cyclades_tui.referentiel.reglages import SANS_DEFAUT, TOUTES_LES_CLES, Origine
from cyclades_tui.referentiel.schema import (
    Diplome,
    Dispenses,
    Epreuve,
    Examen,
    GroupeCategorie,
    Matiere,
    Population,
    Titre,
)

_REMEDE_CODE = "Corrigez le code, ou définissez-le."


def fautes_de_coherence(
    examens: Mapping[str, Examen],
    diplomes: Collection[tuple[Diplome, Origine]],
    dispenses: Mapping[str, Dispenses],
    matieres: Mapping[str, Matiere],
    fichiers: Mapping[str, str],
) -> list[Faute]:
    """Every contradiction between files, under `FILE:key`; `fichiers` gives the file of each exam's dispenses."""
    fautes: list[Faute] = []
    justes: list[tuple[Diplome, Origine]] = []
    for diplome, origine in diplomes:
        siennes = _fautes_des_epreuves(diplome, matieres, origine.fichier)
        if diplome.examen not in examens:
            siennes.append(faute_inconnu(f"{origine.fichier}:examen", diplome.examen))
        fautes += siennes
        if not siennes:
            justes.append((diplome, origine))
    fautes += _fautes_des_plages(justes)  # a wrong file must not take sessions from a sound one
    for code, regles in dispenses.items():
        fichier = fichiers[code]
        donnant: tuple[Titre | Population, ...] = (*regles.titre, *regles.population)
        for regle in donnant:
            fautes += _matieres_inconnues(f"{regle.id}.matieres", regle.matieres, matieres, fichier)
        for titre in regles.titre:
            fautes += _matieres_inconnues(f"{titre.id}.avec", titre.avec, matieres, fichier)
    return fautes


def fautes_des_pieces(
    pieces: Iterable[tuple[Piece, str]],
    examens: Collection[str],
    academies: Collection[str],
    specialites: Collection[str],
) -> list[Faute]:
    """The codes that pieces name and nothing defines; each piece comes with its file."""
    return [
        faute_inconnu(f"{fichier}:{piece.id}.{cle}", code)
        for piece, fichier in pieces
        for cle, connus in (("examens", examens), ("academies", academies), ("specialites", specialites))
        for code in getattr(piece, cle)
        if code not in connus
    ]


def fautes_des_defauts(partout: Collection[str]) -> list[Faute]:
    """The settings that need a value everywhere and that `partout`, the keys given for all places, lacks."""
    message = "Cette valeur par défaut manque."
    remede = "Donnez-la dans un [[reglage]] sans examen, session ni académie."
    return [
        Faute("referentiel.absent", f"reglages.toml:{cle}", message, remede)
        for cle in TOUTES_LES_CLES
        if cle not in partout and cle not in SANS_DEFAUT
    ]


def _fautes_des_plages(diplomes: Iterable[tuple[Diplome, Origine]]) -> list[Faute]:
    """The files whose spécialité and sessions an earlier file of their level (shipped or local) already describes."""
    fautes: list[Faute] = []
    retenus: dict[tuple[str, str, bool], list[tuple[Diplome, str]]] = {}
    for diplome, origine in diplomes:
        voisins = retenus.setdefault((diplome.examen, diplome.code, origine.local), [])
        for voisin, fichier in voisins:
            debut = max(diplome.sessions[0], voisin.sessions[0])
            if debut <= min(diplome.sessions[1], voisin.sessions[1]):
                message = f"{fichier} décrit déjà {diplome.examen} {diplome.code} à la session {debut}."
                remede = "Séparez les plages `sessions` des deux fichiers."
                fautes.append(Faute("referentiel.double", f"{origine.fichier}:sessions", message, remede))
                break
        else:
            voisins.append((diplome, origine.fichier))
    return fautes


def _matieres_inconnues(cle: str, codes: Iterable[str], matieres: Mapping[str, Matiere], fichier: str) -> list[Faute]:
    return [faute_inconnu(f"{fichier}:{cle}", code) for code in codes if code not in matieres]


def _fautes_des_epreuves(diplome: Diplome, matieres: Mapping[str, Matiere], fichier: str) -> list[Faute]:
    codes = {epreuve.code for epreuve in diplome.epreuve}
    fautes: list[Faute] = []
    for epreuve in diplome.epreuve:
        cle = f"{fichier}:epreuve.{epreuve.code}"
        if epreuve.parent and epreuve.parent not in codes:
            fautes.append(faute_inconnu(f"{cle}.parent", epreuve.parent))
        if epreuve.different_de and epreuve.different_de not in codes:
            fautes.append(faute_inconnu(f"{cle}.different_de", epreuve.different_de))
        if epreuve.unite and epreuve.matiere not in matieres:
            fautes.append(faute_inconnu(f"{cle}.matiere", epreuve.matiere))
    return fautes or _fautes_des_arbres(diplome, fichier)


def _fautes_des_arbres(diplome: Diplome, fichier: str) -> list[Faute]:
    """The first fault in a diploma's trees, over the years where the tree changes and the groups of categories."""
    for annee in diplome.changements():
        for groupe in get_args(GroupeCategorie):
            arbre = diplome.arbre(annee, groupe)
            if message := _defaut(arbre):
                lieu = f"à la session {annee}, groupe {groupe}"
                return [
                    Faute(
                        "referentiel.arbre",
                        f"{fichier}:epreuve",
                        f"{message} {lieu}.",
                        "Corrigez `code`, `parent`, `different_de`, `sessions` ou `groupes`.",
                    )
                ]
    return []


def _defaut(arbre: tuple[Epreuve, ...]) -> str:
    """Why nodes do not make a tree: a code twice, an absent parent, a node under itself; empty if they do."""
    parents = {epreuve.code: epreuve.parent for epreuve in arbre}
    doubles = [code for code, n in Counter(epreuve.code for epreuve in arbre).items() if n > 1]
    if doubles:
        return f"L'épreuve {doubles[0]} existe deux fois"
    for code, parent in parents.items():
        if parent and parent not in parents:
            return f"L'épreuve {parent}, où se range {code}, n'existe pas"
    for epreuve in arbre:
        if epreuve.different_de and epreuve.different_de not in parents:
            return f"L'épreuve {epreuve.different_de}, dont {epreuve.code} doit différer, n'existe pas"
    en_boucle = [code for code in parents if _ne_finit_pas(code, parents)]
    return f"L'épreuve {en_boucle[0]} se range sous elle-même" if en_boucle else ""


def _ne_finit_pas(code: str, parents: Mapping[str, str]) -> bool:
    """Whether climbing from a node to the root takes more steps than there are nodes."""
    for _ in parents:
        if not code:
            return False
        code = parents.get(code, "")
    return bool(code)


def faute_inconnu(champ: str, code: str) -> Faute:
    """The fault for a code that nothing defines; `champ` is `FILE:key`."""
    return Faute("referentiel.inconnu", champ, f"« {code} » n'est défini nulle part.", _REMEDE_CODE)

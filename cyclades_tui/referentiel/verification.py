"""What must agree between files: codes used are defined, trees are trees, matières exist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.referentiel.schema import Diplome, Dispenses, Examen, Matiere, Population, Titre

_REMEDE_CODE = "Corrigez le code, ou définissez-le."


def fautes_de_coherence(
    examens: Mapping[str, Examen],
    diplomes: Iterable[Diplome],
    dispenses: Mapping[str, Dispenses],
    matieres: Mapping[str, Matiere],
    fichiers: Mapping[str, str],
) -> list[Faute]:
    """Every disagreement, named by file and key; `fichiers` tells which file holds an object."""
    fautes: list[Faute] = []
    for diplome in diplomes:
        fichier = fichiers[f"diplome:{diplome.code}:{diplome.sessions[0]}"]
        if diplome.examen not in examens:
            fautes.append(_inconnu(fichier, "examen", diplome.examen))
        if diplome.examen not in dispenses:
            fautes.append(_inconnu(fichier, "dispenses de l'examen", diplome.examen))
        fautes += _fautes_des_epreuves(diplome, matieres, fichier)
    for code, regles in dispenses.items():
        fichier = fichiers[f"dispenses:{code}"]
        donnant: tuple[Titre | Population, ...] = (*regles.titre, *regles.population)
        for regle in donnant:
            fautes += [
                _inconnu(fichier, f"{regle.id}.matieres", matiere)
                for matiere in regle.matieres
                if matiere not in matieres
            ]
    return fautes


def _fautes_des_epreuves(diplome: Diplome, matieres: Mapping[str, Matiere], fichier: str) -> list[Faute]:
    codes = {epreuve.code for epreuve in diplome.epreuve}
    fautes: list[Faute] = []
    for epreuve in diplome.epreuve:
        cle = f"epreuve.{epreuve.code}"
        if epreuve.parent and epreuve.parent not in codes:
            fautes.append(_inconnu(fichier, f"{cle}.parent", epreuve.parent))
        if epreuve.different_de and epreuve.different_de not in codes:
            fautes.append(_inconnu(fichier, f"{cle}.different_de", epreuve.different_de))
        if epreuve.unite and epreuve.matiere not in matieres:
            fautes.append(_inconnu(fichier, f"{cle}.matiere", epreuve.matiere))
    annees = range(diplome.sessions[0], min(diplome.sessions[1], diplome.sessions[0] + 60) + 1)
    for annee in annees:
        doubles = [
            code
            for code, n in Counter(e.code for e in diplome.epreuve if e.concerne(annee, "scolaire")).items()
            if n > 1
        ]
        if doubles:
            message = f"Les épreuves {', '.join(doubles)} existent deux fois à la session {annee}."
            fautes.append(Faute("referentiel.double", f"{fichier}:epreuve", message, "Séparez leurs `sessions`."))
            break
    return fautes


def _inconnu(fichier: str, cle: str, code: str) -> Faute:
    return Faute("referentiel.inconnu", f"{fichier}:{cle}", f"« {code} » n'est défini nulle part.", _REMEDE_CODE)

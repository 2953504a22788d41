"""Every state, acte, acteur and window, compared with a table by hand from the guides (F366, F415-F425, C23, C26)."""

from __future__ import annotations

import pytest

from cyclades_tui.domaine.acteur import NatureActeur
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute
from cyclades_tui.domaine.temps import EtatFenetre
from cyclades_tui.regles.etats import Acte, EtatCandidature, nommer, passer

FENETRES = (EtatFenetre.PAS_OUVERTE, EtatFenetre.OUVERTE, EtatFenetre.FERMEE)
ACTEURS = (NatureActeur.CANDIDAT, NatureActeur.AGENT, NatureActeur.SYSTEME)

ETATS = {
    "C": EtatCandidature.A_COMPLETER,
    "I": EtatCandidature.INSCRIT,
    "D": EtatCandidature.DESINSCRIT_PAR_LE_CANDIDAT,
    "G": EtatCandidature.DESINSCRIT_PAR_LE_GESTIONNAIRE,
    "E": EtatCandidature.ECARTEE,
    "S": EtatCandidature.SUPPRIMEE,
}
REFUS = {"t": "etat.transition", "a": "etat.acteur", "p": "hors.fenetre", "f": "hors.fenetre"}
HORS_FENETRE = Faute("hors.fenetre", "service", "Le service est fermé.", "Revenez quand il ouvre.")

# A line is a state (`-` is none yet) and an acte; a group an acteur (candidat, agent, système), a letter in it a window
# (before, during, after): a capital is the state reached, a small letter the refusal. Nothing leaves D, G, E and S
# (F421); saving waits for the window whoever saves (C26); a pupil's pre-registration is not his to withdraw (F424); the
# service withdraws, sets aside and deletes at any time (F443, F444).
TABLE = """
- préinscrire aaa CCC CCC
- inscrire    pIf pIf pIf
- modifier    ttt ttt ttt
- désinscrire ttt ttt ttt
- écarter     ttt ttt ttt
- supprimer   ttt ttt ttt
C préinscrire ttt ttt ttt
C inscrire    ttt ttt ttt
C modifier    pIf pIf pIf
C désinscrire aaa GGG GGG
C écarter     aaa EEE EEE
C supprimer   aaa SSS SSS
I préinscrire ttt ttt ttt
I inscrire    ttt ttt ttt
I modifier    pIf pIf pIf
I désinscrire pDf GGG GGG
I écarter     aaa EEE EEE
I supprimer   aaa SSS SSS
D préinscrire ttt ttt ttt
D inscrire    ttt ttt ttt
D modifier    ttt ttt ttt
D désinscrire ttt ttt ttt
D écarter     ttt ttt ttt
D supprimer   ttt ttt ttt
G préinscrire ttt ttt ttt
G inscrire    ttt ttt ttt
G modifier    ttt ttt ttt
G désinscrire ttt ttt ttt
G écarter     ttt ttt ttt
G supprimer   ttt ttt ttt
E préinscrire ttt ttt ttt
E inscrire    ttt ttt ttt
E modifier    ttt ttt ttt
E désinscrire ttt ttt ttt
E écarter     ttt ttt ttt
E supprimer   ttt ttt ttt
S préinscrire ttt ttt ttt
S inscrire    ttt ttt ttt
S modifier    ttt ttt ttt
S désinscrire ttt ttt ttt
S écarter     ttt ttt ttt
S supprimer   ttt ttt ttt
"""

CAS = [
    (ETATS.get(etat), Acte(acte), acteur, fenetre, lettre)
    for etat, acte, *groupes in (ligne.split() for ligne in TABLE.split("\n") if ligne)
    for acteur, groupe in zip(ACTEURS, groupes, strict=True)
    for fenetre, lettre in zip(FENETRES, groupe, strict=True)
]


def test_the_table_leaves_no_case_out() -> None:
    assert len({cas[:4] for cas in CAS}) == len(CAS) == (1 + len(EtatCandidature)) * len(Acte) * len(NatureActeur) * 3


@pytest.mark.parametrize(("etat", "acte", "acteur", "fenetre", "lettre"), CAS)
def test_each_acte_leads_where_the_table_says(
    etat: EtatCandidature | None, acte: Acte, acteur: NatureActeur, fenetre: EtatFenetre, lettre: str
) -> None:
    if lettre in ETATS:
        assert passer(etat, acte, acteur, fenetre, HORS_FENETRE) is ETATS[lettre]
        return
    with pytest.raises(ActeRefuse) as refus:
        passer(etat, acte, acteur, fenetre, HORS_FENETRE)
    (faute,) = refus.value.fautes
    assert faute.code == REFUS[lettre]
    assert faute.message
    assert faute.remede


def test_only_a_candidature_to_complete_or_registered_is_active() -> None:
    assert {etat for etat in EtatCandidature if etat.active} == {EtatCandidature.A_COMPLETER, EtatCandidature.INSCRIT}


def test_an_office_may_call_it_a_preinscription() -> None:
    dits = {etat: nommer(etat, preinscription=True) for etat in EtatCandidature}
    assert dits[EtatCandidature.INSCRIT] == "Pré-inscription"
    assert all(dit == etat.value for etat, dit in dits.items() if etat is not EtatCandidature.INSCRIT)
    assert nommer(EtatCandidature.INSCRIT, preinscription=False) == "Inscrit"

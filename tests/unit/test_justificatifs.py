"""Every status, situation, acte, acteur and window of a justificatif, compared with a table by hand (F399-F404)."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest

from cyclades_tui.domaine.acteur import NatureActeur
from cyclades_tui.domaine.erreurs import ActeRefuse
from cyclades_tui.domaine.statuts import ActePiece, Statut
from cyclades_tui.regles.justificatifs import EtatPiece, Geste, bloque, passer

INSTANT, LIMITE = "2024-02-01T09:00:00.000000Z", "2024-03-01T09:00:00.000000Z"
ACTEURS = (NatureActeur.CANDIDAT, NatureActeur.AGENT, NatureActeur.SYSTEME)
SITUATIONS = {
    "vide": EtatPiece(Statut.AUCUN, en_ligne=True),
    "déposée": EtatPiece(Statut.AUCUN, en_ligne=True, depot=1),
    "validée": EtatPiece(Statut.AUCUN, en_ligne=True, depot=1, valide_le="v", a_controler=True, attend_depuis="v"),
    "postale": EtatPiece(Statut.AUCUN, en_ligne=False),
    "sans-objet": EtatPiece(Statut.AUCUN, en_ligne=True, depot=1, sans_objet=True),
}
REFUS = {
    "s": "sans_objet",
    "a": "acteur",
    "m": "mode",
    "v": "verrou",
    "f": "fenetre",
    "e": "vide",
    "p": "pas_validee",
}
_RENDUE: dict[str, Any] = {
    "depot": None,
    "valide_le": None,
    "recue_le": None,
    "a_controler": False,
    "attend_depuis": "",
}
_GARDE = {cle: valeur for cle, valeur in _RENDUE.items() if cle != "depot"}
# What an acte changes, by its letter; the status stays if none is named.
SUITES: dict[str, dict[str, Any]] = {
    "D": {"depot": 2},
    "R": {"depot": None},
    "V": {
        "statut": Statut.AUCUN,
        "valide_le": INSTANT,
        "limite": None,
        "commentaire": "",
        "a_controler": True,
        "attend_depuis": INSTANT,
    },
    "U": {"statut": Statut.RECUE, "recue_le": "2024-01-31", "limite": None, "commentaire": "", "a_controler": True},
    "C": {"statut": Statut.CONFORME, "commentaire": "dit", "limite": None, "a_controler": False, "attend_depuis": ""},
    "N": {"statut": Statut.NON_CONFORME, "commentaire": "dit", "limite": None, **_RENDUE},
    "P": {"statut": Statut.NOUVELLE_PJ, "commentaire": "dit", "limite": LIMITE, **_RENDUE},
    "B": {"statut": Statut.NOUVELLE_PJ, "commentaire": "dit", "limite": LIMITE, **_GARDE},
    "O": {"statut": Statut.AUCUN, "commentaire": "dit", "limite": LIMITE, **_GARDE},
    "Q": {"statut": Statut.EN_ATTENTE, "commentaire": "dit", "limite": LIMITE, **_GARDE},
}

# A group of letters an acteur (candidat, agent, système), a letter in it a window (open, closed): a capital is what
# follows, a small letter the refusal. An agent at the desk deposits in the same bounds; what the office
# judges waits for the candidate's validation online (F440), for nothing by post; it may give time before (C21).
TABLE = """
vide       deposer    Df Df Df
vide       retirer    ef ef ef
vide       valider    ef ef ef
vide       recevoir   aa pp pp
vide       accepter   aa pp pp
vide       refuser    aa pp pp
vide       redemander aa BB BB
vide       reouvrir   aa OO OO
déposée    deposer    Df Df Df
déposée    retirer    Rf Rf Rf
déposée    valider    Vf Vf Vf
déposée    recevoir   aa pp pp
déposée    accepter   aa pp pp
déposée    refuser    aa pp pp
déposée    redemander aa BB BB
déposée    reouvrir   aa OO OO
validée    deposer    vv vv vv
validée    retirer    vv vv vv
validée    valider    vv vv vv
validée    recevoir   aa UU UU
validée    accepter   aa CC CC
validée    refuser    aa NN NN
validée    redemander aa PP PP
validée    reouvrir   aa OO OO
postale    deposer    mm mm mm
postale    retirer    mm mm mm
postale    valider    mm mm mm
postale    recevoir   aa UU UU
postale    accepter   aa CC CC
postale    refuser    aa NN NN
postale    redemander aa PP PP
postale    reouvrir   aa QQ QQ
sans-objet deposer    ss ss ss
sans-objet retirer    ss ss ss
sans-objet valider    ss ss ss
sans-objet recevoir   ss ss ss
sans-objet accepter   ss ss ss
sans-objet refuser    ss ss ss
sans-objet redemander ss ss ss
sans-objet reouvrir   ss ss ss
"""


def lire() -> dict[tuple[str, ActePiece, NatureActeur, bool], str]:
    table = {}
    for ligne in TABLE.split("\n")[1:-1]:
        situation, acte, *groupes = ligne.split()
        for acteur, groupe in zip(ACTEURS, groupes, strict=True):
            for ouvert, lettre in zip((True, False), groupe, strict=True):
                table[situation, ActePiece[acte.upper()], acteur, ouvert] = lettre
    return table


def test_the_table_is_closed() -> None:
    assert lire().keys() == set(itertools.product(SITUATIONS, ActePiece, ACTEURS, (True, False)))
    assert set(lire().values()) == REFUS.keys() | SUITES.keys()


@pytest.mark.parametrize("valide", [Statut.AUCUN, Statut.EN_ATTENTE])
@pytest.mark.parametrize("statut", Statut)
def test_every_transition_is_that_of_the_table(statut: Statut, valide: Statut) -> None:
    """Whether an acte is possible depends on the file, the lock and the mode, never on the status.

    `valide` is the status that the office chose for validated pieces (C20), given by a validation only.
    """
    for (situation, acte, acteur, ouvert), lettre in lire().items():
        avant = replace(SITUATIONS[situation], statut=statut)
        geste = Geste(acte, INSTANT, 2, commentaire="dit", limite=LIMITE, recue_le="2024-01-31", statut=valide)
        if lettre in REFUS:
            with pytest.raises(ActeRefuse) as refus:
                passer(avant, geste, acteur, ouvert=ouvert)
            assert refus.value.fautes[0].code == f"justificatif.{REFUS[lettre]}"
            continue
        suite = SUITES[lettre]
        if lettre == "U":
            suite = suite | {"attend_depuis": avant.attend_depuis or INSTANT}
        if lettre == "V":
            suite = suite | {"statut": valide}
        assert passer(avant, geste, acteur, ouvert=ouvert) == replace(avant, **suite), (situation, acte, acteur)


@pytest.mark.parametrize("situation", ["vide", "déposée", "validée"])
def test_a_piece_is_reopened_in_its_window_or_until_a_day_to_come(situation: str) -> None:
    sans_limite = Geste(ActePiece.REOUVRIR, INSTANT)
    avant = SITUATIONS[situation]
    assert not passer(avant, sans_limite, NatureActeur.AGENT, ouvert=True).verrouillee
    for geste in (sans_limite, replace(sans_limite, limite=INSTANT)):
        with pytest.raises(ActeRefuse) as refus:
            passer(avant, geste, NatureActeur.AGENT, ouvert=False)
        assert refus.value.fautes[0].code == "justificatif.limite"


@pytest.mark.parametrize("limite", [None, INSTANT, "2024-01-01T00:00:00.000000Z"])
def test_a_new_file_is_asked_before_a_day_to_come(limite: str | None) -> None:
    geste = Geste(ActePiece.REDEMANDER, INSTANT, limite=limite)
    with pytest.raises(ActeRefuse) as refus:
        passer(SITUATIONS["validée"], geste, NatureActeur.AGENT, ouvert=True)
    assert refus.value.fautes[0].code == "justificatif.limite"


@pytest.mark.parametrize("obligatoire", [True, False])
@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("statut", Statut)
def test_what_keeps_a_dossier_incomplete(statut: Statut, situation: str, obligatoire: bool) -> None:
    """A piece that is Conforme or no longer asked never does; an optional piece does once it was begun."""
    etat = replace(SITUATIONS[situation], statut=statut)
    if etat.sans_objet or statut is Statut.CONFORME:
        attendu = False
    elif obligatoire or etat.depot is not None:
        attendu = True
    else:
        attendu = statut is not Statut.AUCUN
    assert bool(bloque(etat, obligatoire=obligatoire)) is attendu
    if attendu and statut.rendu and etat.depot is None:
        assert bloque(etat, obligatoire=obligatoire) in ("non conforme", "en attente d'une nouvelle PJ")

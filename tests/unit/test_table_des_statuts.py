"""Every status of a justificatif wherever statuses are shown, then the same with an additional status (F399-F404)."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.binding import Binding

from cyclades_tui.actes.pieces.attentes import Filtre, PieceEnAttente
from cyclades_tui.actes.pieces.controle import DECISIONS, Decision
from cyclades_tui.actes.pieces.justificatifs import JustificatifVu
from cyclades_tui.cli.commandes.controle import MotDeDecision
from cyclades_tui.domaine import statuts
from cyclades_tui.domaine.acteur import NatureActeur
from cyclades_tui.domaine.statuts import DECOMPTES, FICHES, INITIAUX, JUGEMENTS, Phase, Statut, statut_de_libelle
from cyclades_tui.regles.justificatifs import EtatPiece, Geste, bloque, passer
from cyclades_tui.screens.candidature.rangs_de_pieces import dire_le_statut
from cyclades_tui.screens.guichet.controle.attente import AttenteEnCours
from cyclades_tui.screens.guichet.controle.ecran import EcranControle
from cyclades_tui.screens.guichet.controle.filtres import STATUTS
from cyclades_tui.screens.guichet.dossier.contenu import etat_de_la_piece
from cyclades_tui.widgets.liste_en_attente import ListeEnAttente
from cyclades_tui.widgets.touches import equivalentes

INSTANT, LIMITE = "2024-02-01T09:00:00.000000Z", "2024-03-01T09:00:00.000000Z"
DITS = [statut for statut in Statut if statut is not Statut.AUCUN]


def piece_sous(statut: Statut) -> JustificatifVu:
    """A piece by post on which the candidate has done nothing that would be shown in place of the status."""
    return JustificatifVu(
        id=1,
        revision=1,
        piece="jdc",
        code="",
        libelle="JDC",
        aide="",
        mode="voie postale",
        obligatoire=True,
        statut=statut,
        commentaire="",
        limite=None,
        recue_le=None,
        depot=None,
        precedent=None,
        valide_le=None,
        ouvert=False,
        bloque="",
    )


def liens() -> dict[str, Binding]:
    """The keys of the control screen."""
    tous = (lien for classe in EcranControle.__mro__ for lien in vars(classe).get("BINDINGS", ()))
    return {touche: lien for lien in tous if isinstance(lien, Binding) for touche in lien.key.split(",")}


def test_the_table_is_whole() -> None:
    assert list(FICHES) == list(Statut)
    assert len({fiche.libelle for fiche in FICHES.values()}) == len(Statut)
    assert len({jugement.acte for jugement in JUGEMENTS.values()}) == len(JUGEMENTS)
    assert all(statut_de_libelle(statut.libelle) is statut for statut in Statut)
    with pytest.raises(ValueError, match="Perdue"):
        statut_de_libelle("Perdue")


@pytest.mark.parametrize("statut", DITS)
def test_each_side_sees_its_sign_and_the_label(statut: Statut) -> None:
    fiche = FICHES[statut]
    assert dire_le_statut(piece_sous(statut)) == (f"{fiche.candidat.signe} {fiche.libelle}", fiche.candidat.couleur)
    assert etat_de_la_piece(piece_sous(statut)) == (fiche.agent.signe, fiche.libelle, fiche.agent.couleur)


@pytest.mark.parametrize("statut", Statut)
def test_the_phase_says_what_keeps_a_dossier_open_and_what_waits_in_a_queue(statut: Statut) -> None:
    dit = bloque(EtatPiece(statut, en_ligne=False), obligatoire=True)
    assert (dit == "") is (statut.phase is Phase.FAITE)
    assert (dit == statut.en_phrase != "") is (statut.phase is Phase.RENDUE)
    assert (statut in STATUTS.values()) is (statut.phase is Phase.A_JUGER)
    assert (statut in INITIAUX) is (statut.phase is Phase.A_JUGER and statut not in JUGEMENTS)


@pytest.mark.parametrize("statut", JUGEMENTS)
def test_an_agent_gives_it_by_its_acte_its_key_and_its_word(statut: Statut) -> None:
    jugement = JUGEMENTS[statut]
    geste = Geste(jugement.acte, INSTANT, limite=LIMITE, recue_le="2024-01-31")
    assert passer(EtatPiece(Statut.AUCUN, en_ligne=False), geste, NatureActeur.AGENT, ouvert=True).statut is statut
    assert jugement.acte in DECISIONS
    assert liens()[jugement.touche].action == f"juger('{jugement.acte.name}')"
    assert jugement.touche in equivalentes(jugement.touche.upper())  # with Caps Lock
    assert f"{jugement.touche.upper()} {jugement.aide}" in EcranControle.AIDE
    assert MotDeDecision[statut.name].acte is jugement.acte
    assert re.fullmatch("[a-z-]+", MotDeDecision[statut.name])


@pytest.mark.parametrize("statut", JUGEMENTS)
def test_what_was_decided_shows_in_the_queue_and_in_its_count(statut: Statut) -> None:
    textes: dict[str, Any] = dict.fromkeys(
        ("prenoms", "examen", "session", "academie", "mode", "piece", "libelle"), "essai"
    )
    qui: dict[str, Any] = {"numero_candidat": "02399000000", "nom": "ROY", "numero_inscription": 1, "affecte_a": ""}
    attend: dict[str, Any] = {"statut": Statut.AUCUN, "attend_depuis": datetime(2023, 12, 4, tzinfo=UTC)}
    attente = AttenteEnCours(Filtre(), "essai")
    attente.recevoir([PieceEnAttente(id=1, revision=1, sigle="JDC", **textes, **qui, **attend)])
    attente.a_faire = 1
    fait = attente.noter(Decision(JUGEMENTS[statut].acte))
    assert fait is not None
    assert fait.nommee == f"{statut.libelle} : ROY, jdc"
    rangee, vu = attente.rangees[0], FICHES[statut].agent
    assert (rangee.signe, rangee.genre) == (vu.signe, vu.couleur)
    assert f"file--{vu.couleur}" in ListeEnAttente.COMPONENT_CLASSES
    attente.avancer()
    assert attente.bilan == f"File terminée : 1 pièce, {DECOMPTES[statut].dire(1)}."
    assert attente.a_faire == (statut.phase is Phase.A_JUGER)


# All that must be written for a new status: its acte, its code, its line in the table; then its transition.
ACTE = '    AJOURNER = "ajourner"\n'
CODE = '    AJOURNEE = "ajournee"\n'
FICHE = """    Statut.AJOURNEE: FicheDeStatut(
        "Ajournée",
        Phase.FAITE,
        candidat=Apparence("~", "discret"),
        agent=Apparence("~", "discret"),
        jugement=Jugement(ActePiece.AJOURNER, "j", "ajourne", Decompte("ajournée", "ajournées", "info")),
    ),
"""
TRANSITION = "lambda etat, _: replace(etat, statut=statuts.Statut.AJOURNEE)"
LANCER = f"""
import sys
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location

import pytest

ici, chemin = sys.argv[1:]
spec = spec_from_file_location("cyclades_tui.domaine.statuts", chemin)
sys.modules[spec.name] = statuts = module_from_spec(spec)
spec.loader.exec_module(statuts)
from cyclades_tui.regles import justificatifs

justificatifs._GESTES[statuts.ActePiece.AJOURNER] = {TRANSITION}
sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:xdist", ici, "-k", "not one_more"]))
"""


def test_one_more_needs_its_lines_of_the_table_and_its_transition_alone(tmp_path: Path) -> None:
    """All other tests of this module pass with it, and those parametrized by the table run once more."""
    assert statuts.__file__ is not None
    texte = Path(statuts.__file__).read_text(encoding="utf-8")
    for repere, ajout in (
        ('    REOUVRIR = "rouvrir"\n', ACTE),
        (f'    RECUE = "{Statut.RECUE.value}"\n', CODE),
        ("    Statut.RECUE: FicheDeStatut(\n", FICHE),
    ):
        assert texte.count(repere) == 1
        texte = texte.replace(repere, ajout + repere)
    chemin = tmp_path / "statuts.py"
    chemin.write_text(texte, encoding="utf-8")
    fini = subprocess.run(
        [sys.executable, "-c", LANCER, __file__, str(chemin)], capture_output=True, text=True, timeout=240, check=False
    )
    assert fini.returncode == 0, fini.stdout + fini.stderr
    combien = 1 + len(DITS) + 1 + len(Statut) + 1 + 2 * (len(JUGEMENTS) + 1)
    assert f"{combien} passed" in fini.stdout

"""One damaged row closes nothing: what reads it sets it aside, and all else works."""

from __future__ import annotations

import pytest
from outils.guichet import agent_connecte
from outils.store import brut, sans_garde

from cyclades_tui.actes.bureau import tableau
from cyclades_tui.actes.reglages import entretien
from cyclades_tui.poste import Poste


@pytest.mark.parametrize("detail", ["'{abc'", "CAST(x'ff00' AS TEXT)", "'[]'", "'{\"acteur\":3}'"])
@pytest.mark.parametrize("combien", ["seq = 5", "seq > 0"])
def test_a_damaged_detail_of_the_journal_closes_nobody_s_home(poste_guichet: Poste, detail: str, combien: str) -> None:
    with brut(poste_guichet.store) as connexion:
        sans_garde(connexion, f"UPDATE journal_detail SET valeurs = {detail} WHERE {combien}")
    lu = tableau.lire(agent_connecte(poste_guichet))
    assert lu.dossiers > 0
    assert bool(lu.reprendre) is (combien == "seq = 5")
    assert any("« journal_detail »" in faute.message for faute in entretien.verifier(poste_guichet).fautes)


@pytest.mark.parametrize("filtre", ["{abc", "[]", '{"statut":"zz"}', '{"statut":null,"autre":1}'])
def test_a_damaged_filter_is_set_aside(poste_guichet: Poste, filtre: str) -> None:
    with brut(poste_guichet.store) as connexion:
        sans_garde(connexion, f"INSERT INTO filtre_garde SELECT id, 'a', '{filtre}', '2023' FROM agent")
    assert tableau.lire(agent_connecte(poste_guichet)).gardees == ()
    assert any("« filtre_garde »" in faute.message for faute in entretien.verifier(poste_guichet).fautes)


@pytest.mark.parametrize(
    "ordre",
    [
        "UPDATE version SET contenu = '{abc' WHERE candidature_id = 1",
        "UPDATE candidature SET etat = 'Autre' WHERE id = 1",
        "UPDATE candidat SET naissance = 'hier' WHERE nom = 'NGMB-DUPONT'",
    ],
)
def test_a_damaged_dossier_closes_nobody_s_home(poste_guichet: Poste, ordre: str) -> None:
    lui = agent_connecte(poste_guichet)
    avant = [dossier.nom for dossier in tableau.lire(lui).reprendre]
    assert "NGMB-DUPONT" in avant
    with brut(poste_guichet.store) as connexion:
        sans_garde(connexion, ordre)
    assert [dossier.nom for dossier in tableau.lire(lui).reprendre] == [nom for nom in avant if nom != "NGMB-DUPONT"]
    assert any(", dossier 0" in faute.message for faute in entretien.verifier(poste_guichet).fautes)

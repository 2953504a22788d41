"""Agents: the first and the last administrateur, passwords, a lockout shared by two postes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from outils.actes import creer_store, lignes, poste_sur, refus, une, verifier_sans_faute
from outils.agents import ADMIN, SESAME, au_nom_de, embaucher
from outils.hacheur import HacheurRapide
from outils.horloge import HorlogeReglable

from cyclades_tui.actes.bureau import agents
from cyclades_tui.actes.bureau.agents import ESSAIS
from cyclades_tui.actes.socle import hachage
from cyclades_tui.domaine.droits import Role
from cyclades_tui.domaine.erreurs import ActeRefuse, ErreurCyclades
from cyclades_tui.poste import Poste

L_ROY, INCONNU = "gestionnaire", "personne"
FAUX = "Lune/couchant-12"
pytestmark = pytest.mark.usefixtures("hacheur_rapide")


@pytest.fixture
def postes(tmp_path: Path, horloge: HorlogeReglable) -> Iterator[tuple[Poste, Poste]]:
    """Two postes on one store, with an administrateur and a gestionnaire."""
    reglages = creer_store(tmp_path, horloge)
    deux = poste_sur(reglages, horloge), poste_sur(reglages, horloge)
    embaucher(deux[0], [ADMIN, L_ROY])
    yield deux
    for poste in deux:
        poste.store.fermer()


@pytest.fixture
def poste_avec_agents(postes: tuple[Poste, Poste]) -> Poste:
    """The first of the two."""
    return postes[0]


@pytest.fixture
def vide(tmp_path: Path, horloge: HorlogeReglable) -> Poste:
    """A store without agents."""
    return poste_sur(creer_store(tmp_path / "vide", horloge), horloge)


def _refuse(poste: Poste, identifiant: str, mot_de_passe: str = FAUX) -> str:
    """The message of a refused login."""
    with pytest.raises(ErreurCyclades) as refuse:
        agents.connecter(poste, identifiant, mot_de_passe)
    return str(refuse.value)


def test_the_first_agent_is_an_administrateur_and_then_the_system_does_nothing(vide: Poste) -> None:
    assert agents.lister(vide) == ()
    with refus(vide, "agent.premier"):
        agents.ajouter(vide, "l.roy", "L. Roy", Role.GESTIONNAIRE, ["Guyane"], "", SESAME)
    premier = agents.ajouter(vide, " Admin ", "L. Admin", Role.ADMINISTRATEUR, (), "", SESAME)
    assert (premier.identifiant, premier.role) == ("admin", Role.ADMINISTRATEUR)
    with refus(vide, "droit.systeme"):
        agents.ajouter(vide, "l.roy", "L. Roy", Role.GESTIONNAIRE, ["Guyane"], "", SESAME)
    assert [lu.agent.identifiant for lu in agents.lister(au_nom_de(vide, "admin"))] == ["admin"]


def test_the_last_administrateur_stays(poste_avec_agents: Poste) -> None:
    chef = au_nom_de(poste_avec_agents, ADMIN)
    with refus(poste_avec_agents, "agent.dernier"):
        agents.desactiver(chef, ADMIN)
    agents.ajouter(chef, "second", "Second", Role.ADMINISTRATEUR, (), "", SESAME)
    agents.desactiver(chef, ADMIN)
    with refus(poste_avec_agents, "agent.dernier"):
        agents.desactiver(au_nom_de(poste_avec_agents, "second"), "second")
    with refus(poste_avec_agents, "agent.identifiant"):
        agents.desactiver(au_nom_de(poste_avec_agents, "second"), ADMIN)
    agents.reactiver(au_nom_de(poste_avec_agents, "second"), ADMIN)
    assert agents.connecter(poste_avec_agents, ADMIN, SESAME).role is Role.ADMINISTRATEUR
    verifier_sans_faute(poste_avec_agents)


@pytest.mark.parametrize(
    ("champ", "changement"),
    [
        ("identifiant", {"identifiant": "l roy"}),
        ("identifiant", {"identifiant": "é"}),
        ("identifiant", {"identifiant": L_ROY.upper()}),
        ("nom", {"nom": "  "}),
        ("nom", {"nom": "L\x00"}),
        ("academie", {"academies": ["Atlantide"]}),
        ("academie", {"role": Role.ADMINISTRATEUR}),
        ("etablissement", {"role": Role.ETABLISSEMENT}),
        ("etablissement", {"etablissement": "9730538X"}),
        ("etablissement", {"role": Role.ETABLISSEMENT, "etablissement": "Collège de nulle part"}),
        ("mot_de_passe", {"mot_de_passe": "Soleil/lev1"}),
        ("mot_de_passe", {"mot_de_passe": "soleil/levant-12"}),
        ("mot_de_passe", {"mot_de_passe": "Soleil\u202e/levant-12"}),
    ],
)
def test_what_is_wrong_with_an_agent_is_told_and_nothing_written(
    poste_avec_agents: Poste, champ: str, changement: dict[str, object]
) -> None:
    donnees = {
        "identifiant": "nouveau",
        "nom": "N. Nouveau",
        "role": Role.GESTIONNAIRE,
        "academies": ["guyane"],
        "etablissement": "",
        "mot_de_passe": SESAME,
    } | changement
    with refus(
        poste_avec_agents, "academie.inconnue" if donnees["academies"] == ["Atlantide"] else f"agent.{champ}"
    ) as fautes:
        agents.ajouter(au_nom_de(poste_avec_agents, ADMIN), **donnees)  # type: ignore[arg-type]  # each value is its field's own
    assert all(SESAME not in str(faute) for faute in fautes)


def test_a_password_is_changed_by_oneself_or_by_who_manages_the_agents(poste_avec_agents: Poste) -> None:
    lui = au_nom_de(poste_avec_agents, L_ROY)
    agents.changer_le_mot_de_passe(lui, L_ROY, FAUX)
    assert agents.connecter(poste_avec_agents, L_ROY, FAUX).nom == "Agent gestionnaire"
    with refus(poste_avec_agents, "droit.role"):
        agents.changer_le_mot_de_passe(lui, ADMIN, FAUX)
    with refus(poste_avec_agents, "agent.mot_de_passe"):
        agents.changer_le_mot_de_passe(lui, L_ROY, "court")
    agents.changer_le_mot_de_passe(au_nom_de(poste_avec_agents, ADMIN), L_ROY, SESAME)
    agents.connecter(poste_avec_agents, L_ROY, SESAME)
    agents.desactiver(au_nom_de(poste_avec_agents, ADMIN), L_ROY)
    with refus(poste_avec_agents, "droit.inactif"):
        agents.changer_le_mot_de_passe(lui, L_ROY, FAUX)
    assert SESAME not in repr(lignes(poste_avec_agents, "SELECT valeurs FROM journal_detail"))


@pytest.mark.parametrize("identifiant", [L_ROY, INCONNU])
def test_five_wrong_passwords_on_two_postes_lock_for_a_quarter_of_an_hour(
    postes: tuple[Poste, Poste], horloge: HorlogeReglable, identifiant: str
) -> None:
    """The words are the same for an agent and for an unknown identifier."""
    dits = [_refuse(postes[rang % 2], identifiant) for rang in range(ESSAIS)]
    assert [f"il reste {n} essai" in dit for n, dit in zip((4, 3, 2, 1), dits, strict=False)] == [True] * 4
    assert len({dit.partition(" : ")[0] for dit in dits[:4]}) == 1
    assert "jusqu'au 11/12/2023 à 16:21 (heure de Paris)" in dits[4]
    assert [_refuse(poste, identifiant, SESAME) for poste in postes] == [dits[4]] * 2
    horloge.regler("2023-12-11 16:20:59")
    assert _refuse(postes[1], identifiant, SESAME) == dits[4]
    horloge.regler("2023-12-11 16:21")
    assert _refuse(postes[0], identifiant) == dits[0]
    if identifiant == L_ROY:
        agents.connecter(postes[1], identifiant, SESAME)
        assert _refuse(postes[0], identifiant) == dits[0]
    refuses = une(postes[0], "SELECT count(*) FROM journal WHERE acte = 'agent.refuser'")
    assert refuses == ESSAIS + 1 + (identifiant == L_ROY)
    verifier_sans_faute(postes[0])


def test_who_manages_the_agents_lifts_a_lock(poste_avec_agents: Poste) -> None:
    for _ in range(ESSAIS):
        _refuse(poste_avec_agents, L_ROY)
    chef = au_nom_de(poste_avec_agents, ADMIN)
    assert [lu.bloque_jusqu is None for lu in agents.lister(chef)] == [True, False]
    agents.reactiver(chef, L_ROY)
    agents.connecter(poste_avec_agents, L_ROY, SESAME)
    with refus(poste_avec_agents, "agent.identifiant"):
        agents.reactiver(chef, L_ROY)


def test_an_agent_who_was_taken_away_is_told_so_once_the_password_is_right(poste_avec_agents: Poste) -> None:
    agents.desactiver(au_nom_de(poste_avec_agents, ADMIN), L_ROY)
    assert "il reste 4 essais" in _refuse(poste_avec_agents, L_ROY)
    with pytest.raises(ActeRefuse, match="Votre accès à ce store a été retiré"):
        agents.connecter(poste_avec_agents, L_ROY, SESAME)
    assert "il reste 3 essais" in _refuse(poste_avec_agents, L_ROY)


def test_logging_in_costs_one_digest_whoever_it_is(poste_avec_agents: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    comptes = []

    class HacheurCompteur(HacheurRapide):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - the library's own name
            comptes.append(1)
            return super().verify(hash, password)

    monkeypatch.setattr(hachage, "fabriquer_hacheur", HacheurCompteur)
    for identifiant in (L_ROY, INCONNU, "\udcff"):
        _refuse(poste_avec_agents, identifiant)
    assert len(comptes) == 3


def test_the_journal_names_who_logged_in_and_what_was_done_to_whom(poste_avec_agents: Poste) -> None:
    agents.connecter(poste_avec_agents, L_ROY, SESAME)
    agents.desactiver(au_nom_de(poste_avec_agents, ADMIN), L_ROY)
    traces = lignes(
        poste_avec_agents, "SELECT acte, acteur_nature, sujet FROM journal WHERE acte LIKE 'agent.%' ORDER BY seq"
    )
    assert traces == [
        ("agent.ajouter", "systeme", "agent:1"),
        ("agent.ajouter", "agent", "agent:2"),
        ("agent.connecter", "agent", "agent:2"),
        ("agent.desactiver", "agent", "agent:2"),
    ]

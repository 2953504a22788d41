"""The clock never locks the store: what reads goes on, what changes waits, an administrateur accepts (decision 7)."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from outils.actes import inscrire, lignes, nouveau_poste, poste_sur, refus, une, verifier_sans_faute
from outils.agents import ADMIN, SESAME, au_nom_de, embaucher
from outils.comptes import a_la_borne, saisie_de
from outils.horloge import HorlogeReglable
from outils.store import brut, sans_garde

from cyclades_tui.actes.bureau import agents
from cyclades_tui.actes.candidature import candidatures, recevabilite
from cyclades_tui.actes.personnes import comptes
from cyclades_tui.actes.reglages import entretien
from cyclades_tui.domaine.erreurs import ActeRefuse, ErreurCyclades, SaisieRefusee
from cyclades_tui.poste import Poste, ReglagesDuPoste

pytestmark = pytest.mark.usefixtures("hacheur_rapide")
DIX_ANS = timedelta(days=3652)
ECARTS = {"ten years ahead": (DIX_ANS, "horloge.saut"), "ten years back": (-DIX_ANS, "horloge.recul")}


@pytest.fixture
def numero(poste: Poste) -> str:
    """A store at work: agents, a candidature, an account that waits for its activation."""
    embaucher(poste, (ADMIN, "gestionnaire"))
    comptes.creer(a_la_borne(poste), saisie_de(7))
    return inscrire(au_nom_de(poste, "gestionnaire")).numero_candidat


def lire_tout(poste: Poste, numero: str, dossier: Path) -> None:
    """Log in, read, check, back up."""
    lui = au_nom_de(poste, "gestionnaire")
    agents.connecter(poste, "gestionnaire", SESAME)
    assert candidatures.fiche(lui, numero, 1)
    verifier_sans_faute(poste)
    assert entretien.sauvegarder(poste, dossier).is_dir()


@pytest.mark.parametrize("ecart", ECARTS)
def test_under_a_wrong_clock_all_is_read_and_nothing_changes(
    poste: Poste, numero: str, horloge: HorlogeReglable, tmp_path: Path, ecart: str
) -> None:
    duree, code = ECARTS[ecart]
    vraie = horloge.instant
    horloge.instant = vraie + duree
    lire_tout(poste, numero, tmp_path / "copies")
    with refus(poste, code) as fautes:
        candidatures.desinscrire(au_nom_de(poste, "gestionnaire"), numero, 1)
    assert "Remettez la machine à l'heure" in fautes[0].remede
    assert comptes.effacer_les_comptes_expires(poste) == 0
    horloge.instant = vraie + timedelta(minutes=1)
    lire_tout(poste, numero, tmp_path / "apres")
    candidatures.desinscrire(au_nom_de(poste, "gestionnaire"), numero, 1)
    assert une(poste, "SELECT count(*) FROM compte WHERE active_le IS NULL") == 1
    verifier_sans_faute(poste)


@pytest.mark.parametrize("ecart", ECARTS)
def test_an_administrateur_accepts_the_clock_with_a_motive(
    poste: Poste, numero: str, horloge: HorlogeReglable, ecart: str
) -> None:
    horloge.instant += ECARTS[ecart][0]
    gestionnaire, admin = au_nom_de(poste, "gestionnaire"), au_nom_de(poste, ADMIN)
    for qui, motif, erreur in ((gestionnaire, "pile changée", ActeRefuse), (admin, "  ", SaisieRefusee)):
        with pytest.raises(erreur):
            entretien.accepter_l_horloge(qui, motif)
    assert entretien.dire_l_horloge(poste)[1] is not None
    assert "√ Heure acceptée" in entretien.accepter_l_horloge(admin, "pile changée")
    assert entretien.dire_l_horloge(poste)[1] is None
    candidatures.desinscrire(gestionnaire, numero, 1)
    (detail,) = lignes(
        poste, "SELECT valeurs FROM journal JOIN journal_detail USING (seq) WHERE acte = 'store.horloge'"
    )
    assert '"motif":"pile changée"' in detail[0]
    verifier_sans_faute(poste)


@pytest.mark.parametrize(
    ("ecrire", "lecteur", "exemple"),
    [
        (entretien.accepter_l_horloge, "le journal le garde", "pile de l'horloge"),
        (entretien.reprendre, "le journal le garde", "sauvegarde du 12"),
        (lambda poste, motif: recevabilite.ecarter(poste, "02699000000", 1, motif), "le candidat le lira", "Diplôme"),
    ],
    ids=["horloge", "reprendre", "ecarter"],
)
def test_a_motive_refused_names_who_will_read_it(
    poste: Poste, ecrire: Callable[[Poste, str], object], lecteur: str, exemple: str
) -> None:
    """Too long or missing; an example is of the command at hand."""
    for motif, fin in (("x" * 501, "Raccourcissez-le : "), (" ", "Écrivez-le : ")):
        with pytest.raises(SaisieRefusee) as refusee:
            ecrire(poste, motif)
        (faute,) = refusee.value.fautes
        assert faute.remede.startswith(f"{fin}{lecteur}")
        assert (exemple in faute.remede) == (not motif.strip())


def test_a_clock_of_the_future_put_right_is_accepted_and_locks_nobody(
    poste: Poste, numero: str, horloge: HorlogeReglable
) -> None:
    """Acts were accepted under it, and an agent was locked out under it."""
    vraie = horloge.instant
    horloge.instant += DIX_ANS
    entretien.accepter_l_horloge(au_nom_de(poste, ADMIN), "erreur de frappe")
    for identifiant in ("gestionnaire", "personne"):
        for _ in range(6):
            with pytest.raises(ErreurCyclades):
                agents.connecter(poste, identifiant, "faux")
    horloge.instant = vraie
    assert agents.connecter(poste, "gestionnaire", SESAME).identifiant == "gestionnaire"
    with pytest.raises(SaisieRefusee):
        agents.connecter(poste, "personne", "faux")
    with refus(poste, "horloge.recul"):
        candidatures.desinscrire(au_nom_de(poste, "gestionnaire"), numero, 1)
    entretien.accepter_l_horloge(au_nom_de(poste, ADMIN), "horloge remise à l'heure")
    candidatures.desinscrire(au_nom_de(poste, "gestionnaire"), numero, 1)
    verifier_sans_faute(poste)


@pytest.mark.parametrize(
    ("avant", "apres"),
    [("2023-10-29 02:59:59", "2023-10-29 03:00:01"), ("2024-03-31 01:59:59", "2024-03-31 03:00:01")],
)
def test_a_change_of_hour_is_no_step_back(tmp_path: Path, avant: str, apres: str) -> None:
    horloge = HorlogeReglable.a(avant)
    poste = nouveau_poste(tmp_path, horloge)
    comptes.creer(a_la_borne(poste), saisie_de(1))
    horloge.instant += timedelta(seconds=2)
    comptes.creer(a_la_borne(poste), saisie_de(2))
    horloge.regler(apres)
    comptes.creer(a_la_borne(poste), saisie_de(3))


def test_a_store_put_back_from_a_backup_goes_on(
    poste: Poste, numero: str, horloge: HorlogeReglable, tmp_path: Path
) -> None:
    copie = entretien.sauvegarder(poste, tmp_path / "copies")
    horloge.avancer(days=30)
    restaure = tmp_path / "restaure"
    shutil.copytree(copie, restaure)
    repris = poste_sur(ReglagesDuPoste(store=restaure, parametrage=poste.parametrage), horloge)
    candidatures.desinscrire(au_nom_de(repris, "gestionnaire"), numero, 1)
    verifier_sans_faute(repris)


def test_the_longest_jump_is_a_setting(poste: Poste, numero: str, horloge: HorlogeReglable) -> None:
    horloge.avancer(days=9)
    court = replace(au_nom_de(poste, "gestionnaire"), saut=timedelta(days=8))
    with refus(court, "horloge.saut") as fautes:
        candidatures.desinscrire(court, numero, 1)
    assert "9 jours après le dernier acte" in fautes[0].message
    candidatures.desinscrire(replace(court, saut=timedelta(days=10)), numero, 1)


def test_a_damaged_instant_in_the_journal_stops_no_act(poste: Poste, numero: str) -> None:
    with brut(poste.store) as connexion:
        sans_garde(connexion, "UPDATE journal SET instant = 'hier' WHERE seq = (SELECT max(seq) FROM journal)")
    candidatures.desinscrire(au_nom_de(poste, "gestionnaire"), numero, 1)

"""An agent's own queues on a real store: pieces taken and returned, filters saved."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from outils.actes import (
    BESANCON,
    GUYANE,
    creer_store,
    inscrire,
    lignes,
    personne,
    poste_sur,
    refus,
    verifier_sans_faute,
)
from outils.agents import au_nom_de, embaucher
from outils.horloge import PENDANT, HorlogeReglable
from outils.modeles import copier

from cyclades_tui.actes.bureau import tableau
from cyclades_tui.actes.pieces import attentes, attentes_gardees, justificatifs
from cyclades_tui.actes.pieces.attentes import Filtre
from cyclades_tui.domaine.statuts import Statut
from cyclades_tui.fichiers.antivirus import Analyse
from cyclades_tui.fichiers.examen import FichierExamine
from cyclades_tui.poste import Poste, ReglagesDuPoste
from cyclades_tui.store.requetes import agents

EN_LIGNE = Filtre("BCP", "2024", GUYANE, "en ligne")
PERSONNES = 6
MOI, AUTRE = "gestionnaire", "responsable"


def _peupler(dossier: Path) -> None:
    """PERSONNES candidatures whose pieces are all given and validated, and agents of every role."""
    horloge = HorlogeReglable.a(PENDANT)
    poste = poste_sur(creer_store(dossier, horloge), horloge)
    fichier = FichierExamine("piece.pdf", "PDF", b"%PDF-1.7 essai", 1, Analyse.SAINE)
    for rang in range(PERSONNES):
        numero = inscrire(poste, personne(rang)).numero_candidat
        for piece in justificatifs.lister(poste, numero, 1).pieces:
            justificatifs.donner(poste, numero, 1, piece.id, fichier)
        for groupe in justificatifs.lister(poste, numero, 1).groupes:
            justificatifs.valider(poste, numero, 1, {piece.id: piece.revision for piece in groupe.pieces})
    embaucher(poste)
    poste.store.fermer()


def ouvrir(dossier: Path, horloge: HorlogeReglable) -> Poste:
    return poste_sur(ReglagesDuPoste(store=dossier / "store", poste="poste-1"), horloge)


@pytest.fixture
def poste_valide(tmp_path: Path, horloge: HorlogeReglable, hacheur_rapide: None) -> Iterator[Poste]:
    """A copy of such a store."""
    copier("files gardées", _peupler, tmp_path)
    ouvert = ouvrir(tmp_path, horloge)
    yield ouvert
    ouvert.store.fermer()


def donnees_a(poste: Poste, agent: str) -> set[int]:
    return {ligne for (ligne,) in lignes(poste, "SELECT id FROM justificatif WHERE affecte_a = ?", agent)}


def accueil(poste: Poste, agent: str) -> list[tuple[str, int]]:
    return [(une.libelle, une.a_faire) for une in tableau.lire(au_nom_de(poste, agent)).attentes]


def test_two_who_take_at_once_never_get_the_same_piece(
    poste_valide: Poste, tmp_path: Path, horloge: HorlogeReglable
) -> None:
    libres = attentes.compter(au_nom_de(poste_valide, MOI), EN_LIGNE)
    voulues = libres // 3
    depart = Barrier(2)

    def prendre(agent: str) -> int:
        chez_lui = ouvrir(tmp_path, horloge)
        depart.wait()
        prises = sum(attentes.affecter(au_nom_de(chez_lui, agent), EN_LIGNE, agent, voulues) for _ in range(2))
        chez_lui.store.fermer()
        return prises

    with ThreadPoolExecutor(2) as postes:
        prises = list(postes.map(prendre, (MOI, AUTRE)))
    siennes, autres = donnees_a(poste_valide, MOI), donnees_a(poste_valide, AUTRE)
    assert [len(siennes), len(autres)] == prises
    assert sum(prises) == libres
    assert not siennes & autres
    lui = au_nom_de(poste_valide, MOI)
    assert attentes.affecter(lui, EN_LIGNE, MOI, 1) == 0
    # One returns one's own pieces, and the oldest unassigned piece is taken first.
    assert attentes.rendre(lui, EN_LIGNE) == len(siennes)
    assert (donnees_a(poste_valide, MOI), donnees_a(poste_valide, AUTRE)) == (set(), autres)
    assert attentes.affecter(lui, EN_LIGNE, MOI, 1) == 1
    assert donnees_a(poste_valide, MOI) == {min(siennes)}
    verifier_sans_faute(poste_valide)


def test_what_is_given_to_an_agent_follows_its_queue_on_his_home(poste_valide: Poste) -> None:
    toutes = accueil(poste_valide, MOI)
    (libelle, combien), *_ = toutes
    lui = au_nom_de(poste_valide, MOI)
    for agent, nombre in ((MOI, 3), ("auditeur", 2)):
        attentes.affecter(lui, EN_LIGNE, agent, nombre)
    assert accueil(poste_valide, MOI) == [(libelle, combien), (f"{libelle} · à moi", 3), *toutes[1:]]
    mienne = tableau.lire(lui).attentes[1]
    assert mienne.filtre == Filtre("BCP", "2024", GUYANE, "en ligne", affecte_a=MOI)
    assert mienne.echeance == tableau.lire(lui).attentes[0].echeance
    assert (
        accueil(poste_valide, AUTRE) == accueil(poste_valide, "auditeur") == toutes
    )  # a role that cannot decide has no pieces
    assert attentes.attentes(lui) == tuple(
        attente for attente in tableau.lire(lui).attentes if attente.filtre.affecte_a is None
    )


def test_a_kept_filter_is_a_queue_of_its_agent_alone(poste_valide: Poste, horloge: HorlogeReglable) -> None:
    lui = au_nom_de(poste_valide, MOI)
    attentes.affecter(lui, EN_LIGNE, MOI, 2)
    hostile = "[b]Retours[/b]  de  l'été «\u202f7 jours\u202f» "
    assert attentes_gardees.garder(lui, hostile, Filtre(jours=7)) == "[b]Retours[/b] de l'été « 7 jours »"
    assert (
        attentes_gardees.garder(lui, "à moi", Filtre("BCP", "2024", GUYANE, "en ligne", "", Statut.AUCUN, 0, MOI))
        == "à moi"
    )
    retours, miennes = tableau.lire(lui).gardees
    assert (retours.libelle, retours.a_faire, retours.plus_vieille, retours.echeance) == (
        "[b]Retours[/b] de l'été « 7 jours »",
        0,
        None,
        None,
    )
    assert (miennes.a_faire, miennes.echeance) == (2, tableau.lire(lui).attentes[0].echeance)
    assert attentes_gardees.gardees(au_nom_de(poste_valide, AUTRE)) == ()
    attentes_gardees.garder(au_nom_de(poste_valide, "auditeur"), "à moi", Filtre())
    horloge.avancer(days=8)
    attentes_gardees.garder(lui, "à moi", Filtre(jours=7))  # replaces the other one
    assert [attente.filtre for attente in attentes_gardees.gardees(lui)] == [Filtre(jours=7)] * 2
    assert {attente.a_faire for attente in attentes_gardees.gardees(lui)} == {attentes.compter(lui, Filtre())}
    attentes_gardees.retirer(lui, retours.libelle)
    assert [attente.libelle for attente in attentes_gardees.gardees(lui)] == ["à moi"]
    assert [attente.libelle for attente in attentes_gardees.gardees(au_nom_de(poste_valide, "auditeur"))] == ["à moi"]
    actes = [acte for (acte,) in lignes(poste_valide, "SELECT acte FROM journal WHERE acte LIKE 'file.%' ORDER BY seq")]
    assert actes == [*["file.garder"] * 4, "file.retirer"]
    verifier_sans_faute(poste_valide)


def test_what_cannot_be_kept_changes_nothing(poste_valide: Poste) -> None:
    lui = au_nom_de(poste_valide, MOI)
    for nom in ("", " \t", "x" * 41, "rouge\x1b[31m", "\u202eellif", "\ud800", "file \U0001f600"):
        with refus(poste_valide, "file.nom"):
            attentes_gardees.garder(lui, nom, EN_LIGNE)
    with refus(poste_valide, "droit.academie"):
        attentes_gardees.garder(lui, "Besançon", Filtre(academie=BESANCON))
    with refus(poste_valide, "file.inconnue"):
        attentes_gardees.retirer(lui, "aucune")
    for rang in range(attentes_gardees.AU_PLUS):
        attentes_gardees.garder(lui, f"file {rang}", EN_LIGNE)
    with refus(poste_valide, "file.trop"):
        attentes_gardees.garder(lui, "une de trop", EN_LIGNE)
    assert attentes_gardees.garder(lui, "file 0", Filtre()) == "file 0"


def test_a_filter_whose_academie_is_out_of_reach_is_not_shown(poste_valide: Poste) -> None:
    lui = au_nom_de(poste_valide, "gestionnaire.ailleurs")
    attentes_gardees.garder(lui, "Besançon", Filtre(academie=BESANCON))
    attentes_gardees.garder(lui, "toutes", Filtre())
    assert [attente.libelle for attente in tableau.lire(lui).gardees] == ["Besançon", "toutes"]
    with poste_valide.store.ecrire() as unite:
        agent = agents.par_identifiant(unite, "gestionnaire.ailleurs")
        assert agent is not None
        agent.academies = '["33"]'
    (toutes,) = tableau.lire(lui).gardees
    assert (toutes.libelle, toutes.a_faire) == ("toutes", attentes.compter(lui, Filtre()))


def test_a_filter_is_kept_for_an_agent(tmp_path: Path, horloge: HorlogeReglable) -> None:
    poste = poste_sur(creer_store(tmp_path, horloge), horloge)
    with refus(poste, "file.agent"):
        attentes_gardees.garder(poste, "à personne", Filtre())
    assert attentes_gardees.gardees(poste) == ()
    poste.store.fermer()

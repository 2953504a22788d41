"""A damaged row on the screens of both faces: each opens, shows the rest, and says what is aside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from outils.guichet import (
    GESTIONNAIRE,
    RESPONSABLE,
    AppUnEcran,
    agent,
    agent_connecte,
    calmer,
    entrer,
    guichet,
    jusqu_a,
    voir,
)
from outils.store import brut, sans_garde
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from cyclades_tui.actes.personnes.comptes import SessionCandidat
from cyclades_tui.actes.pieces.attentes import Filtre
from cyclades_tui.domaine.acteur import Face, NatureActeur
from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.espace.consultation import EcranConsultation
from cyclades_tui.screens.borne.espace.mes_inscriptions import EcranMesInscriptions
from cyclades_tui.screens.borne.espace.messages import EcranMessages
from cyclades_tui.screens.cadre.rangs import Rang
from cyclades_tui.screens.candidature.justificatifs import EcranJustificatifs
from cyclades_tui.screens.guichet.accueil.ecran import EcranAccueilAgent
from cyclades_tui.screens.guichet.controle.ecran import EcranControle
from cyclades_tui.screens.guichet.dossier.ecran import EcranDossier
from cyclades_tui.screens.guichet.reception import EcranReception
from cyclades_tui.screens.guichet.recherche import EcranRecherche
from cyclades_tui.screens.guichet.relances.ecran import EcranRelances

NUMERO, AUTRE = "02348418953", "02348418954"
ORDRES = {
    "a state": "UPDATE candidature SET etat = 'zz' WHERE id = 1",
    "a birth date": "UPDATE candidat SET naissance = '2023-99-99' WHERE id = 1",
    "a name": "UPDATE candidat SET nom = CAST(x'41ff' AS TEXT) WHERE id = 1",
    "a version": "UPDATE version SET contenu = '{abc' WHERE candidature_id = 1",
    "a piece": "UPDATE justificatif SET statut = 'zz' WHERE candidature_id = 1 AND a_controler",
    "a file": "UPDATE depot SET depose_le = 'hier' WHERE id = 1",
    "a document": "UPDATE document SET cree_le = '' WHERE candidature_id = 1",
    "a step": (
        "UPDATE suivi SET instant = 'zz' WHERE justificatif_id IN "
        "(SELECT id FROM justificatif WHERE candidature_id = 1)"
    ),
    "a message": "UPDATE message SET corps = CAST(x'ff' AS TEXT) WHERE candidat_id = 1",
    "a colleague": "UPDATE agent SET role = 'zz' WHERE identifiant = 'm.paul'",
}
_IDENTITE = SessionCandidat(1, NUMERO, "NGMB-DUPONT", "NGMB-Jeanne", date(2005, 5, 6), "candidat.1@mail.fr")
Fabrique = Callable[[Poste], Screen[Any]]


def au_candidat(poste: Poste) -> Poste:
    return replace(
        poste, acteur=replace(poste.acteur, nature=NatureActeur.CANDIDAT, identifiant=NUMERO, face=Face.BORNE)
    )


def lui(poste: Poste, qui: str = GESTIONNAIRE) -> tuple[Any, Any]:
    return agent_connecte(poste, qui), agent(qui)


DES_AGENTS: dict[str, Fabrique] = {
    "dossier": lambda poste: EcranDossier(*lui(poste), NUMERO, 1),
    "another dossier": lambda poste: EcranDossier(*lui(poste), AUTRE, 1),
    "queue": lambda poste: EcranControle(*lui(poste), Filtre(), "Tout"),
    "search": lambda poste: EcranRecherche(*lui(poste), "0234"),
    "reception": lambda poste: EcranReception(*lui(poste)),
    "relances": lambda poste: EcranRelances(*lui(poste, RESPONSABLE)),
}
DES_CANDIDATS: dict[str, Fabrique] = {
    "home": lambda poste: EcranMesInscriptions(au_candidat(poste), _IDENTITE),
    "messages": lambda poste: EcranMessages(au_candidat(poste), NUMERO),
    "pieces": lambda poste: EcranJustificatifs(au_candidat(poste), NUMERO, 1),
    "candidature": lambda poste: EcranConsultation(au_candidat(poste), _IDENTITE, 1),
}


def montre(pilot: Pilot[None]) -> str:
    """All the text of the screen."""
    return " ".join(str(texte.content) for texte in pilot.app.screen.query(Static) if texte.display)


@pytest.mark.parametrize("quoi", ORDRES)
async def test_each_screen_opens_beside_a_damaged_row(poste_guichet: Poste, quoi: str) -> None:
    with brut(poste_guichet.store) as connexion:
        sans_garde(connexion, ORDRES[quoi])
    dits = ""
    for ecrans, a_la_borne in ((DES_AGENTS, False), (DES_CANDIDATS, True)):
        for nom, fabrique in ecrans.items():
            app = AppUnEcran(lambda fabrique=fabrique: fabrique(poste_guichet), a_la_borne=a_la_borne)  # type: ignore[misc]
            async with app.run_test(size=(120, 40)) as pilot:
                await calmer(pilot)
                ecran = app.screen
                await pilot.press("down")
                await calmer(pilot)
                await calmer(pilot)
                dits += (vu := montre(pilot))
                assert ecran in app.screen_stack, nom
                if nom == "another dossier":
                    assert "ALEXIS" in vu or "incomplet" in vu, vu
    assert "cyclades verifier" in dits
    assert "m.paul" in dits if quoi == "a colleague" else f"e dossier {NUMERO}" in dits


async def test_a_dossier_whose_version_cannot_be_read_shows_the_rest(poste_guichet: Poste) -> None:
    """Its pieces and messages; why there is no more; and what needs the version says so."""
    with brut(poste_guichet.store) as connexion:
        sans_garde(connexion, ORDRES["a version"])
    app = AppUnEcran(lambda: EcranDossier(*lui(poste_guichet), NUMERO, 1))
    async with app.run_test(size=(80, 24)) as pilot:
        await jusqu_a(pilot, lambda: app.screen.query(Rang))
        await calmer(pilot)
        assert "une version enregistrée est à part" in montre(pilot)
        genres = {rang.genre for rang in app.screen.query(Rang)}
        assert genres == {"piece", "message"}
        await pilot.press("d", "delete")
        await calmer(pilot)
        assert isinstance(app.screen, EcranDossier)


@pytest.mark.parametrize("quoi", ["a state", "a birth date", "a version", "a piece", "a colleague"])
async def test_one_logs_in_and_stays_in(poste_guichet: Poste, quoi: str) -> None:
    """By keys from the login: the home, the search, the damaged dossier and back: never to the login."""
    with brut(poste_guichet.store) as connexion:
        sans_garde(connexion, ORDRES[quoi])
    app = guichet(poste_guichet)
    async with app.run_test(size=(80, 24)) as pilot:
        await entrer(pilot)
        await pilot.press("ctrl+r")
        await voir(pilot, EcranRecherche)
        await pilot.press(*f"{NUMERO} 1", "enter")
        await calmer(pilot)
        await pilot.press("escape")
        await calmer(pilot)
        while len(app.screen_stack) > 2:
            await pilot.press("escape")
            await calmer(pilot)
        assert isinstance(app.screen, EcranAccueilAgent)

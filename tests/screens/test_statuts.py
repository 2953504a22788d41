"""Each status of a justificatif as its candidate and as an agent see it, at both sizes, in one dossier (F399-F404)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
from outils.guichet import (
    RESPONSABLE,
    SCOLAIRE,
    AppUnEcran,
    Personne,
    agent,
    agent_connecte,
    calmer,
    inscrire,
    jusqu_a,
)
from outils.horloge import HorlogeReglable
from textual.pilot import Pilot

from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.poste import Poste
from cyclades_tui.screens.cadre.rangs import Rang
from cyclades_tui.screens.candidature.justificatifs import EcranJustificatifs
from cyclades_tui.screens.candidature.rangs_de_pieces import LignePiece
from cyclades_tui.screens.guichet.dossier.ecran import EcranDossier

if TYPE_CHECKING:
    from outils.images import Images

_FAIT = ("deposer", "valider")
# Id, name in the list, mode, what was done to it. The first three replace shipped pieces.
PIECES: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "recapitulatif": ("Pièce sans fichier", "en ligne", ()),
    "amenagement": ("Pièce déposée puis plus demandée", "en ligne", ("deposer",)),
    "diplome": ("Pièce déposée", "en ligne", ("deposer",)),
    "validee": ("Pièce validée", "en ligne", _FAIT),
    "en-attente": ("Pièce validée où le service veut un statut", "en ligne", ("deposer", "mettre_en_attente")),
    "recue": ("Pièce reçue", "en ligne", (*_FAIT, "recevoir")),
    "conforme": ("Pièce conforme", "en ligne", (*_FAIT, "accepter")),
    "non-conforme": ("Pièce non conforme", "en ligne", (*_FAIT, "refuser")),
    "nouvelle": ("Pièce à remplacer avant une autre limite", "en ligne", (*_FAIT, "redemander")),
    "redeposee": ("Pièce non conforme puis déposée de nouveau", "en ligne", (*_FAIT, "refuser", "deposer")),
    "rouverte": ("Pièce rouverte", "en ligne", (*_FAIT, "rouvrir")),
    "postale": ("Pièce à envoyer", "voie postale", ()),
    "arrivee": ("Pièce arrivée par la poste", "voie postale", ("recevoir",)),
}
_PERSONNE = Personne(
    "TOUSSAINT",
    "Inès",
    "14/02/2004",
    {piece: gestes for piece, (_, _, gestes) in PIECES.items()},
    SCOLAIRE | {"candidature.amenagement_handicap": "oui"},
    apres={"candidature.amenagement_handicap": "non"},
)


@pytest.fixture
def numero(poste_guichet: Poste, horloge: HorlogeReglable) -> str:
    """The N° candidat of somebody whose pieces are in all states, in the store of `poste_guichet`."""
    dossier = poste_guichet.parametrage / "pieces"
    dossier.mkdir()
    (dossier / "statuts.toml").write_text("\n".join(map(_en_toml, PIECES)), encoding="utf-8")
    instant = horloge.instant
    numero = inscrire(agent_connecte(poste_guichet, RESPONSABLE), _PERSONNE, 8, horloge)
    horloge.instant = instant
    return numero


def _en_toml(piece: str) -> str:
    libelle, mode, _ = PIECES[piece]
    table = {"id": piece, "libelle": libelle, "sigle": piece, "mode": mode, "source": "essai"}
    lignes = [f'{cle} = "{texte}"' for cle, texte in table.items()]
    si = ['si = [{ fait = "amenagement" }]'] if piece == "amenagement" else []
    return "\n".join(("[[piece]]", *lignes, f"rang = {list(PIECES).index(piece)}", *si))


async def viser(pilot: Pilot[None], genre: type[LignePiece] | type[Rang], rang: int) -> None:
    """Focus a row, which scrolls to it."""
    list(pilot.app.screen.query(genre))[rang].focus()
    await calmer(pilot)


async def test_what_the_candidate_sees(images: Images, poste_guichet: Poste, numero: str) -> None:
    """A sign and a word for each: « ! Aucun fichier » and En attente d'une nouvelle PJ (orange), × Non conforme (red),
    √ Déposé, √ Validé and √ Conforme (green), i Reçue (blue), … En attente de contrôle and - Sans objet (grey).

    Under it what goes with it: comments in « », « Nouvelle limite », dates of deposit, validation and reception; what
    was given again after a refusal says so. « Ajouter » is lit for what has no file, grey for what is validated.
    """
    acteur = Acteur(NatureActeur.CANDIDAT, numero, Face.BORNE, "borne 3")
    moi = replace(poste_guichet, acteur=acteur)
    app = AppUnEcran(
        lambda: EcranJustificatifs(moi, numero, 1, (numero, "TOUSSAINT", "Inès", "Né(e) le 14/02/2004")),
        a_la_borne=True,
    )

    async def lu(pilot: Pilot[None]) -> None:
        await jusqu_a(pilot, lambda: isinstance(app.focused, LignePiece))
        await calmer(pilot)

    rangs = {"-debut": 0, "-milieu": 7, "-fin": -1}
    await images(app, lu, {nom: partial(viser, genre=LignePiece, rang=rang) for nom, rang in rangs.items()})


async def test_what_an_agent_sees(images: Images, poste_guichet: Poste, numero: str) -> None:
    """The same pieces, one row each: ! attendue, × Non conforme, … En attente d'une nouvelle PJ with its limit and its
    comment on the help line, ! déposée, non validée (also refused then given again, or reopened), … à contrôler,
    … En attente de contrôle, i Reçue le, √ Conforme; by post En attente de contrôle and Reçue le; - sans objet, last.
    """
    app = AppUnEcran(lambda: EcranDossier(agent_connecte(poste_guichet), agent(), numero, 1))

    async def lu(pilot: Pilot[None]) -> None:
        await jusqu_a(pilot, lambda: isinstance(app.focused, Rang))
        await calmer(pilot)

    rangs = {"-limite": 2, "-sans-objet": 12}
    await images(app, lu, {nom: partial(viser, genre=Rang, rang=rang) for nom, rang in rangs.items()})

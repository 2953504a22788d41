"""The candidate's pages: key to page, many candidatures in an account, documents opened again."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from images import Images
from mesure import Figure, en_alternance, p95
from outils.borne import EMAIL, IDENTITE, MOT_DE_PASSE, calmer, creer_compte, jusqu_a, se_connecter
from outils.guide import AFFICHEE
from outils.horloge import PENDANT, HorlogeReglable
from outils.inscription import poste_du_guide
from sqlmodel import text
from textual import events
from textual.widget import Widget

from cyclades_tui.actes.candidature import consultation
from cyclades_tui.actes.candidature.inscription import Demande, enregistrer
from cyclades_tui.actes.documents import documents
from cyclades_tui.actes.personnes import comptes
from cyclades_tui.apps.borne import BorneApp
from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.espace.activites import EcranActivites
from cyclades_tui.screens.candidature.recapitulatif import BlocRecapitulatif
from cyclades_tui.widgets.carte import Carte

_CANDIDATURES = 200
_TOURS = 20
_TAILLE = (80, 24)
_RELUS = 300


class _Borne(Images, BorneApp):
    """The whole borne."""


def mesurer() -> list[Figure]:
    with tempfile.TemporaryDirectory() as nom:
        poste = poste_du_guide(Path(nom), HorlogeReglable.a(PENDANT))
        creer_compte(poste)
        document = enregistrer(poste, Demande("BCP", "2024", "33", AFFICHEE | IDENTITE)).document
        figures = [asyncio.run(_ouvrir_une_page(poste)), _relire(poste, document), _cartes(poste)]
        poste.store.fermer()
        return figures


async def _ouvrir_une_page(poste: Poste) -> Figure:
    """Entrée on « Mon inscription », until its blocks are drawn, against a key that only moves the focus."""
    durees, reperes = [], []
    app = _Borne(lambda: poste)
    async with app.run_test(size=_TAILLE) as pilot:
        await se_connecter(pilot)
        await jusqu_a(pilot, lambda: isinstance(app.focused, Carte))
        await pilot.press("enter")
        for _ in range(_TOURS):
            await jusqu_a(pilot, lambda: isinstance(app.screen, EcranActivites) and app.focused is not None)
            await calmer(pilot)
            reperes.append(await _chronometrer(app, "down", partial(_ailleurs, app, app.focused)))
            await pilot.press("up")
            await calmer(pilot)
            durees.append(await _chronometrer(app, "enter", lambda: isinstance(app.focused, BlocRecapitulatif)))
            await pilot.press("escape")
    return Figure("Touche → « Mon inscription », p95", p95(durees), "une flèche sur la page, p95", p95(reperes), "ms")


def _ailleurs(app: _Borne, depuis: Widget | None) -> bool:
    return app.focused is not depuis


async def _chronometrer(app: _Borne, touche: str, fait: Callable[[], bool]) -> float:
    debut = time.perf_counter()
    app.post_message(events.Key(touche, None))
    await app.image(fait)
    return 1000 * (time.perf_counter() - debut)


def _relire(poste: Poste, document: int) -> Figure:
    """Open a rendered document: bytes, digest and text; compared with reading its file only."""
    octets = documents.ouvrir(poste, document).octets
    chemin = Path(poste.store.chemin) / "mesure.pdf"
    chemin.write_bytes(octets)
    valeur, reference = en_alternance(
        _RELUS // 10, lambda _: documents.ouvrir(poste, document), lambda _: chemin.read_bytes()
    )
    chemin.unlink()
    return Figure("Un document ouvert à nouveau", valeur, "son fichier lu, sans plus", reference, "ms")


def _cartes(poste: Poste) -> Figure:
    """The cards of an account, compared with reading the same versions raw."""
    sessions = [f"SESSION {rang:03d} 2024" for rang in range(1, _CANDIDATURES)]
    blocs = [
        f'[[reglage]]\nexamen = "BCP"\nsession = "{session}"\nacademie = "33"\nfermeture = 2023-12-13T23:59:00\n'
        for session in sessions
    ]
    dossier = poste.parametrage / "services"
    dossier.mkdir(parents=True)
    (dossier / "mesure.toml").write_text("\n".join(['source = "mesure"', *blocs]), encoding="utf-8")
    ouvert = Poste(poste.store, poste.acteur, poste.horloge, poste.parametrage)
    for session in sessions:
        enregistrer(ouvert, Demande("BCP", session, "33", AFFICHEE | IDENTITE))
    candidat = comptes.connecter(ouvert, EMAIL, MOT_DE_PASSE).candidat_id
    requete = text("SELECT contenu FROM version")

    def brut(_: int) -> None:
        with ouvert.store.lire() as unite:
            unite.session.execute(requete).fetchall()

    valeur, reference = en_alternance(10, lambda _: consultation.cartes(ouvert, candidat), brut)
    return Figure(
        f"« Mes inscriptions », {_CANDIDATURES} candidatures", valeur, "les mêmes versions lues", reference, "ms"
    )

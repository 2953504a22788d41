"""The borne compared with bare Textual apps: first paint, key to tab, key to character, memory."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from statistics import median

import psutil
from candidatures import nom
from grand_store import peupler
from images import Images
from mesure import Figure, en_alternance, p95
from outils.guide import AFFICHEE
from outils.horloge import PENDANT, HorlogeReglable
from outils.inscription import AppInscription, poste_du_guide
from outils.terminal import Borne, cyclades, reprendre, terminal
from textual import events
from textual.app import ComposeResult
from textual.widgets import Input

from cyclades_tui.actes.candidature.inscription import Demande
from cyclades_tui.cli.corps.borne import charger_les_ecrans
from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.inscription.ecran import EcranInscription

_CANDIDATURES = 100_000
_LANCEMENTS = 12
_PARCOURS = 5  # each visits the nine tabs
_PAUSE = 0.3  # seconds between two tabs, as for a person who reads
_FRAPPES = 200
_LIGNE = 40  # characters before the field is emptied
_ENTRE_FRAPPES = 0.04  # seconds, as for a person who types fast
_PATIENCE = 30  # seconds, to detect a hung application; not a measurement
_TAILLE = (80, 24)
_CHAMP = "identification.adresse.complement1"
_TEXTE_NU = "Une application nue"
_NUE = f"""
from textual.app import App
from textual.widgets import Footer, Header, Input, Static

class Nue(App):
    def compose(self):
        yield Header()
        yield Input()
        yield Static("{_TEXTE_NU}")
        yield Footer()

Nue().run()
"""


class _Borne(Images, AppInscription):
    """The wizard."""


class _Nue(Images):
    """A single field."""

    def compose(self) -> ComposeResult:
        yield Input()


def mesurer() -> list[Figure]:
    with tempfile.TemporaryDirectory() as nom_du_dossier:
        dossier = Path(nom_du_dossier)
        (dossier / "vrai").mkdir()
        borne = Borne(dossier / "vrai")
        figures = [_premiere_image(borne), _memoire(borne)]
        for taille, combien in (("petit", 0), ("grand", _CANDIDATURES)):
            (dossier / taille).mkdir()
            poste = poste_du_guide(dossier / taille, HorlogeReglable.a(PENDANT))
            if combien:
                peupler(poste, Demande("BCP", "2024", "33", _personne(0)), combien)
            suffixe = f", {combien} candidatures" if combien else ""
            figures += asyncio.run(_au_clavier(poste, suffixe))
            poste.store.fermer()
        return figures


# Processes in a terminal


def _premiere_image(borne: Borne) -> Figure:
    def lancer(commande: list[str], texte: str) -> None:
        with terminal(commande, borne.env) as ecran:
            ecran.attendre(texte)

    valeur, reference = en_alternance(
        _LANCEMENTS,
        lambda _: lancer(cyclades("borne"), "Que voulez-vous faire ?"),
        lambda _: lancer([sys.executable, "-c", _NUE], _TEXTE_NU),
    )
    nom_figure = "Du lancement à l'accueil peint"
    return Figure(nom_figure, valeur, "une application Textual nue", reference, "ms", ("≤", 1.3))


def _memoire(borne: Borne) -> Figure:
    """The memory of the wizard when a draft is resumed at « Épreuves »."""
    borne.commencer(_personne(0), "epreuves", "")
    with terminal(cyclades("borne"), borne.env) as ecran:
        ecran.attendre("Que voulez-vous faire ?")
        reprendre(ecran, "6/9 Épreuves")
        ecran.absorber(1)
        valeur = psutil.Process(ecran.pid).memory_info().rss / 1e6
    with terminal([sys.executable, "-c", _NUE], borne.env) as ecran:
        ecran.attendre(_TEXTE_NU)
        ecran.absorber(1)
        reference = psutil.Process(ecran.pid).memory_info().rss / 1e6
    return Figure("Mémoire, à l'onglet Épreuves", valeur, "une application Textual nue", reference, "Mo", ("≤", 2.2))


# In this process: from the key to the frame that follows it


async def _au_clavier(poste: Poste, suffixe: str) -> list[Figure]:
    charger_les_ecrans(poste)  # as the command does behind the home
    nues = await _frappes_nues()
    frappes = await _frappes(poste)
    lus = [await _parcourir(poste, 100 + rang, _PAUSE) for rang in range(_PARCOURS)]
    presses = [await _parcourir(poste, 200 + rang, 0) for rang in range(_PARCOURS)]
    cote = "une touche dans un Input nu, p95"
    return [
        Figure(f"Touche → onglet peint, p95{suffixe}", p95(_onglets(lus)), cote, p95(nues), "ms", absolu=("≤", 100)),
        Figure(f"Le même sans pause, p95{suffixe}", p95(_onglets(presses)), cote, p95(nues), "ms"),
        Figure(f"« Enregistrer » → N° peint, médiane{suffixe}", median(p[-1] for p in lus), cote, p95(nues), "ms"),
        Figure(
            f"Touche → caractère, brouillon sans cesse, p95{suffixe}", p95(frappes), cote, p95(nues), "ms", ("≤", 1.5)
        ),
    ]


def _onglets(parcours: list[list[float]]) -> list[float]:
    """All moves but the last of each run, which saves and so waits for the disk, not for the screen."""
    return [duree for durees in parcours for duree in durees[:-1]]


async def _parcourir(poste: Poste, rang: int, pause: float) -> list[float]:
    """The eight moves of an inscription, each tab shown for the first time."""
    app = _Borne(poste, _personne(rang))
    durees = []
    async with app.run_test(size=_TAILLE) as pilot:
        await pilot.pause()
        for touche in ["f8"] * (len(app.inscription.formulaire.onglets) - 2) + ["f9"]:
            await asyncio.sleep(pause)
            durees.append(await _changer_d_onglet(app, touche))
    return durees


async def _changer_d_onglet(app: _Borne, touche: str) -> float:
    """Milliseconds from a key to the first frame drawn while the next tab holds the focus."""
    ecran, avant, debut = app.inscription, app.inscription.onglet, time.perf_counter()

    def en_place() -> bool:
        onglet = ecran.contenu_courant
        return ecran.onglet != avant and ecran.focused is not None and onglet in ecran.focused.ancestors_with_self

    app.post_message(events.Key(touche, None))
    await app.image(en_place)
    return 1000 * (time.perf_counter() - debut)


async def _frappes(poste: Poste) -> list[float]:
    app = _Borne(poste, _personne(0), onglet="identification")
    async with app.run_test(size=_TAILLE) as pilot:
        await pilot.pause()
        ecran = app.inscription
        ecran.contenu_courant.viser(_CHAMP)
        await pilot.pause()
        zone = ecran.focused
        assert isinstance(zone, Input)
        async with _enregistre_sans_cesse(ecran):
            return await _taper(app, zone)


async def _frappes_nues() -> list[float]:
    app = _Nue()
    async with app.run_test(size=_TAILLE) as pilot:
        await pilot.pause()
        return await _taper(app, app.query_one(Input))


@contextlib.asynccontextmanager
async def _enregistre_sans_cesse(ecran: EcranInscription) -> AsyncIterator[None]:
    """Save the draft again and again; release it at the end."""
    fini = asyncio.Event()

    async def garder() -> None:
        while not fini.is_set():
            assert await ecran.garde.garder(), "a save was refused"

    tache = asyncio.create_task(garder())
    yield
    fini.set()
    await tache
    await ecran.garde.rendre()


async def _taper(app: Images, zone: Input) -> list[float]:
    """Milliseconds from each key to the frame that shows its character."""
    durees = []
    for rang in range(_FRAPPES):
        if rang % _LIGNE == 0:
            zone.value = ""
        await asyncio.sleep(_ENTRE_FRAPPES)
        avant, debut = zone.value, time.perf_counter()
        app.post_message(events.Key("a", "a"))
        await app.image(partial(_a_change, zone, avant))
        durees.append(1000 * (time.perf_counter() - debut))
    return durees


def _a_change(zone: Input, avant: str) -> bool:
    return zone.value != avant


def _personne(rang: int) -> dict[str, str]:
    """The guide's profile, another person for each rank."""
    return AFFICHEE | {"identification.nom": nom(rang), "identification.email": f"mesure{rang}@example.org"}

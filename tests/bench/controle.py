"""The control screen: from a decision to the next piece with its page, and a queue of 200,000 pieces."""

from __future__ import annotations

import asyncio
import io
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import Any

from grand_store import peupler
from images import Images
from mesure import Figure, en_alternance, p95
from outils.borne import IDENTITE
from outils.guichet import RESPONSABLE, agent, agent_connecte, calmer, poste_du_guichet
from outils.guide import AFFICHEE
from outils.horloge import PENDANT, HorlogeReglable
from PIL import Image, ImageDraw, ImageFilter
from textual import events

from cyclades_tui.actes.candidature.inscription import Demande
from cyclades_tui.actes.pieces import attentes
from cyclades_tui.actes.pieces.attentes import Filtre
from cyclades_tui.apps.base import AppCyclades
from cyclades_tui.cli.corps.borne import charger_les_ecrans
from cyclades_tui.domaine.acteur import Face
from cyclades_tui.poste import Poste
from cyclades_tui.screens.guichet.controle.ecran import EcranControle
from cyclades_tui.store.sqlite.moteur import connecter
from cyclades_tui.store.sqlite.store import FICHIER
from cyclades_tui.widgets.liste_en_attente import ListeEnAttente

_PIECES, _LONGUE = 100, 200_000
_CANDIDATURES = 20_000
_TAILLE = (120, 40)
_TOURS, _OUVERTURES = 15, 8
_LOT = 10_000
_EN_LIGNE = Filtre("BCP", "2024", "33", "en ligne")
_FILTREE = Filtre("BCP", "2024", "33", "en ligne", jours=6)


class _Guichet(Images, AppCyclades):
    """The screen alone."""

    def __init__(self, poste: Poste, filtre: Filtre) -> None:
        super().__init__()
        self.ecran = EcranControle(agent_connecte(poste), agent(), filtre, "BCP 2024 · en ligne")

    def on_mount(self) -> None:
        self.push_screen(self.ecran)

    def a_sa_page(self) -> bool:
        """Whether the current piece is there, with its page."""
        place, ouverte = self.ecran.attente.courante, self.ecran.lecteur.ouverte
        toile = self.ecran.lecteur.pages._toile
        meme = place is not None and ouverte is not None and place.ligne.id == ouverte.ligne.id
        return meme and toile is not None and toile.image is not None

    def est_passe(self, rang: int) -> bool:
        """Whether a piece after this row is there, with its page."""
        return self.ecran.attente.rang > rang and self.a_sa_page()


def mesurer() -> list[Figure]:
    with tempfile.TemporaryDirectory() as nom:
        poste = poste_du_guichet(Path(nom), HorlogeReglable.a(PENDANT))
        charger_les_ecrans(poste, Face.GUICHET)  # as the process does, the collector's pace included
        store = _Store(poste)
        store.ajouter(_PIECES, scannees=True)
        figures = [asyncio.run(_decider(poste))]
        store.ajouter(_LONGUE, scannees=False)
        figures += [asyncio.run(_ouvrir(poste)), *_lire(poste)]
        store.fermer()
        poste.store.fermer()
        return figures


# What is measured


async def _decider(poste: Poste) -> Figure:
    """C, until the frame that shows the next piece with its page; against an arrow that moves the same page."""
    app = _Guichet(poste, _EN_LIGNE)
    durees: list[float] = []
    reperes: list[float] = []
    async with app.run_test(size=_TAILLE) as pilot:
        await calmer(pilot)
        while len(durees) < _PIECES - 1:  # there is no piece after the last
            reperes.append(await _chronometrer(app, "down", app.a_sa_page))
            rang = app.ecran.attente.rang
            durees.append(await _chronometrer(app, "c", partial(app.est_passe, rang)))
            await calmer(pilot)  # at 200 pieces an hour, a person reads for seconds
    return Figure(
        "Touche → pièce suivante avec sa page, p95",
        p95(durees),
        "une flèche sur la page, p95",
        p95(reperes),
        "ms",
        absolu=("≤", 150),
    )


async def _ouvrir(poste: Poste) -> Figure:
    """From applying filters to the frame with the rows of another queue of 200,000."""
    durees = [await _filtrer(_Guichet(poste, _EN_LIGNE)) for _ in range(_OUVERTURES)]
    par = agent_connecte(poste)
    (lue,) = en_alternance(_TOURS, lambda _: attentes.attente(par, _FILTREE))
    return Figure(
        "Une file de 200 000 pièces filtrée, peinte",
        statistics.median(durees),
        "sa première page lue",
        lue,
        "ms",
        absolu=("≤", 100),
    )


async def _filtrer(app: _Guichet) -> float:
    async with app.run_test(size=_TAILLE) as pilot:
        await calmer(pilot)
        await pilot.press("slash")
        await calmer(pilot)
        await pilot.press("tab", "tab", "tab", "tab", "7")
        await pilot.press("enter")
        await calmer(pilot)
        return await _chronometrer(app, "f8", lambda: app.ecran.attente.filtre.jours == 7 and _rangs(app) > 0)


def _rangs(app: _Guichet) -> int:
    return len(app.ecran.query_one(ListeEnAttente)._rangees)


def _lire(poste: Poste) -> Iterator[Figure]:
    """The first page and the count, opened and filtered, against the same rows by the driver alone."""
    par = agent_connecte(poste)
    connexion = connecter(poste.store.chemin / FICHIER, None)
    conditions = "a_controler AND examen = 'BCP' AND session = '2024' AND academie = '33' AND mode = 'en ligne'"
    for nom, filtre, reste in (("ouverte", _EN_LIGNE, ""), ("filtrée", _FILTREE, "AND j.attend_depuis < '2023-12-05'")):
        page = (
            f"SELECT j.*, c.*, p.* FROM justificatif j JOIN candidature c ON c.id = j.candidature_id "
            f"JOIN candidat p ON p.id = c.candidat_id WHERE {_prefixer(conditions)} {reste} "
            "ORDER BY j.attend_depuis, j.id LIMIT 50"
        )
        compte = f"SELECT count(*), min(j.attend_depuis) FROM justificatif j WHERE {_prefixer(conditions)} {reste}"

        def par_l_acte(_: int, filtre: Filtre = filtre) -> None:
            attentes.attente(par, filtre)
            attentes.compter(par, filtre)

        def brut(_: int, page: str = page, compte: str = compte) -> None:
            connexion.execute(page).fetchall()
            connexion.execute(compte).fetchall()

        valeur, reference = en_alternance(_TOURS, par_l_acte, brut)
        yield Figure(
            f"Une file de 200 000 pièces {nom}, lue et comptée",
            valeur,
            "les mêmes lignes par sqlite3",
            reference,
            "ms",
            objectif=("≤", 3),
            absolu=("≤", 100),
        )
    connexion.close()


def _prefixer(conditions: str) -> str:
    return " AND ".join(f"j.{condition}" for condition in conditions.split(" AND "))


async def _chronometrer(app: _Guichet, touche: str, fait: Callable[[], bool]) -> float:
    debut = time.perf_counter()
    app.post_message(events.Key(touche, None))
    await app.image(fait)
    return 1000 * (time.perf_counter() - debut)


# The store


class _Store:
    """The guichet's store with many candidatures and pieces that wait."""

    def __init__(self, poste: Poste) -> None:
        responsable = agent_connecte(poste, RESPONSABLE)
        peupler(responsable, Demande("BCP", "2024", "33", AFFICHEE | IDENTITE), _CANDIDATURES)
        self._connexion = connecter(poste.store.chemin / FICHIER, None)
        self._connexion.execute("PRAGMA synchronous = OFF")
        self._coffre = poste.store.coffre
        self._piece = self._ligne("SELECT * FROM justificatif WHERE piece = 'identite' AND a_controler")
        self._depot = self._ligne(f"SELECT * FROM depot WHERE id = {self._piece['depot_id']}")
        self._connexion.execute("UPDATE justificatif SET a_controler = 0")
        self._derniere = int(self._ligne("SELECT max(id) AS id FROM candidature")["id"])
        self._debut = 1_000_000  # keys of pieces and files, above those of the store

    def ajouter(self, combien: int, *, scannees: bool) -> None:
        """Add waiting pieces, ten for a candidature, each with its own scan or without file."""
        scans = _scans(combien) if scannees else repeat(b"")
        for debut in range(0, combien, _LOT):
            rangs = range(debut, min(debut + _LOT, combien))
            self._connexion.execute("BEGIN")
            _inserer(self._connexion, "justificatif", [self._piece_de(rang, scannee=scannees) for rang in rangs])
            if scannees:
                depots = [self._depot_de(rang, octets) for rang, octets in zip(rangs, scans, strict=False)]
                _inserer(self._connexion, "depot", depots)
            self._connexion.execute("COMMIT")
            self._debut += len(rangs)
        self._connexion.execute("ANALYZE")

    def fermer(self) -> None:
        self._connexion.close()

    def _piece_de(self, rang: int, *, scannee: bool) -> dict[str, Any]:
        cle, (jour, minute) = self._debut + rang % _LOT, (1 + rang % 10, rang // 10 % 1440)
        return self._piece | {
            "id": cle,
            "candidature_id": self._derniere - rang // 10 % _CANDIDATURES,
            "precision": str(cle),
            "a_controler": 1,
            "depot_id": cle if scannee else None,
            "attend_depuis": f"2023-12-{jour:02d}T{minute // 60:02d}:{minute % 60:02d}:00.000000Z",
        }

    def _depot_de(self, rang: int, octets: bytes) -> dict[str, Any]:
        cle = self._debut + rang % _LOT
        return self._depot | {"id": cle, "justificatif_id": cle, "sha256": self._coffre.deposer(octets)}

    def _ligne(self, requete: str) -> dict[str, Any]:
        curseur = self._connexion.execute(requete)
        return dict(zip([colonne[0] for colonne in curseur.description], curseur.fetchone(), strict=True))


def _scans(combien: int) -> Iterator[bytes]:
    """Different A4 scans at 150 dots an inch, noisy like paper."""
    hasard = random.Random(4)  # noqa: S311 - where lines stand on a page
    papier = Image.effect_noise((1240, 1754), 24).convert("RGB").filter(ImageFilter.GaussianBlur(0.6))
    papier = Image.blend(papier, Image.new("RGB", papier.size, "white"), 0.7)
    for _ in range(combien):
        page = papier.copy()
        dessin = ImageDraw.Draw(page)
        for _ in range(60):
            x, y = hasard.randrange(1000), hasard.randrange(1700)
            dessin.rectangle((x, y, x + hasard.randrange(20, 200), y + 12), fill=(30, 30, 60))
        sortie = io.BytesIO()
        page.save(sortie, "JPEG", quality=80)
        yield sortie.getvalue()


def _inserer(connexion: Any, table: str, lignes: list[dict[str, Any]]) -> None:
    valeurs = ", ".join(f":{colonne}" for colonne in lignes[0])
    connexion.executemany(f"INSERT INTO {table} ({', '.join(lignes[0])}) VALUES ({valeurs})", lignes)

"""Who holds a draft: a screen of a process on a poste, and whether it still exists."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import psutil
import pytest
from outils.store import codes

from cyclades_tui.actes.candidature import brouillons
from cyclades_tui.domaine.erreurs import ActeRefuse
from cyclades_tui.poste import Poste

CLE = brouillons.cle_nouvelle("02399000000", "BCP", "2024", "33")
ICI, AILLEURS = "borne-1", "borne-2:étage"  # a poste's name may contain the separator of ids
SANS_SUITE = "0" * 32


@pytest.fixture
def ici(poste: Poste) -> Poste:
    return nomme(poste, ICI)


def nomme(poste: Poste, nom: str) -> Poste:
    return replace(poste, acteur=replace(poste.acteur, poste=nom))


def garder(poste: Poste, ecran: str) -> None:
    brouillons.garder(poste, CLE, {"identification.nom": "Mar"}, onglet="", focus="", ecran=ecran)


def tenant(poste: Poste, ecran: str) -> str | None:
    """The holder of a draft that a screen keeps, as `poste` sees it."""
    garder(poste, ecran)
    reprise = brouillons.reprendre(poste, CLE, set())
    assert reprise is not None
    return reprise.tenu_par


def processus_fini() -> str:
    """The PID and the beginning of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as enfant:
        debut = psutil.Process(enfant.pid).create_time()
        enfant.communicate(b"\n")
    return f"{enfant.pid}:{debut:.2f}"


def test_a_screen_of_a_process_that_runs_holds_its_draft(ici: Poste) -> None:
    ecran = brouillons.nouvel_ecran(ici)
    assert tenant(ici, ecran) == ecran


def test_the_same_process_number_on_another_poste_is_another_holder(ici: Poste) -> None:
    la_bas = nomme(ici, AILLEURS)
    sien, autre = (f"{os.getpid()}:1.00:{SANS_SUITE}:{nom}" for nom in (AILLEURS, ICI))
    assert tenant(ici, sien) == sien  # its processes cannot be seen from here
    with pytest.raises(ActeRefuse) as refus:
        garder(ici, autre)
    assert codes(refus.value) == {"brouillon.pris"}
    reprise = brouillons.reprendre(la_bas, CLE, set())
    assert reprise is not None
    assert reprise.tenu_par is None  # there, that PID belongs to another process


def test_a_holder_whose_process_has_ended_is_not_there(ici: Poste) -> None:
    assert tenant(ici, f"{processus_fini()}:{SANS_SUITE}:{ICI}") is None


def test_a_holder_whose_process_number_serves_another_is_not_there(ici: Poste) -> None:
    avant = psutil.Process().create_time() - 60
    assert tenant(ici, f"{os.getpid()}:{avant:.2f}:{SANS_SUITE}:{ICI}") is None


def test_the_holders_of_an_earlier_release_are_read(ici: Poste) -> None:
    vivant = f"{os.getpid()}:{psutil.Process().create_time():.2f}:{SANS_SUITE}"
    assert tenant(ici, vivant) == vivant
    brouillons.rendre_la_main(ici, CLE, vivant)
    assert tenant(ici, f"{processus_fini()}:{SANS_SUITE}") is None

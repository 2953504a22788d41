"""An acte leaves its row or is rolled back; a reading leaves its own; nothing else opens the store."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from outils.actes import lignes, refus, une
from outils.agents import au_nom_de, embaucher

import cyclades_tui.actes
from cyclades_tui.actes.socle.acces import Acces
from cyclades_tui.actes.socle.acte import (
    ActeOuvert,
    LectureOuverte,
    TraceOubliee,
    acte,
    consigner_la_lecture,
    consigner_le_fait,
    lecture,
    simulation,
    travail,
)
from cyclades_tui.actes.socle.noms import NomActe, SansDroit, SansTrace
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.poste import Poste
from cyclades_tui.store.requetes import numeros

SANS_PORTEE = "rien n'est à portée"


def _journal(poste: Poste) -> list[tuple[str, str, str]]:
    return [tuple(ligne) for ligne in lignes(poste, "SELECT acte, sujet, acteur_nature FROM journal WHERE seq > 1")]


def _ecrire(acces: Acces) -> None:
    """Write something that a test can find again: a range of numbers."""
    instant = acces.poste.maintenant()
    numeros.ajouter_plage(acces.unite, 80_000_000, 80_000_009, formation=True, instant=instant)


def _ecrire_puis_echouer(a: ActeOuvert) -> None:
    _ecrire(a)
    a.consigner("store", {})
    raise ZeroDivisionError


def _lire_puis_echouer(acces: LectureOuverte) -> None:
    acces.consigner("candidat:1")
    raise ZeroDivisionError


def _ecrites(poste: Poste) -> int:
    return int(une(poste, "SELECT count(*) FROM plage WHERE debut = 80000000"))


def test_an_acte_is_one_transaction_with_its_row(poste: Poste) -> None:
    with acte(poste, Droit.ENTRETENIR, "store.plage") as a:
        _ecrire(a)
        assert a.instant == poste.maintenant()
        assert a.portee.sans_limite
        assert a.consigner("store", {"plage": ""}) == 2
    assert _journal(poste) == [("store.plage", "store", "systeme")]
    assert _ecrites(poste) == 1


@pytest.mark.parametrize("ouvrir", [acte, simulation])
def test_an_acte_without_its_row_is_undone_and_told(
    poste: Poste, ouvrir: Callable[[Poste, Droit, NomActe], AbstractContextManager[Acces]]
) -> None:
    with pytest.raises(TraceOubliee, match=r"store\.plage"), ouvrir(poste, Droit.ENTRETENIR, "store.plage") as a:
        _ecrire(a)
    assert _ecrites(poste) == 0


def test_the_row_of_a_part_is_not_that_of_the_acte(poste: Poste) -> None:
    with pytest.raises(TraceOubliee), acte(poste, Droit.ENTRETENIR, "store.plage") as a:
        a.consigner("store", {}, nom="candidat.creer")
    assert _journal(poste) == []
    with acte(poste, Droit.ENTRETENIR, "store.plage", "candidat.creer") as a:
        a.consigner("store", {}, nom="candidat.creer")
    assert _journal(poste) == [("candidat.creer", "store", "systeme")]


def test_an_acte_may_say_that_there_was_nothing_to_do(poste: Poste) -> None:
    with acte(poste, Droit.ENTRETENIR, "store.plage") as a:
        a.rien()
    assert _journal(poste) == []


def test_an_exception_undoes_an_acte_and_its_row(poste: Poste) -> None:
    with pytest.raises(ZeroDivisionError), acte(poste, Droit.ENTRETENIR, "store.plage") as a:
        _ecrire_puis_echouer(a)
    assert (_journal(poste), _ecrites(poste)) == ([], 0)


def test_a_simulation_goes_the_whole_way_and_writes_nothing(poste: Poste) -> None:
    with simulation(poste, Droit.ENTRETENIR, "store.plage") as a:
        _ecrire(a)
        a.consigner("store", {})
        fait = True
    assert fait
    assert (_journal(poste), _ecrites(poste)) == ([], 0)


def test_work_by_design_without_a_row_is_kept(poste: Poste) -> None:
    with travail(poste, Droit.ENTRETENIR, SansTrace.BROUILLON) as acces:
        _ecrire(acces)
    assert (_journal(poste), _ecrites(poste)) == ([], 1)


def _tout(poste: Poste, droit: Droit) -> Iterator[AbstractContextManager[Acces]]:
    yield acte(poste, droit, "store.plage")
    yield simulation(poste, droit, "store.plage")
    yield travail(poste, droit, SansTrace.BROUILLON)
    yield lecture(poste, droit, "candidat.lire")
    yield lecture(poste, droit, SansTrace.LISTE)


@pytest.mark.usefixtures("hacheur_rapide")
def test_each_asks_for_the_right_first(poste: Poste) -> None:
    embaucher(poste)
    avant = _journal(poste)
    for ouvert in _tout(au_nom_de(poste, "auditeur"), Droit.AGENTS):
        with refus(poste, "droit.role"), ouvert:
            pytest.fail("the block has begun")
    for ouvert in _tout(poste, Droit.AGENTS):
        with refus(poste, "droit.systeme"), ouvert:
            pytest.fail("the block has begun")
    assert _journal(poste) == avant


@pytest.mark.usefixtures("hacheur_rapide")
def test_another_right_is_asked_for_in_the_same_unit_of_work(poste: Poste) -> None:
    embaucher(poste)
    with lecture(au_nom_de(poste, "auditeur"), Droit.CONSULTER, SansTrace.LISTE) as acces:
        assert acces.pour(Droit.CONSULTER) is acces
        assert acces.pour(Droit.PARCOURIR).unite is acces.unite
        with refus(poste, "droit.role"):
            acces.pour(Droit.AGENTS)


def test_without_a_right_nothing_is_within_reach(poste: Poste) -> None:
    with lecture(poste, SansDroit.ACCUEIL, SansTrace.LISTE) as acces, pytest.raises(TypeError, match=SANS_PORTEE):
        acces.exiger_l_academie("")


@pytest.mark.usefixtures("hacheur_rapide")
def test_what_an_agent_reads_leaves_a_row_once_it_is_read(poste: Poste) -> None:
    with lecture(poste, Droit.CONSULTER, "candidat.lire") as acces:
        acces.consigner("candidat:1")
    assert _journal(poste) == []
    embaucher(poste)
    avant = len(_journal(poste))
    lui = au_nom_de(poste, "auditeur")
    with lecture(lui, Droit.CONSULTER, "candidat.lire") as acces:
        acces.consigner("candidat:1", {"versions": 1})
        assert len(_journal(poste)) == avant
    with lecture(lui, Droit.CONSULTER, "candidat.lire") as acces:
        acces.rien()
    with lecture(lui, Droit.CONSULTER, SansTrace.LISTE):
        pass
    with pytest.raises(ZeroDivisionError), lecture(lui, Droit.CONSULTER, "candidat.lire") as acces:
        _lire_puis_echouer(acces)
    assert _journal(poste)[avant:] == [("candidat.lire", "candidat:1", "agent")]


def test_a_reading_that_forgets_its_row_is_told_whoever_reads(poste: Poste) -> None:
    with pytest.raises(TraceOubliee, match=r"candidat\.lire"), lecture(poste, Droit.CONSULTER, "candidat.lire"):
        pass


def test_what_was_done_outside_the_store_is_journalled_afterwards(poste: Poste) -> None:
    consigner_le_fait(poste, "document.copier", "document:1", {"nom": "a.pdf"})
    consigner_la_lecture(poste, "depot.ouvrir", "depot:1")  # the system's readings leave no row
    assert _journal(poste) == [("document.copier", "document:1", "systeme")]


# Nothing else opens the store: checked in the source.

_RACINE = Path(cyclades_tui.actes.__path__[0])
# Calls reserved to the socle, by the last two names of the call.
_RESERVES = {
    "store.ecrire",
    "store.lire",
    "journal.consigner",
    "droits.autoriser",
    "droits.agent_qui_agit",
}
# module:call -> why it is allowed. Better empty.
_EXCEPTIONS: dict[str, str] = {}


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for chemin in sorted(_RACINE.rglob("*.py")):
        if chemin.parent.name != "socle":
            yield chemin.relative_to(_RACINE).as_posix(), ast.parse(chemin.read_text(encoding="utf-8"))


def _reserves(arbre: ast.Module) -> Iterator[str]:
    """The reserved calls in a module, on any object or by imported name."""
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.Attribute):
            porteur = noeud.value.attr if isinstance(noeud.value, ast.Attribute) else getattr(noeud.value, "id", "")
            yield f"{porteur.lstrip('_')}.{noeud.attr}"
        elif isinstance(noeud, ast.ImportFrom) and noeud.module is not None:
            yield from (f"{noeud.module.rpartition('.')[2]}.{alias.name}" for alias in noeud.names)


@pytest.mark.parametrize(
    "texte",
    [
        "with poste.store.ecrire() as unite: ...",
        "store = poste.store\nstore.lire()",
        "self._store.lire()",
        "journal.consigner(unite)",
        "from cyclades_tui.store.requetes.journal import consigner",
        "from cyclades_tui.actes.socle.droits import autoriser as demander",
    ],
)
def test_the_ways_around_the_socle_are_seen(texte: str) -> None:
    assert set(_reserves(ast.parse(texte))) & _RESERVES


def test_outside_the_socle_no_module_opens_the_store_asks_a_right_or_writes_the_journal_by_itself() -> None:
    trouves = {f"{nom}:{pris}" for nom, arbre in _modules() for pris in _reserves(arbre) if pris in _RESERVES}
    assert trouves == set(_EXCEPTIONS)


def test_every_reason_is_given_somewhere() -> None:
    textes = "".join(chemin.read_text(encoding="utf-8") for chemin in _RACINE.rglob("*.py"))
    raisons = {f"{type(raison).__name__}.{raison.name}" for raison in (*SansDroit, *SansTrace)}
    assert {raison for raison in raisons if raison not in textes} == set()

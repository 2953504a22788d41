"""The product's positions compared with the oracle's: every title, pair, year, unticked set, category and form."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outils import oracle_dispenses as oracle
from outils.oracle_dispenses import Dossier, Note

from cyclades_tui.referentiel.chargement import Referentiel, charger
from cyclades_tui.referentiel.ressources import dossier
from cyclades_tui.referentiel.schema import Categorie, Epreuve, Forme, Population
from cyclades_tui.regles.positions import (
    AcquisDeclares,
    ChoixDeclares,
    EpreuvePlacee,
    NoteAnterieure,
    Position,
    TitreDeclare,
    Vae,
    placer,
)

SESSIONS = (2024, 2027)
# The form that a pupil gets by the rector's derogation is the last one.
FORMES_PAR_CATEGORIE: dict[str, tuple[Forme, ...]] = {
    oracle.SCOLAIRE: ("globale", "progressive"),
    oracle.INDIVIDUEL: ("globale", "progressive"),
    oracle.FORMATION_CONTINUE: ("globale", "progressive"),
    oracle.A_DISTANCE: ("globale", "progressive"),
}
SITUATIONS = [
    (session, categorie, forme)
    for session in SESSIONS
    for categorie, formes in FORMES_PAR_CATEGORIE.items()
    for forme in formes
]
ENTIERES = [(2024, oracle.SCOLAIRE, "globale"), (2027, oracle.INDIVIDUEL, "progressive")]
ALTERNEES = SITUATIONS[0::4] + SITUATIONS[3::4]
FORMES_ORACLE = {"globale": oracle.GLOBALE, "progressive": oracle.PROGRESSIVE}
UNITES = [unite for _, unite, _, _ in oracle.E1_A_E7 if unite]
AVEC_OEUVRE = [*UNITES, "CO1"]


@cache
def referentiel() -> Referentiel:
    return charger(dossier("data"))


@cache
def categorie(libelle: str) -> Categorie:
    return next(c for c in referentiel().examens["BCP"].categorie if c.libelle == libelle)


@cache
def arbre(session: int, libelle: str) -> tuple[Epreuve, ...]:
    return referentiel().diplome("BCP", "25303", session).arbre(session, categorie(libelle).groupe)


@cache
def codes(session: int, libelle: str) -> dict[str, str]:
    """The code of the épreuve with each unit."""
    return {epreuve.unite: epreuve.code for epreuve in arbre(session, libelle) if epreuve.unite}


@cache
def titre_declare(libelle: str, annee: int) -> TitreDeclare:
    titre = next(t for t in referentiel().dispenses["BCP"].titre if t.libelle == libelle)
    return TitreDeclare(titre, annee, "Guyane")


@cache
def populations(session: int, libelle: str, demandee: bool, inapte: bool) -> tuple[Population, ...]:
    diplome = referentiel().diplome("BCP", "25303", session)
    offertes = referentiel().populations_offertes(diplome, session, categorie(libelle).groupe)
    return tuple(p for p in offertes if (inapte if "inapte" in p.libelle else demandee))


def placer_produit(cas: Dossier, forme: Forme) -> tuple[EpreuvePlacee, ...]:
    code = codes(cas.session, cas.categorie)
    acquis = AcquisDeclares(
        titres=tuple(titre_declare(*titre) for titre in cas.titres),
        notes=tuple(
            NoteAnterieure(code[n.unite], Decimal(n.centiemes) / 100, n.session, n.gardee, n.meme)
            for n in cas.notes
            if n.unite in code
        ),
        vae=Vae(2020, "Guyane", frozenset(code[u] for u in cas.vae if u in code)) if cas.vae else None,
        populations=populations(cas.session, cas.categorie, cas.eps_demandee, cas.inapte),
        repasser=frozenset(code[u] for u in cas.decochees),
    )
    return placer(
        arbre(cas.session, cas.categorie),
        voie=categorie(cas.categorie).voie,
        forme=forme,
        annee=cas.session,
        benefice=referentiel().examens["BCP"].benefice,
        acquis=acquis,
        choix=ChoixDeclares(
            frozenset(code[u] for u in cas.non_inscrites if u in code),
            frozenset(code[u] for u in cas.facultatives if u in code),
        ),
    )


def juger(cas: Dossier, forme: Forme) -> tuple[EpreuvePlacee, ...]:
    """Compute with both and compare; every line must have a reason, and a mode only if it is sat."""
    placees = placer_produit(cas, forme)
    produit = [(p.epreuve.code, p.position.value, p.mode) for p in placees]
    attendu = oracle.placer(cas)
    if produit != attendu:
        ecarts = [(p, a) for p, a in zip(produit, attendu, strict=False) if p != a]
        pytest.fail(f"{cas}\nproduct, oracle: {ecarts or (len(produit), len(attendu))}")
    for placee in placees:
        assert placee.raison.texte, f"no reason for {placee.epreuve.code}: {cas}"
        assert placee.position is Position.INSCRIT or not placee.mode, f"mode on {placee}: {cas}"
    return placees


def annees(libelle: str) -> tuple[int, int, int]:
    """The year before the first one accepted for a title, that year, and the next."""
    depuis = oracle.TITRES[libelle][0]
    return depuis - 1, depuis, depuis + 1


def parties(unites: Iterable[str]) -> Iterator[frozenset[str]]:
    liste = list(unites)
    return (frozenset(c) for c in chain.from_iterable(combinations(liste, n) for n in range(len(liste) + 1)))


def quelques_parties(unites: list[str], hasard: random.Random, *, chacune: bool) -> list[frozenset[str]]:
    """No unit, all, a random subset; and each one alone with `chacune`."""
    tiree = frozenset(u for u in unites if hasard.random() < 0.5)
    return [frozenset(), frozenset(unites), tiree, *(frozenset({u}) for u in unites if chacune)]


def test_the_titles_offered_are_those_of_the_guide() -> None:
    for session, libelle, _ in SITUATIONS:
        diplome = referentiel().diplome("BCP", "25303", session)
        offerts = referentiel().titres_offerts(diplome, session, categorie(libelle).groupe)
        *du_guide, europeen = [titre.libelle for titre in offerts]
        assert du_guide == list(oracle.TITRES)
        assert europeen.startswith("CERTIFICATION D'UN ETAT DE L'UE")


@pytest.mark.parametrize("annee", range(2021, 2030))
def test_the_chef_d_oeuvre_holds_from_2022_to_2025_then_comes_the_projet(annee: int) -> None:
    for libelle in FORMES_PAR_CATEGORIE:
        epreuves = {e.code: e.libelle for e in arbre(annee, libelle)}
        attendus = [code for code, *_ in oracle.arbre(annee, libelle)] if annee >= 2022 else []
        if annee >= 2022:
            assert list(epreuves) == attendus
        else:
            assert "EC1" not in epreuves
            assert "ECT" not in epreuves
        nom = "Chef d'oeuvre" if annee < 2026 else "Projet"
        assert epreuves.get("EC1", nom) == nom


@pytest.mark.parametrize(("session", "libelle", "forme"), ENTIERES)
def test_one_title_with_every_set_of_boxes_unticked(session: int, libelle: str, forme: Forme) -> None:
    """In two situations with nothing in common; `test_one_title_in_every_situation` covers the others."""
    juges = 0
    for titre, (_, unites) in oracle.TITRES.items():
        trop_tot, *admises = annees(titre)
        for annee, decochees in chain(
            product(admises, parties(unites)), product([trop_tot], [frozenset[str](), frozenset(unites)])
        ):
            juger(Dossier(session, libelle, FORMES_ORACLE[forme], ((titre, annee),), decochees), forme)
            juges += 1
    assert juges == 2 * (8 * 2**5 + 2**7 + 2 * 2**8 + 2**9) + 12 * 2, f"{juges} cases judged"


@pytest.mark.parametrize(("session", "libelle", "forme"), SITUATIONS)
def test_one_title_in_every_situation(session: int, libelle: str, forme: Forme) -> None:
    """Boxes unticked: none, all, some at random, and each alone.

    A situation decides tree, modes and form; but a box counts for its own unit only, in any situation
    (`test_unticking_changes_no_other_unit`), so that each alone covers every subset.
    """
    hasard = random.Random(20240513)  # noqa: S311 - draws cases, not secrets
    for titre, (_, unites) in oracle.TITRES.items():
        for annee in annees(titre):
            for decochees in quelques_parties(unites, hasard, chacune=True):
                juger(Dossier(session, libelle, FORMES_ORACLE[forme], ((titre, annee),), decochees), forme)


@pytest.mark.parametrize(("session", "libelle", "forme"), ALTERNEES)
def test_two_titles_with_their_years_and_boxes(session: int, libelle: str, forme: Forme) -> None:
    """Boxes are unticked one by one where both titles count; if one is too early, the tests of single titles cover it.

    Each session and category once, with one of the forms, on which the effect of a title does not depend.
    """
    hasard = random.Random(20240513)  # noqa: S311 - draws cases, not secrets
    juges = 0
    for un, autre in combinations(oracle.TITRES, 2):
        unites = sorted({*oracle.TITRES[un][1], *oracle.TITRES[autre][1]})
        for annees_des_deux in product(annees(un), annees(autre)):
            titres = tuple(zip((un, autre), annees_des_deux, strict=True))
            chacune = annees_des_deux == (annees(un)[1], annees(autre)[1])
            for decochees in quelques_parties(unites, hasard, chacune=chacune):
                juger(Dossier(session, libelle, FORMES_ORACLE[forme], titres, decochees), forme)
                juges += 1
    assert juges >= 66 * (9 * 3 + 5), f"{juges} cases judged"


NOTES = (0, 999, 1000, 2000)


@pytest.mark.parametrize(("session", "libelle", "forme"), SITUATIONS)
def test_notes_of_earlier_sessions(session: int, libelle: str, forme: Forme) -> None:
    juges = 0
    unites = AVEC_OEUVRE if libelle == oracle.SCOLAIRE else UNITES
    for rang, (unite, ans, centiemes, gardee) in enumerate(product(unites, range(8), NOTES, (True, False))):
        note = Note(unite, session - ans, centiemes, gardee, meme=rang % 3 != 0)
        juger(Dossier(session, libelle, FORMES_ORACLE[forme], notes=(note,)), forme)
        juges += 1
    assert juges == len(unites) * 8 * 4 * 2, f"{juges} cases judged"


@pytest.mark.parametrize("forme", ["globale", "progressive"])
def test_of_two_notes_of_a_unit_the_later_one_counts(forme: Forme) -> None:
    """Even if it is below the threshold, too old or given up: an earlier one does not come back (D337-79)."""
    juges = 0
    une_note = list(product((1, 2, 5, 6), NOTES, (True, False)))
    for (ans_a, note_a, gardee_a), (ans_b, note_b, gardee_b) in product(une_note, repeat=2):
        notes = (Note("U11", 2024 - ans_a, note_a, gardee_a), Note("U11", 2024 - ans_b, note_b, gardee_b, meme=False))
        juger(Dossier(2024, oracle.INDIVIDUEL, FORMES_ORACLE[forme], notes=notes), forme)
        juges += 1
    assert juges == 32 * 32, f"{juges} cases judged"


@pytest.mark.parametrize(("session", "libelle", "forme"), SITUATIONS)
def test_populations_vae_and_choices_together(session: int, libelle: str, forme: Forme) -> None:
    juges = 0
    communs: list[tuple[tuple[str, int], ...]] = [
        (),
        (("BTS DUT DEUG LICENCE Toutes spécialités (depuis 1900)", 2000),),
    ]
    vaes = [frozenset[str](), frozenset({"U7"}), frozenset({"U31", "U32"}), frozenset(UNITES)]
    refusees = [frozenset[str](), frozenset({"U7"}), frozenset({"U11", "U12"}), frozenset(AVEC_OEUVRE)]
    repassees = [frozenset[str](), frozenset({"U7"}), frozenset({"U4", "U51"})]
    facultatives = [frozenset[str](), frozenset({"UF1"})]
    for demandee, inapte, titres, vae, refusee, repassee, facultative in product(
        (True, False), (True, False), communs, vaes, refusees, repassees, facultatives
    ):
        cas = Dossier(
            session,
            libelle,
            FORMES_ORACLE[forme],
            titres,
            repassee,
            vae=vae,
            eps_demandee=demandee,
            inapte=inapte,
            non_inscrites=refusee,
            facultatives=facultative,
        )
        juger(cas, forme)
        juges += 1
    assert juges == 4 * 2 * 4 * 4 * 3 * 2, f"{juges} cases judged"


@st.composite
def dossiers(tirer: st.DrawFn) -> tuple[Dossier, Forme]:
    """Any mix of titles, notes, VAE, populations and choices."""
    session, libelle, forme = tirer(st.sampled_from(SITUATIONS))
    unites = st.sampled_from(AVEC_OEUVRE if libelle == oracle.SCOLAIRE else UNITES)
    ensembles = st.frozensets(unites, max_size=6)
    titres = st.tuples(st.sampled_from(list(oracle.TITRES)), st.integers(1899, session))
    notes = st.builds(
        Note, unites, st.integers(session - 8, session - 1), st.integers(0, 2000), st.booleans(), st.booleans()
    )
    cas = Dossier(
        session,
        libelle,
        FORMES_ORACLE[forme],
        tuple(tirer(st.lists(titres, max_size=4, unique_by=lambda titre: titre[0]))),
        tirer(ensembles),
        tuple(tirer(st.lists(notes, max_size=6, unique_by=lambda note: (note.unite, note.meme)))),
        tirer(ensembles),
        tirer(st.booleans()),
        tirer(st.booleans()),
        tirer(ensembles),
        tirer(st.frozensets(st.sampled_from(["UF1", "UF2"]))),
    )
    return cas, forme


@settings(max_examples=400, deadline=None)
@given(dossiers())
def test_any_mix_of_acquis_and_choices(tire: tuple[Dossier, Forme]) -> None:
    juger(*tire)


def positions_des_unites(placees: tuple[EpreuvePlacee, ...]) -> dict[str, Position]:
    return {p.epreuve.unite: p.position for p in placees if p.epreuve.unite}


@settings(max_examples=150, deadline=None)
@given(dossiers(), st.sampled_from(UNITES))
def test_unticking_changes_no_other_unit(tire: tuple[Dossier, Forme], unite: str) -> None:
    cas, forme = tire
    champs = {champ: getattr(cas, champ) for champ in cas.__dataclass_fields__}
    avec = Dossier(**{**champs, "decochees": cas.decochees | {unite}})
    sans = Dossier(**{**champs, "decochees": cas.decochees - {unite}})
    positions_avec = positions_des_unites(placer_produit(avec, forme))
    positions_sans = positions_des_unites(placer_produit(sans, forme))
    assert {u for u in positions_avec if positions_avec[u] is not positions_sans[u]} <= {unite}


@settings(max_examples=150, deadline=None)
@given(dossiers(), st.sampled_from(list(oracle.TITRES)), st.integers(1899, 2027))
def test_one_more_title_makes_nothing_to_be_sat(tire: tuple[Dossier, Forme], titre: str, annee: int) -> None:
    cas, forme = tire
    champs = {champ: getattr(cas, champ) for champ in cas.__dataclass_fields__}
    avec = Dossier(**{**champs, "titres": (*cas.titres, (titre, annee))})
    avant = positions_des_unites(placer_produit(cas, forme))
    apres = positions_des_unites(placer_produit(avec, forme))
    assert not [u for u in avant if avant[u] is not Position.INSCRIT and apres[u] is Position.INSCRIT]


@pytest.mark.parametrize(
    ("positions", "attendue"),
    [
        ({"U11": oracle.INSCRIT, "U12": oracle.DISPENSE}, oracle.INSCRIT),
        ({"U11": oracle.DISPENSE, "U12": oracle.DISPENSE}, oracle.DISPENSE),
        ({"U11": oracle.BENEFICE, "U12": oracle.BENEFICE}, oracle.BENEFICE),
        ({"U11": oracle.NON_INSCRIT, "U12": oracle.NON_INSCRIT}, oracle.NON_INSCRIT),
        ({"U11": oracle.DISPENSE, "U12": oracle.BENEFICE}, oracle.NON_INSCRIT),
        ({"U11": oracle.NON_INSCRIT, "U12": oracle.DISPENSE}, oracle.NON_INSCRIT),
    ],
)
def test_a_parent_without_a_unit_follows_what_its_parts_agree_on(positions: dict[str, str], attendue: str) -> None:
    def qui_ont(position: str) -> frozenset[str]:
        return frozenset(unite for unite, voulue in positions.items() if voulue == position)

    cas = Dossier(
        2024,
        oracle.INDIVIDUEL,
        oracle.PROGRESSIVE,
        notes=tuple(Note(unite, 2022, 1200) for unite in sorted(qui_ont(oracle.BENEFICE))),
        vae=qui_ont(oracle.DISPENSE),
        non_inscrites=qui_ont(oracle.NON_INSCRIT),
    )
    e1 = juger(cas, "progressive")[0]
    assert (e1.epreuve.code, e1.position.value, e1.mode) == ("E1", attendue, "")

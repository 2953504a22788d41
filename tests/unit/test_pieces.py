"""Which pieces a profile must give, in which groups and until when (F383-F386, F409, C16)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outils.contenus import champs, exemple
from outils.saisies import referentiel_livre

from cyclades_tui.domaine.contenu import Acquis, Designation
from cyclades_tui.domaine.temps import Fenetre, de_iso
from cyclades_tui.referentiel.pieces import ModeDePiece
from cyclades_tui.referentiel.reglages import GroupePieces, ReglagesDuService
from cyclades_tui.regles.pieces_demandees import (
    EN_LIGNE,
    GroupeARemettre,
    Profil,
    demande_de_pieces,
    groupes_de,
    ouvert,
    pieces_demandees,
)

ENREGISTREE = "2023-12-11T15:06:00.000000Z"
SESSION = ("meme_specialite", "Session antérieure : 2022 (Guyane)")
BTS, DUT = ("titre.bts", "Titre ou diplôme : BTS"), ("titre.dut", "Titre ou diplôme : DUT")
AUTRE_DUT = ("titre.dut-2", "Titre ou diplôme : DUT")
VAE, SANS_EPS = ("vae", "Validation"), ("population.eps-inaptitude", "Dispense")
OUVERTURE, FERMETURE = datetime(2022, 8, 30, 6, tzinfo=UTC), datetime(2022, 10, 21, 21, 59, tzinfo=UTC)


def profil(
    groupe: str = "individuel",
    *acquis: tuple[str, str],
    examen: str = "BCP",
    specialite: str = "25303",
    naissance: str = "2005-05-06",
    nationalite: str = "99100",
    amenagement: str = "non",
) -> Profil:
    """The facts of a saved version; by default of an individual French candidate aged 18."""
    valeurs = {
        "identification.naissance.date": naissance,
        "identification.nationalite": nationalite,
        "candidature.amenagement_handicap": amenagement,
    }
    contenu = replace(
        exemple(),
        entete=replace(exemple().entete, instant=de_iso(ENREGISTREE)),
        examen=Designation(examen, ""),
        specialite=specialite,
        champs=champs(valeurs),
        acquis=tuple(Acquis(id_, "", "", (ligne, f"Spécialité : celle de {id_}")) for id_, ligne in acquis),
    )
    return Profil(contenu, groupe)


SEUL = ["recapitulatif", "identite"]
TABLE: dict[str, tuple[Profil, list[str]]] = {
    "a pupil": (profil("scolaire"), ["recapitulatif"]),
    "a pupil with a title": (profil("scolaire", BTS), ["recapitulatif", "diplome"]),
    "on one's own": (profil(), [*SEUL, "jdc", "experience-3-ans"]),
    "15 the day it is saved": (profil(naissance="2007-12-12"), [*SEUL, "experience-3-ans"]),
    "16 that day": (profil(naissance="2007-12-11"), [*SEUL, "jdc", "experience-3-ans"]),
    "24, the last day": (profil(naissance="1998-12-12"), [*SEUL, "jdc", "experience-3-ans"]),
    "25 that day": (profil(naissance="1998-12-11"), [*SEUL, "experience-3-ans"]),
    "no birth date": (profil(naissance=""), [*SEUL, "experience-3-ans"]),
    "a foreigner": (profil(nationalite="99109"), [*SEUL, "experience-3-ans"]),
    "two titles": (profil("individuel", BTS, DUT), [*SEUL, "jdc", "diplome", "diplome", "experience-3-ans"]),
    "who comes back": (profil("individuel", SESSION), [*SEUL, "jdc", "releve-notes"]),
    "VAE": (profil("formation-continue", VAE), [*SEUL, "jdc", "vae"]),
    "a handicap": (profil("scolaire", amenagement="oui"), ["recapitulatif", "amenagement"]),
    "no sport": (profil("scolaire", SANS_EPS), ["recapitulatif", "certificat-eps"]),
    "at a distance": (profil("distance"), [*SEUL, "jdc", "formation-distance"]),
    "an unknown category": (profil(""), ["recapitulatif"]),
    "BTS": (profil(examen="BTS"), [*SEUL, "jdc", "experience-1-an"]),
    "BP": (profil(examen="BP"), [*SEUL, "jdc", "experience-bp"]),
    "CAP with weeks of work": (profil(examen="CAP", specialite="33205"), [*SEUL, "jdc", "stage-14-semaines"]),
    "another CAP": (profil(examen="CAP", specialite="99999"), [*SEUL, "jdc"]),
    "teachers": (profil(examen="CRPE", naissance="1990-01-01"), [*SEUL, "natation-secourisme"]),
}


@pytest.mark.parametrize("cas", TABLE)
def test_what_a_profile_is_asked_for(cas: str) -> None:
    qui, attendues = TABLE[cas]
    assert [demandee.piece for demandee in pieces_demandees(referentiel_livre().pieces, qui)] == attendues


def test_every_shipped_piece_is_asked_of_somebody() -> None:
    assert {piece for _, attendues in TABLE.values() for piece in attendues} == {
        piece.id for piece in referentiel_livre().pieces
    }


@pytest.mark.parametrize(
    ("titres", "libelles"),
    [
        ((BTS,), [""]),
        ((BTS, DUT), [" : BTS", " : DUT"]),
        ((BTS, DUT, AUTRE_DUT), [" : BTS", " : DUT, celle de titre.dut", " : DUT, celle de titre.dut-2"]),
    ],
)
def test_each_title_is_proved_apart(titres: tuple[tuple[str, str], ...], libelles: list[str]) -> None:
    """The title is named if there are several, and the spécialité too if two titles have the same name."""
    diplomes = [d for d in pieces_demandees(referentiel_livre().pieces, profil("scolaire", *titres)) if d.precision]
    assert [d.precision for d in diplomes] == [id_ for id_, _ in titres]
    assert [d.libelle.removeprefix("Diplôme ou titre ouvrant la dispense") for d in diplomes] == libelles


# Groups


def reglages(**valeurs: Any) -> ReglagesDuService:
    return replace(referentiel_livre().reglages("", "", ""), **valeurs)


PIECES = (("recapitulatif", EN_LIGNE), ("identite", EN_LIGNE), ("amenagement", "voie postale"))


def test_pieces_go_by_mode_in_the_window_of_deposit() -> None:
    inscription, depot = Fenetre(None, FERMETURE), Fenetre(OUVERTURE, FERMETURE)
    en_ligne, postal = groupes_de(reglages(fenetre=inscription, depot=depot), PIECES)
    assert en_ligne.pieces == frozenset({"recapitulatif", "identite"})
    assert postal.pieces == frozenset({"amenagement"})
    assert (en_ligne.fenetre, postal.fenetre) == (depot, depot)
    (seul,) = groupes_de(reglages(fenetre=inscription), PIECES[:1])
    assert seul.fenetre == inscription


def test_the_office_s_own_groups() -> None:
    """A group that names a piece takes it, with its own window and address; a mode without group goes to the first."""
    propre = GroupePieces(
        mode="voie postale", pieces=("identite",), fermeture="2022-10-31T23:59", adresse_retour=("A",)
    )
    reste = GroupePieces(mode="en ligne")
    voulus = reglages(fenetre=Fenetre(None, FERMETURE), groupes_pieces=(reste, propre))
    seule = GroupePieces(mode="en ligne", pieces=("recapitulatif",))
    qui = profil("individuel", amenagement="oui")
    demandes = demande_de_pieces(referentiel_livre().pieces, qui, voulus)
    assert [groupe.mode for groupe in demandes] == ["en ligne", "voie postale"]
    assert [piece.piece for piece in demandes[1].pieces] == ["identite"]
    assert {piece.mode for piece in demandes[0].pieces} == {"en ligne"}
    assert "amenagement" in {piece.piece for piece in demandes[0].pieces}
    assert (demandes[1].adresse, demandes[1].delai) == (
        ("A",),
        "au plus tard le lundi 31 octobre 2022 23:59 (heure/Paris)",
    )
    (unique,) = demande_de_pieces(referentiel_livre().pieces, qui, replace(voulus, groupes_pieces=(seule,)))
    assert len(unique.pieces) == sum(len(groupe.pieces) for groupe in demandes)


def test_a_piece_begun_in_a_mode_that_the_office_left_keeps_a_group_of_it() -> None:
    reste = GroupePieces(mode="en ligne", fermeture="2022-10-31T23:59")
    fenetre = Fenetre(None, FERMETURE)
    en_ligne, postal = groupes_de(reglages(fenetre=fenetre, groupes_pieces=(reste,)), PIECES)
    assert (en_ligne.pieces, postal.pieces) == (frozenset({"recapitulatif", "identite"}), frozenset({"amenagement"}))
    assert (postal.mode, postal.fenetre) == ("voie postale", fenetre)


@pytest.mark.parametrize(
    ("mode", "fenetre", "phrase"),
    [
        (
            "en ligne",
            Fenetre(OUVERTURE, FERMETURE),
            "A déposer en ligne entre le mardi 30 août 2022 et le vendredi 21 octobre 2022 23:59 (heure/Paris)",
        ),
        (
            "voie postale",
            Fenetre(None, FERMETURE),
            "A envoyer par voie postale au plus tard le vendredi 21 octobre 2022 23:59 (heure/Paris)",
        ),
        ("autre", None, "A remettre selon d'autres modalités à une date qui vous sera donnée"),
    ],
)
def test_the_heading_of_a_group_is_the_guides(mode: ModeDePiece, fenetre: Fenetre | None, phrase: str) -> None:
    groupe = GroupeARemettre(mode, fenetre, (), frozenset())
    assert f"{groupe.titre} {groupe.delai}" == phrase


@pytest.mark.parametrize(
    ("limite", "instant", "attendu"),
    [
        (None, "2022-08-30T05:59:59.999999Z", False),
        (None, "2022-08-30T06:00:00.000000Z", True),
        (None, "2022-10-21T21:58:59.999999Z", True),
        (None, "2022-10-21T21:59:00.000000Z", False),
        ("2022-11-30T22:59:00.000000Z", "2022-11-30T22:58:59.999999Z", True),
        ("2022-11-30T22:59:00.000000Z", "2022-11-30T22:59:00.000000Z", False),
        ("2022-09-01T22:59:00.000000Z", "2022-10-01T00:00:00.000000Z", True),
    ],
)
def test_a_window_is_half_open_and_a_limit_of_one_s_own_goes_on(
    limite: str | None, instant: str, attendu: bool
) -> None:
    assert ouvert(GroupeARemettre(EN_LIGNE, Fenetre(OUVERTURE, FERMETURE), (), frozenset()), limite, instant) is attendu


def test_without_a_window_only_a_limit_of_one_s_own_opens() -> None:
    groupe = GroupeARemettre(EN_LIGNE, None, (), frozenset())
    assert not ouvert(groupe, None, ENREGISTREE)
    assert ouvert(groupe, "2024-01-01T00:00:00.000000Z", ENREGISTREE)


_profils = st.builds(
    lambda groupe, acquis, **reste: profil(groupe, *acquis, **reste),
    st.sampled_from(["scolaire", "individuel", "distance", "formation-continue", ""]),
    st.lists(st.sampled_from([BTS, DUT, SESSION, VAE, SANS_EPS]), unique=True),
    examen=st.sampled_from(["BCP", "CAP", "BTS", "BP", "CRPE", "MC"]),
    specialite=st.sampled_from(["25303", "33205"]),
    naissance=st.dates(date(1950, 1, 1), date(2010, 1, 1)).map(str),
    nationalite=st.sampled_from(["99100", "99109"]),
    amenagement=st.sampled_from(["oui", "non"]),
)
_groupes = st.lists(
    st.builds(
        GroupePieces,
        mode=st.sampled_from(["en ligne", "voie postale", "autre"]),
        pieces=st.lists(st.sampled_from([piece.id for piece in referentiel_livre().pieces]), max_size=3).map(tuple),
    ),
    min_size=1,
    max_size=4,
).map(tuple)


@given(_profils, _groupes)
def test_every_piece_stands_in_one_group_once(qui: Profil, groupes: tuple[GroupePieces, ...]) -> None:
    pieces = referentiel_livre().pieces
    attendues = [(d.piece, d.precision) for d in pieces_demandees(pieces, qui)]
    dites = demande_de_pieces(pieces, qui, reglages(groupes_pieces=groupes))
    trouvees = [(p.piece, p.precision) for groupe in dites for p in groupe.pieces]
    assert sorted(trouvees) == sorted(attendues) == sorted(set(attendues))
    assert all(groupe.pieces for groupe in dites)
    rangs = [d.rang for d in pieces_demandees(pieces, qui)]
    assert rangs == sorted(rangs)

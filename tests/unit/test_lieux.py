"""National lists: known places, counts against their origin, search as people type, damaged files."""

from __future__ import annotations

import hashlib
import lzma
import shutil
import tomllib
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cyclades_tui.domaine.erreurs import ReferentielFautif
from cyclades_tui.domaine.texte import hors_repertoire, plier
from cyclades_tui.referentiel.lieux import COMMUNES, LOCALITES, Lieux, StatutCommune, cle_commune

DATA = Path(__file__).parents[2] / "data"
LIEUX = Lieux(DATA / "lieux", DATA / "listes")
ORIGINE = tomllib.loads((DATA / "lieux" / "ORIGINE.toml").read_text(encoding="utf-8"))


@cache
def lignes(fichier: str) -> list[list[str]]:
    """The fields of a shipped list, read without the code under test; the line of a département has one field."""
    texte = lzma.decompress((DATA / "lieux" / fichier).read_bytes()).decode()
    return [ligne.split("\t") for ligne in texte.splitlines() if ligne]


@cache
def communes_livrees() -> list[tuple[str, str, str, str]]:
    """Département, key, official name, status letter."""
    communes, departement = [], ""
    for champs in lignes(COMMUNES):
        if len(champs) == 1:
            departement = champs[0]
        else:
            communes.append((departement, champs[0], champs[1], champs[2]))
    return communes


def noms_proposes(departement: str, debut: str, limite: int = 20) -> list[str]:
    return [commune.nom_officiel for commune in LIEUX.chercher_communes(departement, debut, limite).propositions]


@pytest.mark.parametrize(
    ("departement", "saisie", "nom", "nom_officiel"),
    [
        ("011", "bugarach", "BUGARACH", "Bugarach"),
        ("973", "Cayenne", "CAYENNE", "Cayenne"),
        ("094", "l'hay les roses", "L HAY LES ROSES", "L'Haÿ-les-Roses"),
        ("057", "Œting", "OETING", "Œting"),
        ("057", "oeting", "OETING", "Œting"),
        ("972", "schoelcher", "SCHOELCHER", "Schœlcher"),
        ("02A", "AJACCIO", "AJACCIO", "Ajaccio"),
        ("035", "st malo", "SAINT MALO", "Saint-Malo"),
        ("075", "Paris", "PARIS", "Paris"),
        ("988", "nouméa", "NOUMEA", "Nouméa"),
    ],
)
def test_commune_found_however_it_is_typed(departement: str, saisie: str, nom: str, nom_officiel: str) -> None:
    commune = LIEUX.commune(departement, saisie)
    assert commune is not None
    assert (commune.departement, commune.nom, commune.nom_officiel) == (departement, nom, nom_officiel)
    assert commune.statut is StatutCommune.ACTUELLE


def test_commune_of_another_departement_is_unknown() -> None:
    assert LIEUX.commune("035", "BUGARACH") is None
    assert LIEUX.commune("990", "BUGARACH") is None


@pytest.mark.parametrize(
    ("departement", "ville", "nombre"), [("075", "Paris", 20), ("069", "Lyon", 9), ("013", "Marseille", 16)]
)
def test_arrondissements_follow_their_city_in_order(departement: str, ville: str, nombre: int) -> None:
    attendus = [f"{ville} {rang}{'er' if rang == 1 else 'e'} Arrondissement" for rang in range(1, nombre + 1)]
    assert noms_proposes(departement, ville, 40)[: nombre + 1] == [ville, *attendus]


def test_st_means_saint_and_still_begins_other_names() -> None:
    bas_rhin = noms_proposes("067", "st", 100)
    assert "Saint-Nabor" in bas_rhin
    assert "Strasbourg" in bas_rhin
    assert noms_proposes("035", "st-malo") == ["Saint-Malo", "Saint-Malo-de-Phily", "Saint-Malon-sur-Mel"]
    assert "Sainte-Marie" in noms_proposes("035", "ste ma")


def test_whole_names_come_before_other_words() -> None:
    noms = [plier(nom) for nom in noms_proposes("050", "haye", 100)]
    debuts = [nom.startswith("HAYE") for nom in noms]
    assert debuts == sorted(debuts, reverse=True)
    assert "LA HAYE" in noms


def test_the_exact_name_comes_first_then_those_that_begin_so() -> None:
    noms = [plier(nom) for nom in noms_proposes("002", "laon", 100)]
    assert noms[0] == "LAON"
    assert [nom for nom in noms if nom.startswith("LAON")] == noms[: len([n for n in noms if n.startswith("LAON")])]
    assert any(" LAON" in nom for nom in noms)


@settings(deadline=None)
@given(st.data())
def test_an_exact_name_is_always_the_first_proposal(data: st.DataObject) -> None:
    departement, cle, nom, _ = data.draw(st.sampled_from(communes_livrees()))
    saisie = data.draw(st.sampled_from([cle, cle.lower(), nom]))
    assert LIEUX.chercher_communes(departement, saisie).propositions[0].nom == cle


def test_search_counts_all_and_proposes_a_few() -> None:
    resultats = LIEUX.chercher_communes("062", "e", limite=5)
    assert len(resultats.propositions) == 5
    assert resultats.total == LIEUX.chercher_communes("062", "e", limite=1000).total > 5
    assert LIEUX.chercher_communes("062", "xyz").total == 0
    assert LIEUX.chercher_communes("990", "a").total == 0


@pytest.mark.parametrize(
    ("departement", "nom", "statut"),
    [
        ("020", "Ajaccio", StatutCommune.ACTUELLE),
        ("020", "Bastia", StatutCommune.ACTUELLE),
        ("020", "Poggio-di-Tallano", StatutCommune.ANCIENNE),
        ("985", "Mamoudzou", StatutCommune.ACTUELLE),
        ("971", "Saint-Barthélemy", StatutCommune.ACTUELLE),
        ("060", "Voisinlieu", StatutCommune.ANCIENNE),
        ("075", "Choisy-le-Roi", StatutCommune.ANCIENNE),
        ("094", "Choisy-le-Roi", StatutCommune.ACTUELLE),
    ],
)
def test_former_places_of_birth(departement: str, nom: str, statut: StatutCommune) -> None:
    commune = LIEUX.commune(departement, nom)
    assert commune is not None
    assert (commune.departement, commune.statut) == (departement, statut)


def test_former_corse_holds_both_departements() -> None:
    cles = {
        departement: {c[1] for c in communes_livrees() if c[0] == departement} for departement in ("020", "02A", "02B")
    }
    assert cles["02A"] | cles["02B"] <= cles["020"]


def test_a_postal_code_gives_its_localites() -> None:
    assert LIEUX.localites("97300") == ("CAYENNE",)
    assert LIEUX.localites("29100") == ("DOUARNENEZ", "KERLAZ", "LE JUCH", "POULDERGAT", "POULLAN SUR MER")
    assert LIEUX.localites("98800") == ("NOUMEA",)
    assert LIEUX.localites("25404") == ()


@pytest.mark.parametrize(("section", "fichier"), [("communes", COMMUNES), ("localites", LOCALITES)])
def test_shipped_bytes_are_those_of_the_origin(section: str, fichier: str) -> None:
    assert ORIGINE[section]["fichier"] == fichier
    assert ORIGINE[section]["sha256"] == hashlib.sha256((DATA / "lieux" / fichier).read_bytes()).hexdigest()


def test_counts_are_those_of_the_origin() -> None:
    communes = communes_livrees()
    statuts = Counter(statut for _, _, _, statut in communes)
    assert ORIGINE["communes"]["lignes"] == len(communes)
    assert {statut.value: ORIGINE["communes"][statut.name.lower()] for statut in StatutCommune} == statuts
    assert ORIGINE["communes"]["departements"] == len({departement for departement, *_ in communes})
    assert ORIGINE["localites"]["codes_postaux"] == len(lignes(LOCALITES))
    assert ORIGINE["localites"]["lignes"] == sum(len(champs) - 1 for champs in lignes(LOCALITES))


def test_departements_of_birth_are_those_that_have_communes() -> None:
    de_naissance = {departement.code for departement in LIEUX.departements() if departement.naissance}
    assert de_naissance == {departement for departement, *_ in communes_livrees()}


def test_keys_are_unique_and_those_that_the_code_makes() -> None:
    communes = communes_livrees()
    assert len({(departement, cle) for departement, cle, _, _ in communes}) == len(communes)
    assert [cle for _, cle, nom, _ in communes if cle != cle_commune(nom)] == []
    noms = {nom for champs in lignes(LOCALITES) for nom in champs[1:]}
    assert {nom for nom in noms if nom != plier(nom)} == set()  # some abbreviate: « VILLEMOISSON S ORGE »


def test_every_character_of_a_name_is_in_the_repertoire() -> None:
    textes = ["".join(champs) for fichier in (COMMUNES, LOCALITES) for champs in lignes(fichier)]
    textes += [
        chemin.read_text(encoding="utf-8").replace("\n", "") for chemin in sorted((DATA / "listes").glob("*.csv"))
    ]
    assert hors_repertoire("".join(textes)) == ()


@settings(deadline=None)
@given(st.data())
def test_any_beginning_of_any_word_finds_the_commune(data: st.DataObject) -> None:
    departement, _, nom, _ = data.draw(st.sampled_from(communes_livrees()))
    mots = plier(nom).split()
    premier = data.draw(st.integers(0, len(mots) - 1))
    suite = " ".join(mots[premier:])
    debut = suite[: data.draw(st.integers(1, len(suite)))]
    assert nom in noms_proposes(departement, data.draw(st.sampled_from([debut, debut.lower()])), 2000)


@settings(deadline=None)
@given(st.text())
def test_folding_is_idempotent(texte: str) -> None:
    cle = cle_commune(texte)
    assert cle_commune(cle) == cle


def test_a_departement_is_found_by_its_code() -> None:
    assert LIEUX.departement("035").libelle == "035 - ILLE ET VILAINE"
    assert LIEUX.departement("035").academie == "14"
    assert LIEUX.departement("020").naissance
    assert not LIEUX.departement("130").naissance
    with pytest.raises(KeyError):
        LIEUX.departement("999")


def test_pays_and_nationalites_as_the_guide_writes_them() -> None:
    france = next(pays for pays in LIEUX.pays() if pays.code == "99100")
    assert (france.libelle, france.libelle_naissance) == ("FRANCE", "FRANCE (DONT OUTRE-MER)")
    lettonie = next(pays for pays in LIEUX.pays() if pays.nom == "Lettonie")
    assert lettonie.libelle == lettonie.libelle_naissance == "LETTONIE"
    nationalites = {nationalite.libelle: nationalite for nationalite in LIEUX.nationalites()}
    assert nationalites["Français"].origine == "guide"
    assert len(nationalites) == len(LIEUX.nationalites()) == 197
    assert {n.origine for n in nationalites.values()} == {"guide", "paquet", "projet", "pays"}


def test_lists_of_labels_have_no_duplicate_and_no_curly_apostrophe() -> None:
    listes: list[tuple[str, ...]] = [
        tuple(pays.libelle for pays in LIEUX.pays()),
        tuple(departement.libelle for departement in LIEUX.departements()),
        tuple(langue.libelle for langue in LIEUX.langues()),
        tuple(categorie.libelle for categorie in LIEUX.csp()),
    ]
    for libelles in listes:
        assert len(set(libelles)) == len(libelles)
        assert "’" not in "".join(libelles)


def test_langues_and_csp_as_the_guide_writes_them() -> None:
    anglais = next(langue for langue in LIEUX.langues() if langue.libelle == "Anglais")
    assert anglais.obligatoire
    assert any(not langue.obligatoire for langue in LIEUX.langues())
    assert [
        categorie.code for categorie in LIEUX.csp() if categorie.libelle == "Chômeurs n'ayant jamais travaillé"
    ] == ["81"]


LECTURES: dict[str, Callable[[Lieux], object]] = {
    f"lieux/{COMMUNES}": lambda lieux: lieux.chercher_communes("011", "bug"),
    f"lieux/{LOCALITES}": lambda lieux: lieux.localites("29100"),
    "listes/pays.csv": Lieux.nationalites,
    "listes/departements.csv": Lieux.departements,
    "listes/langues.csv": Lieux.langues,
    "listes/csp.csv": Lieux.csp,
}


def tronquer(chemin: Path) -> None:
    octets = chemin.read_bytes()
    chemin.write_bytes(octets[: len(octets) // 2] + b"\xff")


def vider(chemin: Path) -> None:
    chemin.write_bytes(b"")


@pytest.mark.parametrize("abimer", [Path.unlink, tronquer, vider])
@pytest.mark.parametrize("fichier", LECTURES)
def test_absent_or_damaged_file_is_named_with_its_remedy(
    tmp_path: Path, fichier: str, abimer: Callable[[Path], None]
) -> None:
    for dossier in ("lieux", "listes"):
        shutil.copytree(DATA / dossier, tmp_path / dossier)
    lieux = Lieux(tmp_path / "lieux", tmp_path / "listes")
    abimer(tmp_path / fichier)
    with pytest.raises(ReferentielFautif) as refus:
        LECTURES[fichier](lieux)
    (faute,) = refus.value.fautes
    assert faute.champ.split(":")[0] == fichier
    assert str(tmp_path / fichier) in faute.message
    assert faute.remede == "Réinstallez le logiciel."


@pytest.mark.parametrize(
    ("fichier", "avant", "apres", "cle"),
    [
        ("listes/departements.csv", "035 - ILLE ET VILAINE,14,oui", "035 - ILLE ET VILAINE,14,peut-être", "035"),
        ("listes/csp.csv", "47,Techniciens", "47", "47"),
        ("listes/langues.csv", "code,libelle,obligatoire", "code,nom,obligatoire", "première ligne"),
    ],
)
def test_wrong_line_of_a_list_is_shown(tmp_path: Path, fichier: str, avant: str, apres: str, cle: str) -> None:
    shutil.copytree(DATA / "listes", tmp_path / "listes")
    chemin = tmp_path / fichier
    texte = chemin.read_text(encoding="utf-8")
    assert avant in texte
    chemin.write_text(texte.replace(avant, apres), encoding="utf-8")
    with pytest.raises(ReferentielFautif) as refus:
        LECTURES[fichier](Lieux(DATA / "lieux", tmp_path / "listes"))
    assert refus.value.fautes[0].champ.startswith(f"{fichier}:{cle}")


def test_wrong_line_of_a_departement_is_shown(tmp_path: Path) -> None:
    (tmp_path / COMMUNES).write_bytes(lzma.compress(b"011\nBUGARACH\tBugarach\tz"))
    with pytest.raises(ReferentielFautif) as refus:
        Lieux(tmp_path, DATA / "listes").commune("011", "Bugarach")
    assert "011 BUGARACH" in refus.value.fautes[0].champ


def test_no_file_is_read_before_it_is_asked_for(tmp_path: Path) -> None:
    shutil.copytree(DATA / "listes", tmp_path / "listes")
    lieux = Lieux(tmp_path / "absent", tmp_path / "listes")
    assert lieux.csp()
    shutil.rmtree(tmp_path / "listes")
    assert lieux.csp()

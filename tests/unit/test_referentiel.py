"""The référentiel: local diplomas over the shipped ones, its digest, the guide's labels."""

from __future__ import annotations

from pathlib import Path

import pytest
from outils.referentiel import DATA, DIPLOME, GUYANE, copier_sans_lieux, lu
from outils.saisies import referentiel_livre

from cyclades_tui.domaine.erreurs import ReferentielFautif
from cyclades_tui.referentiel.chargement import Referentiel, charger


@pytest.fixture(scope="module")
def livre() -> Referentiel:
    return referentiel_livre()


@pytest.fixture
def copie(tmp_path: Path) -> Path:
    return copier_sans_lieux(tmp_path)


def test_a_local_diploma_is_added(tmp_path: Path, livre: Referentiel) -> None:
    (tmp_path / "diplomes").mkdir()
    autre = lu(DIPLOME).replace('code = "25303"', 'code = "25304"').replace("option Systèmes", "option Avionique")
    (tmp_path / "diplomes/avionique.toml").write_text(autre, encoding="utf-8")
    referentiel = charger(DATA, tmp_path)
    assert referentiel.fautes == ()
    assert {d.code for d in referentiel.diplomes_de("BCP", 2024)} >= {"25303", "25304"}
    assert referentiel.diplome("BCP", "25304", 2024).libelle == "Aéronautique option Avionique"
    assert referentiel.sha256 != livre.sha256


def autre_diplome(dossier: Path, nom: str, libelle: str, sessions: str) -> None:
    """A file for the shipped spécialité, with another label and other sessions."""
    (dossier / "diplomes").mkdir(exist_ok=True)
    texte = lu(DIPLOME).replace("option Systèmes", libelle).replace("sessions = [2016, 9999]", f"sessions = {sessions}")
    (dossier / "diplomes" / nom).write_text(texte, encoding="utf-8")


def libelles_de_25303(referentiel: Referentiel, annee: int) -> list[str]:
    return [diplome.libelle for diplome in referentiel.diplomes_de("BCP", annee) if diplome.code == "25303"]


@pytest.mark.parametrize("sessions", ["[2020, 2023]", "[2016, 2023]", "[2010, 2023]", "[2016, 9999]"])
def test_a_local_diploma_wins_over_the_shipped_one_for_its_sessions(tmp_path: Path, sessions: str) -> None:
    autre_diplome(tmp_path, "ici.toml", "d'ici", sessions)
    referentiel = charger(DATA, tmp_path)
    assert referentiel.fautes == ()
    assert referentiel.diplome("BCP", "25303", 2022).libelle == "Aéronautique d'ici"
    assert libelles_de_25303(referentiel, 2022) == ["Aéronautique d'ici"]
    ailleurs = "Aéronautique d'ici" if "9999" in sessions else "Aéronautique option Systèmes"
    assert libelles_de_25303(referentiel, 2024) == [ailleurs]


def test_two_local_diplomas_may_not_share_a_session(tmp_path: Path, livre: Referentiel) -> None:
    autre_diplome(tmp_path, "a.toml", "a", "[2016, 2020]")
    autre_diplome(tmp_path, "b.toml", "b", "[2020, 2023]")
    autre_diplome(tmp_path, "c.toml", "c", "[2021, 2023]")
    referentiel = charger(DATA, tmp_path)
    (faute,) = referentiel.fautes
    assert (faute.code, faute.champ) == ("referentiel.double", "diplomes/b.toml:sessions")
    assert "diplomes/a.toml" in faute.message
    assert [referentiel.diplome("BCP", "25303", annee).libelle for annee in (2020, 2022)] == [
        "Aéronautique a",
        "Aéronautique c",
    ]
    assert referentiel.diplomes_de("BCP", 2024) == livre.diplomes_de("BCP", 2024)


def test_two_shipped_diplomas_may_not_share_a_session(copie: Path) -> None:
    autre_diplome(copie, "zz.toml", "b", "[2020, 2023]")
    with pytest.raises(ReferentielFautif) as pris:
        charger(copie)
    assert [faute.champ for faute in pris.value.fautes] == ["diplomes/zz.toml:sessions"]


def test_two_exams_may_have_a_specialite_of_one_code(tmp_path: Path) -> None:
    """Each fault names its own file, even if both exams have the same code and sessions."""
    for nature in ("examens", "dispenses"):
        (tmp_path / nature).mkdir()
        texte = lu(f"{nature}/bcp.toml").replace('"BCP"', '"CAP"')
        (tmp_path / nature / "cap.toml").write_text(texte, encoding="utf-8")
    autre_diplome(tmp_path, "bcp.toml", "BCP", "[2016, 9999]")
    (tmp_path / "diplomes/cap.toml").write_text(
        lu(DIPLOME).replace('examen = "BCP"', 'examen = "CAP"').replace('matiere = "eps"', 'matiere = "sport"'),
        encoding="utf-8",
    )
    referentiel = charger(DATA, tmp_path)
    assert [faute.champ for faute in referentiel.fautes] == ["diplomes/cap.toml:epreuve.E7.matiere"]
    assert referentiel.diplome("BCP", "25303", 2024).libelle == "Aéronautique BCP"


def test_the_digest_names_the_content(copie: Path, livre: Referentiel) -> None:
    assert charger(DATA).sha256 == livre.sha256
    (copie / GUYANE).write_text(lu(GUYANE) + "\n# une ligne de plus\n", encoding="utf-8")
    assert charger(copie).sha256 != livre.sha256


def test_a_local_folder_that_is_not_there_does_no_harm(tmp_path: Path, livre: Referentiel) -> None:
    assert charger(DATA, tmp_path / "absent").sha256 == livre.sha256


# The shipped data against the guide's récapitulatif, session 2024 (003 l.1024-1054): level, code, label, unit, mode.
CCF = "CCF"
GUIDE = [
    (0, "E1", "Epreuve scientifique", "", ""),
    (1, "E1-A", "Mathématiques", "U11", CCF),
    (1, "E1-B", "Physique-Chimie", "U12", CCF),
    (0, "E2", "Exploitation de la documentation technique", "U2", "Ponctuel"),
    (0, "E3", "Prise en compte de la formation en milieu professionnel", "", ""),
    (1, "E3-A", "Inspection et relation en entreprise", "U31", CCF),
    (1, "E3-B", "Montage - démontage", "U32", CCF),
    (1, "E3-C", "Essais, réglages et mise en oeuvre", "U33", CCF),
    (1, "E3-D", "Réalisation et contrôle", "U34", CCF),
    (1, "E3-E", "Economie et gestion", "U35", "Ponctuel"),
    (1, "E3-F", "Prévention, santé, environnement", "U36", "Ponctuel"),
    (0, "E4", "Langue vivante", "U4", None),
    (1, "E4-A", "Langue vivante A : écrite", "", None),
    (1, "E4-B", "Langue vivante A : orale", "", None),
    (0, "E5", "Français, histoire-géographie, enseignement moral et civique", "", None),
    (1, "E5-A", "Français", "U51", None),
    (1, "E5-B", "Histoire-géographie et enseignement moral et civique", "U52", None),
    (0, "E6", "Arts appliqués et culture artistique", "U6", None),
    (0, "E7", "Education physique et sportive", "U7", None),
    (0, "EC1", "Chef d'oeuvre", "CO1", CCF),
    (1, "EC1A", "Chef d'oeuvre : présentation orale", "", CCF),
    (1, "EC1B", "Chef d'oeuvre : note du livret", "", CCF),
    (2, "EC1BA", "Chef d'oeuvre, note de la scolarité 1ère", "", CCF),
    (2, "EC1BB", "Chef d'oeuvre, note de la scolarité terminale", "", CCF),
    (0, "EF1", "Langue vivante facultative", "UF1", "Ponctuel"),
    (0, "EF2", "Epreuve de mobilité", "UF2", CCF),
]


def test_the_tree_of_aeronautique_is_that_of_the_guide(livre: Referentiel) -> None:
    arbre = [e for e in livre.diplome("BCP", "25303", 2024).arbre(2024, "scolaire") if e.serie != "second-groupe"]
    parents = {epreuve.code: epreuve.parent for epreuve in arbre}

    def niveau(code: str) -> int:
        return 0 if not parents[code] else 1 + niveau(parents[code])

    lus = [(niveau(e.code), e.code, e.libelle, e.unite, e.modes.get("scolaire", "")) for e in arbre]
    # The guide shows E4 to E7 in Dispense, so without a mode.
    vus = [(*ligne[:4], mode if ligne[4] is None else ligne[4]) for ligne, (*_, mode) in zip(GUIDE, lus, strict=True)]
    assert lus == vus


def test_what_is_shipped_loads_without_a_fault(livre: Referentiel) -> None:
    assert livre.fautes == ()
    assert [onglet.libelle for onglet in livre.examens["BCP"].onglets] == [
        "Modalités d'inscription",
        "Identification",
        "Informations candidature",
        "Qualification présentée",
        "Acquis",
        "Épreuves",
        "Récapitulatif",
        "Conditions d'inscription",
        "N° Inscription",
    ]


def test_the_contact_of_guyane_is_that_of_the_guide(livre: Referentiel) -> None:
    regle = livre.reglages("BCP", "2024", "33").contact
    assert regle is not None
    contact = regle.contact(livre.academies["33"])
    assert (contact.academie, *contact.lignes, contact.telephone, contact.courriel) == (
        "ACADÉMIE DE LA GUYANE",
        "RECTORAT DE GUYANE",
        "DIVISIONS EXAMENS ET CONCOURS",
        "DEC 2",
        "PLACE LEOPOLD HEDER BP 6011",
        "97306 CAYENNE CEDEX",
        "0594272243",
        "dec.exapro@ac-guyane.fr",
    )


def test_a_title_is_offered_only_where_the_specialite_has_its_matieres(livre: Referentiel) -> None:
    diplome = livre.diplome("BCP", "25303", 2024)
    epreuves = tuple(e for e in diplome.epreuve if e.matiere != "physique-chimie")
    sans_physique = diplome.model_copy(update={"epreuve": epreuves})
    offerts = {titre.id for titre in livre.titres_offerts(sans_physique, 2024, "scolaire")}
    tous = {titre.id for titre in livre.titres_offerts(diplome, 2024, "scolaire")}
    assert tous - offerts == {"bacpro-physique-chimie-economie-gestion", "bacpro-sciences-physiques"}


def test_an_unknown_specialite_or_session_is_not_found(livre: Referentiel) -> None:
    for code, annee in (("99999", 2024), ("25303", 2015)):
        with pytest.raises(KeyError):
            livre.diplome("BCP", code, annee)

"""Each kind of wrong file: if shipped, it raises its one fault; if local, it is reported and stops nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from outils.referentiel import DATA, DIPLOME, GUYANE, copier_sans_lieux, lu
from outils.saisies import referentiel_livre

from cyclades_tui.domaine.erreurs import ReferentielFautif
from cyclades_tui.referentiel.chargement import Referentiel, charger

REGLAGE = 'source = "essai"\n[[reglage]]\nexamen = "BCP"\nsession = "2024"\nacademie = "33"\n'


@pytest.fixture(scope="module")
def livre() -> Referentiel:
    return referentiel_livre()


@pytest.fixture
def copie(tmp_path: Path) -> Path:
    return copier_sans_lieux(tmp_path)


def change(fichier: str, avant: str, apres: str) -> tuple[str, bytes]:
    """A shipped file with one text replaced."""
    texte = lu(fichier)
    assert avant in texte
    return fichier, texte.replace(avant, apres, 1).encode()


def reglage(lignes: str) -> tuple[str, bytes]:
    return GUYANE, (REGLAGE + lignes).encode()


# What is wrong, in which file, and its only fault: code, key, start of the message.
FAUTIFS: dict[str, tuple[tuple[str, bytes], str, str, str]] = {
    "TOML illisible": (
        (GUYANE, b"reglage = ["),
        "referentiel.toml",
        "",
        "Le fichier n'est pas du TOML lisible, à la fin : il n'est pas complet.",
    ),
    "codage": ((GUYANE, b"\xff"), "referentiel.codage", "", "L'octet 0 du fichier n'est pas de l'UTF-8."),
    "clé inconnue": (
        reglage('couleur = "bleu"\n'),
        "referentiel.valeur",
        ":reglage.0.couleur",
        "Cette clé n'existe pas ici.",
    ),
    "clé absente": (change(DIPLOME, 'code = "25303"\n', ""), "referentiel.valeur", ":code", "Cette clé manque."),
    "mauvais type": (
        change(DIPLOME, "sessions = [2016, 9999]", 'sessions = "toujours"'),
        "referentiel.valeur",
        ":sessions",
        "« toujours » n'est pas une valeur admise.",
    ),
    "coefficient en lettres": (
        change(DIPLOME, 'libelle = "Epreuve scientifique"', 'libelle = "Epreuve scientifique"\ncoef = "neuf"'),
        "referentiel.valeur",
        ":epreuve.0.coef",
        "« neuf » n'est pas un nombre.",
    ),
    "valeur hors de la liste": (
        change("examens/bcp.toml", '"globale", "progressive"', '"globale", "partielle"'),
        "referentiel.valeur",
        ":categorie.1.formes.1",
        "« partielle » n'est pas admis, mais 'globale' ou 'progressive'.",
    ),
    "matières d'un autre type": (
        ("matieres.toml", b"matiere = 3\n"),
        "referentiel.valeur",
        ":matiere",
        "« 3 » n'est pas une valeur admise.",
    ),
    "matière d'une épreuve": (
        change(DIPLOME, 'matiere = "mathematiques"', 'matiere = "calcul"'),
        "referentiel.inconnu",
        ":epreuve.E1-A.matiere",
        "« calcul » n'est défini nulle part.",
    ),
    "matière d'un titre": (
        change("dispenses/bcp.toml", '"francais", "hg-emc"', '"lettres", "hg-emc"'),
        "referentiel.inconnu",
        ":bacpro.matieres",
        "« lettres » n'est défini nulle part.",
    ),
    "matière exigée par un titre": (
        change("dispenses/bcp.toml", 'avec = ["physique-chimie"]', 'avec = ["alchimie"]'),
        "referentiel.inconnu",
        ":bacpro-sciences-physiques.avec",
        "« alchimie » n'est défini nulle part.",
    ),
    "parent inconnu": (
        change(DIPLOME, 'parent = "E1"', 'parent = "E9"'),
        "referentiel.inconnu",
        ":epreuve.E1-A.parent",
        "« E9 » n'est défini nulle part.",
    ),
    "parent d'une autre session": (
        change(
            DIPLOME, 'libelle = "Epreuve scientifique"', 'libelle = "Epreuve scientifique"\nsessions = [2016, 2020]'
        ),
        "referentiel.arbre",
        ":epreuve",
        "L'épreuve E1, où se range E1-A, n'existe pas à la session 2021, groupe scolaire.",
    ),
    "boucle": (
        change(DIPLOME, 'libelle = "Epreuve scientifique"', 'libelle = "Epreuve scientifique"\nparent = "E1-A"'),
        "referentiel.arbre",
        ":epreuve",
        "L'épreuve E1 se range sous elle-même à la session 2016, groupe scolaire.",
    ),
    "code en double": (
        change(DIPLOME, 'code = "E1-B"', 'code = "E1-A"'),
        "referentiel.arbre",
        ":epreuve",
        "L'épreuve E1-A existe deux fois à la session 2016, groupe scolaire.",
    ),
    "code en double pour un groupe": (
        change(DIPLOME, 'code = "E1-B"', 'code = "E1-A"\ngroupes = ["distance"]'),
        "referentiel.arbre",
        ":epreuve",
        "L'épreuve E1-A existe deux fois à la session 2016, groupe distance.",
    ),
    "code en double après une session": (
        change(DIPLOME, "sessions = [2022, 2025]", "sessions = [2022, 2026]"),
        "referentiel.arbre",
        ":epreuve",
        "L'épreuve EC1 existe deux fois à la session 2026, groupe scolaire.",
    ),
    "langue différente d'une inconnue": (
        change(DIPLOME, 'different_de = "E4"', 'different_de = "E44"'),
        "referentiel.inconnu",
        ":epreuve.EF1.different_de",
        "« E44 » n'est défini nulle part.",
    ),
    "fermeture avant l'ouverture": (
        reglage("ouverture = 2023-12-13T23:59:00\nfermeture = 2023-12-13T23:59:00\n"),
        "referentiel.valeur",
        ":reglage.0",
        "La fermeture n'est pas après l'ouverture.",
    ),
    "deux fins": (
        reglage("fermeture = 2023-12-13T23:59:00\navant = 2023-12-13\n"),
        "referentiel.valeur",
        ":reglage.0",
        "Une fenêtre a une seule fin, pas fermeture et avant.",
    ),
    "ouverture sans fin": (
        reglage("ouverture = 2023-12-13T23:59:00\n"),
        "referentiel.valeur",
        ":reglage.0",
        "Une ouverture est donnée sans fermeture.",
    ),
    "fenêtre sans académie": (
        (GUYANE, REGLAGE.replace('academie = "33"\n', "fermeture = 2023-12-13T23:59:00\n").encode()),
        "referentiel.valeur",
        ":reglage.0",
        "Une fenêtre se donne pour un examen, une session et une académie.",
    ),
    "heure avec fuseau": (
        reglage("fermeture = 2023-12-13T23:59:00Z\n"),
        "referentiel.valeur",
        ":reglage.0.fermeture",
        "« 2023-12-13 23:59:00+00:00 » n'est pas une valeur admise.",
    ),
    "dernier jour du calendrier": (
        reglage("jusqu_au = 9999-12-31\n"),
        "referentiel.valeur",
        ":reglage.0.jusqu_au",
        "L'année n'est pas comprise entre 1990 et 2100.",
    ),
    "premier jour du calendrier": (
        reglage("ouverture = 0001-01-01T00:00:00\nfermeture = 2023-12-13T23:59:00\n"),
        "referentiel.valeur",
        ":reglage.0.ouverture",
        "L'année n'est pas comprise entre 1990 et 2100.",
    ),
    "année impossible": (
        reglage("avant = 1989-12-31\n"),
        "referentiel.valeur",
        ":reglage.0.avant",
        "L'année n'est pas comprise entre 1990 et 2100.",
    ),
    "heure qui n'existe pas": (
        reglage("ouverture = 2027-03-28T02:30:00\nfermeture = 2027-03-28T03:00:00\n"),
        "referentiel.valeur",
        ":reglage.0",
        "La fermeture n'est pas après l'ouverture.",
    ),
    "nombre immense": (
        (GUYANE, f"source = {'9' * 5000}".encode()),
        "referentiel.toml",
        "",
        "Le fichier n'est pas du TOML lisible",
    ),
    "nombre immense en hexadécimal": (
        change(DIPLOME, "sessions = [2016, 9999]", f"sessions = [2016, 9999, 0x{'f' * 5000}]"),
        "referentiel.valeur",
        ":sessions",
        "« … » n'est pas une valeur admise.",
    ),
    "tables sans fin": (
        (GUYANE, b"source = " + b"{a=" * 5000),
        "referentiel.toml",
        "",
        "Le fichier n'est pas du TOML lisible",
    ),
    "langue différente d'une épreuve d'une autre session": (
        change(DIPLOME, 'different_de = "E4"', 'different_de = "EC1"'),
        "referentiel.arbre",
        ":epreuve",
        "L'épreuve EC1, dont EF1 doit différer, n'existe pas à la session 2016, groupe scolaire.",
    ),
    "colonnes": (
        ("listes/academies.csv", b"code,nom\n33,Guyane\n"),
        "referentiel.colonnes",
        "",
        "Les colonnes attendues sont code, nom, libelle, departements.",
    ),
    "ligne trop longue": (
        ("listes/academies.csv", b"code,nom,libelle,departements\n33,Guyane,GUYANE,973,trop\n"),
        "referentiel.valeur",
        ":en trop",
        "Cette clé n'existe pas ici.",
    ),
    "ligne trop courte": (
        ("listes/academies.csv", b"code,nom,libelle,departements\n33,Guyane\n"),
        "referentiel.valeur",
        ":libelle",
        "«  » n'est pas une valeur admise.",
    ),
    "liste mal codée": (("listes/academies.csv", b"\xff"), "referentiel.codage", "", "L'octet 0 du fichier"),
}


@pytest.mark.parametrize("nom", FAUTIFS)
def test_a_wrong_shipped_file_gives_its_one_fault(nom: str, copie: Path) -> None:
    (fichier, octets), code, cle, message = FAUTIFS[nom]
    (copie / fichier).write_bytes(octets)
    with pytest.raises(ReferentielFautif) as pris:
        charger(copie)
    (faute,) = pris.value.fautes
    assert (faute.code, faute.champ) == (code, fichier + cle)
    assert faute.message.startswith(message)
    assert faute.remede


@pytest.mark.parametrize("nom", FAUTIFS)
def test_a_wrong_local_file_is_told_and_stops_nothing(nom: str, tmp_path: Path, livre: Referentiel) -> None:
    (fichier, octets), code, cle, _ = FAUTIFS[nom]
    (tmp_path / fichier).parent.mkdir(exist_ok=True)
    (tmp_path / fichier).write_bytes(octets)
    (tmp_path / "services").mkdir(exist_ok=True)
    (tmp_path / "services/autre.toml").write_text(
        'source = "essai"\n[[reglage]]\ndoublon_candidature = "avertir"\n', encoding="utf-8"
    )
    referentiel = charger(DATA, tmp_path)
    (faute,) = referentiel.fautes
    assert (faute.code, faute.champ) == (code, fichier + cle)
    assert referentiel.reglages("BCP", "2024", "33").doublon_candidature == "avertir"
    assert (referentiel.diplomes, referentiel.examens) == (livre.diplomes, livre.examens)
    assert (referentiel.dispenses, referentiel.matieres) == (livre.dispenses, livre.matieres)
    assert referentiel.academies == livre.academies
    assert referentiel.reglages("BCP", "2024", "33").fenetre == livre.reglages("BCP", "2024", "33").fenetre


def test_a_local_file_that_leans_on_a_wrong_one_is_left_out_too(tmp_path: Path, livre: Referentiel) -> None:
    ajouts = {
        "examens/essai.toml": lu("examens/bcp.toml")
        .replace('code = "BCP"', 'code = "ESSAI"')
        .replace("sigle =", "sigl ="),
        "diplomes/essai.toml": lu(DIPLOME).replace('examen = "BCP"', 'examen = "ESSAI"'),
    }
    for fichier, texte in ajouts.items():
        (tmp_path / fichier).parent.mkdir()
        (tmp_path / fichier).write_text(texte, encoding="utf-8")
    referentiel = charger(DATA, tmp_path)
    assert {faute.champ.split(":")[0] for faute in referentiel.fautes} == set(ajouts)
    assert referentiel.diplomes == livre.diplomes

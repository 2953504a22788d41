"""The shipped référentiel has no fault; a référentiel with one fault gives exactly that, by file and key."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cyclades_tui.domaine.erreurs import ReferentielFautif
from cyclades_tui.referentiel.chargement import charger
from cyclades_tui.referentiel.inspection import inspecter, uai_juste
from cyclades_tui.referentiel.ressources import dossier

DATA = dossier("data")
SERVICE = "services/essai.toml"
BLOC = 'source = "essai"\n\n[[reglage]]\n'
POITIERS = 'examen = "BCP"\nsession = "2027"\nacademie = "13"\n'
ETABLISSEMENTS = "listes/etablissements.csv"
COLONNES = "id,nom,localite,uai,academies,groupes\n"


def lu(fichier: str) -> str:
    return (DATA / fichier).read_text(encoding="utf-8")


def change(fichier: str, avant: str, apres: str) -> dict[str, str]:
    """A shipped file with one text replaced, as a local file laid over it."""
    assert avant in lu(fichier)
    return {fichier: lu(fichier).replace(avant, apres, 1)}


# The local files, the code of the fault, its place, and a word of its message.
FAUTIFS: dict[str, tuple[dict[str, str], str, str, str]] = {
    "examen inconnu d'un réglage": (
        {SERVICE: BLOC + 'examen = "XYZ"\nlibelle_demarrer = "Valider"\n'},
        "referentiel.inconnu",
        f"{SERVICE}:reglage.0.examen",
        "« XYZ »",
    ),
    "académie inconnue d'un réglage": (
        {SERVICE: BLOC + 'message_inscription = true\n\n[[reglage]]\nacademie = "Rennes"\n'},
        "referentiel.inconnu",
        f"{SERVICE}:reglage.1.academie",
        "« Rennes »",
    ),
    "secteur que nul diplôme n'a": (
        {SERVICE: BLOC + 'secteur = "pêche"\ncontact = { lignes = ["QUAI"] }\n'},
        "referentiel.inconnu",
        f"{SERVICE}:reglage.0.secteur",
        "« pêche »",
    ),
    "texte mal nommé": (
        {SERVICE: BLOC + 'textes = { certifi = "Exact" }\n'},
        "referentiel.texte",
        f"{SERVICE}:reglage.0.textes.certifi",
        "certifie",
    ),
    "deux fenêtres pour un service": (
        {
            SERVICE: BLOC + POITIERS + "avant = 2026-12-01\n",
            "services/autre.toml": BLOC + POITIERS + "jusqu_au = 2026-12-24\n",
        },
        "referentiel.double",
        f"{SERVICE}:reglage.0.fenetre",
        "services/autre.toml:reglage.0",
    ),
    "fenêtre qui finit avant de commencer": (
        {SERVICE: BLOC + POITIERS + "ouverture = 2026-12-01T08:00:00\navant = 2026-12-01\n"},
        "referentiel.valeur",
        f"{SERVICE}:reglage.0",
        "La fermeture n'est pas après l'ouverture",
    ),
    "dépôt fini avant les inscriptions": (
        {
            SERVICE: BLOC
            + POITIERS
            + "ouverture = 2026-12-01T08:00:00\nfermeture = 2026-12-20T18:00:00\ndepot_avant = 2026-12-01\n"
        },
        "referentiel.ordre",
        f"{SERVICE}:reglage.0.depot",
        "Le dépôt",
    ),
    "matière sans diplôme": (
        {"matieres.toml": '[[matiere]]\ncode = "alchimie"\nlibelle = "Alchimie"\n'},
        "referentiel.matiere",
        "matieres.toml:alchimie",
        "Aucune épreuve",
    ),
    "source d'un examen": (
        change("examens/dnb.toml", 'domaine = "Examen"\nsource = "', 'domaine = "Examen"\nsource = " " # "'),
        "referentiel.source",
        "examens/dnb.toml:source",
        "vide",
    ),
    "onglet sans écran": (
        change("examens/bcp.toml", 'id = "acquis"', 'id = "acquits"'),
        "referentiel.onglets",
        "examens/bcp.toml:onglets",
        "« acquits »",
    ),
    "dispenses d'un examen inconnu": (
        {"dispenses/xyz.toml": 'examen = "XYZ"\n'},
        "referentiel.inconnu",
        "dispenses/xyz.toml:examen",
        "« XYZ »",
    ),
    "sessions antérieures dont aucune note n'est gardée": (
        {
            "dispenses/dnb.toml": 'examen = "DNB"\n\n[[declaration]]\nid = "meme_specialite"\n'
            'libelle = "Je me suis déjà présenté"\n'
        },
        "referentiel.benefice",
        "dispenses/dnb.toml:declaration.meme_specialite",
        "session antérieure",
    ),
    "lettre d'un UAI": (
        {ETABLISSEMENTS: COLONNES + "essai,LYCÉE,RENNES,0350001A,14,scolaire\n"},
        "referentiel.uai",
        f"{ETABLISSEMENTS}:essai.uai",
        "« 0350001A »",
    ),
    "académie d'un établissement": (
        {ETABLISSEMENTS: COLONNES + "essai,LYCÉE,RENNES,,99,scolaire\n"},
        "referentiel.inconnu",
        f"{ETABLISSEMENTS}:essai.academies",
        "« 99 »",
    ),
    "département d'une académie": (
        {"listes/academies.csv": "code,nom,libelle,departements\n99,Mars,ACADÉMIE DE MARS,999\n"},
        "referentiel.inconnu",
        "listes/academies.csv:99.departements",
        "« 999 »",
    ),
    "code d'une épreuve": (
        {
            "diplomes/essai.toml": 'examen = "BCP"\ncode = "99999"\nlibelle = "Essai"\nsessions = [2026, 9999]\n'
            'source = ["essai"]\n[[epreuve]]\ncode = "E1"\nlibelle = "Essai"\nunite = "U1"\nmatiere = "alchimie"\n'
        },
        "referentiel.inconnu",
        "diplomes/essai.toml:epreuve.E1.matiere",
        "« alchimie »",
    ),
}


@pytest.fixture
def copie(tmp_path: Path) -> Path:
    """A copy of the shipped files without the large lists of places."""
    shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("lieux", "polices"))
    return tmp_path / "data"


def test_what_is_shipped_is_right() -> None:
    assert inspecter(DATA) == ()


def test_the_demonstration_concours_is_right() -> None:
    assert inspecter(DATA, dossier("fixtures") / "parametrage") == ()


@pytest.mark.parametrize("nom", FAUTIFS)
def test_wrong_settings_give_their_one_fault(nom: str, tmp_path: Path) -> None:
    fichiers, code, champ, mot = FAUTIFS[nom]
    for fichier, texte in fichiers.items():
        (tmp_path / fichier).parent.mkdir(exist_ok=True)
        (tmp_path / fichier).write_text(texte, encoding="utf-8")
    (faute,) = inspecter(DATA, tmp_path)
    assert (faute.code, faute.champ) == (code, champ)
    assert mot in faute.message + faute.remede
    assert faute.remede


@pytest.mark.parametrize(
    ("debut", "cle"),
    [
        ("libelle_demarrer = ", "libelle_demarrer"),
        ("pieces_taille_max = ", "pieces_taille_max"),
        ("candidat = ", "adresses.candidat"),
        ("certifie = ", "textes.certifie"),
        ("message_piece_objet = ", "textes.message_piece_objet"),
    ],
)
def test_a_missing_default_is_told(debut: str, cle: str, copie: Path) -> None:
    chemin = copie / "reglages.toml"
    lignes = chemin.read_text(encoding="utf-8").splitlines(keepends=True)
    chemin.write_text("".join(ligne for ligne in lignes if not ligne.startswith(debut)), encoding="utf-8")
    (faute,) = inspecter(copie)
    assert (faute.code, faute.champ) == ("referentiel.absent", f"reglages.toml:{cle}")
    with pytest.raises(ReferentielFautif) as pris:  # nor does any exam work without it
        charger(copie)
    assert pris.value.fautes == (faute,)


def test_an_unreadable_shipped_file_is_told_alone(copie: Path) -> None:
    (copie / "examens/bcp.toml").write_bytes(b"code = [")
    (faute,) = inspecter(copie)
    assert (faute.code, faute.champ) == ("referentiel.toml", "examens/bcp.toml")


def test_a_damaged_national_list_is_told(copie: Path) -> None:
    (copie / "listes/csp.csv").write_text("code\n", encoding="utf-8")
    (faute,) = inspecter(copie)
    assert (faute.code, faute.champ.split(":")[0]) == ("referentiel.liste", "listes/csp.csv")


@pytest.mark.parametrize("uai", ["9730538X", "0250001R", "0080006N", "0951099D", "008000SL"])
def test_the_uai_of_the_guides_are_right(uai: str) -> None:
    """The UAI in the guides, and one that the portal made up for candidates without a school (F187)."""
    assert uai_juste(uai)


@pytest.mark.parametrize("uai", ["9730538Y", "0250001I", "250001R", "0250001r", "02500011R", "00800SL", "INDIVID"])
def test_a_miscopied_uai_is_not_right(uai: str) -> None:
    assert not uai_juste(uai)

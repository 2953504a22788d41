"""The référentiel: each kind of wrong file, local settings over the shipped ones, windows, the guide's labels."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cyclades_tui.domaine.erreurs import ReferentielFautif
from cyclades_tui.domaine.temps import EtatFenetre, Fenetre
from cyclades_tui.referentiel.chargement import Referentiel, charger
from cyclades_tui.referentiel.parametrage import Reglage
from cyclades_tui.referentiel.reglages import Origine, Reglages
from cyclades_tui.referentiel.ressources import dossier

DATA = dossier("data")
DIPLOME = "diplomes/bcp-25303-aeronautique-systemes.toml"
GUYANE = "services/guyane.toml"
REGLAGE = 'source = "essai"\n[[reglage]]\nexamen = "BCP"\nsession = "2024"\nacademie = "33"\n'


@pytest.fixture(scope="module")
def livre() -> Referentiel:
    return charger(DATA)


def lu(fichier: str) -> str:
    return (DATA / fichier).read_text(encoding="utf-8")


def change(fichier: str, avant: str, apres: str) -> tuple[str, bytes]:
    """A shipped file with one text replaced."""
    texte = lu(fichier)
    assert avant in texte
    return fichier, texte.replace(avant, apres, 1).encode()


def reglage(lignes: str) -> tuple[str, bytes]:
    return GUYANE, (REGLAGE + lignes).encode()


# What is wrong, in which file, and the start of the one fault it gives: code, key, message.
FAUTIFS: dict[str, tuple[tuple[str, bytes], str, str, str]] = {
    "TOML illisible": ((GUYANE, b"reglage = ["), "referentiel.toml", "", "Le fichier n'est pas du TOML lisible"),
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


@pytest.fixture
def copie(tmp_path: Path) -> Path:
    """A copy of the shipped files without the large lists of places."""
    shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("lieux", "polices"))
    return tmp_path / "data"


@pytest.mark.parametrize("nom", FAUTIFS)
def test_un_fichier_livre_fautif_donne_sa_seule_faute(nom: str, copie: Path) -> None:
    (fichier, octets), code, cle, message = FAUTIFS[nom]
    (copie / fichier).write_bytes(octets)
    with pytest.raises(ReferentielFautif) as pris:
        charger(copie)
    (faute,) = pris.value.fautes
    assert (faute.code, faute.champ) == (code, fichier + cle)
    assert faute.message.startswith(message)
    assert faute.remede


@pytest.mark.parametrize("nom", FAUTIFS)
def test_un_fichier_local_fautif_est_dit_et_n_arrete_rien(nom: str, tmp_path: Path, livre: Referentiel) -> None:
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
    assert referentiel.valeurs("BCP", "2024", "33")["doublon_candidature"].valeur == "avertir"
    assert (referentiel.diplomes, referentiel.examens) == (livre.diplomes, livre.examens)
    assert (referentiel.dispenses, referentiel.matieres) == (livre.dispenses, livre.matieres)
    assert referentiel.academies == livre.academies
    assert referentiel.fenetre("BCP", "2024", "33") == livre.fenetre("BCP", "2024", "33")


def test_un_fichier_local_qui_s_appuie_sur_un_fautif_est_ecarte_aussi(tmp_path: Path, livre: Referentiel) -> None:
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


def test_un_diplome_local_s_ajoute(tmp_path: Path, livre: Referentiel) -> None:
    (tmp_path / "diplomes").mkdir()
    autre = lu(DIPLOME).replace('code = "25303"', 'code = "25304"').replace("option Systèmes", "option Avionique")
    (tmp_path / "diplomes/avionique.toml").write_text(autre, encoding="utf-8")
    referentiel = charger(DATA, tmp_path)
    assert referentiel.fautes == ()
    assert {d.code for d in referentiel.diplomes_de("BCP", 2024)} >= {"25303", "25304"}
    assert referentiel.diplome("BCP", "25304", 2024).libelle == "Aéronautique option Avionique"
    assert referentiel.sha256 != livre.sha256


def autre_diplome(dossier: Path, nom: str, libelle: str, sessions: str) -> None:
    """A file for the shipped spécialité, under another label and for other sessions."""
    (dossier / "diplomes").mkdir(exist_ok=True)
    texte = lu(DIPLOME).replace("option Systèmes", libelle).replace("sessions = [2016, 9999]", f"sessions = {sessions}")
    (dossier / "diplomes" / nom).write_text(texte, encoding="utf-8")


def libelles_de_25303(referentiel: Referentiel, annee: int) -> list[str]:
    return [diplome.libelle for diplome in referentiel.diplomes_de("BCP", annee) if diplome.code == "25303"]


@pytest.mark.parametrize("sessions", ["[2020, 2023]", "[2016, 2023]", "[2010, 2023]", "[2016, 9999]"])
def test_un_diplome_local_l_emporte_sur_le_livre_pour_ses_sessions(tmp_path: Path, sessions: str) -> None:
    autre_diplome(tmp_path, "ici.toml", "d'ici", sessions)
    referentiel = charger(DATA, tmp_path)
    assert referentiel.fautes == ()
    assert referentiel.diplome("BCP", "25303", 2022).libelle == "Aéronautique d'ici"
    assert libelles_de_25303(referentiel, 2022) == ["Aéronautique d'ici"]
    ailleurs = "Aéronautique d'ici" if "9999" in sessions else "Aéronautique option Systèmes"
    assert libelles_de_25303(referentiel, 2024) == [ailleurs]


def test_deux_diplomes_locaux_n_ont_pas_de_session_en_commun(tmp_path: Path, livre: Referentiel) -> None:
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


def test_deux_diplomes_livres_n_ont_pas_de_session_en_commun(copie: Path) -> None:
    autre_diplome(copie, "zz.toml", "b", "[2020, 2023]")
    with pytest.raises(ReferentielFautif) as pris:
        charger(copie)
    assert [faute.champ for faute in pris.value.fautes] == ["diplomes/zz.toml:sessions"]


def test_deux_examens_ont_une_specialite_du_meme_code(tmp_path: Path) -> None:
    """Each fault names its own file, though both exams have the code and the sessions."""
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


def test_l_empreinte_nomme_le_contenu(copie: Path, livre: Referentiel) -> None:
    assert charger(DATA).sha256 == livre.sha256
    (copie / GUYANE).write_text(lu(GUYANE) + "\n# une ligne de plus\n", encoding="utf-8")
    assert charger(copie).sha256 != livre.sha256


def test_un_dossier_local_absent_ne_gene_pas(tmp_path: Path, livre: Referentiel) -> None:
    assert charger(DATA, tmp_path / "absent").sha256 == livre.sha256


# Settings: which value holds


def bloc(fichier: str, local: bool, **valeurs: object) -> tuple[Reglage, Origine]:
    return Reglage.model_validate(valeurs), Origine(fichier, local)


PARTOUT: dict[str, object] = {"libelle_recapitulatif": "partout"}
EXAMEN: dict[str, object] = {"examen": "BCP", "libelle_recapitulatif": "examen"}
SESSION: dict[str, object] = {"session": "2024", "libelle_recapitulatif": "session"}
ACADEMIE: dict[str, object] = {"academie": "33", "libelle_recapitulatif": "académie"}
TOUT: dict[str, object] = {"examen": "BCP", "session": "2024", "academie": "33", "libelle_recapitulatif": "les trois"}


@pytest.mark.parametrize("rang", range(1, 5))
def test_le_plus_precis_l_emporte_meme_sur_un_local_plus_large(rang: int) -> None:
    echelle = [PARTOUT, EXAMEN, SESSION, ACADEMIE, TOUT]
    larges = [bloc(f"local{n}", True, **valeurs) for n, valeurs in enumerate(echelle[:rang])]
    reglages = Reglages([bloc("livre", False, **echelle[rang]), *larges])
    retenue = reglages.valeurs("BCP", "2024", "33")["libelle_recapitulatif"]
    assert (retenue.valeur, retenue.origine) == (echelle[rang]["libelle_recapitulatif"], Origine("livre", False))


@pytest.mark.parametrize("pas", [1, -1])
def test_a_precision_egale_le_local_l_emporte(pas: int) -> None:
    blocs = [bloc("livre", False, **ACADEMIE), bloc("local", True, academie="33", libelle_recapitulatif="d'ici")]
    reglages = Reglages(blocs[::pas])
    retenue = reglages.valeurs("BCP", "2024", "33")["libelle_recapitulatif"]
    assert (retenue.valeur, retenue.origine.local) == ("d'ici", True)


def test_un_bloc_ne_vaut_que_pour_ce_qu_il_nomme() -> None:
    reglages = Reglages([bloc("f", False, **TOUT), bloc("f", False, **PARTOUT)])
    for autre in (("CAP", "2024", "33"), ("BCP", "2025", "33"), ("BCP", "2024", "03")):
        assert reglages.valeurs(*autre)["libelle_recapitulatif"].valeur == "partout"


def test_un_bloc_precis_ne_remplace_que_ses_propres_cles() -> None:
    general = bloc("f", False, textes={"acquis": "un", "certifie": "deux"}, message_inscription=True)
    valeurs = Reglages([general, bloc("g", True, academie="33", textes={"acquis": "trois"})]).valeurs(
        "BCP", "2024", "33"
    )
    lues = {cle: (v.valeur, v.origine.fichier) for cle, v in valeurs.items()}
    assert lues == {
        "textes.acquis": ("trois", "g"),
        "textes.certifie": ("deux", "f"),
        "message_inscription": (True, "f"),
    }


@pytest.mark.parametrize(
    ("ecrite", "lue"), [(" 2024 ", "2024"), ("juin  2024", "JUIN 2024"), ("Juin\u00a02024", "JUIN 2024"), ("", "")]
)
def test_une_session_a_un_seul_libelle(ecrite: str, lue: str) -> None:
    assert Reglage(session=ecrite).session == lue


# Windows


def fenetre(**bornes: datetime | date) -> Fenetre:
    trouvee = Reglage.model_validate({"examen": "BCP", "session": "2024", "academie": "33", **bornes}).fenetre
    assert trouvee is not None
    return trouvee


def test_guyane_2024_ferme_a_23h59_pile_heure_de_paris(livre: Referentiel) -> None:
    guyane = livre.fenetre("BCP", "2024", "33")
    assert guyane == Fenetre(None, datetime(2023, 12, 13, 22, 59, tzinfo=UTC))
    assert guyane.etat(datetime(2023, 12, 13, 22, 58, 59, 999999, tzinfo=UTC)) is EtatFenetre.OUVERTE
    assert guyane.etat(datetime(2023, 12, 13, 22, 59, tzinfo=UTC)) is EtatFenetre.FERMEE


def test_besancon_2022_a_une_ouverture(livre: Referentiel) -> None:
    besancon = livre.fenetre("BCP", "2022", "03")
    assert besancon is not None
    assert besancon.etat(datetime(2021, 11, 1, 6, 59, 59, tzinfo=UTC)) is EtatFenetre.PAS_OUVERTE
    assert besancon.etat(datetime(2021, 11, 1, 7, tzinfo=UTC)) is EtatFenetre.OUVERTE
    assert besancon.etat(datetime(2021, 11, 29, 17, tzinfo=UTC)) is EtatFenetre.FERMEE


def test_sans_fenetre_connue(livre: Referentiel) -> None:
    assert livre.fenetre("BCP", "2025", "33") is None


@pytest.mark.parametrize(
    ("bornes", "fermeture"),
    [
        ({"avant": date(2023, 12, 13)}, datetime(2023, 12, 12, 23, tzinfo=UTC)),
        ({"jusqu_au": date(2023, 12, 13)}, datetime(2023, 12, 13, 23, tzinfo=UTC)),
        ({"avant": date(2024, 7, 1)}, datetime(2024, 6, 30, 22, tzinfo=UTC)),
        # The days of 23 and 25 hours.
        ({"avant": date(2024, 3, 31)}, datetime(2024, 3, 30, 23, tzinfo=UTC)),
        ({"jusqu_au": date(2024, 3, 31)}, datetime(2024, 3, 31, 22, tzinfo=UTC)),
        ({"avant": date(2024, 10, 27)}, datetime(2024, 10, 26, 22, tzinfo=UTC)),
        ({"jusqu_au": date(2024, 10, 27)}, datetime(2024, 10, 27, 23, tzinfo=UTC)),
        ({"fermeture": datetime(2024, 3, 31, 3)}, datetime(2024, 3, 31, 1, tzinfo=UTC)),  # noqa: DTZ001 - as in a file
        ({"fermeture": datetime(2024, 10, 27, 3)}, datetime(2024, 10, 27, 2, tzinfo=UTC)),  # noqa: DTZ001 - as in a file
    ],
)
def test_fin_de_fenetre(bornes: dict[str, datetime | date], fermeture: datetime) -> None:
    assert fenetre(**bornes).fermeture == fermeture


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


def test_l_arbre_d_aeronautique_est_celui_du_guide(livre: Referentiel) -> None:
    arbre = [e for e in livre.diplome("BCP", "25303", 2024).arbre(2024, "scolaire") if e.serie != "second-groupe"]
    parents = {epreuve.code: epreuve.parent for epreuve in arbre}

    def niveau(code: str) -> int:
        return 0 if not parents[code] else 1 + niveau(parents[code])

    lus = [(niveau(e.code), e.code, e.libelle, e.unite, e.modes.get("scolaire", "")) for e in arbre]
    # The guide shows E4 to E7 in Dispense, so without a mode.
    vus = [(*ligne[:4], mode if ligne[4] is None else ligne[4]) for ligne, (*_, mode) in zip(GUIDE, lus, strict=True)]
    assert lus == vus


def test_ce_qui_est_livre_se_charge_sans_faute(livre: Referentiel) -> None:
    assert livre.fautes == ()
    assert [onglet.libelle for onglet in livre.examens["BCP"].onglets] == [
        "Modalités d'inscription",
        "Identification",
        "Informations candidature",
        "Qualification présentée",
        "Acquis",
        "Epreuves",
        "Récapitulatif",
        "Conditions d'inscription",
        "N° Inscription",
    ]


def test_le_contact_de_guyane_est_celui_du_guide(livre: Referentiel) -> None:
    contact = livre.valeurs("BCP", "2024", "33")["contact"].valeur.contact(livre.academies["33"])
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


def test_un_titre_ne_s_offre_que_si_la_specialite_a_ses_matieres(livre: Referentiel) -> None:
    diplome = livre.diplome("BCP", "25303", 2024)
    epreuves = tuple(e for e in diplome.epreuve if e.matiere != "physique-chimie")
    sans_physique = diplome.model_copy(update={"epreuve": epreuves})
    offerts = {titre.id for titre in livre.titres_offerts(sans_physique, 2024, "scolaire")}
    tous = {titre.id for titre in livre.titres_offerts(diplome, 2024, "scolaire")}
    assert tous - offerts == {"bacpro-physique-chimie-economie-gestion", "bacpro-sciences-physiques"}


def test_une_specialite_inconnue_ou_hors_session(livre: Referentiel) -> None:
    for code, annee in (("99999", 2024), ("25303", 2015)):
        with pytest.raises(KeyError):
            livre.diplome("BCP", code, annee)

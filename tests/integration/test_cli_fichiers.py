"""Files that `inscrire` refuses: each fault has its code, field and file, and nothing is saved."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from outils.cli import CANDIDATURES, FAUTIVES, LAMY, Commande, ecrire_toml, tete

# File -> the code and the field of every fault, in the order of the output.
ATTENDUES = {
    "pas-du-toml": [("fichier.toml", "")],
    "pas-en-utf8": [("fichier.encodage", "")],
    "sans-table-service": [("fichier.table", "service")],
    "examen-inconnu": [("service.inconnu", "service.examen")],
    "academie-inconnue": [("academie.inconnue", "service.academie")],
    "session-illisible": [("session.forme", "service.session")],
    "session-sans-service": [("service.absent", "service")],
    "cle-inconnue": [("champ.inconnu", "identification.surnom")],
    "numero-impose": [("fichier.numero", "candidature.numero_candidat")],
    "valeur-en-table": [("fichier.valeur", "identification.nom")],
    "date-impossible": [("format.date", "identification.naissance.date")],
    "annee-sur-deux-chiffres": [("format.date", "identification.naissance.date")],
    "commune-inconnue": [("format.commune", "identification.naissance.commune")],
    "code-postal-court": [("format.code-postal", "identification.adresse.code_postal")],
    "email-sans-arobase": [("format.email", "identification.email")],
    "telephone-trop-court": [("format.telephone", "identification.telephone")],
    "ine-trop-court": [("format.ine", "identification.ine")],
    "titre-avant-2019": [("format.annee", "acquis.titre.bacpro.annee")],
    "facultative-sans-langue": [("epreuves.choix", "epreuves.EF1.langue")],
    "meme-langue-deux-fois": [("epreuves.langue", "epreuves.EF1.langue")],
    "consentement-absent": [("champ.obligatoire", "candidature.consentement_presse")],
    "conditions-non-acceptees": [("champ.obligatoire", "conditions.accord")],
    "categorie-hors-liste": [
        ("format.choix", "candidature.categorie"),
        ("format.choix", "candidature.etablissement"),
        ("format.choix", "qualification.forme"),
    ],
    "texte-hostile": [("format.nom", "identification.nom")],
    "caracteres-interdits": [("format.caractere", "identification.adresse.voie")],
    "plusieurs-fautes": [
        ("champ.inconnu", "identification.surnom"),
        ("champ.obligatoire", "modalites.accord"),
        ("format.nom", "identification.nom"),
        ("format.date", "identification.naissance.date"),
        ("format.code-postal", "identification.adresse.code_postal"),
        ("format.email", "identification.email"),
        ("champ.obligatoire", "candidature.consentement_presse"),
        ("format.choix", "epreuves.E4.langue"),
    ],
}


def test_every_faulty_file_is_refused_for_its_own_faults_and_nothing_is_written(
    cyclades: Commande, store_pret: Path
) -> None:
    avant = tete(store_pret)
    refusees = cyclades("--store", store_pret, "inscrire", "--json", *sorted(FAUTIVES.glob("*.toml")))
    assert refusees.code == 2
    lues = json.loads(refusees.sortie)
    assert {Path(lue["fichier"]).stem: [(f["code"], f["champ"]) for f in lue["fautes"]] for lue in lues} == ATTENDUES
    assert {lue["etat"] for lue in lues} == {"refusee"}
    assert all(f["message"] and f["remede"] for lue in lues for f in lue["fautes"])
    assert tete(store_pret) == avant


@pytest.mark.parametrize("chemin", [*CANDIDATURES, *sorted(FAUTIVES.glob("*.toml"))], ids=lambda chemin: chemin.stem)
def test_a_shipped_file_says_first_what_it_shows(chemin: Path) -> None:
    premiere = chemin.read_bytes().splitlines()[0].decode("utf-8", errors="replace")
    assert premiere.startswith("# ")
    assert premiere.endswith(".")


def test_all_faults_of_a_file_are_told_at_once_under_its_path(cyclades: Commande, store_pret: Path) -> None:
    fichier = FAUTIVES / "plusieurs-fautes.toml"
    refusee = cyclades("--store", store_pret, "inscrire", fichier)
    assert refusee.code == 2
    lignes = refusee.erreurs.splitlines()
    assert lignes[0] == f"× {fichier} : 8 rubriques à corriger, rien n'est enregistré."
    assert [ligne.split(" : ")[0].strip() for ligne in lignes[1:]] == [
        champ for _, champ in ATTENDUES["plusieurs-fautes"]
    ]


@pytest.mark.parametrize(
    ("ou", "cle"),
    [
        ("", 'numero_candidat = "02699000042"'),
        ("[identification]\n", 'numero = "02699000042"'),
        ("[candidature]\n", 'numero_inscription = "007"'),
    ],
)
def test_no_key_gives_an_official_number(cyclades: Commande, store_pret: Path, ou: str, cle: str) -> None:
    texte = LAMY.read_text(encoding="utf-8")
    fichier = store_pret.with_name("numero.toml")
    fichier.write_text(texte.replace(ou, f"{ou}{cle}\n", 1), encoding="utf-8")
    refusee = cyclades("--store", store_pret, "inscrire", "--json", fichier)
    assert [faute["code"] for faute in json.loads(refusee.sortie)[0]["fautes"]] == ["fichier.numero"]


def test_a_value_of_a_megabyte_is_refused_before_it_is_read(cyclades: Commande, store_pret: Path) -> None:
    fichier = ecrire_toml(store_pret.with_name("gros.toml"), LAMY, ('nom = "LAMY"', f'nom = "{"A" * 1_000_000}"'))
    refusee = cyclades("--store", store_pret, "inscrire", fichier)
    assert refusee.code == 2
    assert "pour 65536 au plus" in refusee.erreurs
    assert len(refusee.erreurs) < 1000


def test_a_long_value_within_the_limit_is_not_repeated_in_full(cyclades: Commande, store_pret: Path) -> None:
    fichier = ecrire_toml(store_pret.with_name("long.toml"), LAMY, ('nom = "LAMY"', f'nom = "{"A" * 60_000}"'))
    refusee = cyclades("--store", store_pret, "inscrire", fichier)
    assert refusee.code == 2
    assert len(refusee.erreurs) < 1000


def test_deep_nesting_is_refused(cyclades: Commande, store_pret: Path) -> None:
    fichier = store_pret.with_name("profond.toml")
    fichier.write_text(LAMY.read_text(encoding="utf-8") + f"[{'.'.join('a' * 12)}]\nb = 1\n", encoding="utf-8")
    refusee = cyclades("--store", store_pret, "inscrire", "--json", fichier)
    assert [faute["code"] for faute in json.loads(refusee.sortie)[0]["fautes"]] == ["fichier.profondeur"]


# What a hostile or broken generator may write in place of Paul Lamy's name -> code and field of the only fault.
DEMESURES = {
    "a decimal number that no integer of Python reads": (f"nom = {'9' * 5000}", "fichier.nombre", ""),
    "a hexadecimal number that no text of Python shows": (
        f"nom = 0x{'f' * 5000}",
        "fichier.valeur",
        "identification.nom",
    ),
    "a number beyond any field": (f"nom = {10**18}", "fichier.valeur", "identification.nom"),
    "a header of thirty thousand levels": (f"[{'.'.join('a' * 30_000)}]", "fichier.profondeur", ""),
    "a key of thirty thousand levels": (f"{'.'.join('a' * 30_000)} = 1", "fichier.profondeur", ""),
    "a deep key in a value": (f"nom = {{ {'.'.join('a' * 30_000)} = 1 }}", "fichier.profondeur", ""),
    "arrays in arrays": (f"nom = {'[' * 30_000}", "fichier.toml", ""),
}


@pytest.mark.parametrize("cas", DEMESURES)
def test_a_file_out_of_all_proportion_is_refused_and_the_next_is_saved(
    cyclades: Commande, store_pret: Path, cas: str
) -> None:
    ligne, code, champ = DEMESURES[cas]
    fichier = ecrire_toml(store_pret.with_name("demesure.toml"), LAMY, ('nom = "LAMY"', ligne))
    faite = cyclades("--store", store_pret, "inscrire", "--json", fichier, CANDIDATURES[0])
    assert faite.code == 2
    refusee, suivante = json.loads(faite.sortie)
    assert [(faute["code"], faute["champ"]) for faute in refusee["fautes"]] == [(code, champ)]
    assert suivante["etat"] == "enregistree"


@pytest.mark.parametrize("cle", ["session", "academie", "examen"])
def test_a_service_that_is_no_text_is_refused(cyclades: Commande, store_pret: Path, cle: str) -> None:
    lignes = [ligne for ligne in LAMY.read_text(encoding="utf-8").splitlines() if not ligne.startswith(f"{cle} = ")]
    lignes.insert(lignes.index("[service]") + 1, f"{cle} = 0x{'f' * 5000}")
    fichier = store_pret.with_name("service.toml")
    fichier.write_text("\n".join(lignes), encoding="utf-8")
    refusee = cyclades("--store", store_pret, "inscrire", "--json", fichier)
    fautes = [(faute["code"], faute["champ"]) for faute in json.loads(refusee.sortie)[0]["fautes"]]
    assert fautes == [("fichier.valeur", f"service.{cle}")]


@pytest.mark.parametrize(
    ("ligne", "champ"),
    [
        ('"identification.nom" = "AUTRE"', "identification.nom"),
        ('"identification.naissance" = { date = "01/01/2001" }', "identification.naissance.date"),
    ],
)
def test_a_field_given_twice_is_refused(cyclades: Commande, store_pret: Path, ligne: str, champ: str) -> None:
    fichier = ecrire_toml(store_pret.with_name("double.toml"), LAMY, ("[service]", f"{ligne}\n[service]"))
    refusee = cyclades("--store", store_pret, "inscrire", "--json", fichier)
    fautes = [(faute["code"], faute["champ"]) for faute in json.loads(refusee.sortie)[0]["fautes"]]
    assert fautes == [("fichier.double", champ)]


def test_a_session_is_read_as_people_space_and_write_it(cyclades: Commande, store_pret: Path) -> None:
    fichier = ecrire_toml(store_pret.with_name("session.toml"), LAMY, ('session = "2027"', 'session = " 2027 "'))
    faite = cyclades("--store", store_pret, "inscrire", "--json", fichier)
    assert json.loads(faite.sortie)[0]["contenu"]["session"] == "2027"


def pas_la(dossier: Path) -> Path:
    return dossier / "pas-la.toml"


def un_dossier(dossier: Path) -> Path:
    (dossier / "dossier.toml").mkdir()
    return dossier / "dossier.toml"


def un_tube(dossier: Path) -> Path:
    os.mkfifo(dossier / "tube.toml")
    return dossier / "tube.toml"


def un_lien_sans_fin(dossier: Path) -> Path:
    """A path that nobody can read, not even root."""
    (dossier / "lien.toml").symlink_to("lien.toml")
    return dossier / "lien.toml"


def sous_un_fichier(dossier: Path) -> Path:
    (dossier / "fichier").touch()
    return dossier / "fichier" / "candidature.toml"


@pytest.mark.parametrize(
    ("fabriquer", "code"),
    [
        (pas_la, "fichier.lecture"),
        (un_dossier, "fichier.nature"),
        (un_tube, "fichier.nature"),
        (un_lien_sans_fin, "fichier.lecture"),
        (sous_un_fichier, "fichier.lecture"),
    ],
)
def test_what_is_no_readable_file_is_refused_without_waiting(
    cyclades: Commande, store_pret: Path, fabriquer: object, code: str
) -> None:
    assert callable(fabriquer)
    fichier = fabriquer(store_pret.parent)
    refusee = cyclades("--store", store_pret, "inscrire", "--json", fichier)
    assert refusee.code == 2
    (lue,) = json.loads(refusee.sortie)
    assert lue["fichier"] == str(fichier)
    assert [faute["code"] for faute in lue["fautes"]] == [code]


def test_an_empty_file_misses_its_service(cyclades: Commande, store_pret: Path) -> None:
    fichier = store_pret.with_name("vide.toml")
    fichier.touch()
    refusee = cyclades("--store", store_pret, "inscrire", fichier)
    assert refusee.code == 2
    assert "La table [service] manque." in refusee.erreurs


def test_markup_in_paths_and_values_is_printed_as_it_is(cyclades: Commande, store_pret: Path) -> None:
    fichier = ecrire_toml(
        store_pret.with_name("[red]x[bold].toml"),
        LAMY,
        ('email = "paul.lamy@example.org"', 'email = "[bold]moi[/bold]"'),
    )
    refusee = cyclades("--store", store_pret, "inscrire", fichier)
    assert refusee.code == 2
    assert f"× {fichier} : " in refusee.erreurs
    assert "« [bold]moi[/bold] » n'est pas une adresse mail." in refusee.erreurs


def test_markup_in_the_folder_of_documents_is_printed_as_it_is(cyclades: Commande, store_pret: Path) -> None:
    pdf = store_pret.with_name("[red]pdf")
    faite = cyclades("--store", store_pret, "inscrire", LAMY, "--pdf", pdf)
    assert faite.code == 0
    (document,) = pdf.iterdir()
    assert str(document) in faite.sortie

"""`referentiel verifier` and `lister`: the README's diploma added by a stranger, a broken one beside it."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from outils.cli import FIXTURES, Commande, ecrire_toml

README = Path(__file__).parents[2] / "README.md"


def diplome_du_readme() -> str:
    """The one diploma that the README shows."""
    (texte,) = re.findall(r"```toml\n(examen = .*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    return str(texte)


def deposer(store: Path, nom: str, texte: str) -> None:
    """Write a file by hand into a store's folder of settings."""
    chemin = store.with_name("store-parametrage") / nom
    chemin.parent.mkdir(parents=True, exist_ok=True)
    chemin.write_text(texte, encoding="utf-8")


def listes(cyclades: Commande, store: Path) -> tuple[dict[str, Any], str]:
    """The diplomas of the exam CAP by code, and the messages."""
    lue = cyclades("--store", store, "referentiel", "lister", "--examen", "cap", "--json")
    assert lue.code == 0
    return {diplome["code"]: diplome for diplome in json.loads(lue.sortie)}, lue.erreurs


def test_what_is_shipped_is_sound_without_any_store(cyclades: Commande, tmp_path: Path) -> None:
    verifiee = cyclades("--store", tmp_path / "store", "referentiel", "verifier")
    assert (verifiee.code, verifiee.sortie) == (0, "√ Le référentiel est juste.\n")


def test_the_readme_s_diploma_opens_beside_a_broken_one(cyclades: Commande, store_pret: Path) -> None:
    deposer(store_pret, "diplomes/confiserie.toml", diplome_du_readme())
    assert cyclades("--store", store_pret, "referentiel", "verifier").code == 0
    deposer(store_pret, "diplomes/casse.toml", diplome_du_readme().replace("francais-hg-emc", "francais-et-le-reste"))
    verifiee = cyclades("--store", store_pret, "referentiel", "verifier")
    assert verifiee.code == 1
    assert verifiee.sortie == (
        "× diplomes/casse.toml:epreuve.EG1.matiere : « francais-et-le-reste » n'est défini nulle part. "
        "Corrigez le code, ou définissez-le.\n× 1 faute.\n"
    )
    diplomes, dit = listes(cyclades, store_pret)
    assert diplomes["22199"] == {
        "examen": "CAP",
        "code": "22199",
        "libelle": "Confiserie artisanale",
        "secteur": "",
        "sessions": [2026, 9999],
        "raison": "",
        "fichier": "diplomes/confiserie.toml",
        "local": True,
    }
    assert dit.startswith("! paramétrage : diplomes/casse.toml:epreuve.EG1.matiere : ")
    assert dit.count("\n") == 1


def test_one_registers_for_the_readme_s_diploma(cyclades: Commande, store_pret: Path, tmp_path: Path) -> None:
    deposer(store_pret, "diplomes/confiserie.toml", diplome_du_readme())
    hier, bientot = (f"{date.today() + timedelta(days=jours)}T08:00" for jours in (-1, 30))  # noqa: DTZ011 - any day does
    fenetre = ("--ouverture", hier, "--fermeture", bientot)
    assert cyclades("--store", store_pret, "service", "definir", "CAP", "2027", "Besançon", *fenetre).code == 0
    candidature = ecrire_toml(
        tmp_path / "candidature.toml",
        FIXTURES / "candidatures" / "sans-acquis.toml",
        ('examen = "BCP"', 'examen = "CAP"'),
        (
            'specialite = "Aéronautique option Systèmes"\nsection_langue = "Pas de section européenne"',
            'specialite = "22199"',
        ),
        # The form of seven tabs has neither terms nor conditions to accept.
        ("[modalites]\naccord = true\n", ""),
        ('[epreuves.E4]\nlangue = "Allemand"\n\n[conditions]\naccord = true\n', ""),
    )
    inscrite = cyclades("--store", store_pret, "inscrire", candidature, "--texte")
    assert inscrite.code == 0, inscrite.erreurs
    assert "Confiserie artisanale" in inscrite.sortie
    assert "UP1" in inscrite.sortie


def test_a_closed_diploma_is_listed_with_its_reason(cyclades: Commande, store_pret: Path) -> None:
    ferme = diplome_du_readme().replace("# ferme", "ferme")
    deposer(store_pret, "diplomes/confiserie.toml", ferme)
    lue = cyclades("--store", store_pret, "referentiel", "lister", "--examen", "CAP")
    ligne = next(ligne for ligne in lue.sortie.splitlines() if "22199" in ligne)
    assert ligne == "CAP 22199  Confiserie artisanale  depuis 2026  fermé : ses coefficients ne sont pas connus"
    assert any(ligne.endswith("ouvert") for ligne in lue.sortie.splitlines())


def test_every_shipped_diploma_is_open_or_says_why(cyclades: Commande, tmp_path: Path) -> None:
    lue = cyclades("--store", tmp_path / "store", "referentiel", "lister", "--json")
    diplomes = json.loads(lue.sortie)
    assert {"BCP", "CAP", "BP", "BTS", "DNB", "CS4"} <= {d["examen"] for d in diplomes if not d["raison"]}
    assert all(d["raison"].strip() == d["raison"] for d in diplomes)
    assert {d["raison"] != "" for d in diplomes if d["examen"] == "CRPE"} == {True}


@pytest.mark.parametrize(
    ("nom", "texte", "faute"),
    [
        ("diplomes/vide.toml", "", "diplomes/vide.toml:examen : Cette clé manque."),
        ("services/illisible.toml", "[[reglage", "services/illisible.toml : Le fichier n'est pas du TOML lisible"),
        (
            "services/nul.toml",
            'source = "essai"\n[[reglage]]\nacademie = "77"\nmessage_inscription = true\n',
            "services/nul.toml:reglage.0.academie : « 77 » n'est défini nulle part.",
        ),
    ],
)
def test_a_folder_given_is_laid_over_the_shipped_data(
    cyclades: Commande, tmp_path: Path, nom: str, texte: str, faute: str
) -> None:
    deposer(tmp_path / "store", nom, texte)
    dossier = tmp_path / "store-parametrage"
    verifiee = cyclades("--store", tmp_path / "ailleurs", "referentiel", "verifier", dossier)
    assert verifiee.code == 1
    assert verifiee.sortie.startswith(f"× {faute}")


def test_a_folder_or_an_exam_that_is_not_there_is_refused(cyclades: Commande, tmp_path: Path) -> None:
    refusee = cyclades("--store", tmp_path / "store", "referentiel", "verifier", tmp_path / "absent")
    assert (refusee.code, "n'est pas un dossier" in refusee.erreurs) == (2, True)
    refusee = cyclades("--store", tmp_path / "store", "referentiel", "lister", "--examen", "XYZ")
    assert (refusee.code, "Choisissez : BCP" in refusee.erreurs) == (2, True)

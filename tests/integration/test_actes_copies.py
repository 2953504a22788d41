"""Copies and prints of documents: whole or not at all, never over another file; each failure says what to do."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from outils.actes import inscrire, lignes, refus, regler, relire, verifier_sans_faute
from outils.guide import SAISIE
from outils.horloge import HorlogeReglable

from cyclades_tui.actes.candidature import candidatures
from cyclades_tui.actes.candidature.candidatures import Fiche
from cyclades_tui.actes.documents import copies, documents
from cyclades_tui.actes.documents.documents import DocumentPublie, Fichier
from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.domaine.erreurs import SaisieRefusee
from cyclades_tui.poste import Poste, lire_reglages

FERMETURE = "2023-12-13 23:59"
CACHE = """source = "essai"
[[reglage]]
examen = "BCP"
academie = "33"
recap_visible_apres_cloture = false
"""
# Writes its arguments and its input to where the test reads them.
TEMOIN = """import json, pathlib, sys
trace = pathlib.Path(sys.argv[1])
trace.write_text(json.dumps(sys.argv[2:]))
trace.with_suffix(".pdf").write_bytes(pathlib.Path(sys.argv[-1]).read_bytes())
"""


@pytest.fixture
def cle(tmp_path: Path) -> Path:
    dossier = tmp_path / "cle-usb"
    dossier.mkdir()
    return dossier


@pytest.fixture
def poste_inscrit(poste: Poste, cle: Path) -> Poste:
    """The guide's candidature, and a folder where copies may be written."""
    inscrire(poste, SAISIE)
    return replace(poste, racines=(cle,))


@pytest.fixture
def fiche(poste_inscrit: Poste) -> Fiche:
    numero = lignes(poste_inscrit, "SELECT numero FROM candidat")[0][0]
    return candidatures.fiche(poste_inscrit, numero, 1)


@pytest.fixture
def publie(poste_inscrit: Poste, fiche: Fiche) -> DocumentPublie:
    return copies.visibles(poste_inscrit, fiche)[0]


def en_candidat(poste: Poste, fiche: Fiche) -> Poste:
    return replace(poste, acteur=Acteur(NatureActeur.CANDIDAT, fiche.numero_candidat, Face.BORNE, "borne 3"))


def test_a_copy_has_the_bytes_of_the_store_and_a_trace(
    poste_inscrit: Poste, fiche: Fiche, publie: DocumentPublie, cle: Path
) -> None:
    chemin = copies.enregistrer(poste_inscrit, fiche, publie, cle)
    nom = f"recapitulatif-de-votre-candidature-{fiche.numero_candidat}-001-v1.pdf"
    assert chemin == cle / nom
    assert chemin.read_bytes() == documents.ouvrir(poste_inscrit, publie.id).octets
    assert list(cle.iterdir()) == [chemin]
    assert lignes(poste_inscrit, "SELECT acte, sujet FROM journal ORDER BY seq DESC LIMIT 1") == [
        ("document.copier", f"document:{publie.id}")
    ]
    verifier_sans_faute(poste_inscrit)


@pytest.mark.parametrize(
    ("libelle", "attendu"),
    [
        ("Relevé de notes [PDF]", "releve-de-notes-pdf-012-001-v2.pdf"),
        ("../../etc/passwd\0", "etc-passwd-012-001-v2.pdf"),
        ("Avis d'aménagement : tiers temps / secrétaire", "avis-d-amenagement-tiers-temps-secretaire-012-001-v2.pdf"),
        ("œ" * 200, "oe" * 30 + "-012-001-v2.pdf"),
        ("[/x] [b", "x-b-012-001-v2.pdf"),
        ("…", "012-001-v2.pdf"),
    ],
)
def test_a_copy_has_a_name_for_any_disk(publie: DocumentPublie, libelle: str, attendu: str) -> None:
    fichier = Fichier("012-001-v2.pdf", b"", "")
    assert copies.nom_de_copie(replace(publie, libelle=libelle), fichier) == attendu


@pytest.mark.parametrize("nature", ["fichier", "lien", "dossier"])
def test_nothing_is_replaced_without_a_word(
    poste_inscrit: Poste, fiche: Fiche, publie: DocumentPublie, cle: Path, nature: str
) -> None:
    chemin = cle / copies.nom_de_copie(publie, documents.ouvrir(poste_inscrit, publie.id))
    if nature == "fichier":
        chemin.write_text("ancien")
    elif nature == "lien":
        chemin.symlink_to(cle / "ailleurs")
    else:
        chemin.mkdir()
    with refus(poste_inscrit, copies.EXISTE) as fautes:
        copies.enregistrer(poste_inscrit, fiche, publie, cle)
    assert chemin.name in fautes[0].message
    assert list(cle.iterdir()) == [chemin]


def test_another_file_is_replaced_when_that_is_wanted(
    poste_inscrit: Poste, fiche: Fiche, publie: DocumentPublie, cle: Path
) -> None:
    chemin = copies.enregistrer(poste_inscrit, fiche, publie, cle)
    chemin.write_text("ancien")
    assert copies.enregistrer(poste_inscrit, fiche, publie, cle, remplacer=True) == chemin
    assert chemin.read_bytes() == documents.ouvrir(poste_inscrit, publie.id).octets


def test_a_folder_in_the_place_of_the_file_is_told(
    poste_inscrit: Poste, fiche: Fiche, publie: DocumentPublie, cle: Path
) -> None:
    chemin = cle / copies.nom_de_copie(publie, documents.ouvrir(poste_inscrit, publie.id))
    chemin.mkdir()
    with refus(poste_inscrit, "copie.ecriture") as fautes:
        copies.enregistrer(poste_inscrit, fiche, publie, cle, remplacer=True)
    assert "c'est un dossier" in fautes[0].message
    assert list(cle.iterdir()) == [chemin]


def test_a_full_medium_takes_nothing(poste_inscrit: Poste, fiche: Fiche, publie: DocumentPublie, cle: Path) -> None:
    documents.ouvrir(poste_inscrit, publie.id)
    with refus(poste_inscrit, "copie.pleine") as fautes:
        copies.enregistrer(poste_inscrit, fiche, publie, cle, libre=lambda _: 10_000)
    assert "cle-usb" in fautes[0].message
    assert not list(cle.iterdir())


@pytest.mark.parametrize("quoi", ["disparu", "fichier"])
def test_a_medium_that_is_not_there_is_told(
    poste_inscrit: Poste, fiche: Fiche, publie: DocumentPublie, cle: Path, quoi: str
) -> None:
    cle.rmdir()
    if quoi == "fichier":
        cle.write_text("")
    assert copies.racines(poste_inscrit)[0].refus is not None
    with refus(poste_inscrit, "copie.absente") as fautes:
        copies.enregistrer(poste_inscrit, fiche, publie, cle)
    assert "cle-usb" in fautes[0].message


def test_a_medium_taken_away_while_it_is_written_is_told(
    poste_inscrit: Poste, fiche: Fiche, publie: DocumentPublie, cle: Path
) -> None:
    documents.ouvrir(poste_inscrit, publie.id)

    def arracher(dossier: Path) -> int:
        dossier.rmdir()
        dossier.write_text("")
        return 10**9

    with refus(poste_inscrit, "copie.ecriture") as fautes:
        copies.enregistrer(poste_inscrit, fiche, publie, cle, libre=arracher)
    assert "ce n'est pas un dossier" in fautes[0].message


def test_only_the_folders_of_the_settings_are_written(
    poste_inscrit: Poste, fiche: Fiche, publie: DocumentPublie, tmp_path: Path
) -> None:
    with refus(poste_inscrit, "copie.racine"):
        copies.enregistrer(poste_inscrit, fiche, publie, tmp_path)


def test_without_a_folder_a_command_has_the_documents_and_a_borne_none(poste_inscrit: Poste, fiche: Fiche) -> None:
    nu = replace(poste_inscrit, racines=())
    assert len(copies.racines(nu)) == 1
    assert copies.racines(en_candidat(nu, fiche)) == ()


def test_a_print_is_a_command_without_a_shell(
    poste_inscrit: Poste, fiche: Fiche, publie: DocumentPublie, tmp_path: Path
) -> None:
    temoin, trace = tmp_path / "temoin.py", tmp_path / "trace.json"
    temoin.write_text(TEMOIN)
    commande = (sys.executable, str(temoin), str(trace), "-o", "$(touch x); y", "{fichier}")
    copies.imprimer(replace(poste_inscrit, impression=commande), fiche, publie)
    *options, fichier = json.loads(trace.read_text())
    assert options == ["-o", "$(touch x); y"]
    assert Path(fichier).name.startswith("recapitulatif-de-votre-candidature-")
    assert not Path(fichier).exists()
    assert trace.with_suffix(".pdf").read_bytes() == documents.ouvrir(poste_inscrit, publie.id).octets
    assert lignes(poste_inscrit, "SELECT acte FROM journal ORDER BY seq DESC LIMIT 1") == [("document.imprimer",)]


@pytest.mark.parametrize(
    ("commande", "dit"),
    [
        ((sys.executable, "-c", "import sys; sys.exit('plus de\x1b[31mpapier')", "{fichier}"), "plus de [31mpapier"),
        ((sys.executable, "-c", "raise SystemExit(3)", "{fichier}"), "code 3"),
        (("/nulle/part/lp", "{fichier}"), "/nulle/part/lp, fichier ou dossier absent"),
    ],
    ids=["words", "code", "absent"],
)
def test_a_print_that_fails_is_told(
    poste_inscrit: Poste, fiche: Fiche, publie: DocumentPublie, commande: tuple[str, ...], dit: str
) -> None:
    documents.ouvrir(poste_inscrit, publie.id)
    with refus(poste_inscrit, "copie.impression") as fautes:
        copies.imprimer(replace(poste_inscrit, impression=commande), fiche, publie)
    assert dit in fautes[0].message
    assert "Mes documents" in fautes[0].remede


def test_a_printer_that_never_answers_is_told(poste_inscrit: Poste, fiche: Fiche, publie: DocumentPublie) -> None:
    documents.ouvrir(poste_inscrit, publie.id)
    commande = (sys.executable, "-c", "import signal; signal.pause()", "{fichier}")
    with refus(poste_inscrit, "copie.impression") as fautes:
        copies.imprimer(replace(poste_inscrit, impression=commande), fiche, publie, delai=0.2)
    assert "pas de réponse" in fautes[0].message


@pytest.mark.parametrize(
    ("face", "a_qui"),
    [(Face.BORNE, "Demandez à un agent"), (Face.COMMANDE, "Demandez à l'administrateur du poste")],
)
def test_a_desk_without_a_printer_says_whom_to_ask(
    poste_inscrit: Poste, fiche: Fiche, publie: DocumentPublie, face: Face, a_qui: str
) -> None:
    """A person asks an agent, and an agent asks no other agent."""
    ici = replace(poste_inscrit, acteur=replace(poste_inscrit.acteur, face=face))
    with refus(ici, "copie.impression.absente") as fautes:
        copies.imprimer(ici, fiche, publie)
    assert fautes[0].remede == f"{a_qui}, ou enregistrez une copie."


def test_after_the_closing_an_office_may_keep_the_document_from_the_candidate(
    poste_inscrit: Poste, fiche: Fiche, publie: DocumentPublie, horloge: HorlogeReglable, cle: Path
) -> None:
    regler(poste_inscrit, CACHE)
    poste_inscrit = relire(poste_inscrit)
    candidat = en_candidat(poste_inscrit, fiche)
    assert copies.visibles(candidat, fiche)
    horloge.regler(FERMETURE)
    assert [visible.nature for visible in copies.visibles(candidat, fiche)] == ["demande-pieces"]
    with refus(poste_inscrit, "document.cloture") as fautes:
        copies.ouvrir(candidat, fiche, publie)
    assert "13/12/2023 à 23:59" in fautes[0].message
    with refus(poste_inscrit, "document.cloture"):
        copies.enregistrer(replace(candidat, racines=(cle,)), fiche, publie, cle)
    assert copies.visibles(poste_inscrit, fiche)  # for anybody in the office


def test_after_the_closing_the_document_stays_where_the_office_leaves_it(
    poste_inscrit: Poste, fiche: Fiche, publie: DocumentPublie, horloge: HorlogeReglable
) -> None:
    horloge.regler(FERMETURE)
    assert publie in copies.visibles(en_candidat(poste_inscrit, fiche), fiche)


@pytest.mark.parametrize(
    ("nom", "valeur", "dit"),
    [("RACINES", '["media/cle"]', "chemin complet"), ("IMPRESSION", '["lp", "fichier"]', "{fichier}")],
)
def test_a_wrong_setting_is_told(monkeypatch: pytest.MonkeyPatch, nom: str, valeur: str, dit: str) -> None:
    monkeypatch.setenv(f"CYCLADES_{nom}", valeur)
    with pytest.raises(SaisieRefusee) as attrape:
        lire_reglages()
    assert dit in str(attrape.value)
    assert nom.lower() in str(attrape.value)


# A hostile medium


def test_a_copy_is_its_owner_s_alone(poste_inscrit: Poste, fiche: Fiche, publie: DocumentPublie, cle: Path) -> None:
    assert copies.enregistrer(poste_inscrit, fiche, publie, cle).stat().st_mode & 0o777 == 0o600


def test_a_medium_that_is_a_link_to_the_store_takes_nothing(
    poste_inscrit: Poste, fiche: Fiche, publie: DocumentPublie, cle: Path
) -> None:
    documents.ouvrir(poste_inscrit, publie.id)
    store = poste_inscrit.store.chemin
    avant = sorted(store.rglob("*"))
    cle.rmdir()
    cle.symlink_to(store)
    with refus(poste_inscrit, "copie.ecriture") as fautes:
        copies.enregistrer(poste_inscrit, fiche, publie, cle)
    assert "c'est un lien" in fautes[0].message
    assert sorted(store.rglob("*")) == avant
    verifier_sans_faute(poste_inscrit)


def test_a_medium_exchanged_after_the_name_was_chosen_is_told(
    poste_inscrit: Poste, fiche: Fiche, publie: DocumentPublie, cle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents.ouvrir(poste_inscrit, publie.id)
    vrai: Callable[..., None] = os.link

    def echanger(*noms: str, **dossiers: int) -> None:
        vrai(*noms, **dossiers)
        cle.rename(cle.with_name("retirée"))
        cle.mkdir()

    monkeypatch.setattr(os, "link", echanger)
    with refus(poste_inscrit, "copie.ecriture") as fautes:
        copies.enregistrer(poste_inscrit, fiche, publie, cle)
    assert "ce disque a changé" in fautes[0].message
    assert not list(cle.iterdir())
    assert lignes(poste_inscrit, "SELECT count(*) FROM journal WHERE acte = 'document.copier'") == [(0,)]


def test_the_printer_sees_no_secret(
    poste_inscrit: Poste, fiche: Fiche, publie: DocumentPublie, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CYCLADES_CLE", "la clé du store")
    trace = tmp_path / "trace"
    ecrire = f"import os, sys; open({str(trace)!r}, 'w').write(repr(dict(os.environ)) + sys.argv[1])"
    copies.imprimer(replace(poste_inscrit, impression=(sys.executable, "-c", ecrire, "{fichier}")), fiche, publie)
    assert "la clé du store" not in trace.read_text(encoding="utf-8")
    assert "PATH" in trace.read_text(encoding="utf-8")

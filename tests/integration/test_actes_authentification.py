"""Is a paper this store's own? By its bytes, its code or its reference, and what each proves."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from outils.actes import AUTRES_REGLAGES, changer, inscrire, nouveau_poste, personne, refus, regler, relire
from outils.horloge import HorlogeReglable
from outils.store import photo
from PIL import Image

from cyclades_tui.actes.candidature import candidatures
from cyclades_tui.actes.candidature.inscription import Inscription
from cyclades_tui.actes.documents import documents
from cyclades_tui.actes.documents.authentification import (
    Preuve,
    VerdictDeDocument,
    verifier_fichier,
    verifier_reference,
)
from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.domaine.reference import Reference, reference_de
from cyclades_tui.fichiers.codes import TAILLE_MAX
from cyclades_tui.poste import Poste
from cyclades_tui.regles.etats import EtatCandidature
from cyclades_tui.store.modele import tables


def pdf(poste: Poste, inscription: Inscription) -> bytes:
    return documents.ouvrir(poste, inscription.document).octets


def ecrire(tmp_path: Path, octets: bytes) -> Path:
    chemin = tmp_path / "papier"
    chemin.write_bytes(octets)
    return chemin


def numerise(octets: bytes) -> bytes:
    """The first page as a slightly tilted picture."""
    with pypdfium2.PdfDocument(octets) as ouvert:
        image = ouvert[0].render(scale=150 / 72).to_pil()
    sortie = BytesIO()
    image.rotate(3, resample=Image.Resampling.BICUBIC, fillcolor="white").save(sortie, "JPEG")
    return sortie.getvalue()


def numerise_en_pdf(octets: bytes) -> bytes:
    """The same in a PDF, as from a scanner."""
    sortie = BytesIO()
    with Image.open(BytesIO(numerise(octets))) as page:
        page.save(sortie, "PDF")
    return sortie.getvalue()


def retouche(octets: bytes) -> bytes:
    """The same pages in another file."""
    sortie = BytesIO()
    with pikepdf.open(BytesIO(octets)) as ouvert:
        ouvert.docinfo["/Title"] = "Retouché"
        ouvert.save(sortie)
    return sortie.getvalue()


def test_the_very_bytes_are_recognised(poste: Poste, tmp_path: Path) -> None:
    inscription = inscrire(poste)
    verdict = verifier_fichier(poste, ecrire(tmp_path, pdf(poste, inscription)))
    assert verdict.preuve is Preuve.OCTETS
    assert verdict.phrases[0].endswith(
        "« Récapitulatif de votre candidature » : MADAME NGMB-DUPONT Ngmb-Jeanne, "
        "candidat 02399000000, inscription 001, version 1 du 11/12/2023 à 16:06."
    )
    assert verdict.phrases[1:] == (
        "C'est la dernière version de cette candidature.",
        "Rien n'y a été changé depuis que ce store l'a rendu.",
    )
    reconnu = verdict.reconnu
    assert reconnu is not None
    assert (reconnu.document, reconnu.version, reconnu.derniere_version) == (inscription.document, 1, 1)
    assert reconnu.etat is EtatCandidature.INSCRIT
    assert reconnu.enregistree_le == inscription.contenu.entete.instant


def test_a_document_of_an_earlier_release_keeps_its_bytes_and_is_recognised(poste: Poste, tmp_path: Path) -> None:
    """It had no code when it was handed out, as it would have if rendered today."""
    inscription = inscrire(poste)
    octets = b"%PDF-1.7 as it was rendered then"
    sha256 = poste.store.coffre.deposer(octets)
    with poste.store.ecrire() as unite:
        ligne = unite.session.get_one(tables.Document, inscription.document)
        ligne.sha256, ligne.taille, ligne.rendu_le = sha256, len(octets), ligne.cree_le
    assert pdf(poste, inscription) == octets
    assert verifier_fichier(poste, ecrire(tmp_path, octets)).preuve is Preuve.OCTETS


def test_a_pdf_that_was_altered_is_told_as_such(poste: Poste, tmp_path: Path) -> None:
    inscription = inscrire(poste)
    verdict = verifier_fichier(poste, ecrire(tmp_path, retouche(pdf(poste, inscription))))
    assert (verdict.preuve, verdict.tient) == (Preuve.MODIFIE, False)
    assert "ses octets sont autres" in verdict.phrases[0]
    assert verdict.phrases[1].startswith("Il porte la référence de « Récapitulatif de votre candidature » : MADAME")
    assert verdict.reconnu is not None
    assert verdict.reconnu.document == inscription.document


@pytest.mark.parametrize("copie", [numerise, numerise_en_pdf])
def test_a_scan_is_recognised_by_its_code_and_its_words_are_to_be_compared(
    poste: Poste, tmp_path: Path, copie: Callable[[bytes], bytes]
) -> None:
    inscription = inscrire(poste)
    verdict = verifier_fichier(poste, ecrire(tmp_path, copie(pdf(poste, inscription))))
    assert (verdict.preuve, verdict.tient) == (Preuve.REFERENCE, True)
    assert verdict.phrases[0].startswith("Cette référence est celle de « Récapitulatif de votre candidature » : MADAME")
    assert "Cela ne prouve pas le reste du papier" in verdict.phrases[-1]
    assert verdict.reconnu is not None
    assert verdict.reconnu.texte == documents.ouvrir(poste, inscription.document).texte


def test_a_typed_reference_is_recognised(poste: Poste) -> None:
    reference = reference_de(inscrire(poste).contenu)
    for texte in (reference.code, reference.lisible, reference.code.lower()):
        verdict = verifier_reference(poste, texte)
        assert verdict.preuve is Preuve.REFERENCE
    with refus(poste, "reference.forme"):
        verifier_reference(poste, "inconnue")


def test_a_replaced_version_is_told_with_the_one_that_replaces_it(
    poste: Poste, tmp_path: Path, horloge: HorlogeReglable
) -> None:
    """Labels, contact and window changed since: version 1 still has the same bytes and is recognised."""
    premiere = inscrire(poste)
    octets = pdf(poste, premiere)
    regler(poste, AUTRES_REGLAGES)
    poste = relire(poste)
    horloge.regler("2023-12-19 10:00")
    seconde = changer(poste)
    assert pdf(poste, premiere) == octets != pdf(poste, seconde)
    for papier in (octets, numerise(octets)):
        verdict = verifier_fichier(poste, ecrire(tmp_path, papier))
        assert verdict.phrases[1] == "La version 2 du 19/12/2023 à 10:00 l'a remplacée."
        assert verdict.reconnu is not None
        assert (verdict.reconnu.version, verdict.reconnu.derniere_version) == (1, 2)
        assert "RECTORAT DE GUYANE" in verdict.reconnu.texte
        assert "AUTRE SERVICE" not in verdict.reconnu.texte


def test_a_withdrawn_candidature_is_told(poste: Poste, tmp_path: Path) -> None:
    inscription = inscrire(poste)
    candidatures.desinscrire(poste, inscription.numero_candidat, 1)
    verdict = verifier_fichier(poste, ecrire(tmp_path, pdf(poste, inscription)))
    assert "La candidature n'est plus active : « Désinscrit par le gestionnaire »." in verdict.phrases


def non_reconnu(verdict: VerdictDeDocument) -> str:
    assert (verdict.preuve, verdict.reconnu) == (Preuve.AUCUNE, None)
    message, remede = verdict.phrases
    assert remede
    return message


def test_the_code_of_another_store_is_refused(tmp_path: Path, horloge: HorlogeReglable) -> None:
    """Two training stores give the same number to two persons: the digest distinguishes them."""
    ici, ailleurs = (nouveau_poste(tmp_path / nom, horloge) for nom in ("ici", "ailleurs"))
    chez_nous, chez_eux = inscrire(ici), inscrire(ailleurs, personne(1))
    assert chez_nous.numero_candidat == chez_eux.numero_candidat
    papier = pdf(ailleurs, chez_eux)
    for octets in (papier, numerise(papier)):
        verdict = verifier_fichier(ici, ecrire(tmp_path, octets))
        assert "mais d'une autre empreinte" in non_reconnu(verdict)


@pytest.mark.parametrize(
    "changement",
    [
        lambda reference: replace(reference, numero_candidat="02399000001"),
        lambda reference: replace(reference, numero_inscription="002"),
        lambda reference: replace(reference, version=2),
    ],
    ids=["candidate", "inscription", "version"],
)
def test_a_reference_to_nothing_is_told(poste: Poste, changement: Callable[[Reference], Reference]) -> None:
    reference = changement(reference_de(inscrire(poste).contenu))
    assert non_reconnu(verifier_reference(poste, reference.code)).startswith("Ce store n'a pas l'inscription")


def test_a_forged_digest_is_told(poste: Poste) -> None:
    reference = replace(reference_de(inscrire(poste).contenu), empreinte="0" * 32)
    assert "mais d'une autre empreinte" in non_reconnu(verifier_reference(poste, reference.code))


def test_a_paper_without_reference_is_not_recognised(poste: Poste, tmp_path: Path) -> None:
    sortie = BytesIO()
    Image.new("L", (800, 1100), 255).save(sortie, "PNG")
    message = non_reconnu(verifier_fichier(poste, ecrire(tmp_path, sortie.getvalue())))
    assert "aucune référence n'y a été lue" in message


def test_two_documents_in_one_file_are_to_be_parted(poste: Poste, tmp_path: Path) -> None:
    """A genuine page does not vouch for another."""
    premier, second = pdf(poste, inscrire(poste)), pdf(poste, inscrire(poste, personne(1)))
    sortie = BytesIO()
    with pikepdf.open(BytesIO(premier)) as a, pikepdf.open(BytesIO(second)) as b:
        a.pages.extend(b.pages)
        a.save(sortie)
    assert non_reconnu(verifier_fichier(poste, ecrire(tmp_path, sortie.getvalue()))).startswith("Ce fichier porte 2")


def test_a_candidate_verifies_only_what_is_his(poste: Poste, tmp_path: Path) -> None:
    inscription, autre = inscrire(poste), inscrire(poste, personne(1))
    acteur = Acteur(NatureActeur.CANDIDAT, inscription.numero_candidat, Face.BORNE, "poste-1")
    candidat = Poste(poste.store, acteur, poste.horloge, poste.parametrage)
    assert verifier_fichier(candidat, ecrire(tmp_path, pdf(poste, inscription))).preuve is Preuve.OCTETS
    assert verifier_fichier(candidat, ecrire(tmp_path, pdf(poste, autre))).preuve is Preuve.AUCUNE
    assert verifier_reference(candidat, reference_de(autre.contenu).code).preuve is Preuve.AUCUNE


def test_what_is_not_a_file_is_refused(poste: Poste, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tube")
    (tmp_path / "lien").symlink_to(tmp_path / "absent")
    with (tmp_path / "enorme").open("wb") as enorme:
        enorme.truncate(TAILLE_MAX + 1)
    for nom, code in {
        "": "fichier.nature",
        "tube": "fichier.nature",
        "absent": "fichier.lecture",
        "lien": "fichier.lecture",
        "enorme": "lecture.taille",
        "x" * 300: "fichier.lecture",
    }.items():
        with refus(poste, code) as fautes:
            verifier_fichier(poste, tmp_path / nom)
        assert fautes[0].remede


def test_a_verification_writes_nothing(poste: Poste, tmp_path: Path) -> None:
    octets = pdf(poste, inscrire(poste))
    avant = sorted(chemin for chemin in tmp_path.rglob("*") if chemin.name != "papier")
    base = photo(poste.store)
    verifier_fichier(poste, ecrire(tmp_path, octets))
    verifier_fichier(poste, ecrire(tmp_path, numerise(octets)))
    assert sorted(chemin for chemin in tmp_path.rglob("*") if chemin.name != "papier") == avant
    assert photo(poste.store) == base

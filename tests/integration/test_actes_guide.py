"""The guide's person, from her first account in 2019 to her fifth candidature, compared with the guide's pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from outils.actes import demande, inscrire, lignes, nouveau_poste, ouvrir_fenetre, texte_du_pdf, verifier_sans_faute
from outils.guide import COMPACTE, PLAGE_DU_GUIDE, SAISIE
from outils.horloge import HorlogeReglable
from outils.textes import lignes_de

from cyclades_tui.actes.candidature.inscription import Inscription, enregistrer
from cyclades_tui.actes.documents import documents
from cyclades_tui.domaine.recapitulatif import Recapitulatif
from cyclades_tui.domaine.reference import reference_de
from cyclades_tui.poste import Poste
from cyclades_tui.regles.recapitulatif import recapituler

DOCUMENT = lignes_de("guide_recapitulatif.txt")
ONGLET = lignes_de("guide_onglet_recapitulatif.txt")

# The instants of the candidatures before the guide's; her account is created with the first.
ANTERIEURES = {"2020": "2019-11-20", "2021": "2020-11-20", "2022": "2021-11-20", "2023": "2022-11-20"}


@pytest.fixture(scope="module")
def cinquieme(tmp_path_factory: pytest.TempPathFactory) -> tuple[Poste, Inscription]:
    """The guide's candidature, after four earlier ones on the same store."""
    horloge = HorlogeReglable.a("2019-09-02 08:00")
    poste = nouveau_poste(tmp_path_factory.mktemp("guide"), horloge, PLAGE_DU_GUIDE)
    for session, jour in ANTERIEURES.items():
        horloge.regler(f"{jour} 09:00")
        poste = ouvrir_fenetre(poste, session, f"{jour}T08:00", f"{jour}T18:00")
        enregistrer(poste, demande(COMPACTE, session=session))
    horloge.regler("2023-12-11 16:06")
    return poste, inscrire(poste, SAISIE)


def test_her_number_is_of_2019_and_this_is_her_fifth(cinquieme: tuple[Poste, Inscription]) -> None:
    poste, inscription = cinquieme
    assert inscription.numero_candidat == "01948418953"
    assert (inscription.numero_inscription, inscription.version) == ("005", 1)
    assert not inscription.formation
    assert inscription.avertissements == ()
    assert lignes(poste, "SELECT numero, session, version FROM candidature ORDER BY id") == [
        (1, "2020", 1),
        (2, "2021", 1),
        (3, "2022", 1),
        (4, "2023", 1),
        (5, "2024", 1),
    ]
    verifier_sans_faute(poste)


def test_her_document_reads_as_the_guide(cinquieme: tuple[Poste, Inscription]) -> None:
    """The same words in the same order, however the page wraps, except our reference and the feet of pages."""
    poste, inscription = cinquieme
    texte = texte_du_pdf(documents.ouvrir(poste, inscription.document).octets).replace("\ufffe", "-")
    pied = "Candidat 01948418953, inscription 005, version 1, session 2024"
    ajoutees = {"Référence à vérifier :", *reference_de(inscription.contenu).lisible.splitlines()}
    lues = [ligne for ligne in texte.splitlines() if not ligne.startswith(pied) and ligne.strip() not in ajoutees]
    assert "".join("".join(lues).split()) == "".join("".join(DOCUMENT).split())


def test_her_twin_has_the_same_words(cinquieme: tuple[Poste, Inscription]) -> None:
    poste, inscription = cinquieme
    jumeau = documents.ouvrir(poste, inscription.document).texte
    for ligne in DOCUMENT:
        for mot in ligne.split():
            assert mot in jumeau


def test_the_tab_reads_as_the_guide_line_by_line(cinquieme: tuple[Poste, Inscription]) -> None:
    """F263: the one « Dispensé » is a slip. The INE is on the guide's document (F309), not on its tab."""
    attendues = [" ".join(ligne.split()).replace("Dispensé", "Dispense") for ligne in ONGLET]
    lues = list(onglet(recapituler(cinquieme[1].contenu)))
    assert [ligne for ligne in lues if not ligne.startswith("Identifiant National (INE)")] == [
        ligne for ligne in attendues if ligne.strip("- ")
    ]


def onglet(recapitulatif: Recapitulatif) -> Iterator[str]:
    """The tab Récapitulatif as lines of text, as the guide copies it."""
    yield f"N° candidat : {recapitulatif.numero_candidat}"
    for section in recapitulatif.sections:
        yield section.titre
        for ligne in section.lignes:
            yield f"{ligne.libelle} : {ligne.valeur}" if ligne.libelle else ligne.valeur
    yield "Acquis déclarés"
    for acquis in recapitulatif.acquis:
        yield f"Titulaire : {acquis.titulaire}"
        yield f"Type de droit : {acquis.droit}"
    yield "Epreuves"
    session = ""
    for groupe in recapitulatif.groupes:
        if groupe.session != session:
            yield groupe.session
        session = groupe.session
        yield groupe.titre
        for epreuve in groupe.lignes:
            intitule = " - ".join(partie for partie in (epreuve.code, epreuve.libelle, epreuve.choix) if partie)
            yield " ".join(partie for partie in (intitule, epreuve.position, epreuve.mode) if partie)

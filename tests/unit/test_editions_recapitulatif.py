"""The récapitulatif, compared with the guide's document, and how it varies with the candidature."""

from __future__ import annotations

from dataclasses import replace

import pytest
from outils.editions import (
    POLICES,
    REFERENCE,
    document_de,
    recapitulatif_du_guide,
    sans_pied,
    sans_reference,
    textes_des_pages,
    textes_livres,
)
from outils.textes import lignes_de

from cyclades_tui.domaine.document import DocumentCompose, Style
from cyclades_tui.domaine.recapitulatif import Recapitulatif
from cyclades_tui.editions.pdf import rendre_pdf

GUIDE = lignes_de("guide_recapitulatif.txt")
# A longer line of the guide is a paragraph, which the page wraps.
PARAGRAPHE = 100


def avec_champ(recapitulatif: Recapitulatif, champ: str, valeur: str) -> Recapitulatif:
    section = recapitulatif.sections[0]
    lignes = tuple(
        replace(ligne, valeur_document=valeur) if ligne.champ == champ else ligne for ligne in section.lignes
    )
    return replace(recapitulatif, sections=(replace(section, lignes=lignes),))


def sans_champ(recapitulatif: Recapitulatif, champ: str) -> Recapitulatif:
    section = recapitulatif.sections[0]
    lignes = tuple(ligne for ligne in section.lignes if ligne.champ != champ)
    return replace(recapitulatif, sections=(replace(section, lignes=lignes),))


def lignes(document: DocumentCompose) -> list[str]:
    return [f"{bloc.gras} {bloc.texte}".strip() for bloc in document.blocs]


def test_the_pages_read_as_the_guide_line_by_line() -> None:
    document = sans_reference(document_de(recapitulatif_du_guide()))
    page = sans_pied(document, textes_des_pages(rendre_pdf(document, POLICES)))
    restantes = iter(page)
    for attendue in GUIDE:
        lue = next(restantes)
        while len(lue) < len(attendue) and len(attendue) > PARAGRAPHE:
            lue += f" {next(restantes)}"
        assert lue == attendue
    assert list(restantes) == []


def test_only_the_reference_is_added_to_the_guide() -> None:
    """Three lines under the two addresses."""
    document = document_de(recapitulatif_du_guide())
    page = sans_pied(document, textes_des_pages(rendre_pdf(document, POLICES)))
    ajoutees = ["Référence à vérifier :", *REFERENCE.lisible.splitlines()]
    debut = page.index(ajoutees[0])
    assert page[debut - 1] == "97300 CAYENNE"
    assert page[debut : debut + 3] == ajoutees
    nu = sans_reference(document)
    assert page[:debut] + page[debut + 3 :] == sans_pied(nu, textes_des_pages(rendre_pdf(nu, POLICES)))


def test_a_fixed_line_stands_before_the_mobile() -> None:
    document = document_de(avec_champ(recapitulatif_du_guide(), "identification.telephone", "05 94 00 00 00"))
    assert "Tél : 05 94 00 00 00 Tél. mobile : 01 23 45 67 89" in lignes(document)


@pytest.mark.parametrize(
    ("champ", "debut"),
    [
        ("identification.ine", "Identifiant National"),
        ("candidature.etablissement", "Etablissement"),
        ("qualification.specialite", "Spécialité : Aéronautique"),
        ("qualification.forme_finale", "Forme de passage"),
        ("candidature.consentement_presse", "Attention à bien vérifier votre choix ci-dessous : J'accepte la commu"),
    ],
)
def test_a_field_that_was_not_asked_leaves_no_line(champ: str, debut: str) -> None:
    complet = [ligne for ligne in lignes(document_de(recapitulatif_du_guide())) if ligne.startswith(debut)]
    reduit = [
        ligne for ligne in lignes(document_de(sans_champ(recapitulatif_du_guide(), champ))) if ligne.startswith(debut)
    ]
    assert len(reduit) == len(complet) - 1


def test_nothing_declared_prints_no_heading_of_acquis() -> None:
    assert "DECLARATION des ACQUIS" not in lignes(document_de(replace(recapitulatif_du_guide(), acquis=())))


def test_a_group_without_title_for_the_document_is_not_printed() -> None:
    recapitulatif = recapitulatif_du_guide()
    groupes = tuple(replace(groupe, titre_document="") for groupe in recapitulatif.groupes)
    styles = {bloc.style for bloc in document_de(replace(recapitulatif, groupes=groupes)).blocs}
    assert not styles & {Style.EPREUVE, Style.CHOIX}


def test_a_minor_has_a_second_room_to_sign() -> None:
    document = document_de(replace(recapitulatif_du_guide(), textes=textes_livres()))
    cellules = [bloc.cellules for bloc in document.blocs if bloc.style is Style.SIGNATURE and bloc.cellules]
    assert cellules == [
        ("Signature du candidat et du représentant légal si le candidat est mineur", "Signature du représentant légal")
    ]


def test_braces_in_a_local_text_are_printed_as_they_stand() -> None:
    recapitulatif = recapitulatif_du_guide()
    textes = {**recapitulatif.textes, "modification": "Avant le {fermeture}, voir {le site}."}
    document = document_de(replace(recapitulatif, textes=textes))
    assert "Avant le mercredi 13 décembre 2023 à 23:59, voir {le site}." in lignes(document)


@pytest.mark.parametrize(
    ("saisi", "imprime"), [("0594272243", "05 94 27 22 43"), ("+594 594 27 22 43", "+594 594 27 22 43")]
)
def test_the_service_number_is_printed_by_pairs(saisi: str, imprime: str) -> None:
    recapitulatif = recapitulatif_du_guide()
    document = document_de(replace(recapitulatif, contact=replace(recapitulatif.contact, telephone=saisi)))
    assert f"Tél : {imprime}" in lignes(document)

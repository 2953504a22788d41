"""The plain-text twin."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outils.editions import (
    PAPILLON,
    POLICES,
    difficiles,
    document_de,
    recapitulatif_du_guide,
    sans_pied,
    textes_des_pages,
    textes_livres,
)
from outils.textes import texte_de

from cyclades_tui.domaine.document import BlocDeDocument, DocumentCompose, Style
from cyclades_tui.editions.papillon import composer as composer_papillon
from cyclades_tui.editions.pdf import rendre_pdf
from cyclades_tui.editions.texte import COLONNES, rendre_texte

JUMEAUX = {
    "recapitulatif": document_de(recapitulatif_du_guide()),
    **{f"recapitulatif-{cas}": document_de(recapitulatif) for cas, recapitulatif in difficiles().items()},
    "papillon": composer_papillon(PAPILLON),
}


@pytest.mark.parametrize("nom", JUMEAUX)
def test_the_twin_is_the_one_that_was_read_over(nom: str) -> None:
    attendu = texte_de(f"jumeaux/{nom}.txt")
    assert rendre_texte(JUMEAUX[nom]) == attendu


@pytest.mark.parametrize("formation", [False, True])
def test_the_twin_has_the_words_of_the_pages(formation: bool) -> None:
    recapitulatif = replace(recapitulatif_du_guide(), formation=formation, textes=textes_livres())
    document = document_de(recapitulatif)
    pages = textes_des_pages(rendre_pdf(document, POLICES))
    mots = Counter(" ".join(sans_pied(document, pages)).split())
    # On every page of the PDF, once in the twin.
    if formation:
        mots["FORMATION"] = 1
    assert Counter(rendre_texte(document).split()) == mots


def test_the_twin_keeps_the_order_of_the_guide() -> None:
    texte = rendre_texte(document_de(recapitulatif_du_guide()))
    reperes = [
        "BACCALAURÉAT",
        "Version : 1",
        "RECTORAT",
        "MADAME",
        "Nom d'usage :",
        "IMPORTANT :",
        "EPREUVES",
        "ROUGE.",
    ]
    places = [texte.index(repere) for repere in reperes]
    assert places == sorted(places)


def test_columns_of_the_table_are_aligned() -> None:
    lignes = rendre_texte(document_de(recapitulatif_du_guide())).splitlines()
    rangees = [ligne for ligne in lignes if " Inscrit" in ligne or " Dispense" in ligne]
    assert len(rangees) == 26
    assert len({max(ligne.find(" Inscrit"), ligne.find(" Dispense")) for ligne in rangees}) == 1
    assert len({ligne.index("Contrôle en cours") for ligne in rangees if "Contrôle en cours" in ligne}) == 1


cellule = st.text(st.sampled_from("aé- :W"), max_size=120)
blocs = st.one_of(
    st.builds(BlocDeDocument, st.sampled_from([s for s in Style if s is not Style.EPREUVE]), cellule, cellule),
    st.builds(BlocDeDocument, st.just(Style.EPREUVE), cellules=st.tuples(cellule, cellule, cellule, cellule)),
)


@given(st.lists(blocs, max_size=6), st.booleans())
def test_no_line_passes_80_columns(contenu: list[BlocDeDocument], formation: bool) -> None:
    document = DocumentCompose("", "", datetime(2024, 1, 1, tzinfo=UTC), formation, tuple(contenu))
    texte = rendre_texte(document)
    assert all(len(ligne) <= COLONNES for ligne in texte.splitlines())
    attendus = Counter("".join(b.gras + b.texte + "".join(b.cellules) for b in contenu).replace(" ", ""))
    assert Counter("".join(texte.split()).removeprefix("FORMATION" if formation else "")) == attendus

"""The papillon de connexion, compared with that of the guide."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
from outils.editions import PAPILLON, POLICES, sans_pied, serrer, textes_des_pages
from outils.textes import lignes_de

from cyclades_tui.domaine.papillon import Papillon, lire_papillon
from cyclades_tui.domaine.temps import en_iso
from cyclades_tui.editions.papillon import composer
from cyclades_tui.editions.pdf import rendre_pdf
from cyclades_tui.editions.texte import COLONNES, rendre_texte

GUIDE = lignes_de("guide_papillon.txt")

LONG = replace(
    PAPILLON,
    etablissement=("LYCEE POLYVALENT REGIONAL " + "DES METIERS DE L'HOTELLERIE " * 3, *PAPILLON.etablissement[1:]),
    eleve="DE LA ROCHEFOUCARDIÈRE-MONTMORILLOT DE SAINTE-BARTHÉLEMIEUSE Marie-Antoinette Élisabeth Guillemette Anne",
    url=f"https://examens.example.org/{'portail-des-candidats/' * 8}",
    identifiant=f"{'marie-antoinette.' * 6}de-la-rochefoucardiere12",
)


def test_the_page_reads_as_the_guide() -> None:
    document = composer(PAPILLON)
    (page,) = textes_des_pages(rendre_pdf(document, POLICES))
    assert " ".join(sans_pied(document, [page])) == " ".join(GUIDE)


def test_the_twin_reads_as_the_guide() -> None:
    assert rendre_texte(composer(PAPILLON)).split() == " ".join(GUIDE).split()


def test_every_short_line_of_the_guide_is_a_line_of_the_page() -> None:
    page = sans_pied(composer(PAPILLON), textes_des_pages(rendre_pdf(composer(PAPILLON), POLICES)))
    assert set(page) >= {ligne for ligne in GUIDE if len(ligne) < 80}


@pytest.mark.parametrize("papillon", [PAPILLON, LONG], ids=["guide", "long"])
def test_login_and_password_are_whole_on_one_page(papillon: Papillon) -> None:
    document = composer(papillon)
    (page,) = textes_des_pages(rendre_pdf(document, POLICES))
    for valeur in (papillon.eleve, papillon.url, papillon.identifiant, papillon.mot_de_passe):
        assert serrer(valeur) in serrer(page)
    assert all(len(ligne) <= COLONNES for ligne in rendre_texte(document).splitlines())


def test_what_is_not_known_leaves_no_line() -> None:
    reduit = rendre_texte(composer(replace(PAPILLON, telephone="", classe="", resultats="", conseil="")))
    assert not [mot for mot in ("Tél", "Classe", "(*)", "résultats", "conseillons") if mot in reduit]
    assert "Votre mot de passe : acp8V?sCcb" in reduit


def test_two_renders_are_equal() -> None:
    assert rendre_pdf(composer(PAPILLON), POLICES) == rendre_pdf(composer(PAPILLON), POLICES)


def test_it_is_read_from_its_fields() -> None:
    champs = {**asdict(PAPILLON), "instant": en_iso(PAPILLON.instant)}
    assert lire_papillon(champs) == PAPILLON
    assert lire_papillon({**champs, "etablissement": list(PAPILLON.etablissement), "autre": 1}) == PAPILLON
    del champs["url"]
    with pytest.raises(KeyError):
        lire_papillon(champs)

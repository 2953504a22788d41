"""The content of a version: all that a release ever wrote is read, and written again byte for byte."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from outils.contenus import CONTENUS, exemple, texte_garde
from outils.guide import INDIVIDUELLE, SAISIE
from outils.saisies import examiner, referentiel_livre

from cyclades_tui.domaine.canonique import empreinte, en_json
from cyclades_tui.domaine.contenu import (
    FORMAT,
    ChampSauve,
    Contenu,
    EnteteDeVersion,
    Relance,
    lire_le_champ,
    lire_le_papillon,
)
from cyclades_tui.domaine.erreurs import ErreurCyclades, StoreInutilisable
from cyclades_tui.editions import relance as edition
from cyclades_tui.editions.texte import rendre_texte
from cyclades_tui.regles.contenu import composer
from cyclades_tui.regles.recapitulatif import recapituler

ETABLISSEMENT = "candidature.etablissement"
VERSIONS = ("1-sans-pieces", "1-avec-pieces", "2-avec-textes")
ENTETE = EnteteDeVersion("02399000000", "001", 1, datetime(2023, 12, 11, 15, 6, tzinfo=UTC), formation=True)


def compose(saisie: dict[str, str]) -> Contenu:
    _, dossier = examiner(saisie)
    assert dossier is not None
    return composer(dossier, ENTETE, referentiel_livre().reglages("BCP", "2024", "33"))


def forme(valeur: Any) -> Any:
    """The keys of a JSON value at every depth, except under `textes`, where they vary."""
    if isinstance(valeur, dict):
        return {cle: None if cle == "textes" else forme(dedans) for cle, dedans in valeur.items()}
    return forme(valeur[0]) if isinstance(valeur, list) and valeur else None


def test_every_stored_example_is_read_by_a_test() -> None:
    assert {chemin.stem for chemin in CONTENUS.iterdir()} == {*VERSIONS, "1-relance"}


@pytest.mark.parametrize("nom", VERSIONS)
def test_what_a_release_wrote_is_read_and_written_again_byte_for_byte(nom: str) -> None:
    texte = texte_garde(nom)
    contenu = Contenu.lire(texte)
    assert contenu.en_json() == texte
    assert contenu.valeur("identification.nom") == "NGMB-DUPONT"
    assert contenu.affichage("identification.naissance.date") == "06/05/2005"
    assert contenu.contact.telephone == "0594272243"
    assert recapituler(contenu).ligne("identification.naissance.commune").valeur_document == "BUGARACH - 011"


def test_a_version_older_than_the_justificatifs_asks_for_none() -> None:
    assert Contenu.lire(texte_garde("1-sans-pieces")).pieces is None
    assert list(Contenu.lire(texte_garde("1-sans-pieces")).pieces_demandees) == []
    assert "identite" in {piece.piece for piece in exemple().pieces_demandees}


def test_what_is_written_now_has_the_form_of_the_newest_example() -> None:
    assert json.loads(texte_garde("2-avec-textes"))["format"] == FORMAT
    assert forme(compose(INDIVIDUELLE).en_dict()) == forme(exemple().en_dict())


def test_the_texts_that_were_accepted_are_kept_word_for_word() -> None:
    """With their digest, which is that of the same words (F270); a version of before has the digest alone."""
    textes = referentiel_livre().reglages("BCP", "2024", "33").textes
    contenu = Contenu.lire(compose(INDIVIDUELLE).en_json())
    gardes = {accord.champ: accord for accord in contenu.accords}
    for onglet, titre in (("modalites", "Modalités d'inscription"), ("conditions", "Conditions d'inscription")):
        accord = gardes[f"{onglet}.accord"]
        assert accord.accepte == (titre, *textes.a_accepter[onglet])
        assert accord.sha256 == empreinte(f"{accord.accepte.texte}\n{accord.accepte.phrase}")
    assert [accord.accepte for accord in Contenu.lire(texte_garde("1-avec-pieces")).accords] == [None, None]


def test_the_conditions_that_do_not_seem_to_hold_are_kept() -> None:
    """Those that were told, for the agent who verifies them (F450); a version of before does not know."""
    ailleurs = {"identification.adresse.code_postal": "25000", "identification.adresse.localite": "BESANCON"}
    contenu = Contenu.lire(compose(INDIVIDUELLE | ailleurs).en_json())
    assert contenu.avertissements is not None
    assert [(lu.code, lu.champ) for lu in contenu.avertissements] == [
        ("exigence.experience", "candidature.categorie"),
        ("exigence.residence", "identification.adresse.code_postal"),
    ]
    assert contenu.avertissements[1].message.startswith("Ce code postal est de l'académie Besançon")
    assert compose(SAISIE).avertissements == ()
    assert Contenu.lire(texte_garde("1-avec-pieces")).avertissements is None


@pytest.mark.parametrize("saisie", [SAISIE, INDIVIDUELLE], ids=["pupil", "individual"])
def test_what_is_composed_is_read_back_whole(saisie: dict[str, str]) -> None:
    contenu = compose(saisie)
    assert Contenu.lire(contenu.en_json()) == contenu


def test_one_field_is_read_alone() -> None:
    texte = texte_garde("1-avec-pieces")
    assert lire_le_champ(texte, ETABLISSEMENT) == exemple().champs[ETABLISSEMENT]
    assert lire_le_champ(texte, "champ.absent") == ChampSauve("champ.absent", "", "", "", "", "")
    assert exemple().valeur("champ.absent") == exemple().affichage("champ.absent") == ""


def test_a_relance_is_read_and_written_again() -> None:
    texte = texte_garde("1-relance")
    relance = Relance.lire(texte)
    assert json.loads(relance.en_json()) == json.loads(texte)
    assert Relance.lire(relance.en_json()) == relance
    assert "À fournir." in rendre_texte(edition.composer(recapituler(relance.version), relance))


LECTEURS: tuple[Callable[[str], object], ...] = (
    Contenu.lire,
    Relance.lire,
    lire_le_papillon,
    lambda texte: lire_le_champ(texte, ETABLISSEMENT),
)
lecteurs = pytest.mark.parametrize("lire", LECTEURS, ids=("version", "relance", "papillon", "champ"))


@lecteurs
@pytest.mark.parametrize("format_", [0, 3, "1", None, [1] * 99])
def test_an_unknown_format_is_told(lire: Callable[[str], object], format_: object) -> None:
    objet = json.loads(texte_garde("1-avec-pieces")) | {"format": format_}
    with pytest.raises(StoreInutilisable) as refus:
        lire(json.dumps(objet))
    (faute,) = refus.value.fautes
    assert faute.code == "version.format"
    assert repr(format_)[:20] in faute.message
    assert len(faute.message) < 120
    assert "Mettez le programme à jour" in faute.remede


@lecteurs
@pytest.mark.parametrize("texte", ["", "{", "[]", "3", "null", "{}", '{"format": 1}', "[" * 100_000])
def test_a_broken_text_is_told(lire: Callable[[str], object], texte: str) -> None:
    with pytest.raises(ErreurCyclades) as refus:
        lire(texte)
    assert [faute.code for faute in refus.value.fautes] == ["version.illisible"]


@pytest.mark.parametrize("cle", json.loads(texte_garde("2-avec-textes")))
def test_a_content_that_lacks_a_part_is_told(cle: str) -> None:
    """What releases added later may be absent, and a part that is of another kind is no part."""
    objet = json.loads(texte_garde("2-avec-textes"))
    del objet[cle]
    if cle in ("pieces", "avertissements"):
        assert getattr(Contenu.lire(en_json(objet)), cle) is None
        return
    with pytest.raises(StoreInutilisable):
        Contenu.lire(en_json(objet))


@pytest.mark.parametrize(
    "cle",
    ["entete", "examen", "champs", "acquis", "groupes", "contact", "fermeture", "accords", "pieces", "avertissements"],
)
def test_a_part_of_another_kind_is_told(cle: str) -> None:
    objet = json.loads(texte_garde("2-avec-textes"))
    for autre in (None, 3, [3], {"inconnue": 3}):
        with pytest.raises(StoreInutilisable):
            Contenu.lire(en_json(objet | {cle: autre}))


def test_a_content_does_not_change() -> None:
    with pytest.raises(AttributeError):
        exemple().session = "2025"  # type: ignore[misc]  # that it is refused is what is tested
    assert replace(exemple(), session="2025").session == "2025"

"""Settings: which block applies, and the windows that they make."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from outils.saisies import referentiel_livre

from cyclades_tui.domaine.temps import EtatFenetre, Fenetre
from cyclades_tui.referentiel.bloc_de_reglages import BlocsDeReglages, Reglage
from cyclades_tui.referentiel.chargement import Referentiel, charger
from cyclades_tui.referentiel.reglages import (
    SANS_DEFAUT,
    TOUTES_LES_CLES,
    ModeleDeMessage,
    Origine,
    ReglagesDuService,
)
from cyclades_tui.referentiel.ressources import dossier


@pytest.fixture(scope="module")
def livre() -> Referentiel:
    return referentiel_livre()


# Settings: which value holds


def bloc(fichier: str, local: bool, **valeurs: object) -> tuple[Reglage, Origine]:
    return Reglage.model_validate(valeurs), Origine(fichier, local)


PARTOUT: dict[str, object] = {"libelle_recapitulatif": "partout"}
EXAMEN: dict[str, object] = {"examen": "BCP", "libelle_recapitulatif": "examen"}
SESSION: dict[str, object] = {"session": "2024", "libelle_recapitulatif": "session"}
ACADEMIE: dict[str, object] = {"academie": "33", "libelle_recapitulatif": "académie"}
TOUT: dict[str, object] = {"examen": "BCP", "session": "2024", "academie": "33", "libelle_recapitulatif": "les trois"}


@pytest.mark.parametrize("rang", range(1, 5))
def test_the_most_precise_block_wins_even_over_a_wider_local_one(rang: int) -> None:
    echelle = [PARTOUT, EXAMEN, SESSION, ACADEMIE, TOUT]
    larges = [bloc(f"local{n}", True, **valeurs) for n, valeurs in enumerate(echelle[:rang])]
    reglages = BlocsDeReglages([bloc("livre", False, **echelle[rang]), *larges])
    retenue = reglages.retenues("BCP", "2024", "33")["libelle_recapitulatif"]
    assert (retenue.valeur, retenue.origine) == (echelle[rang]["libelle_recapitulatif"], Origine("livre", False))


@pytest.mark.parametrize("pas", [1, -1])
def test_of_equally_precise_blocks_the_local_one_wins(pas: int) -> None:
    blocs = [bloc("livre", False, **ACADEMIE), bloc("local", True, academie="33", libelle_recapitulatif="d'ici")]
    reglages = BlocsDeReglages(blocs[::pas])
    retenue = reglages.retenues("BCP", "2024", "33")["libelle_recapitulatif"]
    assert (retenue.valeur, retenue.origine.local) == ("d'ici", True)


def test_a_block_holds_only_for_what_it_names() -> None:
    reglages = BlocsDeReglages([bloc("f", False, **TOUT), bloc("f", False, **PARTOUT)])
    for autre in (("CAP", "2024", "33"), ("BCP", "2025", "33"), ("BCP", "2024", "03")):
        assert reglages.retenues(*autre)["libelle_recapitulatif"].valeur == "partout"


def test_a_precise_block_replaces_only_its_own_keys() -> None:
    general = bloc("f", False, textes={"acquis": "un", "certifie": "deux"}, message_inscription=True)
    valeurs = BlocsDeReglages([general, bloc("g", True, academie="33", textes={"acquis": "trois"})]).retenues(
        "BCP", "2024", "33"
    )
    lues = {cle: (v.valeur, v.origine.fichier) for cle, v in valeurs.items()}
    assert lues == {
        "textes.acquis": ("trois", "g"),
        "textes.certifie": ("deux", "f"),
        "message_inscription": (True, "f"),
    }


# Settings: typed, and where each comes from


def lue(reglages: ReglagesDuService, cle: str) -> object:
    """The attribute for a key."""
    *tables, nom = cle.split(".")
    porteur: Any = reglages
    for table in tables:
        porteur = getattr(porteur, table)
    message, _, partie = nom.rpartition("_")
    return getattr(getattr(porteur, message), partie) if partie in ModeleDeMessage._fields else getattr(porteur, nom)


@pytest.mark.parametrize("lieu", [("CAP", "2027", "08"), ("BCP", "JUIN 2023", "13"), ("", "", "")])
def test_each_setting_is_the_value_of_its_key(lieu: tuple[str, str, str], livre: Referentiel) -> None:
    reglages = livre.reglages(*lieu)
    toutes = reglages.toutes()
    assert tuple(toutes) == TOUTES_LES_CLES
    assert {cle: lue(reglages, cle) for cle in toutes if toutes[cle] is not None} == {
        cle: reglee.valeur for cle, reglee in toutes.items() if reglee is not None
    }
    sans_valeur = {cle: lue(reglages, cle) for cle, reglee in toutes.items() if reglee is None}
    assert sans_valeur.keys() <= SANS_DEFAUT
    assert not any(sans_valeur.values())


def test_each_setting_tells_the_file_it_comes_from(livre: Referentiel, tmp_path: Path) -> None:
    (tmp_path / "services").mkdir()
    (tmp_path / "services/ici.toml").write_text(
        'source = "essai"\n[[reglage]]\nacademie = "08"\npieces_taille_max = 9\n', encoding="utf-8"
    )
    reglages = charger(dossier("data"), tmp_path).reglages("CAP", "2027", "08")
    origines = {cle: reglee.origine for cle, reglee in reglages.toutes().items() if reglee is not None}
    assert reglages.pieces_taille_max == 9
    assert origines["pieces_taille_max"] == Origine("services/ici.toml", local=True)
    assert origines["libelle_demarrer"] == Origine("services/grenoble.toml", local=False)
    assert origines["boutons"] == Origine("services/grenoble.toml", local=False)
    assert origines["pieces_formats"] == Origine("reglages.toml", local=False)


def test_the_settings_of_a_place_are_read_once(livre: Referentiel) -> None:
    assert livre.reglages("CAP", "2027", "08") is livre.reglages("CAP", "2027", "08")
    assert livre.reglages("CAP", "2027", "08").contact != livre.reglages("CAP", "2025", "09").contact


@pytest.mark.parametrize(
    ("ecrite", "lue"), [(" 2024 ", "2024"), ("juin  2024", "JUIN 2024"), ("Juin\u00a02024", "JUIN 2024"), ("", "")]
)
def test_a_session_has_one_label_only(ecrite: str, lue: str) -> None:
    assert Reglage(session=ecrite).session == lue


# Windows


def fenetre(**bornes: datetime | date) -> Fenetre:
    bloc_lu = Reglage.model_validate({"examen": "BCP", "session": "2024", "academie": "33", **bornes})
    trouvee = bloc_lu.fenetre("fenetre")
    assert trouvee is not None
    return trouvee


def test_guyane_2024_closes_at_23_59_sharp_in_paris_time(livre: Referentiel) -> None:
    guyane = livre.reglages("BCP", "2024", "33").fenetre
    assert guyane == Fenetre(None, datetime(2023, 12, 13, 22, 59, tzinfo=UTC))
    assert guyane.etat(datetime(2023, 12, 13, 22, 58, 59, 999999, tzinfo=UTC)) is EtatFenetre.OUVERTE
    assert guyane.etat(datetime(2023, 12, 13, 22, 59, tzinfo=UTC)) is EtatFenetre.FERMEE


def test_besancon_2022_has_an_opening(livre: Referentiel) -> None:
    besancon = livre.reglages("BCP", "2022", "03").fenetre
    assert besancon is not None
    assert besancon.etat(datetime(2021, 11, 1, 6, 59, 59, tzinfo=UTC)) is EtatFenetre.PAS_OUVERTE
    assert besancon.etat(datetime(2021, 11, 1, 7, tzinfo=UTC)) is EtatFenetre.OUVERTE
    assert besancon.etat(datetime(2021, 11, 29, 17, tzinfo=UTC)) is EtatFenetre.FERMEE


def test_a_session_may_have_no_window(livre: Referentiel) -> None:
    assert livre.reglages("BCP", "2025", "33").fenetre is None


@pytest.mark.parametrize(
    ("bornes", "fermeture"),
    [
        ({"avant": date(2023, 12, 13)}, datetime(2023, 12, 12, 23, tzinfo=UTC)),
        ({"jusqu_au": date(2023, 12, 13)}, datetime(2023, 12, 13, 23, tzinfo=UTC)),
        ({"avant": date(2024, 7, 1)}, datetime(2024, 6, 30, 22, tzinfo=UTC)),
        # The days with 23 and 25 hours.
        ({"avant": date(2024, 3, 31)}, datetime(2024, 3, 30, 23, tzinfo=UTC)),
        ({"jusqu_au": date(2024, 3, 31)}, datetime(2024, 3, 31, 22, tzinfo=UTC)),
        ({"avant": date(2024, 10, 27)}, datetime(2024, 10, 26, 22, tzinfo=UTC)),
        ({"jusqu_au": date(2024, 10, 27)}, datetime(2024, 10, 27, 23, tzinfo=UTC)),
        ({"fermeture": datetime(2024, 3, 31, 3)}, datetime(2024, 3, 31, 1, tzinfo=UTC)),  # noqa: DTZ001 - as in a file
        ({"fermeture": datetime(2024, 10, 27, 3)}, datetime(2024, 10, 27, 2, tzinfo=UTC)),  # noqa: DTZ001 - as in a file
    ],
)
def test_each_way_to_write_the_end_of_a_window(bornes: dict[str, datetime | date], fermeture: datetime) -> None:
    assert fenetre(**bornes).fermeture == fermeture

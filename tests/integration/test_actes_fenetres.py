"""Saving depends on the service's window, to the second; a refusal writes nothing (F039, C26, decision 7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from outils.actes import BESANCON, demande, inscrire, nouveau_poste, ouvrir_fenetre, personne, refus, une
from outils.guide import COMPACTE, SAISIE
from outils.horloge import PENDANT, HorlogeReglable

from cyclades_tui.actes.candidature.inscription import Demande, Modification, enregistrer
from cyclades_tui.poste import Poste
from cyclades_tui.store.requetes import brouillons
from cyclades_tui.store.requetes.brouillons import CleBrouillon

BROUILLON = CleBrouillon("02399000000", "BCP|2024|33")


def garder_un_brouillon(poste: Poste) -> None:
    with poste.store.ecrire() as unite:
        brouillons.garder(
            unite,
            BROUILLON,
            SAISIE,
            onglet="numero",
            focus="enregistrer",
            referentiel_sha256=poste.referentiel.sha256,
            ecran="borne-1",
            instant=poste.maintenant(),
        )


def brouillon_garde(poste: Poste) -> dict[str, str] | None:
    with poste.store.lire() as unite:
        garde = brouillons.reprendre(unite, BROUILLON)
    return None if garde is None else garde.saisie


def a_besancon(rang: int) -> Demande:
    saisie = {**personne(rang), "candidature.etablissement": "0250001R"}
    return demande(saisie, session="2022", academie=BESANCON)


def test_the_shipped_window_of_guyane_closes_at_its_minute(tmp_path: Path) -> None:
    horloge = HorlogeReglable.a("2023-12-13 23:58:59")
    poste = nouveau_poste(tmp_path, horloge)
    enregistrer(poste, demande(personne(1)))
    for instant in ("2023-12-13 23:59:00", "2023-12-13 23:59:30", "2024-06-01 12:00"):
        horloge.regler(instant)
        with refus(poste, "fenetre.fermee") as fautes:
            enregistrer(poste, demande(personne(2)))
        assert fautes[0].message == "Les inscriptions sont fermées depuis le 13/12/2023 à 23:59 (heure de Paris)."
        for a_joindre in ("RECTORAT DE GUYANE", "0594272243", "dec.exapro@ac-guyane.fr"):
            assert a_joindre in fautes[0].remede
        assert "Rien n'a été enregistré" in fautes[0].remede


def test_the_shipped_window_of_guyane_has_no_known_opening(tmp_path: Path) -> None:
    poste = nouveau_poste(tmp_path, HorlogeReglable.a("2023-01-02 00:00"))
    saisie = {**COMPACTE, "identification.naissance.date": "06/05/2005"}
    assert enregistrer(poste, demande(saisie)).version == 1


def test_the_shipped_window_of_besancon_opens_and_closes_at_its_minute(tmp_path: Path) -> None:
    horloge = HorlogeReglable.a("2021-11-01 07:59:59")
    poste = nouveau_poste(tmp_path, horloge)
    with refus(poste, "fenetre.pas_ouverte") as fautes:
        enregistrer(poste, a_besancon(1))
    assert (
        fautes[0].message
        == "Les inscriptions ouvrent le 01/11/2021 à 08:00 et ferment le 29/11/2021 à 18:00 (heure de Paris)."
    )
    assert fautes[0].remede
    for rang, instant in enumerate(("2021-11-01 08:00:00", "2021-11-29 17:59:59"), start=1):
        horloge.regler(instant)
        enregistrer(poste, a_besancon(rang))
    horloge.regler("2021-11-29 18:00:00")
    with refus(poste, "fenetre.fermee") as fautes:
        enregistrer(poste, a_besancon(3))
    assert "RECTORAT DE BESANÇON" in fautes[0].remede


def test_a_form_opened_before_the_closing_keeps_its_draft(tmp_path: Path) -> None:
    horloge = HorlogeReglable.a("2023-12-13 23:50")
    poste = nouveau_poste(tmp_path, horloge)
    garder_un_brouillon(poste)
    horloge.regler("2023-12-13 23:59")
    with refus(poste, "fenetre.fermee"):
        enregistrer(poste, replace(demande(), brouillon=BROUILLON))
    assert brouillon_garde(poste) == dict(SAISIE)


def test_a_save_ends_its_draft(tmp_path: Path) -> None:
    poste = nouveau_poste(tmp_path, HorlogeReglable.a(PENDANT))
    garder_un_brouillon(poste)
    enregistrer(poste, replace(demande(), brouillon=BROUILLON, ecran="borne-1"))
    assert brouillon_garde(poste) is None


def test_a_save_leaves_the_draft_that_another_screen_holds(tmp_path: Path) -> None:
    poste = nouveau_poste(tmp_path, HorlogeReglable.a(PENDANT))
    garder_un_brouillon(poste)
    enregistrer(poste, replace(demande(), brouillon=BROUILLON, ecran="borne-2"))
    assert brouillon_garde(poste) is not None


def test_a_simulation_goes_the_whole_way_and_writes_nothing(tmp_path: Path) -> None:
    horloge = HorlogeReglable.a(PENDANT)
    poste = nouveau_poste(tmp_path, horloge)
    garder_un_brouillon(poste)
    for _ in range(2):
        simulee = enregistrer(poste, replace(demande(), brouillon=BROUILLON), simuler=True)
        assert (simulee.numero_candidat, simulee.numero_inscription, simulee.version) == ("02399000000", "001", 1)
    assert une(poste, "SELECT count(*) FROM candidat") == 0
    assert brouillon_garde(poste) == dict(SAISIE)
    horloge.regler("2023-12-13 23:59")
    with refus(poste, "fenetre.fermee"):
        enregistrer(poste, demande(), simuler=True)


def test_a_modification_waits_for_the_window_too(tmp_path: Path) -> None:
    horloge = HorlogeReglable.a(PENDANT)
    poste = nouveau_poste(tmp_path, horloge)
    inscrire(poste)
    horloge.regler("2023-12-13 23:59")
    with refus(poste, "fenetre.fermee"):
        enregistrer(poste, demande(SAISIE, Modification(1, 1)))


@pytest.mark.parametrize("session", ["2025", "SEPTEMBRE 2024"])
def test_a_session_without_service_is_told(tmp_path: Path, session: str) -> None:
    poste = nouveau_poste(tmp_path, HorlogeReglable.a(PENDANT))
    with refus(poste, "service.absent") as fautes:
        enregistrer(poste, demande(session=session))
    assert session in fautes[0].message
    assert "ACADÉMIE DE LA GUYANE" in fautes[0].message
    assert fautes[0].remede


def test_an_unknown_exam_and_academie_are_told_together(tmp_path: Path) -> None:
    poste = nouveau_poste(tmp_path, HorlogeReglable.a(PENDANT))
    with refus(poste, "service.inconnu") as fautes:
        enregistrer(poste, replace(demande(), examen="BAC<", academie="99"))
    assert [faute.champ for faute in fautes] == ["service.examen", "service.academie"]


# Opening and closing in Paris; the last second accepted, in UTC.
CHANGEMENTS_D_HEURE = {
    "summer time comes inside the window": ("2024-03-30T08:00", "2024-04-01T18:00", "2024-04-01T15:59:59"),
    "winter time comes inside the window": ("2023-10-28T08:00", "2023-10-30T18:00", "2023-10-30T16:59:59"),
    "closing just after the missing hour": ("2024-03-30T08:00", "2024-03-31T03:00", "2024-03-31T00:59:59"),
    "closing in the hour that comes twice": ("2023-10-28T08:00", "2023-10-29T02:30", "2023-10-29T00:29:59"),
}


@pytest.mark.parametrize("cas", CHANGEMENTS_D_HEURE)
def test_a_window_follows_paris_when_the_hour_changes(tmp_path: Path, cas: str) -> None:
    ouverture, fermeture, derniere = CHANGEMENTS_D_HEURE[cas]
    horloge = HorlogeReglable.a("2023-10-01 00:00")
    poste = ouvrir_fenetre(nouveau_poste(tmp_path, horloge), "2025", ouverture, fermeture)
    horloge.regler(ouverture)
    horloge.avancer(seconds=-1)
    with refus(poste, "fenetre.pas_ouverte"):
        enregistrer(poste, demande(personne(1), session="2025"))
    horloge.regler(ouverture)
    enregistrer(poste, demande(personne(1), session="2025"))
    horloge.instant = datetime.fromisoformat(derniere).replace(tzinfo=UTC)
    enregistrer(poste, demande(personne(2), session="2025"))
    horloge.avancer(seconds=1)
    with refus(poste, "fenetre.fermee"):
        enregistrer(poste, demande(personne(3), session="2025"))


def test_an_academie_without_a_known_contact_registers_all_the_same(tmp_path: Path) -> None:
    poste = nouveau_poste(tmp_path, HorlogeReglable.a(PENDANT))
    poste = ouvrir_fenetre(poste, "2024", "2023-10-01T08:00", "2024-01-31T18:00", "09")
    a_distance = {
        champ: valeur
        for champ, valeur in SAISIE.items()
        if not champ.startswith(
            ("epreuves.EF2", "identification.ine", "identification.csp", "qualification.derogation")
        )
    } | {
        "candidature.categorie": "ENSEIGNEMENT A DISTANCE",
        "candidature.situation": "CNED",
        "candidature.etablissement": "CNED",
    }
    inscription = enregistrer(poste, demande(a_distance, academie="09"))
    assert inscription.contenu.contact.academie == "ACADÉMIE DE LILLE"

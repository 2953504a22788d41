"""Drafts: every character kept, one screen at a time, no password."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from outils.moteurs import Moteur
from outils.store import INSTANT, ajouter_candidat, codes
from sqlmodel import col, select

from cyclades_tui.domaine.erreurs import ActeRefuse
from cyclades_tui.store.modele.tables import Brouillon
from cyclades_tui.store.modele.unite import Store, Unite
from cyclades_tui.store.requetes import brouillons
from cyclades_tui.store.requetes.brouillons import CleBrouillon

CLE = CleBrouillon("02699000000", "bcp|2027-06|rennes")
HOSTILES = {
    "balises": "[b]gras[/b] <script>alert(1)</script> ${PATH} {0} %s",
    "sql": "'); DROP TABLE brouillon; --",
    "nul": "avant\0après",
    "controles": "\x1b[31mrouge\x07\r\n\t\x7f",
    "bidi": "\u202egauche\u202c \u2066isolé\u2069 \u200b\ufeff",
    "formule": '=FORMULE("a";1+1)',
    "decompose": "e\u0301 et \u00e9",
    "emoji": "👩‍🎓 \U0010ffff \uffff",
    "demi": "\ud83d seul",
    "long": "é" * 1_000_000,
    "vide": "",
    "espaces": "  deux  ",
}


def garder(
    unite: Unite, saisie: dict[str, str], cle: CleBrouillon = CLE, ecran: str = "borne-1", minutes: int = 0
) -> None:
    brouillons.garder(
        unite,
        cle,
        saisie,
        onglet="identification",
        focus="identification.nom",
        referentiel_sha256="a" * 64,
        ecran=ecran,
        instant=INSTANT + timedelta(minutes=minutes),
    )


def relire(store: Store, cle: CleBrouillon = CLE) -> dict[str, str] | None:
    with store.lire() as unite:
        brouillon = brouillons.reprendre(unite, cle)
    return None if brouillon is None else brouillon.saisie


def test_any_text_comes_back_as_typed(moteur: Moteur, tmp_path: Path) -> None:
    store = moteur.creer(tmp_path)
    with store.ecrire() as unite:
        garder(unite, HOSTILES)
    store.fermer()
    relu = relire(moteur.ouvrir(tmp_path))
    assert relu is not None
    assert [nom for nom, texte in HOSTILES.items() if relu[nom] != texte] == []


def test_a_draft_holds_place_screen_and_instant(store: Store) -> None:
    with store.ecrire() as unite:
        garder(unite, {"identification.nom": "Mar"})
        garder(unite, {"identification.nom": "Martin"}, minutes=1)
    with store.lire() as unite:
        brouillon = brouillons.reprendre(unite, CLE)
    assert brouillon == brouillons.BrouillonGarde(
        cle=CLE,
        saisie={"identification.nom": "Martin"},
        onglet="identification",
        focus="identification.nom",
        referentiel_sha256="a" * 64,
        ecran="borne-1",
        maj_le=INSTANT + timedelta(minutes=1),
    )


def test_passwords_are_never_kept(store: Store) -> None:
    secrets = ("compte.mot_de_passe", "confirmation_mot_de_passe", "compte.mot_de_passe_nouveau", "mot_de_passe")
    with store.ecrire() as unite:
        garder(unite, {**dict.fromkeys(secrets, "motsecret"), "compte.mot_de_passe_aide.texte": "gardé"})
    assert relire(store) == {"compte.mot_de_passe_aide.texte": "gardé"}
    with store.lire() as unite:
        assert "motsecret" not in unite.session.exec(select(Brouillon)).one().model_dump_json()


def test_a_screen_that_lost_the_draft_is_told_and_changes_nothing(store: Store) -> None:
    with store.ecrire() as unite:
        garder(unite, {"nom": "premier"})
    with store.ecrire() as unite:
        brouillons.prendre_la_main(unite, CLE, "borne-2", INSTANT)
        garder(unite, {"nom": "second"}, ecran="borne-2")
    with pytest.raises(ActeRefuse) as refus, store.ecrire() as unite:
        garder(unite, {"nom": "trop tard"})
    assert codes(refus.value) == {"brouillon.pris"}
    assert relire(store) == {"nom": "second"}


def test_a_screen_that_closes_leaves_the_draft_to_the_next(store: Store) -> None:
    with store.ecrire() as unite:
        garder(unite, {"nom": "premier"})
        brouillons.rendre_la_main(unite, CLE, "borne-2")
    with pytest.raises(ActeRefuse), store.ecrire() as unite:
        garder(unite, {"nom": "second"}, ecran="borne-2")
    with store.ecrire() as unite:
        brouillons.rendre_la_main(unite, CLE, "borne-1")
    with store.ecrire() as unite:
        garder(unite, {"nom": "second"}, ecran="borne-2")
    assert relire(store) == {"nom": "second"}


def test_an_abandoned_draft_is_gone(store: Store) -> None:
    with store.ecrire() as unite:
        garder(unite, {"nom": "Martin"})
        brouillons.abandonner(unite, CLE)
        brouillons.abandonner(unite, CLE)
        brouillons.prendre_la_main(unite, CLE, "borne-1", INSTANT)
    assert relire(store) is None


def test_a_person_s_drafts_are_listed_latest_first(store: Store) -> None:
    autre_base = CleBrouillon(CLE.candidat, "candidature:12|version:3")
    with store.ecrire() as unite:
        ajouter_candidat(unite, "Martin")
        garder(unite, {"nom": "a"})
        garder(unite, {"nom": "b"}, autre_base, minutes=5)
        garder(unite, {"nom": "c"}, CleBrouillon(CLE.candidat + "1", CLE.base))
        garder(unite, {"nom": "d"}, CleBrouillon("%", CLE.base))
    with store.lire() as unite:
        assert [brouillon.cle for brouillon in brouillons.lister(unite, CLE.candidat)] == [autre_base, CLE]
        assert [brouillon.saisie for brouillon in brouillons.lister(unite, "%")] == [{"nom": "d"}]
        rattaches = unite.session.exec(select(Brouillon.candidat_id).order_by(col(Brouillon.id))).all()
    assert rattaches == [1, 1, None, None]


def test_fields_that_the_referentiel_dropped_are_listed(store: Store) -> None:
    with store.ecrire() as unite:
        garder(unite, {"nom": "Martin", "ancien": "x", "prenoms": ""})
    with store.lire() as unite:
        brouillon = brouillons.reprendre(unite, CLE)
    assert brouillon is not None
    accord = brouillons.accorder(brouillon, {"nom", "prenoms", "nouveau"})
    assert accord == ({"nom": "Martin", "prenoms": ""}, ("ancien",))

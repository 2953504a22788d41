"""`service lister`, `voir` and `definir`: what is shown, written, or refused with the values allowed."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from outils.cli import Commande, tete
from outils.store import brut

from cyclades_tui.referentiel.bloc_de_reglages import CLES_D_UN_BLOC
from cyclades_tui.store.ouverture import ouvrir_store

GRENOBLE = ("CAP", "2027", "Grenoble")
MATIN, MIDI = "2022-10-19 08:00", "2022-11-23 12:00"
EN_GRAND = "CAP 2027, ACADÉMIE DE GRENOBLE"

# For each key, a typed value and its words when read. Bounds are read as windows.
VALEURS: dict[str, tuple[str, str]] = {
    "onglets": (
        '[{ id = "identification", libelle = "Identité" }, { id = "numero", libelle = "N° Inscription" }]',
        "Identité, N° Inscription",
    ),
    "boutons": ("suivant, enregistrer", "suivant, enregistrer"),
    "libelle_demarrer": ("Commencer", "Commencer"),
    "libelle_recapitulatif": ("Dossier", "Dossier"),
    "format_version_ecran": ("n°1", "n°1"),
    "desinscription_par_candidat": ("Non", "non"),
    "recap_visible_apres_cloture": ("non", "non"),
    "preinscription": ("oui", "oui"),
    "pdf_epreuves_2nd_groupe": ("oui", "oui"),
    "message_inscription": ("non", "non"),
    "mail_sur_statut_pj": ("oui", "oui"),
    "statut_initial_postal": ("", "aucun"),
    "statut_apres_validation": ("En attente de contrôle", "En attente de contrôle"),
    "pieces_formats": ("PDF,PNG", "PDF, PNG"),
    "pieces_taille_max": ("10", "10 Mo"),
    "groupes_pieces": (
        '[{ mode = "voie postale", jusqu_au = 2026-12-31, adresse_retour = ["DEC", "38000 GRENOBLE"] }]',
        "voie postale jusqu'au 31/12/2026 à 24:00 (heure de Paris) DEC / 38000 GRENOBLE",
    ),
    "contact": (
        '{ lignes = ["RECTORAT", "DEC 5"], telephone = "0476747000" }',
        "RECTORAT / DEC 5 / 0476747000",
    ),
    "circulaires": ('[{ libelle = "Handicap", adresse = "www.exemple.fr" }]', "Handicap : www.exemple.fr"),
    "doublon_candidature": ("avertir", "avertir"),
    "doublon_portee": ("specialite", "specialite"),
}
BORNES = {
    "ouverture": ("15/10/2026 08:00", "du 15/10/2026 à 08:00 au 19/12/2026 à 24:00 (heure de Paris)"),
    "fermeture": ("2026-12-13T23:59", "jusqu'au 13/12/2026 à 23:59 (heure de Paris)"),
    "avant": ("2026-12-20", "jusqu'au 19/12/2026 à 24:00 (heure de Paris)"),
    "jusqu_au": ("20/12/2026", "jusqu'au 20/12/2026 à 24:00 (heure de Paris)"),
}


def fichier(store: Path) -> Path:
    return store.with_name("store-parametrage") / "services" / "definis.toml"


def blocs(store: Path) -> list[dict[str, Any]]:
    """The blocks of Grenoble, as written."""
    lus = tomllib.loads(fichier(store).read_text(encoding="utf-8"))["reglage"]
    return [bloc for bloc in lus if bloc.get("academie") == "08"]


def vu(cyclades: Commande, store: Path, *lieu: str) -> dict[str, Any]:
    """The values of `service voir --json`, by key."""
    valeurs: dict[str, Any] = json.loads(cyclades("--store", store, "service", "voir", *lieu, "--json").sortie)[
        "valeurs"
    ]
    return valeurs


# Defining


@pytest.mark.parametrize("cle", [cle for cle in CLES_D_UN_BLOC if "." not in cle])
def test_every_key_can_be_defined_and_is_then_in_force(cyclades: Commande, store_pret: Path, cle: str) -> None:
    prefixe, borne = ("depot_", cle.removeprefix("depot_")) if cle.startswith("depot_") else ("", cle)
    if borne in BORNES:
        cle_vue = "depot" if prefixe else "fenetre"
        tape, lu = BORNES[borne]
        textes = [f"{cle}={tape}"] + ([f"{prefixe}avant=2026-12-20"] if borne == "ouverture" else [])
    else:
        cle_vue = cle
        tape, lu = VALEURS[cle]
        textes = [f"{cle}={tape}"]
    definie = cyclades("--store", store_pret, "service", "definir", *GRENOBLE, *textes)
    assert (definie.code, definie.erreurs) == (0, "")
    assert f"√ {EN_GRAND}, {cle_vue} : {lu}.\n" in definie.sortie
    ligne = next(
        ligne
        for ligne in cyclades("--store", store_pret, "service", "voir", *GRENOBLE).sortie.splitlines()
        if ligne.startswith(f"{cle_vue} ")
    )
    assert ligne.endswith(f"services/definis.toml (local)  {lu}")
    assert cyclades("--store", store_pret, "referentiel", "verifier").code == 0


def test_every_text_and_address_can_be_defined(cyclades: Commande, store_pret: Path) -> None:
    cles = [cle for cle in CLES_D_UN_BLOC if "." in cle]
    definie = cyclades("--store", store_pret, "service", "definir", *GRENOBLE, *(f"{cle}=« {cle} »" for cle in cles))
    assert definie.code == 0
    valeurs = vu(cyclades, store_pret, *GRENOBLE)
    assert {cle: valeurs[cle]["valeur"] for cle in cles} == {cle: f"« {cle} »" for cle in cles}


def test_values_are_added_changed_and_taken_out_and_the_journal_has_each(cyclades: Commande, store_pret: Path) -> None:
    seq, _ = tete(store_pret)
    definir = ("--store", store_pret, "service", "definir", *GRENOBLE)
    assert cyclades(*definir, "contact=" + VALEURS["contact"][0], "textes.certifie=LU", "avant=2026-12-20").code == 0
    assert cyclades(*definir, "textes.corrections=EN VERT", "--fermeture", "2026-12-13T23:59").code == 0
    (bloc,) = blocs(store_pret)
    assert bloc["textes"] == {"certifie": "LU", "corrections": "EN VERT"}
    assert "avant" not in bloc
    retiree = cyclades(*definir, "--retirer", "contact", "--retirer", "textes.certifie", "--retirer", "fenetre")
    assert f"√ {EN_GRAND}, contact : retiré du paramétrage local.\n" in retiree.sortie
    (bloc,) = blocs(store_pret)
    assert bloc == {"examen": "CAP", "session": "2027", "academie": "08", "textes": {"corrections": "EN VERT"}}
    assert cyclades(*definir, "--retirer", "textes.corrections").code == 0
    assert blocs(store_pret) == []
    assert vu(cyclades, store_pret, *GRENOBLE)["contact"]["origine"]["fichier"] == "services/grenoble.toml"
    assert tete(store_pret)[0] == seq + 4
    store = ouvrir_store(store_pret)
    try:
        with brut(store) as connexion:
            (detail,) = connexion.execute("SELECT valeurs FROM journal_detail WHERE seq = ?", (seq + 2,)).fetchone()
    finally:
        store.fermer()
    assert json.loads(detail)["valeurs"] == {
        "examen": "CAP",
        "session": "2027",
        "academie": "08",
        "fermeture": "2026-12-13T23:59:00",
        "textes": {"corrections": "EN VERT"},
        "retirees": [],
    }


def test_the_bound_that_is_not_given_stays(cyclades: Commande, store_pret: Path) -> None:
    definir = ("--store", store_pret, "service", "definir", "BCP", "juin 2023", "Poitiers")
    assert "fenetre : du 18/10/2022 à 10:00 au 23/11/2022 à 12:00" in cyclades(*definir, "--fermeture", MIDI).sortie
    assert "fenetre : du 19/10/2022 à 08:00 au 23/11/2022 à 12:00" in cyclades(*definir, f"ouverture={MATIN}").sortie
    assert (
        "depot : du 19/10/2022 à 08:00 au 23/11/2022 à 24:00" in cyclades(*definir, f"depot_ouverture={MATIN}").sortie
    )
    refusee = cyclades(*definir, "avant=2022-10-18")
    assert (refusee.code, refusee.erreurs.startswith("avant : La fermeture n'est pas après")) == (2, True)


def test_a_value_for_all_is_told_where_a_more_specific_one_stays(cyclades: Commande, store_pret: Path) -> None:
    definie = cyclades("--store", store_pret, "service", "definir", "CAP", "-", "-", "libelle_demarrer=Commencer")
    assert definie.sortie == (
        "√ CAP toutes les sessions, toutes les académies, libelle_demarrer : Commencer.\n"
        "i libelle_demarrer : services/grenoble.toml garde sa valeur, plus précise "
        "(CAP toutes les sessions, ACADÉMIE DE GRENOBLE).\n"
    )
    assert vu(cyclades, store_pret, *GRENOBLE)["libelle_demarrer"]["valeur"] == "Valider"
    assert vu(cyclades, store_pret, "CAP", "2027", "Lyon")["libelle_demarrer"]["valeur"] == "Commencer"
    assert vu(cyclades, store_pret, "BCP", "2027", "Lyon")["libelle_demarrer"]["valeur"] == "Démarrer mon inscription"


def test_a_contact_is_defined_for_a_sector(cyclades: Commande, store_pret: Path) -> None:
    contact = 'contact={ lignes = ["PÔLE DES SERVICES"] }'
    definie = cyclades("--store", store_pret, "service", "definir", "-", "-", "Lyon", contact, "--secteur", "services")
    assert "secteur services, contact : PÔLE DES SERVICES." in definie.sortie
    for secteur, attendu in (("services", "PÔLE DES SERVICES"), ("production", "DIVISION DES EXAMENS ET CONCOURS")):
        valeurs = vu(cyclades, store_pret, "BCP", "2027", "Lyon", "--secteur", secteur)
        assert valeurs["contact"]["valeur"]["lignes"][0] == attendu


REFUS: list[tuple[tuple[str, ...], tuple[str, ...], str, str]] = [
    (GRENOBLE, (), "", "Il n'y a rien à définir."),
    (GRENOBLE, ("couleur=bleu",), "", "« couleur=bleu » n'est pas un réglage"),
    (GRENOBLE, ("libelle_demarrer",), "", "CLE=VALEUR"),
    (GRENOBLE, ("textes.inconnu=x",), "", "textes.certifie"),
    (GRENOBLE, ("--retirer", "couleur"), "", "« couleur » n'est pas défini ici par une commande."),
    (GRENOBLE, ("--retirer", "contact"), "", "Peuvent être retirées : aucune clé."),
    (("BCP", "2027", "Guyane"), ("--retirer", "contact"), "", "Peuvent être retirées : fenetre."),
    (GRENOBLE, ("desinscription_par_candidat=1",), "desinscription_par_candidat", "Écrivez oui ou non."),
    (GRENOBLE, ("format_version_ecran=v2",), "format_version_ecran", "'n°1' ou 'Version 02'"),
    (GRENOBLE, ("pieces_formats=PDF,EXE",), "pieces_formats.1", "'PDF', 'JPEG' ou 'PNG'"),
    (GRENOBLE, ("pieces_taille_max=grand",), "pieces_taille_max", "n'est pas un nombre"),
    (GRENOBLE, ("pieces_taille_max=500",), "pieces_taille_max", "au plus 100"),
    (GRENOBLE, ("contact=DEC 5",), "contact", "Exemple : contact='{ lignes ="),
    (GRENOBLE, ('contact={ adresse = "DEC 5" }',), "contact.lignes", "Cette clé manque."),
    (GRENOBLE, ("depot_avant=bientôt",), "depot_avant", "n'est pas un jour"),
    (GRENOBLE, ("avant=2026-12-01", "jusqu_au=2026-12-01"), "jusqu_au", "une seule fin"),
    (GRENOBLE, ("ouverture=2026-12-01 08:00",), "ouverture", "sans fermeture"),
    (("CAP", "-", "Grenoble"), ("avant=2026-12-01",), "avant", "un examen, une session et une académie"),
    ((*GRENOBLE, "--secteur", "services"), ("libelle_demarrer=x",), "libelle_demarrer", "qu'un contact"),
    ((*GRENOBLE, "--secteur", "pêche"), ("libelle_demarrer=x",), "secteur", "Choisissez : alimentation, production,"),
    (("XYZ", "2027", "Grenoble"), ("libelle_demarrer=x",), "examen", "Choisissez : BCP"),
]


@pytest.mark.parametrize(("lieu", "arguments", "champ", "mot"), REFUS)
def test_what_is_refused_says_what_is_admitted_and_writes_nothing(
    cyclades: Commande, store_pret: Path, lieu: tuple[str, ...], arguments: tuple[str, ...], champ: str, mot: str
) -> None:
    avant = tete(store_pret), fichier(store_pret).read_bytes()
    refusee = cyclades("--store", store_pret, "service", "definir", *lieu, *arguments)
    assert refusee.code == 2
    assert refusee.erreurs.startswith(f"{champ} : " if champ else "")
    assert mot in refusee.erreurs
    assert (tete(store_pret), fichier(store_pret).read_bytes()) == avant


def test_a_value_that_another_local_file_has_is_not_doubled(cyclades: Commande, store_pret: Path) -> None:
    autre = fichier(store_pret).with_name("zz.toml")
    autre.write_text('source = "essai"\n[[reglage]]\nexamen = "CAP"\npieces_taille_max = 2\n', encoding="utf-8")
    refusee = cyclades("--store", store_pret, "service", "definir", "CAP", "-", "-", "pieces_taille_max=3")
    assert refusee.code == 2
    assert str(autre) in refusee.erreurs
    assert cyclades("--store", store_pret, "service", "definir", "CAP", "-", "-", "message_inscription=non").code == 0
    assert vu(cyclades, store_pret, *GRENOBLE)["pieces_taille_max"]["valeur"] == 2


# Looking


def test_a_service_shows_every_key_with_its_file(cyclades: Commande, store_pret: Path) -> None:
    vue = cyclades("--store", store_pret, "service", "voir", "cap", "juin 2023", "poitiers")
    assert vue.sortie.startswith("CAP JUIN 2023, ACADÉMIE DE POITIERS\n")
    lignes = {ligne.split()[0]: ligne for ligne in vue.sortie.splitlines()[1:]}
    assert lignes["depot"].endswith("services/poitiers.toml  jusqu'au 23/11/2022 à 24:00 (heure de Paris)")
    assert lignes["desinscription_par_candidat"].endswith("services/poitiers.toml  non")
    assert lignes["doublon_portee"].endswith("reglages.toml           examen")
    assert lignes["onglets"].endswith("Récapitulatif, N° Inscription")
    assert lignes["circulaires"].endswith("non défini")
    assert len(lignes) > 40


def test_a_local_file_that_is_set_aside_is_told(cyclades: Commande, store_pret: Path) -> None:
    fichier(store_pret).with_name("zz.toml").write_text("[[reglage", encoding="utf-8")
    for commande in (("lister",), ("voir", *GRENOBLE)):
        lue = cyclades("--store", store_pret, "service", *commande)
        assert (lue.code, lue.erreurs.startswith("! paramétrage : services/zz.toml : ")) == (0, True)


def test_services_are_listed_with_their_state_and_filtered(cyclades: Commande, store_pret: Path) -> None:
    lister = ("--store", store_pret, "service", "lister")
    toutes = cyclades(*lister).sortie.splitlines()
    assert any("BCP" in ligne and "2027" in ligne and "GUYANE" in ligne and " ouverte " in ligne for ligne in toutes)
    poitiers = json.loads(cyclades(*lister, "--academie", "Poitiers", "--json").sortie)
    assert {(s["examen"], s["session"], s["etat"]) for s in poitiers} == {
        (examen, "JUIN 2023", "fermée") for examen in ("BCP", "CAP", "BP")
    }
    assert poitiers[0]["fenetre"] == {
        "valeur": {"ouverture": "2022-10-18T08:00:00Z", "fermeture": "2022-11-22T18:00:00Z"},
        "origine": {"fichier": "services/poitiers.toml", "local": False},
    }
    assert poitiers[0]["depot"]["valeur"]["fermeture"] == "2022-11-23T23:00:00Z"
    assert len(cyclades(*lister, "--examen", "bts", "--session", "2024").sortie.splitlines()) == 2
    assert "Aucun service n'a de fenêtre" in cyclades(*lister, "--academie", "Nice").sortie
    assert cyclades(*lister, "--examen", "XYZ").code == 2

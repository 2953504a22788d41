"""Searching dossiers: what each form of text finds, hostile texts, pages, the caller's reach."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from outils.actes import creer_store, demande, lignes, ouvrir_fenetre, personne, poste_sur
from outils.agents import ADMIN, EQUIPE, au_nom_de, embaucher
from outils.guide import EN_INDIVIDUEL
from outils.horloge import HorlogeReglable

from cyclades_tui.actes.bureau import recherche, tableau
from cyclades_tui.actes.candidature import candidatures
from cyclades_tui.actes.candidature.inscription import enregistrer
from cyclades_tui.domaine.contenu import Contenu
from cyclades_tui.domaine.erreurs import ActeRefuse, SaisieRefusee
from cyclades_tui.domaine.reference import reference_de
from cyclades_tui.poste import Poste

_NOMS = (
    ("ALEXIS", "Rose", "rose@mail.fr"),
    ("ROSE", "Alexis-Marie", "a_m@mail.fr"),
    ("BARTHÉLEMY", "Éloïse", "b%@mail.fr"),
    ("D'ARC L'HAŸ", "Zoé", "zoe@mail.fr"),
    ("LE ROSIER", "Ana", "ana@mail.fr"),
)


@pytest.fixture(scope="module")
def poste_peuple(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poste]:
    """A store that tests only read, except its journal: five persons in Guyane, one in Besançon."""
    dossier = tmp_path_factory.mktemp("recherche")
    horloge = HorlogeReglable.a("2023-12-11 16:06")
    ouvert = poste_sur(creer_store(dossier, horloge), horloge)
    ouvert = ouvrir_fenetre(ouvert, "2024", "2023-10-01 08:00", "2023-12-20 18:00", "03")
    for rang, (nom, prenoms, email) in enumerate(_NOMS):
        noms = {"nom": nom, "prenoms": prenoms, "email": email}
        enregistrer(ouvert, demande(personne(rang) | {f"identification.{c}": v for c, v in noms.items()}))
    ailleurs = {"identification.nom": "ROSE", "candidature.etablissement": "INDIVIDUELS 025"}
    autre = personne(9) | EN_INDIVIDUEL | ailleurs
    enregistrer(ouvert, demande(autre, academie="03"))
    yield ouvert
    ouvert.store.fermer()


def noms(poste: Poste, texte: str) -> list[str]:
    return [f"{un.nom} {un.prenoms}" for un in recherche.chercher(poste, texte)]


@pytest.mark.parametrize(
    ("texte", "attendus"),
    [
        ("alexis", ["ALEXIS Rose", "ROSE Alexis-Marie"]),
        ("ro al", ["ROSE Alexis-Marie", "ALEXIS Rose"]),
        ("ROSE", ["ROSE Alexis-Marie", "ROSE Camille-aaaaaj", "ALEXIS Rose"]),
        ("marie", ["ROSE Alexis-Marie"]),
        ("éloise", ["BARTHÉLEMY Éloïse"]),
        ("barthelemy e", ["BARTHÉLEMY Éloïse"]),
        ("l'hay", ["D'ARC L'HAŸ Zoé"]),
        ("osier", []),
        ("rose@", ["ALEXIS Rose"]),
        ("A_M@mail.fr", ["ROSE Alexis-Marie"]),
        ("b%@", ["BARTHÉLEMY Éloïse"]),
        ("%@", []),
        ("_@mail.fr", []),
        ("%", []),
        ("_____", []),
        ("[/x] [b", []),
        ("') OR 1=1 --", []),
        ("rose\x00", ["ROSE Alexis-Marie", "ROSE Camille-aaaaaj", "ALEXIS Rose"]),
        ("\ud800", []),
        ("\ud800@", []),
        ("   ", []),
        ("rose " * 200, ["ROSE Alexis-Marie", "ROSE Camille-aaaaaj", "ALEXIS Rose"]),
    ],
)
def test_a_text_finds_the_beginnings_of_words_and_nothing_else(
    poste_peuple: Poste, texte: str, attendus: list[str]
) -> None:
    assert noms(poste_peuple, texte) == attendus


def test_numbers_and_the_reference_of_a_document_find_one_dossier(poste_peuple: Poste) -> None:
    un = recherche.chercher(poste_peuple, "zoé")[0]
    numero = un.numero_candidat
    contenu = lignes(poste_peuple, "SELECT contenu FROM version WHERE candidature_id = ?", un.place[2])[0][0]
    code = reference_de(Contenu.lire(contenu)).code
    for texte in (numero, f"{numero} 001", f"{numero}-1", f" {numero} ", code, code.lower()):
        assert [trouve.numero_candidat for trouve in recherche.chercher(poste_peuple, texte)] == [numero], texte
    assert recherche.chercher(poste_peuple, f"{numero} 002") == ()
    assert len(recherche.chercher(poste_peuple, numero[:6])) == 6
    with pytest.raises(SaisieRefusee):
        recherche.chercher(poste_peuple, "CYCLADES:1:2")


def test_pages_follow_one_another_without_gap_or_double(poste_peuple: Poste) -> None:
    for texte in ("rose", "ro al", "02"):
        entier = recherche.chercher(poste_peuple, texte)
        lues: list[recherche.DossierTrouve] = []
        while page := recherche.chercher(poste_peuple, texte, lues[-1].place if lues else None, nombre=1):
            lues += page
        assert tuple(lues) == entier


def test_a_dossier_tells_its_state_and_its_school(poste_peuple: Poste) -> None:
    un = recherche.chercher(poste_peuple, "zoé")[0]
    assert (un.examen, un.session, un.academie, un.numero_inscription) == ("BCP", "2024", "33", 1)
    assert un.etablissement.startswith("CFA CEVEDOM")
    assert (un.bloquees, un.refusees) == (1, 0)


@pytest.mark.usefixtures("hacheur_rapide")
def test_an_agent_finds_what_is_within_reach_and_his_search_is_journalled(poste: Poste) -> None:
    numero = enregistrer(poste, demande(personne(1))).numero_candidat
    assert tableau.sans_agent(poste)
    embaucher(poste)
    assert not tableau.sans_agent(poste)
    trouvent = {qui: len(recherche.chercher(au_nom_de(poste, qui), "essai")) for qui in EQUIPE if qui != ADMIN}
    assert {qui for qui, combien in trouvent.items() if combien} == {"gestionnaire", "responsable", "ecole", "auditeur"}
    assert len(lignes(poste, "SELECT 1 FROM journal WHERE acte = 'candidature.chercher'")) == len(trouvent)
    for sans_droit in (au_nom_de(poste, ADMIN), poste):
        with pytest.raises(ActeRefuse):
            recherche.chercher(sans_droit, "essai")
    # The home: what each one sees of the store, and the dossiers that he read himself.
    for qui, combien in trouvent.items():
        assert tableau.lire(au_nom_de(poste, qui)).dossiers == combien
    ici, admin = au_nom_de(poste, "gestionnaire"), tableau.lire(au_nom_de(poste, ADMIN))
    assert (admin.dossiers, admin.attentes, admin.compteurs, admin.reprendre) == (0, (), None, ())
    assert admin.calendrier
    assert tableau.lire(ici).reprendre == ()
    candidatures.fiche(ici, numero, 1)
    assert [dossier.numero_candidat for dossier in tableau.lire(ici).reprendre] == [numero]
    assert tableau.lire(au_nom_de(poste, "responsable")).reprendre == ()

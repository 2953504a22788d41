"""A saved candidature: shown, changed from its last version, compared, withdrawn."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import timedelta

import pytest
from outils.actes import (
    BESANCON,
    GUYANE,
    demande,
    inscrire,
    lignes,
    ouvrir_fenetre,
    refus,
    regler,
    relire,
    une,
    verifier_sans_faute,
)
from outils.guide import COMPACTE, EN_INDIVIDUEL, SAISIE
from outils.horloge import PENDANT, HorlogeReglable

from cyclades_tui.actes.candidature import brouillons, candidatures
from cyclades_tui.actes.candidature.fichiers import demande_de
from cyclades_tui.actes.candidature.inscription import Modification, enregistrer
from cyclades_tui.actes.documents import documents
from cyclades_tui.actes.personnes import courrier
from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.domaine.erreurs import ActeRefuse, SaisieRefusee
from cyclades_tui.poste import Poste
from cyclades_tui.referentiel.ressources import dossier
from cyclades_tui.regles.etats import EtatCandidature

ACCORDS = {"modalites.accord": "oui", "conditions.accord": "oui"}
INDIVIDUELLE = COMPACTE | EN_INDIVIDUEL
APRES = "2023-12-13 23:59"  # the closing minute of the shipped window
AUTRE_NUMERO = "02427247586"


def candidat(poste: Poste, numero: str) -> Poste:
    """The same store, with a candidate at a borne as caller."""
    return replace(poste, acteur=Acteur(NatureActeur.CANDIDAT, numero, Face.BORNE, "poste-1"))


# Looking


def test_a_candidate_sees_the_last_version_its_history_and_what_may_be_done(poste: Poste) -> None:
    numero = inscrire(poste, INDIVIDUELLE).numero_candidat
    enregistrer(poste, demande(INDIVIDUELLE | {"identification.adresse.voie": "12 rue du Port"}, Modification(1, 1)))
    fiche = candidatures.fiche(candidat(poste, numero), numero, 1)
    assert (fiche.version, [v.numero for v in fiche.versions]) == (2, [1, 2])
    assert fiche.recapitulatif.version == 2
    assert (fiche.etat, fiche.refus_de_modifier, fiche.refus_de_desinscrire) == (EtatCandidature.INSCRIT, None, None)
    assert fiche.contact.courriel == "dec.exapro@ac-guyane.fr"
    assert fiche.document == une(poste, "SELECT id FROM document WHERE version_id = 2 AND nature = 'recapitulatif'")


def test_another_s_candidature_is_as_one_that_is_not_there(poste: Poste) -> None:
    numero = inscrire(poste).numero_candidat
    autre = candidat(poste, AUTRE_NUMERO)
    for lire in (
        lambda: candidatures.fiche(autre, numero, 1),
        lambda: candidatures.contenu_de_la_version(autre, numero, 1, 1),
        lambda: candidatures.ce_qui_a_change(autre, numero, 1, 1, 1),
        lambda: candidatures.preparer_la_modification(autre, numero, 1),
        lambda: candidatures.desinscrire(autre, numero, 1),
        lambda: documents.lister(autre, numero, 1),
        lambda: documents.ouvrir(autre, 1),
        lambda: courrier.consulter(autre, numero),
        lambda: courrier.marquer_lu(autre, numero, 1),
    ):
        with refus(poste, "candidat.absent"):
            lire()


@pytest.mark.parametrize("version", [0, 3, -1])
def test_a_version_that_is_not_there_is_told(poste: Poste, version: int) -> None:
    numero = inscrire(poste).numero_candidat
    with pytest.raises(SaisieRefusee, match=rf"La version {version} n'existe pas"):
        candidatures.contenu_de_la_version(poste, numero, 1, version)


# Changing


@pytest.mark.parametrize("nom", sorted(p.stem for p in (dossier("fixtures") / "candidatures").glob("*.toml")))
def test_a_version_prefills_the_form_that_it_came_from(poste: Poste, horloge: HorlogeReglable, nom: str) -> None:
    """Saved again unchanged it would be no version; saved after another, none of the candidate's data differ."""
    for academie in (GUYANE, BESANCON):
        poste = ouvrir_fenetre(poste, "2027", "2026-10-01T08:00", "2026-12-01T18:00", academie)
    horloge.regler("2026-11-11 10:00")
    poste = replace(poste, saut=timedelta(days=2000))  # nothing was done in it since 2023
    texte = (dossier("fixtures") / "candidatures" / f"{nom}.toml").read_text(encoding="utf-8")
    voulue, fautes = demande_de(poste, tomllib.loads(texte))
    assert voulue is not None
    assert not fautes
    inscription = enregistrer(poste, voulue)
    prete = candidatures.preparer_la_modification(poste, inscription.numero_candidat, 1)
    assert prete.saisie["identification.adresse.pays"] == "FRANCE"  # words, never codes
    inchangee = replace(prete, saisie={**prete.saisie, **ACCORDS})
    with refus(poste, "changement.aucun"):
        enregistrer(poste, inchangee)
    ailleurs = {**inchangee.saisie, "identification.adresse.voie": "9 rue Neuve"}
    assert enregistrer(poste, replace(inchangee, saisie=ailleurs)).version == 2
    troisieme = enregistrer(poste, replace(inchangee, modification=Modification(1, 2)))
    assert candidatures.ce_qui_a_change(poste, inscription.numero_candidat, 1, 1, 3) == ()
    reprise = replace(troisieme.contenu, entete=inscription.contenu.entete, accords=inscription.contenu.accords)
    assert reprise == inscription.contenu


def test_the_terms_are_accepted_anew(poste: Poste) -> None:
    numero = inscrire(poste).numero_candidat
    prete = candidatures.preparer_la_modification(poste, numero, 1)
    with refus(poste, "champ.obligatoire"):
        enregistrer(poste, prete)


def test_nothing_is_changed_after_the_closing(poste: Poste, horloge: HorlogeReglable) -> None:
    numero = inscrire(poste).numero_candidat
    horloge.regler(APRES)
    with refus(poste, "fenetre.fermee"):
        candidatures.preparer_la_modification(poste, numero, 1)


def test_differences_keep_the_labels_of_their_time(poste: Poste) -> None:
    numero = inscrire(poste, INDIVIDUELLE).numero_candidat
    enregistrer(poste, demande(INDIVIDUELLE | {"identification.adresse.voie": "12 rue du Port"}, Modification(1, 1)))
    (difference,) = candidatures.ce_qui_a_change(poste, numero, 1, 1, 2)
    assert (difference.libelle, difference.avant, difference.apres) == ("Adresse", "reu", "12 rue du Port")
    (inverse,) = candidatures.ce_qui_a_change(poste, numero, 1, 2, 1)
    assert (inverse.avant, inverse.apres) == (difference.apres, difference.avant)


# Withdrawing


def test_a_candidate_withdraws_for_good_and_may_register_anew(poste: Poste) -> None:
    numero = inscrire(poste, INDIVIDUELLE).numero_candidat
    cle = brouillons.cle_modification(numero, 1, 1)
    brouillons.garder(poste, cle, {"identification.nom": "X"}, onglet="identification", focus="", ecran="un")
    moi = candidat(poste, numero)
    assert candidatures.desinscrire(moi, numero, 1) is EtatCandidature.DESINSCRIT_PAR_LE_CANDIDAT
    assert une(poste, "SELECT etat FROM candidature") == "Désinscrit par le candidat"
    assert brouillons.lister(poste, numero) == ()
    objet, corps = lignes(poste, "SELECT objet, corps FROM message ORDER BY id DESC LIMIT 1")[0]
    assert objet == "Désinscription : BACCALAURÉAT PROFESSIONNEL"
    assert "Numéro d'inscription annulé : 001" in corps
    assert une(poste, "SELECT acte FROM journal ORDER BY seq DESC LIMIT 1") == "candidature.desinscrire"
    with refus(poste, "etat.transition"):
        candidatures.desinscrire(moi, numero, 1)
    with refus(poste, "etat.transition"):
        candidatures.preparer_la_modification(moi, numero, 1)
    assert inscrire(poste, INDIVIDUELLE).numero_inscription == "002"
    verifier_sans_faute(poste)


def test_the_office_withdraws_at_any_time_and_is_named_so(poste: Poste, horloge: HorlogeReglable) -> None:
    numero = inscrire(poste).numero_candidat
    horloge.regler("2024-02-01 10:00")
    assert candidatures.desinscrire(poste, numero, 1) is EtatCandidature.DESINSCRIT_PAR_LE_GESTIONNAIRE


@pytest.mark.parametrize(
    ("saisie", "reglage", "instant", "code"),
    [
        (SAISIE, "", PENDANT, "desinscription.scolaire"),
        (INDIVIDUELLE, "desinscription_par_candidat = false", PENDANT, "desinscription.service"),
        (INDIVIDUELLE, "", APRES, "fenetre.fermee"),
    ],
    ids=["scolaire", "office", "closed"],
)
def test_who_may_not_withdraw_is_told_whom_to_call(
    poste: Poste, horloge: HorlogeReglable, saisie: dict[str, str], reglage: str, instant: str, code: str
) -> None:
    numero = inscrire(poste, saisie).numero_candidat
    regler(
        poste,
        f'source = "essai"\n[[reglage]]\nacademie = "33"\n{reglage}\n' if reglage else 'source = "x"\nreglage = []\n',
    )
    poste = relire(poste)
    horloge.regler(instant)
    moi = candidat(poste, numero)
    with refus(poste, code) as fautes:
        candidatures.desinscrire(moi, numero, 1)
    assert "dec.exapro@ac-guyane.fr" in fautes[0].remede
    refusee = candidatures.fiche(moi, numero, 1).refus_de_desinscrire
    assert refusee is not None
    assert refusee.code == code


def test_the_last_minute_before_the_closing_is_in_time(poste: Poste, horloge: HorlogeReglable) -> None:
    numero = inscrire(poste, INDIVIDUELLE).numero_candidat
    horloge.regler("2023-12-13 23:58:59")
    assert candidatures.desinscrire(candidat(poste, numero), numero, 1) is EtatCandidature.DESINSCRIT_PAR_LE_CANDIDAT


def test_a_draft_that_was_open_is_told_that_it_is_over(poste: Poste) -> None:
    numero = inscrire(poste, INDIVIDUELLE).numero_candidat
    cle = brouillons.cle_modification(numero, 1, 1)
    brouillons.garder(poste, cle, {"identification.nom": "X"}, onglet="identification", focus="", ecran="un")
    candidatures.desinscrire(poste, numero, 1)
    with pytest.raises(ActeRefuse):
        brouillons.garder(
            poste, cle, {"identification.nom": "XY"}, onglet="identification", focus="", ecran="un", existant=True
        )


# Documents and messages


def test_only_the_last_version_of_each_document_is_listed(poste: Poste, horloge: HorlogeReglable) -> None:
    numero = inscrire(poste, INDIVIDUELLE).numero_candidat
    horloge.avancer(minutes=5)
    seconde = enregistrer(poste, demande(INDIVIDUELLE | {"identification.adresse.voie": "2 rue"}, Modification(1, 1)))
    document, demande_de_pieces = documents.lister(candidat(poste, numero), numero, 1)
    assert (document.id, document.version) == (seconde.document, 2)
    assert (demande_de_pieces.nature, demande_de_pieces.version) == ("demande-pieces", 2)
    assert document.phrase == ("Récapitulatif de votre candidature [PDF] : Version n°2 mis à jour le 11/12/2023 16:11")


def test_messages_are_read_once_and_the_office_writes_too(poste: Poste) -> None:
    numero = inscrire(poste, INDIVIDUELLE).numero_candidat
    moi = candidat(poste, numero)
    (premier,) = courrier.consulter(moi, numero)
    assert not premier.lu
    courrier.marquer_lu(moi, numero, premier.id)
    courrier.marquer_lu(moi, numero, premier.id)
    with refus(poste, "courrier.vide"):
        courrier.ecrire(poste, numero, " ", "\n")
    courrier.ecrire(poste, numero, "Votre dossier [urgent]", "Il manque\nune pièce.")
    nouveau, ancien = courrier.consulter(moi, numero)
    assert (nouveau.objet, nouveau.corps, nouveau.lu) == ("Votre dossier [urgent]", "Il manque\nune pièce.", False)
    assert ancien.lu
    assert (nouveau.expediteur, ancien.expediteur) == ("", "ACADÉMIE DE LA GUYANE")
    verifier_sans_faute(poste)

"""What screens read: the services and their windows, a person's cards, drafts (F021-F041, decision 4)."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from outils.actes import changer, demande, inscrire, lignes, ouvrir_fenetre, personne, refus
from outils.guide import COMPACTE, SAISIE
from outils.horloge import HorlogeReglable, paris
from outils.store import photo

from cyclades_tui.actes.candidature import brouillons, consultation
from cyclades_tui.actes.candidature.inscription import Demande, enregistrer
from cyclades_tui.actes.personnes import courrier
from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.domaine.contact import Contact
from cyclades_tui.domaine.temps import EtatFenetre
from cyclades_tui.poste import Poste
from cyclades_tui.regles.etats import EtatCandidature
from cyclades_tui.store.requetes import candidatures, personnes

OUVERTURE, FERMETURE = "2023-10-01T08:00", "2024-01-31T18:00"
CLE = brouillons.cle_nouvelle("02399000000", "BCP", "2024", "33")


@pytest.fixture
def poste_des_services(poste: Poste) -> Poste:
    """The shipped windows (Besançon 2022; Guyane 2024, with unknown opening) and two local ones."""
    local = ouvrir_fenetre(poste, "JUIN 2024", OUVERTURE, FERMETURE)
    return ouvrir_fenetre(local, "2024", OUVERTURE, FERMETURE, "04")


# Services


def du_bcp(poste: Poste, *academies: str) -> list[consultation.ServiceOffert]:
    return [s for s in consultation.services(poste) if s.examen == "BCP" and s.academie in academies]


def test_services_are_sorted_by_name_after_the_article_then_by_session(poste_des_services: Poste) -> None:
    assert [service.libelle for service in du_bcp(poste_des_services, "03", "04", "33")] == [
        "ACADÉMIE DE BESANCON - (2022)",
        "ACADÉMIE DE BORDEAUX - (2024)",
        "ACADÉMIE DE LA GUYANE - (2024)",
        "ACADÉMIE DE LA GUYANE - (JUIN 2024)",
    ]


def test_a_service_names_its_exam_and_its_window(poste_des_services: Poste) -> None:
    service = du_bcp(poste_des_services, "33")[-1]
    assert (service.domaine, service.examen, service.examen_libelle, service.session, service.academie) == (
        "Examen",
        "BCP",
        "BACCALAURÉAT PROFESSIONNEL",
        "JUIN 2024",
        "33",
    )
    assert (service.fenetre.ouverture, service.fenetre.fermeture) == (
        paris("2023-10-01 08:00"),
        paris("2024-01-31 18:00"),
    )


@pytest.mark.parametrize(
    ("instant", "etat", "phrase"),
    [
        (
            "2023-10-01 07:59:59",
            EtatFenetre.PAS_OUVERTE,
            "Les inscriptions ouvrent le 01/10/2023 à 08:00 et ferment le 31/01/2024 à 18:00 (heure de Paris).",
        ),
        (
            "2023-10-01 08:00",
            EtatFenetre.OUVERTE,
            "Les inscriptions sont ouvertes du 01 octobre 2023 08:00 au 31 janvier 2024 18:00 (heure de Paris).",
        ),
        (
            "2024-01-31 18:00",
            EtatFenetre.FERMEE,
            "Les inscriptions sont fermées depuis le 31/01/2024 à 18:00 (heure de Paris).",
        ),
    ],
)
def test_the_window_is_said_at_its_instants(
    poste_des_services: Poste, horloge: HorlogeReglable, instant: str, etat: EtatFenetre, phrase: str
) -> None:
    horloge.regler(instant)
    service = du_bcp(poste_des_services, "33")[-1]
    assert (service.etat, service.phrase) == (etat, phrase)


def test_an_opening_that_nobody_knows_is_not_said(poste_des_services: Poste) -> None:
    guyane = du_bcp(poste_des_services, "33")[0]
    assert guyane.phrase == "Les inscriptions sont ouvertes jusqu'au 13/12/2023 à 23:59 (heure de Paris)."


@pytest.mark.parametrize(
    ("fuseau", "phrase"),
    [
        ("Europe/Paris", ""),
        ("Europe/Brussels", ""),
        ("America/Cayenne", "À l'heure de ce poste : du 01/10/2023 à 03:00 au 31/01/2024 à 14:00."),
        ("Indian/Reunion", "À l'heure de ce poste : du 01/10/2023 à 10:00 au 31/01/2024 à 21:00."),
    ],
)
def test_the_desks_own_time_is_told_where_it_differs(poste_des_services: Poste, fuseau: str, phrase: str) -> None:
    offre = consultation.offre(replace(poste_des_services, fuseau=ZoneInfo(fuseau)))
    (service,) = (s for s in offre.services if (s.academie, s.session) == ("33", "JUIN 2024"))
    assert offre.informations(service).heure_du_poste == phrase


@pytest.mark.parametrize(
    ("instant", "combien"), [("2023-10-01 07:59", 1), ("2023-10-01 08:00", 2), ("2024-01-31 18:00", 0)]
)
def test_the_advice_goes_with_the_state(
    poste_des_services: Poste, horloge: HorlogeReglable, instant: str, combien: int
) -> None:
    """To register where one lives, while one still can; not to wait, once one can (F036, F045)."""
    horloge.regler(instant)
    offre = consultation.offre(poste_des_services)
    (service,) = (s for s in offre.services if (s.academie, s.session) == ("33", "JUIN 2024"))
    assert len(offre.informations(service).conseils) == combien


def test_the_offer_names_every_exam_and_why_some_are_closed(poste_des_services: Poste) -> None:
    examens = {examen.libelle: examen for examen in consultation.offre(poste_des_services).examens}
    assert examens["BACCALAURÉAT PROFESSIONNEL"].ferme == ""
    assert any(examen.domaine == "Concours" and examen.ferme for examen in examens.values())


def test_the_window_of_the_pieces_and_the_pages_of_the_academie_are_told(poste_des_services: Poste) -> None:
    """Poitiers, juin 2023: « avant le 24 novembre » ends when that day begins; Guyane has no such window."""
    offre = consultation.offre(poste_des_services)
    par_academie = {(s.academie, s.examen): offre.informations(s) for s in offre.services}
    poitiers = par_academie["13", "BCP"]
    assert poitiers.depot == "Les pièces justificatives se déposent jusqu'au 23/11/2022 à 24:00 (heure de Paris)."
    assert poitiers.adresses == ("Site de l'académie : www.ac-poitiers.fr",)
    guyane = par_academie["33", "BCP"]
    assert (guyane.depot, guyane.adresses) == ("", ())


# Cards


def test_a_card_s_envelope_tells_a_change_that_was_begun_and_stops_at_the_closing(
    poste_des_services: Poste, horloge: HorlogeReglable
) -> None:
    numero = inscrire(poste_des_services, SAISIE).numero_candidat
    cle = brouillons.cle_modification(numero, 1, 1)
    brouillons.garder(
        poste_des_services, cle, {"identification.nom": "X"}, onglet="identification", focus="", ecran="un"
    )
    for message in courrier.consulter(poste_des_services, numero):
        courrier.marquer_lu(poste_des_services, numero, message.id)
    (carte,) = consultation.cartes(poste_des_services, 1)
    assert [phrase.partition(",")[0] for phrase in carte.enveloppe] == [
        "2 pièces à fournir jusqu'au 13/12 : touche J",
        "Une modification est commencée",
        "Téléchargez ou imprimez votre récapitulatif avant le 13/12/2023 à 23:59 (heure de Paris).",
    ]
    brouillons.abandonner(poste_des_services, cle)
    horloge.regler("2024-02-01 10:00")
    (carte,) = consultation.cartes(poste_des_services, 1)
    assert carte.enveloppe == ("2 pièces à fournir, délai dépassé : touche J, « Mes justificatifs ».",)


def test_a_card_tells_apart_what_was_refused_from_what_was_never_given_or_not_validated(poste_guichet: Poste) -> None:
    """And with which key one gets there. ALEXIS: a diploma refused, a récapitulatif and an identity asked again."""
    assert [carte.pieces for carte in cartes_de(poste_guichet, "02348418954")] == [
        "1 pièce refusée à redéposer, 2 à remplacer, 1 à fournir, 1 à valider jusqu'au 15/01"
    ]
    assert [carte.pieces for carte in cartes_de(poste_guichet, "02348418957")] == ["5 pièces à fournir jusqu'au 15/01"]
    (carte,) = cartes_de(poste_guichet, "02348418954")
    assert f"{carte.pieces} : touche J, « Mes justificatifs »." in carte.enveloppe


def cartes_de(poste: Poste, numero: str) -> tuple[consultation.CandidatureEnCarte, ...]:
    par = replace(poste, acteur=Acteur(NatureActeur.CANDIDAT, numero, Face.BORNE, "borne 3"))
    with poste.store.lire() as unite:
        candidat = personnes.candidat_par_numero(unite, numero)
    assert candidat is not None
    return consultation.cartes(par, candidat.id)


def test_cards_say_the_last_version_the_newest_number_first(poste_des_services: Poste) -> None:
    premiere = inscrire(poste_des_services, SAISIE)
    changer(poste_des_services)
    seconde = enregistrer(poste_des_services, demande(SAISIE, session="JUIN 2024"))
    une, autre = consultation.cartes(poste_des_services, 1)
    assert (une.numero, une.candidature_id, une.session, une.version) == ("002", seconde.candidature, "JUIN 2024", 1)
    assert autre.enregistree_le == poste_des_services.maintenant()
    assert autre == consultation.CandidatureEnCarte(
        candidature_id=premiere.candidature,
        numero="001",
        session="2024",
        examen="BACCALAURÉAT PROFESSIONNEL",
        specialite="Aéronautique option Systèmes",
        academie="ACADÉMIE DE LA GUYANE",
        etablissement="CFA CEVEDOM CAYENNE - CAYENNE CEDEX 2 (9730538X)",
        etat=EtatCandidature.INSCRIT,
        etat_dit="Inscrit",
        version=2,
        enregistree_le=autre.enregistree_le,
        fermeture=paris("2023-12-13T23:59"),
        contact=Contact(
            "ACADÉMIE DE LA GUYANE",
            (
                "RECTORAT DE GUYANE",
                "DIVISIONS EXAMENS ET CONCOURS",
                "DEC 2",
                "PLACE LEOPOLD HEDER BP 6011",
                "97306 CAYENNE CEDEX",
            ),
            "0594272243",
            "dec.exapro@ac-guyane.fr",
        ),
        pieces="2 pièces à fournir jusqu'au 13/12",
        enveloppe=(
            "2 pièces à fournir jusqu'au 13/12 : touche J, « Mes justificatifs ».",
            "2 messages non lus.",
            "Téléchargez ou imprimez votre récapitulatif avant le 13/12/2023 à 23:59 (heure de Paris).",
        ),
        retirable=True,
    )


def test_only_one_s_own_active_candidatures_have_a_card(poste_des_services: Poste) -> None:
    inscrire(poste_des_services, personne(1))
    inscrire(poste_des_services, personne(2))
    assert [carte.numero for carte in consultation.cartes(poste_des_services, 2)] == ["001"]
    assert consultation.cartes(poste_des_services, 3) == ()
    with poste_des_services.store.ecrire() as unite:
        candidatures.du_candidat(unite, 2)[0].etat = EtatCandidature.DESINSCRIT_PAR_LE_CANDIDAT.value
    assert consultation.cartes(poste_des_services, 2) == ()


def test_looking_writes_nothing(poste_des_services: Poste) -> None:
    inscrire(poste_des_services, SAISIE)
    avant = photo(poste_des_services.store)
    consultation.services(poste_des_services)
    consultation.cartes(poste_des_services, 1)
    brouillons.lister(poste_des_services, "02399000000")
    brouillons.reprendre(poste_des_services, CLE, set())
    assert photo(poste_des_services.store) == avant


# Drafts


def garder(poste: Poste, ecran: str = "borne-1", **saisie: str) -> None:
    champs = {f"identification.{nom}": texte for nom, texte in saisie.items()}
    brouillons.garder(poste, CLE, champs, onglet="identification", focus="identification.nom", ecran=ecran)


def test_a_draft_comes_back_with_its_place_and_what_no_longer_exists(
    poste_des_services: Poste, horloge: HorlogeReglable
) -> None:
    assert brouillons.reprendre(poste_des_services, CLE, {"identification.nom"}) is None
    garder(poste_des_services, nom="Mar", surnom="Jo", mot_de_passe="Soleil/levant")
    assert brouillons.reprendre(poste_des_services, CLE, {"identification.nom"}) == brouillons.BrouillonRepris(
        saisie={"identification.nom": "Mar"},
        champs_disparus=("identification.surnom",),
        garde_le=horloge.maintenant(),
        onglet="identification",
        focus="identification.nom",
        tenu_par="borne-1",
    )


def test_a_second_screen_is_refused_until_it_takes_over(poste_des_services: Poste) -> None:
    garder(poste_des_services, nom="Mar")
    with refus(poste_des_services, "brouillon.pris"):
        garder(poste_des_services, ecran="borne-2", nom="Dur")
    brouillons.prendre_la_main(poste_des_services, CLE, "borne-2")
    garder(poste_des_services, ecran="borne-2", nom="Durand")
    with refus(poste_des_services, "brouillon.pris"):
        garder(poste_des_services, nom="Martin")
    brouillons.rendre_la_main(poste_des_services, CLE, "borne-1")
    assert [brouillon.ecran for brouillon in brouillons.lister(poste_des_services, CLE.candidat)] == ["borne-2"]
    brouillons.rendre_la_main(poste_des_services, CLE, "borne-2")
    garder(poste_des_services, nom="Martin")


def test_giving_up_is_traced_and_saving_is_not(poste_des_services: Poste) -> None:
    inscrire(poste_des_services, COMPACTE)
    avant = lignes(poste_des_services, "SELECT count(*) FROM journal")
    garder(poste_des_services, nom="Mar")
    assert lignes(poste_des_services, "SELECT count(*) FROM journal") == avant
    brouillons.abandonner(poste_des_services, CLE)
    brouillons.abandonner(poste_des_services, CLE)
    assert brouillons.lister(poste_des_services, CLE.candidat) == ()
    assert lignes(poste_des_services, "SELECT acte, sujet FROM journal WHERE acte LIKE 'brouillon%'") == [
        ("brouillon.abandonner", "candidat:1")
    ]


def test_enregistrer_removes_the_draft_it_came_from(poste_des_services: Poste) -> None:
    brouillons.garder(poste_des_services, CLE, SAISIE, onglet="conditions", focus="conditions.accord", ecran="borne-1")
    brouillons.rendre_la_main(poste_des_services, CLE, "borne-1")
    suite = brouillons.cle_modification("02399000000", 1, 1)
    brouillons.garder(poste_des_services, suite, SAISIE, onglet="acquis", focus="", ecran="borne-1")
    enregistrer(poste_des_services, Demande("BCP", "2024", "33", SAISIE, brouillon=CLE))
    assert [brouillon.cle for brouillon in brouillons.lister(poste_des_services, "02399000000")] == [suite]

"""The names of actes in the journal, and the closed lists of what needs no right or leaves no row."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Literal, get_args

# Stored in every row of the journal: a name never changes, and mypy refuses names that are not here.
NomActe = Literal[
    "agent.ajouter",
    "agent.connecter",
    "agent.desactiver",
    "agent.mot_de_passe",
    "agent.reactiver",
    "agent.refuser",
    "brouillon.abandonner",
    "brouillon.lire",
    "candidat.creer",
    "candidat.lire",
    "candidature.chercher",
    "candidature.desinscrire",
    "candidature.ecarter",
    "candidature.inscrire",
    "candidature.lire",
    "candidature.lister",
    "candidature.modifier",
    "candidature.relancer",
    "compte.activer",
    "compte.activer_sur_piece",
    "compte.connecter",
    "compte.creer",
    "compte.effacer",
    "compte.renvoyer",
    "courrier.consulter",
    "courrier.ecrire",
    "courrier.lire",
    "depot.imprimer",
    "depot.lire",
    "depot.ouvrir",
    "document.copier",
    "document.imprimer",
    "document.lire",
    "document.rendre",
    "document.verifier",
    "file.garder",
    "file.lire",
    "file.retirer",
    "justificatif.accepter",
    "justificatif.affecter",
    "justificatif.annuler",
    "justificatif.demander",
    "justificatif.deposer",
    "justificatif.lire",
    "justificatif.lister",
    "justificatif.recevoir",
    "justificatif.redemander",
    "justificatif.redemander_pour_la_version",
    "justificatif.refuser",
    "justificatif.reouvrir",
    "justificatif.retirer",
    "justificatif.retirer_des_files",
    "justificatif.sans_objet",
    "justificatif.valider",
    "reception.lire",
    "relance.abandonner",
    "relance.apercevoir",
    "relance.commencer",
    "relance.tirer",
    "service.accepter",
    "service.definir",
    "service.parametrage",
    "store.cle",
    "store.creer",
    "store.horloge",
    "store.plage",
    "store.reprendre",
    "store.sauvegarder",
]
NOMS: Final[Mapping[str, NomActe]] = MappingProxyType({nom: nom for nom in get_args(NomActe)})

HORLOGE: Final[NomActe] = "store.horloge"  # an administrateur says that the clock is right

# The actes that read, show or log in: after them the data are as they were.
SANS_CHANGEMENT: Final[frozenset[str]] = frozenset(
    {
        "agent.connecter",
        "agent.refuser",
        "brouillon.abandonner",
        "brouillon.lire",
        "candidat.lire",
        "candidature.chercher",
        "candidature.lire",
        "candidature.lister",
        "compte.connecter",
        "courrier.consulter",
        "courrier.lire",
        "depot.imprimer",
        "depot.lire",
        "depot.ouvrir",
        "document.copier",
        "document.imprimer",
        "document.lire",
        "document.rendre",
        "document.verifier",
        "file.lire",
        "justificatif.lire",
        "justificatif.lister",
        "reception.lire",
        "relance.apercevoir",
        "service.parametrage",
        "store.sauvegarder",
    }
)


class SansDroit(StrEnum):
    """Why an acte or a reading asks for no right."""

    MOT_DE_PASSE = "the password is the right: nobody is logged in yet"
    CODE = "the activation code of the message is the right"
    DELAI = "the store erases by itself what 48 hours have outlived"
    ANCIENNES = "the store asks of older dossiers the pieces that newer ones were asked when saved"
    RENDU = "the store makes the PDF of what was saved; the right is asked when it is read"
    SOI_MEME = "one's own password; the right is asked for somebody else's"
    ACCUEIL = "an agent's own home: each part that tells of dossiers asks for its right"
    ETAT_DU_STORE = "tells of the store, and nothing of anybody"
    MACHINE = "the scheduled backup logs nobody in"
    DEJA_DEMANDE = "the right was asked before what the row tells was done, outside the store"


class SansTrace(StrEnum):
    """Why a reading or some work leaves no row in the journal."""

    AVANT_L_ACTE = "an acte or another reading follows, which leaves the row"
    SUITE = "a further page: the first one left the row"
    AVANCE = "read ahead, or the bytes alone, for a screen whose opening leaves the row"
    LISTE = "the names of documents or lots, and counts: no dossier is told"
    BROUILLON = "a draft is nothing yet: saving it leaves the row"
    MESSAGE_OUVERT = "reading the messages leaves the row"
    LOT = "the dossiers chosen for a lot: beginning it leaves the row, and then each relance"
    STORE = "tells of the store, and nothing of anybody"

"""The demo: windows, accounts, dossiers and agents for a new store, created through the ordinary actes."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path

from cyclades_tui.actes.bureau import agents
from cyclades_tui.actes.candidature import brouillons
from cyclades_tui.actes.candidature.fichiers import demande_de
from cyclades_tui.actes.candidature.inscription import Demande, enregistrer
from cyclades_tui.actes.documents import documents
from cyclades_tui.actes.personnes import comptes, courrier
from cyclades_tui.actes.reglages import fichier_local
from cyclades_tui.actes.reglages.service import definir_fenetre
from cyclades_tui.amorce import dossiers_a_controler
from cyclades_tui.amorce.ouvrages import MARQUE, marquer_le_debut
from cyclades_tui.champs.acquis import TITRE, case_titre, declaration
from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.domaine.droits import Role
from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee, StoreInutilisable, raison
from cyclades_tui.domaine.lecture_de_fichiers import REGLAGES_AU_PLUS, lire_en_entier
from cyclades_tui.domaine.onglets import NomOnglet
from cyclades_tui.domaine.temps import limite_de_paris
from cyclades_tui.poste import Poste
from cyclades_tui.referentiel.ressources import dossier as dossier_livre
from cyclades_tui.regles.service import Service
from cyclades_tui.store.modele.unite import Progres
from cyclades_tui.store.ouverture import store_ouvert_ailleurs

MOT_DE_PASSE = "Guichet-2027"
STORE, PARAMETRAGE, RECAPITULATIFS, CLE_USB = "store", "store-parametrage", "recapitulatifs", "cle-usb"
LISEZ_MOI = "LISEZ-MOI.txt"
_EXAMEN, _SESSION, _ACADEMIES = "BCP", "2027", ("Guyane", "Besançon")
_DUREE = timedelta(days=30)
_OUVERTURE, _FERMETURE = time(8), time(18)
# The candidature that the demo's accounts begin or save, each under its own name.
_MODELE = "sans-acquis.toml"
_MODELE_DES_DOSSIERS = "naissance-guyane.toml"
_TITRE = "bts-dut-deug-licence"
_VOTRE_ADRESSE = "VOTRE-ADRESSE"


@dataclass(frozen=True, slots=True)
class Personne:
    """A fictitious person with an account; `preparer` brings it to the state wanted and returns its description."""

    email: str
    nom: str
    prenom: str
    civilite: str
    naissance: str
    preparer: Callable[[Poste, Personne], str]

    @property
    def identite(self) -> dict[str, str]:
        """The fields of the account, as a form has them."""
        return {
            "identification.civilite": self.civilite,
            "identification.nom": self.nom,
            "identification.prenoms": self.prenom,
            "identification.naissance.date": self.naissance,
            "identification.naissance.pays": "FRANCE (DONT OUTRE-MER)",
            "identification.naissance.departement": "973",
            "identification.naissance.commune": "CAYENNE",
            "identification.email": self.email,
        }

    @property
    def compte(self) -> dict[str, str]:
        """The whole form of the account, with confirmations and password."""
        return self.identite | {
            "compte.confirmation_nom": self.nom,
            "compte.confirmation_date": self.naissance,
            "compte.confirmation_email": self.email,
            "compte.mot_de_passe": MOT_DE_PASSE,
            "compte.confirmation_mot_de_passe": MOT_DE_PASSE,
        }


# Identifier, name and role; the first one creates the others.
AGENTS = (
    ("phare", "Ondine PHARE", Role.ADMINISTRATEUR),
    ("rivage", "Lise RIVAGE", Role.GESTIONNAIRE),
    ("falaise", "Paul FALAISE", Role.GESTIONNAIRE),
    ("estuaire", "Marc ESTUAIRE", Role.RESPONSABLE),
    ("horizon", "Anne HORIZON", Role.AUDITEUR),
)
GESTIONNAIRE = AGENTS[1][0]


def verifier_la_place(dossier: Path) -> None:
    """Raises SaisieRefusee for a folder that is not a demo's or where a desk works, StoreInutilisable."""
    try:
        if dossier.exists() and not (dossier / MARQUE).is_file() and (not dossier.is_dir() or any(dossier.iterdir())):
            message = f"« {dossier} » existe et ne vient pas d'une démonstration : rien n'y a été changé."
            raise SaisieRefusee(Faute("demo.dossier", "", message, "Donnez un dossier absent ou vide."))
        if store_ouvert_ailleurs(dossier / STORE):
            message = f"Un poste travaille sur « {dossier / STORE} » : rien n'y a été changé."
            raise SaisieRefusee(Faute("demo.ouverte", "", message, "Quittez la borne et le guichet, puis recommencez."))
    except OSError as erreur:
        raise _ne_peut_servir(dossier, erreur) from erreur


def faire_place(dossier: Path) -> None:
    """Erase a former demo; what a person put on its medium stays. Raises StoreInutilisable."""
    try:
        dossier.mkdir(parents=True, exist_ok=True)
        marquer_le_debut(dossier)  # first, so that a demo that was interrupted can be made again
        for nom in (STORE, PARAMETRAGE, RECAPITULATIFS):
            if (dossier / nom).exists():
                shutil.rmtree(dossier / nom)
    except OSError as erreur:
        raise _ne_peut_servir(dossier, erreur) from erreur


def _ne_peut_servir(dossier: Path, erreur: OSError) -> StoreInutilisable:
    message = f"« {dossier} » ne peut pas servir à la démonstration : {raison(erreur)}."
    return StoreInutilisable(Faute("demo.ecriture", "", message, "Donnez un autre dossier."))


def annoncer(poste: Poste, lisez_moi: Path, courrier: str) -> None:
    """The accounts and where the commands stand, on the home of both faces, as an office announces (F005).

    `courrier` is the command that shows a person's messages, because accounts made here have no letter box.

    Raises StoreInutilisable.
    """
    *autres, dernier = (personne.email for personne in PERSONNES)
    texte = (
        f"Démonstration, mot de passe {MOT_DE_PASSE} : à la borne {', '.join(autres)} ou {dernier} ; "
        f"au guichet {GESTIONNAIRE}. Tout le reste : {lisez_moi}."
    )
    sans_courrier = (
        "Démonstration : aucun message ne part. Dans un autre terminal, cette commande montre le code, avec le mot de "
        f"passe {MOT_DE_PASSE} : {courrier} {_VOTRE_ADRESSE}"
    )
    reglages = (
        'source = "cyclades demo"\n\n[[reglage]]\n[reglage.textes]\n'
        f"message_ponctuel = {json.dumps(texte, ensure_ascii=False)}\n"
        f"activation_sans_courrier = {json.dumps(sans_courrier, ensure_ascii=False)}\n"
    )
    fichier_local.ecrire(poste.parametrage, "services/demonstration.toml", reglages, store=poste.store.chemin)


def ouvrir_les_services(poste: Poste) -> Iterator[str]:
    """Set windows from yesterday morning for thirty days; yields a description of each."""
    jour = poste.aujourd_hui()
    for academie in _ACADEMIES:
        fenetre = definir_fenetre(
            poste,
            examen=_EXAMEN,
            session=_SESSION,
            academie=academie,
            ouverture=datetime.combine(jour - timedelta(days=1), _OUVERTURE),
            fermeture=datetime.combine(jour + _DUREE, _FERMETURE),
        )
        fin = limite_de_paris(fenetre.fermeture)
        yield f"√ {_EXAMEN} {_SESSION}, {academie} : ouvert jusqu'au {fin}"


# Accounts


def creer_les_comptes(poste: Poste, progres: Progres) -> list[str]:
    """Make the accounts; returns a line for each, with its state."""
    lignes = []
    for rang, personne in enumerate(PERSONNES):
        progres(rang, len(PERSONNES))
        comptes.creer(poste, personne.compte)
        etat = personne.preparer(poste, personne)
        lignes.append(f"{personne.email:<20}{f'{personne.nom} {personne.prenom}':<16}{etat}")
    return lignes


# Justificatifs


def creer_les_dossiers(poste: Poste, dossiers: int, support: Path, progres: Progres) -> None:
    """Dossiers with their pieces, and the specimens of the medium."""
    dossiers_a_controler.ecrire_les_specimens(support)
    dossiers_a_controler.peupler(poste, _modele(poste, _MODELE_DES_DOSSIERS), dossiers, progres)


def creer_les_agents(poste: Poste, progres: Progres) -> list[str]:
    """Make the agents; returns a line for each."""
    administrateur, lignes = "", []
    for rang, (identifiant, nom, role) in enumerate(AGENTS):
        progres(rang, len(AGENTS))
        agents.ajouter(_en_agent(poste, administrateur), identifiant, nom, role, (), "", MOT_DE_PASSE)
        administrateur = administrateur or identifiant
        lignes.append(f"{identifiant:<20}{nom:<16}{role.value}")
    return lignes


def controler_des_pieces(poste: Poste, progres: Progres) -> tuple[int, int]:
    """Have an agent decide half of them; returns how many wait, and how many are decided."""
    return dossiers_a_controler.controler(_en_agent(poste, GESTIONNAIRE), progres)


def lire_le_code(poste: Poste, email: str) -> str:
    """The newest activation code of an address, read as an agent of the demo reads it; empty if it was used.

    Raises SaisieRefusee if there is no message.
    """
    return courrier.lire(_en_agent(poste, GESTIONNAIRE), email)[0].code


def _en_agent(poste: Poste, identifiant: str) -> Poste:
    """The same desk with an agent as acteur; unchanged if there is no agent yet."""
    acteur = Acteur(NatureActeur.AGENT, identifiant, Face.COMMANDE, poste.acteur.poste)
    return replace(poste, acteur=acteur) if identifiant else poste


def _attendre(_poste: Poste, _personne: Personne) -> str:
    return "compte à activer par le code du message"


def _activer(poste: Poste, personne: Personne) -> str:
    comptes.activer(poste, personne.email, courrier.lire(poste, personne.email)[0].code)
    return "aucune candidature"


def _commencer(poste: Poste, personne: Personne) -> str:
    """Leave a draft at the tab Acquis, with a year half typed."""
    _activer(poste, personne)
    demande = _demande(poste, personne)
    annee = f"acquis.titre.{_TITRE}.annee"
    tapee = {
        champ: texte for champ, texte in demande.saisie.items() if not champ.startswith(("epreuves.", "conditions."))
    }
    tapee |= {declaration(TITRE): "oui", case_titre(_TITRE): "oui", annee: "20"}
    session = comptes.connecter(poste, personne.email, MOT_DE_PASSE)
    cle = brouillons.cle_nouvelle(session.numero, demande.examen, demande.session, demande.academie)
    brouillons.garder(poste, cle, tapee, onglet=NomOnglet.ACQUIS, focus=annee, ecran=MARQUE)
    brouillons.rendre_la_main(poste, cle, MARQUE)
    service = Service.de(poste.referentiel, demande.examen, demande.session, demande.academie)
    onglets = [onglet.id for onglet in service.onglets]
    return f"une saisie gardée à l'onglet {onglets.index(NomOnglet.ACQUIS) + 1}, Acquis"


def _inscrire(poste: Poste, personne: Personne) -> str:
    _activer(poste, personne)
    inscription = enregistrer(poste, _demande(poste, personne))
    documents.ouvrir(poste, inscription.document)
    return f"une candidature enregistrée, N° {inscription.numero_inscription}"


def _demande(poste: Poste, personne: Personne) -> Demande:
    """The shipped candidature with this person's data. Raises SaisieRefusee if the shipped file is wrong."""
    demande = _modele(poste, _MODELE)
    return replace(demande, saisie={**demande.saisie, **personne.identite})


def _modele(poste: Poste, nom: str) -> Demande:
    """A shipped candidature. Raises SaisieRefusee if its file is wrong."""
    fichier = dossier_livre("fixtures") / "candidatures" / nom
    demande, fautes = demande_de(poste, tomllib.loads(lire_en_entier(fichier, REGLAGES_AU_PLUS).decode()))
    if demande is None:
        raise SaisieRefusee(fautes)
    return demande


PERSONNES = (
    Personne("alice@example.org", "ROUVRE", "Alice", "MADAME", "14/02/2003", _activer),
    Personne("basile@example.org", "TAMARIN", "Basile", "MONSIEUR", "30/05/1998", _commencer),
    Personne("chloe@example.org", "SALINE", "Chloé", "MADAME", "07/11/2001", _inscrire),
    Personne("denis@example.org", "BRISANT", "Denis", "MONSIEUR", "21/08/1995", _attendre),
)

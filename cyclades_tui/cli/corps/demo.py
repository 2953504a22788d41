"""`cyclades demo`: a store of its own, open windows, candidatures and accounts by the same actes, then the borne."""

from __future__ import annotations

import json
import shlex
import shutil
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path

import typer

from cyclades_tui.actes.bureau import agents
from cyclades_tui.actes.candidature import brouillons
from cyclades_tui.actes.candidature.fichiers import demande_de
from cyclades_tui.actes.candidature.inscription import Demande, enregistrer
from cyclades_tui.actes.documents import documents
from cyclades_tui.actes.personnes import comptes, courrier
from cyclades_tui.actes.reglages.entretien import initialiser
from cyclades_tui.actes.reglages.service import definir_fenetre
from cyclades_tui.amorce import dossiers_a_controler as demo_pieces
from cyclades_tui.champs.acquis import TITRE, case_titre, declaration
from cyclades_tui.cli.corps.inscription import Sortie, inscrire
from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.domaine.droits import Role
from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee, StoreInutilisable
from cyclades_tui.domaine.temps import a_la_minute
from cyclades_tui.poste import Poste, ReglagesDuPoste, lire_reglages, ouvrir_poste
from cyclades_tui.referentiel.ressources import dossier as dossier_livre
from cyclades_tui.regles.service import Service
from cyclades_tui.store.ouverture import store_ouvert_ailleurs

MARQUE = ".cyclades-demo"
MOT_DE_PASSE = "Guichet-2027"
_STORE, _PARAMETRAGE, _RECAPITULATIFS, _CLE_USB = "store", "store-parametrage", "recapitulatifs", "cle-usb"
_EXAMEN, _SESSION, _ACADEMIES = "BCP", "2027", ("Guyane", "Besançon")
_DUREE = timedelta(days=30)
_OUVERTURE, _FERMETURE = time(8), time(18)
# The candidature that the accounts of the demo begin and save, under their own names.
_MODELE = "sans-acquis.toml"
_MODELE_DES_DOSSIERS = "naissance-guyane.toml"
_TITRE = "bts-dut-deug-licence"


@dataclass(frozen=True, slots=True)
class Personne:
    """A fictive person with an account; `preparer` brings it to its state and says which one it is."""

    email: str
    nom: str
    prenom: str
    civilite: str
    naissance: str
    preparer: Callable[[Poste, Personne], str]

    @property
    def identite(self) -> dict[str, str]:
        """The account's fields, as a form holds them."""
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
        """The whole form of the account, confirmations and password included."""
        return self.identite | {
            "compte.confirmation_nom": self.nom,
            "compte.confirmation_date": self.naissance,
            "compte.confirmation_email": self.email,
            "compte.mot_de_passe": MOT_DE_PASSE,
            "compte.confirmation_mot_de_passe": MOT_DE_PASSE,
        }


# Identifier, name and role; the first makes the others.
AGENTS = (
    ("phare", "Ondine PHARE", Role.ADMINISTRATEUR),
    ("rivage", "Lise RIVAGE", Role.GESTIONNAIRE),
    ("falaise", "Paul FALAISE", Role.GESTIONNAIRE),
    ("estuaire", "Marc ESTUAIRE", Role.RESPONSABLE),
    ("horizon", "Anne HORIZON", Role.AUDITEUR),
)
GESTIONNAIRE = AGENTS[1][0]


def demontrer(dossier: Path, *, sans_borne: bool = False, dossiers: int) -> int:
    """Make the demo anew in `dossier` (absent, empty, or a former demo's), print it, and return the exit code.

    `dossiers` fictive candidatures bring pieces to control.

    Where there is a terminal it ends in the borne, unless `sans_borne`. Raises SaisieRefusee (a folder that is not a
    demo's), StoreInutilisable, and what stops the borne.
    """
    _preparer(dossier)
    support = (dossier / _CLE_USB).absolute()
    reglages = lire_reglages(dossier / _STORE, dossier / _PARAMETRAGE).model_copy(update={"racines": (support,)})
    typer.echo(initialiser(reglages, None))
    with ouvrir_poste(reglages) as poste:
        _annoncer(poste)
        _ouvrir_les_services(poste)
    candidatures = sorted((dossier_livre("fixtures") / "candidatures").glob("*.toml"))
    sortie = Sortie(dossier / _RECAPITULATIFS, texte=False, en_json=False, simuler=False)
    code = inscrire(reglages, candidatures, sortie)
    cyclades = _commande(reglages)
    with ouvrir_poste(reglages) as poste:
        lignes = [*_comptes(poste, cyclades), *_pieces(poste, dossiers, support)]
    typer.echo(_suite(f"{cyclades} --agent {GESTIONNAIRE}", candidatures[0]))
    for ligne in lignes:
        typer.echo(ligne)
    return code or _borne(reglages, cyclades, sans_borne=sans_borne)


def _preparer(dossier: Path) -> None:
    """Leave an empty place for the demo; what it did not make itself is kept, or refused."""
    try:
        if dossier.exists() and not (dossier / MARQUE).is_file() and (not dossier.is_dir() or any(dossier.iterdir())):
            message = f"« {dossier} » existe et ne vient pas d'une démonstration : rien n'y a été changé."
            raise SaisieRefusee(Faute("demo.dossier", "", message, "Donnez un dossier absent ou vide."))
        if store_ouvert_ailleurs(dossier / _STORE):
            message = f"Un poste travaille sur « {dossier / _STORE} » : rien n'y a été changé."
            raise SaisieRefusee(Faute("demo.ouverte", "", message, "Quittez la borne et le guichet, puis recommencez."))
        dossier.mkdir(parents=True, exist_ok=True)
        (dossier / MARQUE).touch()  # first, so that a demo that was interrupted can be made again
        for nom in (_STORE, _PARAMETRAGE, _RECAPITULATIFS, _CLE_USB):
            if (dossier / nom).exists():
                shutil.rmtree(dossier / nom)
    except OSError as erreur:
        message = f"« {dossier} » ne peut pas servir à la démonstration : {erreur.strerror or erreur}."
        raise StoreInutilisable(Faute("demo.ecriture", "", message, "Donnez un autre dossier.")) from erreur


def _annoncer(poste: Poste) -> None:
    """The accounts on the home of both faces, as an office announces (F005): a face hides what was printed.

    Raises StoreInutilisable.
    """
    *autres, dernier = (personne.email for personne in PERSONNES)
    texte = (
        f"Démonstration, mot de passe {MOT_DE_PASSE} : à la borne {', '.join(autres)} ou {dernier} ; "
        f"au guichet {', '.join(identifiant for identifiant, _, _ in AGENTS)}."
    )
    chemin = poste.parametrage / "services" / "demonstration.toml"
    try:
        chemin.parent.mkdir(parents=True, exist_ok=True)
        chemin.write_text(
            f'source = "cyclades demo"\n\n[[reglage]]\n[reglage.textes]\nmessage_ponctuel = "{texte}"\n',
            encoding="utf-8",
        )
    except OSError as erreur:
        message = f"« {chemin} » ne peut pas être écrit : {erreur.strerror or erreur}."
        raise StoreInutilisable(Faute("demo.ecriture", "", message, "Donnez un autre dossier.")) from erreur


def _ouvrir_les_services(poste: Poste) -> None:
    """Windows around the present: since yesterday morning, for thirty days."""
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
        typer.echo(
            f"√ {_EXAMEN} {_SESSION}, {academie} : ouvert jusqu'au {a_la_minute(fenetre.fermeture)} (heure de Paris)"
        )


def _commande(reglages: ReglagesDuPoste) -> str:
    """What a person types here to run a command on this store."""
    nom = "cyclades" if shutil.which("cyclades") else shlex.quote(sys.argv[0])
    return f"{nom} --store {shlex.quote(str(reglages.store))}"


def _suite(cyclades: str, candidature: Path) -> str:
    """What to try next: each command works as it is written, here."""
    return "\n".join(
        (
            "",
            "Ces personnes sont fictives. À essayer maintenant :",
            "- inscrire la même personne une seconde fois, ce qui est refusé :",
            f"  {cyclades} inscrire {shlex.quote(str(candidature))}",
            "- écrire un modèle commenté, le remplir, puis l'inscrire :",
            f"  {cyclades} inscrire --modele bcp > candidature.toml",
            f"  {cyclades} inscrire candidature.toml",
            "- vérifier le journal et les fichiers :",
            f"  {cyclades} verifier",
        )
    )


# Accounts


def _comptes(poste: Poste, cyclades: str) -> Iterator[str]:
    """Make the accounts, and tell each one with its state."""
    yield f"\nComptes de la borne, tous avec le mot de passe {MOT_DE_PASSE} :"
    for personne in PERSONNES:
        comptes.creer(poste, personne.compte)
        etat = personne.preparer(poste, personne)
        yield f"  {personne.email:<20}{f'{personne.nom} {personne.prenom}':<16}{etat}"
    commande = f"{cyclades} --agent {GESTIONNAIRE} courrier lire {PERSONNES[-1].email}"
    yield f"Le code d'activation, qu'un agent lit au candidat :\n  {commande}"


# Justificatifs


def _pieces(poste: Poste, dossiers: int, support: Path) -> Iterator[str]:
    """Dossiers with their pieces, then the agents, one of whom decides; tells both."""
    modele = _modele(poste, _MODELE_DES_DOSSIERS)
    demo_pieces.peupler(poste, modele, dossiers)
    demo_pieces.ecrire_les_specimens(support)
    administrateur = ""
    yield f"\nAgents du guichet, tous avec le mot de passe {MOT_DE_PASSE} :"
    for identifiant, nom, role in AGENTS:
        agents.ajouter(_en_agent(poste, administrateur), identifiant, nom, role, (), "", MOT_DE_PASSE)
        administrateur = administrateur or identifiant
        yield f"  {identifiant:<20}{nom:<16}{role.value}"
    attendent, decidees = demo_pieces.controler(_en_agent(poste, GESTIONNAIRE))
    yield f"{attendent} pièces attendent un contrôle, {decidees} sont décidées ; des spécimens à déposer : {support}"


def _en_agent(poste: Poste, identifiant: str) -> Poste:
    """The same desk under an agent; as it is before there is one."""
    acteur = Acteur(NatureActeur.AGENT, identifiant, Face.COMMANDE, poste.acteur.poste)
    return replace(poste, acteur=acteur) if identifiant else poste


def _attendre(_poste: Poste, _personne: Personne) -> str:
    return "compte à activer par le code du message"


def _activer(poste: Poste, personne: Personne) -> str:
    comptes.activer(poste, personne.email, courrier.lire(poste, personne.email)[0].code)
    return "aucune candidature"


def _commencer(poste: Poste, personne: Personne) -> str:
    """A draft left at the tab Acquis, in the middle of a year."""
    _activer(poste, personne)
    demande = _demande(poste, personne)
    annee = f"acquis.titre.{_TITRE}.annee"
    tapee = {
        champ: texte for champ, texte in demande.saisie.items() if not champ.startswith(("epreuves.", "conditions."))
    }
    tapee |= {declaration(TITRE): "oui", case_titre(_TITRE): "oui", annee: "20"}
    session = comptes.connecter(poste, personne.email, MOT_DE_PASSE)
    cle = brouillons.cle_nouvelle(session.numero, demande.examen, demande.session, demande.academie)
    brouillons.garder(poste, cle, tapee, onglet="acquis", focus=annee, ecran=MARQUE)
    brouillons.rendre_la_main(poste, cle, MARQUE)
    service = Service.de(poste.referentiel, demande.examen, demande.session, demande.academie)
    onglets = [onglet.id for onglet in service.onglets]
    return f"une saisie gardée à l'onglet {onglets.index('acquis') + 1}, Acquis"


def _inscrire(poste: Poste, personne: Personne) -> str:
    _activer(poste, personne)
    inscription = enregistrer(poste, _demande(poste, personne))
    documents.ouvrir(poste, inscription.document)
    return f"une candidature enregistrée, N° {inscription.numero_inscription}"


def _demande(poste: Poste, personne: Personne) -> Demande:
    """The shipped candidature, as this person's own. Raises SaisieRefusee when the shipped file is wrong."""
    demande = _modele(poste, _MODELE)
    return replace(demande, saisie={**demande.saisie, **personne.identite})


def _modele(poste: Poste, nom: str) -> Demande:
    """A shipped candidature. Raises SaisieRefusee when its file is wrong."""
    fichier = dossier_livre("fixtures") / "candidatures" / nom
    demande, fautes = demande_de(poste, tomllib.loads(fichier.read_text(encoding="utf-8")))
    if demande is None:
        raise SaisieRefusee(fautes)
    return demande


PERSONNES = (
    Personne("alice@example.org", "ROUVRE", "Alice", "MADAME", "14/02/2003", _activer),
    Personne("basile@example.org", "TAMARIN", "Basile", "MONSIEUR", "30/05/1998", _commencer),
    Personne("chloe@example.org", "SALINE", "Chloé", "MADAME", "07/11/2001", _inscrire),
    Personne("denis@example.org", "BRISANT", "Denis", "MONSIEUR", "21/08/1995", _attendre),
)


def _borne(reglages: ReglagesDuPoste, cyclades: str, *, sans_borne: bool) -> int:
    """Open the borne where there is a terminal; in any case tell how to come back to it."""
    code = 0
    if not sans_borne and sys.stdin.isatty() and sys.stdout.isatty():
        from cyclades_tui.cli.corps.borne import tenir

        code = tenir(lambda: reglages)
    racines = shlex.quote(json.dumps([str(racine) for racine in reglages.racines]))
    typer.echo(f"Le guichet, avec ces agents :\n  {cyclades} guichet")
    typer.echo(f"La borne, avec ces comptes et la clé USB :\n  CYCLADES_RACINES={racines} {cyclades} borne")
    return code

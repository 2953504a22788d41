"""The guichet on a real store: agents of each role, candidatures with pieces in all states, at the guide's instant.

`poste_guichet` (a fixture of tests/conftest.py) is the store, opened by the system; `agent_connecte` gives the poste in
the name of an agent; `AppUnEcran` shows one screen alone.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from textual.pilot import Pilot
from textual.screen import Screen

from cyclades_tui.actes.bureau import agents
from cyclades_tui.actes.bureau.agents import AgentConnecte
from cyclades_tui.actes.candidature.inscription import Demande, Modification, enregistrer
from cyclades_tui.actes.pieces.etats import appliquer, groupes_actuels, nom_du_geste, retrouver_la_piece
from cyclades_tui.actes.reglages.entretien import initialiser
from cyclades_tui.actes.socle.acte import acte, lecture
from cyclades_tui.actes.socle.noms import SansTrace
from cyclades_tui.apps.base import AppCyclades
from cyclades_tui.apps.guichet import GuichetApp
from cyclades_tui.apps.themes import CLAIR
from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.domaine.droits import Droit, Role
from cyclades_tui.domaine.statuts import ActePiece, Statut
from cyclades_tui.domaine.temps import en_iso
from cyclades_tui.poste import Poste, ReglagesDuPoste
from cyclades_tui.regles.justificatifs import Geste
from cyclades_tui.screens.guichet.accueil.ecran import EcranAccueilAgent
from cyclades_tui.store.modele.tables import Depot
from cyclades_tui.store.requetes import pieces
from outils.borne import TAILLES, calmer, jusqu_a, remplir, taper, voir
from outils.guide import AFFICHEE, EN_INDIVIDUEL, PLAGE_DU_GUIDE
from outils.horloge import PENDANT, HorlogeReglable
from outils.inscription import ouvrir_poste_de_test
from outils.modeles import copier

__all__ = ["TAILLES", "calmer", "jusqu_a", "remplir", "taper", "voir"]  # for tests of the guichet

NOM_DU_POSTE = "poste G2"
MOT_DE_PASSE = "Guichet-de-2023."
GESTIONNAIRE, COLLEGUE, RESPONSABLE = "l.roy", "m.paul", "a.favre"
ETABLISSEMENT, ADMINISTRATEUR, AUDITEUR, AILLEURS = "cfa.cayenne", "admin", "audit", "j.petit"
SCOLAIRE = AFFICHEE | {"epreuves.EF2.position": "", "epreuves.EF2.pays": ""}
_INDIVIDUELLE = SCOLAIRE | EN_INDIVIDUEL
_A_BESANCON = _INDIVIDUELLE | {"candidature.etablissement": "INDIVIDUELS 025"}
_AMENAGEE = _INDIVIDUELLE | {"candidature.amenagement_handicap": "oui"}

# identifiant -> displayed name, role, académies (none: all), school; the administrateur comes first.
AGENTS: Final[Mapping[str, tuple[str, Role, tuple[str, ...], str]]] = {
    ADMINISTRATEUR: ("N. Blanc", Role.ADMINISTRATEUR, (), ""),
    GESTIONNAIRE: ("L. Roy", Role.GESTIONNAIRE, ("33",), ""),
    COLLEGUE: ("M. Paul", Role.GESTIONNAIRE, ("33",), ""),
    AILLEURS: ("J. Petit", Role.GESTIONNAIRE, ("03",), ""),
    RESPONSABLE: ("A. Favre", Role.RESPONSABLE, (), ""),
    ETABLISSEMENT: ("CFA Cayenne", Role.ETABLISSEMENT, ("33",), "9730538X"),
    AUDITEUR: ("C. Noël", Role.AUDITEUR, (), ""),
}

PARAMETRAGE = """\
source = "guichet_outils"

[[reglage]]
examen = "BCP"
session = "2024"
academie = "33"
depot_fermeture = 2024-01-15 23:59:00
groupes_pieces = [
  { mode = "en ligne" },
  { mode = "voie postale", fermeture = 2024-01-31 23:59:00, adresse_retour = ["Rectorat de Guyane, DEC 2"] },
]

[[reglage]]
examen = "BCP"
session = "2024"
academie = "03"
fermeture = 2023-12-20 18:00:00
"""


def _le(jour: int, heure: int, minute: int = 0) -> datetime:
    """An instant of December 2023, in UTC."""
    return datetime(2023, 12, jour, heure, minute, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Personne:
    """A candidature of the store; `pieces` says what was done to each piece asked, in order.

    `apres` are the changes of a second version.
    """

    nom: str
    prenoms: str
    naissance: str
    pieces: Mapping[str, tuple[str, ...]]
    saisie: Mapping[str, str]
    academie: str = "33"
    apres: Mapping[str, str] | None = None


_FAIT = ("deposer", "valider")
_D_UN_INDIVIDUEL = ("recapitulatif", "identite", "jdc", "diplome", "experience-3-ans")
PERSONNES: Final = (
    Personne(
        "NGMB-DUPONT",
        "NGMB-Jeanne",
        "06/05/2005",
        {
            "recapitulatif": _FAIT,
            "identite": (*_FAIT, "refuser", *_FAIT),
            "jdc": ("deposer",),
            "diplome": (*_FAIT, "accepter"),
            "amenagement": ("recevoir",),
        },
        _AMENAGEE,
    ),
    Personne(
        "ALEXIS",
        "Rose",
        "12/03/2004",
        {
            "recapitulatif": (*_FAIT, "accepter"),
            "identite": (*_FAIT, "redemander"),
            "jdc": (*_FAIT, "rouvrir"),
            "diplome": (*_FAIT, "refuser"),
            "amenagement": ("recevoir",),
        },
        _AMENAGEE,
        apres={"candidature.amenagement_handicap": "non"},
    ),
    Personne(
        "BARTHÉLEMY",
        "Léo",
        "30/09/1999",
        {"recapitulatif": _FAIT, "identite": _FAIT, "jdc": _FAIT, "diplome": _FAIT},
        _INDIVIDUELLE,
    ),
    Personne(
        "DUBOIS",
        "Pierre",
        "17/07/2001",
        dict.fromkeys(_D_UN_INDIVIDUEL, (*_FAIT, "accepter")),
        _INDIVIDUELLE,
    ),
    Personne("OUATTARA", "Awa", "02/02/2003", {}, _INDIVIDUELLE),
    Personne("PIERRE-LOUIS", "Kévin", "21/11/2006", {"recapitulatif": _FAIT, "diplome": _FAIT}, SCOLAIRE),
    Personne(
        "SAINT-CYR",
        "Éva",
        "08/08/2002",
        {"recapitulatif": _FAIT, "identite": _FAIT, "jdc": _FAIT, "diplome": _FAIT, "amenagement": ()},
        _AMENAGEE,
    ),
    Personne("PETITJEAN", "Zoé", "19/01/2005", {"recapitulatif": _FAIT}, _A_BESANCON, academie="03"),
)

_GESTES: Final = {
    "deposer": ActePiece.DEPOSER,
    "valider": ActePiece.VALIDER,
    "mettre_en_attente": ActePiece.VALIDER,
    "recevoir": ActePiece.RECEVOIR,
    "accepter": ActePiece.ACCEPTER,
    "refuser": ActePiece.REFUSER,
    "redemander": ActePiece.REDEMANDER,
    "rouvrir": ActePiece.REOUVRIR,
}
_DU_CANDIDAT: Final = (ActePiece.DEPOSER, ActePiece.VALIDER)
_COMMENTAIRES: Final = {
    "refuser": "Le verso manque. Déposez le recto et le verso dans un même fichier.",
    "redemander": "La pièce a expiré. Déposez une pièce en cours de validité.",
    "rouvrir": "À votre demande.",
}
_LIMITE = en_iso(datetime(2024, 1, 31, 22, 59, tzinfo=UTC))


def poste_du_guichet(dossier: Path, horloge: HorlogeReglable) -> Poste:
    """The store, opened by the system as a command does."""
    copier(("guichet", horloge.instant), _peupler, dossier)
    return ouvrir_poste_de_test(dossier, horloge)


def agent_connecte(poste: Poste, identifiant: str = GESTIONNAIRE) -> Poste:
    """The poste with this agent logged in."""
    return replace(poste, acteur=Acteur(NatureActeur.AGENT, identifiant, Face.GUICHET, NOM_DU_POSTE))


def agent(identifiant: str = GESTIONNAIRE) -> AgentConnecte:
    """What the login returns for this agent."""
    nom, role, academies, etablissement = AGENTS[identifiant]
    return AgentConnecte(identifiant, nom, role, academies, etablissement)


def guichet(poste: Poste, identifiant: str = "") -> GuichetApp:
    """The application over the store of `poste`, at its login."""
    acteur = replace(poste.acteur, face=Face.GUICHET, poste=NOM_DU_POSTE)
    return GuichetApp(lambda: replace(poste, acteur=acteur), identifiant=identifiant)


async def entrer(pilot: Pilot[None], identifiant: str = GESTIONNAIRE) -> None:
    """Log in by keys, up to the home."""
    await calmer(pilot)
    await remplir(pilot, (identifiant, MOT_DE_PASSE))
    await pilot.press("enter")
    await voir(pilot, EcranAccueilAgent)
    await calmer(pilot)


class AppUnEcran(AppCyclades):
    """One screen alone, by default an agent's, made once the application runs, with nothing below."""

    def __init__(self, fabriquer: Callable[[], Screen[Any]], theme: str = CLAIR, *, a_la_borne: bool = False) -> None:
        super().__init__(theme)
        self.TOUCHES_A_PART = not a_la_borne
        self._fabriquer = fabriquer

    def on_mount(self) -> None:
        self.push_screen(self._fabriquer())


# The store's making


def _peupler(dossier: Path) -> None:
    horloge = HorlogeReglable.a(PENDANT)
    horloge.instant = _le(1, 8)
    initialiser(ReglagesDuPoste(store=dossier / "store"), PLAGE_DU_GUIDE, horloge)
    parametrage = dossier / "store-parametrage"
    parametrage.mkdir()
    (parametrage / "reglages.toml").write_text(PARAMETRAGE, encoding="utf-8")
    poste = ouvrir_poste_de_test(dossier, horloge)
    try:
        _ajouter_les_agents(poste)
        responsable = agent_connecte(poste, RESPONSABLE)
        for rang, personne in enumerate(PERSONNES):
            inscrire(responsable, personne, rang, horloge)
    finally:
        poste.store.fermer()


def _ajouter_les_agents(poste: Poste) -> None:
    par = poste
    administrateur = agent_connecte(poste, ADMINISTRATEUR)
    for identifiant, (nom, role, academies, etablissement) in AGENTS.items():
        agents.ajouter(par, identifiant, nom, role, academies, etablissement, MOT_DE_PASSE)
        par = administrateur


def inscrire(poste: Poste, personne: Personne, rang: int, horloge: HorlogeReglable) -> str:
    """Make a candidature, its pieces, then a second version, one person a day; returns the N° candidat."""
    horloge.instant = _le(2 + rang, 8)  # the guide's instant is on the 11th
    saisie = {
        **personne.saisie,
        "identification.nom": personne.nom,
        "identification.prenoms": personne.prenoms,
        "identification.naissance.date": personne.naissance,
        "identification.email": f"candidat.{rang + 1}@mail.fr",
    }
    lieu = ("BCP", "2024", personne.academie)
    premiere = enregistrer(poste, Demande(*lieu, saisie))
    _faire_les_gestes(poste, premiere.numero_candidat, personne, horloge)
    if personne.apres is not None:
        enregistrer(poste, Demande(*lieu, saisie | dict(personne.apres), Modification(1, 1)))
    return premiere.numero_candidat


def _faire_les_gestes(poste: Poste, numero: str, personne: Personne, horloge: HorlogeReglable) -> None:
    gestionnaire = agent_connecte(poste)
    candidat = replace(poste, acteur=Acteur(NatureActeur.CANDIDAT, numero, Face.BORNE, "borne 3"))
    with lecture(poste, Droit.CONSULTER, SansTrace.AVANT_L_ACTE) as acces:
        _, candidature = acces.candidature(numero, 1)
        lignes = {ligne.piece: ligne for ligne in pieces.de_la_candidature(acces.unite, candidature.id)}
        groupes = groupes_actuels(poste, candidature, list(lignes.values()))
    for nom, gestes in personne.pieces.items():
        groupe = next(g for g in groupes if nom in g.pieces)
        for geste in gestes:
            horloge.instant = horloge.instant.replace(minute=horloge.instant.minute + 1)
            quoi = _GESTES[geste]
            par, droit = (candidat, Droit.INSCRIRE) if quoi in _DU_CANDIDAT else (gestionnaire, Droit.CONTROLER)
            with acte(par, droit, nom_du_geste(quoi)) as a:
                ligne = retrouver_la_piece(a.unite, candidature, lignes[nom].id)
                instant = en_iso(a.instant)
                depot = _deposer(poste, a.unite, ligne.id, ligne.sigle, instant) if geste == "deposer" else None
                fait = Geste(
                    quoi,
                    instant,
                    depot=depot,
                    commentaire=_COMMENTAIRES.get(geste, ""),
                    limite=_LIMITE if geste in ("redemander", "rouvrir") else None,
                    recue_le=horloge.instant.date().isoformat() if geste == "recevoir" else None,
                    statut=Statut.EN_ATTENTE if geste == "mettre_en_attente" else Statut.AUCUN,
                )
                appliquer(a, ligne, fait, groupe)


def _deposer(poste: Poste, unite: Any, justificatif: int, sigle: str, instant: str) -> int:
    """Insert the row and the bytes of a file, as a deposit does: a scan for the identity, a PDF for other pieces."""
    octets, nom, pages = (scan(), "carte.jpg", 1) if sigle == "Identité" else (pdf(sigle), f"{sigle.lower()}.pdf", 2)
    depot = Depot(
        justificatif_id=justificatif,
        nom=nom,
        format="JPEG" if nom.endswith("jpg") else "PDF",
        taille=len(octets),
        pages=pages,
        sha256=poste.store.coffre.deposer(octets),
        analyse="saine",
        depose_le=instant,
        acteur=poste.acteur.identifiant,
    )
    unite.session.add(depot)
    unite.session.flush()
    return int(depot.id)


_FICHIERS: dict[str, bytes] = {}


def scan() -> bytes:
    """A scanned card: portrait at the left, lines at the right, two rows of machine-readable signs below."""
    if "scan" not in _FICHIERS:
        from PIL import Image, ImageDraw

        page = Image.new("RGB", (1012, 638), (236, 240, 246))
        dessin = ImageDraw.Draw(page)
        dessin.rectangle((40, 90, 320, 450), fill=(120, 130, 150))
        for rang in range(5):
            dessin.rectangle((370, 70 + 80 * rang, 900 - 60 * rang, 96 + 80 * rang), fill=(30, 30, 60))
        for rang in range(2):
            dessin.rectangle((40, 500 + 60 * rang, 970, 536 + 60 * rang), fill=(70, 70, 70))
        sortie = io.BytesIO()
        page.save(sortie, "JPEG", quality=85)
        _FICHIERS["scan"] = sortie.getvalue()
    return _FICHIERS["scan"]


def pdf(titre: str) -> bytes:
    """Two pages with their title."""
    if titre not in _FICHIERS:
        from fpdf import FPDF

        document = FPDF()
        document.set_creation_date(_le(1, 8))
        document.set_font("Helvetica", size=28)
        for page in (1, 2):
            document.add_page()
            document.cell(0, 20, f"{titre} - {page}/2")
            document.rect(20, 60, 170, 160)
        _FICHIERS[titre] = bytes(document.output())
    return _FICHIERS[titre]

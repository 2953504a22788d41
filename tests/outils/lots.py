"""A store of dossiers that await pieces, online and by post, made once for all tests of lots."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cyclades_tui.actes.candidature.inscription import enregistrer
from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.poste import Poste, ReglagesDuPoste
from outils.actes import creer_store, demande, poste_sur, regler
from outils.guide import COMPACTE, EN_INDIVIDUEL, PLAGE_DU_GUIDE
from outils.horloge import PENDANT, HorlogeReglable
from outils.modeles import copier

NOMS = ("NGMB-DUPONT", "ALEXIS", "BARTHÉLEMY", "DUBOIS", "OUATTARA")
# Two pieces by post, for the aménagement and the JDC; the others online.
_AMENAGEE = COMPACTE | EN_INDIVIDUEL | {"candidature.situation": "AUTRE", "candidature.amenagement_handicap": "oui"}
_DEPOTS = """\
source = "lots_outils"
[[reglage]]
examen = "BCP"
session = "2024"
academie = "33"
groupes_pieces = [
  { mode = "en ligne", fermeture = 2024-01-15T23:59:00 },
  { mode = "voie postale", pieces = ["jdc"], fermeture = 2024-01-31T23:59:00, adresse_retour = ["RECTORAT", "DEC 2"] },
  { mode = "voie postale", fermeture = 2024-01-31T23:59:00, adresse_retour = ["RECTORAT", "DEC 2"] },
]
"""


def poste_des_lots(dossier: Path) -> Poste:
    """A store at the guide's instant with the persons of NOMS in order, the first one registered twice."""
    copier("lots", _peupler, dossier)
    return poste_sur(ReglagesDuPoste(store=dossier / "store", poste="poste-1"), HorlogeReglable.a(PENDANT))


def numero(rang: int) -> str:
    """The N° candidat of a person, by rank in NOMS."""
    return f"023{48418953 + rang}"


def candidat(poste: Poste, rang: int) -> Poste:
    """The poste of this person at a kiosk."""
    return replace(poste, acteur=Acteur(NatureActeur.CANDIDAT, numero(rang), Face.BORNE, "borne-1"))


def _peupler(dossier: Path) -> None:
    horloge = HorlogeReglable.a("2023-12-01 09:00")
    poste = poste_sur(creer_store(dossier, horloge, PLAGE_DU_GUIDE), horloge)
    regler(poste, _DEPOTS)
    for rang, nom in enumerate(NOMS):
        saisie = _AMENAGEE | {"identification.nom": nom, "identification.email": f"candidat.{rang}@mail.fr"}
        enregistrer(poste, demande(saisie))
        horloge.avancer(minutes=1)
        if rang == 0:
            enregistrer(poste, demande(saisie | {"qualification.specialite": "32304"}))
    poste.store.fermer()

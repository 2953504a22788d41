"""The guides' exams in the wizard: the persons of their forms, and a real store with their services open."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

from cyclades_tui.poste import Poste
from cyclades_tui.referentiel.ressources import dossier
from outils.guide import DU_COMPTE
from outils.horloge import HorlogeReglable
from outils.inscription import poste_du_guide

CAP = ("CAP", "2024", "08")
CONCOURS = ("CONCOURS-EXEMPLE", "2024", "09")
COIFFURE = ("BP", "JUIN 2023", "13")
FERMETURE_DE_POITIERS = datetime(2022, 11, 22, 18, 0, tzinfo=UTC)  # 19:00 in Paris
# Grenoble's guide has no dates: a window around the guide's instant.
_FENETRE_DU_CAP = """source = "exemple"

[[reglage]]
examen = "CAP"
session = "2024"
academie = "08"
ouverture = 2023-10-16T08:00:00
fermeture = 2023-12-13T23:59:00
"""

INDIVIDUEL = DU_COMPTE | {
    "identification.nationalite": "Français",
    "identification.adresse.pays": "FRANCE",
    "identification.adresse.voie": "12 rue des Alpes",
    "identification.adresse.code_postal": "38000",
    "identification.adresse.localite": "GRENOBLE",
    "identification.telephone_mobile": "0612345678",
    "candidature.categorie": "INDIVIDUEL",
    "candidature.etablissement": "INDIVIDUELS 038",
    "candidature.amenagement_duree": "non",
    "candidature.amenagement_handicap": "non",
    "candidature.consentement_presse": "non",
    "candidature.consentement_collectivites": "non",
    "qualification.forme": "Globale",
}
CUISINE = INDIVIDUEL | {"qualification.specialite": "Cuisine", "epreuves.EG5.langue": "Anglais"}
A_POITIERS = {
    "identification.adresse.code_postal": "86000",
    "identification.adresse.localite": "POITIERS",
    "candidature.etablissement": "INDIVIDUELS 086",
}
ACCORDS = {"modalites.accord": "oui", "conditions.accord": "oui"}
COIFFEUSE = (
    INDIVIDUEL
    | A_POITIERS
    | ACCORDS
    | {
        "identification.csp_representant": "Chômeurs n'ayant jamais travaillé",  # she is 17 at that session
        "qualification.specialite": "Coiffure",
    }
)
PROFESSEURE = (
    INDIVIDUEL
    | ACCORDS
    | {
        "identification.adresse.code_postal": "59000",
        "identification.adresse.localite": "LILLE",
        "candidature.categorie": "EXTERNE",
        "candidature.etablissement": "INDIVIDUELS 059",
        "qualification.specialite": "Professeur, concours externe (exemple)",
        "qualification.formation": "Diplôme d'ingénieur (BAC+5)",
        "qualification.coloration": "Histoire",
    }
)


def poste_des_examens(chemin: Path, horloge: HorlogeReglable) -> Poste:
    """The guide's store, with the demo's concours and Grenoble's CAP open."""
    poste = poste_du_guide(chemin, horloge, connue=True)
    copytree(dossier("fixtures") / "parametrage", poste.parametrage, dirs_exist_ok=True)
    fenetre = poste.parametrage / "services" / "cap-grenoble.toml"
    fenetre.write_text(_FENETRE_DU_CAP, encoding="utf-8")
    return poste

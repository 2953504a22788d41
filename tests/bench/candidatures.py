"""Candidatures by the number: as many distinct persons as a bench asks for."""

from __future__ import annotations

from pathlib import Path

import tomlkit

from cyclades_tui.actes.inscription import Demande

_LETTRES = "ABCDEFGHIJ"
_BOOLEENS = {"True": "oui", "False": "non"}


def nom(rang: int) -> str:
    """A surname of letters that no other rank has."""
    return "MESURE-" + "".join(_LETTRES[int(chiffre)] for chiffre in str(rang))


def tables(rang: int) -> dict[str, object]:
    """A candidature as the tables of its file: the guide's profile, another person."""
    return {
        "service": {"examen": "BCP", "session": "2027", "academie": "33"},
        "modalites": {"accord": True},
        "conditions": {"accord": True},
        "identification": {
            "civilite": "MADAME",
            "nom": nom(rang),
            "prenoms": "Jeanne",
            "nationalite": "Français",
            "telephone_mobile": "0123456789",
            "email": f"mesure{rang}@example.org",
            "ine": "088553495DY",
            "csp_representant": "Chômeurs n'ayant jamais travaillé",
            "naissance": {"date": "06/05/2005", "pays": "FRANCE", "departement": "011", "commune": "BUGARACH"},
            "adresse": {"pays": "FRANCE", "voie": "1 rue des Mesures", "code_postal": "97300", "localite": "CAYENNE"},
        },
        "candidature": {
            "categorie": "SCOLAIRE BACPRO 1 AN",
            "amenagement_duree": False,
            "etablissement": "9730538X",
            "amenagement_handicap": False,
            "consentement_presse": False,
            "consentement_collectivites": False,
        },
        "qualification": {
            "specialite": "25303",
            "section_langue": "Pas de section européenne",
            "forme": "Globale",
            "derogation": False,
        },
        "acquis": {"titre": {"bts-dut-deug-licence": {"annee": 2022, "academie": "AIX-MARSEILLE"}}},
        "epreuves": {
            "EF1": {"position": "Inscrit", "langue": "Anglais"},
            "EF2": {"position": "Inscrit", "pays": "Lettonie"},
        },
    }


def fichier(dossier: Path, rang: int) -> Path:
    chemin = dossier / f"{rang}.toml"
    chemin.write_text(tomlkit.dumps(tables(rang)), encoding="utf-8")
    return chemin


def demande(rang: int) -> Demande:
    """The same as a form to save."""
    saisie: dict[str, str] = {}

    def aplatir(table: dict[str, object], prefixe: str) -> None:
        for cle, valeur in table.items():
            if isinstance(valeur, dict):
                aplatir(valeur, f"{prefixe}{cle}.")
            else:
                saisie[f"{prefixe}{cle}"] = _BOOLEENS.get(str(valeur), str(valeur))

    contenu = tables(rang)
    contenu.pop("service")
    aplatir(contenu, "")
    saisie |= {"acquis.declaration.titre": "oui", "acquis.titre.bts-dut-deug-licence.declare": "oui"}
    return Demande("BCP", "2027", "33", saisie)

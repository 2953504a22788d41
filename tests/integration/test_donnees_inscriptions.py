"""A whole inscription on a real store for every open diploma, category and form of passage.

Its récapitulatif is judged by the diploma's own file, read here by tomllib alone.
"""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from outils.actes import creer_store, personne, poste_sur, verifier_sans_faute
from outils.horloge import PENDANT, HorlogeReglable

from cyclades_tui.actes.candidature.inscription import Demande, enregistrer
from cyclades_tui.poste import Poste
from cyclades_tui.regles.recapitulatif import recapituler

RACINE = Path(__file__).parents[2]
CONCOURS = RACINE / "fixtures/parametrage"
DOSSIERS = (RACINE / "data", CONCOURS)
MODES = {"CCF": "Contrôle en cours de formation", "Ponctuel": "Ponctuel"}
LANGUES = ("Anglais", "Espagnol", "Allemand")
Table = dict[str, Any]


def lire(chemin: Path) -> Table:
    return tomllib.loads(chemin.read_text(encoding="utf-8"))


def lus(dossier: str) -> list[Table]:
    return [lire(chemin) for racine in DOSSIERS for chemin in sorted((racine / dossier).glob("*.toml"))]


EXAMENS = {examen["code"]: examen for examen in lus("examens")}
TITRES = {regles["examen"]: regles.get("titre", []) for regles in lus("dispenses")}


@dataclass(frozen=True)
class Cas:
    """A candidate's form: the diploma, the category, and the title held if any."""

    rang: int
    diplome: Table
    categorie: Table
    forme: str
    titre: Table = field(default_factory=dict)

    def __str__(self) -> str:
        parties = (self.diplome["examen"], self.diplome["code"], self.categorie["id"], self.forme, self.titre.get("id"))
        return "-".join(partie for partie in parties if partie)

    @property
    def examen(self) -> Table:
        return EXAMENS[self.diplome["examen"]]

    @property
    def session(self) -> int:
        """The window of the concours; for others the last session that their file covers, 2027 at most."""
        return 2024 if self.examen["domaine"] == "Concours" else min(2027, self.diplome["sessions"][1])

    @property
    def academie(self) -> str:
        return "09" if self.examen["domaine"] == "Concours" else "33"

    @cached_property
    def arbre(self) -> dict[str, Table]:
        groupe = self.categorie["groupe"]
        return {
            e["code"]: e
            for e in self.diplome["epreuve"]
            if e.get("sessions", [0, 9999])[0] <= self.session <= e.get("sessions", [0, 9999])[1]
            and groupe in e.get("groupes", [groupe])
        }

    def parties(self, code: str) -> list[str]:
        return [c for c, e in self.arbre.items() if e.get("parent") == code]

    def unite_au_dessus(self, code: str) -> str:
        parent = self.arbre[code].get("parent", "")
        return parent if not parent or "unite" in self.arbre[parent] else self.unite_au_dessus(parent)

    @cached_property
    def decidees(self) -> dict[str, str]:
        """The position of each unit, as the form below asks or the title gives."""
        positions = {
            code: "Inscrit"
            for code, e in self.arbre.items()
            if "unite" in e or not (self.parties(code) or self.unite_au_dessus(code))
        }
        facultatives = [c for c in positions if self.arbre[c].get("serie") == "facultative"]
        for code in facultatives[self.examen.get("facultatives_max", 0) :]:
            positions[code] = "Non Inscrit"
        for code, epreuve in self.arbre.items():
            for autre in self.parties(code)[epreuve["parmi"] :] if "parmi" in epreuve else ():
                positions[autre] = "Non Inscrit"
        for code in positions:
            if self.arbre[code].get("matiere") in self.titre.get("matieres", ()) and code not in facultatives:
                positions[code] = "Dispense"
        if self.forme == "progressive":
            premiere = next(iter(positions))
            positions[premiere] = "Non Inscrit"
        return positions

    def position(self, code: str) -> str:
        """The position of any node: its own, that of its unit, or the common one of its parts."""
        if decide := self.decidees.get(code) or self.decidees.get(self.unite_au_dessus(code)):
            return decide
        parts = {self.position(partie) for partie in self.parties(code)}
        if "Inscrit" in parts:
            return "Inscrit"
        return parts.pop() if len(parts) == 1 else "Non Inscrit"

    def mode(self, code: str) -> str:
        if self.position(code) != "Inscrit":
            return ""
        epreuve = self.arbre[code]
        return epreuve.get("nature") or MODES.get(epreuve.get("modes", {}).get(self.categorie["voie"], ""), "")

    @cached_property
    def choix(self) -> dict[str, str]:
        """The language or country of each épreuve that is sat and has one, no two languages alike in a row."""
        a_choisir = [c for c, e in self.arbre.items() if "choix" in e and self.position(c) == "Inscrit"]
        prises = {e["langue"] for e in self.arbre.values() if "langue" in e}
        libres = [langue for langue in LANGUES if langue not in prises]
        return {
            code: libres[rang % len(libres)] if self.arbre[code]["choix"] == "langue" else "Lettonie"
            for rang, code in enumerate(a_choisir)
        }

    def place(self, code: str) -> tuple[str, str, str]:
        """Position, mode and choice of an épreuve."""
        return self.position(code), self.mode(code), self.choix.get(code, "")

    @property
    def saisie(self) -> dict[str, str]:
        """Exactly the fields that this exam asks of this category."""
        onglets = {onglet["id"] for onglet in self.examen["onglets"]}
        scolaire = self.categorie["groupe"] == "scolaire"
        etablissement = "9730538X" if self.categorie["voie"] == "scolaire" else "INDIVIDUELS 973"
        saisie = personne(self.rang) | {
            "candidature.categorie": self.categorie["libelle"],
            "candidature.etablissement": "INDIVIDUELS 059" if self.academie == "09" else etablissement,
            "qualification.specialite": self.diplome["code"],
            "qualification.forme": self.forme.capitalize(),
        }
        retirees = [f"{onglet}.accord" for onglet in ("modalites", "conditions") if onglet not in onglets]
        if not scolaire:
            retirees += ["identification.ine", "identification.csp_representant"]
        if not self.categorie.get("derogation"):
            retirees.append("qualification.derogation")
        if not self.examen.get("sections_langue"):
            retirees.append("qualification.section_langue")
        if self.examen.get("situations") and not scolaire:
            saisie["candidature.situation"] = "SALARIE"
        for rubrique in ("formation", "coloration"):
            if self.examen.get(f"{rubrique}s"):
                saisie[f"qualification.{rubrique}"] = self.examen[f"{rubrique}s"][0]
        del saisie["epreuves.E4.langue"]
        return {c: texte for c, texte in saisie.items() if c not in retirees} | self._epreuves() | self._titre()

    def _epreuves(self) -> dict[str, str]:
        au_choix = {partie for code, e in self.arbre.items() if "parmi" in e for partie in self.parties(code)}
        demandees = {
            f"epreuves.{code}.position": position
            for code, position in self.decidees.items()
            if self.arbre[code].get("serie") == "facultative" or code in au_choix or position == "Non Inscrit"
        }
        return demandees | {f"epreuves.{c}.{self.arbre[c]['choix']}": choisi for c, choisi in self.choix.items()}

    def _titre(self) -> dict[str, str]:
        if not self.titre:
            return {}
        prefixe = f"acquis.titre.{self.titre['id']}"
        declare = {f"{prefixe}.declare": "oui", f"{prefixe}.annee": "2020", f"{prefixe}.academie": "LYON"}
        return declare | {"acquis.declaration.titre": "oui"}


def tous_les_cas() -> Iterator[Cas]:
    rang = 0
    for diplome in lus("diplomes"):
        examen = EXAMENS[diplome["examen"]]
        if diplome.get("ferme") or examen.get("ferme"):
            continue
        for categorie in examen["categorie"]:
            for forme in categorie["formes"]:
                yield Cas(rang := rang + 1, diplome, categorie, forme)
        for titre in TITRES.get(examen["code"], [])[:1]:
            yield Cas(rang := rang + 1, diplome, examen["categorie"][0], "globale", titre)


CAS = tuple(tous_les_cas())


@pytest.fixture(scope="module")
def poste_de_tout(tmp_path_factory: pytest.TempPathFactory) -> Poste:
    """A store where every exam has an open window, with the example concours as local settings."""
    horloge = HorlogeReglable.a(PENDANT)
    reglages = creer_store(tmp_path_factory.mktemp("donnees"), horloge)
    shutil.copytree(CONCOURS, reglages.dossier_parametrage, dirs_exist_ok=True)
    services = sorted({(cas.examen["code"], cas.session) for cas in CAS if cas.academie == "33"})
    blocs = [
        f'[[reglage]]\nexamen = "{examen}"\nsession = "{session}"\nacademie = "33"\n'
        "ouverture = 2023-11-01T08:00:00\nfermeture = 2023-12-13T23:59:00\n"
        for examen, session in services
    ]
    texte = 'source = "essai"\n' + "".join(blocs)
    (reglages.dossier_parametrage / "services/essai.toml").write_text(texte, encoding="utf-8")
    poste = poste_sur(reglages, horloge)
    assert poste.referentiel.fautes == ()
    return poste


@pytest.mark.parametrize("cas", CAS, ids=str)
def test_an_inscription_says_what_the_diploma_s_file_says(cas: Cas, poste_de_tout: Poste) -> None:
    demande = Demande(cas.examen["code"], str(cas.session), cas.academie, cas.saisie)
    inscription = enregistrer(poste_de_tout, demande)
    assert {a.code.split(".")[0] for a in inscription.avertissements} <= {"exigence"}
    recapitulatif = recapituler(inscription.contenu)
    assert (recapitulatif.examen, recapitulatif.session) == (cas.examen["libelle"], str(cas.session))
    dits = {ligne.champ: ligne.valeur for section in recapitulatif.sections for ligne in section.lignes}
    assert dits["qualification.specialite"] == cas.diplome["libelle"]
    assert dits["candidature.categorie"] == cas.categorie["libelle"]
    assert dits["qualification.forme_finale"] == cas.forme.capitalize()
    for rubrique in ("formation", "coloration"):
        assert dits.get(f"qualification.{rubrique}", "") == cas.examen.get(f"{rubrique}s", [""])[0]
    attendues = {
        (e.get("serie", "obligatoire"), code, e["libelle"], e.get("unite", ""), *cas.place(code))
        for code, e in cas.arbre.items()
        if e.get("serie") != "facultative" or cas.position(code) == "Inscrit"
    }
    vues = [
        (groupe.id, ligne.code, ligne.libelle, ligne.unite, ligne.position, ligne.mode, ligne.choix)
        for groupe in recapitulatif.groupes
        for ligne in groupe.lignes
    ]
    assert set(vues) == attendues
    assert len(vues) == len(attendues)


def test_the_store_that_holds_them_all_is_without_fault(poste_de_tout: Poste) -> None:
    verifier_sans_faute(poste_de_tout)

"""Role × acte: every acte with a poste is in one of the two tables, and every role of EQUIPE tries every acte."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from outils.actes import lignes, refus, une, verifier_sans_faute
from outils.agents import ADMIN, EQUIPE, au_nom_de
from outils.droits_des_actes import LIBRES, TABLE, Ligne, Monde, copier_le_monde, faire_un_monde
from outils.hacheur import HacheurRapide

import cyclades_tui.actes
from cyclades_tui.actes.bureau import agents
from cyclades_tui.actes.candidature import candidatures, consultation
from cyclades_tui.actes.documents import authentification, documents
from cyclades_tui.actes.personnes import courrier
from cyclades_tui.actes.pieces import justificatifs
from cyclades_tui.actes.socle import hachage
from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.domaine.droits import DROITS, DROITS_DU_CANDIDAT, Droit, Role
from cyclades_tui.domaine.erreurs import ErreurCyclades
from cyclades_tui.poste import Poste

pytestmark = pytest.mark.usefixtures("hacheur_rapide")


@pytest.fixture(scope="module")
def modele(tmp_path_factory: pytest.TempPathFactory) -> Monde:
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(hachage, "fabriquer_hacheur", HacheurRapide)
        fait = faire_un_monde(tmp_path_factory.mktemp("droits"))
    fait.poste.store.fermer()
    return fait


@pytest.fixture
def monde(modele: Monde, tmp_path: Path) -> Iterator[Monde]:
    """A copy for each test, so that none depends on what another one did."""
    copie = copier_le_monde(modele, tmp_path / "monde")
    yield copie
    copie.poste.store.fermer()


def _actes() -> Iterator[str]:
    for module in pkgutil.walk_packages(cyclades_tui.actes.__path__, "cyclades_tui.actes."):
        if module.name.startswith("cyclades_tui.actes.socle"):  # what actes are made of
            continue
        charge = importlib.import_module(module.name)
        for nom, fonction in inspect.getmembers(charge, inspect.isfunction):
            parametres = list(inspect.signature(fonction).parameters)
            # A function that takes the unit of work is a part of an acte, not an acte.
            publique = fonction.__module__ == charge.__name__ and not nom.startswith("_")
            if publique and parametres[:1] == ["poste"] and not {"unite", "candidature"} & set(parametres):
                yield f"{module.name.rpartition('.')[2]}.{nom}"


def test_the_matrix_is_closed() -> None:
    # Sets, so that a failure shows the difference.
    assert set(_actes()) == {*TABLE, *LIBRES}
    assert not set(TABLE) & set(LIBRES)
    assert {ligne.droit for ligne in TABLE.values()} == set(Droit)


def _attendu(ligne: Ligne, role: Role, identifiant: str) -> str:
    """The code of the expected refusal; empty if the agent may."""
    if ligne.droit not in DROITS[role]:
        return "droit.role"
    if not ligne.ici or not identifiant.endswith(".ailleurs"):
        return ""
    if role is not Role.ETABLISSEMENT:
        return "droit.academie"
    return "droit.etablissement" if ligne.ecole else ""


@pytest.mark.parametrize("acte", TABLE)
def test_each_role_may_what_its_rights_say_and_where(monde: Monde, acte: str) -> None:
    ligne = TABLE[acte]
    for rang, (identifiant, (role, _, _)) in enumerate(EQUIPE.items()):
        lui = au_nom_de(monde.poste, identifiant)
        if attendu := _attendu(ligne, role, identifiant):
            with refus(monde.poste, attendu):
                ligne.appel(monde, lui, rang)
            continue
        assert _dit(ligne, monde, lui, rang) <= ligne.ensuite, identifiant
    if not ligne.systeme:
        with refus(monde.poste, "droit.systeme"):
            ligne.appel(monde, monde.poste, 0)
    verifier_sans_faute(monde.poste)


def _dit(ligne: Ligne, monde: Monde, lui: Poste, rang: int) -> set[str]:
    """The codes of the refusal of an acte; empty if it was done."""
    try:
        ligne.appel(monde, lui, rang)
    except ErreurCyclades as erreur:
        return {faute.code for faute in erreur.fautes}
    return set()


def test_a_list_holds_what_is_within_reach(monde: Monde) -> None:
    vus = {
        identifiant: {ligne.numero_candidat for ligne in candidatures.lister(au_nom_de(monde.poste, identifiant), {})}
        for identifiant, (role, _, _) in EQUIPE.items()
        if Droit.CONSULTER in DROITS[role]
    }
    tous = vus["auditeur"]
    assert monde.numero in tous
    assert vus == {nom: set() if nom.endswith(".ailleurs") else tous for nom in vus}


def test_what_an_agent_reads_is_journalled_with_his_name(monde: Monde) -> None:
    lui = au_nom_de(monde.poste, "auditeur")
    lectures: dict[str, Callable[[], object]] = {
        "candidature.lire": lambda: candidatures.fiche(lui, monde.numero, 1),
        "candidature.lister": lambda: list(candidatures.lister(lui, {"examen": "BCP"})),
        "candidat.lire": lambda: consultation.cartes(lui, monde.candidat),
        "document.lire": lambda: documents.ouvrir(lui, monde.publie.id),
        "document.verifier": lambda: authentification.verifier_fichier(lui, monde.pdf),
        "courrier.consulter": lambda: courrier.consulter(lui, monde.numero),
        "justificatif.lister": lambda: justificatifs.lister(lui, monde.numero, 1),
        "depot.lire": lambda: justificatifs.ouvrir_le_depot(lui, monde.numero, 1, 1),
    }
    for acte, lecture in lectures.items():
        avant = une(monde.poste, "SELECT max(seq) FROM journal")
        lecture()
        traces = lignes(
            monde.poste,
            "SELECT acte, acteur_nature, valeurs FROM journal JOIN journal_detail USING (seq) WHERE seq > ?",
            avant,
        )
        assert [trace[:2] for trace in traces] == [(acte, "agent")]
        assert '"acteur":"auditeur"' in traces[0][2]


@pytest.mark.parametrize(
    ("qui", "expediteur"), [("gestionnaire", "ACADÉMIE DE LA GUYANE"), ("ecole", "CFA CEVEDOM CAYENNE")]
)
def test_a_message_says_which_office_or_school_wrote_it(monde: Monde, qui: str, expediteur: str) -> None:
    courrier.ecrire(au_nom_de(monde.poste, qui), monde.numero, "Objet", "Texte")
    lui = _candidat(monde)
    assert courrier.consulter(lui, monde.numero)[0].expediteur == expediteur


@pytest.mark.parametrize("acte", [nom for nom, ligne in TABLE.items() if ligne.droit not in DROITS_DU_CANDIDAT])
def test_a_candidate_may_nothing_of_the_office(monde: Monde, acte: str) -> None:
    with pytest.raises(ErreurCyclades) as refuse:
        TABLE[acte].appel(monde, _candidat(monde), 0)
    assert {faute.code.partition(".")[2] for faute in refuse.value.fautes} <= {"candidat", "acteur", "piece"}


def _candidat(monde: Monde) -> Poste:
    return replace(monde.poste, acteur=Acteur(NatureActeur.CANDIDAT, monde.numero, Face.BORNE, "poste-1"))


def test_what_a_candidate_reads_is_his_own_affair(monde: Monde) -> None:
    lui = _candidat(monde)
    avant = une(monde.poste, "SELECT max(seq) FROM journal")
    candidatures.fiche(lui, monde.numero, 1)
    documents.ouvrir(lui, monde.publie.id)
    courrier.consulter(lui, monde.numero)
    assert une(monde.poste, "SELECT max(seq) FROM journal") == avant


def test_an_agent_who_is_taken_away_is_refused_in_the_middle_of_his_work(monde: Monde) -> None:
    lui, chef = au_nom_de(monde.poste, "responsable"), au_nom_de(monde.poste, ADMIN)
    candidatures.fiche(lui, monde.numero, 1)
    agents.desactiver(chef, "responsable")
    with refus(monde.poste, "droit.inactif"):
        candidatures.fiche(lui, monde.numero, 1)
    with refus(monde.poste, "droit.inactif"):
        courrier.ecrire(lui, monde.numero, "Objet", "Texte")
    agents.reactiver(chef, "responsable")
    candidatures.fiche(lui, monde.numero, 1)

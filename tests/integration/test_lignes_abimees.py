"""One damaged row closes nothing: each kind of row, damaged in each way, before each acte that reads it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from outils.cli import Commande
from outils.guichet import GESTIONNAIRE, MOT_DE_PASSE, agent_connecte, poste_du_guichet
from outils.horloge import PENDANT, HorlogeReglable
from outils.inscription import ouvrir_poste_de_test
from outils.store import brut, sans_garde

from cyclades_tui.actes.bureau import agents, recherche, tableau
from cyclades_tui.actes.candidature import brouillons, candidatures, consultation
from cyclades_tui.actes.documents import copies, documents, relances
from cyclades_tui.actes.personnes import courrier
from cyclades_tui.actes.pieces import attentes, attentes_gardees, controle, justificatifs, reception
from cyclades_tui.actes.pieces.attentes import Filtre
from cyclades_tui.actes.reglages import entretien
from cyclades_tui.domaine.acteur import Face, NatureActeur
from cyclades_tui.domaine.avertissements import recueillir
from cyclades_tui.domaine.erreurs import StoreInutilisable
from cyclades_tui.poste import Poste

OCTETS, VIDE, AUTRE, BLOB = "CAST(x'41ff42' AS TEXT)", "''", "'zz'", "x'ff00'"
TEXTE, CODE, INSTANT = (OCTETS,), (AUTRE, BLOB), ("'2023-99-99'",)
# Table -> column -> what is written over it in its first row.
DOMMAGES: dict[str, dict[str, tuple[str, ...]]] = {
    "candidat": {
        "nom": TEXTE,
        "prenoms": TEXTE,
        "naissance": INSTANT,
        "naissance_commune": TEXTE,
        "cle_nom": TEXTE,
        "email": TEXTE,
        "dernier_numero_inscription": (AUTRE,),
    },
    "candidature": {
        "etat": CODE,
        "examen": TEXTE,
        "academie": TEXTE,
        "session": TEXTE,
        "maj_le": INSTANT,
        "version": (AUTRE, "99"),
        "motif": TEXTE,
    },
    "version": {"contenu": (OCTETS, "'{abc'", "'[]'", "'{}'", BLOB, VIDE), "sha256": TEXTE, "enregistree_le": INSTANT},
    "document": {"nature": CODE, "libelle": TEXTE, "cree_le": INSTANT, "contenu": ("'{abc'", OCTETS)},
    "message": {"objet": TEXTE, "corps": TEXTE, "cree_le": INSTANT, "expediteur": TEXTE},
    "justificatif": {
        "statut": CODE,
        "mode": CODE,
        "libelle": TEXTE,
        "commentaire": TEXTE,
        "limite": INSTANT,
        "recue_le": INSTANT,
        "valide_le": INSTANT,
        "attend_depuis": INSTANT,
        "depot_id": ("9999",),
        "rang": (AUTRE,),
        "examen": TEXTE,
    },
    "depot": {"nom": TEXTE, "depose_le": INSTANT, "sha256": (OCTETS,), "taille": (AUTRE,)},
    "suivi": {"statut": CODE, "instant": INSTANT, "commentaire": TEXTE, "acteur": TEXTE, "acte": TEXTE},
    "agent": {"role": CODE, "academies": (OCTETS, "'{abc'", "'{}'", "'[3]'"), "nom": TEXTE, "cree_le": INSTANT},
    "brouillon": {"saisie": (OCTETS, "'{abc'", "'[]'", "'{\"a\":3}'"), "maj_le": INSTANT, "cle": ("cle || x'ff'",)},
    "lot": {"criteres": (OCTETS, "'{abc'", "'{}'", "'{\"avant\":3}'"), "cree_le": INSTANT, "acteur": TEXTE},
    "journal": {"instant": INSTANT, "acte": TEXTE, "sujet": TEXTE},
    "tete_journal": {"hachage": TEXTE},
    "plage": {"prochain": (AUTRE,), "ajoutee_le": TEXTE},
    "identite_store": {"id": TEXTE},
}
CAS = [
    (table, colonne, valeur)
    for table, colonnes in DOMMAGES.items()
    for colonne, valeurs in colonnes.items()
    for valeur in valeurs
]
# Of the store of the guichet: one dossier, and the agents whom no case damages.
NUMERO, AUTRE_NUMERO = "02348418953", "02348418954"
_PREMIERE = {
    "agent": "identifiant = 'm.paul'",
    "document": "id = (SELECT min(id) FROM document WHERE candidature_id = 1)",
    "justificatif": "id = (SELECT min(id) FROM justificatif WHERE candidature_id = 1 AND a_controler)",
    "depot": "id = (SELECT depot_id FROM justificatif WHERE candidature_id = 1 AND a_controler ORDER BY id LIMIT 1)",
    "suivi": "justificatif_id = (SELECT min(id) FROM justificatif WHERE candidature_id = 1 AND a_controler)",
    "journal": "seq > 5",
}


def preparer(poste: Poste) -> None:
    """Give the store one row at least of each table: a draft, a saved queue, a lot, a message, a document."""
    lui = agent_connecte(poste)
    documents.rendre_les_manquants(poste)
    cle = brouillons.cle_nouvelle(NUMERO, "BCP", "2024", "33")
    brouillons.garder(poste_du_candidat(poste), cle, {"candidature.categorie": "x"}, onglet="", focus="", ecran="un")
    attentes_gardees.garder(lui, "La mienne", Filtre())
    courrier.ecrire(lui, NUMERO, "Objet", "Corps")
    responsable = agent_connecte(poste, "a.favre")
    (service, *_) = relances.services(responsable)
    relances.commencer(responsable, relances.Criteres(service.examen, service.session, service.academie, service.avant))


def poste_du_candidat(poste: Poste, numero: str = NUMERO) -> Poste:
    acteur = replace(poste.acteur, nature=NatureActeur.CANDIDAT, identifiant=numero, face=Face.BORNE)
    return replace(poste, acteur=acteur)


# What must go on whatever is damaged, and must say something of others than the damaged row.
def _autre_dossier(lui: Poste) -> object:
    fiche = candidatures.fiche(lui, AUTRE_NUMERO, 1)
    return (
        fiche,
        justificatifs.lister(lui, AUTRE_NUMERO, 1),
        copies.visibles(lui, fiche),
        courrier.consulter(lui, AUTRE_NUMERO),
    )


TOUJOURS: dict[str, Callable[[Poste], object]] = {
    "login": lambda poste: agents.connecter(poste, GESTIONNAIRE, MOT_DE_PASSE),
    "home": lambda poste: tableau.lire(agent_connecte(poste)),
    "search": lambda poste: recherche.chercher(agent_connecte(poste), "0234"),
    "search by name": lambda poste: recherche.chercher(agent_connecte(poste), "ALEXIS"),
    "list": lambda poste: list(candidatures.lister(agent_connecte(poste), {})),
    "queues": lambda poste: attentes.attentes(agent_connecte(poste), a_moi=True),
    "queue": lambda poste: attentes.attente(agent_connecte(poste), Filtre()),
    "saved queues": lambda poste: attentes_gardees.gardees(agent_connecte(poste)),
    "counters": lambda poste: controle.compteurs(agent_connecte(poste)),
    "another dossier": lambda poste: _autre_dossier(agent_connecte(poste)),
    "agents": lambda poste: agents.lister(agent_connecte(poste, "admin")),
    "lots": lambda poste: relances.lister(agent_connecte(poste, "a.favre")),
    "relances": lambda poste: list(
        relances.apercevoir(agent_connecte(poste, "a.favre"), relances.Criteres("", "", "", poste.aujourd_hui()))
    ),
    "the school's list": lambda poste: list(candidatures.lister(agent_connecte(poste, "cfa.cayenne"), {})),
    "another candidate's home": lambda poste: (
        consultation.cartes(poste_du_candidat(poste, AUTRE_NUMERO), 2),
        brouillons.lister(poste_du_candidat(poste, AUTRE_NUMERO), AUTRE_NUMERO),
    ),
    "what is left to render": documents.rendre_les_manquants,
    "check": entretien.verifier,
    "clock": entretien.dire_l_horloge,
    "work since": lambda poste: entretien.travail_depuis(poste, entretien.Repere(0, {})),
}


def _ouvrir_tous(lui: Poste) -> object:
    return [documents.ouvrir(lui, publie.id) for publie in documents.lister(lui, NUMERO, 1)]


# What reads the damaged row itself: it may be refused, in words that name the dossier.
_C = poste_du_candidat
DU_DOSSIER: dict[str, Callable[[Poste], object]] = {
    "dossier": lambda poste: candidatures.fiche(agent_connecte(poste), NUMERO, 1),
    "version": lambda poste: candidatures.contenu_de_la_version(agent_connecte(poste), NUMERO, 1, 1),
    "pieces": lambda poste: justificatifs.lister(agent_connecte(poste), NUMERO, 1),
    "documents": lambda poste: documents.lister(agent_connecte(poste), NUMERO, 1, toutes=True),
    "messages": lambda poste: courrier.consulter(agent_connecte(poste), NUMERO),
    "drafts": lambda poste: brouillons.lister(_C(poste), NUMERO),
    "draft": lambda poste: brouillons.reprendre(_C(poste), brouillons.cle_nouvelle(NUMERO, "BCP", "2024", "33"), set()),
    "draft kept": lambda poste: brouillons.garder(
        _C(poste), brouillons.cle_nouvelle(NUMERO, "BCP", "2024", "33"), {}, onglet="", focus="", ecran="un"
    ),
    "candidate's home": lambda poste: consultation.cartes(_C(poste), 1),
    "candidate's pieces": lambda poste: justificatifs.lister(_C(poste), NUMERO, 1),
    "candidate's messages": lambda poste: courrier.consulter(_C(poste), NUMERO),
    "reception": lambda poste: list(reception.recevoir(agent_connecte(poste), [f"{NUMERO} 001"])),
    "control": lambda poste: [
        controle.ouvrir(agent_connecte(poste), piece.id) for piece in attentes.attente(agent_connecte(poste), Filtre())
    ],
    "documents opened": lambda poste: [
        documents.ouvrir(agent_connecte(poste), publie.id)
        for publie in documents.lister(agent_connecte(poste), NUMERO, 1)
    ],
}


@pytest.fixture(scope="module")
def modele(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with every kind of row, only copied."""
    dossier = tmp_path_factory.mktemp("abimees")
    poste = poste_du_guichet(dossier, HorlogeReglable.a(PENDANT))
    preparer(poste)
    poste.store.fermer()
    return dossier


@pytest.fixture
def poste(modele: Path, tmp_path: Path, horloge: HorlogeReglable, sans_attente: None) -> Iterator[Poste]:
    shutil.copytree(modele, tmp_path, dirs_exist_ok=True)
    ouvert = ouvrir_poste_de_test(tmp_path, horloge)
    yield ouvert
    ouvert.store.fermer()


def abimer(poste: Poste, table: str, colonne: str, valeur: str) -> None:
    ou = _PREMIERE.get(table, f"rowid = (SELECT min(rowid) FROM {table})")
    with brut(poste.store) as connexion:
        sans_garde(connexion, f"UPDATE {table} SET {colonne} = {valeur} WHERE {ou}")


@pytest.mark.parametrize(("table", "colonne", "valeur"), CAS)
def test_a_damaged_row_is_set_aside(poste: Poste, table: str, colonne: str, valeur: str) -> None:
    """Whatever reads it goes on without it; what is about it alone is refused; both say what and what to do."""
    abimer(poste, table, colonne, valeur)
    dits: list[str] = []
    with recueillir() as avertissements:
        for acte in TOUJOURS.values():
            acte(poste)
        for nom, acte in DU_DOSSIER.items():
            try:
                acte(poste)
            except StoreInutilisable as refus:
                dits += [f"{nom} : {faute}" for faute in refus.fautes]
    dits += map(str, avertissements)
    for dit in dits:
        assert "cyclades verifier" in dit or "prévenez l'administrateur" in dit, dit
    if table in ("candidat", "candidature", "version", "justificatif", "depot"):
        assert any(f"e dossier {NUMERO}" in dit or "à un dossier" in dit for dit in dits), dits


@pytest.mark.parametrize("table", DOMMAGES)
def test_the_check_names_what_is_damaged(poste: Poste, table: str) -> None:
    colonne, (valeur, *_) = next(iter(DOMMAGES[table].items()))
    abimer(poste, table, colonne, valeur)
    fautes = entretien.verifier(poste).fautes
    noms = (f"« {table} »", f"« {colonne} »", "La dernière ligne du journal")
    assert any(nom in faute.message for faute in fautes for nom in noms)


def test_a_damaged_draft_makes_room_for_another(poste: Poste) -> None:
    abimer(poste, "brouillon", "saisie", "'{abc'")
    lui, cle = poste_du_candidat(poste), brouillons.cle_nouvelle(NUMERO, "BCP", "2024", "33")
    with recueillir() as dits:
        assert brouillons.reprendre(lui, cle, {"x"}) is None
    assert any("un brouillon" in str(dit) for dit in dits)
    brouillons.garder(lui, cle, {"x": "suite"}, onglet="", focus="", ecran="deux")
    repris = brouillons.reprendre(lui, cle, {"x"})
    assert repris is not None
    assert repris.saisie == {"x": "suite"}
    assert any("un brouillon" in faute.message for faute in entretien.verifier(poste).fautes)  # it is still there


def test_a_list_longer_than_a_page_goes_on_beyond_a_damaged_row(poste: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidatures, "_LOT", 2)
    tous = [ligne.numero_candidat for ligne in candidatures.lister(agent_connecte(poste, "a.favre"), {})]
    with brut(poste.store) as connexion:
        sans_garde(connexion, "UPDATE candidature SET etat = 'zz' WHERE id IN (2, 3, 4)")
    with recueillir() as dits:
        lus = [ligne.numero_candidat for ligne in candidatures.lister(agent_connecte(poste, "a.favre"), {})]
    assert lus == [tous[0], *tous[4:]]
    assert len({faute.message for faute in dits if "la candidature" in faute.message}) == 3


def test_a_batch_goes_on_beyond_a_damaged_dossier(poste: Poste) -> None:
    responsable = agent_connecte(poste, "a.favre")
    (lot, *_) = relances.lister(responsable)
    with brut(poste.store) as connexion:
        sans_garde(
            connexion,
            "UPDATE justificatif SET statut = 'zz' WHERE candidature_id = "
            "(SELECT min(candidature_id) FROM lot_element)",
        )
    with recueillir() as dits:
        (*_, fait) = relances.avancer(responsable, lot.avancement.lot)
    assert (fait.termine, fait.relances) == (True, lot.avancement.total - 1)
    assert any("une pièce" in str(faute) for faute in dits)


COMMANDES: dict[str, tuple[str, ...]] = {
    "list": ("candidature", "lister"),
    "list in JSON": ("candidature", "lister", "--json"),
    "queue": ("justificatif", "file"),
    "lots": ("justificatif", "relances"),
    "another dossier": ("candidature", "voir", AUTRE_NUMERO, "001"),
    "its pieces": ("justificatif", "lister", AUTRE_NUMERO, "001"),
    "its documents": ("document", "lister", AUTRE_NUMERO, "001"),
}


@pytest.mark.parametrize("abimees", [("candidature", "etat"), ("candidat", "naissance"), ("justificatif", "statut")])
def test_each_command_goes_on_and_tells_the_dossier(
    poste: Poste, cyclades: Commande, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, abimees: tuple[str, str]
) -> None:
    abimer(poste, *abimees, "'zz'")
    poste.store.fermer()
    monkeypatch.setenv("CYCLADES_MOT_DE_PASSE", MOT_DE_PASSE)
    lui = ("--store", tmp_path / "store", "--agent", "a.favre")
    dites = ""
    for nom, commande in COMMANDES.items():
        faite = cyclades(*lui, *commande)
        assert faite.code == 0, (nom, faite.tout)
        dites += faite.erreurs
    assert f"! Le dossier {NUMERO}" in dites
    assert "demandez à l'administrateur : cyclades verifier" in dites.lower()
    assert cyclades(*lui, "candidature", "voir", NUMERO, "001").code in (0, 1)
    assert cyclades("--store", tmp_path / "store", "verifier").code == 1
    sauvee = cyclades("--store", tmp_path / "store", "sauvegarder", tmp_path / "ailleurs")
    assert (sauvee.code, "Ce store est abîmé" in sauvee.erreurs) == (0, True)


@pytest.mark.parametrize("geste", ["missing", "another's"])
def test_a_damaged_file_is_told_with_its_dossier(poste: Poste, geste: str) -> None:
    with poste.store.lire() as unite:
        requete = "SELECT sha256 FROM depot UNION SELECT sha256 FROM document WHERE sha256 IS NOT NULL"
        empreintes = [sha256 for (sha256,) in unite.session.connection().exec_driver_sql(requete)]
    for sha256 in empreintes:
        fichier = poste.store.coffre.racine / sha256[:2] / sha256[2:]
        fichier.unlink() if geste == "missing" else fichier.write_bytes(b"autre")
    for acte in TOUJOURS.values():
        acte(poste)
    lui = agent_connecte(poste)
    with pytest.raises(StoreInutilisable, match=f"Le dossier {NUMERO}, inscription 001"):
        _ouvrir_tous(lui)
    nommees = [faute.message for faute in entretien.verifier(poste).fautes if faute.code.startswith("coffre.")]
    assert len(nommees) == len(empreintes)
    assert all("Le dossier 0" in message for message in nommees)

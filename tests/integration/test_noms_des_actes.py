"""Every name that the journal may hold is written by its acte, in a sequence of actes on one store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from outils.actes import demande, lignes, poste_sur, une, verifier_sans_faute
from outils.agents import SESAME, au_nom_de
from outils.comptes import SESAME as SESAME_D_UN_CANDIDAT
from outils.comptes import a_la_borne, code_envoye, email_de, saisie_de
from outils.droits_des_actes import CLE, INCOMPLETS, LIBRES, TABLE, Monde, faire_un_monde
from outils.guide import COMPACTE, EN_INDIVIDUEL, SAISIE
from outils.hacheur import HacheurRapide
from outils.horloge import PENDANT, HorlogeReglable
from pydantic import SecretStr

from cyclades_tui.actes.bureau import agents
from cyclades_tui.actes.candidature import candidatures
from cyclades_tui.actes.candidature.inscription import Modification, enregistrer
from cyclades_tui.actes.documents import documents
from cyclades_tui.actes.personnes import comptes
from cyclades_tui.actes.pieces import anciennes, controle, justificatifs, reception
from cyclades_tui.actes.pieces.controle import Decision
from cyclades_tui.actes.pieces.justificatifs import JustificatifVu
from cyclades_tui.actes.reglages import cle, dossier_de_reglages, entretien
from cyclades_tui.actes.socle import hachage
from cyclades_tui.actes.socle.noms import NOMS, NomActe
from cyclades_tui.domaine.droits import DROITS, Droit, Role
from cyclades_tui.domaine.erreurs import SaisieRefusee
from cyclades_tui.domaine.statuts import ActePiece
from cyclades_tui.poste import Poste, ReglagesDuPoste
from cyclades_tui.store.modele.tables import Lot, LotElement
from cyclades_tui.store.requetes.lignes import ecrire_les_lignes

_LIMITE = datetime(2024, 1, 31, 22, 59, tzinfo=UTC)
_ELLE = {champ: f"Z{texte}" if champ.endswith((".nom", ".prenoms")) else texte for champ, texte in SAISIE.items()}
_ELLE |= EN_INDIVIDUEL | {"candidature.amenagement_handicap": "oui", "identification.email": "z@mail.fr"}
# The same person without the diploma whose paper is requested.
_SANS_TITRE = {champ: texte for champ, texte in _ELLE.items() if champ in COMPACTE or champ in EN_INDIVIDUEL}
_SANS_TITRE |= {"epreuves.E4.langue": "Anglais"}


@dataclass
class Jeu:
    """The store of the table of rights, and what a step leaves to the next ones."""

    monde: Monde
    neuf: Poste | None = None
    numero: str = ""
    suivis: list[int] = field(default_factory=list)

    def agent(self, droit: Droit) -> Poste:
        """A person in Guyane who has a right."""
        roles = {"gestionnaire": Role.GESTIONNAIRE, "responsable": Role.RESPONSABLE, "admin": Role.ADMINISTRATEUR}
        return au_nom_de(self.monde.poste, next(nom for nom, role in roles.items() if droit in DROITS[role]))

    def ecrits(self) -> set[tuple[int, int, str]]:
        """The rows of the journal of each store."""
        postes = [poste for poste in (self.monde.poste, self.neuf) if poste is not None]
        return {
            (rang, *ligne)
            for rang, poste in enumerate(postes)
            for ligne in lignes(poste, "SELECT seq, acte FROM journal")
        }

    def piece(self, nom: str) -> JustificatifVu:
        vus = justificatifs.lister(self.agent(Droit.CONSULTER), self.numero, 1)
        return next(vue for vue in (*vus.pieces, *vus.sans_objet) if vue.piece == nom)


Appel = Callable[[Jeu], object]


def _table(acte: str) -> Appel:
    """The call in the table of rights, by a caller who may."""
    ligne = TABLE[acte]
    return lambda jeu: ligne.appel(jeu.monde, jeu.agent(ligne.droit), 900)


def _creer_le_store(jeu: Jeu) -> None:
    reglages = ReglagesDuPoste(store=jeu.monde.dossier / "neuf", poste="poste-1")
    horloge = HorlogeReglable.a(PENDANT)
    entretien.initialiser(reglages, "48418953-48418999", horloge)
    jeu.neuf = poste_sur(reglages, horloge)


def _ajouter_une_plage(jeu: Jeu) -> None:
    assert jeu.neuf is not None
    entretien.ajouter_une_plage(jeu.neuf, "48419000-48419099")


def _poser_une_cle(jeu: Jeu) -> None:
    """Of the new store, which is closed then and opened again with it."""
    assert jeu.neuf is not None
    cle.definir(jeu.neuf, lambda: CLE, premiere=True)
    reglages = ReglagesDuPoste(store=jeu.monde.dossier / "neuf", poste="poste-1", cle=SecretStr(CLE))
    jeu.neuf = poste_sur(reglages, HorlogeReglable.a(PENDANT))


def _enregistrer(saisie: Mapping[str, str], base: int) -> Appel:
    def enregistrer_la_version(jeu: Jeu) -> None:
        modification = Modification(1, base) if base else None
        jeu.numero = enregistrer(jeu.agent(Droit.INSCRIRE), demande(saisie, modification)).numero_candidat

    return enregistrer_la_version


def _donner(jeu: Jeu, nom: str = "diplome") -> None:
    justificatifs.donner(jeu.agent(Droit.INSCRIRE), jeu.numero, 1, jeu.piece(nom).id, jeu.monde.fichier)


def _retirer(jeu: Jeu) -> None:
    justificatifs.retirer(jeu.agent(Droit.INSCRIRE), jeu.numero, 1, jeu.piece("diplome").id)


def _valider(jeu: Jeu) -> None:
    lui = jeu.agent(Droit.INSCRIRE)
    groupe = next(g for g in justificatifs.lister(lui, jeu.numero, 1).groupes if g.groupe.en_ligne)
    for piece in groupe.pieces:
        justificatifs.donner(lui, jeu.numero, 1, piece.id, jeu.monde.fichier)
    groupe = next(g for g in justificatifs.lister(lui, jeu.numero, 1).groupes if g.groupe.en_ligne)
    justificatifs.valider(lui, jeu.numero, 1, {piece.id: piece.revision for piece in groupe.pieces})


def _recevoir(jeu: Jeu) -> None:
    list(reception.recevoir(jeu.agent(Droit.CONTROLER), [f"{jeu.numero} 001"]))


def _decider(nom: str, decision: Decision) -> Appel:
    def decider(jeu: Jeu) -> None:
        piece = jeu.piece(nom)
        jeu.suivis.append(controle.decider(jeu.agent(Droit.CONTROLER), piece.id, piece.revision, decision).suivi)

    return decider


def _annuler(jeu: Jeu) -> None:
    controle.annuler(jeu.agent(Droit.CONTROLER), jeu.suivis[-1])


def _rouvrir(jeu: Jeu) -> None:
    piece = jeu.piece("diplome")
    lui = jeu.agent(Droit.CONTROLER)
    controle.rouvrir_le_groupe(lui, {piece.id: piece.revision}, Decision(ActePiece.REOUVRIR, limite=_LIMITE))


def _desinscrire(jeu: Jeu) -> None:
    candidatures.desinscrire(jeu.agent(Droit.DESINSCRIRE), jeu.numero, 1)


def _demander_aux_anciennes(jeu: Jeu) -> None:
    """As after a migration: a lot of a candidature to ask its pieces of."""
    with jeu.monde.poste.store.ecrire() as unite:
        lot = Lot(nature="pieces", criteres="{}", acteur="systeme", cree_le="")
        ecrire_les_lignes(unite, lot)
        ecrire_les_lignes(unite, LotElement(lot_id=lot.id, candidature_id=1))
    assert anciennes.demander_aux_anciennes(jeu.monde.poste) == 1


def _rendre(jeu: Jeu) -> None:
    documents.rendre_les_manquants(jeu.monde.poste)


def _creer_un_compte(rang: int) -> Appel:
    return lambda jeu: comptes.creer(jeu.agent(Droit.COMPTES), saisie_de(rang))


def _activer(jeu: Jeu) -> None:
    code = code_envoye(jeu.agent(Droit.COURRIER), 41)
    comptes.activer(a_la_borne(jeu.monde.poste), email_de(41), code)


def _connecter(jeu: Jeu) -> None:
    comptes.connecter(a_la_borne(jeu.monde.poste), email_de(41), SESAME_D_UN_CANDIDAT)


def _effacer(jeu: Jeu) -> None:
    horloge = HorlogeReglable(jeu.monde.poste.maintenant())
    horloge.avancer(hours=49)
    comptes.effacer_les_comptes_expires(replace(jeu.monde.poste, horloge=horloge))


def _se_tromper(jeu: Jeu) -> None:
    with pytest.raises(SaisieRefusee):
        agents.connecter(jeu.monde.poste, "auditeur", "rien")


def _changer_le_mot_de_passe(jeu: Jeu) -> None:
    agents.changer_le_mot_de_passe(jeu.agent(Droit.AGENTS), "n.900", SESAME)


def _apporter_des_reglages(jeu: Jeu) -> None:
    dossier = jeu.monde.dossier / "autres"
    dossier.mkdir()
    (dossier / "a.toml").write_text('source = "essai"', encoding="utf-8")
    dossier_de_reglages.permettre(replace(jeu.agent(Droit.AGENTS), parametrage=dossier))


# Acte, the names that its row must have, and its call; ordered so that each finds what it needs.
ETAPES: tuple[tuple[str, tuple[NomActe, ...], Appel], ...] = (
    ("entretien.initialiser", ("store.creer",), _creer_le_store),
    ("entretien.ajouter_une_plage", ("store.plage",), _ajouter_une_plage),
    ("cle.definir", ("store.cle",), _poser_une_cle),
    ("entretien.sauvegarder", ("store.sauvegarder",), _table("entretien.sauvegarder")),
    ("service.definir", ("service.definir",), _table("service.definir")),
    ("agents.ajouter", ("agent.ajouter",), _table("agents.ajouter")),
    ("agents.desactiver", ("agent.desactiver",), lambda jeu: agents.desactiver(jeu.agent(Droit.AGENTS), "n.900")),
    ("agents.reactiver", ("agent.reactiver",), lambda jeu: agents.reactiver(jeu.agent(Droit.AGENTS), "n.900")),
    ("agents.changer_le_mot_de_passe", ("agent.mot_de_passe",), _changer_le_mot_de_passe),
    ("agents.connecter", ("agent.refuser",), _se_tromper),
    ("agents.connecter", ("agent.connecter",), lambda jeu: agents.connecter(jeu.monde.poste, "auditeur", SESAME)),
    ("candidatures.fiche", ("candidature.lire",), _table("candidatures.fiche")),
    ("candidatures.lister", ("candidature.lister",), _table("candidatures.lister")),
    ("recherche.chercher", ("candidature.chercher",), _table("recherche.chercher")),
    ("consultation.cartes", ("candidat.lire",), _table("consultation.cartes")),
    ("documents.ouvrir", ("document.lire",), _table("documents.ouvrir")),
    ("authentification.verifier_fichier", ("document.verifier",), _table("authentification.verifier_fichier")),
    ("copies.enregistrer", ("document.copier",), _table("copies.enregistrer")),
    ("copies.imprimer", ("document.imprimer",), _table("copies.imprimer")),
    ("justificatifs.lister", ("justificatif.lister",), _table("justificatifs.lister")),
    ("justificatifs.ouvrir_le_depot", ("depot.lire",), _table("justificatifs.ouvrir_le_depot")),
    ("copies.lire_le_depot", ("depot.ouvrir",), _table("copies.lire_le_depot")),
    ("copies.imprimer_le_depot", ("depot.imprimer",), _table("copies.imprimer_le_depot")),
    ("controle.ouvrir", ("justificatif.lire",), _table("controle.ouvrir")),
    ("courrier.consulter", ("courrier.consulter",), _table("courrier.consulter")),
    ("courrier.ecrire", ("courrier.ecrire",), _table("courrier.ecrire")),
    ("courrier.lire", ("courrier.lire",), _table("courrier.lire")),
    ("brouillons.lister", ("brouillon.lire",), _table("brouillons.lister")),
    ("brouillons.abandonner", ("brouillon.abandonner",), _table("brouillons.abandonner")),
    ("attentes.attente", ("file.lire",), _table("attentes.attente")),
    ("attentes.affecter", ("justificatif.affecter",), _table("attentes.affecter")),
    ("attentes_gardees.garder", ("file.garder",), _table("attentes_gardees.garder")),
    ("attentes_gardees.retirer", ("file.retirer",), _table("attentes_gardees.retirer")),
    ("relances.apercevoir", ("relance.apercevoir",), _table("relances.apercevoir")),
    ("relances.commencer", ("relance.commencer",), _table("relances.commencer")),
    ("relances.avancer", ("candidature.relancer",), _table("relances.avancer")),
    ("tirage.tirer", ("relance.tirer",), _table("tirage.tirer")),
    ("relances.abandonner", ("relance.abandonner",), _table("relances.abandonner")),
    ("inscription.enregistrer", ("candidat.creer", "candidature.inscrire"), _enregistrer(_ELLE, 0)),
    ("documents.rendre_les_manquants", ("document.rendre",), _rendre),
    ("reception.recevoir", ("justificatif.recevoir",), _recevoir),
    ("reception.recevoir", ("reception.lire",), _recevoir),
    ("justificatifs.donner", ("justificatif.deposer",), _donner),
    ("justificatifs.retirer", ("justificatif.retirer",), _retirer),
    ("justificatifs.valider", ("justificatif.valider",), _valider),
    ("inscription.enregistrer", ("candidature.modifier", "justificatif.sans_objet"), _enregistrer(_SANS_TITRE, 1)),
    ("inscription.enregistrer", ("justificatif.redemander_pour_la_version",), _enregistrer(_ELLE, 2)),
    ("controle.decider", ("justificatif.accepter",), _decider("identite", Decision(ActePiece.ACCEPTER))),
    ("controle.annuler", ("justificatif.annuler",), _annuler),
    ("controle.decider", ("justificatif.refuser",), _decider("jdc", Decision(ActePiece.REFUSER, "floue"))),
    (
        "controle.decider",
        ("justificatif.redemander",),
        _decider("jdc", Decision(ActePiece.REDEMANDER, "verso", limite=_LIMITE)),
    ),
    ("controle.rouvrir_le_groupe", ("justificatif.reouvrir",), _rouvrir),
    ("candidatures.desinscrire", ("candidature.desinscrire", "justificatif.retirer_des_files"), _desinscrire),
    ("recevabilite.ecarter", ("candidature.ecarter",), _table("recevabilite.ecarter")),
    ("comptes.creer", ("compte.creer",), _creer_un_compte(41)),
    ("comptes.creer", ("compte.renvoyer",), _creer_un_compte(41)),
    ("comptes.renvoyer", ("compte.renvoyer",), _table("comptes.renvoyer")),
    ("comptes.activer", ("compte.activer",), _activer),
    ("comptes.connecter", ("compte.connecter",), _connecter),
    ("comptes.activer_sur_piece", ("compte.activer_sur_piece",), _table("comptes.activer_sur_piece")),
    ("comptes.creer", ("compte.creer",), _creer_un_compte(42)),
    ("anciennes.demander_aux_anciennes", ("justificatif.demander",), _demander_aux_anciennes),
    ("fichiers_pris.accepter", ("service.accepter",), _table("fichiers_pris.accepter")),
    ("dossier_de_reglages.permettre", ("service.parametrage",), _apporter_des_reglages),
    ("entretien.reprendre", ("store.reprendre",), _table("entretien.reprendre")),
    ("entretien.accepter_l_horloge", ("store.horloge",), _table("entretien.accepter_l_horloge")),
    ("comptes.effacer_les_comptes_expires", ("compte.effacer",), _effacer),
)


def test_the_play_knows_every_name_and_every_acte_of_it() -> None:
    assert {nom for _, noms, _ in ETAPES for nom in noms} == set(NOMS)
    assert {acte for acte, _, _ in ETAPES} <= {*TABLE, *LIBRES, "entretien.initialiser"}


def test_every_name_of_the_journal_is_written_by_the_acte_that_the_play_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hachage, "fabriquer_hacheur", HacheurRapide)
    jeu = Jeu(faire_un_monde(tmp_path))
    assert INCOMPLETS.academie == une(jeu.monde.poste, "SELECT academie FROM candidature")
    for acte, noms, appel in ETAPES:
        avant = jeu.ecrits()
        appel(jeu)
        ecrits = {nom for _, _, nom in jeu.ecrits() - avant}
        assert set(noms) <= ecrits <= set(NOMS), acte
    verifier_sans_faute(jeu.monde.poste)

"""What SQLite checks in its own file, and contradictions between rows found by SQL (decision 9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import text

from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.natures import NatureDeDocument
from cyclades_tui.domaine.texte import accorder, denombrer
from cyclades_tui.store.cle_du_journal import CleDuJournal
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes.concordance import SIGNALER
from cyclades_tui.store.requetes.lignes import parcourir
from cyclades_tui.store.requetes.verification import A_RENDRE, SANS_DETAIL, SANS_MESSAGE, ControlesDuMoteur
from cyclades_tui.store.sqlite.lignes_prouvees import lignes_sans_acte

_RESTAURER = "N'écrivez plus dans ce store et restaurez la dernière sauvegarde."

_DEFAUTS_AU_PLUS = 100  # SQLite counts no further
_RECAPITULATIF = {"recapitulatif": NatureDeDocument.RECAPITULATIF.value}


@dataclass(frozen=True, slots=True)
class _Requete:
    """A query whose every row is a fault; its columns fill the gaps of `message` in order."""

    code: str
    sql: str
    message: str
    valeurs: Mapping[str, str] = field(default_factory=dict)


_REQUETES = (
    _Requete(
        "candidature.sans_version",
        "SELECT id FROM candidature WHERE NOT EXISTS "
        "(SELECT 1 FROM version WHERE version.candidature_id = candidature.id)",
        "La candidature {} n'a aucune version.",
    ),
    _Requete(
        "candidature.version",
        "SELECT candidature.id FROM candidature JOIN version ON version.candidature_id = candidature.id "
        "GROUP BY candidature.id HAVING max(version.numero) <> candidature.version "
        "OR min(version.numero) <> 1 OR count(*) <> max(version.numero)",
        "Les versions de la candidature {} ne se suivent pas de 1 à sa dernière version.",
    ),
    _Requete(
        "document.absent",
        "SELECT candidature_id, numero FROM version WHERE NOT EXISTS (SELECT 1 FROM document "
        "WHERE document.version_id = version.id AND document.nature = :recapitulatif "
        "AND document.candidature_id = version.candidature_id)",
        "Le récapitulatif de la candidature {}, version {}, est absent.",
        _RECAPITULATIF,
    ),
    _Requete(
        "message.absent",
        "SELECT candidature.id, version.numero FROM version "
        "JOIN candidature ON candidature.id = version.candidature_id "
        "WHERE version.numero >= 2 AND NOT EXISTS (SELECT 1 FROM message "
        "WHERE message.candidat_id = candidature.candidat_id AND message.candidature_id = candidature.id "
        "AND message.cree_le = version.enregistree_le)",
        "Le message de la candidature {}, version {}, est absent.",
    ),
    # A lawful purge deletes the details along with the rows.
    _Requete(
        "journal.ligne_orpheline",
        "SELECT DISTINCT sujet FROM journal JOIN journal_detail USING (seq) "
        "WHERE (sujet LIKE 'candidat:%' AND CAST(substr(sujet, 10) AS INTEGER) NOT IN (SELECT id FROM candidat)) "
        "OR (sujet LIKE 'candidature:%' AND CAST(substr(sujet, 13) AS INTEGER) NOT IN (SELECT id FROM candidature)) "
        "OR (sujet LIKE 'document:%' AND CAST(substr(sujet, 10) AS INTEGER) NOT IN (SELECT id FROM document)) "
        "OR (sujet LIKE 'justificatif:%' AND CAST(substr(sujet, 14) AS INTEGER) NOT IN (SELECT id FROM justificatif))",
        "Le journal a gardé des actes sur « {} », que le store n'a plus.",
    ),
    _Requete(
        "journal.version_absente",
        "SELECT seq FROM journal JOIN journal_detail USING (seq) "
        "WHERE acte IN ('candidature.inscrire', 'candidature.modifier') "
        "AND NOT EXISTS (SELECT 1 FROM version WHERE version.journal_seq = journal.seq)",
        "La ligne {} du journal enregistre une version que le store n'a plus.",
    ),
    _Requete(
        "justificatif.depot",
        "SELECT justificatif.id FROM justificatif JOIN depot ON depot.id = depot_id "
        "WHERE depot.justificatif_id <> justificatif.id OR depot.retire_le IS NOT NULL",
        "Le fichier du justificatif {} est celui d'une autre pièce, ou il a été retiré.",
    ),
    # A row must be as the last step of its history left it; without steps, nothing was given and nothing is locked.
    _Requete(
        "justificatif.suivi",
        "SELECT j.id FROM justificatif j JOIN suivi s ON s.justificatif_id = j.id "
        "WHERE s.id = (SELECT max(id) FROM suivi WHERE justificatif_id = j.id) "
        "AND (j.statut, j.commentaire, j.limite, j.recue_le, j.depot_id, j.valide_le, j.a_controler, j.attend_depuis)"
        " IS NOT (s.statut, s.commentaire, s.limite, s.recue_le, s.depot_id, s.valide_le, s.a_controler,"
        " s.attend_depuis) "
        "UNION SELECT id FROM justificatif WHERE (depot_id IS NOT NULL OR valide_le IS NOT NULL OR a_controler) "
        "AND NOT EXISTS (SELECT 1 FROM suivi WHERE justificatif_id = justificatif.id)",
        "Le justificatif {} n'est pas comme son dernier acte l'a laissé.",
    ),
    # A lawful purge deletes the details along with the rows.
    _Requete(
        "justificatif.valide",
        "SELECT id FROM (SELECT max(seq), sujet, valeurs FROM journal JOIN journal_detail USING (seq) "
        "WHERE acte = 'justificatif.valider' GROUP BY sujet) "
        "JOIN (SELECT justificatif.id, sha256 FROM justificatif JOIN depot ON depot.id = depot_id "
        "WHERE valide_le IS NOT NULL) ON sujet = 'justificatif:' || id WHERE NOT instr(valeurs, sha256)",
        "Le justificatif {} n'a pas le fichier que son candidat a validé.",
    ),
    _Requete(
        "numero.hors_plage",
        "SELECT id FROM candidat WHERE numero NOT GLOB '0[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]' "
        "OR NOT EXISTS (SELECT 1 FROM plage WHERE plage.formation = candidat.formation "
        "AND CAST(substr(numero, 4) AS INTEGER) >= debut AND CAST(substr(numero, 4) AS INTEGER) < prochain)",
        "Le numéro du candidat {} n'a pas été donné par une plage de ce store.",
    ),
    _Requete(
        "numero.double",
        "SELECT group_concat(id, ', ') FROM candidat GROUP BY substr(numero, 4) HAVING count(*) > 1",
        "Les candidats {} ont la même série dans leur numéro.",
    ),
)


@dataclass(frozen=True, slots=True)
class _Compte:
    """A query that counts; a count other than 0 is reported, in `singulier` for 1, else in `pluriel`."""

    code: str
    sql: str
    singulier: str
    pluriel: str
    remede: str
    valeurs: Mapping[str, str] = field(default_factory=dict)


_COMPTES = (
    _Compte(
        A_RENDRE,
        "SELECT count(*) FROM document WHERE sha256 IS NULL AND nature = :recapitulatif",
        "1 récapitulatif à rendre : il le sera quand on l'ouvrira.",
        "{} récapitulatifs à rendre : ils le seront quand on les ouvrira.",
        "",
        _RECAPITULATIF,
    ),
    _Compte(
        SANS_DETAIL,
        "SELECT count(*) FROM journal WHERE NOT EXISTS (SELECT 1 FROM journal_detail d WHERE d.seq = journal.seq)",
        "1 ligne du journal est sans détail, comme après un effacement prévu.",
        "{} lignes du journal sont sans détail, comme après un effacement prévu.",
        "Si rien n'a été effacé, comparez ce store à la dernière sauvegarde.",
    ),
    _Compte(
        SANS_MESSAGE,
        "SELECT count(*) FROM version JOIN candidature ON candidature.id = version.candidature_id "
        "WHERE version.numero = 1 AND NOT EXISTS (SELECT 1 FROM message "
        "WHERE message.candidat_id = candidature.candidat_id AND message.candidature_id = candidature.id "
        "AND message.cree_le = version.enregistree_le)",
        "1 inscription est sans message, ce qu'un service peut vouloir.",
        "{} inscriptions sont sans message, ce qu'un service peut vouloir.",
        "Si leur service en envoie, comparez ce store à la dernière sauvegarde.",
    ),
)


def _pages(unite: Unite) -> Iterator[Faute]:
    constats = unite.session.scalars(text(f"PRAGMA integrity_check({_DEFAUTS_AU_PLUS})")).all()
    nombre = sum(constat != "ok" for constat in constats)
    if nombre:
        abimees = denombrer(nombre, "page abîmée", "pages abîmées")
        message = f"La base est endommagée : {abimees}{' ou plus' if nombre >= _DEFAUTS_AU_PLUS else ''}."
        yield Faute("store.endommage", "", message, _RESTAURER)


def _declencheurs(unite: Unite) -> Iterator[Faute]:
    from cyclades_tui.store.sqlite.migration import declencheurs

    attendus = declencheurs()
    trouves = dict(unite.session.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all())
    for nom in sorted(attendus.keys() | trouves.keys()):
        if trouves.get(nom) != attendus.get(nom):
            constat = "manque" if nom not in trouves else "n'est pas celui de ce logiciel"
            message = f"Le déclencheur « {nom} », qui garde ce qui ne doit pas changer, {constat}."
            yield Faute("store.declencheur", "", message, SIGNALER)


def _references(unite: Unite) -> Iterator[Faute]:
    for table, ligne, cible, _ in unite.session.execute(text("PRAGMA foreign_key_check")):
        message = f"La ligne {ligne} de « {table} » désigne une ligne absente de « {cible} »."
        yield Faute("store.reference", "", message, _RESTAURER)


def _ensemble(requete: _Requete, unite: Unite) -> Iterator[Faute]:
    for colonnes in parcourir(unite, text(requete.sql).bindparams(**requete.valeurs)):
        yield Faute(requete.code, "", requete.message.format(*colonnes), SIGNALER)


def _compte(compte: _Compte, unite: Unite) -> Iterator[Faute]:
    nombre = unite.session.scalar(text(compte.sql).bindparams(**compte.valeurs))
    if nombre:
        message = accorder(nombre, compte.singulier, compte.pluriel).format(nombre)
        yield Faute(compte.code, "", message, compte.remede)


def controles(cle: CleDuJournal | Faute) -> ControlesDuMoteur:
    """The checks of this engine; without the journal's key, what is said of it stands for the proof of the rows."""

    def preuve(unite: Unite) -> Iterator[Faute]:
        return iter((cle,)) if isinstance(cle, Faute) else lignes_sans_acte(unite, cle)

    return ControlesDuMoteur(
        conservation=(_pages, _declencheurs, _references, preuve),
        contradictions=tuple(partial(_ensemble, requete) for requete in _REQUETES),
        comptes=tuple(partial(_compte, compte) for compte in _COMPTES),
    )

"""Compares every row of the store with what the keyed chain says that acts wrote (decision 17)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any, TypeGuard

from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.store.cle_du_journal import CleDuJournal
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes.concordance import SIGNALER
from cyclades_tui.store.sqlite.preuve import GENESE, cle_et_sceau, tables_prouvees

_FAUTES_AU_PLUS = 100
_ABSENT = bytes(16)
_DENSE_AU_PLUS = 1_000_000  # how far beyond the last one a key may lie in the array


class _Sceaux:
    """The last digest of each row of a table: an array for keys that count up, 16 bytes each, a dict for others."""

    def __init__(self) -> None:
        self._rangs = bytearray()
        self._autres: dict[object, bytes] = {}

    def lire(self, cle: object) -> str | None:
        """The digest of a row, None if there is no such row."""
        trouve = self._rangs[16 * cle : 16 * cle + 16] if self._est_un_rang(cle) else self._autres.get(cle, _ABSENT)
        return None if not trouve or trouve == _ABSENT else trouve.hex()

    def remplacer(self, cle: object, sceau: str | None) -> str | None:
        """Give a row another digest, None if it is gone; returns the one that it had."""
        octets = _ABSENT if sceau is None else bytes.fromhex(sceau)
        if not self._est_un_rang(cle):
            trouve = self._autres.get(cle, _ABSENT)
            self._autres[cle] = octets
        else:
            debut = 16 * cle
            trouve = bytes(self._rangs[debut : debut + 16]) or _ABSENT
            if (manque := debut + 16 - len(self._rangs)) > 0:
                self._rangs.extend(bytes(manque))
            self._rangs[debut : debut + 16] = octets
        return None if trouve == _ABSENT else trouve.hex()

    def restants(self) -> Iterator[object]:
        """The keys that still have a digest."""
        yield from (rang for rang in range(len(self._rangs) // 16) if self.lire(rang) is not None)
        yield from (cle for cle in self._autres if self.lire(cle) is not None)

    def _est_un_rang(self, cle: object) -> TypeGuard[int]:
        return type(cle) is int and 0 <= cle < len(self._rangs) // 16 + _DENSE_AU_PLUS


def lignes_sans_acte(unite: Unite, cle: CleDuJournal) -> Iterator[Faute]:
    """Every link of the chain that was changed, every row that no act explains; at most 100 faults of each."""
    connexion = unite.session.connection().connection.driver_connection
    sceaux: dict[str, _Sceaux] = defaultdict(_Sceaux)
    yield from islice(_suivre(connexion, cle, sceaux), _FAUTES_AU_PLUS)
    yield from islice(_comparer(connexion, sceaux), _FAUTES_AU_PLUS)


def maillons_rompus(unite: Unite, cle: CleDuJournal) -> Iterator[Faute]:
    """Every link of the chain that was changed, moved or taken out; the rows themselves are not looked at."""
    connexion = unite.session.connection().connection.driver_connection
    return _suivre(connexion, cle, defaultdict(_Sceaux))


def _suivre(connexion: Any, cle: CleDuJournal, sceaux: dict[str, _Sceaux]) -> Iterator[Faute]:
    """Walk the chain, and leave in `sceaux` what each row must be."""
    precedent, attendu = GENESE, 1
    ecritures = connexion.execute(
        "SELECT id, journal_seq, CAST(lignes AS BLOB), CAST(hachage AS BLOB) FROM ecriture ORDER BY id"
    )
    for numero, seq, lignes, hachage in ecritures:
        if numero != attendu:
            yield _faute(
                "preuve.chaine", f"Les écritures {attendu} à {numero - 1} de la preuve du journal ont été retirées."
            )
        octets = lignes or b""
        if cle.maillon(numero, precedent, seq, octets).encode() != hachage:
            yield _faute(
                "preuve.chaine",
                f"L'écriture {numero} de la preuve du journal, après sa ligne {seq}, a été modifiée ou déplacée.",
            )
        precedent, attendu = (hachage or b"").decode("ascii", "replace"), numero + 1
        for table, ligne, avant, apres in _lire(octets):
            if sceaux[table].remplacer(ligne, apres) != avant:
                quand = f"avant la ligne {seq} du journal" if seq else "avant la première ligne du journal"
                constat = f"n'était plus, {quand}, comme un acte l'avait laissée"
                yield _faute_de_ligne(connexion, table, ligne, constat)


def _comparer(connexion: Any, sceaux: dict[str, _Sceaux]) -> Iterator[Faute]:
    for table in tables_prouvees(connexion):
        attendus = sceaux[table]
        identifiant, sceau = cle_et_sceau(connexion, table)
        for ligne, trouve in connexion.execute(f'SELECT {identifiant}, {sceau} FROM main."{table}"'):
            attendu = attendus.remplacer(ligne, None)
            if attendu is None:
                yield _faute_de_ligne(connexion, table, ligne, "a été ajoutée sans acte")
            elif trouve != attendu:
                yield _faute_de_ligne(connexion, table, ligne, "n'est pas comme le dernier acte l'a laissée")
    for table, attendus in sorted(sceaux.items()):
        for ligne in attendus.restants():
            yield _faute_de_ligne(connexion, table, ligne, "a été effacée sans acte")


def _lire(octets: bytes) -> list[Any]:
    """The rows that a link names; none if it is damaged, which its digest tells."""
    try:
        lignes = json.loads(octets)
    except (ValueError, RecursionError):
        return []
    return (
        [ligne for ligne in lignes if isinstance(ligne, list) and len(ligne) == 4] if isinstance(lignes, list) else []
    )


def _faute_de_ligne(connexion: Any, table: str, ligne: object, constat: str) -> Faute:
    acte, sujet = _dernier_acte(connexion, table, ligne)
    dossier = _dossier(connexion, table, ligne) or _du_sujet(connexion, sujet)
    lieu = f", {dossier}," if dossier else ""
    return _faute("preuve.ligne", f"La ligne {ligne} de « {table} »{lieu} {constat}{acte}.")


def _dernier_acte(connexion: Any, table: str, ligne: object) -> tuple[str, str]:
    """The last act that the chain knows for a row, in words, and its subject; empty if there is none."""
    debut = json.dumps([table, ligne], ensure_ascii=False, separators=(",", ":"))[:-1] + ","
    trouve = connexion.execute(
        "SELECT seq, CAST(acte AS BLOB), CAST(sujet AS BLOB) FROM ecriture JOIN journal ON seq = journal_seq "
        "WHERE instr(CAST(lignes AS BLOB), CAST(? AS BLOB)) ORDER BY id DESC LIMIT 1",
        (debut,),
    ).fetchone()
    if trouve is None:
        return "", ""
    seq, acte, sujet = trouve
    return f" (« {_clair(acte)} », ligne {seq} du journal)", _clair(sujet)


# Where a row names its candidature or its person: column of the row, path to `candidature.id` or `candidat.id`.
_VERS_LA_CANDIDATURE = {
    "candidature_id": "?",
    "justificatif_id": "(SELECT candidature_id FROM justificatif WHERE id = ?)",
    "version_id": "(SELECT candidature_id FROM version WHERE id = ?)",
}
_CANDIDATURE = (
    "SELECT CAST(candidat.numero AS BLOB), candidature.numero FROM candidature "
    "JOIN candidat ON candidat.id = candidat_id WHERE candidature.id = {}"
)
_PERSONNE = "SELECT CAST(numero AS BLOB), NULL FROM candidat WHERE id = ?"


def _dossier(connexion: Any, table: str, ligne: object) -> str:
    """The dossier that a row belongs to, in words; empty if it belongs to none."""
    colonnes = [colonne[1] for colonne in connexion.execute(f'PRAGMA table_info("{table}")').fetchall()]
    if table in ("candidature", "candidat"):
        return _en_mots(connexion, _CANDIDATURE.format("?") if table == "candidature" else _PERSONNE, ligne)
    for colonne in colonnes:
        if colonne in _VERS_LA_CANDIDATURE or colonne == "candidat_id":
            requete = f'SELECT "{colonne}" FROM main."{table}" WHERE {cle_et_sceau(connexion, table)[0]} = ?'
            porteur = connexion.execute(requete, (ligne,)).fetchone()
            chemin = _VERS_LA_CANDIDATURE.get(colonne)
            vers = _PERSONNE if chemin is None else _CANDIDATURE.format(chemin)
            if porteur is not None and (mots := _en_mots(connexion, vers, porteur[0])):
                return mots
    if table in ("journal", "journal_detail"):
        sujet = connexion.execute("SELECT CAST(sujet AS BLOB) FROM journal WHERE seq = ?", (ligne,)).fetchone()
        return "" if sujet is None else _du_sujet(connexion, _clair(sujet[0]))
    return ""


def _du_sujet(connexion: Any, sujet: str) -> str:
    """The dossier that a subject of the journal (`candidature:12`) names."""
    table, _, ligne = sujet.partition(":")
    connue = table in ("candidature", "candidat", "justificatif", "document", "version", "compte", "depot")
    return _dossier(connexion, table, int(ligne)) if connue and ligne.isdigit() else ""


def _en_mots(connexion: Any, requete: str, valeur: object) -> str:
    trouve = connexion.execute(requete, (valeur,)).fetchone()
    if trouve is None:
        return ""
    numero, inscription = trouve
    suite = "" if inscription is None else f", inscription {inscription:03d}" if isinstance(inscription, int) else ""
    return f"dossier {_clair(numero)}{suite}"


def _clair(octets: Any) -> str:
    return octets.decode("utf-8", "replace") if isinstance(octets, bytes) else str(octets)


def _faute(code: str, message: str) -> Faute:
    return Faute(code, "", message, SIGNALER)

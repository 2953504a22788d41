"""Words a damaged row: what it is, of which dossier, and what to do (decision 20)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Select, select

from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.store.modele.tables import Table
from cyclades_tui.store.modele.unite import Unite

ABIMEE = "ligne.abimee"
ABSENTE = "ligne.absente"

_QUOI: Final = MappingProxyType(
    {
        "agent": "le compte d'un agent",
        "brouillon": "un brouillon",
        "candidat": "l'état civil",
        "candidature": "la candidature",
        "compte": "le compte du candidat",
        "depot": "un fichier déposé",
        "document": "un document",
        "filtre_garde": "une file gardée",
        "justificatif": "une pièce",
        "lot": "un lot de relances",
        "lot_element": "un lot de relances",
        "message": "un message",
        "plage": "une plage de numéros",
        "suivi": "l'historique d'une pièce",
        "version": "une version enregistrée",
    }
)
_ABREGE = 12  # signs of a digest that are told
_LIEUX_AU_PLUS = 3  # the same file may be given many times
_REMEDE = "Demandez à l'administrateur : cyclades verifier."

_T = Table.metadata.tables
_CANDIDAT, _CANDIDATURE = _T["candidat"], _T["candidature"]
_PERSONNE: Select[Any] = select(_CANDIDAT.c.numero)
_DOSSIER: Select[Any] = select(_CANDIDAT.c.numero, _CANDIDATURE.c.numero).join_from(
    _CANDIDATURE, _CANDIDAT, _CANDIDAT.c.id == _CANDIDATURE.c.candidat_id
)


def dire(unite: Unite, table: str, valeurs: Mapping[str, Any], colonne: str) -> Faute:
    """What is said of a row that is set aside, or on which an acte is refused."""
    lieu = _lieu(unite, table, valeurs)
    quoi = _QUOI.get(table, f"une ligne de « {table} »")
    message = (
        f"{lieu} : {quoi} est à part, sa donnée « {colonne} » est abîmée."
        if lieu
        else (f"{quoi[0].upper()}{quoi[1:]} est à part : sa donnée « {colonne} » est abîmée.")
    )
    return Faute(ABIMEE, "", message, _REMEDE)


def situer(unite: Unite, sha256: str, fautes: Sequence[Faute]) -> list[Faute]:
    """Faults of a file of the coffre, with the dossiers that have it."""
    if not any(sha256[:_ABREGE] in faute.message for faute in fautes):
        return list(fautes)  # it is the whole coffre that is gone
    lieux = dict.fromkeys(
        _lieu(unite, nom, ligne._asdict())
        for nom in ("document", "depot")
        for ligne in unite.session.execute(select(_T[nom]).where(_T[nom].c.sha256 == sha256).limit(_LIEUX_AU_PLUS))
    )
    suite = "".join(f" {lieu}." for lieu in lieux if lieu)
    return [replace(faute, message=f"{faute.message}{suite}") for faute in fautes]


def dire_absente(table: str, cle: object) -> Faute:
    """What is said of a row that others name, and that is gone."""
    quoi = _QUOI.get(table, f"une ligne de « {table} »")
    return Faute(ABSENTE, "", f"Il manque {quoi} à un dossier (« {table} », ligne {cle}).", _REMEDE)


def _lieu(unite: Unite, table: str, valeurs: Mapping[str, Any]) -> str:
    """`Le dossier 02348418953, inscription 001`, the person alone, or the agent; empty if the row names none."""
    if table == "agent":
        return f"L'agent « {valeurs['identifiant']} »"
    if table == "candidat":
        return f"Le dossier {valeurs['numero']}"
    candidature = valeurs["id"] if table == "candidature" else valeurs.get("candidature_id")
    if "justificatif_id" in valeurs:
        piece = _T["justificatif"]
        candidature = _un(unite, select(piece.c.candidature_id).where(piece.c.id == valeurs["justificatif_id"]))[0]
    if candidature is not None:
        numero, inscription = _un(unite, _DOSSIER.where(_CANDIDATURE.c.id == candidature), 2)
        if numero is not None:
            suite = f"{inscription:03d}" if isinstance(inscription, int) else str(inscription)
            return f"Le dossier {numero}, inscription {suite}"
    if (candidat := valeurs.get("candidat_id")) is not None:
        numero, *_ = _un(unite, _PERSONNE.where(_CANDIDAT.c.id == candidat))
        return "" if numero is None else f"Le dossier {numero}"
    return ""


def _un(unite: Unite, requete: Select[Any], colonnes: int = 1) -> tuple[Any, ...]:
    trouve = unite.session.execute(requete).first()
    return (None,) * colonnes if trouve is None else tuple(trouve)

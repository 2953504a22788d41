"""Drafts: what was typed, valid or not, until it is saved as a version or given up (decision 4)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypedDict, Unpack

from sqlmodel import col, func, select

from cyclades_tui.domaine.erreurs import ActeRefuse, Faute
from cyclades_tui.domaine.temps import de_iso, en_iso
from cyclades_tui.store.modele import tables
from cyclades_tui.store.modele.formes import abimee
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes.lignes import toutes

_SECRETS = ("mot_de_passe", "confirmation_mot_de_passe")
_DE_MODIFICATION = "candidature:"
_A_PART = "a-part:"  # before the key of a damaged draft in whose place there is another


def base_de_modification(candidature_id: int, version: int | Literal[""]) -> str:
    """The `base` of a draft that changes `version` of a candidature; a prefix for all versions if it is empty."""
    return f"{_DE_MODIFICATION}{candidature_id}|version:{version}"


def candidature_modifiee(base: str) -> int | None:
    """The candidature that a draft changes; None for the draft of a first version."""
    identifiant = base.partition("|")[0].removeprefix(_DE_MODIFICATION)
    return int(identifiant) if base.startswith(_DE_MODIFICATION) else None


@dataclass(frozen=True, slots=True)
class CleBrouillon:
    """The key of a draft: the person, and what the draft will become.

    `candidat` has no `|`; `base` is `examen|session|academie` or `candidature:ID|version:N`.
    """

    candidat: str
    base: str

    @property
    def texte(self) -> str:
        return f"{self.candidat}|{self.base}"


class Contexte(TypedDict):
    """What is kept besides the text: tab, focused field, référentiel's digest, screen that holds the draft, instant."""

    onglet: str
    focus: str
    referentiel_sha256: str
    ecran: str
    instant: datetime


@dataclass(frozen=True, slots=True)
class BrouillonGarde:
    """A draft as it was kept: `saisie` is field id -> text; `ecran` is the screen that holds it, None if none does."""

    cle: CleBrouillon
    saisie: dict[str, str]
    onglet: str
    focus: str
    referentiel_sha256: str
    ecran: str | None
    maj_le: datetime


def garder(
    unite: Unite,
    cle: CleBrouillon,
    saisie: Mapping[str, str],
    *,
    existant: bool = False,
    **contexte: Unpack[Contexte],
) -> None:
    """Keep the whole draft, without passwords, for its screen, which takes it if no other holds it.

    Raises ActeRefuse if another screen holds it (`brouillon.pris`), or if it was there (`existant`) and no longer is
    (`brouillon.fini`): it was saved as a version or given up, and must not come back.
    """
    ligne = _ligne(unite, cle)
    if ligne is not None and abimee(ligne):
        # What can still be read of it is there for who repairs the store; the person's next draft takes its place.
        ligne.cle, ligne = f"{_A_PART}{ligne.id}|{ligne.cle}", None
        unite.session.flush()
    if ligne is None and existant:
        raise ActeRefuse(
            Faute(
                "brouillon.fini",
                "",
                "Cette saisie a été enregistrée ou effacée ailleurs : ce que vous tapez ici n'est plus gardé.",
                "Quittez cet écran, puis voyez « Mes inscriptions ».",
            )
        )
    if ligne is not None and ligne.ecran not in (None, contexte["ecran"]):
        raise ActeRefuse(
            Faute(
                "brouillon.pris",
                "",
                "Ce brouillon est ouvert sur un autre écran : ce que vous venez de taper n'y est pas gardé.",
                "Reprenez la main sur cet écran, ou continuez sur l'autre.",
            )
        )
    # ASCII escapes, because terminals may send lone surrogates, which UTF-8 cannot hold.
    texte = json.dumps({champ: texte for champ, texte in saisie.items() if not _est_secret(champ)})
    colonnes: dict[str, Any] = {
        "saisie": texte,
        "onglet": contexte["onglet"],
        "focus": contexte["focus"],
        "referentiel_sha256": contexte["referentiel_sha256"],
        "ecran": contexte["ecran"],
        "maj_le": en_iso(contexte["instant"]),
    }
    if ligne is None:
        ligne = tables.Brouillon(cle=cle.texte, candidat_id=_candidat_id(unite, cle), **colonnes)
    else:
        ligne.sqlmodel_update(colonnes)
    unite.session.add(ligne)
    unite.session.flush()


def reprendre(unite: Unite, cle: CleBrouillon) -> BrouillonGarde | None:
    """The draft with this key; None, too, if it is damaged, which is told. Reading it leaves it to its screen."""
    lues = toutes(unite, select(tables.Brouillon).where(tables.Brouillon.cle == cle.texte), a_part=True)
    return _lire(lues[0]) if lues else None


def prendre_la_main(unite: Unite, cle: CleBrouillon, ecran: str, instant: datetime) -> None:
    """Give the draft to a screen, even if another holds it; does nothing if there is no draft."""
    ligne = _ligne(unite, cle)
    if ligne is not None:
        ligne.ecran, ligne.maj_le = ecran, en_iso(instant)
        unite.session.flush()


def rendre_la_main(unite: Unite, cle: CleBrouillon, ecran: str) -> None:
    """Release the draft if this screen holds it, so that another can take it."""
    ligne = _ligne(unite, cle)
    if ligne is not None and ligne.ecran == ecran:
        ligne.ecran = None
        unite.session.flush()


def abandonner(unite: Unite, cle: CleBrouillon) -> None:
    """Delete the draft: it was saved as a version, or given up."""
    ligne = _ligne(unite, cle)
    if ligne is not None:
        unite.session.delete(ligne)
        unite.session.flush()


def lister(unite: Unite, candidat: str) -> Sequence[BrouillonGarde]:
    """The drafts of a person (`CleBrouillon.candidat`), the latest first."""
    debut = f"{candidat}|"
    requete = (
        select(tables.Brouillon)
        .where(func.substr(tables.Brouillon.cle, 1, len(debut)) == debut)
        .order_by(col(tables.Brouillon.maj_le).desc())
    )
    return [_lire(ligne) for ligne in toutes(unite, requete)]


def tous(unite: Unite) -> Iterator[BrouillonGarde]:
    """Every draft of the store, in no order."""
    return (_lire(ligne) for ligne in toutes(unite, select(tables.Brouillon)))


def accorder(brouillon: BrouillonGarde, champs_connus: AbstractSet[str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Split a draft of another référentiel: the texts of fields that still exist, the ids of those that do not."""
    gardes = {champ: texte for champ, texte in brouillon.saisie.items() if champ in champs_connus}
    return gardes, tuple(champ for champ in brouillon.saisie if champ not in champs_connus)


def _est_secret(champ: str) -> bool:
    return champ.rpartition(".")[2].startswith(_SECRETS)


def _ligne(unite: Unite, cle: CleBrouillon) -> tables.Brouillon | None:
    return unite.session.exec(select(tables.Brouillon).where(tables.Brouillon.cle == cle.texte)).first()


def _candidat_id(unite: Unite, cle: CleBrouillon) -> int | None:
    return unite.session.exec(select(tables.Candidat.id).where(tables.Candidat.numero == cle.candidat)).first()


def _lire(ligne: tables.Brouillon) -> BrouillonGarde:
    candidat, _, base = ligne.cle.partition("|")
    return BrouillonGarde(
        cle=CleBrouillon(candidat, base),
        saisie=json.loads(ligne.saisie),
        onglet=ligne.onglet,
        focus=ligne.focus,
        referentiel_sha256=ligne.referentiel_sha256,
        ecran=ligne.ecran,
        maj_le=de_iso(ligne.maj_le),
    )

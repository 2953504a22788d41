"""The N° candidat: `0`, two-digit year, 8-digit serial out of the store's ranges (decision 6)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from cyclades_tui.domaine.erreurs import ActeRefuse, Faute, SaisieRefusee
from cyclades_tui.domaine.temps import en_iso
from cyclades_tui.store.modele.tables import Plage
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes.lignes import toutes

PLAGE_FORMATION = (99_000_000, 99_999_999)

_SERIE_MAX = 99_999_999
_SEUIL = 90  # percentage of serials used from which a warning is given
_FORME = re.compile(r"\s*(\d+)\s*[-–]\s*(\d+)\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Numero:
    """A number just given; `avertissement` is filled once 90 % of the ranges are used."""

    numero: str
    formation: bool
    avertissement: Faute | None


def lire_plage(texte: str) -> tuple[int, int]:
    """The two ends of `48418953-48499999`. Raises SaisieRefusee."""
    forme = _FORME.fullmatch(texte)
    if forme is None:
        raise SaisieRefusee(
            _faute_de_plage(f"« {texte} » n'est pas une plage.", "Écrivez DEBUT-FIN, par exemple 48418953-48499999.")
        )
    longueurs = {len(borne) for borne in forme.groups()}
    if longueurs == {11}:
        remede = "Un N° candidat a onze chiffres, une plage en compte huit : gardez les huit derniers de chaque borne."
        raise SaisieRefusee(_faute_de_plage(f"Les bornes de « {texte} » ont onze chiffres.", remede))
    if longueurs != {8}:
        raise SaisieRefusee(
            _faute_de_plage(
                f"Chaque borne de « {texte} » doit avoir huit chiffres.",
                "Complétez avec des zéros à gauche ou vérifiez la plage reçue.",
            )
        )
    return int(forme[1]), int(forme[2])


def ajouter_plage(unite: Unite, debut: int, fin: int, *, formation: bool, instant: datetime) -> None:
    """Add a range, both ends included, to be used after the existing ones.

    Raises SaisieRefusee (reversed, not 8 digits, overlapping), ActeRefuse (official range after training numbers).
    """
    plages: list[Plage] = toutes(unite, select(Plage))
    _refuser_bornes(debut, fin, [(plage.debut, plage.fin) for plage in plages])
    if not formation and any(plage.formation and plage.prochain > plage.debut for plage in plages):
        raise ActeRefuse(
            Faute(
                "plage.formation",
                "plage",
                "Ce store a déjà donné des numéros de formation : il ne peut pas recevoir de plage officielle.",
                "Créez un nouveau store avec « cyclades init --plage DEBUT-FIN ».",
            )
        )
    unite.session.add(
        Plage(debut=debut, fin=fin, prochain=debut, formation=formation, ajoutee_le=en_iso(instant)),
    )
    unite.session.flush()


def de_formation(unite: Unite) -> bool:
    """Whether the next number is one of training: there is no official range."""
    return all(unite.session.exec(select(col(Plage.formation))))


def attribuer(unite: Unite, *, annee: int) -> Numero:
    """Use up the next serial, from the official ranges if there are any, otherwise from the training range.

    `annee` is the year when the Candidat is created, four digits. Raises ActeRefuse if all ranges are used up.
    """
    connues: list[Plage] = toutes(unite, select(Plage).order_by(col(Plage.id)))
    plages = [plage for plage in connues if not plage.formation] or connues
    libre = next((plage for plage in plages if plage.prochain <= plage.fin), None)
    if libre is None:
        raise ActeRefuse(
            Faute(
                "plage.epuisee",
                "plage",
                "Il ne reste plus de N° candidat à donner dans ce store.",
                "Demandez une nouvelle plage au rectorat, puis ajoutez-la à ce store.",
            )
        )
    serie = libre.prochain
    libre.prochain += 1
    return Numero(f"0{annee % 100:02d}{serie:08d}", libre.formation, _avertissement(plages))


def _avertissement(plages: list[Plage]) -> Faute | None:
    total = sum(plage.fin - plage.debut + 1 for plage in plages)
    donnes = sum(plage.prochain - plage.debut for plage in plages)
    if donnes * 100 < total * _SEUIL:
        return None
    return Faute(
        "plage.bientot_epuisee",
        "plage",
        f"Il reste {total - donnes} N° candidat à donner sur {total}.",
        "Demandez dès maintenant une nouvelle plage au rectorat.",
    )


def _refuser_bornes(debut: int, fin: int, existantes: list[tuple[int, int]]) -> None:
    plage = f"{debut:08d}-{fin:08d}"
    if not (0 <= debut <= _SERIE_MAX and 0 <= fin <= _SERIE_MAX):
        raise SaisieRefusee(_faute_de_plage(f"La plage {plage} sort des huit chiffres.", "Vérifiez la plage reçue."))
    if debut > fin:
        raise SaisieRefusee(
            _faute_de_plage(f"La plage {plage} finit avant de commencer.", "Donnez d'abord le plus petit numéro.")
        )
    for autre_debut, autre_fin in existantes:
        if debut <= autre_fin and autre_debut <= fin:
            raise SaisieRefusee(
                _faute_de_plage(
                    f"La plage {plage} recouvre la plage {autre_debut:08d}-{autre_fin:08d} de ce store.",
                    "Vérifiez la plage reçue : un numéro ne peut servir qu'une fois.",
                )
            )


def _faute_de_plage(message: str, remede: str) -> Faute:
    return Faute("plage.fautive", "plage", message, remede)

"""A sentence that an agent writes, for a candidate or for the journal: one line, of limited length, printable."""

from __future__ import annotations

from enum import Enum

from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee
from cyclades_tui.domaine.texte import hors_repertoire, nfc, nommer_caractere


class LecteurDuTexte(Enum):
    """Who reads it, in words."""

    CANDIDAT = "le candidat le lira"
    JOURNAL = "le journal le garde pour les agents"


def lire_texte_libre(
    texte: str, champ: str, code: str, maximum: int, lecteur: LecteurDuTexte, exemple: str = ""
) -> str:
    """The text with single spaces; `champ` is the field's name after « le » in French.

    It may be empty unless it has an `exemple`. Raises SaisieRefusee, `CODE_long`, `CODE_signe` or `CODE_absent`.
    """
    lu = nfc(" ".join(texte.split()))
    if len(lu) > maximum:
        message = f"Le {champ} a {len(lu)} signes, il en faut {maximum} au plus."
        raise SaisieRefusee(Faute(f"{code}_long", champ, message, f"Raccourcissez-le : {lecteur.value}."))
    if inconnus := hors_repertoire(lu):
        message = f"Le {champ} contient {nommer_caractere(inconnus[0])}, que les documents n'écrivent pas."
        raise SaisieRefusee(Faute(f"{code}_signe", champ, message, "Retirez ce signe."))
    if exemple and not lu:
        remede = f"Écrivez-le : {lecteur.value}. Exemple : « {exemple} »."
        raise SaisieRefusee(Faute(f"{code}_absent", champ, f"Il manque le {champ}.", remede))
    return lu

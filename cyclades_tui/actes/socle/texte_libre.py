"""A sentence that an agent writes for a candidate: on one line, short enough, in signs that the documents can print."""

from __future__ import annotations

from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee
from cyclades_tui.domaine.texte import hors_repertoire, nfc, nommer_caractere


def lire_texte_libre(texte: str, champ: str, code: str, maximum: int) -> str:
    """The text, spaces made single, empty where there is none; `champ` is its name after « le ».

    Raises SaisieRefusee, `CODE_long` or `CODE_signe`.
    """
    lu = nfc(" ".join(texte.split()))
    if len(lu) > maximum:
        message = f"Le {champ} a {len(lu)} signes, il en faut {maximum} au plus."
        raise SaisieRefusee(Faute(f"{code}_long", champ, message, "Raccourcissez-le : le candidat le lira."))
    if inconnus := hors_repertoire(lu):
        message = f"Le {champ} contient {nommer_caractere(inconnus[0])}, que les documents n'écrivent pas."
        raise SaisieRefusee(Faute(f"{code}_signe", champ, message, "Retirez ce signe."))
    return lu

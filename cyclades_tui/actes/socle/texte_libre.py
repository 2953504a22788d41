"""A sentence that an agent writes to a candidate: one line, of limited length, in printable characters."""

from __future__ import annotations

from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee
from cyclades_tui.domaine.texte import hors_repertoire, nfc, nommer_caractere


def lire_texte_libre(texte: str, champ: str, code: str, maximum: int) -> str:
    """The text with single spaces, empty if there is none; `champ` is the field's name after « le » in French.

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

"""Normalising what people type, and the characters that a text field accepts (decision 8)."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping

# Latin letters that the documents' font can draw: Basic Latin, Latin-1, Extended-A and -B, Extended Additional (less
# its last four, which the font lacks), and French punctuation outside these blocks. No control, bidi mark or emoji.
REPERTOIRE: frozenset[str] = frozenset(
    chr(point)
    for debut, fin in ((0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0xFF), (0x100, 0x24F), (0x1E00, 0x1EFB))
    for point in range(debut, fin + 1)
) | frozenset("‘’“”…–—œŒ€ \u202f")

ESPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_APOSTROPHES = "’‘‛`´ˊˋˈ′‵ʹʻʼʽʾʿꞌ՚＇"
_TRAITS_D_UNION = "‐‑‒–—―−⁃˗﹣－"
_SENS: dict[int, str] = {
    **{ord(signe): " " for signe in ESPACES},
    **{ord(signe): "'" for signe in _APOSTROPHES},
    **{ord(signe): "-" for signe in _TRAITS_D_UNION},
}
# In free text what the documents can print stays as typed: a dash there is a dash.
_SENS_DU_TEXTE_LIBRE = {point: signe for point, signe in _SENS.items() if signe == " " or chr(point) not in REPERTOIRE}


def lire_les_signes(texte: str, *, libre: bool = False) -> str:
    """`texte` with the space, the apostrophe and the hyphen that its look-alikes mean; `libre` spares typography."""
    return texte.translate(_SENS_DU_TEXTE_LIBRE if libre else _SENS)


# What a terminal obeys or that reorders what is read: controls (C0 but line end and tab, C1), separators of lines and
# paragraphs, bidirectional marks, embeddings and isolates, byte order mark, annotations, tags.
_COMMANDES = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def sans_commande(texte: str) -> str:
    """`texte` without what could drive a terminal or reorder what is read there; all else stays as it is."""
    return _COMMANDES.sub("", texte)


def commandes_echappees(texte: str) -> str:
    """A JSON text that reads back the same, with what `sans_commande` takes out written as `\\u001b`."""
    return _COMMANDES.sub(lambda trouvee: json.dumps(trouvee[0])[1:-1], texte)


def nfc(texte: str) -> str:
    """The Unicode composed form (NFC), without spaces at the ends."""
    return unicodedata.normalize("NFC", texte).strip()


def hors_repertoire(texte: str) -> tuple[str, ...]:
    """The characters of `texte` that no field accepts, each once, in order."""
    return tuple(caractere for caractere in dict.fromkeys(texte) if caractere not in REPERTOIRE)


def nommer_caractere(caractere: str) -> str:
    """A character as an error names it: itself if it can be seen, else its code point."""
    visible = caractere.isprintable() and not unicodedata.category(caractere).startswith("C")
    return f"« {caractere} »" if visible else f"U+{ord(caractere):04X}"


def plier(texte: str) -> str:
    """The form used for searching: capitals, no accents, every run of other signs as one space (« L'Haÿ »: `L HAY`)."""
    from anyascii import anyascii  # lazily: with what it imports, 7 ms of each command that only writes a plural

    ascii_majuscule = anyascii(unicodedata.normalize("NFC", texte)).upper()
    return " ".join("".join(c if c.isalnum() else " " for c in ascii_majuscule).split())


def pertinence(cle: str, *debuts: str) -> int | None:
    """How well a folded label answers folded texts: 0 equal, 1 begins so, 2 another word begins so, None not at all."""
    if cle in debuts:
        return 0
    if cle.startswith(debuts):
        return 1
    return 2 if any(f" {debut}" in cle for debut in debuts) else None


def en_capitales(nom: str) -> str:
    """A surname in capitals, as the documents print it (F488)."""
    return nom.upper()


def capitaliser(prenoms: str) -> str:
    """First names with a capital at each element: « NGMB-Jeanne » becomes « Ngmb-Jeanne » (F488)."""
    sortie: list[str] = []
    debut = True
    for caractere in prenoms:
        sortie.append(caractere.upper() if debut else caractere.lower())
        debut = not caractere.isalpha()
    return "".join(sortie)


def remplir(modele: str, valeurs: Mapping[str, str]) -> str:
    """A text with each `{name}` replaced; nothing else in it is interpreted, because it comes from data."""
    for nom, valeur in valeurs.items():
        modele = modele.replace(f"{{{nom}}}", valeur)
    return modele


def milliers(nombre: int) -> str:
    """`248 316`, with a no-break space."""
    return f"{nombre:,}".replace(",", "\u202f")


def accorder(nombre: int, singulier: str, pluriel: str = "") -> str:
    """The words that go with a number, singular for 0 and 1; without `pluriel`, « s » is added."""
    return (pluriel or f"{singulier}s") if nombre > 1 else singulier


def denombrer(nombre: int, singulier: str, pluriel: str = "") -> str:
    """A number and its words: `1 pièce`, `2 pièces`, `0 pièce`; plural as in `accorder`."""
    return f"{nombre} {accorder(nombre, singulier, pluriel)}"


def en_clair(octets: int) -> str:
    """A size in Mo, or in ko below one Mo."""
    if octets < 10**6:
        return f"{max(1, -(-octets // 1000))} ko"
    return f"{octets / 10**6:.1f} Mo".replace(".0 ", " ").replace(".", ",")

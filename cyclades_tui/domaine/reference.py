"""The reference of a saved version: carried by its document's QR code, and short enough to be typed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cyclades_tui.domaine.canonique import empreinte
from cyclades_tui.domaine.contenu import Contenu
from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee
from cyclades_tui.domaine.scanner import redresser

PREFIXE = "CYCLADES:"
EXEMPLE = "CYCLADES:02699000000:001:1:0123456789ABCDEF0123456789ABCDEF"
_FORME = re.compile(PREFIXE + r"([0-9]{11}):([0-9]{1,6}):([0-9]{1,6}):([0-9A-F]{32})")
_CHIFFRES, _GROUPE = 32, 8


@dataclass(frozen=True, slots=True)
class Reference:
    """One version of one candidature; `empreinte` is the first 32 hexadecimal digits of its SHA-256, in capitals."""

    numero_candidat: str
    numero_inscription: str
    version: int
    empreinte: str

    @property
    def code(self) -> str:
        """`CYCLADES:N° candidat:N° inscription:version:empreinte`, in the characters that QR codes hold best."""
        return f"{PREFIXE}{self.numero_candidat}:{self.numero_inscription}:{self.version}:{self.empreinte}"

    @property
    def lisible(self) -> str:
        """The code on two lines, digits in groups, for a person who reads it aloud or types it."""
        debut = self.code.removesuffix(self.empreinte)
        groupes = (self.empreinte[rang : rang + _GROUPE] for rang in range(0, _CHIFFRES, _GROUPE))
        return f"{debut}\n{' '.join(groupes)}"


def reference_de(contenu: Contenu) -> Reference:
    """The reference of a version, from its content alone."""
    entete, sha256 = contenu.entete, empreinte(contenu.en_json())
    return Reference(entete.numero_candidat, entete.numero_inscription, entete.version, sha256[:_CHIFFRES].upper())


def lire_reference(texte: str) -> Reference:
    """Read a reference, scanned or typed; spaces, case and keyboard do not matter. Raises SaisieRefusee."""
    lue = _FORME.fullmatch("".join(redresser(texte).split()).upper())
    if lue is None:
        message = f"« {texte.strip()[:80]} » n'est pas la référence d'un document."
        remede = f"Recopiez-la en entier, par exemple {EXEMPLE}."
        raise SaisieRefusee(Faute("reference.forme", "reference", message, remede))
    numero_candidat, numero_inscription, version, debut = lue.groups()
    return Reference(numero_candidat, numero_inscription, int(version), debut)

"""Documents that leave an encrypted store: PDF files that a password opens in any reader (decision 18)."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import AttachedFileSpec, Encryption, Pdf


def chiffrement(cle: str) -> Encryption:
    """AES-256 of PDF 2.0: the whole file, names and dates too, with one password for all."""
    from pikepdf import Encryption

    return Encryption(user=cle, owner=cle, R=6)


def _joindre(pdf: Pdf, nom: str, texte: str) -> AttachedFileSpec:
    from pikepdf import AttachedFileSpec

    return AttachedFileSpec(
        pdf,
        texte.encode(),
        description="",
        filename=nom,
        mime_type="text/plain",
        creation_date="",
        mod_date="",
    )


def chiffrer(octets: bytes, cle: str, jumeau: tuple[str, str] | None = None) -> bytes:
    """A PDF encrypted with a password; `jumeau` is the name and the text of its twin, joined within."""
    from pikepdf import Pdf

    with Pdf.open(BytesIO(octets)) as pdf:
        if "/Metadata" in pdf.Root:
            del pdf.Root.Metadata  # it says PDF/A, which is never encrypted
        if jumeau is not None:
            nom, texte = jumeau
            pdf.attachments[nom] = _joindre(pdf, nom, texte)
        sortie = BytesIO()
        pdf.save(sortie, encryption=chiffrement(cle))
        return sortie.getvalue()

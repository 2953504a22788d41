"""Joins several files into one PDF, without encoding their pictures again. Only `lecteur` calls it, confined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from io import BytesIO

import img2pdf
import pikepdf
from PIL import Image

from cyclades_tui.domaine.texte import en_clair
from cyclades_tui.fichiers.cage.examen_image import ouvrir_image
from cyclades_tui.fichiers.cage.pages import en_couleurs
from cyclades_tui.fichiers.cage.reduction import reduire
from cyclades_tui.fichiers.cage.reecriture_pdf import SIGNATURE, est_signe
from cyclades_tui.fichiers.formats import PDF, PNG
from cyclades_tui.fichiers.refus import FichierIllisible

Partie = tuple[str, bytes]  # a format and the bytes
# What the pages of a PDF take besides the pictures, in bytes for each.
_RESERVE = 4_000
_A4 = (img2pdf.mm_to_pt(210), img2pdf.mm_to_pt(297))


def preparer() -> None:
    """Import what `reunir` needs: a confined process can import nothing."""
    for module in ("PIL.PngImagePlugin", "PIL.JpegImagePlugin", "PIL.MpoImagePlugin", "PIL.TiffImagePlugin"):
        import_module(module)
    Image.init()


def reunir(parties: Sequence[Partie], taille_max: int) -> tuple[bytes, list[str]]:
    """One PDF with the pages of all, in their order, of `taille_max` bytes if its pictures can be reduced to that.

    Also returns what to tell the person. Raises FichierIllisible.
    """
    sortie = BytesIO()
    mots: list[str] = []
    with pikepdf.new() as pdf:
        for format_, octets in _alleger(parties, taille_max):
            with pikepdf.open(BytesIO(octets if format_ == PDF else _en_pdf(octets, format_))) as partie:
                if est_signe(partie):
                    mots = [SIGNATURE]
                # The values of a form are drawn into its pages: the joined document has no form.
                partie.flatten_annotations("all")
                pdf.pages.extend(partie.pages)
        pdf.save(sortie, deterministic_id=True, preserve_pdfa=False, fix_metadata_version=False)
    return sortie.getvalue(), mots


def _alleger(parties: Sequence[Partie], taille_max: int) -> Iterator[Partie]:
    """The same files; if together they are too heavy, each picture is reduced to an equal share of the room."""
    images = sum(1 for format_, _ in parties if format_ != PDF)
    poids = sum(len(octets) + _RESERVE for _, octets in parties)
    if poids <= taille_max:
        yield from parties
        return
    place = taille_max - sum(len(octets) + _RESERVE for format_, octets in parties if format_ == PDF)
    part = place // images - _RESERVE if images else 0
    for format_, octets in parties:
        if format_ == PDF or len(octets) <= part:
            yield format_, octets
        elif part <= 0:
            raise FichierIllisible("taille", en_clair(poids), en_clair(taille_max))
        else:
            yield "JPEG", reduire(octets, format_, part)[0]


def _en_pdf(octets: bytes, format_: str) -> bytes:
    """A page of A4, or turned, with the picture upright."""
    disposition = img2pdf.get_layout_fun(_A4, auto_orient=True, fit=img2pdf.FitMode.into)
    try:
        pdf: bytes = img2pdf.convert(
            _sans_transparence(octets) if format_ == PNG else octets,
            layout_fun=disposition,
            rotation=img2pdf.Rotation.ifvalid,
            nodate=True,
        )
    except (img2pdf.ImageOpenError, img2pdf.UnsupportedColorspaceError, img2pdf.AlphaChannelError) as erreur:
        raise FichierIllisible("abime") from erreur
    return pdf


def _sans_transparence(octets: bytes) -> bytes:
    """The picture on white paper if it is transparent, which no picture in a PDF may be."""
    image = ouvrir_image(octets, PNG)
    if not image.has_transparency_data:
        return octets
    sortie = BytesIO()
    en_couleurs(image).save(sortie, "PNG")
    return sortie.getvalue()

"""Turns a photograph into a JPEG that is small enough to be kept. Only `lecteur` calls it, confined."""

from __future__ import annotations

from importlib import import_module
from io import BytesIO

from PIL import Image
from PIL.Image import Resampling, Transpose
from PIL.ImageFile import ImageFile

from cyclades_tui.domaine.texte import en_clair
from cyclades_tui.fichiers.cage.examen_image import ouvrir_sans_limite
from cyclades_tui.fichiers.cage.pages import ORIENTATION, REDRESSER, en_couleurs
from cyclades_tui.fichiers.formats import HEIC, JPEG, PIXELS_MAX
from cyclades_tui.fichiers.refus import FichierIllisible

# A JPEG can be decoded at half its size: some telephones have two hundred million pixels.
PIXELS_REDUITS_MAX = 4 * PIXELS_MAX
# Longest side in pixels and quality of the JPEG, tried in turn; a sheet of A4 is still legible at 1200 pixels.
_PALIERS = ((10_000, 90), (5_000, 85), (4_000, 85), (3_200, 80), (2_600, 80), (2_000, 75), (1_600, 75), (1_200, 70))


def preparer() -> None:
    """Import what `reduire` needs: a confined process can import nothing."""
    import_module("pillow_heif")
    Image.preinit()


def reduire(octets: bytes, format_: str, taille_max: int) -> tuple[bytes, str]:
    """A JPEG of at most `taille_max` bytes, upright and without the notes of its camera, and what to tell the person.

    Raises FichierIllisible.
    """
    try:
        image = _lire_heic(octets) if format_ == HEIC else _lire(octets, format_)
        for cote, qualite in _PALIERS:
            image.thumbnail((cote, cote), Resampling.LANCZOS, reducing_gap=3.0)
            reduite = _en_jpeg(image, qualite)
            if len(reduite) <= taille_max:
                return reduite, _dire(format_, len(octets), len(reduite), taille_max)
    except (
        OSError,
        SyntaxError,
        ValueError,
        RuntimeError,
    ) as erreur:  # raised by Pillow and libheif for truncated or false files
        raise FichierIllisible("abime") from erreur
    raise FichierIllisible("taille", en_clair(len(reduite)), en_clair(taille_max))


def _lire(octets: bytes, format_: str) -> Image.Image:
    source = ouvrir_sans_limite(octets, format_)
    _refuser_plusieurs(source)
    pixels = source.width * source.height
    if pixels > (PIXELS_REDUITS_MAX if format_ == JPEG else PIXELS_MAX):
        raise FichierIllisible("pixels", PIXELS_MAX // 10**6)
    if pixels > PIXELS_MAX:
        source.draft("RGB", (source.width // 2, source.height // 2))
    profil = source.info.get("icc_profile")
    geste = REDRESSER.get(source.getexif().get(ORIENTATION, 1))
    image = en_couleurs(source if geste is None else source.transpose(Transpose[geste]))
    return _avec_profil(image, profil if source.mode in {"RGB", "RGBA"} else None)


def _refuser_plusieurs(source: ImageFile) -> None:
    if getattr(source, "n_frames", 1) != 1:
        raise FichierIllisible("plusieurs")


def _lire_heic(octets: bytes) -> Image.Image:
    """The main picture of the file; pillow_heif turns it upright."""
    import pillow_heif

    fichier = pillow_heif.open_heif(BytesIO(octets), convert_hdr_to_8bit=True)
    largeur, hauteur = fichier.size
    if largeur * hauteur > PIXELS_MAX:
        raise FichierIllisible("pixels", PIXELS_MAX // 10**6)
    image: Image.Image = fichier.to_pillow()
    return _avec_profil(en_couleurs(image), fichier.info.get("icc_profile"))


def _avec_profil(image: Image.Image, profil: bytes | None) -> Image.Image:
    """Keep only the colour profile among what a camera wrote into a picture."""
    image.info = {} if profil is None else {"icc_profile": profil}
    return image


def _en_jpeg(image: Image.Image, qualite: int) -> bytes:
    sortie = BytesIO()
    image.save(sortie, "JPEG", quality=qualite, icc_profile=image.info.get("icc_profile"))
    return sortie.getvalue()


def _dire(format_: str, avant: int, apres: int, taille_max: int) -> str:
    if avant > taille_max:
        return f"Image de {en_clair(avant)} réduite à {en_clair(apres)} : vérifiez qu'elle reste lisible."
    return (
        "Photo HEIC gardée en JPEG." if format_ == HEIC else "Très grande image réduite : vérifiez qu'elle est lisible."
    )

"""The pages of a file for its preview, as a confined process draws them."""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass
from typing import Any

from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.fichiers.cage import dessin
from cyclades_tui.fichiers.cage.pages import PIXELS_RENDUS
from cyclades_tui.fichiers.confinement import FERMEE, LIMITES, LecteurConfine, tenir_pret
from cyclades_tui.fichiers.formats import JPEG, PDF
from cyclades_tui.fichiers.refus import FichierIllisible

DUREE_MAX = 10.0  # seconds for a page
_PROCESSEUR = 600  # seconds for a file that is looked at, page after page
_COTE_MAX = 100_000.0  # points or pixels: what is larger is a lie
_ROUGE_VERT_BLEU = 3  # bytes for a pixel
_POURQUOI = {
    LIMITES: "il demande trop de temps ou de mémoire",
    "abime": "il est incomplet ou abîmé",
    "chiffre": "il demande un mot de passe",
    "dimensions": "une page est trop grande ou trop petite",
    "pages": "il a trop de pages",
    "pixels": "une image est trop grande",
}


@dataclass(frozen=True, slots=True)
class PageDessinee:
    """A page in RGB, row after row, each of `pas` bytes."""

    taille: tuple[int, int]
    pas: int
    pixels: bytearray


class PagesConfinees:
    """One file and the process that draws it, until `fermer`; its methods may be called from any thread."""

    def __init__(self, octets: bytes, format_: str) -> None:
        self._lecteur = LecteurConfine(dessin.__name__, octets, format_, processeur=_PROCESSEUR)

    def mesurer(self) -> tuple[tuple[float, float], ...]:
        """Width and height of each page, in points; of a picture, in pixels. Raises FichierIllisible."""
        valeurs, _ = self._lecteur.demander(DUREE_MAX)
        return tuple(_taille(rang, taille) for rang, taille in enumerate(valeurs["tailles"], 1))

    def dessiner(self, page: int, largeur: int, rotation: int) -> PageDessinee:
        """A page, counted from 0, at most `largeur` pixels wide once turned. Raises FichierIllisible."""
        valeurs, pixels = self._lecteur.demander(DUREE_MAX, page=page, largeur=largeur, rotation=rotation)
        (large, haut), pas = valeurs["taille"], valeurs["pas"]
        entiers = all(isinstance(nombre, int) and nombre > 0 for nombre in (large, haut, pas))
        if (
            not entiers
            or pas < _ROUGE_VERT_BLEU * large
            or pas * haut > len(pixels)
            or large * haut > 2 * PIXELS_RENDUS
        ):
            raise FichierIllisible(LIMITES)
        return PageDessinee((large, haut), pas, pixels)

    def fermer(self) -> None:
        """End the process, also while it draws."""
        self._lecteur.fermer()


def _taille(rang: int, taille: Any) -> tuple[float, float]:
    largeur, hauteur = map(float, taille)
    if not all(math.isfinite(cote) and 0 < cote <= _COTE_MAX for cote in (largeur, hauteur)):
        raise FichierIllisible("dimensions", rang)
    return largeur, hauteur


def se_preparer() -> None:
    """Start what draws previews, in the background, so that the first one need not wait for it."""
    threading.Thread(target=_se_preparer, daemon=True).start()


def _se_preparer() -> None:
    for format_ in (PDF, JPEG):
        tenir_pret(dessin.__name__, format_)


def abandonne(erreur: BaseException) -> bool:
    """Whether a file could not be drawn because nobody looks at it any more."""
    return isinstance(erreur, FichierIllisible) and erreur.args[0] == FERMEE


def indessinable(erreur: FichierIllisible, remede: str) -> Faute:
    """What to tell the person who looks at a file that could not be drawn."""
    pourquoi = _POURQUOI.get(erreur.args[0], _POURQUOI[LIMITES])
    return Faute("apercu.indessinable", "fichier", f"Ce fichier ne peut pas être dessiné : {pourquoi}.", remede)

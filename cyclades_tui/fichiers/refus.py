"""All the reasons for not accepting a file, in words for the person who brought it."""

from __future__ import annotations

from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee


class FichierIllisible(Exception):
    """Why a file cannot be read: a key of the caller's table of reasons, then the details that its text needs."""


# What a person can do where she stands, with the paper, a telephone, another file: no program to run there.
_PRENDRE_EN_PHOTO = "Photographiez ou numérisez le papier, puis ajoutez ce nouveau fichier."
_CHOISIR = "Choisissez un autre fichier, ou photographiez ou numérisez le papier."
_RECOPIER = "Vérifiez que le support est bien branché, puis choisissez de nouveau ce fichier, ou un autre."

# Key -> what is wrong, what to do; {0}, {1}… are details from the check.
_TEXTES = {
    "absent": ("Ce fichier n'est plus là.", "Vérifiez que le support est branché, puis choisissez de nouveau."),
    "abime": ("Ce fichier est incomplet ou abîmé.", _PRENDRE_EN_PHOTO),
    "actif": ("Ce PDF contient {0} : il pourrait agir quand on l'ouvre.", _PRENDRE_EN_PHOTO),
    "change": (
        "Ce fichier est en train de changer.",
        "Attendez la fin de la copie ou de la numérisation, puis choisissez-le de nouveau.",
    ),
    "chiffre": ("Ce PDF demande un mot de passe pour s'ouvrir.", _CHOISIR),
    "dimensions": (
        "Une page de ce PDF, la page {0}, est trop grande ou trop petite pour être affichée.",
        _PRENDRE_EN_PHOTO,
    ),
    "droits": ("Ce fichier ne peut pas être ouvert : droits insuffisants.", _CHOISIR),
    "format": ("Ce fichier n'est pas au format {0}.", _CHOISIR),
    "lecture": ("Ce fichier n'a pas pu être lu : {0}.", _RECOPIER),
    "lien": ("Ce nom est un lien vers un autre fichier.", "Choisissez le fichier lui-même."),
    "limites": (
        "Ce fichier n'a pas pu être lu : il demande trop de temps ou de mémoire, ou il est abîmé.",
        _PRENDRE_EN_PHOTO,
    ),
    "nature": ("Ce n'est pas un fichier ordinaire.", "Choisissez un fichier, et non un dossier ni un appareil."),
    "pages": ("Ce PDF a plus de {0} pages.", "Photographiez ou numérisez seulement les pages demandées."),
    "pixels": ("Une image de ce fichier dépasse {0} millions de points.", _PRENDRE_EN_PHOTO),
    "plusieurs": ("Ce fichier contient plusieurs images.", _PRENDRE_EN_PHOTO),
    "porte_documents": (
        "Ce PDF est un porte-documents : les pages sont dans les fichiers qu'il contient.",
        "Choisissez ces fichiers eux-mêmes, ou photographiez ou numérisez le papier.",
    ),
    "reunion": (
        "Cette pièce ne prend pas de PDF : plusieurs fichiers ne peuvent pas y être réunis.",
        "Choisissez un seul fichier au format {0}.",
    ),
    "suite": ("Ce fichier contient autre chose qu'un seul document au format {0}, ou il est incomplet.", _CHOISIR),
    "taille": (
        "Ce fichier fait {0} pour {1} au plus.",
        "Photographiez plutôt chaque page : ce poste réduit les photos trop lourdes.",
    ),
    "vide": ("Ce fichier est vide.", _CHOISIR),
    "virus": (
        "L'antivirus a reconnu un programme dangereux dans ce fichier : {0}.",
        "N'utilisez plus ce support avant de l'avoir fait vérifier, et présentez le document sur un autre.",
    ),
}


def refuser(cle: str, *details: object) -> SaisieRefusee:
    """The refusal to raise; its code is `piece.CLE`."""
    message, remede = (texte.format(*details) for texte in _TEXTES.get(cle, _TEXTES["limites"]))
    return SaisieRefusee(Faute(f"piece.{cle}", "fichier", message, remede))

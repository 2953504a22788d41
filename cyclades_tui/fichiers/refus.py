"""All the reasons for not accepting a file, in words for the person who brought it."""

from __future__ import annotations

from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee

_DE_NOUVEAU = "puis ajoutez-le de nouveau."
_REFAIRE = f"Numérisez ou enregistrez le document une nouvelle fois, {_DE_NOUVEAU}"
_APLATIR = "Imprimez-le dans un nouveau PDF, ou numérisez le papier, puis ajoutez ce nouveau fichier."
_COPIER = "Enregistrez-en une copie avec le logiciel qui l'affiche, ou numérisez le papier, puis ajoutez cette copie."
_PLUS_LEGER = f"Numérisez le document en 200 points par pouce, {_DE_NOUVEAU}"

# Key -> what is wrong, what to do; {0}, {1}… are details from the check.
_TEXTES = {
    "absent": ("Ce fichier n'est plus là.", "Vérifiez que le support est branché, puis choisissez de nouveau."),
    "abime": ("Ce fichier est incomplet ou abîmé.", _REFAIRE),
    "actif": ("Ce PDF contient {0} : il pourrait agir quand on l'ouvre.", _APLATIR),
    "change": (
        "Ce fichier est en train de changer.",
        f"Attendez la fin de la copie ou de la numérisation, {_DE_NOUVEAU}",
    ),
    "chiffre": (
        "Ce PDF est protégé par un mot de passe ou par des restrictions.",
        f"Enregistrez-le sans mot de passe, {_DE_NOUVEAU}",
    ),
    "dimensions": ("Une page de ce PDF, la page {0}, est trop grande ou trop petite pour être affichée.", _APLATIR),
    "droits": (
        "Ce fichier ne peut pas être ouvert : droits insuffisants.",
        f"Copiez-le sur un autre support, ou changez ses droits, {_DE_NOUVEAU}",
    ),
    "format": (
        "Ce fichier n'est pas au format {0}.",
        f"Numérisez le document ou enregistrez-le en {{0}}, {_DE_NOUVEAU}",
    ),
    "lecture": ("Ce fichier n'a pas pu être lu : {0}.", f"Copiez-le sur un autre support, {_DE_NOUVEAU}"),
    "lien": ("Ce nom est un lien vers un autre fichier.", "Choisissez le fichier lui-même."),
    "limites": ("Ce fichier n'a pas pu être lu : il demande trop de temps ou de mémoire, ou il est abîmé.", _REFAIRE),
    "nature": ("Ce n'est pas un fichier ordinaire.", "Choisissez un fichier, et non un dossier ni un appareil."),
    "pages": ("Ce PDF a plus de {0} pages.", "Gardez seulement les pages demandées, puis ajoutez-le de nouveau."),
    "pixels": ("Une image de ce fichier dépasse {0} millions de points.", _PLUS_LEGER),
    "plusieurs": ("Ce fichier contient plusieurs images.", _COPIER),
    "suffixe": (
        "Le nom de ce fichier ne dit pas ce qu'il est : son contenu est au format {0}.",
        "Renommez-le pour que son nom se termine par « {1} », puis ajoutez-le de nouveau.",
    ),
    "suite": ("Ce fichier contient autre chose qu'un seul document au format {0}, ou il est incomplet.", _COPIER),
    "taille": (
        "Ce fichier fait {0} pour {1} au plus.",
        f"Numérisez le document en 150 points par pouce, {_DE_NOUVEAU}",
    ),
    "vide": ("Ce fichier est vide.", _REFAIRE),
    "virus": (
        "L'antivirus a reconnu un programme dangereux dans ce fichier : {0}.",
        "N'utilisez plus ce support avant de l'avoir fait vérifier, et présentez le document sur un autre.",
    ),
}


def refuser(cle: str, *details: object) -> SaisieRefusee:
    """The refusal to raise; its code is `piece.CLE`."""
    message, remede = (texte.format(*details) for texte in _TEXTES[cle])
    return SaisieRefusee(Faute(f"piece.{cle}", "fichier", message, remede))


def en_clair(octets: int) -> str:
    """A size in Mo, or in ko below one Mo."""
    if octets < 10**6:
        return f"{max(1, -(-octets // 1000))} ko"
    return f"{octets / 10**6:.1f} Mo".replace(".0 ", " ").replace(".", ",")

"""Every nature of document: who composes it, how its file and its line are called, when it is made and seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from cyclades_tui.domaine.contenu import Contenu
from cyclades_tui.domaine.document import DocumentCompose
from cyclades_tui.domaine.natures import NatureDeDocument


@dataclass(frozen=True, slots=True)
class Edition:
    """A nature of document, made by `editer` of its module from the JSON that it is stored with.

    `nom` is filled with N° candidat, N° d'inscription and version; an empty `libelle` is the version's own title.
    `due` says whether a version that is saved has one, None where none ever does. `aussitot` is rendered with the save,
    the others when they are opened. `retirable` may be kept from its candidate once the service has closed (C18).
    """

    module: str
    nom: str
    libelle: str = ""
    due: Callable[[Contenu], bool] | None = None
    aussitot: bool = False
    retirable: bool = False

    def composer(self, texte: str) -> DocumentCompose:
        """The document of a stored JSON; its module is imported now. Raises StoreInutilisable when it is damaged."""
        editer: Callable[[str], DocumentCompose] = import_module(f"cyclades_tui.editions.{self.module}").editer
        return editer(texte)

    def intituler(self, contenu: Contenu) -> str:
        """The name under which a version's document is listed."""
        return self.libelle or contenu.titre


def _toujours(_: Contenu) -> bool:
    return True


def _avec_des_pieces(contenu: Contenu) -> bool:
    return bool(contenu.pieces)


_NATURE = NatureDeDocument
EDITIONS: Mapping[NatureDeDocument, Edition] = {
    _NATURE.RECAPITULATIF: Edition("recapitulatif", "{}-{:03d}-v{}.pdf", due=_toujours, aussitot=True, retirable=True),
    _NATURE.DEMANDE_DE_PIECES: Edition(
        "demande_de_pieces", "{}-{:03d}-v{}-pieces.pdf", "Demande pièces justificatives", due=_avec_des_pieces
    ),
    _NATURE.RELANCE: Edition("relance", "{}-{:03d}-v{}-relance.pdf", "Relance de pièces justificatives"),
    _NATURE.PAPILLON: Edition("papillon", "{}-{:03d}-papillon.pdf", "Papillon de connexion"),
}
AUSSITOT = tuple(nature for nature, edition in EDITIONS.items() if edition.aussitot)

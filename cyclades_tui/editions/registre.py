"""All natures of documents: what composes each, the name of its file and in lists, when it is made and shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from cyclades_tui.domaine.contenu import Contenu
from cyclades_tui.domaine.document import DocumentCompose
from cyclades_tui.domaine.natures import NatureDeDocument


@dataclass(frozen=True, slots=True)
class Edition:
    """How a nature of document is made: `editer` of the module `module` composes it from its stored JSON.

    `nom` is a pattern for N° candidat, N° d'inscription and version; an empty `libelle` stands for the version's own
    title. `due` says whether a version must have this document, and is None if no version must. A document with
    `aussitot` is rendered when the version is saved, others when they are opened. One with `retirable` may be hidden
    from its candidate after the service has closed (C18).
    """

    module: str
    nom: str
    libelle: str = ""
    due: Callable[[Contenu], bool] | None = None
    aussitot: bool = False
    retirable: bool = False

    def composer(self, texte: str) -> DocumentCompose:
        """Compose a document from its stored JSON; imports its module. Raises StoreInutilisable if it is damaged."""
        editer: Callable[[str], DocumentCompose] = import_module(f"cyclades_tui.editions.{self.module}").editer
        return editer(texte)

    def intituler(self, contenu: Contenu) -> str:
        """The name of a version's document in lists."""
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

"""O and F4 of the control screen: the piece's file in another program of this poste, or on paper."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from cyclades_tui.actes import controle, copies
from cyclades_tui.actes.piece_ouverte import PieceOuverte
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute
from cyclades_tui.fichiers.formats import SUFFIXES
from cyclades_tui.poste import Poste

_PROGRAMMES = ("xdg-open", "open")  # of the desktop, on Linux and on macOS
_SANS_FICHIER = Faute("controle.sans_fichier", "", "Cette pièce n'a pas de fichier.", "")
_SANS_PROGRAMME = Faute(
    "controle.sans_programme",
    "",
    "Ce poste n'a pas de programme qui ouvre les fichiers.",
    "F4 imprime, * montre le document seul.",
)


class Ailleurs:
    """Copies of files as long as the screen lives; they are erased with it."""

    def __init__(self, poste: Poste) -> None:
        self._poste = poste
        self.lances: list[subprocess.Popen[bytes]] = []
        self._dossier: tempfile.TemporaryDirectory[str] | None = None

    def ouvrir(self, ouverte: PieceOuverte) -> str:
        """Give the file to the desktop; what to tell. Raises ActeRefuse where there is none, or no file."""
        nom, octets = self._lire(ouverte)
        programme = next((chemin for chemin in map(shutil.which, _PROGRAMMES) if chemin), None)
        if programme is None:
            raise ActeRefuse(_SANS_PROGRAMME)
        if self._dossier is None:
            self._dossier = tempfile.TemporaryDirectory(prefix="cyclades-")
        chemin = Path(self._dossier.name) / nom
        chemin.write_bytes(octets)
        # Some wait until the person closes the file: nobody waits for them.
        lance = subprocess.Popen(  # noqa: S603 - no shell: the desktop's own program, and a path of ours
            [programme, str(chemin)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.lances.append(lance)
        return "Le fichier est ouvert dans un autre programme."

    def imprimer(self, ouverte: PieceOuverte) -> str:
        """Print it; what to tell. Raises as `copies.imprimer`."""
        copies.imprimer_un_fichier(self._poste, *self._lire(ouverte))
        return "Le fichier est parti à l'imprimante."

    def fermer(self) -> None:
        if self._dossier is not None:
            self._dossier.cleanup()

    def _lire(self, ouverte: PieceOuverte) -> tuple[str, bytes]:
        """A plain name, which no program takes for anything else, and the bytes."""
        if ouverte.depot is None:
            raise ActeRefuse(_SANS_FICHIER)
        format_, octets = controle.octets(self._poste, ouverte.ligne.id, ouverte.depot.id)
        return f"piece-{ouverte.ligne.id}{SUFFIXES[format_][0]}", octets

"""O and F4 of the control screen: open the file in another program of this poste, or print it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from cyclades_tui.actes.documents import copies
from cyclades_tui.actes.pieces.piece_ouverte import PieceOuverte
from cyclades_tui.domaine.disque import ecrire_en_entier
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute
from cyclades_tui.fichiers import ouverts
from cyclades_tui.fichiers.programmes import environnement
from cyclades_tui.poste import Poste

_PROGRAMMES = ("xdg-open", "open")  # of the desktops of Linux and of macOS
_REFUS = 1.0  # seconds within which a desktop says that no program opens the file
_SANS_FICHIER = Faute("controle.sans_fichier", "", "Cette pièce n'a pas de fichier.", "")
_SANS_PROGRAMME = Faute(
    "controle.sans_programme",
    "",
    "Ce poste n'a pas de programme qui ouvre les fichiers.",
    "F4 imprime, * montre le document seul.",
)


class Ailleurs:
    """Copies of files in a folder of this process, deleted with the screen."""

    def __init__(self, poste: Poste) -> None:
        self._poste = poste
        self.lances: list[subprocess.Popen[bytes]] = []
        self._chemins: list[Path] = []

    def ouvrir(self, ouverte: PieceOuverte) -> str:
        """Give the file to the desktop; returns what to say. Raises ActeRefuse if there is no desktop or no file."""
        depot = _depot(ouverte)
        programme = next((chemin for chemin in map(shutil.which, _PROGRAMMES) if chemin), None)
        if programme is None:
            raise ActeRefuse(_SANS_PROGRAMME)
        format_, octets = copies.lire_le_depot(self._poste, ouverte.ligne.id, depot)
        chemin = ouverts.dossier() / copies.nom_du_depot(ouverte.ligne.id, format_)
        self._chemins.append(chemin)
        ecrire_en_entier(chemin, octets)
        self.lances = [lance for lance in self.lances if lance.poll() is None]
        lance = subprocess.Popen(  # noqa: S603 - no shell: the desktop's own program, and a path of ours
            [programme, str(chemin)],
            env=environnement(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.lances.append(lance)
        try:
            echoue = lance.wait(_REFUS) != 0
        except subprocess.TimeoutExpired:  # the program runs until the person closes the file: do not wait
            echoue = False
        if echoue:
            raise ActeRefuse(_SANS_PROGRAMME)
        return "Le fichier est ouvert dans un autre programme."

    def imprimer(self, ouverte: PieceOuverte) -> str:
        """Print the file; returns what to say. Raises ActeRefuse without a file, and as `copies.imprimer_le_depot`."""
        copies.imprimer_le_depot(self._poste, ouverte.ligne.id, _depot(ouverte))
        return "Le fichier est parti à l'imprimante."

    def fermer(self) -> None:
        for chemin in self._chemins:
            chemin.unlink(missing_ok=True)
        for lance in self.lances:
            lance.poll()


def _depot(ouverte: PieceOuverte) -> int:
    if ouverte.depot is None:
        raise ActeRefuse(_SANS_FICHIER)
    return ouverte.depot.id

"""O and F4 of the control screen: open the file in another program of this poste, or print it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from threading import Event, Thread

from cyclades_tui.actes.documents import copies
from cyclades_tui.actes.pieces.piece_ouverte import PieceOuverte
from cyclades_tui.domaine.disque import ecrire_en_entier
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute
from cyclades_tui.fichiers import ouverts
from cyclades_tui.fichiers.programmes import environnement
from cyclades_tui.poste import Poste

_PROGRAMMES = ("xdg-open", "open")  # of the desktops of Linux and of macOS
_REFUS = 1.0  # seconds within which a desktop says that no program opens the file
_VEILLE = 0.2  # seconds between two looks at the program started
_RELAIS = 2.0  # seconds that a desktop may take to hand the file to a program, and between two looks at that program
_SANS_FICHIER = Faute("controle.sans_fichier", "", "Cette pièce n'a pas de fichier.", "")
_SANS_PROGRAMME = Faute(
    "controle.sans_programme",
    "",
    "Ce poste n'a pas de programme qui ouvre les fichiers.",
    "F4 imprime, * montre le document seul.",
)


class Ailleurs:
    """Copies of files in a folder of this process, deleted when their program ends, at the latest with the screen."""

    def __init__(self, poste: Poste) -> None:
        self._poste = poste
        self.lances: list[subprocess.Popen[bytes]] = []
        self._chemins: list[Path] = []
        self._fini = Event()

    def ouvrir(self, ouverte: PieceOuverte) -> str:
        """Give the file to the desktop; returns what to say. Raises ActeRefuse if there is no desktop or no file."""
        depot = _depot(ouverte)
        programme = next((chemin for chemin in map(shutil.which, _PROGRAMMES) if chemin), None)
        if programme is None:
            raise ActeRefuse(_SANS_PROGRAMME)
        format_, octets = copies.lire_le_depot(self._poste, ouverte.ligne.id, depot)
        nom = Path(copies.nom_du_depot(ouverte.ligne.id, format_))
        # Another name each time: two programs may show the same piece.
        chemin = ouverts.dossier() / f"{nom.stem}-{len(self._chemins) + 1}{nom.suffix}"
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
            ouverts.oublier(chemin)
            raise ActeRefuse(_SANS_PROGRAMME)
        Thread(target=self._oublier_ensuite, args=(lance, chemin), daemon=True).start()
        return "Le fichier est ouvert dans un autre programme."

    def imprimer(self, ouverte: PieceOuverte) -> str:
        """Print the file; returns what to say. Raises ActeRefuse without a file, and as `copies.imprimer_le_depot`."""
        copies.imprimer_le_depot(self._poste, ouverte.ligne.id, _depot(ouverte))
        return "Le fichier est parti à l'imprimante."

    def fermer(self) -> None:
        self._fini.set()
        for chemin in self._chemins:
            ouverts.oublier(chemin)
        for lance in self.lances:
            lance.poll()

    def _oublier_ensuite(self, lance: subprocess.Popen[bytes], chemin: Path) -> None:
        """Delete a copy as soon as what shows it has ended: the program started, or the one it handed the file to."""
        montre = lance.poll() is None
        while lance.poll() is None:
            if self._fini.wait(_VEILLE):
                return
        while not self._fini.wait(_RELAIS):
            if ouverts.est_tenu(chemin):
                montre = True
            elif montre:
                ouverts.oublier(chemin)
                return
            else:  # a desktop that hands it to a program nobody can see: until the screen is left
                return


def _depot(ouverte: PieceOuverte) -> int:
    if ouverte.depot is None:
        raise ActeRefuse(_SANS_FICHIER)
    return ouverte.depot.id

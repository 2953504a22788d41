"""The borne as a process in a terminal: tests send keys and read the screen."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from datetime import time as heure
from pathlib import Path
from threading import Thread

import pyte
from ptyprocess import PtyProcess

from cyclades_tui.actes.candidature import brouillons
from cyclades_tui.actes.personnes import comptes
from cyclades_tui.actes.reglages.entretien import initialiser
from cyclades_tui.actes.reglages.service import definir_fenetre
from cyclades_tui.poste import ReglagesDuPoste, ouvrir_poste
from cyclades_tui.store.requetes.brouillons import BrouillonGarde
from outils.borne import EMAIL, MOT_DE_PASSE, creer_compte
from outils.cli import SANS_GARDE
from outils.modeles import copier

PATIENCE = 60.0  # seconds, to detect a hung process; not a measurement
VOIE = "identification.adresse.voie"
COMMENCEE = {"modalites.accord": "oui"}
_LECTURE = 0.02  # seconds: how long one read waits for the terminal
_TOUCHES = {
    "enter": "\r",
    "tab": "\t",
    "escape": "\x1b",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "ctrl+c": "\x03",
    "ctrl+q": "\x11",
}


def _comme_dans_un_terminal() -> None:
    """Let Ctrl+C stop a program, even when the tests run in the background and ignore it."""
    for recu in (signal.SIGHUP, signal.SIGINT):
        signal.signal(recu, signal.SIG_DFL)


class Terminal:
    """A command in a terminal of `colonnes` × `lignes`; `texte` is the screen when it was last read."""

    def __init__(self, commande: Sequence[str], env: dict[str, str], *, colonnes: int = 80, lignes: int = 24) -> None:
        self._ecran = pyte.Screen(colonnes, lignes)
        self._flux = pyte.ByteStream(self._ecran)
        self._lignes: list[str] | None = None
        self._enfant = PtyProcess.spawn(
            list(commande), env=env, dimensions=(lignes, colonnes), preexec_fn=_comme_dans_un_terminal
        )

    @property
    def pid(self) -> int:
        return int(self._enfant.pid)

    @property
    def lignes(self) -> list[str]:
        if self._lignes is None:  # joined once for each reading
            self._lignes = [ligne.rstrip() for ligne in self._ecran.display]
        return self._lignes

    @property
    def texte(self) -> str:
        return "\n".join(self.lignes)

    @property
    def avant_le_curseur(self) -> str:
        """The cursor's row up to the cursor, which is a cell with another background in an underlined field."""
        for rang, ligne in enumerate(self._ecran.display):
            cases = [self._ecran.buffer[rang][colonne] for colonne in range(self._ecran.columns)]
            for colonne in range(1, len(cases) - 2):
                avant, case, apres, ensuite = cases[colonne - 1 : colonne + 3]
                seule = case.bg != apres.bg == ensuite.bg and (avant.bg == apres.bg or not avant.underscore)
                if case.underscore and apres.underscore and seule:
                    return ligne[:colonne]
        return ""

    @property
    def fin(self) -> int | None:
        """The exit code, or the signal's number negated; None while the process runs."""
        if self._enfant.isalive():
            return None
        signal_recu, code = self._enfant.signalstatus, self._enfant.exitstatus
        return -int(signal_recu) if signal_recu else int(code)

    # What a person does

    def presser(self, *touches: str) -> None:
        """Press keys by name; any other text is typed as it is."""
        for touche in touches:
            self._enfant.write(_TOUCHES.get(touche, touche).encode())

    def envoyer(self, octets: bytes) -> None:
        """Send bytes in one packet, as a terminal does."""
        self._enfant.write(octets)

    def coller(self, texte: str) -> None:
        """Paste, as a terminal does for a program with bracketed paste."""
        self._enfant.write(f"\x1b[200~{texte}\x1b[201~".encode())

    def redimensionner(self, colonnes: int, lignes: int) -> None:
        self.absorber()
        self._ecran.resize(lignes, colonnes)
        self._lignes = None
        self._enfant.setwinsize(lignes, colonnes)

    def fermer_la_fenetre(self) -> None:
        """Close the terminal; the process gets SIGHUP."""
        self._enfant.fileobj.close()

    def tuer(self) -> None:
        """Kill the process with kill -9."""
        if self._enfant.isalive():
            os.kill(self.pid, signal.SIGKILL)
            self._enfant.wait()

    # What a person sees

    def absorber(self, duree: float = _LECTURE) -> None:
        """Read and draw the output for `duree` seconds."""
        limite = time.monotonic() + duree
        while (reste := limite - time.monotonic()) > 0:
            if select.select([self._enfant.fd], [], [], reste)[0]:
                try:
                    self._flux.feed(os.read(self._enfant.fd, 65536))
                    self._lignes = None
                except OSError:  # on Linux: the process has closed its side
                    return

    def jusqu_a(self, condition: Callable[[], object]) -> None:
        """Read until the condition holds; if it never does, fail the test with the screen."""
        limite = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < limite, f"the condition never held\n{self.texte}"
            self.absorber()

    def attendre(self, *textes: str) -> None:
        """Wait until all these texts are on the screen."""
        self.jusqu_a(lambda: self._montre(textes))

    def _montre(self, textes: Sequence[str]) -> bool:
        montre = self.texte
        return all(texte in montre for texte in textes)

    def attendre_la_fin(self) -> int:
        """Wait until the process has ended; returns `fin`."""
        if self._enfant.fileobj.closed:
            attente = Thread(target=self._enfant.wait, daemon=True)
            attente.start()
            attente.join(PATIENCE)
        else:  # read the rest, or a full terminal would make the process wait for ever
            self.jusqu_a(lambda: self.fin is not None)
        fin = self.fin
        assert fin is not None, "the process never ended"
        return fin


def environnement(maison: Path, **variables: str) -> dict[str, str]:
    """The environment of a user whose home is `maison` at a modern terminal, without the tester's own settings."""
    autres = ("CYCLADES_", "XDG_", "PYTHON", "TEXTUAL", "NO_COLOR", "COLUMNS", "LINES")
    propre = {nom: valeur for nom, valeur in os.environ.items() if not nom.startswith(autres)}
    return {**propre, "HOME": str(maison), "PYTHONUTF8": "1", "TERM": "xterm-256color", **SANS_GARDE, **variables}


@contextmanager
def terminal(
    commande: Sequence[str], env: dict[str, str], *, colonnes: int = 80, lignes: int = 24
) -> Iterator[Terminal]:
    """A command in its terminal, killed at the end if it still runs."""
    ouvert = Terminal(commande, env, colonnes=colonnes, lignes=lignes)
    try:
        yield ouvert
    finally:
        ouvert.tuer()
        ouvert.fermer_la_fenetre()


def cyclades(*arguments: str) -> list[str]:
    """The command line in this interpreter."""
    return [sys.executable, "-m", "cyclades_tui", *arguments]


def _preparer(dossier: Path) -> None:
    """Make the store of `Borne`, and write the number of its only account beside it."""
    reglages = _reglages(dossier)
    initialiser(reglages, None)
    with ouvrir_poste(reglages) as poste:
        jour = poste.aujourd_hui()
        definir_fenetre(
            poste,
            examen="BCP",
            session="2027",
            academie="Guyane",
            ouverture=datetime.combine(jour - timedelta(days=1), heure(8)),
            fermeture=datetime.combine(jour + timedelta(days=30), heure(18)),
        )
        creer_compte(poste)
        numero = comptes.connecter(poste, EMAIL, MOT_DE_PASSE).numero
    (dossier / "numero").write_text(numero, encoding="utf-8")


def _reglages(dossier: Path) -> ReglagesDuPoste:
    return ReglagesDuPoste(store=dossier / "store", parametrage=dossier / "parametrage")


class Borne:
    """A store with Paul Lamy's account and an open service; kiosks run on it, each in its own terminal."""

    def __init__(self, dossier: Path) -> None:
        self.reglages = _reglages(dossier)
        self.env = environnement(
            dossier, CYCLADES_STORE=str(self.reglages.store), CYCLADES_PARAMETRAGE=str(self.reglages.parametrage)
        )
        copier("borne", _preparer, dossier)
        numero = (dossier / "numero").read_text(encoding="utf-8")
        self.cle = brouillons.cle_nouvelle(numero, "BCP", "2027", "33")

    @contextmanager
    def ouverte(self) -> Iterator[Terminal]:
        """A kiosk at its home."""
        with terminal(cyclades("borne"), self.env) as ecran:
            ecran.attendre("Que voulez-vous faire ?")
            yield ecran

    def commencer(
        self, saisie: Mapping[str, str] = COMMENCEE, onglet: str = "identification", focus: str = VOIE
    ) -> None:
        """Make a draft that somebody left at a tab, in a field."""
        with ouvrir_poste(self.reglages) as poste:
            brouillons.garder(poste, self.cle, saisie, onglet=onglet, focus=focus, ecran="parti")
            brouillons.rendre_la_main(poste, self.cle, "parti")

    @property
    def brouillon(self) -> BrouillonGarde:
        """The only draft, read by this process while the kiosks write."""
        with ouvrir_poste(self.reglages) as poste:
            (brouillon,) = brouillons.lister(poste, self.cle.candidat)
        return brouillon

    def texte(self, champ: str) -> str:
        return self.brouillon.saisie.get(champ, "")

    def verifier(self) -> None:
        """Check the store with the command: it opens, and nothing is wrong."""
        subprocess.run(cyclades("verifier"), env=self.env, check=True, stdout=subprocess.DEVNULL, timeout=PATIENCE)


def se_connecter(ecran: Terminal) -> None:
    ecran.presser("1")
    ecran.attendre("Veuillez vous identifier")
    ecran.presser(EMAIL, "enter")
    ecran.attendre(EMAIL, "►Mot de passe")
    ecran.presser(MOT_DE_PASSE, "enter")
    ecran.attendre("Mes inscriptions", "F8 Ajouter")


def reprendre(ecran: Terminal, onglet: str = "2/9 Identification") -> None:
    """Log in, and continue the draft whose card has the focus."""
    se_connecter(ecran)
    ecran.attendre("… Brouillon", "Entrée reprend votre saisie")
    ecran.presser("enter")
    ecran.attendre("Reprendre votre saisie ?")
    ecran.presser("enter")
    ecran.attendre(onglet)
    ecran.jusqu_a(lambda: rang_du_focus(ecran))


def rang_du_focus(ecran: Terminal) -> str:
    """The row with the sign of the focus, without the scrollbar at its end; empty if there is none."""
    rang = next((ligne for ligne in ecran.lignes if ligne.startswith("►")), "")
    return rang.rstrip("▁▂▃▄▅▆▇█").rstrip()

"""For tests of the command line: running it here or in a process, the shipped files, the content of a store."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from cyclades_tui.actes.reglages.service import definir_fenetre
from cyclades_tui.poste import lire_reglages, ouvrir_poste
from cyclades_tui.referentiel.ressources import dossier
from cyclades_tui.store.ouverture import ouvrir_store
from cyclades_tui.store.requetes import journal

FIXTURES = dossier("fixtures")
CANDIDATURES = sorted((FIXTURES / "candidatures").glob("*.toml"))
LAMY = FIXTURES / "candidatures" / "guide-paul-lamy.toml"
JEANNE = FIXTURES / "candidatures" / "guide-jeanne-ngmb-dupont.toml"
FAUTIVES = FIXTURES / "fautives"
_UNE_MINUTE = 60


@dataclass(frozen=True)
class Execution:
    """How a command ended, and what it wrote."""

    code: int
    sortie: str
    erreurs: str

    @property
    def tout(self) -> str:
        return self.sortie + self.erreurs


Commande = Callable[..., Execution]


def ouvrir_les_fenetres(store: Path) -> None:
    """Set windows BCP 2027 around the present in the store's local settings."""
    with ouvrir_poste(lire_reglages(store)) as poste:
        jour = poste.aujourd_hui()
        for academie in ("Guyane", "Besançon"):
            definir_fenetre(
                poste,
                examen="BCP",
                session="2027",
                academie=academie,
                ouverture=datetime.combine(jour - timedelta(days=1), time(8)),
                fermeture=datetime.combine(jour + timedelta(days=30), time(18)),
            )


def tete(chemin: Path) -> tuple[int, str]:
    """Number and hash of the last row of a store's journal."""
    store = ouvrir_store(chemin)
    try:
        with store.lire() as unite:
            return journal.derniere_tete(unite)
    finally:
        store.fermer()


def ecrire_toml(chemin: Path, modele: Path, *changements: tuple[str, str]) -> Path:
    """A copy of a shipped file with texts replaced; each must occur in it."""
    texte = modele.read_text(encoding="utf-8")
    for avant, apres in changements:
        assert avant in texte
        texte = texte.replace(avant, apres, 1)
    chemin.write_text(texte, encoding="utf-8")
    return chemin


# The stores of tests are of 2023, and the clock of a command is today's.
SANS_GARDE = {"CYCLADES_SAUT_D_HORLOGE": "36500"}


def environnement(maison: Path, **variables: str) -> dict[str, str]:
    """The environment of a user whose home is `maison`, without the settings of the person who runs the tests."""
    propre = {nom: valeur for nom, valeur in os.environ.items() if not nom.startswith(("CYCLADES_", "XDG_", "PYTHON"))}
    return {**propre, "HOME": str(maison), "USERPROFILE": str(maison), "PYTHONUTF8": "1", **SANS_GARDE, **variables}


def processus(*arguments: object, env: Mapping[str, str], avant: str = "", encodage: str = "utf-8") -> Execution:
    """Run the command line in a process; `avant` is Python code to run first."""
    code = f"{avant}\nfrom cyclades_tui.__main__ import main\nmain()"
    fini = subprocess.run(
        [sys.executable, "-c", code, *(str(a) for a in arguments)],
        check=False,
        capture_output=True,
        encoding=encodage,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        timeout=_UNE_MINUTE,
    )
    return Execution(fini.returncode, fini.stdout, fini.stderr)

"""`cyclades courrier`: read the messages to an address, to hand them on; send one to a candidate."""

from __future__ import annotations

import sys
from dataclasses import asdict

from cyclades_tui.actes.personnes.courrier import Courrier, ecrire, lire
from cyclades_tui.actes.reglages.formation import de_formation
from cyclades_tui.cli.corps.connexion import poste_de
from cyclades_tui.cli.corps.sortie_json import ecrire_json
from cyclades_tui.domaine.document import FORMATION
from cyclades_tui.domaine.temps import a_la_minute
from cyclades_tui.poste import ReglagesDuPoste


def afficher(reglages: ReglagesDuPoste, adresse: str, *, en_json: bool) -> None:
    """Print the messages, the newest first. Raises SaisieRefusee if there are none; StoreInutilisable."""
    with poste_de(reglages) as poste:
        messages, formation = lire(poste, adresse), de_formation(poste)
    if en_json:
        ecrire_json([asdict(message) for message in messages])
    else:
        sys.stdout.write(f"{FORMATION}\n\n" if formation else "")
        sys.stdout.write("\n".join(_en_texte(message) for message in messages))


def envoyer(reglages: ReglagesDuPoste, candidat: str, objet: str, texte: str) -> None:
    """Send a message; the text `-` is read from standard input. Raises SaisieRefusee, StoreInutilisable."""
    corps = sys.stdin.read() if texte == "-" else texte
    with poste_de(reglages) as poste:
        ecrire(poste, candidat, objet, corps)
    print(f"√ Message écrit au candidat {candidat}.")


def _en_texte(message: Courrier) -> str:
    de = f"  {message.expediteur}" if message.expediteur else ""
    return f"{a_la_minute(message.instant)} (heure de Paris){de}  {message.objet}\n\n{message.corps}\n"

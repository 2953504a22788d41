"""The borne as a process in a terminal: killed, closed, doubled, resized, pasted into; what was typed stays."""

from __future__ import annotations

import re
import time
import unicodedata
from functools import partial
from pathlib import Path

import pytest
from outils.terminal import VOIE, Borne, Terminal, rang_du_focus, reprendre, se_connecter

from cyclades_tui.domaine.temps import jour_court, jour_de_paris

# Before Python 3.12 nothing is said; after, pytest-xdist's own thread makes every fork suspect. The child only execs.
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded, use of forkpty:DeprecationWarning")

PROMESSE = 2.0  # seconds: anything older is kept (decision 4)
PHRASE = "des mots tapes sans arret"


@pytest.fixture
def borne(tmp_path: Path) -> Borne:
    return Borne(tmp_path)


def aller(ecran: Terminal, libelle: str) -> None:
    """Tab to a field, once a field has the focus, since an earlier Tab would be one too many."""
    ecran.jusqu_a(lambda: rang_du_focus(ecran))
    while not (rang := rang_du_focus(ecran)).startswith(f"►{libelle}"):
        ecran.presser("tab")
        ecran.jusqu_a(partial(_a_quitte, ecran, rang))


def _a_quitte(ecran: Terminal, rang: str) -> bool:
    """Whether another row is marked."""
    return rang_du_focus(ecran) not in ("", rang)


def taper(ecran: Terminal, texte: str) -> None:
    """Type in the focused field, until the text shows."""
    ecran.presser(texte)
    ecran.jusqu_a(partial(finit_par, ecran, texte))


def finit_par(ecran: Terminal, texte: str) -> bool:
    """Whether the cursor is just after this text."""
    return ecran.avant_le_curseur.endswith(texte)


def repondre(ecran: Terminal, rang: int, reponse: str) -> None:
    """Choose an answer of a dialogue, `rang` rows under the first."""
    ecran.attendre(reponse)
    ecran.presser(*["down"] * rang, "enter")


def test_a_killed_borne_is_resumed_with_every_text_and_the_focus(borne: Borne) -> None:
    """From the choices to an unfinished code, then kill -9 two seconds after the last key."""
    with borne.ouverte() as ecran:
        se_connecter(ecran)
        ecran.attendre("Vous n'avez aucune candidature active.")
        ecran.presser("enter")
        ecran.attendre("Résumé de la sélection", "► Examen")
        ecran.presser("enter")
        ecran.attendre("► BACCALAURÉAT PROFESSIONNEL")
        ecran.presser("enter")
        ecran.attendre("← BACCALAURÉAT PROFESSIONNEL")
        ecran.presser("2027")
        ecran.attendre("► 2027")
        ecran.presser("enter")
        ecran.attendre("GUYANE", "√ Ouvert")
        ecran.presser("f8")
        ecran.attendre("1/9 Modalités d'inscription", "[ ]")
        ecran.presser(" ", "f8")  # typed ahead of what is painted
        ecran.attendre("2/9 Identification")
        for libelle, texte in (("Numéro, rue, voie", "12 rue d'Éa"), ("Code postal", "973"), ("Téléphone", "06 2")):
            aller(ecran, libelle)
            taper(ecran, texte)
        ecran.absorber(PROMESSE)
        ecran.tuer()
    jour = jour_court(jour_de_paris(borne.brouillon.maj_le))
    with borne.ouverte() as ecran:
        se_connecter(ecran)
        ecran.attendre("… Brouillon", "Entrée reprend votre saisie")
        ecran.presser("enter")
        ecran.attendre("Reprendre votre saisie ?", f"le {jour}", "à l'onglet 2/9")
        ecran.presser("enter")
        ecran.attendre("2/9 Identification", "12 rue d'Éa")
        ecran.jusqu_a(lambda: re.fullmatch(r"►Téléphone personnel mobile +▌ ?06 2", ecran.avant_le_curseur))
        assert re.search(r"^ Code postal \* +▌ ?973\b", ecran.texte, re.MULTILINE)
        taper(ecran, "7")
        assert ecran.avant_le_curseur.endswith("06 27")


def test_nothing_older_than_two_seconds_is_lost_while_one_types(borne: Borne) -> None:
    """Keys without a pause for more than four seconds, then kill -9."""
    borne.commencer()
    montres: list[float] = []  # when each character appeared on the screen
    with borne.ouverte() as ecran:
        reprendre(ecran)
        for rang, caractere in enumerate(PHRASE):
            ecran.presser(caractere)
            ecran.jusqu_a(partial(finit_par, ecran, PHRASE[: rang + 1]))
            montres.append(time.monotonic())
            ecran.absorber(0.12)
        coupure = time.monotonic()
        ecran.tuer()
    garde = borne.texte(VOIE)
    anciens = sum(instant < coupure - PROMESSE for instant in montres)
    assert anciens >= 10
    assert PHRASE.startswith(garde)
    assert len(garde) >= anciens
    borne.verifier()


def test_of_two_bornes_on_one_draft_the_second_takes_over_knowingly(borne: Borne) -> None:
    borne.commencer()
    with borne.ouverte() as premiere, borne.ouverte() as seconde:
        reprendre(premiere)
        taper(premiere, "1 rue")
        premiere.jusqu_a(lambda: borne.texte(VOIE) == "1 rue")
        se_connecter(seconde)
        seconde.attendre("… Brouillon", "Entrée reprend votre saisie")
        seconde.presser("enter")
        seconde.attendre("Cette saisie est ouverte sur un autre écran")
        repondre(seconde, 1, "Reprendre ici")
        seconde.attendre("2/9 Identification", "1 rue")
        seconde.jusqu_a(lambda: "1 rue" in rang_du_focus(seconde))
        taper(seconde, " des Lilas")
        premiere.presser(" des Roses")
        premiere.attendre("sur un autre écran")
        seconde.jusqu_a(lambda: borne.texte(VOIE) == "1 rue des Lilas")
        taper(seconde, ", 2e")
        seconde.jusqu_a(lambda: borne.texte(VOIE) == "1 rue des Lilas, 2e")


def test_leaving_the_other_screen_alone_changes_nothing(borne: Borne) -> None:
    borne.commencer()
    with borne.ouverte() as premiere, borne.ouverte() as seconde:
        reprendre(premiere)
        taper(premiere, "1 rue")
        premiere.jusqu_a(lambda: borne.texte(VOIE) == "1 rue")
        se_connecter(seconde)
        seconde.attendre("… Brouillon", "Entrée reprend votre saisie")
        seconde.presser("enter")
        repondre(seconde, 0, "Laisser l'autre écran continuer")
        seconde.attendre("… Brouillon")
        taper(premiere, " du Port")
        premiere.jusqu_a(lambda: borne.texte(VOIE) == "1 rue du Port")


def test_a_form_that_is_open_follows_its_window(borne: Borne) -> None:
    """Wide, small, too small and back: text and focus stay, and typing goes on where it was."""
    borne.commencer()
    with borne.ouverte() as ecran:
        reprendre(ecran)
        taper(ecran, "12")
        for colonnes, lignes, suite in ((120, 40, " r"), (80, 24, "ue"), (60, 20, ""), (80, 24, " du")):
            ecran.redimensionner(colonnes, lignes)
            if not suite:
                # Whole, otherwise the form below would be read in the rest of the previous frame.
                ecran.jusqu_a(lambda: "Agrandissez la fenêtre" in ecran.texte and "se déplacer" not in ecran.texte)
                continue
            ecran.attendre("Numéro, rue, voie")
            taper(ecran, suite)
        assert rang_du_focus(ecran).endswith("12 rue du")
        ecran.jusqu_a(lambda: borne.texte(VOIE) == "12 rue du")


def test_ctrl_c_ends_nothing(borne: Borne) -> None:
    """Ctrl+C copies in a field; at the home it says how to leave."""
    borne.commencer()
    with borne.ouverte() as ecran:
        ecran.presser("ctrl+c")
        ecran.attendre("Pour quitter")
        reprendre(ecran)
        taper(ecran, "12 rue")
        ecran.presser("ctrl+c")
        taper(ecran, " Éa")
        assert rang_du_focus(ecran).endswith("12 rue Éa")


def test_ctrl_q_asks_at_each_level_and_keeps_the_draft(borne: Borne) -> None:
    """From the form to « Mes inscriptions », to the home, and out."""
    borne.commencer()
    with borne.ouverte() as ecran:
        reprendre(ecran)
        taper(ecran, "12 rue")
        ecran.presser("ctrl+q")
        ecran.attendre("Quitter l'inscription ?")
        repondre(ecran, 1, "Quitter")
        ecran.attendre("… Brouillon", "Entrée reprend votre saisie")
        assert borne.texte(VOIE) == "12 rue"
        assert borne.brouillon.ecran is None
        ecran.presser("ctrl+q")
        ecran.attendre("Vous déconnecter ?")
        repondre(ecran, 1, "Me déconnecter")
        ecran.attendre("Que voulez-vous faire ?")
        ecran.presser("ctrl+q")
        ecran.attendre("Quitter la borne ?")
        repondre(ecran, 1, "Quitter")
        assert ecran.attendre_la_fin() == 0


def test_a_window_that_is_closed_ends_the_borne_and_keeps_the_draft(borne: Borne) -> None:
    borne.commencer()
    with borne.ouverte() as ecran:
        reprendre(ecran)
        taper(ecran, "12 rue")
        ecran.absorber(PROMESSE)
        ecran.fermer_la_fenetre()
        ecran.attendre_la_fin()
    assert borne.texte(VOIE) == "12 rue"
    borne.verifier()


def test_a_paste_is_folded_to_one_line_and_told(borne: Borne) -> None:
    """Lines, a tab, a bell, decomposed accents: one composed line, the same on screen and in the draft."""
    borne.commencer()
    voulu = "12 rue de l'Été Bâtiment B"
    with borne.ouverte() as ecran:
        reprendre(ecran)
        ecran.coller(unicodedata.normalize("NFD", "  12 rue\rde l'Été\tBâti\x07ment\r\r B\r"))
        ecran.jusqu_a(lambda: rang_du_focus(ecran).endswith(voulu))
        ecran.attendre("Texte collé")
        ecran.jusqu_a(lambda: borne.texte(VOIE) == voulu)

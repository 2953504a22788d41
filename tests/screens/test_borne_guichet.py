"""A candidate at a kiosk and an agent at a guichet, each in a terminal, on one store: what one does, the other sees."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from outils.borne import EMAIL, MOT_DE_PASSE
from outils.fichiers_bons import image
from outils.guide import AFFICHEE
from outils.terminal import Borne, Terminal, cyclades, se_connecter, terminal

from cyclades_tui.actes.bureau import agents
from cyclades_tui.actes.candidature.inscription import Demande, enregistrer
from cyclades_tui.actes.personnes import comptes, identite
from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.domaine.droits import Role
from cyclades_tui.poste import ouvrir_poste

FICHIERS = ("floue.jpg", "nette.jpg")
AGENT, SESAME = "rivage", "Guichet-de-2027."
DE_SON_ETABLISSEMENT = {champ: texte for champ, texte in AFFICHEE.items() if "titre" not in champ} | {
    "epreuves.E4.langue": "Espagnol"
}


def preparer(borne: Borne, support: Path) -> None:
    """One candidature that asks for one piece, an agent, a medium with two pictures."""
    support.mkdir()
    for age, nom in enumerate(FICHIERS):  # the newest stands first
        (support / nom).write_bytes(image("JPEG", ("L", "RGB")[age]))
        os.utime(support / nom, (1_700_000_000 - age, 1_700_000_000 - age))
    borne.env["CYCLADES_SOURCES"] = f'["{support}"]'
    with ouvrir_poste(borne.reglages) as poste:
        session = comptes.connecter(poste, EMAIL, MOT_DE_PASSE)
        identite_ = identite.saisie_du_compte(poste, session.candidat_id)
        enregistrer(poste, Demande("BCP", "2027", "33", DE_SON_ETABLISSEMENT | identite_))
        agents.ajouter(poste, "phare", "O. Phare", Role.ADMINISTRATEUR, (), "", SESAME)
        phare = replace(poste, acteur=Acteur(NatureActeur.AGENT, "phare", Face.COMMANDE, "poste"))
        agents.ajouter(phare, AGENT, "L. Rivage", Role.GESTIONNAIRE, (), "", SESAME)


def deposer(candidat: Terminal, fichier: str, rang: int) -> None:
    """Add the file of a rank in the list to the one piece, then say that all is given."""
    candidat.presser("f8")
    candidat.attendre("Ajouter un fichier", *FICHIERS)
    candidat.presser(*["down"] * rang, "enter")
    candidat.attendre("√ Déposé", fichier)
    candidat.presser("f9")
    candidat.attendre("► Pas encore")
    candidat.presser("down", "enter")
    candidat.attendre("Validé le")


def relire(candidat: Terminal, *attendus: str) -> None:
    """Leave the pieces and come back, as one does who wants to know; a key is lost while the cards are read anew."""
    candidat.presser("escape")
    candidat.attendre("Mes inscriptions")
    candidat.jusqu_a(lambda: _les_pieces(candidat))
    candidat.attendre(*attendus)


def _les_pieces(candidat: Terminal) -> bool:
    if any(ligne.startswith(" Mes justificatifs  N°") for ligne in candidat.lignes):
        return True
    candidat.presser("j")
    candidat.absorber(0.3)
    return False


def test_a_piece_goes_to_and_fro_between_two_terminals(tmp_path: Path) -> None:
    """Deposited, refused with a comment, given anew, accepted: each sees what the other did."""
    borne = Borne(tmp_path)
    preparer(borne, tmp_path / "cle")
    with borne.ouverte() as candidat, terminal(cyclades("guichet", "--agent", AGENT), borne.env) as agent:
        se_connecter(candidat)
        candidat.attendre("► BACCALAURÉAT PROFESSIONNEL", "Entrée ouvre « Mes activités »")
        candidat.presser("j")
        candidat.attendre("! Aucun fichier")
        deposer(candidat, "floue.jpg", 0)
        agent.attendre("Mot de passe")
        agent.presser(SESAME, "enter")
        agent.attendre("BCP 2027 · pièces en ligne")
        agent.presser("enter")
        agent.attendre("C Conforme", "floue.jpg", "page 1/1")
        agent.presser("n")
        agent.attendre("floue ou illisible")
        agent.presser("1")
        agent.attendre("en couleur si possible")
        agent.presser("enter")
        agent.attendre("File terminée", "1 non conforme")
        relire(candidat, "× Non conforme", "flou ou illisible", "Ajoutez un nouveau fichier.")
        deposer(candidat, "nette.jpg", 1)
        agent.presser("escape")
        agent.attendre("Mes files", "BCP 2027 · pièces en ligne")
        agent.presser("enter")
        agent.attendre("C Conforme", "nette.jpg", "page 1/1")
        agent.presser("c")
        agent.attendre("File terminée", "1 conforme")
        relire(candidat, "√ Conforme")
    borne.verifier()

"""What the office tells a candidate about its decisions: nothing on statuses, unless its settings say so (C22)."""

from __future__ import annotations

from outils.actes import inscrire, lignes, regler
from outils.horloge import paris

from cyclades_tui.actes.pieces.avis import message_de_statut
from cyclades_tui.actes.socle.acte import acte
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.statuts import Statut
from cyclades_tui.domaine.temps import en_iso
from cyclades_tui.poste import Poste
from cyclades_tui.store.modele.tables import Candidature, Justificatif

AVEC_MESSAGE = 'source = "essai"\n[[reglage]]\nacademie = "33"\nmail_sur_statut_pj = true\n'


def prevenir(poste: Poste, candidature: int, **colonnes: str | None) -> None:
    """Call the message function for the candidature's first piece, as a decision left it."""
    with acte(poste, Droit.CONTROLER, "justificatif.refuser") as a:
        sienne = a.unite.session.get_one(Candidature, candidature)
        ligne = a.unite.session.get_one(Justificatif, 1)
        for nom, valeur in colonnes.items():
            setattr(ligne, nom, valeur)
        message_de_statut(a, sienne, ligne)
        a.rien()


def messages(poste: Poste) -> list[tuple[str, str, str]]:
    return lignes(poste, "SELECT objet, corps, expediteur FROM message WHERE objet LIKE 'Pièce%' ORDER BY id")


def test_a_status_is_written_to_the_candidate_only_if_the_settings_say_so(poste: Poste) -> None:
    candidature = inscrire(poste).candidature
    prevenir(poste, candidature, statut=Statut.NON_CONFORME, commentaire="Document flou.")
    assert messages(poste) == []

    regler(poste, AVEC_MESSAGE)
    prevenir(poste, candidature, statut=Statut.CONFORME)
    prevenir(poste, candidature, statut=Statut.RECUE)
    assert messages(poste) == []

    limite = en_iso(paris("2024-03-01 12:00"))
    prevenir(poste, candidature, statut=Statut.NOUVELLE_PJ, commentaire="Verso {limite} manquant.", limite=limite)
    prevenir(poste, candidature, statut=Statut.NON_CONFORME, commentaire="", limite=None)
    (objet, nouvelle, expediteur), (_, refusee, _) = messages(poste)
    assert objet == "Pièce justificative à fournir de nouveau : BACCALAURÉAT PROFESSIONNEL"
    assert expediteur == "ACADÉMIE DE LA GUYANE"
    assert "Statut : En attente d'une nouvelle PJ\n" in nouvelle
    assert "Commentaire du service : Verso {limite} manquant.\n" in nouvelle
    assert "Date limite : 01/03/2024 à 12:00 (heure de Paris)\n" in nouvelle
    assert "Commentaire du service : aucun\n" in refusee
    assert "Date limite : 13/12/2023 à 23:59 (heure de Paris)\n" in refusee
    assert "{" not in refusee

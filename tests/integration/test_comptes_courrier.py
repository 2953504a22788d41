"""`cyclades courrier lire` and `cyclades compte activer`: what an agent may read and attest (G13, F472)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from outils.actes import inscrire, lignes, personne, refus
from outils.cli import Commande
from outils.comptes import a_la_borne, code_envoye, email_de, saisie_de
from outils.horloge import HorlogeReglable

from cyclades_tui.actes.personnes import comptes, courrier
from cyclades_tui.poste import Poste, lire_reglages, ouvrir_poste

pytestmark = pytest.mark.usefixtures("hacheur_rapide")


@pytest.fixture
def store_avec_compte(store_pret: Path) -> Path:
    """A store with the machine's own time, where person 1's account is not activated."""
    with ouvrir_poste(lire_reglages(store_pret)) as poste:
        comptes.creer(poste, saisie_de(1))
    return store_pret


def test_messages_come_newest_first_and_every_reading_is_traced(poste: Poste, horloge: HorlogeReglable) -> None:
    comptes.creer(poste, saisie_de(1))
    horloge.avancer(minutes=5)
    comptes.renvoyer(poste, email_de(1))
    inscrire(poste, personne(1))
    lus = courrier.lire(poste, "ESSAI.1@mail.fr")
    assert [(lu.objet, lu.code != "", lu.lu) for lu in lus] == [
        ("Inscription : BACCALAURÉAT PROFESSIONNEL", False, False),
        ("[CYCLADES] Activer mon compte", True, False),
        ("[CYCLADES] Activer mon compte", False, False),
    ]
    assert (lus[1].code in lus[1].corps, courrier.MASQUE in lus[2].corps) == (True, True)
    assert lus[1].instant == horloge.maintenant()
    acteur = poste.acteur.identifiant
    assert lignes(
        poste, "SELECT sujet, valeurs FROM journal JOIN journal_detail USING (seq) ORDER BY seq DESC LIMIT 1"
    ) == [("candidat:1", f'{{"acteur":"{acteur}","valeurs":{{"code":"montré","messages":[3,2,1]}}}}')]


def test_a_list_shows_no_code_and_leaves_no_trace(poste: Poste) -> None:
    comptes.creer(poste, saisie_de(1))
    avant = lignes(poste, "SELECT count(*) FROM journal")
    (message,) = courrier.lister(poste, email_de(1))
    assert (message.code, courrier.MASQUE in message.corps) == ("", True)
    assert courrier.lister(poste, "personne@mail.fr") == ()
    assert lignes(poste, "SELECT count(*) FROM journal") == avant


def test_a_borne_never_shows_a_code(poste: Poste) -> None:
    comptes.creer(poste, saisie_de(1))
    borne = a_la_borne(poste)
    with refus(borne, "courrier.borne"):
        courrier.lire(borne, email_de(1))


def test_a_message_that_names_braces_is_left_as_it_is(poste: Poste) -> None:
    """Braces are replaced only in a message with a code."""
    inscrire(poste, personne(1) | {"identification.email": "{code}@mail.fr"})
    (message,) = courrier.lire(poste, "{code}@mail.fr")
    assert courrier.MASQUE not in message.corps


def test_the_command_prints_the_code_while_it_is_valid(cyclades: Commande, store_avec_compte: Path) -> None:
    lue = cyclades("--store", store_avec_compte, "courrier", "lire", "Essai.1@mail.fr")
    assert (lue.code, lue.erreurs) == (0, "")
    assert "(heure de Paris)  [CYCLADES] Activer mon compte" in lue.sortie
    (message,) = json.loads(cyclades("--store", store_avec_compte, "courrier", "lire", email_de(1), "--json").sortie)
    assert message["code"] in lue.sortie
    assert sorted(message) == ["code", "corps", "expediteur", "id", "instant", "lu", "objet"]
    assert cyclades("--store", store_avec_compte, "compte", "activer", email_de(1), "--piece-vue").code == 0
    apres = cyclades("--store", store_avec_compte, "courrier", "lire", email_de(1))
    assert message["code"] not in apres.sortie
    assert courrier.MASQUE in apres.sortie


def test_an_address_without_messages_is_said(cyclades: Commande, store_avec_compte: Path) -> None:
    refusee = cyclades("--store", store_avec_compte, "courrier", "lire", "personne@mail.fr")
    assert (refusee.code, refusee.sortie) == (2, "")
    assert "Il n'y a aucun message pour « personne@mail.fr » dans ce store." in refusee.erreurs


def test_without_the_document_seen_the_command_says_why(cyclades: Commande, store_avec_compte: Path) -> None:
    refusee = cyclades("--store", store_avec_compte, "compte", "activer", email_de(1))
    assert refusee.code == 2
    assert "ne s'active que sur présentation d'une pièce d'identité" in refusee.erreurs
    assert "--piece-vue" in refusee.erreurs
    with ouvrir_poste(lire_reglages(store_avec_compte)) as poste:
        comptes.activer(poste, email_de(1), code_envoye(poste))


def test_with_the_document_seen_the_command_activates_once(cyclades: Commande, store_avec_compte: Path) -> None:
    commande = ("--store", store_avec_compte, "compte", "activer", email_de(1), "--piece-vue")
    faite = cyclades(*commande, "--json")
    assert (faite.code, sorted(json.loads(faite.sortie))) == (0, ["active_le", "email"])
    refusee = cyclades(*commande)
    assert refusee.code == 2
    assert "Aucun compte n'attend son activation à cette adresse." in refusee.erreurs


def test_the_activation_is_said_in_paris_time(cyclades: Commande, store_avec_compte: Path) -> None:
    faite = cyclades("--store", store_avec_compte, "compte", "activer", email_de(1), "--piece-vue")
    assert faite.sortie.startswith("√ Compte activé le ")
    assert faite.sortie.endswith("(heure de Paris), pièce vue : essai.1@mail.fr\n")


@pytest.mark.parametrize("commande", [("courrier", "lire", "a@b.fr"), ("compte", "activer", "a@b.fr", "--piece-vue")])
def test_without_a_store_each_command_says_what_to_do(
    cyclades: Commande, tmp_path: Path, commande: tuple[str, ...]
) -> None:
    refusee = cyclades("--store", tmp_path / "absent", *commande)
    assert refusee.code == 1
    assert "cyclades init" in refusee.erreurs


@pytest.mark.parametrize("signe", ["\x1b[2J", "\x1b]52;c;cm0=\x07", "\u202e", "\x9b2J", "\u2066", "🎓"])
@pytest.mark.parametrize("ou", ["objet", "texte"])
def test_a_message_with_a_sign_that_drives_a_terminal_is_refused(poste: Poste, signe: str, ou: str) -> None:
    numero = inscrire(poste, personne(1)).numero_candidat
    textes = {"objet": "Votre dossier", "texte": "Une ligne\n\nUne autre"}
    with refus(poste, "courrier.signe") as fautes:
        courrier.ecrire(poste, numero, **{"objet": textes["objet"], "corps": textes["texte"]} | entre(ou, signe))
    assert fautes[0].champ == ou
    assert signe not in fautes[0].message or signe == "🎓"


def entre(ou: str, signe: str) -> dict[str, str]:
    return {"objet" if ou == "objet" else "corps": f"avant {signe} après"}


def test_a_message_keeps_its_lines(poste: Poste) -> None:
    numero = inscrire(poste, personne(1)).numero_candidat
    courrier.ecrire(poste, numero, "  Votre \n dossier ", "Une ligne\r\n\r\nUne « autre » – œ  \n")
    message = courrier.consulter(poste, numero)[0]
    assert (message.objet, message.corps) == ("Votre dossier", "Une ligne\n\nUne « autre » – œ")

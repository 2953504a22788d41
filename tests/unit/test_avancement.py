"""Progress among the tabs of an inscription, and how each tab is shown."""

from __future__ import annotations

from outils.horloge import PENDANT, HorlogeReglable
from outils.saisies import service

from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.screens.borne.inscription.avancement import Avancement
from cyclades_tui.screens.cadre.formulaire import Formulaire
from cyclades_tui.widgets.etapes import EtatEtape

COURANTE, JUSTE, FAUSSE, A_VENIR = EtatEtape.COURANTE, EtatEtape.JUSTE, EtatEtape.FAUSSE, EtatEtape.A_VENIR


def formulaire(**saisie: str) -> Formulaire:
    return Formulaire(
        service(),
        {champ.replace("__", "."): texte for champ, texte in saisie.items()},
        HorlogeReglable.a(PENDANT).maintenant,
    )


def etats(avancement: Avancement) -> list[EtatEtape]:
    return [etape.etat for etape in avancement.etapes()]


def test_a_tab_that_one_left_tells_whether_it_is_right() -> None:
    avancement = Avancement(formulaire(modalites__accord="oui"))
    avancement.aller(0)
    avancement.aller(1)
    avancement.aller(2)
    assert etats(avancement)[:4] == [JUSTE, FAUSSE, COURANTE, A_VENIR]


def test_going_back_keeps_what_was_reached() -> None:
    avancement = Avancement(formulaire(modalites__accord="oui"))
    for rang in (0, 1, 2, 0):
        avancement.aller(rang)
    assert (avancement.rang, avancement.atteint, avancement.onglet) == (0, 2, "modalites")
    assert etats(avancement)[:4] == [COURANTE, FAUSSE, FAUSSE, A_VENIR]


def test_a_draft_begins_at_its_tab_and_what_stands_before_it_was_seen() -> None:
    avancement = Avancement(formulaire())
    depart = avancement.partir_de("candidature", tout_atteint=False)
    avancement.aller(depart)
    assert depart == avancement.rang_de("candidature")
    assert etats(avancement)[: depart + 2] == [*([FAUSSE] * depart), COURANTE, A_VENIR]


def test_a_tab_that_is_no_more_leads_to_the_first() -> None:
    assert Avancement(formulaire()).partir_de("disparu", tout_atteint=False) == 0


def test_the_tabs_of_a_saved_version_may_all_be_gone_to_and_say_nothing_before_they_are_seen() -> None:
    avancement = Avancement(formulaire(modalites__accord="oui"))
    avancement.aller(avancement.partir_de("", tout_atteint=True))
    assert avancement.atteint == avancement.dernier_saisi == avancement.dernier - 1
    assert etats(avancement)[1] is A_VENIR


def test_the_first_tab_where_something_is_wrong() -> None:
    assert Avancement(formulaire()).premier_faux() == 0
    assert Avancement(formulaire(modalites__accord="oui")).premier_faux() == 1
    assert Avancement(formulaire(modalites__accord="oui")).premier_faux(avant="identification") is None


def test_what_an_acte_refused_stays_wrong_until_its_field_says_something_else() -> None:
    rempli = formulaire(modalites__accord="oui")
    rempli.refuser((Faute("essai.refus", "modalites.accord", "Refusé.", ""),))
    assert [faute.code for faute in rempli.fautes_de("modalites")] == ["essai.refus"]
    rempli.ecrire("modalites.accord", "")
    assert "essai.refus" not in {faute.code for faute in rempli.lue.fautes}

"""Nothing is off the screen, by measurement: all other screens of the borne, each text checked where it is drawn."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence

import pytest
from outils.borne import (
    EMAIL,
    IDENTITE,
    MOT_DE_PASSE,
    TAILLES,
    borne,
    calmer,
    creer_compte,
    jusqu_a,
    remplir,
    se_connecter,
    taper,
    voir,
)
from outils.guide import AFFICHEE
from textual.content import Content
from textual.geometry import Region
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import OptionList

from cyclades_tui.actes.candidature import brouillons
from cyclades_tui.actes.candidature.inscription import Demande, enregistrer
from cyclades_tui.actes.personnes import comptes
from cyclades_tui.poste import Poste
from cyclades_tui.screens.borne.accueil import EcranAccueil
from cyclades_tui.screens.borne.aide import PAGES, EcranAide
from cyclades_tui.screens.borne.choix.lancement import EcranLancement, EcranOuverture
from cyclades_tui.screens.borne.compte.activation import EcranActivation
from cyclades_tui.screens.borne.compte.ecran import EcranCompte
from cyclades_tui.screens.borne.connexion import EcranConnexion
from cyclades_tui.screens.borne.espace.mes_inscriptions import EcranMesInscriptions
from cyclades_tui.screens.borne.inscription.ecran import EcranInscription
from cyclades_tui.screens.borne.lieux import Lieu
from cyclades_tui.screens.cadre.affichage import EcranAffichage
from cyclades_tui.screens.cadre.base import Probleme
from cyclades_tui.screens.cadre.menu import Menu
from cyclades_tui.screens.cadre.navigation import Activer, Aller
from cyclades_tui.screens.cadre.probleme import EcranProbleme
from cyclades_tui.store.requetes.brouillons import CleBrouillon
from cyclades_tui.widgets.cadre import LigneAide
from cyclades_tui.widgets.champ import LigneChamp
from cyclades_tui.widgets.dialogue import Aide, Dialogue, Sommaire

LONGUE = "x" * 60 + "@example.org"
SAISIE = AFFICHEE | IDENTITE


# Measures


def dessine(bandes: Sequence[Strip], region: Region) -> str:
    """What the rows of a screen show in a region, without spaces."""
    rangs = (bandes[y].crop(region.x, region.right).text for y in range(region.y, region.bottom))
    return sans_blancs("".join(rangs))


def sans_blancs(texte: str) -> str:
    return "".join(texte.split())


def voulu(widget: Widget) -> str | None:
    """The text of a widget, without spaces; None for a widget that draws its own lines."""
    if isinstance(widget, OptionList):
        textes = [widget.get_option_at_index(rang).prompt for rang in range(widget.option_count)]
        return sans_blancs("".join(str(texte) for texte in textes))
    rendu = widget.render()
    return sans_blancs(str(rendu)) if isinstance(rendu, str | Content) else None


async def mesurer(pilot: Pilot[None], quoi: str) -> None:
    """Each widget is within the four edges, at once or after scrolling; each text is whole where it is drawn."""
    ecran = pilot.app.screen
    fenetre = pilot.app.size.region
    bandes = ecran._compositor.render_strips()
    lus = 0
    for widget in filter(est_montre, ecran.walk_children(Widget)):
        if not ecran.can_view_entire(widget):
            widget.scroll_visible(animate=False, immediate=True)
            await calmer(pilot)
            bandes = ecran._compositor.render_strips()
        ou = f"{quoi} : {widget!r} {widget.region}"
        assert fenetre.x <= widget.region.x < widget.region.right <= fenetre.right, ou
        if any(enfant.display for enfant in widget.children):
            if isinstance(widget, LigneChamp):
                assert widget.size.height == widget.trace(widget.size.width).rangs, ou
            continue
        assert fenetre.contains_region(widget.region), ou
        assert ecran.can_view_entire(widget), ou
        if (texte := voulu(widget)) is not None:
            montre = dessine(bandes, widget.content_region)
            assert texte.startswith(montre) if isinstance(widget, OptionList) else texte == montre, ou
            lus += 1
    for ligne in ecran.query(LigneAide):
        assert ligne.ajuster(ligne.size.width).aide == ligne.message[1], (quoi, ligne.message)
    assert lus > 3, quoi


def est_montre(widget: Widget) -> bool:
    """Whether it has a place on its screen."""
    parents = [noeud for noeud in widget.ancestors_with_self if isinstance(noeud, Widget)]
    return all(noeud.display and noeud.visible for noeud in parents) and bool(widget.region)


# Walks: each yields a description of what is shown


async def sans_compte(pilot: Pilot[None], poste: Poste) -> AsyncIterator[str]:
    """Home, help, login, services: what anyone sees."""
    await calmer(pilot)
    yield "accueil"
    await pilot.press("f12")
    await voir(pilot, EcranAffichage)
    yield "affichage"
    await pilot.press("escape", "escape")
    await voir(pilot, Dialogue)
    yield "quitter la borne"
    await pilot.press("escape")
    for lieu in PAGES:
        await voir(pilot, EcranAccueil)
        pilot.app.post_message(Aller(lieu))
        await voir(pilot, EcranAide)
        yield lieu
        await pilot.press("escape")
    await voir(pilot, EcranAccueil)
    await pilot.press("3")
    await voir(pilot, EcranOuverture)
    for filtre in ("", "", "2024", ""):
        yield f"services {filtre}"
        await taper(pilot, filtre)
        await pilot.press("enter")
        await calmer(pilot)
    await pilot.press("backspace")
    await taper(pilot, "2022")
    await pilot.press("enter")
    await calmer(pilot)
    yield "services, fermés"
    await taper(pilot, "zzz")
    await calmer(pilot)
    yield "services, aucun"
    await pilot.press("f1")
    await voir(pilot, Aide)
    yield "aide des services"


async def connexion(pilot: Pilot[None], poste: Poste) -> AsyncIterator[str]:
    """Login, what is refused there, the activation in each of its states."""
    creer_compte(poste, actif=False)
    await calmer(pilot)
    await pilot.press("1")
    await voir(pilot, EcranConnexion)
    yield "connexion"
    await pilot.press("f1")
    await voir(pilot, Aide)
    yield "aide d'un champ"
    await pilot.press("escape", "enter")
    await remplir(pilot, ("x", "y"))
    await pilot.press("enter")
    await calmer(pilot)
    yield "connexion refusée"
    assert isinstance(pilot.app.screen, EcranConnexion)
    for lien in ("identifiants", "oublie", "probleme"):
        pilot.app.screen.suivre_le_lien(lien)
        await calmer(pilot)
        yield lien
        if isinstance(pilot.app.screen, ModalScreen):
            await pilot.press("escape")
            await voir(pilot, EcranConnexion)
    for demande in (Activer("", ""), Activer(LONGUE, ""), Activer(EMAIL, MOT_DE_PASSE, "Ce compte attend.")):
        pilot.app.post_message(demande)
        await jusqu_a(pilot, lambda: isinstance(pilot.app.screen, EcranActivation))
        await calmer(pilot)
        yield f"activation {demande.email}"
        await pilot.press("f8")
        await calmer(pilot)
        yield f"activation refusée {demande.email}"
        pilot.app.post_message(Aller(Lieu.CONNEXION))
        await voir(pilot, EcranConnexion)


async def compte(pilot: Pilot[None], poste: Poste) -> AsyncIterator[str]:
    """The four steps, empty, then refused, with the longest texts."""
    await calmer(pilot)
    await pilot.press("2")
    await voir(pilot, EcranCompte)
    ecran = pilot.app.screen
    assert isinstance(ecran, EcranCompte)
    for rang in range(4):
        await ecran._ouvrir(rang)
        await calmer(pilot)
        yield f"compte, étape {rang + 1}"
        await pilot.press("f8")
        await calmer(pilot)
        yield f"compte, étape {rang + 1} refusée"
    for champ, texte in (IDENTITE | {"identification.nom": "W" * 60, "identification.email": LONGUE}).items():
        ecran.formulaire.ecrire(champ, texte)
    await ecran._ouvrir(3)
    await calmer(pilot)
    yield "compte relu"


async def candidat(pilot: Pilot[None], poste: Poste) -> AsyncIterator[str]:
    """« Mes inscriptions » empty, with a saved candidature and a draft; menu, questions, a problem."""
    creer_compte(poste)
    await se_connecter(pilot)
    await voir(pilot, EcranMesInscriptions)
    yield "aucune candidature"
    await pilot.press("f5")
    await voir(pilot, Menu)
    yield "menu"
    enregistrer(poste, Demande("BCP", "2024", "33", SAISIE))
    garder_un_brouillon(poste)
    await pilot.press("escape")
    await voir(pilot, EcranMesInscriptions)
    yield "candidatures"
    await pilot.press("f1")
    await voir(pilot, Aide)
    yield "aide des candidatures"
    await pilot.press("escape", "escape")
    await voir(pilot, Dialogue)
    yield "se déconnecter"
    await pilot.press("escape")
    await voir(pilot, EcranMesInscriptions)
    await pilot.press("f8")
    await voir(pilot, EcranLancement)
    await pilot.press("enter", "enter")
    await taper(pilot, "2024")
    await pilot.press("enter")
    await calmer(pilot)
    yield "m'inscrire"


async def reprise(pilot: Pilot[None], poste: Poste) -> AsyncIterator[str]:
    """A draft that waits, one held elsewhere, F1, F2 and the question over the wizard, a problem."""
    creer_compte(poste)
    cle = garder_un_brouillon(poste)
    await se_connecter(pilot)
    await voir(pilot, EcranMesInscriptions)
    brouillons.prendre_la_main(poste, cle, brouillons.nouvel_ecran(poste))
    await pilot.press("enter")
    await voir(pilot, Dialogue)
    yield "brouillon tenu ailleurs"
    await pilot.press("down", "enter")
    await voir(pilot, EcranInscription)
    ecran = pilot.app.screen
    for touche, attendu in (("f1", Aide), ("f2", Sommaire), ("f12", EcranAffichage), ("escape", Dialogue)):
        await pilot.press(touche)
        await voir(pilot, attendu)
        yield f"{touche} dans l'inscription"
        await pilot.press("escape")
        await voir(pilot, EcranInscription)
    ecran.post_message(Probleme(RuntimeError("cela ne devait pas arriver")))
    await voir(pilot, EcranProbleme)
    yield "problème"
    await pilot.press("enter")
    await se_connecter(pilot)
    await voir(pilot, EcranMesInscriptions)
    await pilot.press("enter")
    await voir(pilot, Dialogue)
    yield "reprendre"
    premier = pilot.app.screen
    await pilot.press("down", "down", "enter")
    await jusqu_a(pilot, lambda: isinstance(pilot.app.screen, Dialogue) and pilot.app.screen is not premier)
    await calmer(pilot)
    yield "effacer"


def garder_un_brouillon(poste: Poste) -> CleBrouillon:
    cle = brouillons.cle_nouvelle(comptes.connecter(poste, EMAIL, MOT_DE_PASSE).numero, "BCP", "2024", "24")
    saisie = {"qualification.specialite": "Technicien en chaudronnerie industrielle " * 3}
    brouillons.garder(poste, cle, saisie, onglet="identification", focus="", ecran="autre")
    brouillons.rendre_la_main(poste, cle, "autre")
    return cle


PROMENADES: dict[str, Callable[[Pilot[None], Poste], AsyncIterator[str]]] = {
    promenade.__name__: promenade for promenade in (sans_compte, connexion, compte, candidat, reprise)
}


@pytest.mark.parametrize("taille", TAILLES)
@pytest.mark.parametrize("promenade", PROMENADES)
async def test_nothing_is_off_the_screen_or_cut(poste_borne: Poste, promenade: str, taille: str) -> None:
    async with borne(poste_borne).run_test(size=TAILLES[taille]) as pilot:
        async for quoi in PROMENADES[promenade](pilot, poste_borne):
            await mesurer(pilot, quoi)

"""An agent's home screen: his queues, last dossiers, day, what closes soon, this machine (ecrans.md §5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import DescendantFocus, Resize
from textual.widget import Widget
from textual.widgets import Static
from typing_extensions import override

from cyclades_tui.actes.bureau import tableau
from cyclades_tui.actes.bureau.agents import AgentConnecte
from cyclades_tui.actes.bureau.recherche import DossierTrouve
from cyclades_tui.actes.bureau.tableau import Echeance, Tableau
from cyclades_tui.actes.pieces import attentes_gardees
from cyclades_tui.domaine.droits import Droit, Role
from cyclades_tui.domaine.statuts import DECOMPTES, FICHES
from cyclades_tui.domaine.temps import a_la_minute, jour_en_lettres, limite_de_paris, limite_incluse
from cyclades_tui.domaine.texte import accorder, milliers
from cyclades_tui.poste import Poste
from cyclades_tui.screens.cadre.rangs import Dessin, Panneau, Rang, TitreDeListe
from cyclades_tui.screens.guichet.accueil.attentes import (
    FILE,
    PROCHE,
    RETIRER,
    MesAttentes,
    jours_avant,
    question_de_retirer,
)
from cyclades_tui.screens.guichet.lignes import etat_du_dossier, qui
from cyclades_tui.screens.guichet.navigation import OuvrirAttente, OuvrirDossier, Rechercher, SeDeconnecter
from cyclades_tui.screens.guichet.page import PageGuichet
from cyclades_tui.screens.guichet.parties import Parties
from cyclades_tui.screens.guichet.recherche import EXEMPLE
from cyclades_tui.widgets.bloc import Bloc
from cyclades_tui.widgets.cadre import Action, Bandeau, raccourcir
from cyclades_tui.widgets.ligne_ouvrable import LigneOuvrable

DOSSIER = "dossier"
_BARRE = 40
_SELON_LE_ROLE = {
    Role.AUDITEUR: "Votre rôle consulte les dossiers et les files, il ne décide de rien. Chaque lecture est "
    "journalisée.",
    Role.ETABLISSEMENT: "Vous voyez les candidats de votre établissement : recherchez-en un. Le contrôle des pièces "
    "est l'affaire du service des examens.",
    Role.ADMINISTRATEUR: "Votre rôle gère les agents, les réglages et la garde du store ; il ne lit aucun dossier. Ces "
    "actes se font par commandes : cyclades agent, cyclades service, cyclades sauvegarder, cyclades verifier.",
}


class ChampRecherche(Widget, can_focus=True):
    """Drawn like a field; the first character typed opens the search with it."""

    BINDINGS: ClassVar = [Binding("enter,space", "screen.rechercher", "rechercher", show=False)]
    DEFAULT_CSS = """
    ChampRecherche { height: 1; margin: 0 0 1 0; }
    """

    def __init__(self) -> None:
        super().__init__(id="recherche")
        self.combien = ""

    def compter(self, dossiers: int) -> None:
        self.combien = f"{milliers(dossiers)} {accorder(dossiers, 'dossier')}"
        self.refresh()

    def render(self) -> Content:
        largeur = self.size.width - 24 - len(self.combien) - 4
        style = "$champ-texte on $champ-focus" if self.has_focus else "$discret on $champ"
        exemple = raccourcir(EXEMPLE, max(largeur - 2, 0))
        return Content.assemble(
            f"{'►' if self.has_focus else ' '} Rechercher un dossier ",
            ("▌", "$champ-barre-focus"),
            (f" {exemple}".ljust(max(largeur, 0)), f"underline {style}"),
            "  ",
            (self.combien, "$discret"),
        )

    def on_click(self) -> None:
        self.post_message(Rechercher())

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()


class EcranAccueilAgent(PageGuichet):
    """Read again on each return to it."""

    TITRE = "Accueil"
    TAPE_PARTOUT = True  # what is typed begins a search
    AIDE = (
        "Vos files de pièces à contrôler, vos derniers dossiers, ce que vous avez décidé aujourd'hui et ce qui ferme "
        "bientôt. Tapez un nom ou un numéro : la recherche s'ouvre. F6 passe d'une partie à l'autre. Une "
        "file « à moi » tient les pièces que vous avez prises dans celle du dessus. Suppr retire une file que vous "
        "avez gardée."
    )
    TOUCHES = (
        ("lettres", "rechercher"),
        ("↑ ↓", "ligne"),
        ("Entrée", "ouvrir"),
        ("F6", "partie"),
        ("F5", "menu"),
        ("F12", "affichage"),
    )
    BINDINGS: ClassVar = [
        *Parties.BINDINGS,
        Binding("delete", "retirer", "retirer une file gardée", show=False),
    ]
    DEFAULT_CSS = """
    EcranAccueilAgent #colonnes { height: auto; layout: vertical; }
    EcranAccueilAgent.-large #colonnes { layout: horizontal; }
    EcranAccueilAgent #principal, EcranAccueilAgent #cote { height: auto; width: 1fr; }
    EcranAccueilAgent.-large #principal { width: 5fr; margin: 0 3 0 0; }
    EcranAccueilAgent.-large #cote { width: 3fr; }
    EcranAccueilAgent #principal > Vertical { height: auto; margin: 0 0 1 0; }
    EcranAccueilAgent #role { margin: 0 0 1 0; }
    EcranAccueilAgent .vide { height: auto; color: $discret; margin: 0 2; }
    """

    AUTO_FOCUS = ""

    def __init__(self, poste: Poste, agent: AgentConnecte) -> None:
        super().__init__(poste, agent)
        self._parties = Parties(self, self._lister)
        self._attentes = MesAttentes()
        self._tableau: Tableau | None = None
        self._dossiers: dict[str, DossierTrouve] = {}

    @override
    def contenu(self) -> ComposeResult:
        if self.peut(Droit.CONSULTER):
            yield ChampRecherche()
        yield Bloc(_SELON_LE_ROLE.get(self.agent.role, ""), nom="role")
        with Horizontal(id="colonnes"):
            with Vertical(id="principal"):
                if self._a_des_attentes:
                    yield self._attentes
                if self.peut(Droit.CONSULTER):
                    with Vertical(id="reprendre"):
                        yield TitreDeListe("Reprendre", "vos derniers dossiers")
            with Vertical(id="cote"):
                if self._a_des_attentes and self.peut(Droit.CONTROLER):
                    yield Panneau("aujourd-hui", "Aujourd'hui")
                yield Panneau("calendrier", "Calendrier", "ce qui ferme bientôt")
                yield Panneau("ce-poste", "Ce poste")

    @property
    def _a_des_attentes(self) -> bool:
        return self.peut(Droit.CONSULTER) and self.agent.role is not Role.ETABLISSEMENT

    @override
    def boutons(self) -> tuple[Action, ...]:
        visee = self.focused if isinstance(self.focused, Rang) else None
        ouvrir = "Ouvrir le dossier" if visee is not None and visee.genre == DOSSIER else "Ouvrir la file"
        boutons = [
            Action("menu", "Menu", "F5", pleine=visee is None),
            Action("quitter", "Se déconnecter", "Éch"),
        ]
        if self.peut(Droit.CONSULTER):
            boutons.insert(0, Action("rechercher", "Rechercher", "Ctrl+R"))
            boutons.insert(0, Action("ouvrir", ouvrir, "Entrée", active=visee is not None, pleine=True))
        return tuple(boutons)

    @override
    async def preparer(self) -> None:
        self._dire_l_echeance()
        if not self.peut(Droit.CONSULTER):
            self.pied.touches = self.TOUCHES[3:]

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self._relire()

    def _relire(self) -> None:
        self.lire(lambda: tableau.lire(self.poste), self._recevoir, self.dire_les_fautes)

    def _recevoir(self, lu: Tableau) -> None:
        self.call_later(self._montrer, lu)

    async def _montrer(self, lu: Tableau) -> None:
        """Show the data read; the focused row keeps the focus."""
        visee = self.focused.id if self.focused is not None else None
        self.retenir_les_touches()
        self._tableau = lu
        self._dossiers = {f"{d.numero_candidat}-{d.numero_inscription}": d for d in lu.reprendre}
        for champ in self.query(ChampRecherche):
            champ.compter(lu.dossiers)
        if self._a_des_attentes:
            await self._attentes.montrer(lu)
        if self.peut(Droit.CONSULTER):
            await self._montrer_les_dossiers()
        self._montrer_les_panneaux(lu)
        self._dire_l_echeance()
        if self.is_attached and self.app.screen is self:
            rangs, autres = self.query(Rang), self.query("ChampRecherche, Panneau")
            self._parties.viser(visee, [*rangs, *autres])

    async def _montrer_les_dossiers(self) -> None:
        partie = self.query_one("#reprendre", Vertical)
        await partie.remove_children("Rang, .vide")
        if not self._dossiers:
            await partie.mount(Static("Aucun dossier récent.", classes="vide", markup=False))
        await partie.mount_all(
            Rang(DOSSIER, cle, partial(_ligne_de_reprise, un), (qui(un), "Entrée ouvre le dossier."))
            for cle, un in self._dossiers.items()
        )

    def _montrer_les_panneaux(self, lu: Tableau) -> None:
        for panneau in self.query("#aujourd-hui").results(Panneau):
            panneau.montrer(tuple(_aujourd_hui(lu)))
        self.query_one("#calendrier", Panneau).montrer(tuple(_calendrier(lu)))
        self.query_one("#ce-poste", Panneau).montrer(tuple(_ce_poste(lu)))

    def on_resize(self, _: Resize) -> None:
        self._dire_l_echeance()

    def _dire_l_echeance(self) -> None:
        """Show the day, and the first window that closes."""
        bandeau = self.query_one(Bandeau)
        jour = jour_en_lettres(self.poste.aujourd_hui())
        bandeau.gauche = (self.TITRE, jour)
        if self._tableau is None or not self._tableau.calendrier:
            return
        premiere = self._tableau.calendrier[0]
        quand = _dans(premiere.instant, self._tableau.lu_le)
        fin = limite_incluse(premiere.instant)
        formes = (
            (f"{premiere.libelle} : ferment ", quand, f", le {fin} (heure de Paris)"),
            (f"{premiere.libelle} : ferment ", quand, f", le {fin} (Paris)"),
            (f"{premiere.libelle} : ", quand, ""),
        )
        place = self.app.size.width - cell_len(f" {self.TITRE}  {jour}   ")
        bandeau.droite = next((forme for forme in formes if cell_len("".join(forme)) <= place), formes[-1])

    # Going elsewhere

    @property
    def cherche(self) -> bool:
        """Whether typing here starts a search."""
        return self.peut(Droit.CONSULTER)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        if isinstance(event.widget, ChampRecherche):
            self.dire("Rechercher un dossier", "Tapez le début d'un nom, un numéro, une adresse.")
        elif isinstance(event.widget, Panneau):
            self.dire(event.widget.titre, "F6 passe à la partie suivante.")
        self.dessiner_les_boutons()

    @override
    def ligne_visitee(self, ligne: LigneOuvrable) -> None:
        self.dessiner_les_boutons()

    @override
    def ligne_ouverte(self, ligne: LigneOuvrable) -> None:
        if isinstance(ligne, Rang) and ligne.genre == FILE:
            attente = self._attentes.attente(ligne)
            self.post_message(OuvrirAttente(attente.filtre, attente.libelle))
        elif isinstance(ligne, Rang):
            dossier = self._dossiers[ligne.cle]
            self.post_message(OuvrirDossier(dossier.numero_candidat, dossier.numero_inscription))

    def action_ouvrir(self) -> None:
        if isinstance(self.focused, Rang):
            self.ligne_ouverte(self.focused)

    def action_partie(self, pas: int) -> None:
        self._parties.avancer(pas)

    def _lister(self) -> list[list[Widget]]:
        listes = [list(liste.query(Rang)) for liste in self.query("#files, #reprendre")]
        seuls = [[panneau] for panneau in self.query(Panneau) if panneau.display]
        return [partie for partie in ([*self.query(ChampRecherche)], *listes, *seuls) if partie]

    def action_retirer(self) -> None:
        gardee = self._attentes.gardee(self.focused)
        if gardee is None:
            self.dire("Retirer", "Suppr retire une file que vous avez gardée par F9 dans les filtres.")
        else:
            self.app.push_screen(question_de_retirer(gardee), partial(self._retirer, gardee.libelle))

    def _retirer(self, nom: str, reponse: str | None) -> None:
        if reponse == RETIRER:
            self.lancer(
                lambda: attentes_gardees.retirer(self.poste, nom), lambda _: self._relire(), self.dire_les_fautes
            )

    def action_quitter(self) -> None:
        self.post_message(SeDeconnecter())


# What is drawn


def _ligne_de_reprise(dossier: DossierTrouve, largeur: int) -> Content:
    signe, mots, genre = etat_du_dossier(dossier)
    suite = f"{dossier.numero_candidat}  {dossier.numero_inscription:03d}  {dossier.examen:<5}"
    place = max(largeur - len(suite) - 22, 8)
    nom = raccourcir(qui(dossier), place - 2).ljust(place)
    return Content.assemble(nom, suite, (signe, f"bold ${genre}"), f" {mots}")


def _aujourd_hui(lu: Tableau) -> Iterator[Dessin]:
    compteurs = lu.compteurs
    if compteurs is None:
        return
    total = compteurs.faites + sum(une.a_faire for une in lu.attentes if une.filtre.affecte_a is None)
    yield _texte(("Contrôlées ", ""), (milliers(compteurs.faites).rjust(8), "bold"), (f" sur {milliers(total)}", ""))
    if total:
        yield partial(_barre, compteurs.faites, total)
    for statut, quoi in DECOMPTES.items():
        signe, mots = FICHES[statut].agent.signe, quoi.pluriel.capitalize()
        yield _compte(signe, quoi.couleur, mots, compteurs.par_statut.get(statut, 0))


def _compte(signe: str, genre: str, mots: str, combien: int) -> Dessin:
    return _texte((f"{signe} ", f"bold ${genre}"), (mots.ljust(18), ""), (milliers(combien).rjust(6), ""))


def _barre(faites: int, total: int, largeur: int) -> Content:
    cases = min(largeur, _BARRE)
    pleines = faites * cases // total
    return Content.assemble(("█" * pleines, "$succes"), ("░" * (cases - pleines), "$discret"))


def _calendrier(lu: Tableau) -> Iterator[Dessin]:
    for echeance in lu.calendrier[:4]:
        yield partial(_echeance, echeance, lu.lu_le)
        yield _texte((f"    {limite_de_paris(echeance.instant)}", "$discret"))
    if not lu.calendrier:
        yield _texte(("Rien ne ferme dans les deux mois.", "$discret"))


def _echeance(echeance: Echeance, maintenant: datetime, largeur: int) -> Content:
    proche = jours_avant(echeance.instant, maintenant) <= PROCHE
    quand = _dans(echeance.instant, maintenant)
    libelle = raccourcir(echeance.libelle, max(largeur - len(quand) - 4, 4))
    return Content.assemble(("! " if proche else "  ", "bold $attention"), (quand, "bold"), f"  {libelle}")


def _ce_poste(lu: Tableau) -> Iterator[Dessin]:
    if lu.sauvegarde is None:
        yield _texte(("! ", "bold $attention"), ("aucune sauvegarde de ce store", ""))
    else:
        yield _texte(("√ ", "bold $succes"), (f"sauvegarde du {a_la_minute(lu.sauvegarde)}", ""))
    if lu.messages:
        attendent = accorder(lu.messages, "message attend", "messages attendent")
        yield _texte(("i ", "bold $info"), (f"{milliers(lu.messages)} {attendent} un envoi", ""))


def _texte(*morceaux: tuple[str, str]) -> Callable[[int], Content]:
    return lambda _: Content.assemble(*morceaux)


def _dans(limite: datetime, maintenant: datetime) -> str:
    jours = jours_avant(limite, maintenant)
    return {0: "aujourd'hui", 1: "demain"}.get(jours, f"dans {jours} jours")

"""Relances of incomplete dossiers: a preview, the lot in progress, its letters as one PDF (ecrans.md §5, §8)."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from enum import Enum
from functools import partial
from itertools import islice
from types import MappingProxyType
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static
from typing_extensions import override

from cyclades_tui.actes.bureau.agents import AgentConnecte
from cyclades_tui.actes.documents import relances
from cyclades_tui.actes.documents.relances import ARelancer, AvancementDuLot, Criteres, LotVu, ServiceARelancer
from cyclades_tui.actes.reglages.lecture import lire_jour
from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee
from cyclades_tui.domaine.temps import a_la_minute, jour_court
from cyclades_tui.domaine.texte import accorder, denombrer, milliers
from cyclades_tui.poste import Poste
from cyclades_tui.screens.cadre.page import phrases
from cyclades_tui.screens.guichet.navigation import OuvrirDossier
from cyclades_tui.screens.guichet.page import PageGuichet
from cyclades_tui.screens.guichet.relances.lots import (
    RIEN,
    Lettres,
    ListeARelancer,
    ListeLots,
    Progres,
    dire_les_manques,
)
from cyclades_tui.widgets.bloc import Bloc, Genre
from cyclades_tui.widgets.cadre import Action, Bandeau
from cyclades_tui.widgets.choix import Liste
from cyclades_tui.widgets.dialogue import Dialogue, Reponse
from cyclades_tui.widgets.longue_liste import LongueListe
from cyclades_tui.widgets.saisie import Change, ZoneTexte

MONTRES = 1000  # dossiers listed in the preview; all are counted
_PAR_FOIS = 200
_AVERTISSEMENT = (
    "Chacun reçoit un message et une lettre dans « Mes documents ». Ce qui est parti ne se reprend pas ; le lot peut "
    "être arrêté, puis repris."
)


class EtapeDeRelance(Enum):
    CHOIX = "choix"
    APERCU = "aperçu"
    EN_COURS = "en cours"
    FINI = "fini"


_CONSIGNES: Mapping[EtapeDeRelance, tuple[str, str]] = MappingProxyType(
    {
        EtapeDeRelance.CHOIX: ("Service et jour", "F8 dit qui serait relancé ; Entrée ouvre un lot"),
        EtapeDeRelance.APERCU: ("Aperçu", "Rien n'est encore fait. Entrée ouvre un dossier"),
        EtapeDeRelance.EN_COURS: ("En cours", "Échap arrête après ceux qui sont commencés"),
        EtapeDeRelance.FINI: ("Terminé", "F9 enregistre les lettres, Échap revient au choix"),
    }
)


class EcranRelances(PageGuichet):
    """First the last lots; F8 previews a new one, F9 runs it, then saves its letters."""

    TITRE = "Relances"
    AIDE = (
        "Une relance s'adresse aux dossiers dont une pièce manque encore et doit être fournie avant le jour choisi. "
        "L'aperçu dit qui est touché et ce qui manque à chacun. Un lot arrêté, par vous ou par une panne, se reprend "
        "ici : personne n'est relancé deux fois. Les lettres du lot s'enregistrent en un seul PDF à imprimer."
    )
    TOUCHES = (("F8", "voir qui est touché"), ("↑ ↓", "ligne"), ("Entrée", "ouvrir"), ("F5", "menu"), ("Éch", "retour"))
    BINDINGS: ClassVar = [
        Binding("f8,ctrl+n", "apercevoir", "Voir qui est touché", show=False),
        Binding("f9,ctrl+s", "faire", "Relancer, enregistrer les lettres", show=False),
    ]
    DEFAULT_CSS = """
    EcranRelances #contenu { padding: 1 1 0 1; scrollbar-size: 0 0; overflow: hidden hidden; }
    EcranRelances #criteres { height: 1; margin: 0 0 1 0; }
    EcranRelances .libelle { width: auto; padding: 0 1 0 0; }
    EcranRelances .barre { width: 2; color: $champ-barre-focus; }
    EcranRelances .suivant { padding: 0 1 0 3; }
    EcranRelances Liste { max-width: 44; }
    EcranRelances #jour { max-width: 14; }
    EcranRelances #quoi { height: 1; color: $titre; text-style: bold; }
    EcranRelances #progres { height: 1; color: $texte; }
    EcranRelances #dit { height: 3; }
    """
    AUTO_FOCUS = "Liste"

    def __init__(self, poste: Poste, agent: AgentConnecte) -> None:
        super().__init__(poste, agent)
        self._services: dict[str, ServiceARelancer] = {}
        self._etape = EtapeDeRelance.CHOIX
        self._criteres: Criteres | None = None
        self._touches = 0
        self._lot: int | None = None
        self._arret = False
        self._lettres = Lettres(
            self,
            partial(self._montrer, EtapeDeRelance.EN_COURS),
            self._avancer_a,
            self._finir_les_lettres,
            self._dire_le_refus,
        )

    @override
    def contenu(self) -> ComposeResult:
        with Horizontal(id="criteres"):
            yield Static("Service", classes="libelle", markup=False)
            yield Static("▌", classes="barre", markup=False)
            yield Liste("", (), "Lecture…", seule=True)
            yield Static("Avant le", classes="libelle suivant", markup=False)
            yield Static("▌", classes="barre", markup=False)
            jour = ZoneTexte("", exemple="JJ/MM/AAAA", longueur=10)
            jour.id = "jour"
            yield jour
        yield Static("", id="quoi", markup=False)
        yield ListeLots()
        yield ListeARelancer()
        yield Static("", id="progres", markup=False)
        yield Bloc(nom="dit")

    @override
    def boutons(self) -> tuple[Action, ...]:
        combien = denombrer(self._touches, "dossier")
        pleines = {
            EtapeDeRelance.CHOIX: Action(
                "apercevoir", "Voir qui est touché", "F8", active=bool(self._services), pleine=True
            ),
            EtapeDeRelance.APERCU: Action("faire", f"Relancer {combien}", "F9", active=self._touches > 0, pleine=True),
            EtapeDeRelance.EN_COURS: Action("faire", "En cours…", "", active=False),
            EtapeDeRelance.FINI: Action("faire", "Enregistrer les lettres", "F9", pleine=True),
        }
        sortie = "Arrêter après ceux-ci" if self._etape is EtapeDeRelance.EN_COURS else "Retour"
        return (pleines[self._etape], Action("menu", "Menu", "F5"), Action("quitter", sortie, "Éch"))

    @override
    async def preparer(self) -> None:
        self._montrer(EtapeDeRelance.CHOIX)
        self.lancer(
            lambda: (relances.services(self.poste), relances.lister(self.poste)),
            lambda lus: self._recevoir(*lus),
            self._dire_le_refus,
        )

    def _recevoir(self, services: tuple[ServiceARelancer, ...], lots: tuple[LotVu, ...]) -> None:
        self._services = {service.libelle: service for service in services}
        liste = self.query_one(Liste)
        liste.libelles = tuple(self._services)
        if services and not liste.valeur:
            liste.valeur = services[0].libelle
            self._proposer_le_jour()
        self._montrer_les_lots(lots)

    def _montrer_les_lots(self, lots: tuple[LotVu, ...]) -> None:
        self.query_one(ListeLots).montrer(lots, reste=False)
        self._titrer("Derniers lots" if lots else "Aucun lot de relances dans ce store.")
        self.dessiner_les_boutons()

    # What is chosen

    def on_change(self, message: Change) -> None:
        message.stop()
        if isinstance(message.zone, Liste):
            self._proposer_le_jour()

    def _proposer_le_jour(self) -> None:
        service = self._services.get(self.query_one(Liste).valeur)
        if service is not None:
            self.query_one("#jour", ZoneTexte).valeur = jour_court(service.avant)

    @override
    def passer_au_suivant(self) -> None:
        """Entrée: go to the day, then to the preview."""
        jour = self.query_one("#jour", ZoneTexte)
        if jour.has_focus:
            self.action_apercevoir()
        else:
            jour.focus()

    def action_apercevoir(self) -> None:
        service = self._services.get(self.query_one(Liste).valeur)
        if service is None or self._etape not in (EtapeDeRelance.CHOIX, EtapeDeRelance.APERCU, EtapeDeRelance.FINI):
            return
        try:
            jour = lire_jour(self.query_one("#jour", ZoneTexte).value, "")
        except SaisieRefusee as refus:
            self._dire_le_refus(refus.fautes)
            self.query_one("#jour").focus()
            return
        self._criteres = Criteres(service.examen, service.session, service.academie, jour)
        self._arret = False
        self._montrer(EtapeDeRelance.EN_COURS)
        self.mener(self._compter(self._criteres), self._recevoir_l_apercu, self._dire_le_refus)

    async def _compter(self, criteres: Criteres) -> list[ARelancer] | None:
        """The first dossiers, while the rest are counted; None if given up."""
        touches, montres = relances.apercevoir(self.poste, criteres), list[ARelancer]()
        self._touches = 0
        while lus := await asyncio.to_thread(lambda: list(islice(touches, _PAR_FOIS))):
            self._touches += len(lus)
            montres += lus[: MONTRES - len(montres)]
            self._avancer_a(f"{milliers(self._touches)} dossiers…", "")
            if self._arret:
                return None
        return montres

    def _recevoir_l_apercu(self, montres: list[ARelancer] | None) -> None:
        self._avancer_a("", "")
        if montres is None:
            self._revenir_au_choix()
            return
        self._montrer(EtapeDeRelance.APERCU)
        liste = self.query_one(ListeARelancer)
        liste.montrer(montres, reste=False)
        combien = f"{milliers(self._touches)} {accorder(self._touches, 'dossier')}"
        les_premiers = f", dont voici les {milliers(MONTRES)} premiers" if self._touches > MONTRES else ""
        self._titrer(
            f"{combien} à relancer{les_premiers}" if montres else "Aucun dossier n'est à relancer avant ce jour."
        )
        if montres:
            liste.focus()
            self._raconter(montres[0])

    # The lot

    def action_faire(self) -> None:
        if self._etape is EtapeDeRelance.FINI and self._lot is not None:
            self._enregistrer(self._lot)
        elif self._etape is EtapeDeRelance.APERCU and self._touches and self._criteres is not None:
            question = Dialogue(
                f"Relancer {milliers(self._touches)} {accorder(self._touches, 'dossier')} ?",
                _AVERTISSEMENT,
                (Reponse(RIEN, "Ne pas relancer"), Reponse("relancer", "Relancer")),
            )
            self.app.push_screen(question, partial(self._commencer, self._criteres))

    def _commencer(self, criteres: Criteres, reponse: str | None) -> None:
        if reponse == "relancer":
            self._montrer(EtapeDeRelance.EN_COURS)
            self._avancer_a("Choix des dossiers…", "")
            self.lancer(lambda: relances.commencer(self.poste, criteres), self._mener_le_lot, self._dire_le_refus)

    def _mener_le_lot(self, lot: int) -> None:
        self._lot, self._arret = lot, False
        self._montrer(EtapeDeRelance.EN_COURS)
        self.mener(self._relancer(lot), self._finir, self._dire_le_refus)

    async def _relancer(self, lot: int) -> AvancementDuLot:
        progres = Progres(self.poste, "relances", self._avancer_a)
        etapes = relances.avancer(self.poste, lot)
        while True:
            fait = await asyncio.to_thread(next, etapes)
            progres.avancer(fait.faits, fait.total)
            if fait.termine or self._arret:
                etapes.close()
                return fait

    def _finir(self, fait: AvancementDuLot) -> None:
        self._avancer_a("", "")
        dites = f"{milliers(fait.relances)} {accorder(fait.relances, 'relance')}"
        if not fait.termine:
            self._revenir_au_choix()
            self._dire_en_bas(
                f"Lot {fait.lot} arrêté : {dites} sur {milliers(fait.total)}. Reprenez-le ici.", "attention"
            )
            return
        passes = f", {fait.total - fait.relances} complétés entre-temps" if fait.total > fait.relances else ""
        self._terminer(f"Lot {fait.lot} terminé : {dites}{passes}. F9 enregistre les lettres en un PDF.", "succes")

    def _enregistrer(self, lot: int) -> None:
        self._lot = lot
        self._lettres.enregistrer(lot)

    def _finir_les_lettres(self, phrase: str, genre: Genre) -> None:
        self._avancer_a("", "")
        self._terminer(phrase, genre)

    def _terminer(self, phrase: str, genre: Genre) -> None:
        """Show the current lots, and what F9 does next."""
        self._montrer(EtapeDeRelance.FINI)
        self._dire_en_bas(phrase, genre)
        self.query_one(ListeLots).focus()
        self.lancer(lambda: relances.lister(self.poste), self._montrer_les_lots, self._dire_le_refus)

    # The lists

    def on_longue_liste_visitee(self, message: LongueListe.Visitee) -> None:
        message.stop()
        if self._etape is EtapeDeRelance.APERCU:
            self._raconter(self.query_one(ListeARelancer).lignes[message.rang])

    def on_longue_liste_ouverte(self, message: LongueListe.Ouverte) -> None:
        message.stop()
        if self._etape is EtapeDeRelance.APERCU:
            dossier = self.query_one(ListeARelancer).lignes[message.rang]
            self.post_message(OuvrirDossier(dossier.numero_candidat, dossier.numero_inscription))
        elif self._etape is not EtapeDeRelance.EN_COURS:
            self._demander_du_lot(self.query_one(ListeLots).lignes[message.rang])

    def _raconter(self, dossier: ARelancer) -> None:
        self._dire_en_bas(dire_les_manques(dossier), "info")

    def _demander_du_lot(self, vu: LotVu) -> None:
        fait = vu.avancement
        texte = (
            f"Commencé le {a_la_minute(vu.cree_le)} par {vu.acteur} : {milliers(fait.faits)} dossiers vus sur "
            f"{milliers(fait.total)}, {milliers(fait.relances)} relances."
        )
        suites = (Reponse("reprendre", "Reprendre le lot"), Reponse("abandonner", "Abandonner le reste"))
        lettres = (Reponse("lettres", "Enregistrer les lettres en un PDF"),) if fait.relances else ()
        reponses = (Reponse(RIEN, "Ne rien faire"), *(() if fait.termine else suites), *lettres)
        self.app.push_screen(Dialogue(f"Lot {fait.lot}", texte, reponses), partial(self._faire_du_lot, fait.lot))

    def _faire_du_lot(self, lot: int, reponse: str | None) -> None:
        if reponse == "reprendre":
            self._mener_le_lot(lot)
        elif reponse == "lettres":
            self._enregistrer(lot)
        elif reponse == "abandonner":
            self.lancer(
                lambda: (relances.abandonner(self.poste, lot), relances.lister(self.poste))[1],
                self._montrer_les_lots,
                self._dire_le_refus,
            )

    # Telling

    def _montrer(self, etape: EtapeDeRelance) -> None:
        """Show what belongs to a step; the lists share one place."""
        self._etape = etape
        self.query_one(ListeLots).display = etape is not EtapeDeRelance.APERCU
        self.query_one(ListeARelancer).display = etape is EtapeDeRelance.APERCU
        self.query_one(Bandeau).droite = ("", "" if etape is EtapeDeRelance.CHOIX else etape.value, "")
        self._dire_en_bas("", "info")
        self.dire(*_CONSIGNES[etape])
        self.dessiner_les_boutons()

    def _titrer(self, titre: str) -> None:
        self.query_one("#quoi", Static).update(Content(titre))

    def _dire_en_bas(self, texte: str, genre: Genre) -> None:
        self.query_one("#dit", Bloc).dire(texte, genre)

    def _dire_le_refus(self, fautes: tuple[Faute, ...]) -> None:
        self._avancer_a("", "")
        if self._etape is EtapeDeRelance.EN_COURS:
            self._revenir_au_choix()
        self._dire_en_bas(phrases(fautes), "erreur")

    def _avancer_a(self, phrase: str, barre: str) -> None:
        self.query_one("#progres", Static).update(Content.assemble((barre, "$info"), "  " if barre else "", phrase))

    # Leaving

    @override
    def action_quitter(self) -> None:
        """Go up one level, after stopping what is under way."""
        if self._etape is EtapeDeRelance.EN_COURS:
            self._arret = self._lettres.arret = True
            self.dire("Arrêt", "après ceux qui sont en cours…", "attention")
        elif self._etape in (EtapeDeRelance.APERCU, EtapeDeRelance.FINI):
            self._revenir_au_choix()
        else:
            super().action_quitter()

    def _revenir_au_choix(self) -> None:
        self._montrer(EtapeDeRelance.CHOIX)
        self.query_one(Liste).focus()
        self.lancer(lambda: relances.lister(self.poste), self._montrer_les_lots, self._dire_le_refus)

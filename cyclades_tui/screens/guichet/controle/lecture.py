"""What the control screen reads: a queue page by page, its pieces one after the other, how many are left."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from threading import Event

from textual.events import Resize
from textual.widgets import Static
from typing_extensions import override

from cyclades_tui.actes.bureau.agents import AgentConnecte
from cyclades_tui.actes.pieces import attentes, controle
from cyclades_tui.actes.pieces.attentes import Filtre, PieceEnAttente
from cyclades_tui.actes.pieces.controle import Compteurs
from cyclades_tui.actes.pieces.piece_ouverte import PieceOuverte
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.temps import PARIS
from cyclades_tui.poste import Poste
from cyclades_tui.screens.cadre.page import phrases
from cyclades_tui.screens.guichet.controle.attente import PAGE, AttenteEnCours, Place
from cyclades_tui.screens.guichet.controle.cadre import CadreDeControle
from cyclades_tui.screens.guichet.controle.dossier import VoletDossier, resumer
from cyclades_tui.screens.guichet.controle.filtres import BarreDeFiltres, nommer
from cyclades_tui.screens.guichet.controle.travaux import ILLISIBLE, Avance, Prete, Travaux, cadrages_de, comparees
from cyclades_tui.widgets.cadre import Bandeau, LigneAide
from cyclades_tui.widgets.liste_en_attente import ListeEnAttente
from cyclades_tui.widgets.pages import Pages

_MONTREE, _CACHEE = "montree", "cachee"
_CADENCES = ((_MONTREE, "Montrée"), (_CACHEE, "Cachée"))
PAS_ENCORE = ("Un instant", "La page arrive : décidez quand vous la voyez.")
_AILLEURS = ("Document", "Vous ne l'avez pas encore vu : F6 le montre.")
_AVANT = 2  # pieces made ready after the one on the screen


class LectureDAttente(CadreDeControle):
    """Shows the current piece of a queue at once, and makes the next ones ready; decides nothing."""

    def __init__(
        self, poste: Poste, agent: AgentConnecte, filtre: Filtre, libelle: str, piece: int | None = None
    ) -> None:
        super().__init__(poste, agent)
        self.attente = AttenteEnCours(filtre, libelle)
        self._piece = piece
        self.ouverte: PieceOuverte | None = None
        self._peinte = Event()  # cleared from a key to the frame that answers it
        self._peinte.set()
        self.avance = Avance(self, self._peinte, poste, self._est_prete)
        self.travaux = Travaux(self, self._peinte)
        self._comptage_demande = False
        self._lecture_demandee = False
        self._fraiche: PieceOuverte | None = None  # the current piece as its opening found it
        self._cadence_montree = True
        self._vu = (0, "")  # the piece whose page was drawn last, and how
        self._sous_les_yeux = 0  # the piece that has been on the screen with its page, since it is the current one

    @property
    def seule(self) -> bool:
        """Whether one piece is shown, of no queue."""
        return self._piece is not None

    def peut_controler(self) -> bool:
        """Whether the role allows it; says so where it does not."""
        if not self.peut(Droit.CONTROLER):
            self.dire("Refusé", f"Le rôle « {self.agent.role.value} » ne contrôle pas les pièces.", "erreur")
            return False
        return True

    @override
    async def preparer(self) -> None:
        await super().preparer()
        self.travaux.confier(self._lire_la_premiere_page, self._recevoir_la_page, self.ne_pas_lire)
        self.compter()

    # The queue

    def _lire_la_premiere_page(self) -> Sequence[PieceEnAttente]:
        if self._piece is not None:
            return (controle.preparer(self.poste, self._piece).ligne,)
        return attentes.attente(self.poste, self.attente.filtre, None, PAGE)

    def _recevoir_la_page(self, lignes: Sequence[PieceEnAttente]) -> None:
        self._lecture_demandee = False
        attendait = self.attente.courante is None
        self.attente.recevoir(lignes)
        if attendait:
            self.montrer()
        else:
            self.montrer_l_attente()

    def ne_pas_lire(self, fautes: tuple[Faute, ...]) -> None:
        self._lecture_demandee = False
        self.constater(phrases(fautes))

    def _lire_la_suite(self) -> None:
        if self.attente.a_lire and not self._lecture_demandee:
            self._lecture_demandee = True
            lire = partial(attentes.attente, self.poste, self.attente.filtre, self.attente.derniere, PAGE)
            self.travaux.confier(lire, partial(self._recevoir_de, self.attente), self.ne_pas_lire)

    def _recevoir_de(self, attente: AttenteEnCours, lignes: Sequence[PieceEnAttente]) -> None:
        if attente is self.attente:
            self._recevoir_la_page(lignes)

    def montrer_l_attente(self) -> None:
        self.query_one(ListeEnAttente).montrer(self.attente.rangees, self.attente.rang)
        self._dire_ce_qui_reste()
        self._lire_la_suite()

    # The piece on the screen

    def montrer(self) -> None:
        """The current piece, at once with its page where it is ready; then the next ones are made ready."""
        place = self.attente.courante
        self._fraiche, self._sous_les_yeux = None, 0
        self._peinte.clear()
        self.call_after_refresh(self.call_later, self._peinte.set)
        self.montrer_l_attente()
        self.dessiner_les_boutons()
        if place is None:
            self._vider()
            return
        prete = self.avance.prete(place.ligne.id)
        if prete is None:
            self._vider()
        else:
            self._afficher(prete)
        self._preparer_la_suite(place)
        self.travaux.confier(partial(self._ouvrir, place), partial(self._est_ouverte, place), self.ne_pas_lire)

    def _preparer_la_suite(self, place: Place) -> None:
        voulues = [place, *self.attente.suivantes(_AVANT)]
        self.avance.vouloir([une.ligne.id for une in voulues], self.pages.fenetre, self._ne_pas_preparer)

    def _ouvrir(self, place: Place) -> PieceOuverte | None:
        """Mark it as open here, unless one has gone on already."""
        return controle.ouvrir(self.poste, place.ligne.id) if place is self.attente.courante else None

    def _est_ouverte(self, place: Place, ouverte: PieceOuverte | None) -> None:
        if ouverte is not None and place is self.attente.courante:
            self._fraiche = ouverte
            self._rafraichir(place)

    def _est_prete(self, piece: int) -> None:
        place = self.attente.courante
        prete = self.avance.prete(piece)
        if place is not None and prete is not None and place.ligne.id == piece:
            self._afficher(prete)
            self._rafraichir(place)

    def _rafraichir(self, place: Place) -> None:
        """What was read ahead may be old by the time it is shown: the opening tells."""
        prete, fraiche = self.avance.prete(place.ligne.id), self._fraiche
        if prete is None or fraiche is None:
            return
        if prete.ouverte.depot == fraiche.depot:
            self._decrire(fraiche)
            self._alerter(place, fraiche)
        else:
            self._vider()
            self._sous_les_yeux = 0
            self.avance.oublier(place.ligne.id)
            self._preparer_la_suite(place)

    def _ne_pas_preparer(self, piece: int, fautes: tuple[Faute, ...]) -> None:
        if self.attente.courante is not None and self.attente.courante.ligne.id == piece:
            self.constater(phrases(fautes))

    def _vider(self) -> None:
        self.ouverte = None
        self.pages.montrer_le_document(None)
        self.query_one(VoletDossier).montrer(None)
        if self.attente.finie:
            self.intituler("", "")
            for nom in ("#personne", "#piece"):
                self.query_one(nom, Static).update("", layout=False)
        self.constater(self.attente.bilan if self.attente.finie else "", "info")

    def _afficher(self, prete: Prete) -> None:
        self.constater(phrases(prete.fautes))
        ouverte = prete.ouverte
        self.pages.cadrages = cadrages_de(ouverte)
        self.ouverte = ouverte
        self.pages.montrer_le_document(prete.document, self.avance.cadrage(ouverte))
        self._decrire(ouverte)
        if prete.document is not None and not self.query_one(LigneAide).message[0]:
            self._dire_les_zooms()

    def _decrire(self, ouverte: PieceOuverte) -> None:
        self.ouverte = ouverte
        self.query_one(VoletDossier).montrer(ouverte, comparees(ouverte, self.pages.cadrage))
        for nom, texte in zip(("#personne", "#piece"), resumer(ouverte), strict=True):
            self.query_one(nom, Static).update(texte, layout=False)
        titre = ouverte.ligne.libelle if ouverte.depot is None else ouverte.depot.nom
        self.intituler(titre=titre)
        if ouverte.depot is None:
            self.constater("Aucun fichier : la pièce n'est pas en ligne.", "info")

    def _alerter(self, place: Place, ouverte: PieceOuverte) -> None:
        """What another agent does, has taken, or has done since the queue was read, with this piece."""
        if ouverte.ouverte_par and ouverte.ouverte_depuis is not None:
            depuis = f"{ouverte.ouverte_depuis.astimezone(PARIS):%H:%M}"
            self.dire(f"… ouverte par {ouverte.ouverte_par} depuis {depuis}", "", "attention")
        elif ouverte.ligne.affecte_a not in ("", self.agent.identifiant):
            self.dire(f"! prise par {ouverte.ligne.affecte_a}", "Un autre agent l'a mise dans sa file.", "attention")
        elif ouverte.ligne.revision != place.revision and ouverte.historique:
            etape = ouverte.historique[-1]
            quand = f"{etape.instant.astimezone(PARIS):%H:%M}"
            self.dire(
                f"! {etape.qui}, {quand} : {etape.quoi}", "Elle a changé depuis que la file est lue.", "attention"
            )

    # The counts

    def compter(self) -> None:
        """Read them again once the actes that were asked for are done."""
        if not self._comptage_demande:
            self._comptage_demande = True
            self.travaux.confier(self._lire_les_comptes, self._est_compte, self.ne_pas_lire)

    def _lire_les_comptes(self) -> tuple[AttenteEnCours, int, Compteurs]:
        attente = self.attente
        a_faire = attentes.compter(self.poste, attente.filtre) if self._piece is None else len(attente.places)
        return attente, a_faire, controle.compteurs(self.poste)

    def _est_compte(self, comptes: tuple[AttenteEnCours, int, Compteurs]) -> None:
        self._comptage_demande = False
        attente, a_faire, compteurs = comptes
        attente.a_faire, attente.compteurs = a_faire, compteurs
        self._dire_ou_on_en_est()

    def _dire_ou_on_en_est(self) -> None:
        attente, large = self.attente, self.has_class("-large")
        bandeau = self.query_one(Bandeau)
        bandeau.gauche = (self.TITRE if large else "Contrôle", attente.libelle)
        faites = str(attente.compteurs.faites)
        reste = f"/{attente.total} faites" if large else f"/{attente.total}"
        bandeau.droite = ("", faites, reste + self._cadence(large=large))
        self._dire_ce_qui_reste()

    def _dire_ce_qui_reste(self) -> None:
        """Above the queue, at each key; the band follows once the store has answered."""
        attente = self.attente
        texte = f"{attente.a_faire} à faire sur {attente.total}\n{attente.libelle}"
        self.query_one("#compte", Static).update(texte, layout=False)

    @override
    def groupes_d_affichage(self) -> tuple[tuple[str, str, tuple[tuple[str, str], ...], str], ...]:
        return (("cadence", "Cadence", _CADENCES, _MONTREE if self._cadence_montree else _CACHEE),)

    @override
    def regler_l_affichage(self, groupe: str, valeur: str) -> None:
        self._cadence_montree = valeur == _MONTREE
        self._dire_ou_on_en_est()

    def _cadence(self, *, large: bool) -> str:
        allure = self.attente.compteurs.a_l_heure
        if not allure or not self._cadence_montree:
            return ""
        fin = self.attente.fin_vers(self.poste.maintenant())
        return f"   {allure} à l'heure" * large + f"   {allure}/h" * (not large) + (f"   fin vers {fin}" if fin else "")

    # The document

    def on_pages_change(self, message: Pages.Change) -> None:
        message.stop()
        pages, ouverte = self.pages, self.ouverte
        etat = message.etat if ouverte is not None and ouverte.depot is not None else ""
        self.intituler(etat=etat)
        self.query_one("#rang-page", Static).update(etat.split("   ")[0], layout=False)
        self.dessous(message.suite)
        if ouverte is None:
            return
        self.call_after_refresh(self._voir, ouverte.ligne.id)
        self._dire_s_il_a_change(ouverte.ligne.id, etat)
        if pages.cadrage is not None and pages.cadrage in pages.cadrages:
            self.avance.zooms[ouverte.ligne.piece] = list(pages.cadrages).index(pages.cadrage) + 1
            self.query_one(VoletDossier).montrer(ouverte, comparees(ouverte, pages.cadrage))

    def _dire_s_il_a_change(self, piece: int, etat: str) -> None:
        """The zooms, once the person looks otherwise at one page; not while a page comes or goes."""
        avant = self._vu
        if piece != avant[0] or etat:
            self._vu = piece, etat
        if piece == avant[0] and avant[1] and etat not in ("", avant[1]):
            self._dire_les_zooms()

    def _voir(self, piece: int) -> None:
        """Once a frame is painted: whether this piece is on it, with its page or with why it has none."""
        ouverte = self.ouverte
        if ouverte is None or ouverte.ligne.id != piece or not (self.document_montre and self.pages.peinte):
            return
        attendait = self._sous_les_yeux != piece and self.query_one(LigneAide).message[:2] == PAS_ENCORE
        self._sous_les_yeux = piece
        if attendait:
            self._dire_les_zooms()

    @override
    def viser(self) -> None:
        super().viser()
        if self.ouverte is not None:
            self.call_after_refresh(self._voir, self.ouverte.ligne.id)

    def est_vue(self) -> bool:
        """Whether the current piece has been on the screen; says what to wait for where it has not."""
        place = self.attente.courante
        if place is not None and place.ligne.id != self._sous_les_yeux:
            self.dire(*(PAS_ENCORE if self.document_montre else _AILLEURS), "attention")
            return False
        return place is not None

    def _dire_les_zooms(self) -> None:
        """At rest, and in place of the last confirmation once the person looks closer."""
        pages = self.pages
        nomme = "zoom" if pages.cadrage is None else pages.cadrage.libelle
        zooms = "  ".join(f"{rang} {cadrage.libelle}" for rang, cadrage in enumerate(pages.cadrages, start=1))
        self.dire(nomme, f"{zooms}   T tourner" + "   O ouvrir" * self.has_class("-large"))

    def on_pages_illisible(self, message: Pages.Illisible) -> None:
        message.stop()
        self.constater(phrases((ILLISIBLE,)))

    def on_resize(self, _: Resize) -> None:
        self.call_after_refresh(self._accorder)

    def _accorder(self) -> None:
        self._dire_ou_on_en_est()
        self.dire_les_touches()
        self.dessiner_les_boutons()

    # Filters

    def action_filtrer(self) -> None:
        if not self.seule:
            self.travaux.confier(lambda: attentes.attentes(self.poste), self._ouvrir_les_filtres, self.ne_pas_lire)

    def _ouvrir_les_filtres(self, connues: Sequence[attentes.Attente]) -> None:
        async def ouvrir() -> None:
            await self.query_one(BarreDeFiltres).ouvrir(self.poste, self.attente.filtre, connues)
            self.dire_les_touches()

        self.call_later(ouvrir)

    def on_barre_de_filtres_essai(self, message: BarreDeFiltres.Essai) -> None:
        message.stop()
        essai = partial(attentes.compter, self.poste, message.filtre)
        self.travaux.confier(essai, self.query_one(BarreDeFiltres).compter, self.ne_pas_lire)

    def on_barre_de_filtres_pris(self, message: BarreDeFiltres.Pris) -> None:
        """Another queue: what is on the screen stays until its first rows are there."""
        message.stop()
        self.passer_a(message.filtre)

    def passer_a(self, filtre: Filtre, dit: tuple[str, str] | None = None) -> None:
        """Work on another queue, once its first rows are read; `dit` is said then."""
        lire = partial(attentes.attente, self.poste, filtre, None, PAGE)
        self.travaux.confier(lire, partial(self._changer_d_attente, filtre, dit), self.ne_pas_lire)

    def _changer_d_attente(self, filtre: Filtre, dit: tuple[str, str] | None, lignes: Sequence[PieceEnAttente]) -> None:
        """The piece on the screen stays as it is where it is also the first of the other one."""
        compteurs = self.attente.compteurs
        self.attente = AttenteEnCours(filtre, nommer(self.poste, filtre))
        self.attente.compteurs = compteurs
        self.attente.recevoir(lignes)
        if not self.fermer_la_saisie():
            self.dire_les_touches()
        place = self.attente.courante
        if place is not None and self._fraiche is not None and self._sous_les_yeux == place.ligne.id:
            self.montrer_l_attente()
            self._preparer_la_suite(place)
        else:
            self.montrer()
        if dit is not None:
            self.dire(*dit, "succes")
        self._comptage_demande = False
        self.compter()

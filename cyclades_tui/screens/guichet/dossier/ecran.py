"""A candidature at the guichet: its verdict, pieces, documents, messages, versions and content."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static
from typing_extensions import override

from cyclades_tui.actes.bureau.agents import AgentConnecte
from cyclades_tui.actes.candidature import candidatures
from cyclades_tui.actes.pieces.justificatifs import GroupeVu, JustificatifVu
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.temps import a_la_minute, jour_et_heure
from cyclades_tui.poste import Poste
from cyclades_tui.regles.justificatifs import Recevabilite
from cyclades_tui.regles.recapitulatif import Difference
from cyclades_tui.screens.cadre.page import phrases
from cyclades_tui.screens.cadre.rangs import Rang, TitreDeListe
from cyclades_tui.screens.candidature.desinscription import Desinscription
from cyclades_tui.screens.candidature.identite import titulaire
from cyclades_tui.screens.candidature.recapitulatif import BlocRecapitulatif, LigneDessinee, RangDeBloc, blocs
from cyclades_tui.screens.guichet.dossier import contenu as contenu_dossier
from cyclades_tui.screens.guichet.dossier.actes import demande_d_ecarter, demande_de_rouvrir, se_rouvre
from cyclades_tui.screens.guichet.dossier.contenu import ACCORD, CONDITION, DOCUMENT, MESSAGE, PIECE, DossierLu
from cyclades_tui.screens.guichet.lignes import GENRES, dire_les_conditions
from cyclades_tui.screens.guichet.navigation import OuvrirPiece
from cyclades_tui.screens.guichet.page import PageGuichet
from cyclades_tui.screens.guichet.parties import Parties
from cyclades_tui.widgets.bloc import Bloc
from cyclades_tui.widgets.cadre import Action, Bandeau
from cyclades_tui.widgets.dialogue import LectureDeTexte
from cyclades_tui.widgets.ligne_ouvrable import LigneOuvrable

_CONDITION = "Cette condition ne semblait pas remplie à l'enregistrement, et le candidat l'a lu."
_DE_LA_VERSION = "Tel qu'il est enregistré dans la dernière version."
_RETRAIT = 26  # cells of a label in the content


class EcranDossier(PageGuichet):
    """Read again on each return to it."""

    TITRE = "Dossier"
    AIDE = (
        "Tout ce que le store sait de cette candidature. Entrée ouvre la ligne : le contrôle d'une pièce, un document, "
        "un message, ce qu'une version a changé. Chaque lecture est journalisée à votre nom."
    )
    TOUCHES = (
        ("↑ ↓", "ligne"),
        ("Entrée", "ouvrir"),
        ("F6", "partie"),
        ("F5", "menu"),
        ("Ctrl+R", "rechercher"),
    )
    BINDINGS: ClassVar = [
        *Parties.BINDINGS,
        Binding("d", "deposer", "déposer un fichier", show=False),
        Binding("o", "rouvrir", "rouvrir la pièce", show=False),
        Binding("e", "ecarter", "écarter", show=False),
        Binding("delete", "desinscrire", "désinscrire", show=False),
    ]
    DEFAULT_CSS = """
    EcranDossier #verdict { margin: 0 0 1 0; }
    EcranDossier #colonnes { height: auto; layout: vertical; }
    EcranDossier.-large #colonnes { layout: horizontal; }
    EcranDossier #parties, EcranDossier #blocs { height: auto; width: 1fr; }
    EcranDossier.-large #parties { width: 5fr; margin: 0 2 0 0; }
    EcranDossier.-large #blocs { width: 4fr; }
    EcranDossier #blocs > BlocRecapitulatif { margin: 0 0 1 0; }
    EcranDossier .partie { height: auto; margin: 0 0 1 0; }
    EcranDossier .vide { color: $discret; margin: 0 2; height: 1; }
    """

    AUTO_FOCUS = ""

    def __init__(self, poste: Poste, agent: AgentConnecte, numero_candidat: str, numero_inscription: int) -> None:
        super().__init__(poste, agent)
        self._parties = Parties(self, self._lister)
        self._numeros = (numero_candidat, numero_inscription)
        self._lu: DossierLu | None = None
        self._desinscription = Desinscription(self, poste, self._partie_de, self.dire_les_fautes)

    @override
    def contenu(self) -> ComposeResult:
        yield Bloc("Lecture…", nom="verdict")
        with Horizontal(id="colonnes"):
            yield Vertical(id="parties")
            yield Vertical(id="blocs")

    @override
    def boutons(self) -> tuple[Action, ...]:
        piece = self._piece
        visee = isinstance(self.focused, Rang)
        controler = "Contrôler" if self.peut(Droit.CONTROLER) else "Voir la pièce"
        return (
            Action("ouvrir", controler if piece is not None else "Ouvrir", "Entrée", active=visee, pleine=True),
            Action("deposer", "Déposer", "D", active=self._active and self.peut(Droit.INSCRIRE)),
            Action("rouvrir", "Rouvrir", "O", active=self._peut_rouvrir),
            Action("ecarter", "Écarter", "E", active=self._active and self.peut(Droit.ECARTER)),
            Action("desinscrire", "Désinscrire", "Suppr", active=self._active and self.peut(Droit.DESINSCRIRE)),
            Action("quitter", "Retour", "Éch"),
        )

    @property
    def _active(self) -> bool:
        fiche = None if self._lu is None else self._lu.fiche
        return fiche is not None and fiche.etat.active

    @property
    def _piece(self) -> JustificatifVu | None:
        """The focused piece, if it is still asked."""
        focus = self.focused
        if self._lu is None or not isinstance(focus, Rang) or focus.genre != PIECE:
            return None
        return next((piece for piece in self._lu.justificatifs.pieces if str(piece.id) == focus.cle), None)

    @property
    def _peut_rouvrir(self) -> bool:
        piece = self._piece
        if piece is None or not self._active or not self.peut(Droit.CONTROLER):
            return False
        return se_rouvre(piece, self._groupe_de(piece))

    def _groupe_de(self, piece: JustificatifVu) -> GroupeVu:
        groupes = () if self._lu is None else self._lu.justificatifs.groupes
        return next(groupe for groupe in groupes if piece in groupe.pieces)

    # Reading

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self._relire()

    def _relire(self) -> None:
        self.lire(partial(contenu_dossier.lire, self.poste, *self._numeros), self._recevoir, self._refuser_la_lecture)

    def _refuser_la_lecture(self, fautes: tuple[Faute, ...]) -> None:
        self.query_one("#verdict", Bloc).dire(phrases(fautes), "erreur")

    def _recevoir(self, lu: DossierLu) -> None:
        self.call_later(self._montrer, lu)

    async def _montrer(self, lu: DossierLu) -> None:
        visee = self.focused.id if isinstance(self.focused, Rang | BlocRecapitulatif) else None
        self.retenir_les_touches()
        self._lu = lu
        self._dire_qui(lu)
        genre = "erreur" if lu.abimes else GENRES[lu.verdict.recevabilite]
        self.query_one("#verdict", Bloc).dire(_verdict(lu), genre)
        parties = self.query_one("#parties", Vertical)
        await parties.remove_children()
        await parties.mount_all(_parties(lu))
        zone = self.query_one("#blocs", Vertical)
        await zone.remove_children()
        await zone.mount_all(
            BlocRecapitulatif(identifiant, titre, list(map(_serrer, lignes)), dit=(titre, _DE_LA_VERSION))
            for identifiant, titre, lignes in (blocs(lu.fiche.recapitulatif) if lu.fiche is not None else ())
        )
        if self.is_attached and self.app.screen is self:
            self._parties.viser(visee, self.query("Rang, BlocRecapitulatif"))

    def _dire_qui(self, lu: DossierLu) -> None:
        fiche = lu.fiche
        if fiche is None:
            return
        numero, nom, prenoms, naissance = titulaire(fiche)
        bandeau = self.query_one(Bandeau)
        bandeau.gauche = (f"{nom} {prenoms}".strip(), naissance)
        bandeau.droite = (f"{fiche.examen} {fiche.session}  ", f"N° {numero}  {fiche.numero_inscription:03d}", "")

    # Moving

    @override
    def ligne_visitee(self, ligne: LigneOuvrable) -> None:
        self.dessiner_les_boutons()

    def action_partie(self, pas: int) -> None:
        self._parties.avancer(pas)

    def _lister(self) -> list[list[Widget]]:
        listes: list[list[Widget]] = [[*partie.query(Rang)] for partie in self.query(".partie")]
        return [partie for partie in (*listes, [*self.query(BlocRecapitulatif)]) if partie]

    # Opening

    @override
    def ligne_ouverte(self, ligne: LigneOuvrable) -> None:
        if isinstance(ligne, Rang):
            self._ouvrir(ligne)

    def action_ouvrir(self) -> None:
        if isinstance(self.focused, Rang):
            self._ouvrir(self.focused)

    def _ouvrir(self, rang: Rang) -> None:
        lu = self._lu
        if lu is None:
            return
        if rang.genre == PIECE:
            self.post_message(OuvrirPiece(int(rang.cle), rang.dit[0]))
        elif rang.genre == DOCUMENT:
            from cyclades_tui.screens.candidature.documents import EcranDocuments

            if lu.fiche is None:
                self.dire_les_fautes(lu.abimes)
            else:
                self.app.push_screen(EcranDocuments(self.poste, lu.fiche))
        elif rang.genre == MESSAGE:
            message = next(m for m in lu.messages if str(m.id) == rang.cle)
            recu = f"{message.objet}\n\nLe {a_la_minute(message.instant)} (heure de Paris)\n\n{message.corps}"
            self.app.push_screen(LectureDeTexte(message.objet, recu))
        elif lu.fiche is None:
            self.dire_les_fautes(lu.abimes)
        elif rang.genre == ACCORD:
            accord = lu.fiche.contenu.accords[int(rang.cle)]
            self.app.push_screen(LectureDeTexte(rang.dit[0], accord.en_clair))
        elif rang.genre == CONDITION:
            condition = (lu.fiche.contenu.avertissements or ())[int(rang.cle)]
            self.app.push_screen(LectureDeTexte(rang.dit[0], f"{_CONDITION}\n\n{condition.message}"))
        else:
            self._montrer_les_changements(int(rang.cle))

    def _montrer_les_changements(self, version: int) -> None:
        if version < 2:
            self.dire("Version 1", "C'est la première : rien n'a changé avant elle.")
            return
        comparer = partial(candidatures.ce_qui_a_change, self.poste, *self._numeros, version - 1, version)
        titre = f"De la version {version - 1} à la version {version}"
        self.lancer(comparer, lambda trouvees: self._lire_les_changements(titre, trouvees), self.dire_les_fautes)

    def _lire_les_changements(self, titre: str, trouvees: Iterable[Difference]) -> None:
        lignes = [f"{d.libelle}\n    {d.avant or '-'}  →  {d.apres or '-'}" for d in trouvees]
        self.app.push_screen(LectureDeTexte(titre, "\n\n".join((titre, *(lignes or ["Rien n'a changé."])))))

    # Acting

    def action_deposer(self) -> None:
        """Open the candidate's own page, where the agent deposits for him."""
        fiche = None if self._lu is None else self._lu.fiche
        if self._active and self.peut(Droit.INSCRIRE) and fiche is not None:
            from cyclades_tui.screens.candidature.justificatifs import EcranJustificatifs

            self.app.push_screen(EcranJustificatifs(self.poste, *self._numeros, titulaire(fiche)))
        else:
            self.dire("Déposer", "Ni cette candidature ni votre rôle ne le permettent.", "attention")

    def action_rouvrir(self) -> None:
        piece = self._piece
        if piece is None or not self._peut_rouvrir:
            self.dire("Rouvrir", "Choisissez une pièce en ligne de cette candidature.", "attention")
            return
        demande = demande_de_rouvrir(self, self.poste, piece, self._groupe_de(piece))
        self.app.push_screen(demande, self._apres("La pièce est rouverte."))

    def action_ecarter(self) -> None:
        if not self._active:
            self.dire("Écarter", "Cette candidature n'est plus active.", "attention")
        elif not self.peut(Droit.ECARTER):
            self.dire("Écarter", "Seul un responsable peut écarter une candidature.", "attention")
        else:
            self.app.push_screen(
                demande_d_ecarter(self, self.poste, *self._numeros), self._apres("La candidature est écartée.")
            )

    def action_desinscrire(self) -> None:
        self._desinscription.demander(*self._numeros)

    def _partie_de(self) -> None:
        self._relire()
        self.dire("Désinscription", "Elle est prise en compte ; le candidat a un message.", "succes")

    def _apres(self, phrase: str) -> Callable[[bool | None], None]:
        def suivre(fait: bool | None) -> None:
            if fait:
                self._relire()
                self.dire("√ Fait", phrase, "succes")

        return suivre


def _verdict(lu: DossierLu) -> str:
    if lu.fiche is None:
        return phrases(lu.abimes)
    verdict = f"{lu.fiche.etat_dit} · dossier {lu.verdict.phrase}"
    enregistree = lu.fiche.versions[-1].instant
    avant = any(piece.valide_le is not None and piece.valide_le < enregistree for piece in lu.justificatifs.pieces)
    if avant and lu.verdict.recevabilite is Recevabilite.INCOMPLET:  # a complete one has its new récapitulatif accepted
        verdict += f" · modifié le {jour_et_heure(enregistree)}, après la validation de pièces"
    conditions = dire_les_conditions(len(lu.fiche.contenu.avertissements or ()))
    return f"{verdict} · {conditions}" if conditions else verdict


def _serrer(ligne: RangDeBloc) -> RangDeBloc:
    """A narrower line, because there is less room than on a page of its own."""
    return replace(ligne, retrait=min(ligne.retrait, _RETRAIT)) if isinstance(ligne, LigneDessinee) else ligne


def _parties(lu: DossierLu) -> Iterator[Vertical]:
    for groupe in lu.justificatifs.groupes:
        yield _partie("Justificatifs", contenu_dossier.delai(groupe), contenu_dossier.rangs_des_pieces(groupe.pieces))
    if lu.justificatifs.sans_objet:
        rangs = contenu_dossier.rangs_des_pieces(lu.justificatifs.sans_objet, sans_objet=True)
        yield _partie("Justificatifs", "plus demandés", rangs)
    fiche = lu.fiche
    if fiche is not None and (
        a_verifier := list(contenu_dossier.rangs_des_conditions(fiche.contenu.avertissements or ()))
    ):
        yield _partie("Conditions à vérifier", f"version {fiche.version}", a_verifier)
    yield _partie("Documents", "", contenu_dossier.rangs_des_documents(lu.documents))
    yield _partie("Messages", "", contenu_dossier.rangs_des_messages(lu.messages))
    if fiche is not None:
        yield _partie("Versions", "", contenu_dossier.rangs_des_versions(fiche.versions))
        if accords := list(contenu_dossier.rangs_des_accords(fiche.contenu.accords)):
            yield _partie("Textes acceptés", f"version {fiche.version}", accords)


def _partie(titre: str, remarque: str, rangs: Iterable[Rang]) -> Vertical:
    contenu: list[Widget] = list(rangs) or [Static("-", classes="vide", markup=False)]
    return Vertical(TitreDeListe(titre, remarque), *contenu, classes="partie")

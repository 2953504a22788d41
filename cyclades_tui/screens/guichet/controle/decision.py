"""What a decision needs besides its key: a comment, a new limit, the day of reception."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import gt, lt
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult, RenderResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Blur, Click, DescendantFocus, Focus
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static
from typing_extensions import override

from cyclades_tui.actes.pieces.controle import COMMENTAIRE_MAX, Decision
from cyclades_tui.champs.formats import Refus, lire_date
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.statuts import JUGEMENTS, STATUT_DONNE, DateDeDecision, Jugement, Statut
from cyclades_tui.domaine.temps import dernier_jour, jour_court, jusqu_au, verifier_annee
from cyclades_tui.referentiel.pieces import Motif
from cyclades_tui.widgets.cadre import raccourcir
from cyclades_tui.widgets.saisie import Change, Suivant, ZoneTexte

DELAI = timedelta(days=15)  # proposed limit for a new file
_LIBRE = 9
_EN_DEUX = 60  # cells from which comments stand in two columns
_TEXTE_LIBRE = ("texte libre", "")  # label, text
_HORS_DU_TEMPS: Mapping[DateDeDecision, tuple[Callable[[date, date], bool], str, str]] = {
    DateDeDecision.LIMITE: (lt, "Ce jour est passé.", "Donnez un jour à venir."),
    DateDeDecision.RECEPTION: (gt, "Ce jour n'est pas encore venu.", "Donnez aujourd'hui ou un jour passé."),
}


class ListeMotifs(Widget, can_focus=True):
    """The comments ready to be sent, each with its digit; 9 is free text. `dire` is called when another is marked.

    A choice is passed on by a direct call, not by a message, so that in « N 1 Entrée » Entrée reaches the field.
    """

    BINDINGS: ClassVar = [
        Binding("up", "marquer(-1)", "au-dessus", show=False),
        Binding("down", "marquer(1)", "en dessous", show=False),
        Binding("enter,space", "choisir", "choisir", show=False),
        *(Binding(str(chiffre), f"prendre({chiffre})", "choisir", show=False) for chiffre in range(1, _LIBRE + 1)),
    ]
    DEFAULT_CSS = """
    ListeMotifs { height: auto; margin: 0 0 1 0; }
    """

    def __init__(
        self, motifs: Sequence[Motif], commencer_par: Callable[[str], object], dire: Callable[[], object]
    ) -> None:
        super().__init__()
        self._commencer_par = commencer_par
        self._dire = dire
        self._motifs = {
            **{rang: (m.libelle, m.texte) for rang, m in enumerate(motifs[: _LIBRE - 1], start=1)},
            _LIBRE: _TEXTE_LIBRE,
        }
        self._marque = 1

    @property
    def marque(self) -> str:
        """The label of the comment that Entrée writes."""
        return self._motifs[self._marque][0]

    def remettre(self) -> None:
        self._marque = min(self._motifs)

    def render(self) -> RenderResult:
        colonnes, rangs = self._grille(self.size.width)
        chiffres = list(self._motifs)
        largeur = self.size.width // colonnes
        return Content("\n").join(
            Content("").join(self._rangee(chiffre, largeur) for chiffre in chiffres[rang::rangs])
            for rang in range(rangs)
        )

    def _grille(self, largeur: int) -> tuple[int, int]:
        """Columns and rows, read down, then right."""
        colonnes = 2 if largeur >= _EN_DEUX else 1
        return colonnes, -(-len(self._motifs) // colonnes)

    def _rangee(self, chiffre: int, largeur: int) -> Content:
        marquee = chiffre == self._marque and self.has_focus
        texte = raccourcir(self._motifs[chiffre][0], max(largeur - 5, 8))
        ligne = Content.assemble("► " if marquee else "  ", (str(chiffre), "bold"), f" {texte}")
        blanc = " " * max(largeur - ligne.cell_length, 0)
        if marquee:
            return Content.styled(ligne.plain + blanc, "bold $choix-texte on $choix")
        return Content.assemble(ligne, blanc)

    @override
    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self._grille(width)[1]

    def action_marquer(self, pas: int) -> None:
        chiffres = list(self._motifs)
        rang = min(max(chiffres.index(self._marque) + pas, 0), len(chiffres) - 1)
        self._marque = chiffres[rang]
        self.refresh()
        self._dire()

    def action_choisir(self) -> None:
        self.action_prendre(self._marque)

    def action_prendre(self, chiffre: int) -> None:
        if chiffre in self._motifs:
            self._marque = chiffre
            self.refresh()
            self._commencer_par(self._motifs[chiffre][1])

    def on_click(self, event: Click) -> None:
        colonnes, rangs = self._grille(self.size.width)
        rang = event.y + rangs * min(event.x // (self.size.width // colonnes), colonnes - 1)
        if rang < len(self._motifs):
            self.action_prendre(list(self._motifs)[rang])

    def on_focus(self, _: Focus) -> None:
        self.refresh()

    def on_blur(self, _: Blur) -> None:
        self.refresh()


class VoletDecision(Vertical):
    """Opens if a key is not enough; Entrée in a field takes the decision, Échap cancels it, Tab stays inside.

    Entrée on a comment writes it in its field, so what Entrée does is told wherever the focus is.
    """

    BINDINGS: ClassVar = [
        Binding("tab", "champ(1)", "champ suivant", show=False),
        Binding("shift+tab", "champ(-1)", "champ d'avant", show=False),
    ]

    @dataclass
    class Prise(Message):
        """Posted when the decision is complete."""

        decision: Decision

    @dataclass
    class Visee(Message):
        """Posted when Entrée does something else: what, under the name of the status."""

        statut: str
        entree: str

    @dataclass
    class Fautive(Message):
        """Posted when something typed is wrong."""

        faute: Faute

    DEFAULT_CSS = """
    VoletDecision { display: none; width: 1fr; height: 1fr; background: $fond; color: $texte; padding: 0 1; }
    VoletDecision > .titre { color: $titre; text-style: bold; height: auto; }
    VoletDecision > .rang { height: 1; margin: 0 0 1 0; }
    VoletDecision .libelle { width: 18; color: $discret; }
    VoletDecision .date { width: 14; }
    VoletDecision > #entier { height: auto; margin: 0 0 1 0; }
    VoletDecision > .discret { color: $discret; height: auto; }
    """

    def __init__(self, motifs: Sequence[Motif]) -> None:
        super().__init__(id="decision")
        self._jugement = JUGEMENTS[Statut.NON_CONFORME]
        self._aujourd_hui = date.min
        self.titre = Static("", classes="titre", markup=False)
        self._motifs = ListeMotifs(motifs, self._commencer_par, self._dire_entree)
        self._consigne = Static("", id="consigne", classes="discret", markup=False)
        self._dit_une_faute = False
        self.commentaire = ZoneTexte("", exemple="Commentaire pour le candidat", longueur=COMMENTAIRE_MAX)
        self.date = ZoneTexte("", exemple="JJ/MM/AAAA", longueur=10)
        self.date.add_class("date")
        self._entier = Static("", id="entier", markup=False)
        self._nom_de_date = Static("", classes="libelle", markup=False)

    def compose(self) -> ComposeResult:
        yield self.titre
        yield self._motifs
        with Horizontal(classes="rang", id="rang-commentaire"):
            yield self.commentaire
        with Horizontal(classes="rang", id="rang-date"):
            yield self._nom_de_date
            yield self.date
        yield self._entier
        yield self._consigne

    def demander(self, jugement: Jugement, aujourd_hui: date, reprise: Decision | None = None) -> None:
        """Open for a status that needs more than its key, with the texts of `reprise`, a decision that was refused."""
        self._jugement, self._aujourd_hui = jugement, aujourd_hui
        self._dit_une_faute = reprise is not None
        self.display = True
        self.titre.update(STATUT_DONNE[jugement.acte].libelle)
        self._motifs.remettre()
        self._motifs.display = jugement.commentaire
        self.query_one("#rang-commentaire").display = jugement.commentaire
        self.query_one("#rang-date").display = jugement.date is not None
        self._nom_de_date.update(jugement.date or "")
        propose = aujourd_hui + DELAI if jugement.date is DateDeDecision.LIMITE else aujourd_hui
        self.date.valeur = jour_court(propose if reprise is None else _jour_de(reprise) or propose)
        self.date.cursor_position = cell_len(self.date.valeur)
        if reprise is not None and jugement.commentaire:
            self._commencer_par(reprise.commentaire)
        else:
            self.commentaire.valeur = ""
            self._montrer_en_entier()
            self.screen.set_focus(self._motifs if jugement.commentaire else self.date, scroll_visible=False)

    @property
    def sur_les_commentaires(self) -> bool:
        """Whether the focus is on the comments, where digits choose one."""
        return self._motifs.has_focus

    def on_descendant_focus(self, _: DescendantFocus) -> None:
        """A fault moves the focus to its field, and stays on the help line until something is typed."""
        if not self._dit_une_faute:
            self._dire_entree()

    def _dire_entree(self) -> None:
        if self.sur_les_commentaires:
            entree = f"Entrée écrit « {self._motifs.marque} », sans décider encore."
        else:
            entree = f"Entrée {self._jugement.aide}."
        self._consigne.update(f"{entree} Échap revient à la pièce.")
        self.post_message(self.Visee(STATUT_DONNE[self._jugement.acte].libelle, entree))

    def _au_bout(self) -> None:
        """Move to the end of the text once the field has its width, without which it would not scroll."""
        self.commentaire.cursor_position = 0
        self.commentaire.cursor_position = len(self.commentaire.valeur)

    def _commencer_par(self, texte: str) -> None:
        self.commentaire.valeur = texte
        self._montrer_en_entier()
        self.screen.set_focus(self.commentaire, scroll_visible=False)
        self.call_after_refresh(self._au_bout)

    def action_champ(self, pas: int) -> None:
        champs = [widget for widget in self.screen.focus_chain if self in widget.ancestors]
        ici = next((rang for rang, widget in enumerate(champs) if widget.has_focus), -1)
        self.screen.set_focus(champs[(ici + pas) % len(champs)], scroll_visible=False)

    def on_change(self, message: Change) -> None:
        message.stop()
        if self._dit_une_faute:
            self._dit_une_faute = False
            self._dire_entree()
        self._montrer_en_entier()

    def _montrer_en_entier(self) -> None:
        """Show the whole comment, longer than its field if the sheet is a pane."""
        self._entier.update(self.commentaire.valeur)

    def on_suivant(self, message: Suivant) -> None:
        message.stop()
        jour, voulue = self._aujourd_hui, self._jugement.date
        if voulue is not None:
            try:
                jour = lire_date(self.date.valeur.strip())
                verifier_annee(jour)
            except Refus as erreur:
                self._reprendre_la_date(erreur.faute(voulue))
                return
            except ValueError as erreur:
                self._reprendre_la_date(Faute("format.date", voulue, f"{erreur}.", "Vérifiez l'année."))
                return
            trop, constat, remede = _HORS_DU_TEMPS[voulue]
            if trop(jour, self._aujourd_hui):
                self._reprendre_la_date(Faute("controle.jour", voulue, constat, remede))
                return
        limite = jusqu_au(jour) if voulue is DateDeDecision.LIMITE else None
        recue = jour if voulue is DateDeDecision.RECEPTION else None
        self.post_message(self.Prise(Decision(self._jugement.acte, self.commentaire.valeur.strip(), limite, recue)))

    def _reprendre_la_date(self, faute: Faute) -> None:
        self._dit_une_faute = True
        self.post_message(self.Fautive(faute))
        self.date.focus()


def _jour_de(decision: Decision) -> date | None:
    return decision.recue_le if decision.limite is None else dernier_jour(decision.limite)

"""« Ajouter »: choose one of the files of this machine's sources, examine it and give it for a piece (F389-F391)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.events import Resize
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from cyclades_tui.actes.documents.copies import nommer
from cyclades_tui.actes.pieces import justificatifs
from cyclades_tui.actes.pieces.justificatifs import Justificatifs, JustificatifVu
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.temps import jour_et_heure
from cyclades_tui.domaine.texte import accorder, denombrer, en_clair
from cyclades_tui.fichiers.examen import Exigences, FichierExamine
from cyclades_tui.fichiers.formats import enumerer
from cyclades_tui.fichiers.ouverture import nom_sur
from cyclades_tui.fichiers.racines import FichierPropose, proposer
from cyclades_tui.poste import Poste
from cyclades_tui.screens.cadre.page import Identite, phrases
from cyclades_tui.screens.candidature.page import PageDeCandidature
from cyclades_tui.widgets.bloc import Bloc
from cyclades_tui.widgets.cadre import Action, Bandeau, raccourcir
from cyclades_tui.widgets.dialogue import Dialogue, Reponse

EXAMEN = "examen du fichier…"
_ANNULER, _SUITE, _REMPLACER = "annuler", "suite", "remplacer"
_REGARDER = 2.0  # seconds between two readings of the sources


def dire_les_exigences(exigences: Exigences) -> str:
    """`PDF, JPEG ou PNG, 5 Mo`."""
    return f"{enumerer(exigences.formats)}, {en_clair(exigences.taille_max)}"


def dire_les_sources(poste: Poste, exigences: Exigences | None = None) -> str:
    """`Support : KINGSTON`, after what a file must be; without a medium, whom to ask."""
    if not poste.sources:
        return f"Aucun support sur ce poste : demandez à {poste.acteur.recours}."
    voulu = f"{dire_les_exigences(exigences)}. " if exigences is not None else ""
    return f"{voulu}{accorder(len(poste.sources), 'Support')} : {', '.join(map(nommer, poste.sources))}"


class EcranChoixFichier(PageDeCandidature):
    """The list follows the media plugged in and the scanner; `suite` is called with the name of the file given."""

    TITRE = "Ajouter un fichier"
    AIDE = (
        "Les fichiers des supports de ce poste, le plus récent d'abord. Branchez une clé USB ou numérisez un papier : "
        "la liste suit. Un fichier grisé ne convient pas, la raison est à côté. Le fichier choisi est examiné avant "
        "d'être déposé. Pour en donner plusieurs (recto et verso, certificats), Espace les numérote dans l'ordre "
        "voulu et Entrée les réunit en un seul PDF."
    )
    TOUCHES = (("↑ ↓", "fichier"), ("Espace", "plusieurs"), ("Entrée", "ajouter"), ("Éch", "retour"))
    BINDINGS: ClassVar = [
        Binding("f8,ctrl+n", "ajouter", "Ajouter", show=False),
        Binding("space", "numeroter", "plusieurs", show=False),
    ]
    DEFAULT_CSS = """
    EcranChoixFichier > #contenu { overflow: hidden; }
    EcranChoixFichier Bloc { margin: 0 0 1 0; }
    EcranChoixFichier #rien { height: auto; }
    EcranChoixFichier OptionList { height: 1fr; border: none; padding: 0; background: $fond; color: $texte;
        background-tint: $fond 0%; scrollbar-size-vertical: 1; }
    EcranChoixFichier OptionList:focus { background-tint: $fond 0%; }
    """
    AUTO_FOCUS = "OptionList"

    def __init__(
        self,
        poste: Poste,
        vus: Justificatifs,
        piece: JustificatifVu,
        identite: Identite | None,
        suite: Callable[[FichierExamine], object],
    ) -> None:
        super().__init__(poste, identite)
        self._vus = vus
        self._piece = piece
        self._suite = suite
        self._proposees: tuple[FichierPropose, ...] | None = None  # None until they are read
        self._numerotes: list[Path] = []  # the files to join, in their order
        self._regarde = self._examine = self._depose = False

    def contenu(self) -> ComposeResult:
        yield Static(Content(self._piece.intitule), classes="titre", markup=False)
        yield Bloc(nom="refus")
        yield Static("Recherche…" if self.poste.sources else dire_les_sources(self.poste), id="rien", markup=False)
        yield OptionList(compact=True, markup=False)

    def boutons(self) -> tuple[Action, ...]:
        choisie = self.is_mounted and self._choisie is not None and not self._examine
        return (
            Action("ajouter", self._dire_l_ajout(), "F8", active=choisie, pleine=True),
            Action("quitter", "Retour", "Éch"),
        )

    def _dire_l_ajout(self) -> str:
        return f"Ajouter les {len(self._numerotes)}" if len(self._numerotes) > 1 else "Ajouter"

    async def preparer(self) -> None:
        self.query_one(Bandeau).gauche = (self.TITRE, f"N° {self._vus.numero_inscription:03d}")
        self.dire(dire_les_exigences(self._vus.exigences), dire_les_sources(self.poste))
        self.regarder()
        self.set_interval(_REGARDER, self.regarder)

    # The list

    @property
    def _liste(self) -> OptionList:
        return self.query_one(OptionList)

    @property
    def _choisie(self) -> FichierPropose | None:
        rang = self._liste.highlighted
        return None if rang is None or not self._proposees else self._proposees[rang]

    def regarder(self) -> None:
        """Read the sources again, unless a reading is under way: a slow medium is not read twice at once."""
        if not self._regarde and self.poste.sources and self.app.screen is self:
            self._regarde = True
            self.lancer(lambda: proposer(self.poste.sources, self._vus.exigences), self._montrer, self._ne_pas_montrer)

    def _ne_pas_montrer(self, fautes: tuple[Faute, ...]) -> None:
        self._regarde = False
        self.dire_les_fautes(fautes)

    def _montrer(self, proposees: tuple[FichierPropose, ...]) -> None:
        self._regarde = False
        if proposees == self._proposees or self._examine:
            return
        choisie = self._choisie
        self._proposees = proposees
        presents = {vue.chemin for vue in proposees if not vue.refus}
        self._numerotes = [chemin for chemin in self._numerotes if chemin in presents]
        rien = self.query_one("#rien", Static)
        rien.display = not proposees
        noms = ", ".join(map(nommer, self.poste.sources))
        rien.update(f"Aucun fichier sur {noms}. Branchez votre clé USB, ou numérisez votre document : la liste suit.")
        self._dessiner()
        ou = next((rang for rang, vue in enumerate(proposees) if choisie and vue.chemin == choisie.chemin), None)
        self._liste.highlighted = ou
        if ou is None:
            self._liste.action_first()
        self.dessiner_les_boutons()

    def _dessiner(self) -> None:
        ou = self._liste.highlighted
        self._liste.clear_options()
        self._liste.add_options(Option(self._rangee(vue), disabled=bool(vue.refus)) for vue in self._proposees or ())
        self._liste.highlighted = ou
        self._marquer()

    def _marquer(self) -> None:
        """Mark the focused row with a sign, not only a colour."""
        for rang, vue in enumerate(self._proposees or ()):
            self._liste.replace_option_prompt_at_index(rang, self._rangee(vue, choisie=rang == self._liste.highlighted))

    def _rangee(self, vue: FichierPropose, *, choisie: bool = False) -> Content:
        """Name, size and date; or name and why it cannot be taken."""
        droite = vue.refus or f"{en_clair(vue.taille):>8}  {jour_et_heure(vue.modifie_le)}"
        place = max(self.app.size.width - 4 - cell_len(droite) - 4, 16)
        numero = f"{self._numerotes.index(vue.chemin) + 1}. " if vue.chemin in self._numerotes else ""
        nom = numero + raccourcir(vue.nom, place - len(numero))
        vide = " " * (place - cell_len(nom) + 2)
        return Content(f"{'►' if choisie else ' '} {nom}{vide}{droite}")

    def on_resize(self, _: Resize) -> None:
        self._dessiner()

    def on_option_list_option_highlighted(self, message: OptionList.OptionHighlighted) -> None:
        message.stop()
        self._marquer()
        self.dessiner_les_boutons()

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self.action_ajouter()

    # The file

    def action_numeroter(self) -> None:
        """Give the file in focus the next rank among those to join, or take its rank away."""
        vue = self._choisie
        if vue is None or vue.refus or self._examine:
            return
        if vue.chemin in self._numerotes:
            self._numerotes.remove(vue.chemin)
        else:
            self._numerotes.append(vue.chemin)
        self._marquer()
        self.dessiner_les_boutons()

    def action_ajouter(self) -> None:
        vue = self._choisie
        if vue is None or vue.refus or self._examine:
            return
        chemins = tuple(self._numerotes) or (vue.chemin,)
        if self._piece.depot is None:
            self._examiner(chemins, a_la_suite=False)
            return
        quoi = "du fichier choisi" if len(chemins) == 1 else f"des {len(chemins)} fichiers choisis"
        question = Dialogue(
            "Cette pièce a déjà un fichier",
            f"{self._piece.depot.nom} est déposé pour « {self._piece.libelle} ». Que faire {quoi} ?",
            (
                Reponse(_ANNULER, "Garder seulement le fichier déposé"),
                Reponse(_SUITE, "Ajouter à ce fichier"),
                Reponse(_REMPLACER, "Remplacer ce fichier"),
            ),
        )

        def suivre(reponse: str | None) -> None:
            if reponse in {_SUITE, _REMPLACER}:
                self._examiner(chemins, a_la_suite=reponse == _SUITE)

        self.app.push_screen(question, suivre)

    def _examiner(self, chemins: tuple[Path, ...], *, a_la_suite: bool) -> None:
        self._examine = True
        self.query_one("#refus", Bloc).dire("")
        noms = nom_sur(chemins[0]) if len(chemins) == 1 else denombrer(len(chemins), "fichier")
        self.dire(noms, f"{EXAMEN} Éch abandonne.")
        self.dessiner_les_boutons()
        vus = self._vus
        apres = self._piece.id if a_la_suite else None
        self.lancer(
            lambda: justificatifs.examiner_pour(
                self.poste, vus.numero_candidat, vus.numero_inscription, *chemins, apres=apres
            ),
            self._deposer,
            self._refuser,
        )

    def _deposer(self, fichier: FichierExamine) -> None:
        """Give the file for the piece; while it is being written, Échap waits."""
        self._depose = True
        vus = self._vus
        self.lancer(
            lambda: justificatifs.donner(
                self.poste, vus.numero_candidat, vus.numero_inscription, self._piece.id, fichier
            ),
            partial(self._finir, fichier),
            self._refuser,
        )

    def _finir(self, fichier: FichierExamine, _: None) -> None:
        self.app.pop_screen()
        self._suite(fichier)

    def _refuser(self, fautes: tuple[Faute, ...]) -> None:
        self._examine = self._depose = False
        self.query_one("#refus", Bloc).dire(phrases(fautes), "erreur")
        self.dire("× Refusé", "Choisissez un autre fichier.", "erreur")
        self.dessiner_les_boutons()

    def action_quitter(self) -> None:
        if not self._depose:
            self.app.pop_screen()

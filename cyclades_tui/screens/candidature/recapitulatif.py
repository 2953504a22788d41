"""Tab « Récapitulatif »: everything that will be saved, as documents and `--json` show it (F249-F264)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile, zip_longest
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult, RenderResult
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static
from typing_extensions import override

from cyclades_tui.domaine.contenu import EnteteDeVersion, GroupeEpreuves
from cyclades_tui.domaine.onglets import GenreOnglet, NomOnglet, onglets_du_genre
from cyclades_tui.domaine.recapitulatif import Recapitulatif
from cyclades_tui.domaine.texte import denombrer
from cyclades_tui.domaine.typographie import accentuer, en_lignes
from cyclades_tui.referentiel import schema
from cyclades_tui.regles.contenu import composer
from cyclades_tui.regles.recapitulatif import RUBRIQUES, recapituler
from cyclades_tui.screens.cadre.formulaire import Formulaire
from cyclades_tui.screens.cadre.onglet import VoletOnglet
from cyclades_tui.widgets.colonnes import BlocsEnColonnes
from cyclades_tui.widgets.ligne_ouvrable import LigneOuvrable

# The tab that corrects each block; the blocks about épreuves and acquis have the names of their tabs.
_ONGLETS = {rubrique.id: rubrique.onglet for rubrique in RUBRIQUES} | {
    onglet.value: onglet for onglet in onglets_du_genre(GenreOnglet.DIPLOME)
}

_PART_DES_LIBELLES = 55  # percent of a narrow block, at most
_RETRAIT_AU_MOINS = 24  # cells for the labels of a narrow block
_LIBELLE_AU_MOINS = 16  # cells
_MODE_AU_PLUS = 12  # cells; « Contrôle en cours de formation » wraps


@dataclass(frozen=True, slots=True)
class LigneDessinee:
    """A row of a block: its label in `retrait` cells and the style `ton`, then the value, wrapped."""

    libelle: str
    valeur: str
    retrait: int = 40
    ton: str = "$discret"
    style: str = ""

    def rangs(self, largeur: int) -> list[Content]:
        """The row, wrapped; a label too long for its place has its own rows, with the value under it."""
        rangs = []
        retrait = min(self.retrait, max(largeur * _PART_DES_LIBELLES // 100, _RETRAIT_AU_MOINS))
        debut = self.libelle
        if cell_len(debut) >= retrait > 0:
            rangs += [Content.styled(f" {texte}", self.ton) for texte in en_lignes(debut, largeur - 2)]
            debut = ""
        for texte in en_lignes(self.valeur, max(largeur - retrait - 1, 10)) or [""]:
            rangs.append(Content.assemble(" ", (debut.ljust(retrait), self.ton), (texte, self.style)))
            debut = ""
        return rangs


@dataclass(frozen=True, slots=True)
class EpreuveDessinee:
    """A row of the table of épreuves (F261): `colonnes` are the widths of code, unité, position and mode."""

    cellules: tuple[str, str, str, str, str]  # code, label, unité, position, mode
    colonnes: tuple[int, int, int, int]
    niveau: int = 0
    style: str = ""
    ton: str = ""

    def rangs(self, largeur: int) -> list[Content]:
        """The row; the label takes what the other columns leave, and wraps under itself."""
        code, libelle, unite, position, mode = self.cellules
        pour_code, pour_unite, pour_position, pour_mode = self.colonnes
        place = max(largeur - 1 - sum(self.colonnes), _LIBELLE_AU_MOINS)
        retrait = "  " * self.niveau
        libelles = en_lignes(libelle, place - 1, retrait=retrait)
        modes = en_lignes(mode, pour_mode)
        rangs = zip_longest((code,), libelles, (unite,), (position,), modes, fillvalue="")
        return [
            Content.assemble(
                (f" {un_code:<{pour_code}}{texte:<{place}}{une_unite:<{pour_unite}}", self.ton),
                (f"{une_position:<{pour_position}}", self.style or self.ton),
                (un_mode, self.ton),
            )
            for un_code, texte, une_unite, une_position, un_mode in rangs
        ]


RangDeBloc = LigneDessinee | EpreuveDessinee


class BlocRecapitulatif(LigneOuvrable, inherit_bindings=False):
    """A block with one focus stop; Entrée opens the tab that corrects it: `rang_onglet`, from 1, or 0 for none."""

    CLICS = None
    BINDINGS: ClassVar = [Binding("enter", "ouvrir", "corriger ce bloc", show=False)]
    DEFAULT_CSS = """
    BlocRecapitulatif { height: auto; padding: 0 1 0 0; }
    BlocRecapitulatif:hover { background: transparent; }
    BlocRecapitulatif:focus { background: $champ-focus; }
    """

    def __init__(
        self,
        identifiant: str,
        titre: str,
        lignes: Sequence[RangDeBloc],
        rang_onglet: int = 0,
        *,
        dit: tuple[str, str] = ("", ""),
    ) -> None:
        super().__init__(nom=f"bloc-{identifiant}", dit=dit)
        self.titre = titre
        self.onglet = _ONGLETS[identifiant] if rang_onglet else ""
        self._lignes = tuple(lignes)
        self._rang_onglet = rang_onglet

    def render(self) -> RenderResult:
        largeur = self.content_size.width
        ou = ""
        if self._rang_onglet:
            ou = f"Entrée : onglet {self._rang_onglet}" if self.has_focus else f"onglet {self._rang_onglet}"
        vide = " " * max(largeur - 1 - cell_len(self.titre + ou), 1)
        tete = Content.assemble((self.repere + self.titre, "bold $titre"), vide, (ou, "$discret"))
        return Content("\n").join([tete, *self._rangs(largeur)])

    @override
    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 1 + len(self._rangs(width))

    def _rangs(self, largeur: int) -> list[Content]:
        return [rang for ligne in self._lignes for rang in ligne.rangs(largeur)]


class OngletRecapitulatif(VoletOnglet):
    """Composed again each time it is shown, because everything before it may have changed."""

    DEFAULT_CSS = """
    OngletRecapitulatif > .avertissement { background: $attention-fond; color: $texte; height: auto;
        border-left: outer $attention; padding: 0 1; margin: 0 1 1 1; }
    """

    def __init__(self, identifiant: str, formulaire: Formulaire, numero_candidat: str) -> None:
        super().__init__(identifiant, formulaire)
        self._numero = numero_candidat

    def compose(self) -> ComposeResult:
        yield Static(
            f"! {self.formulaire.reglages.textes.pas_encore_enregistree}", classes="avertissement", markup=False
        )
        dossier = self.formulaire.dossier
        rangs = {onglet.id: rang for rang, onglet in enumerate(self.formulaire.onglets, start=1)}
        if dossier is None or not self.verifier():
            faux = ", ".join(f"{rangs[onglet.id]} {onglet.libelle}" for onglet in self._onglets_faux())
            yield Static(f"× À corriger d'abord : {faux}. F2 ouvre un onglet.", classes="note", markup=False)
            return
        for avertissement in self.formulaire.lue.avertissements:
            phrase = f"! {avertissement.message} {avertissement.remede}".rstrip()
            yield Static(phrase, classes="avertissement", markup=False)
        yield Static(f" N° candidat : {self._numero}", markup=False)
        provisoire = EnteteDeVersion(self._numero, "", 0, self.formulaire.maintenant(), formation=False)
        relus = list(blocs(recapituler(composer(dossier, provisoire, self.formulaire.reglages))))
        with BlocsEnColonnes():
            for numero, (identifiant, titre, lignes) in enumerate(relus, start=1):
                dit = ("Relisez tout.", f"Bloc {numero} sur {len(relus)}, {titre}")
                yield BlocRecapitulatif(identifiant, titre, lignes, rangs.get(_ONGLETS[identifiant], 0), dit=dit)

    def actualiser(self) -> None:
        self.refaire()

    def verifier(self) -> bool:
        return not self._onglets_faux()

    def _onglets_faux(self) -> list[schema.Onglet]:
        """The tabs before this one that have a fault."""
        avant = takewhile(lambda onglet: onglet.id != self.identifiant, self.formulaire.onglets)
        return [onglet for onglet in avant if self.formulaire.fautes_de(onglet.id)]

    def viser(self, champ: str) -> None:
        if not self.attendre(champ):
            for bloc in self.query(BlocRecapitulatif):
                bloc.focus()
                return

    def ce_qui_suit(self) -> str:
        bas = self.scroll_offset.y + self.size.height
        haut = next((colonnes.virtual_region.y for colonnes in self.query(BlocsEnColonnes)), 0)
        reste = sum(haut + bloc.virtual_region.bottom > bas for bloc in self.query(BlocRecapitulatif))
        return f"▼ {denombrer(reste, 'bloc')}" if reste else ""


def blocs(recapitulatif: Recapitulatif) -> Iterator[tuple[str, str, list[RangDeBloc]]]:
    """Id, title and rows of each block that is not empty."""
    for section in recapitulatif.sections:
        lignes: list[RangDeBloc] = [LigneDessinee(ligne.libelle, ligne.valeur) for ligne in section.lignes]
        if lignes:
            yield section.id, section.titre, lignes
    if recapitulatif.acquis:
        yield (
            NomOnglet.ACQUIS,
            "Acquis déclarés",
            [
                ligne
                for un in recapitulatif.acquis
                for ligne in (
                    LigneDessinee("Titulaire", un.titulaire),
                    LigneDessinee("Type de droit", accentuer(un.droit)),
                )
            ],
        )
    yield NomOnglet.EPREUVES, "Épreuves", list(table_des_epreuves(recapitulatif.groupes))


_ENTETES = ("code", "libellé", "unité", "position", "mode")


def table_des_epreuves(groupes: tuple[GroupeEpreuves, ...]) -> Iterator[RangDeBloc]:
    """The table of F261: the same columns in every group, as wide as their longest text."""
    lignes = [ligne for groupe in groupes for ligne in groupe.lignes]
    textes = (_ENTETES, *((un.code, "", un.unite, un.position, un.mode) for un in lignes))
    code, _, unite, position, mode = (max(map(cell_len, colonne)) + 1 for colonne in zip(*textes, strict=True))
    colonnes = (code, unite, position, min(mode, _MODE_AU_PLUS))
    yield EpreuveDessinee(_ENTETES, colonnes, ton="$discret")
    session = ""
    for groupe in groupes:
        if groupe.session != session:
            session = groupe.session
            yield LigneDessinee("", session, 0, style="bold")
        yield LigneDessinee("", accentuer(groupe.titre), 0, style="$discret")
        for ligne in groupe.lignes:
            choix = f" - {ligne.choix}" if ligne.choix else ""
            cellules = (ligne.code, f"{accentuer(ligne.libelle)}{choix}", ligne.unite, ligne.position, ligne.mode)
            yield EpreuveDessinee(cellules, colonnes, ligne.niveau, style="bold")

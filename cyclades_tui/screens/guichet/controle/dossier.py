"""The pane beside the document: what to compare, the piece, its history, the rest of the dossier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from cyclades_tui.actes.pieces.piece_ouverte import Donnee, EtapeDuSuivi, PieceOuverte
from cyclades_tui.domaine.temps import heure, jour_court, jour_de_paris, jour_et_heure, jour_et_mois
from cyclades_tui.domaine.texte import en_capitales
from cyclades_tui.domaine.typographie import en_lignes
from cyclades_tui.screens.candidature.copie import en_octets
from cyclades_tui.screens.guichet.lignes import dire_les_conditions
from cyclades_tui.widgets.cadre import raccourcir

_LIBELLE = 14  # cells of a label with the blank after it
_SEUL = 60  # cells from which the pane is alone on the screen
_SAINE = "saine"
_Morceau = str | tuple[str, str] | Content


class VoletDossier(VerticalScroll, can_focus=True):
    """The pane; the arrows and page keys scroll it."""

    DEFAULT_CSS = """
    VoletDossier { width: 1fr; height: 1fr; background: $fond; color: $texte; padding: 0 1;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    VoletDossier > Static { height: auto; }
    """

    def __init__(self) -> None:
        super().__init__(id="dossier")
        self._ouverte: PieceOuverte | None = None
        self._vues: frozenset[str] = frozenset()
        self._hauteur = 0

    def compose(self) -> ComposeResult:
        yield Static("", markup=False)

    def montrer(self, ouverte: PieceOuverte | None, vues: frozenset[str] = frozenset()) -> None:
        """Show a piece; `vues` are the data in the visible part of the page."""
        if ouverte is None or self._ouverte is None or ouverte.ligne.id != self._ouverte.ligne.id:
            self.scroll_home(animate=False)
        if (ouverte, vues) != (self._ouverte, self._vues):
            self.border_subtitle = Content.styled(mot_des_conditions(ouverte), "bold $attention")
            self._ouverte, self._vues = ouverte, vues
            self._dessiner()

    def on_resize(self, _: Resize) -> None:
        self._dessiner()

    def _dessiner(self) -> None:
        largeur = max(self.scrollable_content_region.width, 20)
        lignes = [] if self._ouverte is None else list(_lignes(self._ouverte, self._vues, largeur))
        # Unchanged height: no new layout of the whole screen is needed.
        self.query_one(Static).update(Content("\n").join(lignes), layout=len(lignes) != self._hauteur)
        self._hauteur = len(lignes)


class Resume(Vertical):
    """Two rows above the document if the pane is not beside it: the person, the piece."""

    DEFAULT_CSS = """
    Resume { height: auto; }
    Resume Static { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    Resume > Horizontal { height: 1; }
    Resume .personne { width: 1fr; }
    Resume .a-verifier { width: auto; color: $attention; text-style: bold; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._personne = Static("", classes="personne", markup=False)
        self._a_verifier = Static("", classes="a-verifier", markup=False)
        self._piece = Static("", id="piece", markup=False)
        self._ouverte: PieceOuverte | None = None

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield self._personne
            yield self._a_verifier
        yield self._piece

    def montrer(self, ouverte: PieceOuverte | None) -> None:
        if ouverte != self._ouverte:
            self._ouverte = ouverte
            personne, piece = (Content(""), Content("")) if ouverte is None else _resumer(ouverte)
            self._personne.update(personne, layout=False)
            self._a_verifier.update(mot_des_conditions(ouverte))
            self._piece.update(piece, layout=False)


def alerter(ouverte: PieceOuverte, revision: int, moi: str) -> tuple[str, str] | None:
    """Message and details if another agent has the piece open or assigned, or changed it since `revision`; or None."""
    if ouverte.ouverte_par and ouverte.ouverte_depuis is not None:
        return f"… ouverte par {ouverte.ouverte_par} depuis {heure(ouverte.ouverte_depuis)}", ""
    if ouverte.ligne.affecte_a not in ("", moi):
        return f"! prise par {ouverte.ligne.affecte_a}", "Un autre agent l'a mise dans sa file."
    if ouverte.ligne.revision != revision and ouverte.historique:
        etape = ouverte.historique[-1]
        dit = f"! {etape.qui}, {heure(etape.instant)} : {etape.quoi}"
        return dit, "Elle a changé depuis que la file est lue."
    return None


def mot_des_conditions(ouverte: PieceOuverte | None) -> str:
    """`! 2 conditions à vérifier`; empty for none."""
    conditions = dire_les_conditions(0 if ouverte is None else len(ouverte.a_verifier))
    return conditions and f"! {conditions}"


def _resumer(ouverte: PieceOuverte) -> tuple[Content, Content]:
    donnees = {donnee.cle: donnee for donnee in ouverte.a_comparer}
    ligne = ouverte.ligne
    personne: list[_Morceau] = [(f"{en_capitales(ligne.nom)} {ligne.prenoms}", "bold")]
    if (naissance := donnees.get("naissance")) is not None:
        lieu = f" à {donnees['lieu'].valeur}" if "lieu" in donnees else ""
        personne += ["   né(e) le ", (naissance.valeur, "bold"), lieu]
    if (nationalite := donnees.get("nationalite")) is not None:
        personne.append(f"   {nationalite.valeur}")
    statut = f" · {ligne.statut.libelle}" if ligne.statut else ""
    validee = "" if ouverte.valide_le is None else f" · validée le {jour_et_heure(ouverte.valide_le)}"
    nom = "" if ouverte.depot is None else f" · {ouverte.depot.nom}"
    return Content.assemble(*personne), Content.styled(f"{ligne.libelle}{statut}{validee}{nom}", "$discret")


def _lignes(ouverte: PieceOuverte, vues: frozenset[str], largeur: int) -> Iterator[Content]:
    yield _titre("À comparer")
    for donnee in ouverte.a_comparer:
        yield from _donnee(donnee, largeur, vue=donnee.cle in vues)
    if largeur >= _SEUL:
        yield from _conditions(ouverte, largeur)
    yield Content("")
    yield _titre("Candidature")
    numero, inscription, *autres = ouverte.candidature
    yield Content.assemble(("N° ", "$discret"), f"{numero.valeur}  ", ("N° ", "$discret"), inscription.valeur)
    for donnee in autres:
        yield from _donnee(donnee, largeur, vue=donnee.cle in vues)
    yield Content("")
    yield _titre("Pièce")
    yield from _piece(ouverte, largeur)
    if largeur < _SEUL:  # beside the document what concerns the piece comes before
        yield from _conditions(ouverte, largeur)
    yield Content("")
    yield _titre("Historique")
    for etape in reversed(ouverte.historique):
        yield from _etape(etape, largeur)
    if ouverte.autres:
        yield Content("")
        yield _titre("Autres pièces")
    for autre in ouverte.autres:
        etat = autre.etat or "faite"
        place = max(largeur - len(etat) - 1, 8)
        yield Content.assemble(raccourcir(autre.sigle, place).ljust(place), " ", (etat, "$discret"))


def _conditions(ouverte: PieceOuverte, largeur: int) -> Iterator[Content]:
    if ouverte.a_verifier:
        yield Content("")
        yield _titre("Conditions à vérifier")
    for condition in ouverte.a_verifier:
        yield from _suite(condition, largeur, "! ", "$attention")


def _titre(texte: str) -> Content:
    return Content.styled(texte, "bold $titre")


def _donnee(donnee: Donnee, largeur: int, *, vue: bool) -> Iterator[Content]:
    """The rows of a datum: bold if it must agree, marked if the zoom shows it."""
    repere = "►" if vue else " "
    style = ("bold " if donnee.compare else "") + ("$champ-texte on $champ-focus" if vue else "")
    place = max(largeur - _LIBELLE - 1, 8)
    for rang, texte in enumerate(en_lignes(donnee.valeur, place) or [""]):
        libelle = donnee.libelle if rang == 0 else ""
        yield Content.assemble(repere, (libelle.ljust(_LIBELLE), "$discret"), (texte, style.strip()))


def _piece(ouverte: PieceOuverte, largeur: int) -> Iterator[Content]:
    yield from _suite(ouverte.ligne.libelle, largeur)
    if statut := ouverte.ligne.statut:
        yield _datum("Statut", raccourcir(statut.libelle, largeur - _LIBELLE + 4))
    depot = ouverte.depot
    if depot is not None:
        yield _datum("Déposée", jour_et_heure(depot.depose_le))
    if ouverte.valide_le is not None:
        yield _datum("Validée", jour_et_heure(ouverte.valide_le))
    if ouverte.recue_le is not None:
        yield _datum("Reçue le", jour_court(ouverte.recue_le))
    if depot is not None:
        yield _datum("Fichier", raccourcir(f"{depot.nom}, {en_octets(depot.taille)}", largeur - _LIBELLE + 4))
        saine = depot.analyse == _SAINE
        yield _datum("Analyse", "√ " if saine else "! ", "$succes" if saine else "$attention", depot.analyse)
    alertes = () if depot is None else depot.alertes
    modifiee = ouverte.modifiee_le
    modification = (
        () if modifiee is None else (f"candidature modifiée le {jour_et_heure(modifiee)}, après sa validation",)
    )
    for dit in (*ouverte.memes_fichiers, *alertes, *modification):
        yield from _suite(dit, largeur, "! ", "$attention")


def _datum(libelle: str, valeur: str, style: str = "", suite: str = "") -> Content:
    return Content.assemble((libelle.ljust(_LIBELLE - 4), "$discret"), (valeur, style), suite)


def _suite(texte: str, largeur: int, tete: str = "", style: str = "") -> Iterator[Content]:
    lignes: Iterable[str] = en_lignes(texte, max(largeur - len(tete), 8)) or [""]
    for rang, ligne in enumerate(lignes):
        yield Content.assemble((tete if rang == 0 else " " * len(tete), style), ligne)


def _etape(etape: EtapeDuSuivi, largeur: int) -> Iterator[Content]:
    quand = f"{jour_et_mois(jour_de_paris(etape.instant))} {heure(etape.instant)}"
    annulee = " (annulée)" if etape.annulee else ""
    for rang, ligne in enumerate(en_lignes(f"{quand} {etape.qui} : {etape.quoi}{annulee}", max(largeur - 1, 8))):
        yield Content.styled(f"{' ' if rang else ''}{ligne}", "$discret")
    if etape.commentaire:
        for ligne in en_lignes(etape.commentaire, max(largeur - 1, 8)):
            yield Content(f" {ligne}")

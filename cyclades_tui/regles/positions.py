"""Which épreuves a candidate sits, and why (decision 2, F234-F246).

Positions belong to nodes that carry a unit; nodes under a unit follow it, nodes above summarise it. For a unit the
first of these that applies decides: VAE, note kept (bénéfice), title, population, choice, Inscrit. If a candidate
chooses among units (`parmi`), a unit neither acquired nor chosen is Non Inscrit. A kept note goes before a title
because it is asked unit by unit, whereas the boxes of a title are ticked by default.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from cyclades_tui.referentiel.schema import (
    Benefice,
    Epreuve,
    Forme,
    Population,
    Titre,
    Voie,
    au_choix,
    unites,
)


class Position(StrEnum):
    """The labels of the guide (F235-F237); « Bénéfice » is a kept note."""

    INSCRIT = "Inscrit"
    NON_INSCRIT = "Non Inscrit"
    DISPENSE = "Dispense"
    BENEFICE = "Bénéfice"


MODES = {"CCF": "Contrôle en cours de formation", "Ponctuel": "Ponctuel"}


@dataclass(frozen=True, slots=True)
class TitreDeclare:
    titre: Titre
    annee: int
    academie: str


@dataclass(frozen=True, slots=True)
class NoteAnterieure:
    """A note obtained in a former session; `meme_specialite` tells which declaration it comes from."""

    code: str
    note: Decimal
    session: int
    conserver: bool
    meme_specialite: bool = True


@dataclass(frozen=True, slots=True)
class Vae:
    annee: int
    academie: str
    unites: frozenset[str]


@dataclass(frozen=True, slots=True)
class AcquisDeclares:
    """What the candidate declares; `repasser` holds the codes of the épreuves to sit in spite of a title (F230)."""

    titres: tuple[TitreDeclare, ...] = ()
    notes: tuple[NoteAnterieure, ...] = ()
    vae: Vae | None = None
    populations: tuple[Population, ...] = ()
    repasser: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ChoixDeclares:
    """Codes asked « Non Inscrit », or « Inscrit » where that is not the default; the language or country chosen."""

    non_inscrites: frozenset[str] = frozenset()
    inscrites: frozenset[str] = frozenset()
    libelles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Raison:
    """Why a position is what it is: a sentence for the candidate, and the legal text."""

    texte: str
    regle: str = ""

    def __str__(self) -> str:
        return f"{self.texte} ({self.regle})" if self.regle else self.texte


@dataclass(frozen=True, slots=True)
class EpreuvePlacee:
    """A node with its position; `mode` is empty if nothing is sat or if the children carry it."""

    epreuve: Epreuve
    niveau: int
    position: Position
    mode: str
    choix: str
    raison: Raison


def note_conservable(note: NoteAnterieure, forme: Forme, benefice: Benefice, annee: int) -> Raison | None:
    """Why a note cannot be kept for the session of `annee`; None if it can."""
    derniere = note.session + benefice.annees
    seuil = benefice.seuil[forme]
    if annee > derniere:
        texte = f"note de {note.session} : elle se conservait {benefice.annees} ans, jusqu'à la session {derniere}"
        return Raison(texte, benefice.source)
    if note.note < seuil:
        texte = f"note {_en_francais(note.note)} sous {_en_francais(seuil)} : non conservable en forme {forme}"
        return Raison(texte, benefice.source)
    return None


def derniere_note(acquis: AcquisDeclares, code: str) -> NoteAnterieure | None:
    """The latest note of an épreuve; of two in one session, that of the same spécialité."""
    notes = (note for note in acquis.notes if note.code == code)
    return max(notes, key=lambda note: (note.session, note.meme_specialite), default=None)


def placer(
    arbre: tuple[Epreuve, ...],
    *,
    voie: Voie,
    forme: Forme,
    annee: int,
    benefice: Benefice,
    acquis: AcquisDeclares,
    choix: ChoixDeclares,
) -> tuple[EpreuvePlacee, ...]:
    """Every node of the tree, in order, with position, mode, choice and reason."""
    decision = _Decision(forme, annee, benefice, acquis, choix, au_choix(arbre))
    par_code = {epreuve.code: epreuve for epreuve in arbre}
    enfants: dict[str, list[Epreuve]] = {}
    for epreuve in arbre:
        enfants.setdefault(epreuve.parent, []).append(epreuve)
    decidees = {epreuve.code: decision.unite(epreuve) for epreuve in unites(arbre)}
    placees: list[EpreuvePlacee] = []
    for niveau, epreuve in _parcours("", enfants, 0):
        position, raison = _position(epreuve, par_code, enfants, decidees)
        inscrite = position is Position.INSCRIT
        mode = _mode(epreuve, voie) if inscrite else ""
        libelle = choix.libelles.get(epreuve.code, "") if inscrite else ""
        placees.append(EpreuvePlacee(epreuve, niveau, position, mode, libelle, raison))
    return tuple(placees)


def _mode(epreuve: Epreuve, voie: Voie) -> str:
    """How the épreuve is judged; in a concours, its nature (F247)."""
    return epreuve.nature or (MODES[epreuve.modes[voie]] if voie in epreuve.modes else "")


def dispensees_par_titre(arbre: tuple[Epreuve, ...], titres: tuple[TitreDeclare, ...]) -> frozenset[str]:
    """The codes of the units that a declared title dispenses: the candidate may choose to sit them (F229)."""
    matieres = {matiere for declare in titres for matiere in declare.titre.matieres}
    return frozenset(e.code for e in unites(arbre) if e.obligatoire and e.matiere in matieres)


@dataclass(frozen=True, slots=True)
class _Decision:
    forme: Forme
    annee: int
    benefice: Benefice
    acquis: AcquisDeclares
    choix: ChoixDeclares
    au_choix: frozenset[str]

    def unite(self, epreuve: Epreuve) -> tuple[Position, Raison]:
        if epreuve.serie == "facultative":
            return self._facultative(epreuve)
        if epreuve.serie == "second-groupe":
            return Position.INSCRIT, Raison("passée seulement si vous êtes appelé au second groupe")
        return self._acquise(epreuve) or self._a_passer(epreuve)

    def _facultative(self, epreuve: Epreuve) -> tuple[Position, Raison]:
        if epreuve.code in self.choix.inscrites:
            return Position.INSCRIT, Raison("épreuve facultative choisie")
        return Position.NON_INSCRIT, Raison("épreuve facultative non choisie")

    def _acquise(self, epreuve: Epreuve) -> tuple[Position, Raison] | None:
        return (
            self._par_vae(epreuve)
            or self._par_note(epreuve)
            or self._par_titre(epreuve)
            or self._par_population(epreuve)
        )

    def _par_vae(self, epreuve: Epreuve) -> tuple[Position, Raison] | None:
        vae = self.acquis.vae
        if vae is None or epreuve.code not in vae.unites:
            return None
        texte = f"Unité validée par le jury de VAE ({vae.annee}, {vae.academie}){_dispense_de(epreuve)}"
        return Position.DISPENSE, Raison(texte)

    def _par_note(self, epreuve: Epreuve) -> tuple[Position, Raison] | None:
        note = derniere_note(self.acquis, epreuve.code)
        if note is None or not note.conserver or note_conservable(note, self.forme, self.benefice, self.annee):
            return None
        texte = f"Note {_en_francais(note.note)} obtenue à la session {note.session}, conservée"
        return Position.BENEFICE, Raison(texte, self.benefice.source)

    def _par_titre(self, epreuve: Epreuve) -> tuple[Position, Raison] | None:
        if epreuve.code in self.acquis.repasser:
            return None
        for declare in self.acquis.titres:
            titre = declare.titre
            if epreuve.matiere in titre.matieres and declare.annee >= titre.depuis:
                texte = f"Titulaire {titre.diplome} ({declare.annee}, {declare.academie}){_dispense_de(epreuve)}"
                return Position.DISPENSE, Raison(texte, titre.regle)
        return None

    def _par_population(self, epreuve: Epreuve) -> tuple[Position, Raison] | None:
        for population in self.acquis.populations:
            if epreuve.matiere in population.matieres:
                return Position.DISPENSE, Raison(population.libelle, population.regle)
        return None

    def _a_passer(self, epreuve: Epreuve) -> tuple[Position, Raison]:
        if epreuve.code in self.au_choix:
            if epreuve.code in self.choix.inscrites:
                return Position.INSCRIT, Raison("épreuve choisie")
            return Position.NON_INSCRIT, Raison("épreuve au choix, que vous n'avez pas choisie")
        if self.forme == "progressive" and epreuve.code in self.choix.non_inscrites:
            return Position.NON_INSCRIT, Raison("forme progressive : vous ne la passez pas à cette session")
        return Position.INSCRIT, self._pourquoi_inscrite(epreuve)

    def _pourquoi_inscrite(self, epreuve: Epreuve) -> Raison:
        note = derniere_note(self.acquis, epreuve.code)
        if note is not None and not note.conserver:
            return Raison(
                f"note {_en_francais(note.note)} de la session {note.session} : vous avez choisi de la repasser"
            )
        if note is not None and (perdue := note_conservable(note, self.forme, self.benefice, self.annee)):
            return perdue
        if epreuve.code in self.acquis.repasser:
            return Raison("décochée : vous avez choisi de la repasser")
        return Raison("épreuve obligatoire")


def _position(
    epreuve: Epreuve,
    par_code: Mapping[str, Epreuve],
    enfants: Mapping[str, list[Epreuve]],
    decidees: Mapping[str, tuple[Position, Raison]],
) -> tuple[Position, Raison]:
    if epreuve.code in decidees:
        return decidees[epreuve.code]
    ancetre = _unite_au_dessus(epreuve, par_code)
    if ancetre is not None:
        position, raison = decidees[ancetre.code]
        return position, Raison(f"comme {ancetre.code} : {raison.texte}", raison.regle)
    positions = [_position(enfant, par_code, enfants, decidees)[0] for enfant in enfants[epreuve.code]]
    position = _accord(positions)
    return position, _d_apres(position, [(e, *decidees[e.code]) for e in _unites_dessous(epreuve, enfants, decidees)])


def _unites_dessous(
    epreuve: Epreuve, enfants: Mapping[str, list[Epreuve]], decidees: Mapping[str, tuple[Position, Raison]]
) -> Iterator[Epreuve]:
    for enfant in enfants.get(epreuve.code, ()):
        if enfant.code in decidees:
            yield enfant
        else:
            yield from _unites_dessous(enfant, enfants, decidees)


def _d_apres(position: Position, parties: list[tuple[Epreuve, Position, Raison]]) -> Raison:
    """Why a parent is what it is: its parts that are so and why, then the others, each with its own reason."""
    groupes: dict[tuple[Position, str, str], list[str]] = {}
    for epreuve, placee, raison in parties:
        motif = raison.texte.removesuffix(_dispense_de(epreuve))
        groupes.setdefault((placee, motif, raison.regle), []).append(epreuve.code)
    regles = {regle for _, _, regle in groupes}
    commune = regles.pop() if len(regles) == 1 else ""
    dits = []
    for (placee, motif, regle), codes in sorted(groupes.items(), key=lambda groupe: groupe[0][0] is not position):
        texte = motif if regle == commune else str(Raison(motif, regle))
        if placee is not position:
            dits.append(f"{_lister(codes)} : {placee.value}, {texte}")
        else:
            verbe = "le sont" if len(codes) > 1 else "l'est"
            dits.append(f"parce que {_lister(codes)} {verbe} : {texte}")
    return Raison(" ; ".join(dits), commune)


def _lister(codes: list[str]) -> str:
    *debut, fin = codes
    return f"{', '.join(debut)} et {fin}" if debut else fin


def _accord(positions: list[Position]) -> Position:
    """The position of a parent without unit: Inscrit if a child is; the common one if all agree; else none to sit."""
    if Position.INSCRIT in positions:
        return Position.INSCRIT
    return positions[0] if len(set(positions)) == 1 else Position.NON_INSCRIT


def _unite_au_dessus(epreuve: Epreuve, par_code: Mapping[str, Epreuve]) -> Epreuve | None:
    parent = par_code.get(epreuve.parent)
    while parent is not None and not parent.unite:
        parent = par_code.get(parent.parent)
    return parent


def _parcours(parent: str, enfants: Mapping[str, list[Epreuve]], niveau: int) -> Iterator[tuple[int, Epreuve]]:
    for epreuve in enfants.get(parent, ()):
        yield niveau, epreuve
        yield from _parcours(epreuve.code, enfants, niveau + 1)


def _dispense_de(epreuve: Epreuve) -> str:
    return f" : dispense de {epreuve.unite or epreuve.code}"


def _en_francais(note: Decimal) -> str:
    return f"{note.normalize():f}".replace(".", ",")

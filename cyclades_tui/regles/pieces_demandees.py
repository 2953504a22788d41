"""Which justificatifs a saved version asks for, in which group and until when (F383, F409, C16, G19)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from cyclades_tui.champs.acquis import AUTRE, MEME
from cyclades_tui.champs.identite import FRANCE
from cyclades_tui.domaine.contenu import Acquis, Contenu, GroupeDePieces, PieceDemandee, PieceDite
from cyclades_tui.domaine.temps import (
    EtatFenetre,
    Fenetre,
    age,
    annee_de_session,
    de_iso,
    jour_de_paris,
    jour_en_lettres,
    limite_longue,
)
from cyclades_tui.referentiel.chargement import Referentiel
from cyclades_tui.referentiel.pieces import Exigence, ModeDePiece, Piece
from cyclades_tui.referentiel.reglages import GroupePieces, ReglagesDuService
from cyclades_tui.regles.conditions import majeur

EN_LIGNE: ModeDePiece = "en ligne"
_MODES: tuple[ModeDePiece, ...] = (EN_LIGNE, "voie postale", "autre")
_EN_TETES: Mapping[str, str] = {
    EN_LIGNE: "A déposer en ligne",
    "voie postale": "A envoyer par voie postale",
    "autre": "A remettre selon d'autres modalités",
}


@dataclass(frozen=True, slots=True)
class Profil:
    """The facts of a saved version that decide what is asked; `groupe` is that of its category, empty if unknown."""

    contenu: Contenu
    groupe: str

    @property
    def jour(self) -> date:
        """The day when the version was saved, in Paris."""
        return jour_de_paris(self.contenu.entete.instant)

    @property
    def naissance(self) -> date | None:
        lue = self.contenu.valeur("identification.naissance.date")
        return date.fromisoformat(lue) if lue else None

    def acquis(self, *debuts: str) -> tuple[Acquis, ...]:
        """The declared acquis whose id begins with one of `debuts`."""
        return tuple(acquis for acquis in self.contenu.acquis if acquis.id.startswith(debuts))


def groupe_de_categorie(referentiel: Referentiel, contenu: Contenu) -> str:
    """The group of a saved version's category; empty if the référentiel no longer has that category."""
    examen = referentiel.examens.get(contenu.examen.code)
    categories = {} if examen is None else {categorie.id: categorie.groupe for categorie in examen.categorie}
    return categories.get(contenu.valeur("candidature.categorie"), "")


@dataclass(frozen=True, slots=True)
class GroupeARemettre:
    """Pieces handed in the same way in the same window; while no window is set, nothing can be handed in."""

    mode: ModeDePiece
    fenetre: Fenetre | None
    adresse_retour: tuple[str, ...]
    pieces: frozenset[str]

    @property
    def en_ligne(self) -> bool:
        return self.mode == EN_LIGNE

    def contient(self, piece: str, mode: str) -> bool:
        return piece in self.pieces and mode == self.mode

    def dire(self, pieces: tuple[PieceDite, ...]) -> GroupeDePieces[PieceDite]:
        """The wording of the group, with those of its pieces that are to be listed."""
        return GroupeDePieces(self.mode, self.titre, self.delai, self.adresse_retour, pieces)

    @property
    def titre(self) -> str:
        return _EN_TETES[self.mode]

    @property
    def delai(self) -> str:
        """`entre le mardi 30 août 2022 et le vendredi 21 octobre 2022 23:59 (heure/Paris)` (F384, F385)."""
        if self.fenetre is None:
            return "à une date qui vous sera donnée"
        fin = limite_longue(self.fenetre.fermeture, " ")
        if self.fenetre.ouverture is None:
            return f"au plus tard le {fin} (heure/Paris)"
        return f"entre le {_jour(self.fenetre.ouverture)} et le {fin} (heure/Paris)"


def _jour(instant: datetime) -> str:
    return jour_en_lettres(jour_de_paris(instant))


def pieces_demandees(pieces: Iterable[Piece], profil: Profil) -> tuple[PieceDemandee, ...]:
    """Every piece that the profile must provide, in the order of the list."""
    contenu = profil.contenu
    lieu = (
        contenu.examen.code,
        annee_de_session(contenu.session),
        contenu.academie.code,
        contenu.specialite,
        profil.groupe,
    )
    return tuple(
        demandee
        for piece in sorted(pieces, key=lambda piece: (piece.rang, piece.id))
        if piece.concerne(*lieu) and all(tient(exigence, profil) for exigence in piece.si)
        for demandee in _exemplaires(piece, profil)
    )


def tient(exigence: Exigence, profil: Profil) -> bool:
    return _FAITS[exigence.fait](exigence, profil) is not exigence.faux


def groupes_de(reglages: ReglagesDuService, pieces: Iterable[tuple[str, str]]) -> tuple[GroupeARemettre, ...]:
    """The groups of pieces (id, mode), each in a group that the office set for its mode; online ones first.

    Pieces begun in a mode that the office has dropped since keep a group of their own.
    """
    fenetre = reglages.depot or reglages.fenetre
    contact = () if reglages.contact is None else reglages.contact.lignes
    regles = _regles(reglages)
    rangees: dict[GroupePieces, set[str]] = {regle: set() for regle in regles}
    for piece, mode in pieces:
        rangees.setdefault(_regle_de(piece, mode, regles), set()).add(piece)
    groupes = [
        GroupeARemettre(
            regle.mode,
            regle.fenetre or fenetre,
            () if regle.mode == EN_LIGNE else regle.adresse_retour or contact,
            frozenset(siennes),
        )
        for regle, siennes in rangees.items()
        if siennes
    ]
    return tuple(sorted(groupes, key=lambda groupe: _MODES.index(groupe.mode)))


def demande_de_pieces(
    pieces: Iterable[Piece], profil: Profil, reglages: ReglagesDuService
) -> tuple[GroupeDePieces[PieceDemandee], ...]:
    """What a version asks for, group by group, as it is saved and printed with the version (F407)."""
    regles = _regles(reglages)
    demandees = [replace(d, mode=_mode_voulu(d, regles)) for d in pieces_demandees(pieces, profil)]
    return tuple(
        groupe.dire(tuple(d for d in demandees if groupe.contient(d.piece, d.mode)))
        for groupe in groupes_de(reglages, ((d.piece, d.mode) for d in demandees))
    )


def _regles(reglages: ReglagesDuService) -> tuple[GroupePieces, ...]:
    return reglages.groupes_pieces or tuple(GroupePieces(mode=mode) for mode in _MODES)


def _mode_voulu(demandee: PieceDemandee, regles: tuple[GroupePieces, ...]) -> ModeDePiece:
    """The mode of the group that names the piece; else the piece's own if the office has it; else the first group's."""
    nommant = [regle for regle in regles if demandee.piece in regle.pieces]
    de_son_mode = [regle for regle in regles if regle.mode == demandee.mode and not regle.pieces]
    return (*nommant, *de_son_mode, *regles)[0].mode


def _regle_de(piece: str, mode: str, regles: tuple[GroupePieces, ...]) -> GroupePieces:
    """The group of a piece among those of a mode: the one that names it, else one that names none, else the first."""
    du_mode = [regle for regle in regles if regle.mode == mode]
    nommant = [regle for regle in du_mode if piece in regle.pieces]
    libres = [regle for regle in du_mode if not regle.pieces]
    return (*nommant, *libres, *du_mode, GroupePieces.model_validate({"mode": mode}))[0]


def ouvert(groupe: GroupeARemettre, limite: str | None, instant: str) -> bool:
    """Whether deposit is open at an instant: in the group's window, or before the piece's own limit (C21).

    Both texts are instants of the store (UTC).
    """
    if limite is not None and instant < limite:
        return True
    return groupe.fenetre is not None and groupe.fenetre.etat(de_iso(instant)) is EtatFenetre.OUVERTE


def _exemplaires(piece: Piece, profil: Profil) -> Iterator[PieceDemandee]:
    precisions = {"": ""} if not piece.chaque else _precisions(profil.acquis(*_CHAQUE[piece.chaque]))
    for precision, dit in precisions.items():
        libelle = f"{piece.libelle} : {dit}" if len(precisions) > 1 else piece.libelle
        yield PieceDemandee(
            piece.id,
            precision,
            piece.code,
            libelle,
            piece.sigle,
            piece.aide,
            piece.mode,
            piece.obligatoire,
            piece.rang,
        )


def _precisions(acquis: Iterable[Acquis]) -> dict[str, str]:
    """The words that distinguish each acquis: its first line, or its second if two have the same first line."""
    dits = {un.id: [ligne.partition(" : ")[2] for ligne in un.document[:2]] for un in acquis}
    premiers = [dit[0] for dit in dits.values()]
    return {id_: dit[0] if premiers.count(dit[0]) == 1 else ", ".join(dit) for id_, dit in dits.items()}


_SESSIONS = (MEME, AUTRE)
_CHAQUE: Mapping[str, tuple[str, ...]] = {"titre": ("titre.",), "session": _SESSIONS}


def _age(exigence: Exigence, profil: Profil) -> bool:
    naissance = profil.naissance
    return naissance is not None and exigence.min <= age(naissance, profil.jour) <= exigence.max


def _mineur(_exigence: Exigence, profil: Profil) -> bool:
    return profil.naissance is not None and not majeur(profil.naissance, profil.jour)


def _population(exigence: Exigence, profil: Profil) -> bool:
    return any(un.id.removeprefix("population.") in exigence.valeurs for un in profil.acquis("population."))


_FAITS: Mapping[str, Callable[[Exigence, Profil], bool]] = {
    "age": _age,
    "amenagement": lambda _e, p: p.contenu.valeur("candidature.amenagement_handicap") == "oui",
    "deja_presente": lambda _e, p: bool(p.acquis(*_SESSIONS)),
    "francais": lambda _e, p: p.contenu.valeur("identification.nationalite") == FRANCE,
    "mineur": _mineur,
    "population": _population,
    "titre": lambda _e, p: bool(p.acquis("titre.")),
    "vae": lambda _e, p: bool(p.acquis("vae")),
}

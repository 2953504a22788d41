"""What a saved version holds; the only module that reads a version from JSON and writes it to JSON (decision 5).

The JSON is canonical: a content that is read and written again has the same bytes and the same SHA-256.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from operator import itemgetter
from typing import Any, Generic, NamedTuple, ParamSpec, TypeVar

from cyclades_tui.domaine import canonique
from cyclades_tui.domaine.contact import Contact
from cyclades_tui.domaine.erreurs import Faute, StoreInutilisable
from cyclades_tui.domaine.papillon import Papillon, lire_papillon
from cyclades_tui.domaine.temps import a_la_minute, de_iso, en_iso

FORMAT = 2
_FORMATS = (1, FORMAT)

_ENDOMMAGE = Faute(
    "version.illisible",
    "",
    "Le contenu d'une version enregistrée est endommagé : il ne se lit pas.",
    "Gardez ce store tel quel et prévenez l'administrateur.",
)


_P = ParamSpec("_P")
_R = TypeVar("_R")


def _signaler_les_dommages(lire: Callable[_P, _R]) -> Callable[_P, _R]:
    """Raise StoreInutilisable instead of the errors that a damaged JSON causes in `lire`."""

    @wraps(lire)
    def lire_ou_signaler(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return lire(*args, **kwargs)
        except (KeyError, TypeError, ValueError, RecursionError) as erreur:
            raise StoreInutilisable(_ENDOMMAGE) from erreur

    return lire_ou_signaler


class Designation(NamedTuple):
    """A code of the référentiel and its label, as it was when the version was saved."""

    code: str
    libelle: str


class ChampSauve(NamedTuple):
    """A field of a version: its labels, its value, and the value as screen (`affichage`) and document show it.

    A tuple, not a dataclass, because lists read about fifty of them for each candidature.
    """

    id: str
    libelle: str
    libelle_document: str
    valeur: str
    affichage: str
    document: str


class LigneEpreuve(NamedTuple):
    """One node of the épreuve tree; `niveau` 0 to 2; `unite`, `mode` and `choix` may be empty."""

    code: str
    libelle: str
    unite: str
    niveau: int
    position: str
    mode: str
    choix: str
    raison: str


@dataclass(frozen=True, slots=True)
class GroupeEpreuves:
    """Épreuves under one heading; `titre_document` is empty where the document leaves the group out (C13)."""

    id: str
    session: str
    titre: str
    titre_document: str
    lignes: tuple[LigneEpreuve, ...]


@dataclass(frozen=True, slots=True)
class Acquis:
    """An acquis that was declared: the words of the screen (`titulaire`, `droit`) and of the document (`document`)."""

    id: str
    titulaire: str
    droit: str
    document: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EnteteDeVersion:
    """What saving adds to a dossier: numbers, version, instant (UTC)."""

    numero_candidat: str
    numero_inscription: str
    version: int
    instant: datetime
    formation: bool

    def en_dict(self) -> dict[str, Any]:
        return _valeurs(self) | {"instant": en_iso(self.instant)}


class TexteAccepte(NamedTuple):
    """What was on the screen: the title of the tab, the text, and the sentence that was ticked, word for word."""

    titre: str
    texte: str
    phrase: str


@dataclass(frozen=True, slots=True)
class Accord:
    """A box that was ticked: the field, when (UTC), the SHA-256 of the text that was accepted, and that text (F270).

    `accepte` is None in a version saved before texts were kept.
    """

    champ: str
    instant: datetime
    sha256: str
    accepte: TexteAccepte | None = None

    @classmethod
    def lire(cls, objet: Mapping[str, Any]) -> Accord:
        accepte = TexteAccepte(**objet["accepte"]) if "accepte" in objet else None
        return cls(objet["champ"], de_iso(objet["instant"]), objet["sha256"], accepte)

    @property
    def en_clair(self) -> str:
        """What was read and ticked, and when, to be read again; only when where the text was not kept."""
        quand = f"Accepté le {a_la_minute(self.instant)} (heure de Paris)."
        if self.accepte is None:
            return quand
        return f"{self.accepte.titre}\n\n{self.accepte.texte}\n\n[x] {self.accepte.phrase}\n\n{quand}"

    def en_dict(self) -> dict[str, Any]:
        accord = {"champ": self.champ, "instant": en_iso(self.instant), "sha256": self.sha256}
        return accord if self.accepte is None else accord | {"accepte": self.accepte._asdict()}


class Avertissement(NamedTuple):
    """A condition of the exam that the form did not seem to meet when it was saved, as its candidate read it (F450)."""

    code: str
    champ: str
    message: str


@dataclass(frozen=True, slots=True)
class PieceDemandee:
    """A piece as it is asked; `precision` is the id of the acquis that it proves, empty if it is asked only once."""

    piece: str
    precision: str
    code: str
    libelle: str
    sigle: str
    aide: str
    mode: str
    obligatoire: bool
    rang: int


PieceDite = TypeVar("PieceDite")


@dataclass(frozen=True, slots=True)
class GroupeDePieces(Generic[PieceDite]):
    """Pieces handed in the same way, with the wording of their heading, limit and return address."""

    mode: str
    titre: str
    delai: str
    adresse: tuple[str, ...]
    pieces: tuple[PieceDite, ...]


@dataclass(frozen=True, slots=True)
class Contenu:
    """A saved version: values, positions, and all labels and texts as they were on that day.

    `champs` is keyed by id, in reading order; `textes` holds the document's paragraphs by name; `fermeture` (UTC) is
    the closing of the service; `pieces` is None in a version saved before justificatifs existed: it asks for none;
    `avertissements` is None in one saved before they were kept.
    """

    entete: EnteteDeVersion
    titre: str
    examen: Designation
    session: str
    academie: Designation
    specialite: str
    champs: Mapping[str, ChampSauve]
    acquis: tuple[Acquis, ...]
    groupes: tuple[GroupeEpreuves, ...]
    destinataire: tuple[str, ...]
    contact: Contact
    fermeture: datetime
    textes: Mapping[str, str]
    accords: tuple[Accord, ...]
    pieces: tuple[GroupeDePieces[PieceDemandee], ...] | None
    avertissements: tuple[Avertissement, ...] | None = None

    @classmethod
    @_signaler_les_dommages
    def lire(cls, texte: str) -> Contenu:
        """Read a version from its JSON, in any format that a release ever wrote.

        Raises StoreInutilisable if the text is damaged or its format is unknown to this release.
        """
        return _contenu(_objet(texte))

    def valeur(self, champ: str) -> str:
        """The value of a field; empty if it was not filled or not asked."""
        sauve = self.champs.get(champ)
        return "" if sauve is None else sauve.valeur

    def affichage(self, champ: str) -> str:
        """A field as the screen shows it; empty if it was not filled or not asked."""
        sauve = self.champs.get(champ)
        return "" if sauve is None else sauve.affichage

    @property
    def format(self) -> int:
        """The format that it is written in: the one that first had all that it holds, so that old bytes stay."""
        return 1 if self.avertissements is None else FORMAT

    @property
    def pieces_demandees(self) -> Iterator[PieceDemandee]:
        """Every piece, group after group."""
        for groupe in self.pieces or ():
            yield from groupe.pieces

    def en_dict(self) -> dict[str, Any]:
        """The content as a dict ready for JSON, without floats."""
        contenu: dict[str, Any] = {
            "format": self.format,
            "entete": self.entete.en_dict(),
            "titre": self.titre,
            "examen": self.examen._asdict(),
            "session": self.session,
            "academie": self.academie._asdict(),
            "specialite": self.specialite,
            "champs": [champ._asdict() for champ in self.champs.values()],
            "acquis": [_valeurs(acquis) for acquis in self.acquis],
            "groupes": [
                _valeurs(groupe) | {"lignes": [ligne._asdict() for ligne in groupe.lignes]} for groupe in self.groupes
            ],
            "destinataire": self.destinataire,
            "contact": _valeurs(self.contact),
            "fermeture": en_iso(self.fermeture),
            "textes": dict(self.textes),
            "accords": [accord.en_dict() for accord in self.accords],
        }
        if self.pieces is not None:
            contenu["pieces"] = _groupes_en_listes(self.pieces)
        if self.avertissements is not None:
            contenu["avertissements"] = [avertissement._asdict() for avertissement in self.avertissements]
        return contenu

    def en_json(self) -> str:
        """The canonical JSON that the store keeps and whose digest identifies the version."""
        return canonique.en_json(self.en_dict())


@dataclass(frozen=True, slots=True)
class PieceAttendue:
    """A piece as a relance prints it; `etat` says why it is still awaited."""

    code: str
    libelle: str
    obligatoire: bool
    aide: str
    etat: str


@dataclass(frozen=True, slots=True)
class Relance:
    """What a relance is printed from: parts of a version, and the pieces still awaited at `instant` (UTC)."""

    version: Contenu
    instant: datetime
    groupes: tuple[GroupeDePieces[PieceAttendue], ...]

    @classmethod
    @_signaler_les_dommages
    def lire(cls, texte: str) -> Relance:
        """Read a relance from the JSON of its document. Raises StoreInutilisable as `Contenu.lire` does."""
        objet = _objet(texte)
        lue = objet["relance"]
        return cls(_contenu(objet), de_iso(lue["instant"]), _groupes_de(PieceAttendue, lue["groupes"]))

    def en_json(self) -> str:
        """The JSON that the store keeps with the document."""
        relance = {"instant": en_iso(self.instant), "groupes": _groupes_en_listes(self.groupes)}
        return canonique.en_json(self.version.en_dict() | {"relance": relance})


@_signaler_les_dommages
def lire_le_papillon(texte: str) -> Papillon:
    """Read a papillon from the JSON of its document. Raises StoreInutilisable as `Contenu.lire` does."""
    return lire_papillon(_objet(texte)["papillon"])


@_signaler_les_dommages
def lire_le_champ(texte: str, champ: str) -> ChampSauve:
    """Read one field of a content and skip the rest, for lists; the field is empty if it was not asked.

    Raises StoreInutilisable as `Contenu.lire` does.
    """
    lu = next((lu for lu in _objet(texte)["champs"] if lu["id"] == champ), None)
    return ChampSauve(champ, "", "", "", "", "") if lu is None else ChampSauve._make(_DU_CHAMP(lu))


# Keys in the order of the fields, computed once: a content has hundreds of these objects.
_DU_CHAMP = itemgetter(*ChampSauve._fields)
_DE_LA_LIGNE = itemgetter(*LigneEpreuve._fields)


def _objet(texte: str) -> dict[str, Any]:
    """The JSON object of a content. Raises StoreInutilisable when its format is unknown."""
    objet: dict[str, Any] = json.loads(texte)
    if (lu := objet["format"]) not in _FORMATS:
        message = f"Une version enregistrée est au format {lu!r:.20}, que ce programme ne connaît pas."
        remede = "Mettez le programme à jour : une version plus récente l'a écrite."
        raise StoreInutilisable(Faute("version.format", "", message, remede))
    return objet


def _contenu(objet: Mapping[str, Any]) -> Contenu:
    """Build the content from a JSON object; other keys are ignored."""
    return Contenu(
        entete=EnteteDeVersion(**objet["entete"] | {"instant": de_iso(objet["entete"]["instant"])}),
        titre=objet["titre"],
        examen=Designation(**objet["examen"]),
        session=objet["session"],
        academie=Designation(**objet["academie"]),
        specialite=objet["specialite"],
        champs={champ.id: champ for champ in map(ChampSauve._make, map(_DU_CHAMP, objet["champs"]))},
        acquis=tuple(Acquis(**acquis | {"document": tuple(acquis["document"])}) for acquis in objet["acquis"]),
        groupes=tuple(
            GroupeEpreuves(**groupe | {"lignes": tuple(map(LigneEpreuve._make, map(_DE_LA_LIGNE, groupe["lignes"])))})
            for groupe in objet["groupes"]
        ),
        destinataire=tuple(objet["destinataire"]),
        contact=Contact(**objet["contact"] | {"lignes": tuple(objet["contact"]["lignes"])}),
        fermeture=de_iso(objet["fermeture"]),
        textes=dict(objet["textes"]),
        accords=tuple(map(Accord.lire, objet["accords"])),
        pieces=_groupes_de(PieceDemandee, objet["pieces"]) if "pieces" in objet else None,
        avertissements=_avertissements(objet["avertissements"]) if "avertissements" in objet else None,
    )


def _avertissements(lus: Iterable[Mapping[str, str]]) -> tuple[Avertissement, ...]:
    return tuple(Avertissement(**lu) for lu in lus)


def _groupes_de(piece: type[PieceDite], groupes: Iterable[Mapping[str, Any]]) -> tuple[GroupeDePieces[PieceDite], ...]:
    return tuple(
        GroupeDePieces(
            groupe["mode"],
            groupe["titre"],
            groupe["delai"],
            tuple(groupe["adresse"]),
            tuple(piece(**lue) for lue in groupe["pieces"]),
        )
        for groupe in groupes
    )


def _groupes_en_listes(groupes: Iterable[GroupeDePieces[Any]]) -> list[dict[str, Any]]:
    return [_valeurs(groupe) | {"pieces": [_valeurs(piece) for piece in groupe.pieces]} for groupe in groupes]


def _valeurs(objet: Any) -> dict[str, Any]:
    """The fields of a slotted object by name; faster than `asdict`, which copies every text."""
    return {nom: getattr(objet, nom) for nom in objet.__slots__}

"""The form of `pieces/*.toml`: what a candidate must prove, and which candidates must (F386, F409)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from cyclades_tui.referentiel.schema import Code, GroupeCategorie, Libelle, Modele, Sessions

ModeDePiece = Literal["en ligne", "voie postale", "autre"]
CodePiece = Annotated[str, StringConstraints(pattern=r"^[0-9]{8}$")]
Part = Annotated[float, Field(ge=0, le=1)]


class Exigence(Modele):
    """A named fact of the candidature that must be true, or false with `faux`.

    `min` and `max` are completed years of age; `age` is the age on the day when the version is saved.
    """

    fait: Literal[
        "age",
        "amenagement",
        "deja_presente",
        "francais",
        "mineur",
        "population",
        "titre",
        "vae",
    ]
    faux: bool = False
    min: int = 0
    max: int = 200
    valeurs: tuple[Libelle, ...] = ()


class Vue(Modele):
    """A part of a page that a key enlarges, in fractions of its width and height; `compare` names the data there."""

    libelle: Libelle
    gauche: Part
    haut: Part
    droite: Part
    bas: Part
    compare: tuple[Libelle, ...] = ()

    @model_validator(mode="after")
    def _une_etendue(self) -> Vue:
        if self.gauche >= self.droite or self.haut >= self.bas:
            raise ValueError("la vue n'a pas d'étendue : `gauche` < `droite` et `haut` < `bas`")
        return self


class Piece(Modele):
    """A piece, asked for the exams, categories, spécialités and sessions named (all if none) when every `si` holds.

    `code` is the eight digits of the portal, empty if no source gives them (F387); `sigle` stands for the name in
    lists; `chaque` asks it once for each declared title, or each former session. `compare` names the data of the
    candidature that it must agree with.
    """

    id: Code
    code: CodePiece | Literal[""] = ""
    libelle: Libelle
    sigle: Libelle
    aide: str = ""
    mode: ModeDePiece = "en ligne"
    obligatoire: bool = True
    rang: int
    examens: tuple[Code, ...] = ()
    academies: tuple[Code, ...] = ()
    groupes: tuple[GroupeCategorie, ...] = ()
    specialites: tuple[Code, ...] = ()
    sessions: Sessions = (1990, 9999)
    si: tuple[Exigence, ...] = ()
    chaque: Literal["", "titre", "session"] = ""
    vues: tuple[Vue, ...] = ()
    compare: tuple[Libelle, ...] = ()
    source: Libelle

    def concerne(self, examen: str, annee: int, academie: str, specialite: str, groupe: str) -> bool:
        """Whether the piece may be asked there; the facts of the candidature are not looked at."""
        debut, fin = self.sessions
        voulus = (
            (self.examens, examen),
            (self.academies, academie),
            (self.specialites, specialite),
            (self.groupes, groupe),
        )
        return debut <= annee <= fin and all(not admis or valeur in admis for admis, valeur in voulus)


class Motif(Modele):
    """A comment ready to go with a refusal; its number is its place in the file."""

    libelle: Libelle
    texte: Libelle


class FichierPieces(Modele):
    """A file of `pieces/`: pieces, and comments for the control screen; those of a later file replace all others."""

    piece: tuple[Piece, ...] = ()
    motif: tuple[Motif, ...] = ()

"""The files of settings: blocks of values, each for some exams, sessions, académies and sectors (F479)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, Field, create_model, model_validator

from cyclades_tui.domaine.temps import Fenetre, libelle_de_session
from cyclades_tui.referentiel.fenetres import BORNES, PREFIXES, fenetre_de
from cyclades_tui.referentiel.reglages import (
    CLES,
    FORMES,
    TABLES,
    GroupePieces,
    Origine,
    ReglagesDuService,
    ValeurReglee,
)
from cyclades_tui.referentiel.schema import Libelle, Modele


def _libelle_de_session(session: str) -> str:
    try:
        return libelle_de_session(session) if session else ""
    except ValueError:
        raise ValueError("une session porte une année, par exemple 2024 ou JUIN 2022") from None


Session = Annotated[str, AfterValidator(_libelle_de_session)]


class Selection(Modele):
    """The places where a block of values applies; a key that is left out means everywhere."""

    examen: str = ""
    session: Session = ""
    academie: str = ""
    secteur: str = ""

    @property
    def precision(self) -> tuple[bool, ...]:
        """How specific the selection is, for sorting: académie counts more than session, then exam, then sector."""
        return (bool(self.academie), bool(self.session), bool(self.examen), bool(self.secteur))

    def couvre(self, examen: str, session: str, academie: str, secteur: str = "") -> bool:
        voulu = {"examen": examen, "session": session, "academie": academie, "secteur": secteur}
        return all(getattr(self, cle) in ("", valeur) for cle, valeur in voulu.items())

    def rencontre(self, autre: Selection) -> bool:
        """Whether some place is covered by both selections."""
        paires = ((getattr(self, cle), getattr(autre, cle)) for cle in Selection.model_fields)
        return all(not ici or not la or ici == la for ici, la in paires)


class _Bloc(Selection):
    """A block of values for a selection; each setting of `ReglagesDuService` may be given in it.

    A window is given by its bounds. A sector is known only once a spécialité is chosen, so a block for a sector may
    only give a contact (F477).
    """

    @model_validator(mode="after")
    def _des_fenetres_justes(self) -> _Bloc:
        dites = self.valeurs()
        fenetres = [*(dites.get(nom) for nom in PREFIXES), *(g.fenetre for g in dites.get("groupes_pieces", ()))]
        if any(fenetres) and not (self.examen and self.session and self.academie):
            raise ValueError("Une fenêtre se donne pour un examen, une session et une académie")
        return self

    @model_validator(mode="after")
    def _un_secteur_pour_un_contact(self) -> _Bloc:
        if self.secteur and set(self.valeurs()) - {"contact"}:
            raise ValueError("Un secteur ne choisit qu'un contact")
        return self

    @property
    def selection(self) -> Selection:
        return Selection(**{cle: getattr(self, cle) for cle in Selection.model_fields})

    def fenetre(self, nom: str) -> Fenetre | None:
        """A window of the block; `nom` is one of `PREFIXES`."""
        return fenetre_de(self, PREFIXES[nom])

    def valeurs(self) -> dict[str, Any]:
        """The values that the block gives, by the names of `TOUTES_LES_CLES`."""
        lues = ((cle, self.fenetre(cle) if cle in PREFIXES else getattr(self, cle)) for cle in CLES)
        dites = {cle: valeur for cle, valeur in lues if valeur is not None}
        for table in TABLES:
            dites |= {f"{table}.{nom}": valeur for nom, valeur in getattr(self, table).items()}
        return dites


def _champs() -> Iterator[tuple[str, Any]]:
    """The keys of a block, each with its type and the default None."""
    for cle, forme in FORMES.items():
        if cle in PREFIXES:
            yield from ((PREFIXES[cle] + borne, (de_borne | None, None)) for borne, de_borne in BORNES.items())
        elif cle == "textes":  # an unknown text stops no exam: inspection reports it
            yield cle, (dict[str, Libelle], Field({}))
        elif cle in TABLES:
            entree: Any = Literal[TABLES[cle]]
            yield cle, (dict[entree, Libelle], Field({}))
        else:
            yield cle, (forme | None, None)


if TYPE_CHECKING:  # only `valeurs` reads its keys
    Reglage = _Bloc
else:
    Reglage = create_model("Reglage", __base__=_Bloc, __module__=__name__, **dict(_champs()))


# The keys of a block as `cyclades service definir` accepts them; entries of tables are separate.
CLES_D_UN_BLOC = (
    *(cle for cle in Reglage.model_fields if cle not in TABLES and cle not in Selection.model_fields),
    *(f"{table}.{entree}" for table, entrees in TABLES.items() for entree in entrees),
)


class FichierReglages(Modele):
    """The form of `reglages.toml` and of the files of `services/`."""

    source: Libelle
    reglage: tuple[Reglage, ...] = ()


class BlocsDeReglages:
    """Blocks of values sorted from general to specific; of two equally specific, the local one comes last and wins."""

    def __init__(self, blocs: Iterable[tuple[Reglage, Origine]]) -> None:
        self._blocs = tuple(sorted(blocs, key=lambda bloc: (bloc[0].precision, bloc[1].local)))
        self._par_academie: dict[str, list[tuple[Reglage, Origine]]] = {}
        for bloc, origine in self._blocs:
            self._par_academie.setdefault(bloc.academie, []).append((bloc, origine))
        self._lus: dict[tuple[str, str, str, str], ReglagesDuService] = {}

    def __iter__(self) -> Iterator[tuple[Reglage, Origine]]:
        return iter(self._blocs)

    def reglages(self, examen: str, session: str, academie: str, secteur: str = "") -> ReglagesDuService:
        """The settings of a place, computed once for each place."""
        lieu = (examen, session, academie, secteur)
        if lieu not in self._lus:
            self._lus[lieu] = ReglagesDuService.de(self.retenues(*lieu))
        return self._lus[lieu]

    def retenues(self, examen: str, session: str, academie: str, secteur: str = "") -> dict[str, ValeurReglee]:
        """The values that apply to a place, by the names of `TOUTES_LES_CLES`; keys without a value are absent."""
        retenues: dict[str, ValeurReglee] = {}
        for nom in dict.fromkeys(("", academie)):  # blocks for an académie come last, being the most specific
            for bloc, origine in self._par_academie.get(nom, ()):
                if bloc.couvre(examen, session, academie, secteur):
                    retenues |= {cle: ValeurReglee(valeur, origine) for cle, valeur in bloc.valeurs().items()}
        return retenues

    def groupes_pieces(self) -> Iterator[GroupePieces]:
        """All groups of pieces set by any block."""
        for bloc, _ in self._blocs:
            yield from bloc.valeurs().get("groupes_pieces", ())

    def fenetres(self) -> dict[tuple[str, str, str], Fenetre]:
        """All windows of inscription that are set, by exam, session and académie."""
        return {
            (bloc.examen, bloc.session, bloc.academie): fenetre
            for bloc, _ in self._blocs
            if (fenetre := bloc.fenetre("fenetre")) is not None
        }

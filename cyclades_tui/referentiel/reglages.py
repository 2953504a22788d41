"""The settings of a service of inscription: what each is, its value, and the file that gives it (F479).

`ReglagesDuService` declares each setting once. The form of the files (`Reglage`), the keys that commands write and the
keys that need a value everywhere are derived from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from types import MappingProxyType
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, get_type_hints

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticKnownError

from cyclades_tui.domaine.contact import Contact
from cyclades_tui.domaine.onglets import NomOnglet
from cyclades_tui.domaine.statuts import INITIAUX
from cyclades_tui.domaine.temps import Fenetre
from cyclades_tui.referentiel.fenetres import PREFIXES, Jour, Minute, fenetre_de
from cyclades_tui.referentiel.pieces import ModeDePiece
from cyclades_tui.referentiel.schema import Academie, Code, Libelle, Modele, Onglet

_T = TypeVar("_T")
Bouton = Literal["precedent", "suivant", "enregistrer", "annuler", "visualiser", "quitter"]
FormatPiece = Literal["PDF", "JPEG", "PNG"]


@dataclass(frozen=True, slots=True)
class Origine:
    """A file, and whether it is one of the local settings."""

    fichier: str
    local: bool


@dataclass(frozen=True, slots=True)
class ValeurReglee:
    """The value of a key, and the file that gives it."""

    valeur: object
    origine: Origine


def _liste_juste(valeurs: tuple[_T, ...]) -> tuple[_T, ...]:
    if not valeurs:
        raise ValueError("La liste est vide")
    if len(set(valeurs)) < len(valeurs):
        raise ValueError("Une valeur y est deux fois")
    return valeurs


def onglets_justes(onglets: tuple[Onglet, ...]) -> tuple[Onglet, ...]:
    """Check a list of tabs. Raises ValueError, in French, if a tab has no screen or appears twice."""
    ids, connus = [onglet.id for onglet in onglets], list(NomOnglet)
    if inconnus := [identifiant for identifiant in ids if identifiant not in connus]:
        raise ValueError(f"« {inconnus[0]} » n'est pas un onglet, mais {', '.join(connus)}")
    if len(set(ids)) < len(ids):
        raise ValueError("Un onglet y est deux fois")
    return onglets


def _libelle_initial(libelle: object) -> object:
    """Check the label of a status. Raises the error that pydantic raises for a Literal."""
    admis = sorted((statut.libelle for statut in INITIAUX), reverse=True)  # « none » last
    if libelle not in admis:
        raise PydanticKnownError("literal_error", {"expected": " or ".join(map(repr, admis))})
    return libelle


LibelleDeStatut = Annotated[str, BeforeValidator(_libelle_initial)]  # the status of a piece not judged yet (C20)


class ContactRegle(Modele):
    """Whom to call."""

    lignes: tuple[Libelle, ...]
    telephone: str = ""
    courriel: str = ""

    def contact(self, academie: Academie) -> Contact:
        return Contact(academie.libelle, self.lignes, self.telephone, self.courriel)


class Circulaire(Modele):
    """A text that an office publishes, and where to find it (F427)."""

    libelle: Libelle
    adresse: Libelle


class GroupePieces(Modele):
    """Justificatifs handed in the same way (F383, C16).

    Without bounds of its own, the group has the window of deposit. It takes the `pieces` that it names, else those of
    its mode; pieces of a mode without group go to the first.
    """

    mode: ModeDePiece
    pieces: tuple[Code, ...] = ()
    ouverture: Minute | None = None
    fermeture: Minute | None = None
    avant: Jour | None = None
    jusqu_au: Jour | None = None
    adresse_retour: tuple[Libelle, ...] = ()

    @model_validator(mode="after")
    def _une_fenetre_juste(self) -> GroupePieces:
        fenetre_de(self)
        return self

    @property
    def fenetre(self) -> Fenetre | None:
        return fenetre_de(self)


class ModeleDeMessage(NamedTuple):
    """The subject and the body of a message, with `{name}` where a value is inserted."""

    objet: str
    corps: str


class TexteAAccepter(NamedTuple):
    """A text, and the sentence to tick under it."""

    texte: str
    accord: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Textes:
    """The texts that screens, documents and messages use.

    Each has the key `textes.NAME`; a message has two, `textes.NAME_objet` and `textes.NAME_corps`.
    """

    acquis: str
    acquis_dispenses: str
    activation_sans_courrier: str = ""  # how one gets an activation code here without reading one's mail
    caisse_depots: str
    certifie: str
    compte_civilite: str
    conditions: str
    conditions_accord: str
    consentement_collectivites: str
    consentement_presse: str
    corrections: str
    desinscription_avertissement: str
    desinscription_question: str
    identite_examen: str
    important: str
    informatique_libertes: str
    message_activation: ModeleDeMessage
    message_desinscription: ModeleDeMessage
    message_ecartee: ModeleDeMessage
    message_inscription: ModeleDeMessage
    message_modification: ModeleDeMessage
    message_piece: ModeleDeMessage
    message_ponctuel: str = ""  # an announcement on the first screen
    message_relance: ModeleDeMessage
    modalites: str
    modalites_accord: str
    modification: str
    note_handicap: str
    pas_encore_enregistree: str
    residence: str
    sans_attendre: str
    signature: str
    signature_representant: str

    @property
    def a_accepter(self) -> dict[str, TexteAAccepter]:
        """What must be accepted in a tab, by the tab's id."""
        return {
            NomOnglet.MODALITES: TexteAAccepter(self.modalites, self.modalites_accord),
            NomOnglet.CONDITIONS: TexteAAccepter(self.conditions, self.conditions_accord),
        }


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Adresses:
    """Web addresses; each has the key `adresses.NAME`."""

    candidat: str
    portail: str
    academie: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ReglagesDuService:
    """What applies to an exam, a session and an académie.

    A setting without default in this class has a value everywhere, which the shipped files give; a setting with one
    depends on the office or on the session. If `onglets` is empty, the form has the tabs of its exam.
    """

    onglets: Annotated[tuple[Onglet, ...], AfterValidator(_liste_juste), AfterValidator(onglets_justes)] = ()
    boutons: Annotated[tuple[Bouton, ...], AfterValidator(_liste_juste)]
    libelle_demarrer: Libelle
    libelle_recapitulatif: Libelle
    format_version_ecran: Literal["n°1", "Version 02"]
    desinscription_par_candidat: bool
    recap_visible_apres_cloture: bool
    preinscription: bool
    pdf_epreuves_2nd_groupe: bool
    message_inscription: bool
    mail_sur_statut_pj: bool
    statut_initial_postal: LibelleDeStatut
    statut_apres_validation: LibelleDeStatut
    pieces_formats: Annotated[tuple[FormatPiece, ...], AfterValidator(_liste_juste)]
    pieces_taille_max: Annotated[int, Field(ge=1, le=100, description="Mo")]
    groupes_pieces: Annotated[tuple[GroupePieces, ...], AfterValidator(_liste_juste)] = ()
    fenetre: Fenetre | None = None  # of inscription
    depot: Fenetre | None = None  # for handing in justificatifs; it may end after the inscription's (F043)
    contact: ContactRegle | None = None
    adresses: Adresses
    circulaires: Annotated[tuple[Circulaire, ...], AfterValidator(_liste_juste)] = ()
    doublon_candidature: Literal["refuser", "avertir"]
    doublon_portee: Literal["specialite", "examen"]
    textes: Textes
    reglees: Mapping[str, ValeurReglee]  # the same values by key, each with its file

    @classmethod
    def de(cls, reglees: Mapping[str, ValeurReglee]) -> ReglagesDuService:
        """Build the settings from the values of keys; those that need a value everywhere must be present."""
        valeurs: dict[str, Any] = {cle: reglee.valeur for cle, reglee in reglees.items()}
        simples = {cle: valeurs[cle] for cle in CLES if cle in valeurs}
        return cls(reglees=reglees, **simples, **{table: _table(table, valeurs) for table in TABLES})

    @property
    def fenetre_prevue(self) -> Fenetre:
        """The window of inscription, for a caller that knows one is set. Raises ValueError if none is."""
        if self.fenetre is None:
            raise ValueError("no window is set")
        return self.fenetre

    def toutes(self) -> dict[str, ValeurReglee | None]:
        """Every key with its value and the file that gives it; None if no file gives one."""
        return {**dict.fromkeys(TOUTES_LES_CLES), **self.reglees}


# The type of each setting, as a file gives it.
FORMES: Mapping[str, Any] = MappingProxyType(
    {cle: forme for cle, forme in get_type_hints(ReglagesDuService, include_extras=True).items() if cle != "reglees"}
)
_TABLES: Mapping[str, type[Any]] = MappingProxyType(
    {cle: forme for cle, forme in FORMES.items() if isinstance(forme, type) and is_dataclass(forme)}
)
# In each table, the attributes that a file writes as two entries.
_MESSAGES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        table: tuple(nom for nom, forme in get_type_hints(classe).items() if forme is ModeleDeMessage)
        for table, classe in _TABLES.items()
    }
)


def _entrees(table: str) -> Iterator[str]:
    for champ in fields(_TABLES[table]):
        if champ.name in _MESSAGES[table]:
            yield from (f"{champ.name}_{partie}" for partie in sorted(ModeleDeMessage._fields))
        else:
            yield champ.name


# The tables whose entries are separate values, and the entries that each may have.
TABLES: Mapping[str, tuple[str, ...]] = MappingProxyType({table: tuple(_entrees(table)) for table in _TABLES})
# All keys: windows first, then the other settings as they are declared, then the entries of tables.
CLES = (*PREFIXES, *(cle for cle in FORMES if cle not in PREFIXES and cle not in TABLES))
TOUTES_LES_CLES = (*CLES, *(f"{table}.{entree}" for table, entrees in TABLES.items() for entree in entrees))
# Keys that may have no value: an announcement, and what depends on the office or on the session.
SANS_DEFAUT = frozenset(
    prefixe + champ.name
    for prefixe, classe in (("", ReglagesDuService), *((f"{table}.", classe) for table, classe in _TABLES.items()))
    for champ in fields(classe)
    if champ.default is not MISSING
)


def _table(table: str, valeurs: Mapping[str, Any]) -> Any:
    dites = {entree: valeurs[cle] for entree in TABLES[table] if (cle := f"{table}.{entree}") in valeurs}
    messages = {
        nom: ModeleDeMessage(**{partie: dites.pop(f"{nom}_{partie}") for partie in ModeleDeMessage._fields})
        for nom in _MESSAGES[table]
    }
    return _TABLES[table](**messages, **dites)

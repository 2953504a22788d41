"""The form of the settings' files: values, and the exams, sessions, académies and sectors where they hold (F479)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import AfterValidator, Field, NaiveDatetime, model_validator

from cyclades_tui.domaine.recapitulatif import Contact
from cyclades_tui.domaine.temps import Fenetre, avant_le, heure_de_paris, jusqu_au, libelle_de_session, verifier_annee
from cyclades_tui.referentiel.pieces import ModeDePiece
from cyclades_tui.referentiel.schema import Academie, Code, Libelle, Modele, Onglet

_J = TypeVar("_J", bound=date)
_T = TypeVar("_T")
# The tabs that have a screen; which ones a form has, in what order and under what labels, is data (C08).
ONGLETS = (
    "modalites",
    "identification",
    "candidature",
    "qualification",
    "acquis",
    "epreuves",
    "recapitulatif",
    "conditions",
    "numero",
)
# The texts that a screen, a document or a message asks for.
TEXTES = (
    "acquis",
    "acquis_dispenses",
    "caisse_depots",
    "certifie",
    "compte_civilite",
    "conditions",
    "conditions_accord",
    "consentement_collectivites",
    "consentement_presse",
    "corrections",
    "desinscription_avertissement",
    "desinscription_question",
    "identite_examen",
    "important",
    "informatique_libertes",
    "message_activation_corps",
    "message_activation_objet",
    "message_desinscription_corps",
    "message_desinscription_objet",
    "message_ecartee_corps",
    "message_ecartee_objet",
    "message_inscription_corps",
    "message_inscription_objet",
    "message_modification_corps",
    "message_modification_objet",
    "message_piece_corps",
    "message_piece_objet",
    "message_ponctuel",
    "message_relance_corps",
    "message_relance_objet",
    "modalites",
    "modalites_accord",
    "modification",
    "note_handicap",
    "pas_encore_enregistree",
    "residence",
    "sans_attendre",
    "signature",
    "signature_representant",
)
# What may have no value anywhere: an announcement, and what depends on the office or on the session.
SANS_DEFAUT = frozenset(
    {
        "adresses.academie",
        "circulaires",
        "contact",
        "depot",
        "fenetre",
        "groupes_pieces",
        "onglets",
        "textes.message_ponctuel",
    }
)
Adresse = Literal["candidat", "portail", "academie"]
Bouton = Literal["precedent", "suivant", "enregistrer", "annuler", "visualiser", "quitter"]
FormatPiece = Literal["PDF", "JPEG", "PNG"]


def _libelle_de_session(session: str) -> str:
    try:
        return libelle_de_session(session) if session else ""
    except ValueError:
        raise ValueError("une session porte une année, par exemple 2024 ou JUIN 2022") from None


def _dans_les_annees(jour: _J) -> _J:
    verifier_annee(jour)
    return jour


def _liste_juste(valeurs: tuple[_T, ...]) -> tuple[_T, ...]:
    if not valeurs:
        raise ValueError("La liste est vide")
    if len(set(valeurs)) < len(valeurs):
        raise ValueError("Une valeur y est deux fois")
    return valeurs


def onglets_justes(onglets: tuple[Onglet, ...]) -> tuple[Onglet, ...]:
    """Raises ValueError, in French, when a tab has no screen or is there twice."""
    ids = [onglet.id for onglet in onglets]
    if inconnus := [identifiant for identifiant in ids if identifiant not in ONGLETS]:
        raise ValueError(f"« {inconnus[0]} » n'est pas un onglet, mais {', '.join(ONGLETS)}")
    if len(set(ids)) < len(ids):
        raise ValueError("Un onglet y est deux fois")
    return onglets


Session = Annotated[str, AfterValidator(_libelle_de_session)]
Jour = Annotated[date, AfterValidator(_dans_les_annees)]
Minute = Annotated[NaiveDatetime, AfterValidator(_dans_les_annees)]

# The end of a window is said in one of three ways; the files write Paris time without zone (F039, C26).
_FINS: Mapping[str, Callable[[Any], datetime]] = MappingProxyType(
    {"fermeture": heure_de_paris, "avant": avant_le, "jusqu_au": jusqu_au}
)
BORNES = ("ouverture", *_FINS)
PREFIXES = MappingProxyType({"fenetre": "", "depot": "depot_"})  # what the bounds of each window's keys begin with
# The name of a window for each of its bounds: `depot_avant` is of `depot`.
FENETRE_DE: Mapping[str, str] = MappingProxyType(
    {f"{prefixe}{borne}": nom for nom, prefixe in PREFIXES.items() for borne in BORNES}
)


def _fenetre(modele: Modele, prefixe: str = "") -> Fenetre | None:
    """The window, in UTC, that four keys of a table give; None without any. Raises ValueError when they disagree."""
    ouverture = getattr(modele, f"{prefixe}ouverture")
    fins = [cle for cle in _FINS if getattr(modele, prefixe + cle) is not None]
    if len(fins) > 1:
        raise ValueError(f"Une fenêtre a une seule fin, pas {' et '.join(prefixe + cle for cle in fins)}")
    if not fins:
        if ouverture is not None:
            raise ValueError("Une ouverture est donnée sans fermeture")
        return None
    fermeture = _FINS[fins[0]](getattr(modele, prefixe + fins[0]))
    debut = None if ouverture is None else heure_de_paris(ouverture)
    if debut is not None and debut >= fermeture:
        raise ValueError("La fermeture n'est pas après l'ouverture")
    return Fenetre(debut, fermeture)


class ContactRegle(Modele):
    lignes: tuple[Libelle, ...]
    telephone: str = ""
    courriel: str = ""

    def contact(self, academie: Academie) -> Contact:
        return Contact(academie.libelle, self.lignes, self.telephone, self.courriel)


class Circulaire(Modele):
    """A text that an office publishes, and where it is to be found (F427)."""

    libelle: Libelle
    adresse: Libelle


class GroupePieces(Modele):
    """Justificatifs handed in the same way; without bounds of its own, in the window of deposit (F383, C16).

    It takes the `pieces` that it names, else those of its mode; a piece whose mode has no group goes to the first one.
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
        _fenetre(self)
        return self

    @property
    def fenetre(self) -> Fenetre | None:
        return _fenetre(self)


class Selection(Modele):
    """Where a value holds; what is not named is « everywhere »."""

    examen: str = ""
    session: Session = ""
    academie: str = ""
    secteur: str = ""

    @property
    def precision(self) -> tuple[bool, ...]:
        """Académie before session before exam before sector: the larger, the more specific."""
        return (bool(self.academie), bool(self.session), bool(self.examen), bool(self.secteur))

    def couvre(self, examen: str, session: str, academie: str, secteur: str = "") -> bool:
        voulu = {"examen": examen, "session": session, "academie": academie, "secteur": secteur}
        return all(getattr(self, cle) in ("", valeur) for cle, valeur in voulu.items())

    def rencontre(self, autre: Selection) -> bool:
        """Whether there is a place that both cover."""
        paires = ((getattr(self, cle), getattr(autre, cle)) for cle in Selection.model_fields)
        return all(not ici or not la or ici == la for ici, la in paires)


class Reglage(Selection):
    """One block of values for a selection; every key of the configuration table is a field here, None where not said.

    A sector is known only once a spécialité is chosen: it may choose a contact (F477), nothing else.
    """

    onglets: Annotated[tuple[Onglet, ...], AfterValidator(_liste_juste), AfterValidator(onglets_justes)] | None = None
    boutons: Annotated[tuple[Bouton, ...], AfterValidator(_liste_juste)] | None = None
    libelle_demarrer: Libelle | None = None
    libelle_recapitulatif: Libelle | None = None
    format_version_ecran: Literal["n°1", "Version 02"] | None = None
    desinscription_par_candidat: bool | None = None
    recap_visible_apres_cloture: bool | None = None
    preinscription: bool | None = None
    pdf_epreuves_2nd_groupe: bool | None = None
    message_inscription: bool | None = None
    mail_sur_statut_pj: bool | None = None
    statut_initial_postal: Literal["En attente de contrôle", ""] | None = None
    statut_apres_validation: Literal["En attente de contrôle", ""] | None = None
    pieces_formats: Annotated[tuple[FormatPiece, ...], AfterValidator(_liste_juste)] | None = None
    pieces_taille_max: Annotated[int, Field(ge=1, le=100, description="Mo")] | None = None
    groupes_pieces: Annotated[tuple[GroupePieces, ...], AfterValidator(_liste_juste)] | None = None
    ouverture: Minute | None = None
    fermeture: Minute | None = None
    avant: Jour | None = None
    jusqu_au: Jour | None = None
    depot_ouverture: Minute | None = None
    depot_fermeture: Minute | None = None
    depot_avant: Jour | None = None
    depot_jusqu_au: Jour | None = None
    contact: ContactRegle | None = None
    adresses: dict[Adresse, Libelle] = Field({})
    circulaires: Annotated[tuple[Circulaire, ...], AfterValidator(_liste_juste)] | None = None
    doublon_candidature: Literal["refuser", "avertir"] | None = None
    doublon_portee: Literal["specialite", "examen"] | None = None
    textes: dict[str, Libelle] = Field({})

    @model_validator(mode="after")
    def _des_fenetres_justes(self) -> Reglage:
        groupes = self.groupes_pieces or ()
        fenetres = [self.fenetre, self.depot, *(groupe.fenetre for groupe in groupes)]
        if any(fenetres) and not (self.examen and self.session and self.academie):
            raise ValueError("Une fenêtre se donne pour un examen, une session et une académie")
        return self

    @model_validator(mode="after")
    def _un_secteur_pour_un_contact(self) -> Reglage:
        if self.secteur and set(self.valeurs()) - {"contact"}:
            raise ValueError("Un secteur ne choisit qu'un contact")
        return self

    @property
    def selection(self) -> Selection:
        return Selection(**{cle: getattr(self, cle) for cle in Selection.model_fields})

    @property
    def fenetre(self) -> Fenetre | None:
        """The window of inscription."""
        return _fenetre(self)

    @property
    def depot(self) -> Fenetre | None:
        """The window in which justificatifs are handed in; it may end after the inscription's (F043)."""
        return _fenetre(self, PREFIXES["depot"])

    def valeurs(self) -> dict[str, Any]:
        """What the block says, under the names of `CLES`, `textes.NAME` and `adresses.NAME`."""
        dites = {cle: valeur for cle in CLES if (valeur := getattr(self, cle)) is not None}
        for table in TABLES:
            dites |= {f"{table}.{nom}": valeur for nom, valeur in getattr(self, table).items()}
        return dites


# The tables whose every entry is a value of its own, and the entries they may have.
TABLES: Mapping[str, tuple[str, ...]] = MappingProxyType({"adresses": get_args(Adresse), "textes": TEXTES})
_DEPOT = PREFIXES["depot"]
# The names of values: those of the fields, and for each window one name instead of its bounds.
CLES: tuple[str, ...] = (
    *PREFIXES,
    *(
        cle
        for cle in Reglage.model_fields
        if cle not in Selection.model_fields and cle not in TABLES and cle.removeprefix(_DEPOT) not in BORNES
    ),
)
TOUTES_LES_CLES = (*CLES, *(f"{table}.{nom}" for table, noms in TABLES.items() for nom in noms))


class FichierReglages(Modele):
    """`reglages.toml` and the files of `services/`."""

    source: Libelle
    reglage: tuple[Reglage, ...] = ()

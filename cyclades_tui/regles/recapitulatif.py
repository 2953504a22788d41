"""What a person reads of a version, and what changed between two versions (decision 3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cyclades_tui.domaine.contenu import Contenu
from cyclades_tui.domaine.onglets import NomOnglet
from cyclades_tui.domaine.recapitulatif import VIDE, Ligne, Recapitulatif, Section

_I, _A, _C, _Q = "identification", "identification.adresse", "candidature", "qualification"


@dataclass(frozen=True, slots=True)
class Rubrique:
    """A block of the récapitulatif: the fields that it shows, and the tab where they are corrected."""

    id: str
    titre: str
    onglet: NomOnglet
    champs: tuple[str, ...]


# The blocks of the tab Récapitulatif, in the guide's order (F253-F259); a field that was not asked has no line.
RUBRIQUES: tuple[Rubrique, ...] = (
    Rubrique(
        "qualification",
        "Qualification présentée",
        NomOnglet.QUALIFICATION,
        (f"{_Q}.specialite", f"{_Q}.section_langue"),
    ),
    Rubrique("formation", "Formation", NomOnglet.QUALIFICATION, (f"{_Q}.formation", f"{_Q}.coloration")),
    Rubrique(
        "identification",
        "Identification du candidat",
        NomOnglet.IDENTIFICATION,
        (
            f"{_I}.civilite",
            f"{_I}.nom",
            f"{_I}.sans_nom",
            f"{_I}.nom_naissance",
            f"{_I}.nom_usage",
            f"{_I}.prenoms",
            f"{_I}.sans_prenom",
            f"{_I}.naissance.date",
            f"{_I}.naissance.commune",
            f"{_I}.naissance.departement",
            f"{_I}.naissance.pays",
            f"{_I}.nationalite",
        ),
    ),
    Rubrique(
        "adresse",
        "Adresse et contact",
        NomOnglet.IDENTIFICATION,
        (
            f"{_A}.voie",
            f"{_A}.complement1",
            f"{_A}.complement2",
            f"{_A}.complement3",
            f"{_A}.localite",
            f"{_A}.pays",
            f"{_I}.telephone_mobile",
            f"{_I}.telephone",
            f"{_I}.email",
        ),
    ),
    Rubrique(
        "situation",
        "Situation du candidat",
        NomOnglet.IDENTIFICATION,
        (f"{_I}.csp_representant", f"{_I}.representant", f"{_I}.ine"),
    ),
    Rubrique(
        "candidature",
        "Informations candidature",
        NomOnglet.CANDIDATURE,
        (
            f"{_C}.categorie",
            f"{_C}.situation",
            f"{_C}.etablissement",
            f"{_C}.amenagement_duree",
            f"{_C}.amenagement_handicap",
            f"{_C}.vae",
            f"{_Q}.forme",
            f"{_Q}.derogation",
            f"{_Q}.forme_finale",
            f"{_C}.consentement_presse",
            f"{_C}.consentement_collectivites",
        ),
    ),
)
# The fields (or beginnings of their ids) that no block shows, and why.
HORS_RUBRIQUE: Mapping[str, str] = MappingProxyType(
    {
        "modalites.accord": "kept as an agreement, with the text that was accepted and its instant",
        "conditions.accord": "kept as an agreement, with the text that was accepted and its instant",
        f"{_I}.naissance.commune_hors_liste": "told by the commune itself, « (hors liste) »",
        f"{_A}.code_postal": "told on the line of the town",
        "acquis.": "told in the words of each acquis, in a block of their own",
        "epreuves.": "told by the position and the choice of each épreuve, in a block of their own",
    }
)
_SANS_LIBELLE = {f"{_A}.localite", f"{_A}.pays", *(f"{_A}.complement{rang}" for rang in (1, 2, 3))}
_SEULEMENT_REMPLI = {f"{_I}.sans_nom", f"{_I}.sans_prenom", *(f"{_A}.complement{rang}" for rang in (1, 2, 3))}


def recapituler(contenu: Contenu) -> Recapitulatif:
    """What a person reads of a saved version, from its content alone."""
    entete = contenu.entete
    return Recapitulatif(
        titre=contenu.titre,
        examen=contenu.examen.libelle,
        session=contenu.session,
        numero_candidat=entete.numero_candidat,
        numero_inscription=entete.numero_inscription,
        version=entete.version,
        instant=entete.instant,
        formation=entete.formation,
        fermeture=contenu.fermeture,
        contact=contenu.contact,
        destinataire=contenu.destinataire,
        sections=tuple(
            Section(rubrique.id, rubrique.titre, lignes)
            for rubrique in RUBRIQUES
            if (lignes := tuple(_lignes(rubrique.champs, contenu)))
        ),
        acquis=contenu.acquis,
        groupes=contenu.groupes,
        textes=contenu.textes,
    )


def _lignes(ids: tuple[str, ...], contenu: Contenu) -> Iterator[Ligne]:
    for identifiant in ids:
        champ = contenu.champs.get(identifiant)
        if champ is None or (identifiant in _SEULEMENT_REMPLI and not champ.valeur):
            continue
        affichage, document = champ.affichage, champ.document
        if identifiant == f"{_A}.localite":
            code_postal = contenu.affichage(f"{_A}.code_postal")
            affichage = document = " ".join(partie for partie in (code_postal, affichage) if partie)
        libelle = "" if identifiant in _SANS_LIBELLE else champ.libelle
        yield Ligne(identifiant, libelle, affichage or VIDE, champ.libelle_document, document)


@dataclass(frozen=True, slots=True)
class Difference:
    """A datum that differs between two versions, with the labels of each; empty if a version lacks it."""

    champ: str
    libelle: str
    avant: str
    apres: str


def differences(ancien: Contenu, nouveau: Contenu) -> tuple[Difference, ...]:
    """The differences between the contents of two versions: fields first, then épreuves, in reading order."""
    return tuple(
        Difference(champ, (apres or avant)[0], avant[1], apres[1])
        for champ, avant, apres in _couples(_donnees(ancien), _donnees(nouveau))
        if avant[1] != apres[1]
    )


def rien_n_a_change(ancien: Contenu, nouveau: Contenu) -> bool:
    """Whether two versions have the same answers and épreuves, ask for the same pieces, and accepted the same texts."""
    return not differences(ancien, nouveau) and _demande_et_accepte(ancien) == _demande_et_accepte(nouveau)


def _demande_et_accepte(contenu: Contenu) -> set[tuple[str, str, str]]:
    pieces = {(piece.piece, piece.precision, piece.mode) for piece in contenu.pieces_demandees}
    return pieces | {("", accord.champ, accord.sha256) for accord in contenu.accords}


_Donnee = tuple[str, str]


def _couples(ancien: dict[str, _Donnee], nouveau: dict[str, _Donnee]) -> Iterator[tuple[str, _Donnee, _Donnee]]:
    for champ in dict.fromkeys((*nouveau, *ancien)):
        autre = nouveau.get(champ) or ancien[champ]
        absente = (autre[0], "")
        yield champ, ancien.get(champ, absente), nouveau.get(champ, absente)


def _donnees(contenu: Contenu) -> dict[str, _Donnee]:
    """The label and the shown value of every datum, by id."""
    donnees = {champ.id: (champ.libelle, champ.affichage) for champ in contenu.champs.values()}
    for groupe in contenu.groupes:
        for ligne in groupe.lignes:
            valeur = " ".join(partie for partie in (ligne.position, ligne.mode, ligne.choix) if partie)
            donnees[f"epreuve.{ligne.code}"] = (f"{ligne.code} - {ligne.libelle}", valeur)
    return donnees

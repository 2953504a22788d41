"""National lists: communes, postal codes, countries, nationalities, départements, languages, occupations (F065-F067).

`data/lieux/` is written by tools/lieux.py, `data/listes/` by hand; both say where their content comes from. Each file
is read once, when it is first needed.
"""

from __future__ import annotations

import csv
import difflib
import lzma
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType

from cyclades_tui.domaine.erreurs import Faute, ReferentielFautif, raison
from cyclades_tui.domaine.lecture_de_fichiers import LISTE_AU_PLUS, lire_en_entier
from cyclades_tui.domaine.texte import pertinence, plier

COMMUNES = "communes.txt.xz"
LOCALITES = "localites.txt.xz"

ABREVIATIONS = MappingProxyType(
    {
        "ST": "SAINT",
        "STE": "SAINTE",
        "STS": "SAINTS",
        "STES": "SAINTES",
        "S": "SUR",
        "SS": "SOUS",
        "MT": "MONT",
        "GD": "GRAND",
        "GDE": "GRANDE",
        "HT": "HAUT",
        "HTE": "HAUTE",
        "HTES": "HAUTES",
        "HTS": "HAUTS",
        "MX": "MOULINEAUX",
        "VX": "VIEUX",
        "ND": "NOTRE DAME",
    }
)
# As people write on an envelope: « Chalon s/ Saône », « Fontenay s/s Bois », « Châlons/Marne », « Dole (39) ».
_RACCOURCIS = (
    (re.compile(r"\bs\s*/[\s-]*s\b\.?", re.IGNORECASE), " sous "),
    (re.compile(r"\bl\s*/", re.IGNORECASE), " les "),
    (re.compile(r"(?:\bs[\s-]*)?/", re.IGNORECASE), " sur "),
    (re.compile(r"\(\s*(?:2[ab]|[0-9]{2,3}|[0-9]{5})\s*\)", re.IGNORECASE), " "),
)
# The three cities with arrondissements: how many, and how their postal codes begin.
_ARRONDISSEMENTS = MappingProxyType({"PARIS": (20, "75"), "LYON": (9, "69"), "MARSEILLE": (16, "13")})
_DE_L_ARRONDISSEMENT = frozenset(("ARR", "ARRT", "ARDT", "ARRDT", "ARROND", "ARRONDT", "ARRONDISSEMENT", "CEDEX", "DE"))
_CEDEX = "CEDEX"
_ARTICLES = ("", "LE ", "LA ", "LES ", "L ")
_ORDINAL = re.compile(r"(?P<rang>[0-9]+|[IVX]+)(?:ER|ERE|E|EME|IEME|ND|NDE|O|DEG)?")
_UNITES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_ROMAINS = {
    f"{dizaine}{unite}": 10 * rang + un
    for rang, dizaine in enumerate(("", "X", "XX"))
    for un, unite in enumerate(_UNITES)
}
_EN_LETTRES = {
    mot: rang
    for rang, mot in enumerate(
        (
            *("PREMIER", "DEUXIEME", "TROISIEME", "QUATRIEME", "CINQUIEME", "SIXIEME", "SEPTIEME", "HUITIEME"),
            *("NEUVIEME", "DIXIEME", "ONZIEME", "DOUZIEME", "TREIZIEME", "QUATORZIEME", "QUINZIEME", "SEIZIEME"),
        ),
        1,
    )
} | {"SECOND": 2, "VINGTIEME": 20}


class StatutCommune(StrEnum):
    """What a commune is today; the value is the letter in the file."""

    ACTUELLE = "c"
    ARRONDISSEMENT = "m"
    DELEGUEE = "d"
    ASSOCIEE = "s"
    ANCIENNE = "a"  # a former name, a merged commune, or one that moved to another département


class ListeDeNoms(StrEnum):
    """What a line of autres_noms.csv names otherwise."""

    PAYS = "pays"
    NATIONALITE = "nationalite"
    DEPARTEMENT = "departement"
    COMMUNE = "commune"


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune: `nom` is shown and searched (BUGARACH); `nom_officiel` keeps accents and signs."""

    departement: str
    nom: str
    nom_officiel: str
    statut: StatutCommune


@dataclass(frozen=True, slots=True)
class Resultats:
    """The first proposals of a search, and how many communes match in all."""

    total: int
    propositions: tuple[Commune, ...]


@dataclass(frozen=True, slots=True)
class Pays:
    """A country: `libelle` is used in addresses, `libelle_naissance` for births; the code is INSEE's, 99xxx."""

    code: str
    nom: str
    libelle: str
    libelle_naissance: str
    nom_officiel: str


@dataclass(frozen=True, slots=True)
class Nationalite:
    """A nationality: `code` is that of its country; `origine` says where the label comes from (see pays.csv)."""

    code: str
    libelle: str
    origine: str


@dataclass(frozen=True, slots=True)
class Departement:
    """`code` has three characters (F484); `naissance` says whether one can be born there.

    Andorre has a code for its schools, but nobody is born under it.
    """

    code: str
    nom: str
    libelle: str
    academie: str
    naissance: bool


@dataclass(frozen=True, slots=True)
class Langue:
    """A language: all are offered as an optional épreuve, those with `obligatoire` also as the compulsory one."""

    code: str
    libelle: str
    obligatoire: bool


@dataclass(frozen=True, slots=True)
class CategorieSocioprofessionnelle:
    code: str
    libelle: str


@dataclass(frozen=True, slots=True)
class AutresNoms:
    """What people also call a place or a nationality; a name in `partages` is that of others too."""

    seuls: tuple[str, ...] = ()
    partages: tuple[str, ...] = ()


def cle_commune(texte: str) -> str:
    """The key of a commune or a locality: folded, abbreviations in full, an arrondissement as INSEE writes it."""
    for motif, entier in _RACCOURCIS:
        texte = motif.sub(entier, texte)
    mots = en_toutes_lettres(plier(texte)).split()
    return _arrondissement(mots) or " ".join(_sans_cedex(mots))


def en_toutes_lettres(plie: str) -> str:
    """A folded name with its abbreviations in full."""
    premier, *suite = plie.split() or [""]
    mots = ["SAINT" if premier == "S" and suite else ABREVIATIONS.get(premier, premier)]
    return " ".join([*mots, *(ABREVIATIONS.get(mot, mot) for mot in suite)])


def _sans_cedex(mots: list[str]) -> list[str]:
    """The name without what tells how mail is distributed there: `RENNES CEDEX 7`."""
    if _CEDEX not in mots[1:]:
        return mots
    rang = mots.index(_CEDEX, 1)
    return [*mots[:rang], *(mot for mot in mots[rang + 1 :] if not mot.isdecimal())]


def cle_de_localite(texte: str) -> str:
    """The key of a locality in an address: its postal code already tells the arrondissement of a city."""
    cle = cle_commune(texte)
    return cle.split()[0] if cle.endswith("ARRONDISSEMENT") else cle


def _arrondissement(mots: list[str]) -> str:
    """`PARIS 13E ARRONDISSEMENT` for Paris 13ème, 75013 Paris, Paris XIII…; empty for what is none."""
    villes = [mot for mot in mots if mot in _ARRONDISSEMENTS]
    if len(villes) != 1 or len(mots) == 1:
        return ""
    nombre, prefixe = _ARRONDISSEMENTS[villes[0]]
    if _CEDEX in mots and any(_rang(mot, prefixe) for mot in mots[: mots.index(_CEDEX)]):
        mots = _sans_cedex(mots)  # « PARIS 13 CEDEX 13 »: the number after it says nothing more
    quel = "".join(mot for mot in mots if mot != villes[0] and mot not in _DE_L_ARRONDISSEMENT)
    rang = _rang(quel, prefixe)
    return f"{villes[0]} {rang}{'ER' if rang == 1 else 'E'} ARRONDISSEMENT" if 1 <= rang <= nombre else ""


def _rang(quel: str, prefixe: str) -> int:
    """What a postal code, a number or an ordinal says; 0 for anything else."""
    if len(quel) == 5 and quel.isdecimal():
        return int(quel[3:]) if quel.startswith(prefixe) else 0
    lu = _ORDINAL.fullmatch(quel)
    if lu is None:
        return _EN_LETTRES.get(quel, 0)
    return int(lu["rang"][:4]) if lu["rang"].isdecimal() else _ROMAINS.get(lu["rang"], 0)


def debuts_de_lieu(texte: str) -> tuple[str, ...]:
    """What is typed of a place, as it is and in full: « st » may begin Saint-Malo and Strasbourg alike."""
    return plier(texte), *_variantes(cle_commune(texte))


def _variantes(cle: str) -> tuple[str, str, str]:
    """The key, and as it is with « lez » for « lès » or « lès » for « lez »."""
    return cle, cle.replace(" LEZ ", " LES "), cle.replace(" LES ", " LEZ ")


def _cles(texte: str, departement: str) -> Iterator[str]:
    """The keys of a commune, the first one that is a commune's being right.

    Some write its département: `93 SAINT DENIS`, `BOURG EN BRESSE 01`, `97300 CAYENNE`. Its number is never that of an
    arrondissement where it comes before: `13 MARSEILLE`.
    """
    mots = plier(texte).split()
    court = departement.lstrip("0") if departement.isdecimal() else departement[1:]
    postal = "20" if court in ("2A", "2B") else court.zfill(2)  # how the postal codes of the département begin
    numeros = {departement, court, postal}
    if mots[:1] and mots[0] in numeros:
        yield cle_commune(" ".join(mots[1:]))
    yield cle_commune(texte)
    for bout, reste in ((mots[:1], mots[1:]), (mots[-1:], mots[:-1])):
        if reste and (bout[0] in numeros or (len(bout[0]) == 5 and bout[0].isdecimal() and bout[0].startswith(postal))):
            yield cle_commune(" ".join(reste))


_SANS_AUTRE_NOM = AutresNoms()


class Lieux:
    """The lists of the two folders. Every method raises ReferentielFautif if its file is absent or damaged."""

    def __init__(self, dossier_lieux: Path, dossier_listes: Path) -> None:
        self._dossier_lieux = dossier_lieux
        self._dossier_listes = dossier_listes
        self._par_departement: dict[str, dict[str, Commune]] = {}

    def pays(self) -> tuple[Pays, ...]:
        return self._pays

    def nationalites(self) -> tuple[Nationalite, ...]:
        return self._nationalites

    def departements(self) -> tuple[Departement, ...]:
        return tuple(self._departements.values())

    def departement(self, code: str) -> Departement:
        """A département by code. Raises KeyError for an unknown one."""
        return self._departements[code]

    def langues(self) -> tuple[Langue, ...]:
        return self._langues

    def csp(self) -> tuple[CategorieSocioprofessionnelle, ...]:
        return self._csp

    def chercher_communes(self, departement: str, debut: str, limite: int = 20) -> Resultats:
        """Communes of which a word begins with `debut`: those of exactly that name first, then names that begin so.

        An empty `debut` matches all; a département without communes gives none.
        """
        debuts = debuts_de_lieu(debut)
        rangs = [
            (rang, commune)
            for nom, commune in self._communes(departement).items()
            if (rang := pertinence(nom, *debuts)) is not None
        ]
        communes = self._communes(departement)
        trouves = {commune.nom for _, commune in rangs}
        rangs += [
            (3, communes[nom])
            for surnom, nom in self._surnoms(departement).items()
            if debut.strip() and nom not in trouves and surnom.startswith(debuts)
        ]
        entier = self.commune(departement, debut)
        if entier is not None and entier.nom not in trouves:
            rangs.insert(0, (0, entier))
        rangs.sort(key=itemgetter(0))
        return Resultats(len(rangs), tuple(commune for _, commune in rangs[:limite]))

    def commune(self, departement: str, nom: str) -> Commune | None:
        """The commune of this very name, however it is typed, or that people call so."""
        communes, cles = self._communes(departement), list(_cles(nom, departement))
        for variante in (variante for cle in cles for variante in _variantes(cle)):
            if variante in communes:
                return communes[variante]
        cle = cles[0]
        if (surnom := self._surnoms(departement).get(cle)) is not None:
            return communes.get(surnom)
        # « Abymes » for « Les Abymes », where no other commune has the name with another article.
        avec = [communes[nom] for article in _ARTICLES if (nom := f"{article}{cle}") in communes]
        return avec[0] if len(avec) == 1 else None

    def communes_proches(self, departement: str, nom: str, limite: int = 3) -> tuple[str, ...]:
        """The names that a slip of the finger makes of `nom`, the nearest first; else those that begin as it does."""
        proches = difflib.get_close_matches(cle_commune(nom), self._communes(departement), n=limite, cutoff=0.8)
        if proches:
            return tuple(self._communes(departement)[cle].nom for cle in proches)
        return tuple(commune.nom for commune in self.chercher_communes(departement, nom[:5], limite).propositions)

    def departements_de(self, nom: str) -> frozenset[str]:
        """The départements that have a commune of this name today."""
        cle = cle_commune(nom)
        nomment = [code for code, lignes in self._blocs.items() if f"\n{cle}\t" in f"\n{lignes}"]
        return frozenset(code for code in nomment if self._communes(code)[cle].statut is StatutCommune.ACTUELLE)

    def autres_noms(self, liste: ListeDeNoms, code: str) -> AutresNoms:
        """The other names of what has this code."""
        return self._autres_noms.get((liste, code), _SANS_AUTRE_NOM)

    def localites(self, code_postal: str) -> tuple[str, ...]:
        """The localities of a postal code, as an address shows them; none for an unknown code or a CEDEX."""
        noms = self._localites.get(code_postal)
        return () if noms is None else tuple(noms.split("\t"))

    @cached_property
    def _pays(self) -> tuple[Pays, ...]:
        return tuple(
            Pays(
                rang["code"],
                rang["nom"],
                rang["libelle"],
                rang["libelle_naissance"] or rang["libelle"],
                rang["nom_officiel"],
            )
            for rang in self._rangs_pays
        )

    @cached_property
    def _nationalites(self) -> tuple[Nationalite, ...]:
        nationalites = [
            Nationalite(rang["code"], rang["nationalite"], rang["origine"])
            for rang in self._rangs_pays
            if rang["nationalite"]
        ]
        return tuple(sorted(nationalites, key=lambda nationalite: plier(nationalite.libelle)))

    @cached_property
    def _rangs_pays(self) -> tuple[dict[str, str], ...]:
        colonnes = ("code", "nom", "libelle", "libelle_naissance", "nom_officiel", "nationalite", "origine")
        return _lire_liste(self._dossier_listes / "pays.csv", colonnes)

    @cached_property
    def _departements(self) -> Mapping[str, Departement]:
        chemin = self._dossier_listes / "departements.csv"
        rangs = _lire_liste(chemin, ("code", "nom", "libelle", "academie", "naissance"))
        return MappingProxyType(
            {
                rang["code"]: Departement(
                    rang["code"], rang["nom"], rang["libelle"], rang["academie"], _oui(chemin, rang, "naissance")
                )
                for rang in rangs
            }
        )

    @cached_property
    def _autres_noms(self) -> Mapping[tuple[ListeDeNoms, str], AutresNoms]:
        seuls: defaultdict[tuple[ListeDeNoms, str], list[str]] = defaultdict(list)
        partages: defaultdict[tuple[ListeDeNoms, str], list[str]] = defaultdict(list)
        chemin = self._dossier_listes / "autres_noms.csv"
        for rang in _lire_liste(chemin, ("liste", "nom", "pour")):
            try:
                liste = ListeDeNoms(rang["liste"])
            except ValueError as erreur:
                raise _abime(chemin, ",".join(rang.values())) from erreur
            codes = rang["pour"].split("|")
            for code in codes:
                (seuls if len(codes) == 1 else partages)[liste, code].append(rang["nom"])
        return MappingProxyType(
            {cle: AutresNoms(tuple(seuls[cle]), tuple(partages[cle])) for cle in {*seuls, *partages}}
        )

    def _surnoms(self, departement: str) -> Mapping[str, str]:
        """The key of a commune by that of what people call it."""
        return self._surnoms_par_departement.get(departement, {})

    @cached_property
    def _surnoms_par_departement(self) -> Mapping[str, dict[str, str]]:
        surnoms: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for (liste, code), noms in self._autres_noms.items():
            if liste is ListeDeNoms.COMMUNE:
                departement, _, nom = code.partition(" ")
                surnoms[departement] |= {cle_commune(surnom): nom for surnom in noms.seuls}
        return surnoms

    @cached_property
    def _langues(self) -> tuple[Langue, ...]:
        chemin = self._dossier_listes / "langues.csv"
        rangs = _lire_liste(chemin, ("code", "libelle", "obligatoire"))
        return tuple(Langue(rang["code"], rang["libelle"], _oui(chemin, rang, "obligatoire")) for rang in rangs)

    @cached_property
    def _csp(self) -> tuple[CategorieSocioprofessionnelle, ...]:
        rangs = _lire_liste(self._dossier_listes / "csp.csv", ("code", "libelle"))
        return tuple(CategorieSocioprofessionnelle(rang["code"], rang["libelle"]) for rang in rangs)

    @cached_property
    def _blocs(self) -> Mapping[str, str]:
        """The text of each département, not split into lines until it is needed."""
        texte = _lire_xz(self._dossier_lieux / COMMUNES)
        return {code: lignes for code, _, lignes in (bloc.partition("\n") for bloc in texte.split("\n\n"))}

    def _communes(self, departement: str) -> Mapping[str, Commune]:
        """The communes of a département by key, in the order of proposals."""
        if departement not in self._par_departement:
            self._par_departement[departement] = self._lire_departement(departement)
        return self._par_departement[departement]

    def _lire_departement(self, departement: str) -> dict[str, Commune]:
        communes: dict[str, Commune] = {}
        for ligne in self._blocs.get(departement, "").splitlines():
            try:
                nom, nom_officiel, lettre = ligne.split("\t")
                communes[nom] = Commune(departement, nom, nom_officiel, StatutCommune(lettre))
            except ValueError as erreur:
                raise _abime(self._dossier_lieux / COMMUNES, f"{departement} {ligne}") from erreur
        return communes

    @cached_property
    def _localites(self) -> Mapping[str, str]:
        """The text of each postal code, not split: split, they take 2 MB more."""
        lignes = (ligne.partition("\t") for ligne in _lire_xz(self._dossier_lieux / LOCALITES).splitlines())
        return {code: noms for code, _, noms in lignes}


def _lire_xz(chemin: Path) -> str:
    try:
        return lzma.decompress(_octets(chemin)).decode("utf-8")
    except (lzma.LZMAError, UnicodeDecodeError) as erreur:
        raise _abime(chemin) from erreur


def _lire_liste(chemin: Path, colonnes: tuple[str, ...]) -> tuple[dict[str, str], ...]:
    """The rows of a CSV file whose header is `colonnes`; lines that begin with `#` are comments."""
    try:
        texte = _octets(chemin).decode("utf-8-sig")
        rangs = [rang for rang in csv.reader(texte.splitlines(), strict=True) if rang and not rang[0].startswith("#")]
    except (UnicodeDecodeError, csv.Error) as erreur:
        raise _abime(chemin) from erreur
    if not rangs or tuple(rangs[0]) != colonnes:
        raise _abime(chemin, f"première ligne attendue : {','.join(colonnes)}")
    for rang in rangs[1:]:
        if len(rang) != len(colonnes):
            raise _abime(chemin, ",".join(rang))
    return tuple(dict(zip(colonnes, rang, strict=True)) for rang in rangs[1:])


def _oui(chemin: Path, rang: Mapping[str, str], cle: str) -> bool:
    if rang[cle] not in ("oui", "non"):
        raise _abime(chemin, f"{rang['code']} : {cle} vaut « {rang[cle]} », oui ou non attendu")
    return rang[cle] == "oui"


def _octets(chemin: Path) -> bytes:
    try:
        return lire_en_entier(chemin, LISTE_AU_PLUS)
    except OSError as erreur:
        message = f"La liste nationale {chemin} ne peut pas être lue : {raison(erreur)}."
        faute = Faute("referentiel.lecture", f"{chemin.parent.name}/{chemin.name}", message, "Réinstallez le logiciel.")
        raise ReferentielFautif(faute) from erreur


def _abime(chemin: Path, cle: str = "") -> ReferentielFautif:
    champ = f"{chemin.parent.name}/{chemin.name}" + (f":{cle}" if cle else "")
    message = f"La liste nationale {chemin} est abîmée."
    return ReferentielFautif(Faute("referentiel.liste", champ, message, "Réinstallez le logiciel."))

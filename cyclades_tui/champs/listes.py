"""The lists that choice fields use, for one exam, session and académie; values are found however they are typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from cyclades_tui.champs.identite import FRANCE
from cyclades_tui.champs.specification import Champ, Nature, Valeur
from cyclades_tui.domaine.temps import annee_de_session
from cyclades_tui.domaine.texte import plier
from cyclades_tui.referentiel.chargement import Referentiel
from cyclades_tui.referentiel.lieux import AutresNoms, ListeDeNoms, Pays, en_toutes_lettres
from cyclades_tui.referentiel.schema import Categorie, Examen

FORMES = {"globale": "Globale", "progressive": "Progressive"}
_APATRIDE = "apatride"
POSITIONS = {"inscrit": "Inscrit", "non-inscrit": "Non Inscrit"}


@dataclass(frozen=True, slots=True)
class Choix:
    """A value of a list: its stored, listed, shown and printed forms, and the other names that people type.

    `ferme` says why it is listed but cannot be chosen.
    """

    id: str
    libelle: str
    affichage: str = ""
    document: str = ""
    alias: tuple[str, ...] = ()
    partages: tuple[str, ...] = ()
    ferme: str = ""

    @property
    def valeur(self) -> Valeur:
        affichage = self.affichage or self.libelle
        return Valeur(self.id, affichage, self.document or affichage)


Table = Mapping[str, Choix]


class Listes:
    """The lists of one service; a list that depends on another field takes the value of that field."""

    def __init__(self, referentiel: Referentiel, examen: Examen, session: str, academie: str) -> None:
        self._referentiel = referentiel
        self._examen = examen
        self._session = session
        self._academie = academie
        self._choix: dict[tuple[str, str], tuple[Choix, ...]] = {}
        self._tables: dict[tuple[str, str], Table] = {}

    def choix(self, liste: str, categorie: str = "") -> tuple[Choix, ...]:
        """The values in display order; `categorie` narrows `formes` and `etablissements`."""
        cle = (liste, categorie)
        if cle not in self._choix:
            self._choix[cle] = _SOURCES[liste](self, categorie)
        return self._choix[cle]

    def trouver(self, liste: str, texte: str, categorie: str = "") -> Choix | None:
        """The value whose code, label or other name is `texte`; accents, case and hyphens do not matter."""
        cle = (liste, categorie)
        if cle not in self._tables:
            self._tables[cle] = _table(self.choix(liste, categorie))
        table, plie = self._tables[cle], plier(texte)
        if plie in table or not plie:
            return table.get(plie)
        if liste in _DE_LIEUX and (
            trouve := table.get(en_toutes_lettres(plie)) or table.get(_reunir_les_initiales(plie))
        ):
            return trouve
        code, _, nom = plie.partition(" ")  # « 75 - Paris », as some forms print it
        return table.get(code) if nom and table.get(code) is table.get(en_toutes_lettres(nom)) else None

    def partageant(self, liste: str, texte: str, categorie: str = "") -> tuple[Choix, ...]:
        """The values among which `texte` does not choose (« URSS »); none where it is no such name."""
        cle = plier(texte)
        return tuple(un for un in self.choix(liste, categorie) if cle in map(plier, un.partages))

    def propose(self, champ: Champ) -> bool:
        """Whether a field makes sense here: false if its list is the exam's own and the exam's list is empty."""
        return champ.liste not in _DE_L_EXAMEN or bool(_DE_L_EXAMEN[champ.liste](self._examen))

    def _civilites(self, _: str) -> tuple[Choix, ...]:
        return (Choix("MADAME", "MADAME"), Choix("MONSIEUR", "MONSIEUR"))

    def _pays_naissance(self, _: str) -> tuple[Choix, ...]:
        return tuple(
            _autrement(Choix(p.code, p.libelle_naissance or p.libelle, alias=(p.nom, p.libelle)), self._noms_du_pays(p))
            for p in self._referentiel.lieux.pays()
        )

    def _pays_adresse(self, _: str) -> tuple[Choix, ...]:
        return tuple(
            _autrement(
                Choix(
                    p.code, p.libelle, affichage=p.libelle_naissance or p.libelle, alias=(p.nom, p.libelle_naissance)
                ),
                self._noms_du_pays(p),
            )
            for p in self._referentiel.lieux.pays()
        )

    def _pays_mobilite(self, _: str) -> tuple[Choix, ...]:
        return tuple(
            _autrement(Choix(p.code, p.nom), self._noms_du_pays(p))
            for p in self._referentiel.lieux.pays()
            if _hors_de_france(p)
        )

    def _noms_du_pays(self, pays: Pays) -> AutresNoms:
        noms = self._referentiel.lieux.autres_noms(ListeDeNoms.PAYS, pays.code)
        return AutresNoms((*noms.seuls, pays.nom_officiel), noms.partages)

    def _departements(self, _: str) -> tuple[Choix, ...]:
        """Also by its code in two signs, as on a postal address."""
        lieux = self._referentiel.lieux
        return tuple(
            _autrement(
                Choix(
                    d.code,
                    d.libelle,
                    affichage=d.code,
                    alias=(d.nom, *dict.fromkeys((d.code.removeprefix("0"), d.code.lstrip("0")))),
                ),
                lieux.autres_noms(ListeDeNoms.DEPARTEMENT, d.code),
            )
            for d in lieux.departements()
            if d.naissance
        )

    def _nationalites(self, _: str) -> tuple[Choix, ...]:
        """Also by the feminine and by the country, which people type as well."""
        lieux = self._referentiel.lieux
        pays = {p.code: p for p in lieux.pays()}
        nationalites = (
            _autrement(
                _de_nationalite(
                    n.code, n.libelle, lieux.autres_noms(ListeDeNoms.NATIONALITE, n.code), pays[n.code].nom
                ),
                self._noms_du_pays(pays[n.code]),
            )
            for n in lieux.nationalites()
        )
        sans = lieux.autres_noms(ListeDeNoms.NATIONALITE, _APATRIDE)
        return (*nationalites, Choix(_APATRIDE, "Apatride", alias=sans.seuls))

    def _csp(self, _: str) -> tuple[Choix, ...]:
        return tuple(Choix(c.code, c.libelle) for c in self._referentiel.lieux.csp())

    def _langues(self, _: str) -> tuple[Choix, ...]:
        return tuple(Choix(langue.code, langue.libelle) for langue in self._referentiel.lieux.langues())

    def _langues_obligatoires(self, _: str) -> tuple[Choix, ...]:
        return tuple(
            Choix(langue.code, langue.libelle) for langue in self._referentiel.lieux.langues() if langue.obligatoire
        )

    def _categories(self, _: str) -> tuple[Choix, ...]:
        return tuple(
            Choix(c.id, c.libelle, document=c.libelle_document, alias=(c.code,) if c.code else ())
            for c in self._examen.categorie
        )

    def _situations(self, _: str) -> tuple[Choix, ...]:
        return tuple(Choix(situation, situation) for situation in self._examen.situations)

    def _formations(self, _: str) -> tuple[Choix, ...]:
        return tuple(Choix(formation, formation) for formation in self._examen.formations)

    def _colorations(self, _: str) -> tuple[Choix, ...]:
        return tuple(Choix(coloration, coloration) for coloration in self._examen.colorations)

    def _sections_langue(self, _: str) -> tuple[Choix, ...]:
        sans, *sections = self._examen.sections_langue
        return (Choix(sans, sans, affichage="-"), *(Choix(section, section) for section in sections))

    def _etablissements(self, categorie: str) -> tuple[Choix, ...]:
        groupe = self._categorie(categorie).groupe
        return tuple(
            Choix(e.id, e.libelle, alias=(e.nom, e.uai) if e.uai else (e.nom,))
            for e in self._referentiel.etablissements
            if groupe in e.groupes and ("*" in e.academies or self._academie in e.academies)
        )

    def _specialites(self, _: str) -> tuple[Choix, ...]:
        """The spécialités, open ones first."""
        diplomes = self._referentiel.diplomes_de(self._examen.code, annee_de_session(self._session))
        return tuple(
            Choix(d.code, d.libelle, document=f"{d.libelle} ({d.code})", alias=(*d.alias, d.code_bcn), ferme=d.ferme)
            for d in sorted(diplomes, key=lambda diplome: bool(diplome.ferme))
        )

    def _formes(self, categorie: str) -> tuple[Choix, ...]:
        return tuple(Choix(forme, FORMES[forme]) for forme in self._categorie(categorie).formes)

    def _academies(self, _: str) -> tuple[Choix, ...]:
        return tuple(
            Choix(a.code, a.nom.upper(), affichage=a.nom, alias=(a.libelle,))
            for a in self._referentiel.academies_par_nom
        )

    def _positions(self, _: str) -> tuple[Choix, ...]:
        return tuple(Choix(code, libelle) for code, libelle in POSITIONS.items())

    def _categorie(self, identifiant: str) -> Categorie:
        return self._examen.categorie_de(identifiant)


def depend_de_la_categorie(champ: Champ) -> bool:
    """Whether the list depends on the category of candidate (F197, F201)."""
    return champ.nature is Nature.CHOIX and champ.liste in ("formes", "etablissements")


def _autrement(choix: Choix, noms: AutresNoms) -> Choix:
    return replace(choix, alias=(*choix.alias, *noms.seuls), partages=(*choix.partages, *noms.partages))


def _de_nationalite(code: str, libelle: str, noms: AutresNoms, pays: str) -> Choix:
    """With the feminine of every name of it."""
    seuls = (un for nom in noms.seuls for un in (nom, *_feminins(nom)))
    partages = (un for nom in noms.partages for un in (nom, *_feminins(nom)))
    return Choix(code, libelle, alias=(*_feminins(libelle), pays, *seuls), partages=tuple(partages))


def _hors_de_france(pays: Pays) -> bool:
    return pays.code != FRANCE


@lru_cache(maxsize=128)  # a desk has the same lists for each exam, and each service folds thousands of names
def _feminins(nom: str) -> tuple[str, ...]:
    """Française, Algérienne, Grecque: possible feminine forms, of which one is right."""
    if nom.endswith("c"):
        return f"{nom}que", f"{nom[:-1]}que"
    return (f"{nom}ne",) if nom.endswith(("en", "on")) else (f"{nom}e",)


def _table(choix: tuple[Choix, ...]) -> Table:
    """Values by folded name; if two share a name, the earlier one keeps it."""
    table: dict[str, Choix] = {}
    for un in choix:
        for nom in (un.id, un.libelle, un.affichage, *un.alias):
            if nom and nom != "-":
                table.setdefault(plier(nom), un)
    return table


def _reunir_les_initiales(plie: str) -> str:
    """`RDA` for R.D.A.; any other name as it is."""
    mots = plie.split()
    return "".join(mots) if max(map(len, mots)) == 1 else plie


# Lists of names that are abbreviated like those of communes.
_DE_LIEUX = frozenset(("pays_naissance", "pays_adresse", "pays_mobilite", "departements"))
_DE_L_EXAMEN: dict[str, Callable[[Examen], tuple[str, ...]]] = {
    "situations": lambda examen: examen.situations,
    "sections_langue": lambda examen: examen.sections_langue,
    "formations": lambda examen: examen.formations,
    "colorations": lambda examen: examen.colorations,
}
_SOURCES: dict[str, Callable[[Listes, str], tuple[Choix, ...]]] = {
    "civilites": Listes._civilites,
    "pays_naissance": Listes._pays_naissance,
    "pays_adresse": Listes._pays_adresse,
    "pays_mobilite": Listes._pays_mobilite,
    "departements": Listes._departements,
    "nationalites": Listes._nationalites,
    "csp": Listes._csp,
    "langues": Listes._langues,
    "langues_obligatoires": Listes._langues_obligatoires,
    "categories": Listes._categories,
    "situations": Listes._situations,
    "sections_langue": Listes._sections_langue,
    "formations": Listes._formations,
    "colorations": Listes._colorations,
    "etablissements": Listes._etablissements,
    "specialites": Listes._specialites,
    "formes": Listes._formes,
    "academies": Listes._academies,
    "positions": Listes._positions,
}

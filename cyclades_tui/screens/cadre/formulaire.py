"""A form without its screen: the raw text of each field, and what the rules say of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from operator import itemgetter

from cyclades_tui.champs.listes import Choix, depend_de_la_categorie
from cyclades_tui.champs.specification import Champ, Nature
from cyclades_tui.domaine.contact import en_lignes
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.temps import age, jour_de_paris, jour_en_lettres
from cyclades_tui.domaine.texte import pertinence, plier
from cyclades_tui.referentiel.lieux import cle_de_localite, debuts_de_lieu
from cyclades_tui.referentiel.reglages import ReglagesDuService
from cyclades_tui.referentiel.schema import Onglet
from cyclades_tui.regles.acquis_lies import (
    D_UNE_AUTRE_SPECIALITE,
    AcquisLie,
    acquis_d_une_autre_specialite,
    suivre_les_acquis_lies,
)
from cyclades_tui.regles.conditions import Faits, tiennent
from cyclades_tui.regles.dossier import Dossier, etablir
from cyclades_tui.regles.doublons import CandidatureVoisine, doublons
from cyclades_tui.regles.saisie import SaisieLue, lire_la_saisie
from cyclades_tui.regles.service import Service
from cyclades_tui.widgets.choix import PROPOSITIONS, Proposition

_CATEGORIE = "candidature.categorie"
_SPECIALITE = "qualification.specialite"
_DEPARTEMENT = "identification.naissance.departement"
_CODE_POSTAL, _LOCALITE = "identification.adresse.code_postal", "identification.adresse.localite"


@dataclass(frozen=True, slots=True)
class Sorte:
    """A kind of form: its tabs, the check of its texts on a day, the tab for each field.

    `onglet_de` gets a field's id, and the field if it is asked now.
    """

    onglets: tuple[Onglet, ...]
    lire: Callable[[Mapping[str, str], date], tuple[SaisieLue, Dossier | None]]
    onglet_de: Callable[[str, Champ | None], str]


class Formulaire:
    """A form being filled: takes raw texts, gives checked fields and positions, checked again after each change.

    It is an inscription with `service`, unless it is of another `sorte`; `voisines` may make it a duplicate, and
    `acquis_lies` are those of the version that is modified.
    """

    def __init__(
        self,
        service: Service,
        saisie: Mapping[str, str],
        maintenant: Callable[[], datetime],
        sorte: Sorte | None = None,
        voisines: tuple[CandidatureVoisine, ...] = (),
        acquis_lies: tuple[AcquisLie, ...] = (),
    ) -> None:
        self.service = service
        self.saisie = dict(saisie) if sorte is not None else defauts(service) | dict(saisie)
        self.maintenant = maintenant
        self._sorte = d_une_inscription(service) if sorte is None else sorte
        self._voisines = voisines
        self._acquis_lies = acquis_lies
        self._refusees: tuple[tuple[Faute, str], ...] = ()
        self._lue: SaisieLue | None = None
        self._dossier: Dossier | None = None

    @property
    def onglets(self) -> tuple[Onglet, ...]:
        return self._sorte.onglets

    @property
    def lue(self) -> SaisieLue:
        if self._lue is None:
            self._lue, self._dossier = self._sorte.lire(self.saisie, jour_de_paris(self.maintenant()))
            self._lue.fautes += [faute for faute, texte in self._refusees if self.saisie.get(faute.champ) == texte]
            self._dire_les_doublons(self._lue)
            self._lue.avertissements += acquis_d_une_autre_specialite(self._acquis_lies, self._lue)
        return self._lue

    def _dire_les_doublons(self, lue: SaisieLue) -> None:
        """Tell a duplicate where the spécialité is chosen, not only when it is saved."""
        if (specialite := lue.valeur(_SPECIALITE)) and self._voisines:
            reglages = self.reglages
            dits = lue.fautes if reglages.doublon_candidature == "refuser" else lue.avertissements
            dits += doublons(specialite, self._voisines, reglages)

    def refuser(self, fautes: tuple[Faute, ...]) -> None:
        """Keep faults found by an acte until the text of their field changes."""
        self._refusees = tuple((faute, self.saisie.get(faute.champ, "")) for faute in fautes)
        self._lue = None

    @property
    def categorie(self) -> str:
        """The candidate's category, on which some lists depend; empty if not chosen yet."""
        return self.lue.valeur(_CATEGORIE)

    @property
    def dossier(self) -> Dossier | None:
        """The dossier with acquis and positions, once spécialité, category and form are known."""
        _ = self.lue
        return self._dossier

    @property
    def reglages(self) -> ReglagesDuService:
        """The settings for this form; the contact may depend on the sector of its spécialité (F477)."""
        service, presentation = self.service, self.lue.presentation
        secteur = "" if presentation is None else presentation.diplome.secteur
        return service.referentiel.reglages(service.examen.code, service.session, service.academie, secteur)

    @property
    def contact(self) -> tuple[str, ...]:
        """Whom to call, one line each."""
        contact = self.reglages.contact
        if contact is None:
            return ("Adressez-vous au guichet.",)
        return en_lignes(contact)

    def ecrire(self, champ: str, texte: str) -> None:
        """Keep the raw text of a field, as typed."""
        if self.saisie.get(champ, "") != texte:
            if champ == _SPECIALITE:
                self._acquis_lies = suivre_les_acquis_lies(self._acquis_lies, self.lue)
            self.saisie[champ] = texte
            self._lue = None

    def exige(self, champ: Champ) -> bool:
        """Whether a field is required, given the other answers."""
        faits = Faits(self.lue.valeur, self.service.examen, jour_de_paris(self.maintenant()))
        return champ.obligatoire is not None and tiennent(champ.obligatoire, faits)

    def fautes_de(self, onglet: str) -> tuple[Faute, ...]:
        return tuple(faute for faute in self.lue.fautes if self.onglet_de(faute.champ) == onglet)

    def faute(self, champ: str) -> Faute | None:
        return next((faute for faute in self.lue.fautes if faute.champ == champ), None)

    def onglet_de(self, champ: str) -> str:
        """The tab that holds a field."""
        return self._sorte.onglet_de(champ, self.lue.champs.get(champ))

    def reecrit(self, champ: Champ) -> str:
        """A value as the field shows it on leaving: « 6/5/2005 » becomes « 06/05/2005 »."""
        source = self.lue.champs.get(champ.confirme, champ)
        lue = self.lue.valeurs.get(source.id)
        if source.nature is Nature.DATE_NAISSANCE and lue is not None and self.faute(champ.id) is None:
            return lue.affichage
        return self.saisie.get(champ.id, "")

    def deduits(self, champ: Champ) -> dict[str, str]:
        """The texts of other fields that a field leaves no choice about: the only town of a postal code."""
        if champ.id != _CODE_POSTAL:
            return {}
        localites = self.service.referentiel.lieux.localites(self.lue.valeur(_CODE_POSTAL))
        return {_LOCALITE: localites[0]} if len(localites) == 1 else {}

    def relire(self, champ: Champ) -> str:
        """How a value reads, if that helps: « vendredi 6 mai 2005, 18 ans » (ecrans.md §3)."""
        if champ.nature is not Nature.DATE_NAISSANCE or not (valeur := self.lue.valeur(champ.id)):
            return ""
        naissance = date.fromisoformat(valeur)
        return f"{jour_en_lettres(naissance)}, {age(naissance, jour_de_paris(self.maintenant()))} ans"

    def attente(self, champ: Champ) -> str:
        """What must be filled before a field can propose values; empty if nothing must."""
        if champ.nature is Nature.LOCALITE and not self.lue.valeur(_CODE_POSTAL):
            return "tapez d'abord le code postal"
        if champ.nature is Nature.COMMUNE and not self.lue.valeur(_DEPARTEMENT):
            return "choisissez d'abord le département"
        if depend_de_la_categorie(champ) and not self.categorie:
            return "choisissez d'abord la catégorie"
        return ""

    def doute(self, champ: Champ) -> str:
        """Why an accepted value should be checked; empty if there is no doubt (decision 14).

        A condition does not hold, a postal code is no commune's, or a locality does not have its postal code. The
        spécialité also has the doubt of what was declared for another one.
        """
        for faute in self.lue.avertissements:
            d_ici = faute.champ == champ.id or (champ.id == _SPECIALITE and faute.code == D_UNE_AUTRE_SPECIALITE)
            if d_ici and faute.code.startswith(("exigence.", "lieu.", "doute.", "candidature.doublon")):
                return f"{faute.message} {faute.remede}"
        if champ.nature is not Nature.LOCALITE or not (localite := self.lue.valeur(champ.id)):
            return ""
        connues = self.service.referentiel.lieux.localites(self.lue.valeur(_CODE_POSTAL))
        if not connues or cle_de_localite(localite) in map(cle_de_localite, connues):
            return ""
        return "Elle n'est pas dans la liste de ce code postal. Vérifiez les deux."

    def libelle(self, champ: str) -> str:
        """The label of a field; its id if it is no longer asked."""
        connu = self.lue.champs.get(champ)
        return champ if connu is None else connu.libelle

    # Lists and searches

    def libelles(self, champ: Champ) -> Sequence[str]:
        return [choix.libelle for choix in self._choix(champ)]

    def chercher(self, champ: Champ, debut: str) -> tuple[int, Sequence[Proposition]]:
        if champ.nature is Nature.COMMUNE:
            combien = PROPOSITIONS if debut.strip() else sys.maxsize
            resultats = self.service.referentiel.lieux.chercher_communes(self.lue.valeur(_DEPARTEMENT), debut, combien)
            communes = [Proposition(commune.nom, commune.nom_officiel) for commune in resultats.propositions]
            return resultats.total, communes
        if champ.nature is Nature.LOCALITE:
            localites = self.service.referentiel.lieux.localites(self.lue.valeur(_CODE_POSTAL))
            return _filtrer([Choix(localite, localite) for localite in localites], *debuts_de_lieu(debut))
        return _filtrer(self._choix(champ), plier(debut))

    def _choix(self, champ: Champ) -> Sequence[Choix]:
        categorie = self.lue.valeur(_CATEGORIE) if depend_de_la_categorie(champ) else ""
        if champ.nature is not Nature.CHOIX or (depend_de_la_categorie(champ) and not categorie):
            return ()
        return self.service.listes.choix(champ.liste, categorie)


def d_une_inscription(service: Service) -> Sorte:
    """The tabs of the service; there is a dossier once the texts suffice."""

    def lire(saisie: Mapping[str, str], jour: date) -> tuple[SaisieLue, Dossier | None]:
        lue = lire_la_saisie(saisie, service, jour)
        return lue, etablir(lue, service, jour)

    def onglet_de(champ: str, connu: Champ | None) -> str:
        return champ.partition(".")[0] if connu is None else connu.onglet

    return Sorte(service.onglets, lire, onglet_de)


def defauts(service: Service) -> dict[str, str]:
    """Default values, shown in their fields from the start, so that none is saved without being seen."""
    return {
        champ.id: trouve.libelle
        for champ in service.champs(None).values()
        if champ.defaut
        and not depend_de_la_categorie(champ)
        and (trouve := service.listes.trouver(champ.liste, champ.defaut)) is not None
    }


def _filtrer(choix: Sequence[Choix], *debuts: str) -> tuple[int, Sequence[Proposition]]:
    """The values that match a folded text, open ones first, then the best matches first."""
    rangs = [(bool(c.ferme), rang, c) for c in choix if (rang := _pertinence(c, debuts)) is not None]
    rangs.sort(key=itemgetter(0, 1))
    montrees = rangs[:PROPOSITIONS] if any(debuts) else rangs
    return len(rangs), [Proposition(c.libelle, _detail(c)) for _, _, c in montrees]


def _pertinence(choix: Choix, debuts: tuple[str, ...]) -> int | None:
    """How well a value matches by its label, or else by its code or another name, such as a former one."""
    rang = pertinence(_plie(choix.libelle), *debuts)
    autres = (choix.id, *choix.alias, *choix.partages)
    return 3 if rang is None and any(pertinence(_plie(nom), *debuts) is not None for nom in autres) else rang


@lru_cache(maxsize=8192)  # each key that is typed looks at every name of a list
def _plie(nom: str) -> str:
    return plier(nom)


def _detail(choix: Choix) -> str:
    """Why it cannot be taken; else the code if it is useful, as for a spécialité."""
    if choix.ferme:
        return "fermée"
    return choix.id if choix.id.isdigit() and len(choix.id) == 5 and choix.document else ""

"""Checks a whole form: reads every field, decides which are asked, then compares them (F149-F151)."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from cyclades_tui.champs.catalogue import Presentation
from cyclades_tui.champs.compte import DIFFERE
from cyclades_tui.champs.formats import Refus, lire, lire_code_postal_france
from cyclades_tui.champs.identite import EMAIL, FRANCE
from cyclades_tui.champs.listes import FORMES, depend_de_la_categorie
from cyclades_tui.champs.specification import Champ, Nature, Valeur
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.texte import nfc, plier
from cyclades_tui.referentiel.schema import Categorie
from cyclades_tui.regles.conditions import Faits, tiennent
from cyclades_tui.regles.doutes import doute_sur_l_email, doutes
from cyclades_tui.regles.exigences import exigences_non_remplies, residence_ailleurs
from cyclades_tui.regles.service import Service

_CATEGORIE = "candidature.categorie"
_CODE_POSTAL, _PAYS = "identification.adresse.code_postal", "identification.adresse.pays"
_DEPENDANTS = {Nature.TELEPHONE, Nature.COMMUNE, Nature.LOCALITE, Nature.CODE_POSTAL, Nature.CONFIRMATION}
# Départements of Algeria until 1962: a birth there is one of that country today (INSEE, code 99352).
_EN_ALGERIE = frozenset(
    ("ALGER", "ORAN", "CONSTANTINE", "BONE", "TIZI OUZOU", "MOSTAGANEM", "TLEMCEN", "SETIF", "BATNA")
)


@dataclass
class SaisieLue:
    """The result of reading a form: the fields asked, their values, and what is wrong (`fautes`) or doubtful."""

    champs: dict[str, Champ]
    valeurs: dict[str, Valeur]
    fautes: list[Faute] = field(default_factory=list)
    avertissements: list[Faute] = field(default_factory=list)
    presentation: Presentation | None = None

    def valeur(self, champ: str) -> str:
        """The canonical value of a field; empty if it has none."""
        lue = self.valeurs.get(champ)
        return "" if lue is None else lue.valeur

    def affichage(self, champ: str) -> str:
        lue = self.valeurs.get(champ)
        return "" if lue is None else lue.affichage


def lire_la_saisie(saisie: Mapping[str, str], service: Service, jour: date) -> SaisieLue:
    """Read and check every field of a form against the service; `jour` is today in Paris.

    Bad input raises nothing: it is reported in `fautes`.
    """
    return _Controleur(saisie, service, jour).lire_la_saisie()


def lire_le_compte(saisie: Mapping[str, str], service: Service, jour: date) -> SaisieLue:
    """Read and check every field of an account's form, confirmations too; `service` is `Service.du_compte`.

    Bad input raises nothing: it is reported in `fautes`. The values include the password: never show them.
    """
    return _Controleur(saisie, service, jour).lire_le_compte()


class _Controleur:
    def __init__(self, saisie: Mapping[str, str], service: Service, jour: date) -> None:
        self._saisie = {champ: brut for champ, brut in saisie.items() if brut.strip()}
        self._service = service
        self._jour = jour
        self._lue = SaisieLue({}, {})
        self._illisibles: dict[str, Faute] = {}

    def lire_la_saisie(self) -> SaisieLue:
        fixes = self._service.champs(None)
        self._lire(fixes.values())
        self._calculer_forme()
        presentation = self._presentation()
        self._lue.presentation = presentation
        if presentation is None:
            tous = fixes
            self._signaler_inconnus(tous, ignores=("acquis.", "epreuves."))
        else:
            tous = self._service.champs(presentation)
            self._lire(champ for champ in tous.values() if champ.id not in fixes)
            self._signaler_inconnus(tous)
            # Fields typed for another category or spécialité are reported and dropped.
            self._lue.avertissements += [_sans_objet(champ) for champ in self._d_un_autre_choix(tous)]
        self._retenir(tous.values())
        self._exiger()
        return self._lue

    def lire_le_compte(self) -> SaisieLue:
        tous = self._service.champs_du_compte()
        self._lire(tous.values())
        self._signaler_inconnus(tous)
        self._retenir(tous.values())
        self._lue.avertissements += doute_sur_l_email(self._lue.valeur(EMAIL))
        return self._lue

    # Reading

    def _lire(self, champs: Iterable[Champ]) -> None:
        remplis = [champ for champ in champs if champ.id in self._saisie]
        for attend in (False, True):
            for champ in remplis:
                if self._attend_un_autre(champ) is attend:
                    self._lire_un(champ)

    def _attend_un_autre(self, champ: Champ) -> bool:
        return champ.nature in _DEPENDANTS or depend_de_la_categorie(champ)

    def _lire_un(self, champ: Champ) -> None:
        if champ.nature is Nature.CALCULE:
            message = "Cette rubrique est calculée et ne se saisit pas."
            self._illisibles[champ.id] = Faute("champ.calcule", champ.id, message, "Retirez-la.")
            return
        try:
            self._lue.valeurs[champ.id] = self._valeur(champ, self._saisie[champ.id])
        except Refus as refus:
            self._illisibles[champ.id] = refus.faute(champ.id)

    def _valeur(self, champ: Champ, brut: str) -> Valeur:
        if champ.nature is Nature.CHOIX:
            return self._choix(champ, brut)
        if champ.nature is Nature.CONFIRMATION:
            return self._confirmation(champ, brut)
        code_postal = self._lue.valeur(_CODE_POSTAL) if self._en_france(_PAYS) else ""
        lue = lire(champ, brut, self._jour, code_postal=code_postal)
        if champ.nature is Nature.COMMUNE:
            return self._commune(lue.valeur)
        if champ.nature is Nature.CODE_POSTAL and self._en_france(_PAYS):
            lire_code_postal_france(lue.valeur)
        return lue

    def _confirmation(self, champ: Champ, brut: str) -> Valeur:
        """Read a confirmation and compare it with the field it repeats, unless that field itself is wrong."""
        if champ.confirme not in self._illisibles and not self._repete(champ.confirme, brut):
            message = f"Elle diffère {DIFFERE[champ.confirme]}."
            raise Refus("confirmation", message, "Corrigez celle des deux qui est fausse.")
        return Valeur(brut, "", "")

    def _repete(self, confirme: str, brut: str) -> bool:
        champ = self._service.champs_du_compte()[confirme]
        try:
            seconde = lire(champ, brut, self._jour).valeur
        except Refus:
            return False
        premiere = self._lue.valeur(confirme)
        if champ.nature is Nature.MOT_DE_PASSE:
            return seconde == premiere
        return seconde.casefold() == premiere.casefold()

    def _choix(self, champ: Champ, brut: str) -> Valeur:
        categorie = self._lue.valeur(_CATEGORIE) if depend_de_la_categorie(champ) else ""
        if depend_de_la_categorie(champ) and not categorie:
            raise Refus("choix", "La catégorie du candidat n'est pas connue.", "Choisissez d'abord la catégorie.")
        texte = nfc(brut)
        choisi = self._service.listes.trouver(champ.liste, texte[: champ.longueur + 60], categorie)
        if choisi is None:
            lire(champ, brut, self._jour)
            if parmi := self._service.listes.partageant(champ.liste, texte, categorie):
                message = f"« {texte} » ne suffit pas à choisir."
                raise Refus("choix", message, f"Prenez le nom d'aujourd'hui : {', '.join(un.libelle for un in parmi)}.")
            raise Refus("choix", f"« {texte} » n'est pas dans la liste.", self._proposer(champ, texte, categorie))
        if choisi.ferme:
            message = f"« {choisi.libelle} » est fermée à l'inscription : {choisi.ferme}."
            raise Refus("choix.ferme", message, "Choisissez-en une autre.")
        return choisi.valeur

    def _proposer(self, champ: Champ, texte: str, categorie: str) -> str:
        libelles = [c.libelle for c in self._service.listes.choix(champ.liste, categorie) if not c.ferme]
        if not libelles:
            return "Cette liste est vide pour la session et l'académie choisies : seul le service peut la remplir."
        if len(libelles) <= 6:
            return f"Choisissez : {', '.join(libelles)}."
        if champ.liste == "departements" and (remede := self._remede_hors_de_france(texte)):
            return remede
        if champ.liste == "departements" and (departements := self._departements_de_la_commune(texte)):
            return f"Cette commune est dans {' ou '.join(departements)} : choisissez le département."
        plies = {plier(libelle): libelle for libelle in libelles}
        proches = [plies[un] for un in difflib.get_close_matches(plier(texte), plies, n=3, cutoff=0.6)]
        exemple = f" Exemple : {champ.exemple}." if champ.exemple else ""
        return f"Vouliez-vous dire : {', '.join(proches)} ?" if proches else f"Choisissez une proposition.{exemple}"

    def _remede_hors_de_france(self, texte: str) -> str:
        """What to do where a country is typed as a département, or the 99 of a birth abroad; empty if it is neither."""
        mots = plier(texte).split() or [""]
        nom = " ".join(mots[1:] if mots[0].isdecimal() else mots)
        pays = self._service.listes.trouver("pays_naissance", "Algérie" if nom in _EN_ALGERIE else nom)
        if pays is not None and pays.id != FRANCE:
            return f"Choisissez le pays de naissance {pays.libelle} : il n'a pas de département."
        if mots[0] == "99" or "ETRANGER" in mots:
            return "Choisissez le pays de naissance : hors de France, il n'y a pas de département."
        return ""

    def _departements_de_la_commune(self, texte: str) -> list[str]:
        """The départements of a commune typed in their place, if few have one of that name."""
        lieux = self._service.referentiel.lieux
        for numero in plier(texte).split():  # « 13 Marseille »
            ici = self._service.listes.trouver("departements", numero) if numero[0].isdecimal() else None
            if ici is not None and lieux.commune(ici.id, texte) is not None:
                return [ici.libelle]
        codes = sorted(lieux.departements_de(texte))
        return [lieux.departement(code).libelle for code in codes] if len(codes) <= 3 else []

    def _commune(self, texte: str) -> Valeur:
        naissance = "identification.naissance."
        if not self._en_france(f"{naissance}pays"):
            pays = self._lue.affichage(f"{naissance}pays")
            return Valeur(texte, texte, f"{texte} - {pays}")
        departement = self._lue.valeur(f"{naissance}departement")
        if not departement:
            raise Refus("commune", "Le département de naissance n'est pas connu.", "Choisissez d'abord le département.")
        hors_liste = self._lue.valeur(f"{naissance}commune_hors_liste")
        if hors_liste and self._service.referentiel.lieux.commune(departement, texte) is None:
            nom = texte.upper()
            marquee = f"{nom} (hors liste)"  # seen by the agent who checks the file (decision 14)
            return Valeur(nom, marquee, f"{marquee} - {departement}")
        nom = self._commune_de_la_liste(departement, texte)
        self._lue.valeurs.pop(f"{naissance}commune_hors_liste", None)  # the list has it after all
        return Valeur(nom, nom, f"{nom} - {departement}")

    def _commune_de_la_liste(self, departement: str, texte: str) -> str:
        lieux = self._service.referentiel.lieux
        trouvee = lieux.commune(departement, texte)
        if trouvee is None:
            libelle = lieux.departement(departement).libelle
            proches = lieux.communes_proches(departement, texte)
            remede = f"Vouliez-vous dire : {', '.join(proches)} ?" if proches else "Vérifiez le département."
            raise Refus("commune", f"« {texte} » n'est pas dans la liste de {libelle}.", remede)
        return trouvee.nom

    def _en_france(self, champ: str) -> bool:
        return self._lue.valeur(champ) == FRANCE

    # Deriving

    def _calculer_forme(self) -> None:
        """Set the form of passage: a granted derogation makes a global category progressive (F203)."""
        valeurs = self._lue.valeurs
        forme = self._lue.valeur("qualification.forme")
        if forme:
            derogation = self._lue.valeur("qualification.derogation") == "oui"
            finale = "progressive" if derogation and self._categorie().derogation else forme
            valeurs["qualification.forme_finale"] = Valeur(finale, FORMES[finale], FORMES[finale])

    def _categorie(self) -> Categorie:
        return self._service.examen.categorie_de(self._lue.valeur(_CATEGORIE))

    def _presentation(self) -> Presentation | None:
        specialite = self._lue.valeur("qualification.specialite")
        if not (specialite and self._lue.valeur(_CATEGORIE)):
            return None
        service = self._service
        diplome = service.referentiel.diplome(service.examen.code, specialite, service.annee)
        return Presentation(diplome, service.annee, self._categorie().groupe)

    # What is asked

    def _retenir(self, champs: Iterable[Champ]) -> None:
        """Keep the fields that are asked; report and drop those that are filled but not asked."""
        lue = self._lue
        faits = Faits(lue.valeur, self._service.examen, self._jour)
        for champ in champs:
            if tiennent(champ.condition, faits):
                lue.champs[champ.id] = champ
            else:
                self._ecarter(champ)
        # After the unasked fields are dropped: a box further down may make a field required.
        for champ in lue.champs.values():
            if champ.id in self._illisibles:
                lue.fautes.append(self._illisibles[champ.id])
            elif champ.obligatoire is not None and not lue.valeur(champ.id) and tiennent(champ.obligatoire, faits):
                lue.fautes.append(_manque(champ))

    def _exiger(self) -> None:
        service, lue = self._service, self._lue
        faits = Faits(lue.valeur, service.examen, self._jour)
        for faute, refuse in exigences_non_remplies(service.examen, service.annee, faits):
            (lue.fautes if refuse else lue.avertissements).append(faute)
        academies = service.referentiel.academies
        academie = academies.get(service.academie)
        if academie and (
            ailleurs := residence_ailleurs(
                service.examen, academie, academies.values(), faits, service.referentiel.lieux
            )
        ):
            message = f"Ce code postal est de l'académie {ailleurs.nom}, et l'inscription se fait pour {academie.nom}."
            remede = "Inscrivez-vous dans l'académie de votre lieu de résidence."
            lue.avertissements.append(Faute("exigence.residence", _CODE_POSTAL, message, remede))
        lue.avertissements += doutes(lue.champs, lue.valeur, service.referentiel.lieux)

    def _ecarter(self, champ: Champ) -> None:
        rempli = self._lue.valeurs.pop(champ.id, None)
        if (rempli is not None and rempli.valeur) or champ.id in self._illisibles:
            self._lue.avertissements.append(_sans_objet(champ))

    def _d_un_autre_choix(self, connus: Mapping[str, Champ]) -> list[Champ]:
        """The fields typed that belong to another category, or to another spécialité of the exam."""
        ailleurs = [champ for champ in self._saisie if champ not in connus]
        if not ailleurs or self._lue.presentation is None:
            return []
        service, presentee = self._service, self._lue.presentation.diplome
        autres = (d for d in service.referentiel.diplomes_de(service.examen.code, service.annee) if d is not presentee)
        trouves: dict[str, Champ] = {}
        for diplome in (presentee, *autres):
            tous = service.champs_de_toute_categorie(diplome)
            trouves = {champ: tous[champ] for champ in ailleurs if champ in tous} | trouves
            if len(trouves) == len(ailleurs):
                break
        return list(trouves.values())

    def _signaler_inconnus(self, connus: Mapping[str, Champ], ignores: tuple[str, ...] = ()) -> None:
        autres = {champ.id for champ in self._d_un_autre_choix(connus)}
        for champ in self._saisie:
            if champ in connus or champ in autres or champ.startswith(ignores or ("\0",)):
                continue
            proches = difflib.get_close_matches(champ, connus, n=1, cutoff=0.6)
            remede = f"Vouliez-vous dire « {proches[0]} » ?" if proches else "Retirez-la."
            self._lue.fautes.append(Faute("champ.inconnu", champ[:80], "Cette rubrique n'existe pas ici.", remede))


def _sans_objet(champ: Champ) -> Faute:
    message = f"« {champ.libelle} » est sans objet d'après vos autres réponses : il n'est pas retenu."
    return Faute("champ.sans-objet", champ.id, message, "")


def _manque(champ: Champ) -> Faute:
    if champ.nature is Nature.OUI_NON:
        remede = "Répondez par Oui ou par Non : les deux réponses sont acceptées."
    elif champ.nature is Nature.CASE:
        remede = "Lisez le texte, puis cochez la case."
    else:
        remede = f"Exemple : {champ.exemple}." if champ.exemple else f"{champ.aide}."
    return Faute("champ.obligatoire", champ.id, f"« {champ.libelle} » n'est pas rempli.", remede)

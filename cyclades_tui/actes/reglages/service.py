"""The services of inscription: which settings apply where, and writing them to the local files (decision 1)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cyclades_tui.actes.reglages import dossier_de_reglages, fichier_local
from cyclades_tui.actes.socle.acte import ActeOuvert, acte, lecture
from cyclades_tui.actes.socle.noms import SansTrace
from cyclades_tui.domaine.canonique import empreinte
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute, SaisieRefusee
from cyclades_tui.domaine.temps import PARIS, SESSION_MAX, Fenetre, heure_de_paris, libelle_de_session
from cyclades_tui.domaine.texte import plier
from cyclades_tui.poste import Poste
from cyclades_tui.referentiel.bloc_de_reglages import Selection
from cyclades_tui.referentiel.chargement import Referentiel
from cyclades_tui.referentiel.fenetres import FENETRE_DE, PREFIXES
from cyclades_tui.referentiel.reglages import Origine, ValeurReglee
from cyclades_tui.referentiel.schema import Academie
from cyclades_tui.store.requetes import reglages_pris

PARTOUT = "-"  # in place of a code: a value for all


@dataclass(frozen=True, slots=True)
class Recouvrement:
    """A key that was defined, and the block that overrides it in part of the selection."""

    cle: str
    selection: Selection
    origine: Origine


@dataclass(frozen=True, slots=True)
class Definition:
    """What was written, and what overrides it somewhere."""

    valeurs: Mapping[str, object]
    recouvrements: tuple[Recouvrement, ...]


def trouver_academie(referentiel: Referentiel, texte: str) -> Academie:
    """An académie by code, name or official label, accents ignored. Raises SaisieRefusee."""
    cherche = plier(texte)
    for academie in referentiel.academies_par_nom:
        if cherche in (academie.code, plier(academie.nom), plier(academie.libelle)):
            return academie
    noms = ", ".join(academie.nom for academie in referentiel.academies_par_nom)
    message = f"« {texte[:80]} » n'est pas une académie."
    raise SaisieRefusee(Faute("academie.inconnue", "academie", message, f"Choisissez : {noms}."))


def verifier_session(session: str) -> str:
    """A session's label in its normal form, if its year can be read (F046). Raises SaisieRefusee."""
    try:
        return libelle_de_session(session)
    except ValueError:
        message = f"« {session[:SESSION_MAX]} » n'est pas une session."
        raise SaisieRefusee(Faute("session.forme", "session", message, "Exemples : 2024, JUIN 2022.")) from None


def trouver_selection(
    referentiel: Referentiel, examen: str, session: str, academie: str, secteur: str = ""
) -> Selection:
    """The selection for typed codes; `PARTOUT` or an empty text means everywhere. Raises SaisieRefusee."""
    secteurs = {diplome.secteur for diplome in referentiel.diplomes if diplome.secteur}
    return Selection(
        examen=_trouver_code("examen", examen, {code.lower(): code for code in referentiel.examens}),
        session="" if session in ("", PARTOUT) else verifier_session(session),
        academie="" if academie in ("", PARTOUT) else trouver_academie(referentiel, academie).code,
        secteur=_trouver_code("secteur", secteur, {nom.lower(): nom for nom in secteurs}),
    )


def _trouver_code(champ: str, texte: str, connus: Mapping[str, str]) -> str:
    cherche = texte.strip().lower()
    if cherche in ("", PARTOUT):
        return ""
    if cherche not in connus:
        message = f"« {texte[:80]} » n'est pas un {champ}."
        remede = f"Choisissez : {', '.join(sorted(connus.values()))}."
        raise SaisieRefusee(Faute(f"{champ}.inconnu", champ, message, remede))
    return connus[cherche]


def voir(referentiel: Referentiel, selection: Selection) -> dict[str, ValeurReglee | None]:
    """Every key with the value that applies, None if nobody defined it; without a block's own tabs, the exam's."""
    toutes = referentiel.reglages(**selection.model_dump()).toutes()
    if toutes["onglets"] is None and selection.examen:
        examen = referentiel.examens[selection.examen]
        toutes["onglets"] = ValeurReglee(examen.onglets, Origine(f"l'examen {examen.code}", local=False))
    return toutes


def definir(
    poste: Poste, selection: Selection, valeurs: Mapping[str, object], retirees: Collection[str] = ()
) -> Definition:
    """Write values into the local settings, or remove them; they apply at once.

    Keys are the fields of `Reglage`, `textes.NAME` and `adresses.NAME`; a bound of a window that is not given is kept.
    Raises SaisieRefusee (the values break the schema; a key to remove is absent), ActeRefuse (the caller lacks the
    right or the reach; another local file has the key for this selection), ReferentielFautif (the file that commands
    write is wrong), StoreInutilisable (the folder is not writable).
    """
    with lecture(poste, Droit.REGLER, SansTrace.AVANT_L_ACTE) as acces:
        acces.exiger_l_academie(selection.academie)
    valeurs = {**_bornes_gardees(poste.referentiel, selection, valeurs), **valeurs}
    bloc = fichier_local.verifier(selection, valeurs)
    cles = {FENETRE_DE.get(cle, cle) for cle in (*valeurs, *retirees)}
    _refuser_un_autre_fichier(poste, selection, cles)
    chemin = poste.parametrage / fichier_local.FICHIER
    lu = fichier_local.lire(chemin)
    texte = fichier_local.remplacer(chemin, lu, selection, valeurs, retirees, poste.maintenant())
    _refuser_ce_qui_n_y_est_pas(poste.referentiel, selection, retirees)
    with acte(poste, Droit.REGLER, "service.definir") as a:
        a.exiger_l_academie(selection.academie)
        trace = bloc.model_dump(mode="json", exclude_unset=True) | {"retirees": sorted(retirees)}
        a.consigner("service", trace)
        relu = fichier_local.lire(chemin)
        if relu != lu:  # another desk wrote while this one waited: keep its values
            texte = fichier_local.remplacer(chemin, relu, selection, valeurs, retirees, a.instant)
        du_store = dossier_de_reglages.sont_ceux_du_store(poste, a.unite)
        if du_store:
            _refuser_le_fichier_change(a, chemin, relu)
        fichier_local.ecrire(poste.parametrage, fichier_local.FICHIER, texte, store=poste.store.chemin)
        if du_store:
            reglages_pris.prendre(a.unite, {fichier_local.FICHIER: empreinte(texte)}, a.instant, tous=False)
    recouvrements = _recouvrements(poste.referentiel, selection, sorted(cles))
    return Definition(bloc.valeurs(), tuple(recouvrements))


def definir_fenetre(
    poste: Poste, *, examen: str, session: str, academie: str, ouverture: datetime, fermeture: datetime
) -> Fenetre:
    """Write a window of inscription, in Paris wall-clock times. Raises as `definir` and `trouver_selection` do."""
    selection = trouver_selection(poste.referentiel, examen, session, academie)
    definir(poste, selection, {"ouverture": ouverture, "fermeture": fermeture})
    return Fenetre(heure_de_paris(ouverture), heure_de_paris(fermeture))


def _bornes_gardees(
    referentiel: Referentiel, selection: Selection, valeurs: Mapping[str, object]
) -> dict[str, datetime]:
    """For each window changed in part, the other bound now in force, as a Paris wall-clock time."""
    gardees: dict[str, datetime] = {}
    reglages = referentiel.reglages(**selection.model_dump())
    for nom, fenetre in (("fenetre", reglages.fenetre), ("depot", reglages.depot)):
        donnees = {cle for cle in valeurs if FENETRE_DE.get(cle) == nom}
        if not donnees or fenetre is None:
            continue
        prefixe = PREFIXES[nom]
        ouverture = f"{prefixe}ouverture"
        if ouverture not in donnees and fenetre.ouverture is not None:
            gardees[ouverture] = fenetre.ouverture
        if donnees == {ouverture}:
            gardees[f"{prefixe}fermeture"] = fenetre.fermeture
    return {cle: instant.astimezone(PARIS).replace(tzinfo=None) for cle, instant in gardees.items()}


def _refuser_ce_qui_n_y_est_pas(referentiel: Referentiel, selection: Selection, retirees: Collection[str]) -> None:
    ecrites = {
        cle
        for bloc, origine in referentiel.blocs
        if origine == Origine(fichier_local.FICHIER, local=True) and bloc.selection == selection
        for cle in bloc.valeurs()
    }
    if absentes := sorted(set(retirees) - ecrites):
        message = f"« {absentes[0][:60]} » n'est pas défini ici par une commande."
        remede = f"Peuvent être retirées : {', '.join(sorted(ecrites)) or 'aucune clé'}."
        raise SaisieRefusee(Faute("reglage.absent", "", message, remede))


def _refuser_le_fichier_change(a: ActeOuvert, chemin: Path, octets: bytes) -> None:
    """Refuse to write over what somebody changed by hand: it would pass for what this acte decided."""
    connu = reglages_pris.lire(a.unite).get(fichier_local.FICHIER)
    if octets and connu is not None and connu != empreinte(octets):
        message = f"« {chemin} » n'est plus comme un acte l'a laissé : rien n'y a été écrit."
        remede = "S'il a été changé exprès, dites-le par « cyclades service accepter », puis recommencez."
        raise ActeRefuse(Faute("reglage.change", "", message, remede))


def _refuser_un_autre_fichier(poste: Poste, selection: Selection, cles: Collection[str]) -> None:
    """Refuse a key that another local file has: of two, the reader would take the later file's."""
    for bloc, origine in poste.referentiel.blocs:
        if origine.local and origine.fichier != fichier_local.FICHIER and bloc.selection == selection:
            for cle in sorted(cles & bloc.valeurs().keys()):
                message = f"« {cle} » est déjà écrit ici dans {poste.parametrage / origine.fichier}."
                remede = "Changez-le dans ce fichier, ou retirez-l'en et recommencez."
                raise ActeRefuse(Faute("reglage.ailleurs", cle, message, remede))


def _recouvrements(referentiel: Referentiel, selection: Selection, cles: Collection[str]) -> Iterator[Recouvrement]:
    for bloc, origine in referentiel.blocs:
        if bloc.precision > selection.precision and bloc.rencontre(selection):
            for cle in cles:
                if cle in bloc.valeurs():
                    yield Recouvrement(cle, bloc.selection, origine)

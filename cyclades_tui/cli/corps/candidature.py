"""`cyclades candidature`: list, show, change, compare and withdraw saved candidatures."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from cyclades_tui.actes.candidature import candidatures, recevabilite
from cyclades_tui.actes.candidature.candidatures import Fiche
from cyclades_tui.actes.candidature.inscription import Modification, enregistrer
from cyclades_tui.actes.documents import documents
from cyclades_tui.actes.reglages.service import trouver_selection
from cyclades_tui.cli.corps.connexion import poste_de
from cyclades_tui.cli.corps.sortie_json import ecrire_json
from cyclades_tui.domaine.document import FORMATION
from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee
from cyclades_tui.domaine.temps import a_la_minute
from cyclades_tui.domaine.texte import accorder
from cyclades_tui.poste import ReglagesDuPoste
from cyclades_tui.regles.etats import EtatCandidature
from cyclades_tui.regles.recapitulatif import Difference, differences


def lister(reglages: ReglagesDuPoste, filtre: Mapping[str, str], *, en_json: bool) -> None:
    """Print a line for each candidature. Raises SaisieRefusee for an unknown filter value, StoreInutilisable."""
    with poste_de(reglages) as poste:
        voulue = trouver_selection(poste.referentiel, filtre["examen"], filtre["session"], filtre["academie"])
        colonnes = {**voulue.model_dump(include={"examen", "session", "academie"}), "etat": _etat(filtre["etat"])}
        academies = poste.referentiel.academies
        combien = 0
        for ligne in candidatures.lister(poste, {cle: valeur for cle, valeur in colonnes.items() if valeur}):
            combien += 1
            if en_json:
                ecrire_json({**asdict(ligne), "etat": ligne.etat.value}, en_ligne=True)
                continue
            nom = academies[ligne.academie].nom if ligne.academie in academies else ligne.academie
            numero = f"{ligne.numero_candidat} {FORMATION}" if ligne.formation else ligne.numero_candidat
            print(
                f"{numero} {ligne.numero_inscription:03d}  {ligne.etat.value:<31} v{ligne.version:<3} "
                f"{ligne.examen} {ligne.session} {nom}, {ligne.specialite}  {ligne.nom} {ligne.prenoms}"
            )
    if not combien and not en_json:
        print("Aucune candidature pour ce choix.")


def voir(reglages: ReglagesDuPoste, candidat: str, inscription: int, version: int | None, *, en_json: bool) -> None:
    """Print a version, by default the last, with state and history. Raises SaisieRefusee."""
    with poste_de(reglages) as poste:
        fiche = candidatures.fiche(poste, candidat, inscription)
        if version is not None and version != fiche.version:
            contenu = candidatures.contenu_de_la_version(poste, candidat, inscription, version)
            fiche = replace(fiche, contenu=contenu)
    if en_json:
        ecrire_json(_en_dict(fiche))
        return
    print(f"{fiche.etat_dit}, version {fiche.version}")
    for sauvee in fiche.versions:
        print(f"  version {sauvee.numero} du {a_la_minute(sauvee.instant)}, par {sauvee.acteur}")
    for avertissement in fiche.contenu.avertissements or ():
        print(f"! À vérifier : {avertissement.message}")
    sys.stdout.write("\n" + documents.texte_de(fiche.contenu) + "\n")


def modifier(
    reglages: ReglagesDuPoste,
    candidat: str,
    inscription: int,
    textes: Iterable[str],
    version: int | None,
    *,
    simuler: bool,
    en_json: bool,
) -> None:
    """Save the next version: the last one (`version`, if given, must be its number) with other answers.

    Raises SaisieRefusee, ActeRefuse, VersionDepassee, StoreInutilisable, as saving does.
    """
    changements = _changements(textes)
    with poste_de(reglages) as poste:
        demande = candidatures.preparer_la_modification(poste, candidat, inscription)
        saisie = {**demande.saisie, **changements}
        base = Modification(inscription, version) if version is not None else demande.modification
        demande = replace(demande, saisie=saisie, modification=base)
        derniere = candidatures.fiche(poste, candidat, inscription).contenu
        sauvee = enregistrer(poste, demande, simuler=simuler)
        changes = differences(derniere, sauvee.contenu)
        if not simuler:
            documents.ouvrir(poste, sauvee.document)
    if en_json:
        ecrire_json({"version": sauvee.version, "simulee": simuler, "differences": [asdict(d) for d in changes]})
        return
    print("Simulation : rien n'est enregistré." if simuler else f"√ Version {sauvee.version} enregistrée.")
    for avertissement in sauvee.avertissements:
        print(f"! {avertissement}", file=sys.stderr)
    _dire(changes)


def comparer(
    reglages: ReglagesDuPoste, candidat: str, inscription: int, avant: int | None, apres: int | None, *, en_json: bool
) -> None:
    """Print what changed between two versions, the last two by default. Raises SaisieRefusee."""
    with poste_de(reglages) as poste:
        derniere = candidatures.fiche(poste, candidat, inscription).version
        fin = derniere if apres is None else apres
        debut = max(fin - 1, 1) if avant is None else avant
        trouvees = candidatures.ce_qui_a_change(poste, candidat, inscription, debut, fin)
    if en_json:
        ecrire_json({"avant": debut, "apres": fin, "differences": [asdict(difference) for difference in trouvees]})
        return
    if derniere == 1 and avant is None and apres is None:
        print("Cette candidature n'a qu'une version : il n'y a rien à comparer.")
        return
    combien = len(trouvees)
    print(f"De la version {debut} à la version {fin} : {combien or 'aucun'} {accorder(combien, 'changement')}.")
    _dire(trouvees)


def desinscrire(reglages: ReglagesDuPoste, candidat: str, inscription: int, *, confirmer: bool, en_json: bool) -> None:
    """Withdraw a candidature for good, after confirmation. Raises SaisieRefusee, ActeRefuse, StoreInutilisable."""
    if not confirmer:
        message = "Une désinscription est définitive : il faudra une nouvelle inscription."
        raise SaisieRefusee(Faute("desinscription.confirmer", "", message, "Ajoutez --confirmer pour la faire."))
    with poste_de(reglages) as poste:
        etat = candidatures.desinscrire(poste, candidat, inscription)
    _dire_l_etat(candidat, inscription, etat, en_json=en_json)


def ecarter(reglages: ReglagesDuPoste, candidat: str, inscription: int, motif: str, *, en_json: bool) -> None:
    """Set a candidature aside for good. Raises SaisieRefusee, ActeRefuse, StoreInutilisable."""
    with poste_de(reglages) as poste:
        etat = recevabilite.ecarter(poste, candidat, inscription, motif)
    _dire_l_etat(candidat, inscription, etat, en_json=en_json)


def _dire_l_etat(candidat: str, inscription: int, etat: EtatCandidature, *, en_json: bool) -> None:
    if en_json:
        ecrire_json({"numero_candidat": candidat, "numero_inscription": inscription, "etat": etat.value})
    else:
        print(f"√ Candidature {candidat} {inscription:03d} : {etat.value}.")


def _etat(texte: str) -> str:
    """The state with this name, accents and case ignored. Raises SaisieRefusee."""
    from cyclades_tui.domaine.texte import plier

    par_nom = {plier(etat.value): etat.value for etat in EtatCandidature}
    if texte and plier(texte) not in par_nom:
        choix = ", ".join(par_nom.values())
        raise SaisieRefusee(
            Faute("etat.inconnu", "etat", f"« {texte[:40]} » n'est pas un état.", f"Choisissez : {choix}.")
        )
    return par_nom[plier(texte)] if texte else ""


def _changements(textes: Iterable[str]) -> dict[str, str]:
    changements, fautes = {}, []
    for texte in textes:
        champ, egal, valeur = texte.partition("=")
        if egal and champ.strip():
            changements[champ.strip()] = valeur
        else:
            message = f"« {texte[:60]} » n'est pas CHAMP=VALEUR."
            remede = 'Exemple : identification.adresse.voie="12 rue du Port".'
            fautes.append(Faute("changement.forme", "", message, remede))
    if fautes or not changements:
        rien = Faute("changement.aucun", "", "Il n'y a rien à changer.", "Donnez CHAMP=VALEUR.")
        raise SaisieRefusee(fautes or rien)
    return changements


def _dire(differences: Iterable[Difference]) -> None:
    for d in differences:
        print(f"  {d.libelle} : « {d.avant} » est devenu « {d.apres} »")


def _en_dict(fiche: Fiche) -> dict[str, Any]:
    refus = {
        nom: None if faute is None else faute.en_dict()
        for nom, faute in (("modifier", fiche.refus_de_modifier), ("desinscrire", fiche.refus_de_desinscrire))
    }
    return {
        "numero_candidat": fiche.numero_candidat,
        "numero_inscription": f"{fiche.numero_inscription:03d}",
        "etat": fiche.etat.value,
        "version": fiche.version,
        "versions": [{"version": v.numero, "instant": v.instant, "acteur": v.acteur} for v in fiche.versions],
        "refus": refus,
        "contenu": fiche.contenu.en_dict(),
    }

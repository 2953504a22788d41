"""`cyclades service`: list windows and their state, show and define settings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic_core import to_jsonable_python

from cyclades_tui.actes.candidature import consultation
from cyclades_tui.actes.reglages import service as actes
from cyclades_tui.actes.reglages.lecture import en_mots, lire_valeur
from cyclades_tui.cli.corps.connexion import poste_de
from cyclades_tui.cli.corps.referentiel import dire_les_ecartes
from cyclades_tui.cli.corps.sortie_json import ecrire_json
from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee
from cyclades_tui.poste import ReglagesDuPoste
from cyclades_tui.referentiel.bloc_de_reglages import Selection
from cyclades_tui.referentiel.chargement import Referentiel
from cyclades_tui.referentiel.fenetres import PREFIXES
from cyclades_tui.referentiel.reglages import Origine, ValeurReglee

_LARGEUR_VALEUR = 72


def lister(reglages: ReglagesDuPoste, examen: str, session: str, academie: str, *, en_json: bool) -> None:
    """Print the services with a window that the filters select. Raises SaisieRefusee, StoreInutilisable."""
    with poste_de(reglages) as poste:
        referentiel = poste.referentiel
        voulue = actes.trouver_selection(referentiel, examen, session, academie)
        retenus = [
            (service, referentiel.reglages(service.examen, service.session, service.academie))
            for service in consultation.services(poste)
            if _tient(voulue.examen, service.examen)
            and _tient(voulue.session, service.session)
            and _tient(voulue.academie, service.academie)
        ]
    dire_les_ecartes(referentiel.fautes)
    if en_json:
        ecrire_json(
            [
                {
                    "examen": service.examen,
                    "session": service.session,
                    "academie": service.academie,
                    "academie_libelle": service.academie_libelle,
                    "etat": service.etat.value,
                    **{cle: _reglee_en_json(reglages_du_service.reglees.get(cle)) for cle in PREFIXES},
                }
                for service, reglages_du_service in retenus
            ]
        )
        return
    if not retenus:
        print("Aucun service n'a de fenêtre pour ce choix. Pour en définir une : cyclades service definir.")
    _ecrire_colonnes(
        (
            service.examen,
            service.session,
            service.academie_libelle,
            service.etat.value,
            en_mots("fenetre", service.fenetre),
            "" if (depot := reglages_du_service.depot) is None else f"dépôt {en_mots('depot', depot)}",
        )
        for service, reglages_du_service in retenus
    )


def voir(reglages: ReglagesDuPoste, examen: str, session: str, academie: str, secteur: str, *, en_json: bool) -> None:
    """Print every key, the file that gives its value, and the value. Raises SaisieRefusee, StoreInutilisable."""
    with poste_de(reglages) as poste:
        referentiel = poste.referentiel
        selection = actes.trouver_selection(referentiel, examen, session, academie, secteur)
        toutes = actes.voir(referentiel, selection)
    dire_les_ecartes(referentiel.fautes)
    if en_json:
        reglees = {cle: _reglee_en_json(reglee) for cle, reglee in toutes.items()}
        ecrire_json({"selection": selection.model_dump(), "valeurs": reglees})
        return
    print(_lieu(referentiel, selection))
    _ecrire_colonnes(
        (cle, "", en_mots(cle, None)) if reglee is None else (cle, _origine(reglee.origine), _court(cle, reglee.valeur))
        for cle, reglee in toutes.items()
    )


def definir(
    reglages: ReglagesDuPoste,
    examen: str,
    session: str,
    academie: str,
    secteur: str,
    valeurs: Sequence[str],
    retirees: Sequence[str],
) -> None:
    """Write `CLE=VALEUR` texts into the local settings, or remove keys. Raises as the acte `definir` does."""
    if not valeurs and not retirees:
        remede = "Exemple : fermeture=2026-12-13T23:59, ou --retirer fenetre."
        raise SaisieRefusee(Faute("reglage.aucun", "", "Il n'y a rien à définir.", remede))
    lues = dict(lire_valeur(texte) for texte in valeurs)
    with poste_de(reglages) as poste:
        selection = actes.trouver_selection(poste.referentiel, examen, session, academie, secteur)
        definition = actes.definir(poste, selection, lues, retirees)
        referentiel = poste.referentiel
    lieu = _lieu(referentiel, selection)
    for cle, valeur in definition.valeurs.items():
        print(f"√ {lieu}, {cle} : {_court(cle, valeur)}.")
    for cle in retirees:
        print(f"√ {lieu}, {cle} : retiré du paramétrage local.")
    for recouvrement in definition.recouvrements:
        ailleurs = _lieu(referentiel, recouvrement.selection)
        print(f"i {recouvrement.cle} : {_origine(recouvrement.origine)} garde sa valeur, plus précise ({ailleurs}).")


def accepter(reglages: ReglagesDuPoste) -> None:
    """Take the local files as they are. Raises as the acte `accepter` does."""
    from cyclades_tui.actes.reglages.fichiers_pris import accepter as accepter_les_fichiers

    with poste_de(reglages) as poste:
        fichiers = accepter_les_fichiers(poste)
    for chemin, sha256 in fichiers.items():
        print(f"√ {chemin} : accepté tel qu'il est ({sha256[:12]}…).")
    if not fichiers:
        print("√ Aucun fichier de réglages local.")


def _tient(voulu: str, valeur: str) -> bool:
    return voulu in ("", valeur)


def _lieu(referentiel: Referentiel, selection: Selection) -> str:
    """`CAP 2027, ACADÉMIE DE GRENOBLE`; parts left out are worded too."""
    academie = referentiel.academies.get(selection.academie)
    parts = [
        f"{selection.examen or 'tous les examens'} {selection.session or 'toutes les sessions'}",
        selection.academie or "toutes les académies" if academie is None else academie.libelle,
    ]
    if selection.secteur:
        parts.append(f"secteur {selection.secteur}")
    return ", ".join(parts)


def _court(cle: str, valeur: object) -> str:
    """A value on one line; `--json` shows long texts in full."""
    mots = " ".join(en_mots(cle, valeur).split())
    if not cle.startswith("textes.") or len(mots) <= _LARGEUR_VALEUR:
        return mots
    return f"{mots[: _LARGEUR_VALEUR - 1]}…"


def _origine(origine: Origine) -> str:
    return f"{origine.fichier} (local)" if origine.local else origine.fichier


def _reglee_en_json(reglee: ValeurReglee | None) -> object:
    return None if reglee is None else to_jsonable_python(reglee)


def _ecrire_colonnes(rangs: Iterable[tuple[str, ...]]) -> None:
    """Print rows with aligned columns; the last column has any length."""
    lignes = list(rangs)
    largeurs = [max(len(ligne[rang]) for ligne in lignes) for rang in range(len(lignes[0]))] if lignes else []
    for ligne in lignes:
        print("  ".join(mot.ljust(largeur) for mot, largeur in zip(ligne, largeurs, strict=True)).rstrip())

"""The drafts of a screen; each function is its own unit of work (decision 4)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from cyclades_tui.actes.socle.acces import Acces
from cyclades_tui.actes.socle.acte import acte, lecture, travail
from cyclades_tui.actes.socle.noms import SansTrace
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.poste import Poste
from cyclades_tui.store.modele.tables import Candidature
from cyclades_tui.store.requetes import brouillons, personnes
from cyclades_tui.store.requetes.brouillons import BrouillonGarde, CleBrouillon
from cyclades_tui.store.requetes.lignes import chercher_la_ligne


@dataclass(frozen=True, slots=True)
class BrouillonRepris:
    """A draft to continue: the texts of fields that still exist, and the ids of those that do not.

    `tenu_par` is the screen that holds it, None if no screen does; it may be a screen of this poste whose process
    ended.
    """

    saisie: dict[str, str]
    champs_disparus: tuple[str, ...]
    garde_le: datetime
    onglet: str
    focus: str
    tenu_par: str | None


def nouvel_ecran(poste: Poste) -> str:
    """A new id for a screen: PID and start of this process, a unique part, the name of the poste."""
    import psutil

    moi = psutil.Process()
    return f"{moi.pid}:{moi.create_time():.2f}:{uuid.uuid4().hex}:{poste.acteur.poste}"


def _tourne(poste: Poste, ecran: str) -> bool:
    """Whether a screen still exists; known only for screens of this poste, from their process.

    An id without a poste comes from an earlier release, on this poste. A screen of another poste, or one with an id
    that says nothing, counts as existing.
    """
    import psutil

    pid, debut, _, le_sien = (*ecran.split(":", 3), "", "", "")[:4]
    if not (pid.isdigit() and debut) or le_sien not in ("", poste.acteur.poste):
        return True
    try:
        return abs(psutil.Process(int(pid)).create_time() - float(debut)) < 1
    except (psutil.NoSuchProcess, ValueError):
        return False


def cle_nouvelle(numero: str, examen: str, session: str, academie: str) -> CleBrouillon:
    """The key of the draft of a first version; `numero` is the N° candidat, `academie` a code."""
    return CleBrouillon(numero, f"{examen}|{session}|{academie}")


def cle_modification(numero: str, candidature_id: int, version: int) -> CleBrouillon:
    """The key of a draft that changes `version` of a candidature."""
    return CleBrouillon(numero, brouillons.base_de_modification(candidature_id, version))


def garder(
    poste: Poste,
    cle: CleBrouillon,
    saisie: Mapping[str, str],
    *,
    onglet: str,
    focus: str,
    ecran: str,
    existant: bool = False,
) -> datetime:
    """Keep all that was typed, as typed, without passwords; returns the instant.

    Raises ActeRefuse if another screen holds the draft (`brouillon.pris`), or if this screen had kept one (`existant`)
    that no longer exists (`brouillon.fini`).
    """
    contexte = {"onglet": onglet, "focus": focus, "ecran": ecran, "referentiel_sha256": poste.referentiel.sha256}
    with travail(poste, Droit.INSCRIRE, SansTrace.BROUILLON) as acces:
        _exiger(acces, cle)
        brouillons.garder(acces.unite, cle, saisie, existant=existant, instant=acces.instant, **contexte)
    return acces.instant


def reprendre(poste: Poste, cle: CleBrouillon, champs_connus: AbstractSet[str]) -> BrouillonRepris | None:
    """The draft, None if there is none; reading it leaves it to the screen that holds it."""
    with lecture(poste, Droit.INSCRIRE, "brouillon.lire") as acces:
        _exiger(acces, cle)
        brouillon = brouillons.reprendre(acces.unite, cle)
        if brouillon is None:
            acces.rien()
            return None
        acces.consigner(_sujet(acces, cle.candidat))
    saisie, disparus = brouillons.accorder(brouillon, champs_connus)
    tenu_par = brouillon.ecran if brouillon.ecran is not None and _tourne(poste, brouillon.ecran) else None
    return BrouillonRepris(saisie, disparus, brouillon.maj_le, brouillon.onglet, brouillon.focus, tenu_par)


def prendre_la_main(poste: Poste, cle: CleBrouillon, ecran: str) -> None:
    """Give the draft to this screen, even if another holds it."""
    with travail(poste, Droit.INSCRIRE, SansTrace.BROUILLON) as acces:
        _exiger(acces, cle)
        brouillons.prendre_la_main(acces.unite, cle, ecran, acces.instant)


def rendre_la_main(poste: Poste, cle: CleBrouillon, ecran: str) -> None:
    """Release the draft if this screen holds it, so that another can take it."""
    with travail(poste, Droit.INSCRIRE, SansTrace.BROUILLON) as acces:
        _exiger(acces, cle)
        brouillons.rendre_la_main(acces.unite, cle, ecran)


def abandonner(poste: Poste, cle: CleBrouillon) -> None:
    """Delete the draft, journalled; does nothing if there is none."""
    with acte(poste, Droit.INSCRIRE, "brouillon.abandonner") as a:
        _exiger(a, cle)
        if brouillons.reprendre(a.unite, cle) is None:
            a.rien()
            return
        brouillons.abandonner(a.unite, cle)
        a.consigner(_sujet(a, cle.candidat), {"base": cle.base})


def lister(poste: Poste, numero_candidat: str) -> tuple[BrouillonGarde, ...]:
    """A person's drafts, the latest first."""
    with lecture(poste, Droit.INSCRIRE, "brouillon.lire") as acces:
        if (candidat := personnes.candidat_par_numero(acces.unite, numero_candidat)) is not None:
            acces.exiger_la_personne(candidat)
        acces.consigner(_sujet(acces, numero_candidat))
        return tuple(brouillons.lister(acces.unite, numero_candidat))


def _exiger(acces: Acces, cle: CleBrouillon) -> None:
    """Raises ActeRefuse if an agent may not register there, or may not change that candidature."""
    identifiant = brouillons.candidature_modifiee(cle.base)
    candidature = None if identifiant is None else chercher_la_ligne(acces.unite, Candidature, identifiant)
    if candidature is None:
        acces.exiger_l_academie(cle.base.rpartition("|")[2])
    else:
        acces.exiger_la_candidature(candidature)


def _sujet(acces: Acces, numero_candidat: str) -> str:
    """The subject for the journal: the person, if the store already knows the number."""
    candidat = personnes.candidat_par_numero(acces.unite, numero_candidat)
    return "brouillon" if candidat is None else f"candidat:{candidat.id}"

"""The drafts of a screen, each call its own unit of work (decision 4)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from cyclades_tui.actes.socle import droits
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.poste import Poste
from cyclades_tui.store.modele.tables import Candidature
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes import brouillons, journal, personnes
from cyclades_tui.store.requetes.brouillons import BrouillonGarde, CleBrouillon


@dataclass(frozen=True, slots=True)
class BrouillonRepris:
    """A draft to go on with: the text of the fields that still exist, and the ids of those that do not.

    `tenu_par` is the screen that holds it, None when no screen does, or one whose process has ended.
    """

    saisie: dict[str, str]
    champs_disparus: tuple[str, ...]
    garde_le: datetime
    onglet: str
    focus: str
    tenu_par: str | None


def nouvel_ecran() -> str:
    """The id of a screen of this process; another process of this machine tells from it whether it still runs."""
    import psutil

    moi = psutil.Process()
    return f"{moi.pid}:{moi.create_time():.2f}:{uuid.uuid4().hex}"


def _tourne(ecran: str) -> bool:
    """Whether the process of a screen has not ended; an id that does not tell is taken for one that runs."""
    import psutil

    pid, _, reste = ecran.partition(":")
    if not (pid.isdigit() and reste):
        return True
    try:
        return abs(psutil.Process(int(pid)).create_time() - float(reste.partition(":")[0])) < 1
    except (psutil.NoSuchProcess, ValueError):
        return False


def cle_nouvelle(numero: str, examen: str, session: str, academie: str) -> CleBrouillon:
    """The draft of a first version; `numero` is the N° candidat, `academie` a code."""
    return CleBrouillon(numero, f"{examen}|{session}|{academie}")


def cle_modification(numero: str, candidature_id: int, version: int) -> CleBrouillon:
    """The draft of what follows `version` of a candidature."""
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
    """Keep all that was typed, as typed, less the passwords; returns the instant.

    Raises ActeRefuse when another screen holds the draft (`brouillon.pris`), or when the one that this screen had
    kept (`existant`) is there no more (`brouillon.fini`).
    """
    contexte = {"onglet": onglet, "focus": focus, "ecran": ecran, "referentiel_sha256": poste.referentiel.sha256}
    with poste.store.ecrire() as unite:
        _exiger(poste, unite, cle)
        instant = poste.maintenant()
        brouillons.garder(unite, cle, saisie, existant=existant, instant=instant, **contexte)
    return instant


def reprendre(poste: Poste, cle: CleBrouillon, champs_connus: AbstractSet[str]) -> BrouillonRepris | None:
    """The draft, None when there is none; reading it does not take it from the screen that holds it."""
    with poste.store.lire() as unite:
        _exiger(poste, unite, cle)
        brouillon = brouillons.reprendre(unite, cle)
    if brouillon is None:
        return None
    _consigner_la_lecture(poste, cle.candidat)
    saisie, disparus = brouillons.accorder(brouillon, champs_connus)
    tenu_par = brouillon.ecran if brouillon.ecran is not None and _tourne(brouillon.ecran) else None
    return BrouillonRepris(saisie, disparus, brouillon.maj_le, brouillon.onglet, brouillon.focus, tenu_par)


def prendre_la_main(poste: Poste, cle: CleBrouillon, ecran: str) -> None:
    """Give the draft to this screen, whoever held it."""
    with poste.store.ecrire() as unite:
        _exiger(poste, unite, cle)
        brouillons.prendre_la_main(unite, cle, ecran, poste.maintenant())


def rendre_la_main(poste: Poste, cle: CleBrouillon, ecran: str) -> None:
    """Leave the draft to whoever comes next; nothing when this screen does not hold it."""
    with poste.store.ecrire() as unite:
        _exiger(poste, unite, cle)
        brouillons.rendre_la_main(unite, cle, ecran)


def abandonner(poste: Poste, cle: CleBrouillon) -> None:
    """Give the draft up for good, journalled; nothing when there is none."""
    with poste.store.ecrire() as unite:
        _exiger(poste, unite, cle)
        instant = poste.maintenant()
        candidat = personnes.candidat_par_numero(unite, cle.candidat)
        if brouillons.reprendre(unite, cle) is None:
            return
        brouillons.abandonner(unite, cle)
        journal.consigner(
            unite,
            acteur=poste.acteur,
            acte="brouillon.abandonner",
            sujet="brouillon" if candidat is None else f"candidat:{candidat.id}",
            valeurs={"base": cle.base},
            instant=instant,
        )


def lister(poste: Poste, numero_candidat: str) -> tuple[BrouillonGarde, ...]:
    """A person's drafts, the latest first."""
    with poste.store.lire() as unite:
        portee = droits.autoriser(poste, unite, Droit.INSCRIRE)
        if (candidat := personnes.candidat_par_numero(unite, numero_candidat)) is not None:
            droits.exiger_la_personne(poste, unite, portee, candidat)
        gardes = tuple(brouillons.lister(unite, numero_candidat))
    _consigner_la_lecture(poste, numero_candidat)
    return gardes


def _exiger(poste: Poste, unite: Unite, cle: CleBrouillon) -> None:
    """Refuse the draft to an agent who may not register there, or not change that candidature. Raises ActeRefuse."""
    identifiant = brouillons.candidature_modifiee(cle.base)
    candidature = None if identifiant is None else unite.session.get(Candidature, identifiant)
    if candidature is None:
        droits.exiger(poste, unite, Droit.INSCRIRE, cle.base.rpartition("|")[2])
    else:
        portee = droits.autoriser(poste, unite, Droit.INSCRIRE)
        droits.exiger_la_candidature(poste, unite, portee, candidature)


def _consigner_la_lecture(poste: Poste, numero_candidat: str) -> None:
    with poste.store.lire() as unite:
        candidat = personnes.candidat_par_numero(unite, numero_candidat)
    sujet = "brouillon" if candidat is None else f"candidat:{candidat.id}"
    droits.consigner_la_lecture(poste, "brouillon.lire", sujet)

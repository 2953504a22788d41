"""Whether the machine's clock may be right; a wrong one withholds what changes data, and locks nothing (decision 7).

The reference is the last act that changed something, or the last time an administrateur accepted the clock: a reading
or a login under a wrong clock moves nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from cyclades_tui.actes.socle.noms import HORLOGE, SANS_CHANGEMENT, NomActe
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.temps import a_la_minute
from cyclades_tui.domaine.texte import denombrer
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes import journal

_REMEDE = (
    "Remettez la machine à l'heure, puis recommencez ; si elle est à l'heure, un administrateur l'accepte par "
    "« cyclades horloge --motif … »."
)


def depend_de_l_heure(nom: NomActe) -> bool:
    """Whether an act waits for a plausible clock: what reads, logs in, checks, backs up or sets it right does not."""
    return nom not in SANS_CHANGEMENT and nom != HORLOGE


def derniere_heure(unite: Unite) -> datetime | None:
    """The instant of the last act that changed something, or that accepted the clock; None in a new store."""
    return journal.dernier_instant(unite, SANS_CHANGEMENT)


def faute_d_horloge(unite: Unite, instant: datetime, saut: timedelta) -> Faute | None:
    """What is wrong with an instant: before the last act, or after it by more than `saut`; None if it may be right."""
    derniere = derniere_heure(unite)
    if derniere is None:
        return None
    if instant < derniere:
        ecart = "avant"
    elif instant - derniere > saut:
        ecart = f"{denombrer((instant - derniere).days, 'jour', 'jours')} après"
    else:
        return None
    return Faute(
        "horloge.recul" if instant < derniere else "horloge.saut",
        "",
        f"L'horloge de cette machine indique le {a_la_minute(instant)} (heure de Paris), {ecart} le dernier acte "
        f"enregistré, du {a_la_minute(derniere)} : rien n'a été enregistré.",
        _REMEDE,
    )

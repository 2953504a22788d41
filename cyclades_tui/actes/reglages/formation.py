"""Whether a store is for training, which every page and document of it says (decision 6)."""

from __future__ import annotations

from cyclades_tui.actes.socle.acte import lecture
from cyclades_tui.actes.socle.noms import SansDroit, SansTrace
from cyclades_tui.poste import Poste
from cyclades_tui.store.requetes import numeros


def de_formation(poste: Poste) -> bool:
    """Whether the numbers of this store are not official."""
    with lecture(poste, SansDroit.ETAT_DU_STORE, SansTrace.STORE) as acces:
        return numeros.de_formation(acces.unite)

"""What the programs that we start are given of our environment."""

from __future__ import annotations

import os

_PREFIXE_DES_REGLAGES = "CYCLADES_"  # among them the store's key and an agent's password


def environnement() -> dict[str, str]:
    """The environment for a printer, a viewer or the confined reader: ours without any setting of cyclades."""
    return {nom: valeur for nom, valeur in os.environ.items() if not nom.upper().startswith(_PREFIXE_DES_REGLAGES)}

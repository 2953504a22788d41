"""`cyclades compte activer`: activate an account without its code, because an agent saw the identity document."""

from __future__ import annotations

import sys

from cyclades_tui.actes.personnes.comptes import activer_sur_piece
from cyclades_tui.cli.corps.connexion import poste_de
from cyclades_tui.cli.corps.sortie_json import ecrire_json
from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee
from cyclades_tui.domaine.temps import a_la_minute
from cyclades_tui.poste import ReglagesDuPoste


def activer(reglages: ReglagesDuPoste, adresse: str, *, piece_vue: bool, en_json: bool) -> None:
    """Activate an account. Raises SaisieRefusee (document not seen, no account waits), StoreInutilisable."""
    if not piece_vue:
        message = "Sans le code du message, un compte ne s'active que sur présentation d'une pièce d'identité."
        remede = "Comparez la pièce au nom, aux prénoms et à la naissance du compte, puis ajoutez --piece-vue."
        raise SaisieRefusee(Faute("compte.piece", "piece-vue", message, remede))
    with poste_de(reglages) as poste:
        instant = activer_sur_piece(poste, adresse)
    if en_json:
        ecrire_json({"email": adresse, "active_le": instant}, en_ligne=True)
    else:
        sys.stdout.write(f"√ Compte activé le {a_la_minute(instant)} (heure de Paris), pièce vue : {adresse}\n")

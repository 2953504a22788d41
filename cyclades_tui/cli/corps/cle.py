"""What the commands of `cyclades cle` do."""

from __future__ import annotations

from cyclades_tui.actes.reglages import cle
from cyclades_tui.cli.corps.connexion import demander_deux_fois, poste_de
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.texte import denombrer
from cyclades_tui.poste import ReglagesDuPoste

NOUVELLE = "CYCLADES_NOUVELLE_CLE"


def definir(reglages: ReglagesDuPoste, *, premiere: bool) -> None:
    """Give the store its first key, or another one. Raises SaisieRefusee, ActeRefuse, StoreInutilisable."""
    with poste_de(reglages) as poste:
        cle.definir(poste, _nouvelle_cle, premiere=premiere)
    print("√ Clé posée." if premiere else "√ Clé changée.")
    print("  Donnez-la désormais à chaque poste : CYCLADES_CLE, ou cle dans cyclades.toml. Perdue, rien ne se relit.")
    avant = "sont en clair" if premiere else "gardent l'ancienne"
    print(f"  Les sauvegardes faites jusqu'ici {avant} : faites-en une, puis effacez-les.")


def verifier(reglages: ReglagesDuPoste) -> None:
    """Say that the key opens the store. Raises ActeRefuse, StoreInutilisable."""
    with poste_de(reglages) as poste:
        nombre = cle.verifier(poste)
    print(f"√ La clé ouvre ce store : la base et {denombrer(nombre, 'fichier')}.")


def _nouvelle_cle() -> str:
    ecart = Faute("cle.differe", "cle", "Les deux clés diffèrent.", "Recommencez : rien n'a été fait.")
    return demander_deux_fois("Nouvelle clé", "La même, une seconde fois", NOUVELLE, ecart)

"""What the creation of an account knows, without a screen: raw texts in, checked fields out, step by step."""

from __future__ import annotations

from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.temps import jour_de_paris
from cyclades_tui.poste import Poste
from cyclades_tui.referentiel.schema import Onglet
from cyclades_tui.regles.saisie import SaisieLue, lire_le_compte
from cyclades_tui.regles.service import Service
from cyclades_tui.screens.cadre.formulaire import Formulaire

RELIRE = "relire"
ETAPES = (
    Onglet(id="identite", libelle="Identité"),
    Onglet(id="naissance", libelle="Naissance"),
    Onglet(id="acces", libelle="Adresse mail et mot de passe"),
    Onglet(id=RELIRE, libelle="Relire et enregistrer"),
)
# Which step asks the fields of a section.
_ETAPE_DE_SECTION = {
    "Identité": "identite",
    "Naissance": "naissance",
    "Contacts": "acces",
    "Mot de passe": "acces",
}


class FormulaireDuCompte(Formulaire):
    """The form of an account, checked anew after each change; its fields are those of every exam."""

    def __init__(self, poste: Poste) -> None:
        service = Service.du_compte(poste.referentiel)
        super().__init__(service, {}, poste.maintenant)
        connus = service.champs_du_compte()
        self.saisie = {champ: texte for champ, texte in self.saisie.items() if champ in connus}
        self._refusees: tuple[tuple[Faute, str], ...] = ()

    @property
    def onglets(self) -> tuple[Onglet, ...]:
        return ETAPES

    @property
    def lue(self) -> SaisieLue:
        if self._lue is None:
            self._lue = lire_le_compte(self.saisie, self.service, jour_de_paris(self.maintenant()))
            self._lue.fautes += [faute for faute, texte in self._refusees if self.saisie.get(faute.champ) == texte]
        return self._lue

    def refuser(self, fautes: tuple[Faute, ...]) -> None:
        """What the store refused stays wrong until its field says something else."""
        self._refusees = tuple((faute, self.saisie.get(faute.champ, "")) for faute in fautes)
        self._lue = None

    def onglet_de(self, champ: str) -> str:
        """The step that asks a field; a fault without one is told where the form is saved."""
        connu = self.service.champs_du_compte().get(champ)
        return RELIRE if connu is None else _ETAPE_DE_SECTION[connu.section]

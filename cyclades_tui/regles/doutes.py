"""What is kept as typed and looks like a slip: asked about under its field, never refused (decision 14)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from cyclades_tui.champs.identite import EMAIL, FRANCE
from cyclades_tui.champs.messageries import domaine_ressemblant
from cyclades_tui.champs.specification import Champ, Nature
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.texte import plier
from cyclades_tui.referentiel.lieux import Lieux
from cyclades_tui.regles.exigences import departements_du_code_postal

_CODE_POSTAL, _LOCALITE = "identification.adresse.code_postal", "identification.adresse.localite"
_PAYS = "identification.adresse.pays"
_NAISSANCE = "identification.naissance.date"


def doutes(champs: Mapping[str, Champ], valeur: Callable[[str], str], lieux: Lieux) -> Iterator[Faute]:
    """Each doubt on the fields asked, whose canonical values `valeur` gives."""
    yield from doute_sur_l_email(valeur(EMAIL))
    yield from _code_postal_inconnu(valeur, lieux)
    naissance = valeur(_NAISSANCE)
    for champ in champs.values():
        lue = valeur(champ.id)
        if lue and champ.nature is Nature.TELEPHONE:
            yield from _telephone_lu_en_france(champ, lue, valeur(_PAYS))
        elif lue and champ.nature is Nature.ANNEE and naissance:
            yield from _trop_tot(champ, int(lue), date.fromisoformat(naissance).year)


def doute_sur_l_email(email: str) -> Iterator[Faute]:
    """The slip that an address looks like."""
    if ressemblant := domaine_ressemblant(email):
        domaine = email.rpartition("@")[2]
        message = f"« {domaine} » ressemble à « {ressemblant} »."
        yield Faute("doute.email", EMAIL, message, "Vérifiez-la : c'est là que le service vous écrira.")


def _code_postal_inconnu(valeur: Callable[[str], str], lieux: Lieux) -> Iterator[Faute]:
    """A French postal code that no commune has; codes of CEDEX are in no list, and only their département is known."""
    code_postal = valeur(_CODE_POSTAL)
    if not code_postal or valeur(_PAYS) != FRANCE or lieux.localites(code_postal):
        return
    cedex = "CEDEX" in plier(valeur(_LOCALITE)).split()
    connus = {departement.code for departement in lieux.departements()}
    if cedex and not connus.isdisjoint(departements_du_code_postal(code_postal)):
        return
    remede = "Vérifiez-le." if cedex else "Vérifiez-le ; avec un CEDEX, écrivez CEDEX après la localité."
    yield Faute("lieu.code-postal", _CODE_POSTAL, "Aucune commune n'a ce code postal.", remede)


def _telephone_lu_en_france(champ: Champ, numero: str, pays: str) -> Iterator[Faute]:
    """Without its + a foreign number may be a valid one of France, and somebody else's."""
    if pays not in ("", FRANCE) and not numero.startswith("+"):
        message = "Sans + devant, il est lu comme un numéro de France."
        remede = "S'il est du pays de votre adresse, tapez + et l'indicatif de ce pays, puis le numéro."
        yield Faute("doute.telephone", champ.id, message, remede)


def _trop_tot(champ: Champ, annee: int, naissance: int) -> Iterator[Faute]:
    """A title, a session or a jury of a year when its holder was a child."""
    age = annee - naissance
    if age < champ.des_l_age:
        quand = f"En {annee} vous aviez {age} ans au plus" if age > 0 else f"En {annee} vous n'étiez pas encore né(e)"
        message = f"{quand} : est-ce bien l'année de {champ.annee_de} ?"
        yield Faute("doute.annee", champ.id, message, "Sinon corrigez-la, ou la date de naissance.")

"""Acquis that are worth something for one spécialité only, when another one is then chosen (G20)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from cyclades_tui.champs.acquis import MEME, VAE, declaration
from cyclades_tui.domaine.contenu import Contenu
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.regles.exigences import EXIGENCE
from cyclades_tui.regles.saisie import SaisieLue

DECLARATIONS_LIEES = (declaration(MEME), declaration(VAE))
D_UNE_AUTRE_SPECIALITE = f"{EXIGENCE}acquis"
_SPECIALITE = "qualification.specialite"
_REMEDE = "Décochez cette déclaration à l'onglet Acquis, sauf si elle vaut aussi pour celle-ci."
# For each declaration: the fields that tell two of them apart, the year first, and the sentence.
_LIEES = {
    MEME: (
        ("acquis.meme_specialite.session", "acquis.meme_specialite.academie"),
        "La session {annee} et ses notes étaient déclarées pour « {specialite} », qui n'est plus la spécialité.",
    ),
    VAE: (
        ("acquis.vae.annee", "acquis.vae.academie"),
        "Le jury de VAE de {annee} était déclaré pour « {specialite} », qui n'est plus la spécialité.",
    ),
}


@dataclass(frozen=True, slots=True)
class AcquisLie:
    """A declaration, which one (`quoi`), the code of its spécialité, and what to say once another one is chosen.

    `specialite` is empty if it already was another one when a version was saved.
    """

    declaration: str
    quoi: tuple[str, ...]
    specialite: str
    message: str


def acquis_lies_de_la_version(contenu: Contenu) -> tuple[AcquisLie, ...]:
    """What a saved version declares, with the doubt that it was saved with."""
    doutes = {a.champ: a.message for a in contenu.avertissements or () if a.code == D_UNE_AUTRE_SPECIALITE}
    declares = _lies(contenu.valeur, contenu.specialite, contenu.affichage(_SPECIALITE))
    return tuple(
        AcquisLie(lie.declaration, lie.quoi, "", doutes[lie.declaration]) if lie.declaration in doutes else lie
        for lie in declares
    )


def suivre_les_acquis_lies(connus: Iterable[AcquisLie], lue: SaisieLue) -> tuple[AcquisLie, ...]:
    """Those known, and those declared in a form before its spécialité changes."""
    suivis = {lie.declaration: lie for lie in connus}
    if lue.presentation is not None:
        for lie in _lies(lue.valeur, lue.presentation.diplome.code, lue.affichage(_SPECIALITE)):
            if lie.declaration not in suivis or suivis[lie.declaration].quoi != lie.quoi:
                suivis[lie.declaration] = lie
    return tuple(suivis.values())


def acquis_d_une_autre_specialite(connus: Iterable[AcquisLie], lue: SaisieLue) -> Iterator[Faute]:
    """A doubt for each declaration that a form still has, unchanged, though its spécialité is another one."""
    if lue.presentation is None:
        return
    declares = {lie.declaration: lie.quoi for lie in _lies(lue.valeur, "", "")}
    for lie in connus:
        if lie.specialite != lue.presentation.diplome.code and declares.get(lie.declaration) == lie.quoi:
            yield Faute(D_UNE_AUTRE_SPECIALITE, lie.declaration, lie.message, _REMEDE)


def _lies(valeur: Callable[[str], str], specialite: str, libelle: str) -> Iterator[AcquisLie]:
    for nom, (champs, phrase) in _LIEES.items():
        quoi = tuple(map(valeur, champs))
        if valeur(declaration(nom)) == "oui" and any(quoi):
            yield AcquisLie(declaration(nom), quoi, specialite, phrase.format(annee=quoi[0], specialite=libelle))

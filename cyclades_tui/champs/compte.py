"""The form of an account: identity and address, each confirmation under the field it repeats, then the password."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from cyclades_tui.champs.catalogue import COMPTE
from cyclades_tui.champs.formats import SECRET_MAX
from cyclades_tui.champs.specification import Champ, Nature

if TYPE_CHECKING:  # widgets name fields of the account before any of the référentiel is read
    from cyclades_tui.referentiel.chargement import Referentiel

MOT_DE_PASSE = "compte.mot_de_passe"

MOTS_DE_PASSE: tuple[Champ, ...] = (
    Champ(
        MOT_DE_PASSE,
        "Mot de passe",
        Nature.MOT_DE_PASSE,
        "compte",
        "Mot de passe",
        "8 à 20 caractères dont majuscule, minuscule, spécial",
        longueur=SECRET_MAX,
        explication="Il ouvre votre compte avec l'adresse mail ; F3 le montre pendant que vous le tapez. Gardez-le "
        "toute la session : documents, convocation et relevé de notes sont derrière lui. Personne ne peut "
        "le lire, ni vous le redire.",
    ),
    Champ(
        "compte.confirmation_mot_de_passe",
        "Confirmation du mot de passe",
        Nature.CONFIRMATION,
        "compte",
        "Mot de passe",
        "Tapez une seconde fois le mot de passe",
        confirme=MOT_DE_PASSE,
        longueur=SECRET_MAX,
        explication="Tapez à nouveau le mot de passe sans le copier. Majuscules et minuscules comptent ; F3 montre les "
        "deux, pour les comparer.",
    ),
)

# The end of the sentence that begins « Elle diffère ».
DIFFERE: Mapping[str, str] = {
    "identification.nom": "du nom de famille",
    "identification.naissance.date": "de la date de naissance",
    "identification.email": "de l'adresse mail",
    MOT_DE_PASSE: "du mot de passe",
}


def champs_du_compte(referentiel: Referentiel) -> Mapping[str, Champ]:
    """The fields by id, in reading order; the settings give the label of the civility on this form (C02)."""
    champs = (*COMPTE, *MOTS_DE_PASSE)
    confirmations = {champ.confirme: champ for champ in champs if champ.confirme}
    ordre = [
        suivi
        for champ in champs
        if not champ.confirme
        for suivi in (champ, confirmations.get(champ.id))
        if suivi is not None
    ]
    civilite = referentiel.reglages("", "", "").textes.compte_civilite
    return {
        champ.id: replace(champ, libelle=civilite) if champ.id == "identification.civilite" else champ
        for champ in ordre
    }

"""Persons: a Candidat is recognised by identity, never created twice; an e-mail belongs to one person (F074, F080)."""

from __future__ import annotations

from typing import Any

from cyclades_tui.actes.socle.acte import ActeOuvert
from cyclades_tui.champs.identite import EMAIL, IDENTITE
from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee
from cyclades_tui.domaine.temps import en_iso, jour_de_paris
from cyclades_tui.domaine.texte import nfc, plier
from cyclades_tui.regles.saisie import SaisieLue
from cyclades_tui.store.modele.tables import Candidat
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes import numeros, personnes
from cyclades_tui.store.requetes.lignes import ecrire_les_lignes

_NAISSANCE = "identification.naissance"


def cle_email(email: str) -> str:
    """The form in which addresses are compared: composed and case-folded."""
    return nfc(email).casefold()


def cle_personne(lue: SaisieLue) -> str:
    """The identity of a person: folded name and first names, date and place of birth."""
    noms = [plier(lue.valeur(champ)) for champ in ("identification.nom", "identification.prenoms")]
    lieu = [lue.valeur(f"{_NAISSANCE}.{partie}") for partie in ("date", "pays", "departement")]
    return "|".join([*noms, *lieu, plier(lue.valeur(f"{_NAISSANCE}.commune"))])


def retrouver_ou_creer(a: ActeOuvert, lue: SaisieLue) -> tuple[Candidat, tuple[Faute, ...]]:
    """The Candidat of a checked form, created with a number if unknown, and warnings.

    Raises SaisieRefusee if the address is another's or the identity differs from the account's, ActeRefuse if no number
    is left.
    """
    existant, fautes = _reconnaitre(a.unite, lue)
    if fautes:
        raise SaisieRefusee(fautes)
    if existant is not None:
        return existant, ()
    numero = numeros.attribuer(a.unite, annee=jour_de_paris(a.instant).year)
    identite: dict[str, Any] = {donnee.colonne: lue.valeur(donnee.champ) for donnee in IDENTITE}
    candidat = Candidat(
        **identite,
        numero=numero.numero,
        formation=numero.formation,
        cle_nom=plier(f"{identite['nom']} {identite['prenoms']}"),
        cle_personne=cle_personne(lue),
        email_cle=cle_email(identite["email"]) or None,
        cree_le=en_iso(a.instant),
    )
    ecrire_les_lignes(a.unite, candidat)
    a.consigner(f"candidat:{candidat.id}", {"numero": numero.numero, "identite": identite}, nom="candidat.creer")
    return candidat, () if numero.avertissement is None else (numero.avertissement,)


def retrouver(unite: Unite, lue: SaisieLue) -> Candidat:
    """The Candidat of a checked form that modifies a candidature.

    Raises SaisieRefusee if nobody has this identity: name, birth date and birth place cannot change (F094).
    """
    existant, fautes = _reconnaitre(unite, lue)
    if existant is None:
        message = "Aucun candidat de ce store n'a ces nom, prénoms, date et lieu de naissance."
        remede = "Une modification garde l'identité du compte ; la corriger est l'affaire du service gestionnaire."
        fautes = [Faute("identite.inconnue", "identification.nom", message, remede), *fautes]
    if existant is None or fautes:
        raise SaisieRefusee(fautes)
    return existant


def fautes_de_la_personne(unite: Unite, lue: SaisieLue) -> list[Faute]:
    """Faults: an address that belongs to somebody else; an identity that differs from the recorded one (F077, F094)."""
    return _reconnaitre(unite, lue)[1]


def _reconnaitre(unite: Unite, lue: SaisieLue) -> tuple[Candidat | None, list[Faute]]:
    existant = personnes.candidat_par_cle(unite, cle_personne(lue))
    fautes = [] if existant is None else _identite_differente(lue, existant)
    email = lue.valeur(EMAIL)
    if email and personnes.email_pris(unite, cle_email(email), None if existant is None else existant.id):
        fautes.append(_EMAIL_PRIS)
    return existant, fautes


_EMAIL_PRIS = Faute(
    "email.pris",
    EMAIL,
    "Cette adresse mail existe déjà dans l'application Cyclades.",
    "Si c'est la vôtre, connectez-vous, ou « Mot de passe oublié » ; si un proche s'en sert pour une candidature "
    "à un examen, prenez une autre adresse.",
)


def _identite_differente(lue: SaisieLue, existant: Candidat) -> list[Faute]:
    """The fields that differ, without the recorded values: knowing a birth date must not be enough to learn them."""
    return [
        Faute(
            "identite.verrouillee",
            donnee.champ,
            "Cette donnée diffère de celle qui est enregistrée pour cette personne.",
            "Reprenez la donnée du compte ; la corriger est l'affaire du service gestionnaire.",
        )
        for donnee in IDENTITE
        if _different(donnee.champ, lue.valeur(donnee.champ), getattr(existant, donnee.colonne))
    ]


def _different(champ: str, valeur: str, enregistre: str) -> bool:
    if champ == EMAIL:
        return cle_email(valeur) != cle_email(enregistre)
    return plier(valeur) != plier(enregistre)

"""Accounts: created with the N° candidat, activated within 48 hours, opened by password (F049-F089, F105-F111)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from cyclades_tui.actes.personnes.candidats import cle_email, cle_personne, retrouver_ou_creer
from cyclades_tui.actes.socle.acces import Acces
from cyclades_tui.actes.socle.acte import ActeOuvert, acte, differer, lecture
from cyclades_tui.actes.socle.hachage import est_le_secret, hacher
from cyclades_tui.actes.socle.horloge import faute_d_horloge
from cyclades_tui.actes.socle.noms import NomActe, SansDroit, SansTrace
from cyclades_tui.champs.compte import MOT_DE_PASSE
from cyclades_tui.champs.formats import composer_mot_de_passe
from cyclades_tui.champs.identite import EMAIL
from cyclades_tui.domaine.acteur import Face
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute, SaisieRefusee, StoreInutilisable
from cyclades_tui.domaine.temps import de_iso, en_iso, limite_incluse
from cyclades_tui.domaine.texte import remplir
from cyclades_tui.poste import Poste
from cyclades_tui.regles.saisie import SaisieLue, lire_le_compte
from cyclades_tui.regles.service import Service
from cyclades_tui.store.modele.tables import Candidat, Compte, Message
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes import candidatures, courrier, journal, personnes
from cyclades_tui.store.requetes.lignes import ajouter_des_lignes, chercher_la_ligne, ecrire_les_lignes, lire_la_ligne

VALIDITE = timedelta(hours=48)  # of an account not yet activated, and of its codes, from its creation (F086)
SIGNES = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without 0 and O, 1 and I
LONGUEUR_CODE = 6
_LOT = 50  # accounts deleted in one transaction


@dataclass(frozen=True, slots=True)
class CompteCree:
    """An account that waits for its activation, until `valable_jusqu_au` (UTC, excluded).

    `renvoye`: it already existed, and only a new code was sent (G17).
    """

    candidat_id: int
    numero: str
    formation: bool
    email: str
    valable_jusqu_au: datetime
    renvoye: bool
    avertissements: tuple[Faute, ...]


@dataclass(frozen=True, slots=True)
class SessionCandidat:
    """The candidate who is logged in."""

    candidat_id: int
    numero: str
    nom: str
    prenoms: str
    naissance: date
    email: str


@dataclass(frozen=True, slots=True)
class _Code:
    """A new activation code and its digest, made before the lock is taken: Argon2 needs a tenth of a second."""

    texte: str
    empreinte: str

    @classmethod
    def tirer(cls) -> _Code:
        texte = "".join(secrets.choice(SIGNES) for _ in range(LONGUEUR_CODE))
        return cls(texte, hacher(texte))


def creer(poste: Poste, saisie: Mapping[str, str]) -> CompteCree:
    """Create a Candidat with a number and an account, which a code sent in a message will activate.

    Raises SaisieRefusee (fields, address in use, person already known), ActeRefuse (no number left, clock, the caller
    lacks the right).
    """
    effacer_les_comptes_expires(poste)
    lue = lire_le_compte(saisie, Service.du_compte(poste.referentiel), poste.aujourd_hui())
    with lecture(poste, Droit.COMPTES, SansTrace.AVANT_L_ACTE) as acces:
        _, fautes = _reconnaitre(acces.unite, lue)
    if lue.fautes or fautes:
        raise SaisieRefusee([*lue.fautes, *fautes])
    mot_de_passe = hacher(lue.valeur(MOT_DE_PASSE))
    code = _Code.tirer()
    with acte(poste, Droit.COMPTES, "compte.creer", "compte.renvoyer") as a:
        compte, fautes = _reconnaitre(a.unite, lue)
        if fautes:
            raise SaisieRefusee(fautes)
        renvoye = compte is not None
        avertissements: tuple[Faute, ...] = (_RENVOYE,)
        if compte is None:
            compte, avertissements = _inserer(a, lue, mot_de_passe)
        limite = _envoyer(a, compte, code)
        candidat = lire_la_ligne(a.unite, Candidat, compte.candidat_id)
        nom: NomActe = "compte.renvoyer" if renvoye else "compte.creer"
        a.consigner(_sujet(compte), {"candidat": candidat.id, "email": compte.email}, nom=nom)
    return CompteCree(candidat.id, candidat.numero, candidat.formation, compte.email, limite, renvoye, avertissements)


def renvoyer(poste: Poste, email: str) -> datetime:
    """Send a new code for an account not yet activated, cancelling the old one; returns the account's unchanged limit.

    Raises SaisieRefusee if no account waits at this address, ActeRefuse if the caller lacks the right.
    """
    effacer_les_comptes_expires(poste)
    with lecture(poste, Droit.COMPTES, SansTrace.AVANT_L_ACTE) as acces:
        _en_attente(acces, email)
    code = _Code.tirer()
    with acte(poste, Droit.COMPTES, "compte.renvoyer") as a:
        compte = _en_attente(a, email)
        limite = _envoyer(a, compte, code)
        a.consigner(_sujet(compte), {"email": compte.email})
    return limite


def activer(poste: Poste, email: str, code: str) -> datetime:
    """Activate an account by the code of its message; returns the instant.

    Raises SaisieRefusee, with the same words and the same time for an unknown address and for a code that is wrong,
    used, replaced or expired.
    """
    effacer_les_comptes_expires(poste)
    cle = cle_tapee(email)
    with lecture(poste, SansDroit.CODE, SansTrace.AVANT_L_ACTE) as acces:
        compte = personnes.compte_par_email(acces.unite, cle)
    attendu = None if compte is None else compte.code_empreinte
    if not est_le_secret(attendu, "".join(signe for signe in code.upper() if signe.isalnum())):
        raise SaisieRefusee(_CODE_REFUSE)
    with acte(poste, SansDroit.CODE, "compte.activer") as a:
        compte = personnes.compte_par_email(a.unite, cle)
        # The code may have been replaced, used or expired while it was checked.
        if compte is None or compte.code_empreinte != attendu or a.instant >= _limite(compte):
            raise SaisieRefusee(_CODE_REFUSE)
        _activer(a, compte, {})
    return a.instant


def activer_sur_piece(poste: Poste, email: str) -> datetime:
    """Activate an account because an agent saw the identity document (G13); returns the instant.

    Raises SaisieRefusee if no account waits at this address, ActeRefuse at a borne, where nobody sees a document, and
    if the caller lacks the right.
    """
    if poste.acteur.face is Face.BORNE:
        raise ActeRefuse(_PIECE_A_LA_BORNE)
    effacer_les_comptes_expires(poste)
    with acte(poste, Droit.COMPTES, "compte.activer_sur_piece") as a:
        compte = _en_attente(a, email)
        _activer(a, compte, {"piece": "pièce vue"})
    return a.instant


def connecter(poste: Poste, identifiant: str, mot_de_passe: str) -> SessionCandidat:
    """Log a person in by address and password.

    Raises SaisieRefusee, with the same words and the same time whatever is wrong; ActeRefuse (`connexion.a_activer`) if
    both are right but the account is not activated yet (F088).
    """
    with suppress(StoreInutilisable):  # a disk that does not write keeps nobody out
        effacer_les_comptes_expires(poste)
    with lecture(poste, SansDroit.MOT_DE_PASSE, SansTrace.AVANT_L_ACTE) as acces:
        compte = personnes.compte_par_email(acces.unite, cle_tapee(identifiant))
    attendu = None if compte is None else compte.mot_de_passe
    if not est_le_secret(attendu, composer_mot_de_passe(mot_de_passe)) or compte is None:
        raise SaisieRefusee(_CONNEXION_REFUSEE)
    if compte.active_le is None:
        raise ActeRefuse(_A_ACTIVER)
    try:
        with acte(poste, SansDroit.MOT_DE_PASSE, "compte.connecter") as a:
            actuel, candidat = _encore(a.unite, compte)
            a.consigner(_sujet(actuel), {})
    except StoreInutilisable as panne:
        with lecture(poste, SansDroit.MOT_DE_PASSE, SansTrace.AVANT_L_ACTE) as acces:
            actuel, candidat = _encore(acces.unite, compte)
        differer(poste, panne, "compte.connecter", _sujet(actuel), {})
    return SessionCandidat(
        candidat.id,
        candidat.numero,
        candidat.nom,
        candidat.prenoms,
        date.fromisoformat(candidat.naissance),
        actuel.email,
    )


def _encore(unite: Unite, verifie: Compte) -> tuple[Compte, Candidat]:
    """The compte whose password was checked, and its person. Raises SaisieRefusee if it has changed meanwhile."""
    actuel = chercher_la_ligne(unite, Compte, verifie.id)
    if actuel is None or actuel.mot_de_passe != verifie.mot_de_passe:
        raise SaisieRefusee(_CONNEXION_REFUSEE)
    return actuel, lire_la_ligne(unite, Candidat, actuel.candidat_id)


def effacer_les_comptes_expires(poste: Poste) -> int:
    """Delete the accounts not activated within 48 hours, and their data; returns how many (F086).

    The Candidat is deleted too if it has no candidature; its number is never given again. The journal keeps its rows
    without their details. Under a clock that cannot be right nothing is deleted.
    """
    effaces = 0
    while _il_y_en_a(poste):
        with acte(poste, SansDroit.DELAI, "compte.effacer") as a:
            expires = personnes.comptes_en_attente(a.unite, en_iso(a.instant - VALIDITE), _LOT)
            for compte in expires:
                _effacer(a, compte)
            if not expires:  # another desk has deleted them meanwhile
                a.rien()
            effaces += len(expires)
    return effaces


def cle_tapee(email: str) -> str:
    """The key of an address as typed; for a lone surrogate, which the store cannot take, one that matches nothing."""
    return cle_email(email.encode("utf-8", "backslashreplace").decode())


def _il_y_en_a(poste: Poste) -> bool:
    """Whether any account has expired; read without the write lock, so that a login does not wait for it."""
    with lecture(poste, SansDroit.DELAI, SansTrace.AVANT_L_ACTE) as acces:
        instant = poste.maintenant()
        expires = personnes.comptes_en_attente(acces.unite, en_iso(instant - VALIDITE), 1)
        return bool(expires) and faute_d_horloge(acces.unite, instant, poste.saut) is None


# Recognising


def _reconnaitre(unite: Unite, lue: SaisieLue) -> tuple[Compte | None, list[Faute]]:
    """The same person's account not yet activated at the same address, or why none can be created (F077-F080, G17)."""
    cle = cle_email(lue.valeur(EMAIL))
    existant = personnes.candidat_par_cle(unite, cle_personne(lue))
    compte = personnes.compte_par_email(unite, cle) if cle else None
    if compte is not None:
        est_le_sien = existant is not None and compte.candidat_id == existant.id
        return (compte, []) if est_le_sien and compte.active_le is None else (None, [_EMAIL_D_UN_COMPTE])
    if cle and personnes.email_pris(unite, cle, None):
        return None, [_EMAIL_D_UN_CANDIDAT]
    return None, [] if existant is None else [_PERSONNE_CONNUE]


def _en_attente(acces: Acces, email: str) -> Compte:
    compte = personnes.compte_par_email(acces.unite, cle_tapee(email))
    if compte is None or compte.active_le is not None:
        raise SaisieRefusee(_AUCUN_EN_ATTENTE)
    if compte.candidat_id is not None:
        candidat = lire_la_ligne(acces.unite, Candidat, compte.candidat_id)
        acces.exiger_la_personne(candidat)
    return compte


# Writing


def _inserer(a: ActeOuvert, lue: SaisieLue, mot_de_passe: str) -> tuple[Compte, tuple[Faute, ...]]:
    candidat, avertissements = retrouver_ou_creer(a, lue)
    compte = Compte(
        candidat_id=candidat.id,
        email=candidat.email,
        email_cle=cle_email(candidat.email),
        cree_le=en_iso(a.instant),
        mot_de_passe=mot_de_passe,
    )
    ecrire_les_lignes(a.unite, compte)
    return compte, avertissements


def _envoyer(a: ActeOuvert, compte: Compte, code: _Code) -> datetime:
    """Write the message of F465 and F466 with a new code and blank earlier codes; returns the limit."""
    limite = _limite(compte)
    modele = a.poste.referentiel.reglages("", "", "").textes.message_activation
    courrier.blanchir_les_codes(a.unite, compte.candidat_id)
    compte.code_empreinte = code.empreinte
    ajouter_des_lignes(
        a.unite,
        Message(
            candidat_id=lire_la_ligne(a.unite, Candidat, compte.candidat_id).id,
            objet=modele.objet,
            corps=remplir(modele.corps, {"limite": limite_incluse(limite)}),
            code=code.texte,
            cree_le=en_iso(a.instant),
        ),
    )
    return limite


def _activer(a: ActeOuvert, compte: Compte, valeurs: Mapping[str, str]) -> None:
    compte.active_le = en_iso(a.instant)
    compte.code_empreinte = None
    courrier.blanchir_les_codes(a.unite, compte.candidat_id)
    a.consigner(_sujet(compte), valeurs)


def _effacer(a: ActeOuvert, compte: Compte) -> None:
    candidat_id = compte.candidat_id
    sujets = [f"compte:{compte.id}"]
    personnes.effacer_le_compte(a.unite, compte.id)
    if candidat_id is not None and not candidatures.du_candidat(a.unite, candidat_id):
        sujets.append(f"candidat:{candidat_id}")
        personnes.effacer_le_candidat(a.unite, candidat_id)
    else:
        courrier.effacer_les_codes(a.unite, candidat_id)
    journal.effacer_les_details(a.unite, sujets)
    a.consigner(_sujet(compte), {"motif": "pas activé en 48 heures"})


def _limite(compte: Compte) -> datetime:
    return de_iso(compte.cree_le) + VALIDITE


def _sujet(compte: Compte) -> str:
    return f"compte:{compte.id}"


# What is said

_EXISTE_DEJA = "Cette adresse mail existe déjà dans l'application Cyclades."
_EMAIL_D_UN_COMPTE: Final = Faute(
    "email.compte",
    EMAIL,
    _EXISTE_DEJA,
    "Connectez-vous, ou « Mot de passe oublié » ; sinon prenez une autre adresse.",
)
_EMAIL_D_UN_CANDIDAT: Final = Faute(
    "email.candidat",
    EMAIL,
    _EXISTE_DEJA,
    "Elle figure sur une candidature, la vôtre ou celle d'un proche : prenez une autre adresse.",
)
_PERSONNE_CONNUE: Final = Faute(
    "compte.personne_connue",
    "identification.nom",
    "Une personne de mêmes nom, prénoms et naissance est déjà enregistrée, sans cette adresse mail.",
    "Si c'est vous, connectez-vous avec l'adresse donnée alors, ou voyez un agent avec votre pièce d'identité.",
)
_RENVOYE: Final = Faute(
    "compte.renvoye",
    EMAIL,
    "Ce compte attendait déjà son activation : un nouveau code est préparé, le précédent ne sert plus.",
    "Votre mot de passe reste celui de la première création.",
)
_AUCUN_EN_ATTENTE: Final = Faute(
    "compte.aucun_en_attente",
    EMAIL,
    "Aucun compte n'attend son activation à cette adresse.",
    "Vérifiez l'adresse : le compte est peut-être déjà activé, ou effacé après 48 heures.",
)
_CODE_REFUSE: Final = Faute(
    "compte.code",
    "compte.code",
    "Ce code n'active pas de compte à cette adresse.",
    "Relisez le dernier code donné, ou demandez-en un nouveau ; si le compte est déjà activé, connectez-vous.",
)
_PIECE_A_LA_BORNE: Final = Faute(
    "compte.piece",
    "",
    "La borne ne voit pas les pièces d'identité.",
    "Tapez le code, ou présentez votre pièce d'identité à un agent.",
)
_CONNEXION_REFUSEE: Final = Faute(
    "connexion.refusee",
    "",
    "L'identifiant ou le mot de passe n'est pas le bon.",
    "Vérifiez les deux, puis recommencez ; sinon « Mot de passe oublié ».",
)
_A_ACTIVER: Final = Faute(
    "connexion.a_activer",
    "",
    "Ce compte n'est pas encore activé.",
    "Tapez son code d'activation, ou demandez-en un nouveau.",
)

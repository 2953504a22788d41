"""Agents: created by an administrateur, logged in by password, locked out for a while after five wrong ones."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from cyclades_tui.actes.reglages.service import trouver_academie
from cyclades_tui.actes.socle import droits
from cyclades_tui.actes.socle.acces import Acces
from cyclades_tui.actes.socle.acte import ActeOuvert, acte, differer, lecture
from cyclades_tui.actes.socle.hachage import est_le_secret, hacher
from cyclades_tui.actes.socle.noms import SansDroit, SansTrace
from cyclades_tui.champs.formats import ConditionMotDePasse, composer_mot_de_passe, conditions_du_mot_de_passe
from cyclades_tui.domaine.acteur import Acteur, NatureActeur
from cyclades_tui.domaine.canonique import empreinte
from cyclades_tui.domaine.droits import Droit, Role
from cyclades_tui.domaine.erreurs import ActeRefuse, ErreurCyclades, Faute, SaisieRefusee, StoreInutilisable
from cyclades_tui.domaine.temps import de_iso, en_iso, limite_de_paris
from cyclades_tui.domaine.texte import denombrer, hors_repertoire, nfc, plier
from cyclades_tui.poste import Poste
from cyclades_tui.store.modele.tables import Agent
from cyclades_tui.store.requetes import agents, journal
from cyclades_tui.store.requetes.lignes import ecrire_les_lignes

ESSAIS = 5  # consecutive wrong passwords before a lockout
VERROU = timedelta(minutes=15)
SECRET_MIN, SECRET_MAX = 12, 128
_NOM_MAX = 80
_IDENTIFIANT = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,38}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class AgentConnecte:
    """An agent who is logged in; `academies` are codes (empty: all), `etablissement` is a school's id or empty."""

    identifiant: str
    nom: str
    role: Role
    academies: tuple[str, ...]
    etablissement: str


@dataclass(frozen=True, slots=True)
class AgentListe:
    """An agent in the list; instants are UTC, None while he is active or not locked out, respectively."""

    agent: AgentConnecte
    cree_le: datetime
    desactive_le: datetime | None
    bloque_jusqu: datetime | None


def ajouter(
    poste: Poste,
    identifiant: str,
    nom: str,
    role: Role,
    academies: Collection[str],
    etablissement: str,
    mot_de_passe: str,
) -> AgentConnecte:
    """Create an agent; `academies` are codes or names (none: all); only the role of a school has a school. Journalled.

    Before there is any agent, the system may create the first, an administrateur. Raises SaisieRefusee (what was
    typed), ActeRefuse (the caller lacks the right; a first agent with another role).
    """
    cle = plier_identifiant(identifiant)
    fautes = [*_fautes_de_l_identite(cle, nom, role, academies, etablissement), *fautes_du_mot_de_passe(mot_de_passe)]
    codes = _chercher_les_academies(poste, academies, fautes)
    ecole = _chercher_l_etablissement(poste, etablissement, fautes)
    with lecture(poste, Droit.AGENTS, SansTrace.AVANT_L_ACTE):
        if fautes:
            raise SaisieRefusee(fautes)
    hachage = hacher(composer_mot_de_passe(mot_de_passe))
    with acte(poste, Droit.AGENTS, "agent.ajouter") as a:
        if role is not Role.ADMINISTRATEUR and not agents.il_y_en_a_d_actifs(a.unite):
            raise ActeRefuse(_PREMIER)
        if agents.par_identifiant(a.unite, cle) is not None:
            raise SaisieRefusee(_faute("identifiant", f"Il y a déjà un agent « {cle} ».", "Prenez-en un autre."))
        agent = Agent(
            identifiant=cle,
            nom=nfc(nom),
            role=role.value,
            academies=json.dumps(codes),
            etablissement=ecole,
            mot_de_passe=hachage,
            cree_le=en_iso(a.instant),
        )
        ecrire_les_lignes(a.unite, agent)
        valeurs = {"identifiant": cle, "role": role.value, "academies": codes, "etablissement": ecole}
        a.consigner(_sujet(agent), valeurs)
    return _connecte(agent)


def lister(poste: Poste) -> tuple[AgentListe, ...]:
    """All agents, by identifier. Raises ActeRefuse if the caller lacks the right."""
    with lecture(poste, Droit.AGENTS, SansTrace.LISTE) as acces:
        instant = poste.maintenant()
        return tuple(_liste(agent, instant) for agent in agents.tous(acces.unite))


def desactiver(poste: Poste, identifiant: str) -> None:
    """Take an agent's access away at once, even while he is working. Journalled.

    Raises SaisieRefusee (nobody, or not active), ActeRefuse (the caller lacks the right; the last active
    administrateur).
    """
    with acte(poste, Droit.AGENTS, "agent.desactiver") as a:
        agent = _trouver(a, identifiant)
        if agent.desactive_le is not None:
            raise SaisieRefusee(_faute("identifiant", f"« {agent.identifiant} » n'est déjà plus actif.", ""))
        administrateurs = agents.actifs_du_role(a.unite, Role.ADMINISTRATEUR)
        if [autre.id for autre in administrateurs] == [agent.id]:
            raise ActeRefuse(_DERNIER)
        agent.desactive_le = en_iso(a.instant)
        a.consigner(_sujet(agent), {})


def reactiver(poste: Poste, identifiant: str) -> None:
    """Give an agent access again, with the same rights and password, and end a lockout. Journalled.

    Raises SaisieRefusee (nobody, or active and not locked out), ActeRefuse if the caller lacks the right.
    """
    with acte(poste, Droit.AGENTS, "agent.reactiver") as a:
        agent = _trouver(a, identifiant)
        if agent.desactive_le is None and _verrou(agent, a.instant) is None:
            raise SaisieRefusee(_faute("identifiant", f"« {agent.identifiant} » est déjà actif.", ""))
        if Role(agent.role) is not Role.ADMINISTRATEUR and not agents.il_y_en_a_d_actifs(a.unite):
            raise ActeRefuse(_PREMIER)
        agent.desactive_le, agent.bloque_jusqu, agent.echecs = None, None, 0
        a.consigner(_sujet(agent), {})


def changer_le_mot_de_passe(poste: Poste, identifiant: str, mot_de_passe: str) -> None:
    """Change one's own password, or anybody's with the right to manage agents, and end a lockout. Journalled.

    Raises SaisieRefusee (nobody, a weak password), ActeRefuse if the caller lacks the right.
    """
    with lecture(poste, SansDroit.SOI_MEME, SansTrace.AVANT_L_ACTE) as acces:
        _trouver_pour_le_mot_de_passe(acces, identifiant)
    if fautes := fautes_du_mot_de_passe(mot_de_passe):
        raise SaisieRefusee(fautes)
    hachage = hacher(composer_mot_de_passe(mot_de_passe))
    with acte(poste, SansDroit.SOI_MEME, "agent.mot_de_passe") as a:
        agent = _trouver_pour_le_mot_de_passe(a, identifiant)
        agent.mot_de_passe, agent.bloque_jusqu, agent.echecs = hachage, None, 0
        a.consigner(_sujet(agent), {})


def connecter(poste: Poste, identifiant: str, mot_de_passe: str) -> AgentConnecte:
    """Log an agent in; wrong passwords are counted in the store, for all desks together. Journalled, refusals too.

    Raises SaisieRefusee if identifier or password is wrong: the words, the time taken, the count and the lockout are
    the same for an unknown identifier. Raises ActeRefuse during a lockout, or if the agent is no longer active.
    """
    cle = plier_identifiant(identifiant)
    with lecture(poste, SansDroit.MOT_DE_PASSE, SansTrace.AVANT_L_ACTE) as acces:
        trouve = agents.par_identifiant(acces.unite, cle)
        attendu = None if trouve is None else trouve.mot_de_passe
    juste = est_le_secret(attendu, composer_mot_de_passe(mot_de_passe))
    # A refusal is journalled too: raise it only after the transaction is committed.
    refus: ErreurCyclades | None
    try:
        with acte(poste, SansDroit.MOT_DE_PASSE, "agent.connecter", "agent.refuser") as a:
            agent = agents.par_identifiant(a.unite, cle)
            if agent is None:
                refus = _compter_l_inconnu(a, cle)
            else:
                refus = _juger(a, agent, juste=juste and agent.mot_de_passe == attendu)
    except StoreInutilisable as panne:
        agent = trouve  # the row of the acte went with its transaction
        refus = _juger_sans_ecrire(poste, cle, agent, panne, juste=juste)
    if refus is not None or agent is None:
        raise refus or SaisieRefusee(_refusee(0))
    return _connecte(agent)


def plier_identifiant(texte: str) -> str:
    """The form in which identifiers are compared; with a lone surrogate, which the store cannot take, nobody's."""
    return nfc(texte.encode("utf-8", "backslashreplace").decode()).casefold()


def fautes_du_mot_de_passe(mot_de_passe: str) -> list[Faute]:
    """What is wrong with an agent's new password; no message quotes a character of it."""
    secret = composer_mot_de_passe(mot_de_passe)
    if hors_repertoire(secret):
        remede = "Tapez seulement les lettres, chiffres et signes du clavier."
        return [_faute("mot_de_passe", "Un caractère du mot de passe n'est pas accepté.", remede)]
    longueur = ConditionMotDePasse(f"{SECRET_MIN} à {SECRET_MAX} caractères", SECRET_MIN <= len(secret) <= SECRET_MAX)
    conditions = (longueur, *conditions_du_mot_de_passe(secret)[1:])
    manquent = [condition.libelle for condition in conditions if not condition.tenue]
    if not manquent:
        return []
    return [_faute("mot_de_passe", f"Il faut au mot de passe {', '.join(manquent)}.", "Choisissez-en un autre.")]


# Whom one may act on


def _trouver(acces: Acces, identifiant: str) -> Agent:
    """The agent with an identifier. Raises SaisieRefusee if there is none."""
    agent = agents.par_identifiant(acces.unite, plier_identifiant(identifiant))
    if agent is None:
        message = f"Il n'y a pas d'agent « {identifiant[:40]} » dans ce store."
        raise SaisieRefusee(_faute("identifiant", message, "Vérifiez-le avec « cyclades agent lister »."))
    return agent


def _trouver_pour_le_mot_de_passe(acces: Acces, identifiant: str) -> Agent:
    """The caller himself, or anybody if he may manage agents. Raises SaisieRefusee, ActeRefuse."""
    moi = acces.agent()
    if moi is not None and moi.identifiant == plier_identifiant(identifiant):
        return moi
    return _trouver(acces.pour(Droit.AGENTS), identifiant)


# What was typed


def _fautes_de_l_identite(
    cle: str, nom: str, role: Role, academies: Collection[str], etablissement: str
) -> list[Faute]:
    fautes = []
    if not _IDENTIFIANT.fullmatch(cle):
        message = f"« {cle[:40]} » ne peut pas être un identifiant."
        remede = "Il a au plus 40 lettres sans accent, chiffres, points et tirets. Exemple : l.roy."
        fautes.append(_faute("identifiant", message, remede))
    if not nfc(nom) or len(nom) > _NOM_MAX or hors_repertoire(nom):
        message = f"Il faut un nom, d'au plus {_NOM_MAX} signes du clavier."
        fautes.append(_faute("nom", message, "Écrivez le nom sous lequel on connaît l'agent."))
    if (role is Role.ETABLISSEMENT) != bool(etablissement):
        message = f"Le rôle « {Role.ETABLISSEMENT.value} » va avec un établissement, les autres sans."
        fautes.append(_faute("etablissement", message, "Ajoutez --etablissement, ou changez le rôle."))
    if role is Role.ADMINISTRATEUR and academies:
        message = "Un administrateur l'est pour tout le store."
        fautes.append(_faute("academie", message, "Retirez --academie."))
    return fautes


def _chercher_les_academies(poste: Poste, academies: Iterable[str], fautes: list[Faute]) -> list[str]:
    codes = set()
    for texte in academies:
        try:
            codes.add(trouver_academie(poste.referentiel, texte).code)
        except SaisieRefusee as refus:
            fautes += refus.fautes
    return sorted(codes)


def _chercher_l_etablissement(poste: Poste, texte: str, fautes: list[Faute]) -> str:
    """The id of the school with this code or name, accents ignored."""
    if not texte:
        return ""
    cherche = plier(texte)
    for etablissement in poste.referentiel.etablissements:
        if cherche in (plier(etablissement.id), plier(etablissement.uai), plier(etablissement.nom)):
            return etablissement.id
    message = f"« {texte[:80]} » n'est pas un établissement connu."
    fautes.append(_faute("etablissement", message, "Donnez son code, par exemple 9730538X, ou son nom."))
    return ""


# Wrong passwords


def _juger(a: ActeOuvert, agent: Agent, *, juste: bool) -> ErreurCyclades | None:
    """Why the agent is refused, None if he is let in; writes the count, the lockout and the journal row."""
    verrou = _verrou(agent, a.instant)
    if verrou is not None:
        a.rien()
        return ActeRefuse(_bloque(verrou))
    if not juste:
        agent.echecs = agent.echecs % ESSAIS + 1
        agent.bloque_jusqu = en_iso(_fin_du_verrou(a.instant)) if agent.echecs == ESSAIS else None
        a.consigner(_sujet(agent), {"echecs": agent.echecs}, nom="agent.refuser")
        return _echec(agent.echecs, a.instant)
    if agent.desactive_le is not None:
        a.rien()
        return ActeRefuse(droits.INACTIF)
    agent.echecs, agent.bloque_jusqu = 0, None
    a.consigner(_sujet(agent), {}, acteur=_lui_comme_acteur(a.poste, agent))
    return None


def _juger_sans_ecrire(
    poste: Poste, cle: str, agent: Agent | None, panne: StoreInutilisable, *, juste: bool
) -> ErreurCyclades | None:
    """As `_juger`, on a disk that does not write: what the journal will be told later counts as told."""
    instant = poste.maintenant()
    sujet = _sujet_de_l_inconnu(cle) if agent is None else _sujet(agent)
    echecs, verrou = (0, None) if agent is None else (agent.echecs, _verrou(agent, instant))
    for ligne in poste.store.differees:
        if ligne.sujet == sujet:
            echecs = int(ligne.valeurs.get("echecs", 0))
            verrou = _fin_du_verrou(ligne.instant) if echecs == ESSAIS else None
    if verrou is not None and _tient(verrou, instant):
        return ActeRefuse(_bloque(verrou))
    if not juste or agent is None:
        rang = echecs % ESSAIS + 1
        differer(poste, panne, "agent.refuser", sujet, {"echecs": rang})
        return _echec(rang, instant)
    if agent.desactive_le is not None:
        return ActeRefuse(droits.INACTIF)
    differer(poste, panne, "agent.connecter", sujet, {}, _lui_comme_acteur(poste, agent))
    return None


def _lui_comme_acteur(poste: Poste, agent: Agent) -> Acteur:
    return replace(poste.acteur, nature=NatureActeur.AGENT, identifiant=agent.identifiant)


def _compter_l_inconnu(a: ActeOuvert, cle: str) -> ErreurCyclades:
    """What an agent would be told; an identifier without agent is counted by its rows in the journal."""
    sujet = _sujet_de_l_inconnu(cle)
    echecs, dernier = journal.compter(a.unite, "agent.refuser", sujet)
    if dernier is not None and echecs % ESSAIS == 0 and _tient(verrou := _fin_du_verrou(dernier), a.instant):
        a.rien()
        return ActeRefuse(_bloque(verrou))
    rang = echecs % ESSAIS + 1
    a.consigner(sujet, {"echecs": rang}, nom="agent.refuser")
    return _echec(rang, a.instant)


def _verrou(agent: Agent, instant: datetime) -> datetime | None:
    """The end of the lockout, None if there is none now."""
    fin = None if agent.bloque_jusqu is None else de_iso(agent.bloque_jusqu)
    return fin if fin is not None and _tient(fin, instant) else None


def _tient(fin: datetime, instant: datetime) -> bool:
    """Whether a lockout lasts; one set under a clock of the future would last longer than any, and is over."""
    return instant < fin <= _fin_du_verrou(instant)


def _fin_du_verrou(instant: datetime) -> datetime:
    """The end of a lockout, rounded to a whole minute, as the message says it."""
    fin = instant + VERROU
    entiere = fin.replace(second=0, microsecond=0)
    return entiere if entiere == fin else entiere + timedelta(minutes=1)


def _echec(echecs: int, instant: datetime) -> ErreurCyclades:
    if echecs == ESSAIS:
        return ActeRefuse(_bloque(_fin_du_verrou(instant)))
    return SaisieRefusee(_refusee(ESSAIS - echecs))


# Writing and telling


def _sujet(agent: Agent) -> str:
    return f"agent:{agent.id}"


def _sujet_de_l_inconnu(cle: str) -> str:
    return f"identifiant:{empreinte(cle)[:16]}"


def _connecte(agent: Agent) -> AgentConnecte:
    academies = tuple(json.loads(agent.academies))
    return AgentConnecte(agent.identifiant, agent.nom, Role(agent.role), academies, agent.etablissement)


def _liste(agent: Agent, instant: datetime) -> AgentListe:
    desactive_le = None if agent.desactive_le is None else de_iso(agent.desactive_le)
    return AgentListe(_connecte(agent), de_iso(agent.cree_le), desactive_le, _verrou(agent, instant))


def _faute(champ: str, message: str, remede: str) -> Faute:
    return Faute(f"agent.{champ}", champ, message, remede)


def _refusee(restent: int) -> Faute:
    essais = f"il reste {denombrer(restent, 'essai')}"
    message = f"L'identifiant ou le mot de passe n'est pas le bon : {essais} avant {_MINUTES} minutes d'attente."
    return Faute("connexion.refusee", "", message, "Vérifiez les deux, puis recommencez.")


def _bloque(fin: datetime) -> Faute:
    message = f"Après {ESSAIS} essais refusés, cet identifiant attend jusqu'au {limite_de_paris(fin)}."
    return Faute("connexion.bloquee", "", message, "Recommencez ensuite, ou voyez un administrateur.")


_MINUTES = VERROU // timedelta(minutes=1)
_PREMIER: Final = Faute(
    "agent.premier",
    "role",
    "Le premier agent d'un store est un administrateur : lui seul peut en ajouter d'autres.",
    "Recommencez avec --role administrateur.",
)
_DERNIER: Final = Faute(
    "agent.dernier",
    "",
    "C'est le dernier administrateur actif : plus personne ne pourrait gérer les agents.",
    "Ajoutez ou réactivez d'abord un autre administrateur.",
)

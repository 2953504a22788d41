"""The messages that tell a candidate what the office decided (F411, F450, C22)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cyclades_tui.actes.pieces.etats import groupes_actuels
from cyclades_tui.actes.pieces.manques import intituler, limite_de
from cyclades_tui.actes.socle.acte import ActeOuvert
from cyclades_tui.domaine.contact import en_bref
from cyclades_tui.domaine.contenu import Contenu
from cyclades_tui.domaine.statuts import Statut
from cyclades_tui.domaine.temps import a_la_minute, en_iso, limite_de_paris
from cyclades_tui.domaine.texte import remplir
from cyclades_tui.referentiel.reglages import ModeleDeMessage
from cyclades_tui.store.modele.tables import Candidat, Candidature, Justificatif, Message
from cyclades_tui.store.requetes import candidatures
from cyclades_tui.store.requetes.lignes import ajouter_des_lignes, lire_la_ligne

_SANS_COMMENTAIRE = "aucun"
_SANS_LIMITE = "adressez-vous au service"


def message_de_statut(a: ActeOuvert, candidature: Candidature, ligne: Justificatif) -> None:
    """Tell the candidate that a piece must be given again, if the office's settings say so (C22).

    `ligne` is as the decision left it; other statuses are only shown in « Mes justificatifs » (F405).
    """
    reglages = a.poste.referentiel.reglages(candidature.examen, candidature.session, candidature.academie)
    statut = Statut(ligne.statut)
    if not statut.rendu or not reglages.mail_sur_statut_pj:
        return
    (groupe,) = groupes_actuels(a.poste, candidature, [ligne])
    valeurs = {
        "piece": intituler(ligne),
        "statut": statut.libelle,
        "limite": dire_la_limite(limite_de(ligne, groupe), a.instant),
        "commentaire": ligne.commentaire or _SANS_COMMENTAIRE,
    }
    ecrire(a, candidature, reglages.textes.message_piece, valeurs)


def ecrire(
    a: ActeOuvert,
    candidature: Candidature,
    modele: ModeleDeMessage,
    valeurs: Mapping[str, str],
    contenu: Contenu | None = None,
) -> None:
    """Write a message of the office about a candidature.

    Besides `valeurs`, the model may use {examen}, {instant}, {numero_candidat}, {numero_inscription} and {contact}.
    `contenu` is the last version's, if the caller has read it already.
    """
    lu = Contenu.lire(candidatures.derniere_version(a.unite, candidature).contenu) if contenu is None else contenu
    candidat = lire_la_ligne(a.unite, Candidat, candidature.candidat_id)
    ajouter_des_lignes(a.unite, composer(candidat, candidature, lu, modele, valeurs, a.instant))


def composer(
    candidat: Candidat,
    candidature: Candidature,
    contenu: Contenu,
    modele: ModeleDeMessage,
    valeurs: Mapping[str, str],
    instant: datetime,
) -> Message:
    """Compose the same message from data already read; nothing is written."""
    connues = {
        "examen": contenu.examen.libelle,
        "instant": a_la_minute(instant),
        "numero_candidat": candidat.numero,
        "numero_inscription": f"{candidature.numero:03d}",
        "contact": en_bref(contenu.contact),
    }
    # `valeurs` come last, so that a `{name}` typed by somebody is not replaced.
    objet, corps = (remplir(texte, {**connues, **valeurs}) for texte in modele)
    return Message(
        candidat_id=candidat.id,
        candidature_id=candidature.id,
        objet=objet,
        corps=corps,
        cree_le=en_iso(instant),
        expediteur=contenu.contact.academie,
    )


def dire_la_limite(limite: datetime | None, instant: datetime) -> str:
    """`15/01/2024 à 23:59 (heure de Paris)`; if the limit is unknown or past, whom to ask."""
    if limite is None or limite <= instant:
        return _SANS_LIMITE
    return limite_de_paris(limite)

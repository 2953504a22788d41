"""Finds a dossier by name, number, address or the reference of a document (ecrans.md §5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cyclades_tui.actes.personnes.comptes import cle_tapee
from cyclades_tui.actes.pieces.etats import etat_du_justificatif
from cyclades_tui.actes.socle.acte import lecture
from cyclades_tui.domaine.contenu import lire_le_champ
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.reference import PREFIXE, lire_reference
from cyclades_tui.domaine.scanner import redresser
from cyclades_tui.domaine.statuts import Statut
from cyclades_tui.domaine.texte import plier
from cyclades_tui.poste import Poste
from cyclades_tui.regles.etats import EtatCandidature
from cyclades_tui.regles.justificatifs import bloque
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes import recherche
from cyclades_tui.store.requetes.recherche import Critere, Trouve

TEXTE_MAX = 120
_NUMERO = re.compile(r"([0-9]{11})(?:[^0-9]+([0-9]{1,3}))?")
_DEBUT_DE_NUMERO = re.compile(r"[0-9]{2,10}")
_ETABLISSEMENT = "candidature.etablissement"


@dataclass(frozen=True, slots=True)
class DossierTrouve:
    """A candidature in a list; `bloquees` counts the pieces that keep it from being complete, `refusees` those refused.

    `place` is where the next page begins: the criterion, the key and the id.
    """

    place: tuple[int, str, int]
    numero_candidat: str
    nom: str
    prenoms: str
    naissance: date
    numero_inscription: int
    examen: str
    session: str
    academie: str
    etablissement: str
    etat: EtatCandidature
    bloquees: int
    refusees: int


def chercher(
    poste: Poste, texte: str, apres: tuple[int, str, int] | None = None, nombre: int = 50
) -> tuple[DossierTrouve, ...]:
    """A page of the dossiers within reach that match a text, after the `place` of the last one read.

    The text may be the beginnings of words of a name in any order; a N° candidat or its beginning, with or without a N°
    inscription; an address or its beginning; or the reference of a document. Journalled for an agent. Raises ActeRefuse
    if the caller lacks the right, SaisieRefusee for a malformed reference.
    """
    criteres = tuple(_criteres(texte[:TEXTE_MAX].strip()))
    debut = 0 if apres is None else apres[0]
    trouves: list[DossierTrouve] = []
    with lecture(poste, Droit.PARCOURIR, "candidature.chercher") as acces:
        for rang, critere in enumerate(criteres[debut:], start=debut):
            cle = apres[1:] if apres is not None and rang == debut else None
            page = recherche.chercher(acces.unite, critere, acces.portee, cle, nombre - len(trouves))
            places = [(rang, str(getattr(candidat, critere.colonne)), lue.id) for candidat, lue, _ in page]
            trouves += dossiers(acces.unite, page, places)
            if len(trouves) == nombre:
                break
        if apres is None and criteres:
            acces.consigner("candidature", {"texte": texte[:TEXTE_MAX]})
        else:
            acces.rien()
    return tuple(trouves)


def dossiers(
    unite: Unite, trouves: Sequence[Trouve], places: Sequence[tuple[int, str, int]]
) -> Iterator[DossierTrouve]:
    """The dossiers found, with the state of their pieces."""
    bloquees: dict[int, list[str]] = {}
    for ligne in recherche.justificatifs_de(unite, [lue.id for _, lue, _ in trouves]):
        if bloque(etat_du_justificatif(ligne), obligatoire=ligne.obligatoire):
            bloquees.setdefault(ligne.candidature_id, []).append(ligne.statut)
    for (candidat, candidature, version), place in zip(trouves, places, strict=True):
        statuts = bloquees.get(candidature.id, [])
        yield DossierTrouve(
            place=place,
            numero_candidat=candidat.numero,
            nom=candidat.nom,
            prenoms=candidat.prenoms,
            naissance=date.fromisoformat(candidat.naissance),
            numero_inscription=candidature.numero,
            examen=candidature.examen,
            session=candidature.session,
            academie=candidature.academie,
            etablissement=lire_le_champ(version.contenu, _ETABLISSEMENT).affichage,
            etat=EtatCandidature(candidature.etat),
            bloquees=len(statuts),
            refusees=statuts.count(Statut.NON_CONFORME),
        )


def _criteres(texte: str) -> Iterator[Critere]:
    """What a text may mean: one criterion, or two for a name, whose words may also stand elsewhere than first."""
    texte = redresser(texte)
    if "".join(texte.split()).upper().startswith(PREFIXE):
        lue = lire_reference(texte)
        yield Critere("numero", lue.numero_candidat, inscription=int(lue.numero_inscription), entier=True)
    elif entier := _NUMERO.fullmatch(texte):
        numero, inscription = entier.groups()
        yield Critere("numero", numero, inscription=int(inscription) if inscription else None, entier=True)
    elif _DEBUT_DE_NUMERO.fullmatch(texte):
        yield Critere("numero", texte)
    elif "@" in texte:
        yield Critere("email_cle", cle_tapee(texte))
    elif mots := tuple(plier(texte).split()):
        yield Critere("cle_nom", mots[0], mots[1:])
        yield Critere("cle_nom", mots[0], mots, ailleurs=True)

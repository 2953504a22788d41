"""Relances of incomplete dossiers: which ones, and lots that can be interrupted and resumed (F377, F448)."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, get_args

from cyclades_tui.actes.pieces import avis
from cyclades_tui.actes.pieces.manques import Manque, dire_les_manques, manques_de
from cyclades_tui.actes.socle.acces import Acces
from cyclades_tui.actes.socle.acte import ActeOuvert, acte, lecture, travail
from cyclades_tui.actes.socle.noms import SansTrace
from cyclades_tui.domaine.avertissements import avertir
from cyclades_tui.domaine.contenu import Contenu, Relance
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute, LigneAbimee, SaisieRefusee
from cyclades_tui.domaine.natures import NatureDeDocument
from cyclades_tui.domaine.temps import avant_le, de_iso, dernier_jour, en_iso
from cyclades_tui.editions.registre import EDITIONS
from cyclades_tui.poste import Poste
from cyclades_tui.referentiel.pieces import ModeDePiece
from cyclades_tui.regles.etats import EtatCandidature
from cyclades_tui.regles.pieces_demandees import groupes_de
from cyclades_tui.store.modele.tables import Candidat, Candidature, Document, Lot, LotElement, Version
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes import abimees, lots
from cyclades_tui.store.requetes.lignes import ajouter_des_lignes, chercher_la_ligne, ecrire_les_lignes, lire_la_ligne

_RELANCE = NatureDeDocument.RELANCE
# Candidatures in one transaction: each writes a document, a message and a journal row.
PAR_FOIS = 5
_LUES = 200  # candidatures read or chosen for a lot at once
_DERNIERS = 20
_SELECTION = ("examen", "session", "academie")


@dataclass(frozen=True, slots=True)
class Criteres:
    """Which dossiers: codes, empty for all; and a day: something they await is due before it."""

    examen: str
    session: str
    academie: str
    avant: date

    @property
    def filtre(self) -> dict[str, str]:
        return {cle: valeur for cle in _SELECTION if (valeur := getattr(self, cle))}

    def en_dict(self) -> dict[str, str]:
        return {**asdict(self), "avant": self.avant.isoformat()}


@dataclass(frozen=True, slots=True)
class ARelancer:
    """A dossier to relance, and all that it still awaits."""

    numero_candidat: str
    nom: str
    prenoms: str
    numero_inscription: int
    examen: str
    session: str
    academie: str
    manques: tuple[Manque, ...]


@dataclass(frozen=True, slots=True)
class AvancementDuLot:
    """How far a lot has come: candidatures done, their total, relances made; `termine` when nothing is left."""

    lot: int
    faits: int
    total: int
    relances: int
    termine: bool


@dataclass(frozen=True, slots=True)
class LotVu:
    """A lot in the list; `cree_le` is UTC."""

    criteres: Criteres
    acteur: str
    cree_le: datetime
    avancement: AvancementDuLot


@dataclass(frozen=True, slots=True)
class ServiceARelancer:
    """A service whose dossiers may be relanced; `avant` is the day after the next (or last) limit of its pieces."""

    examen: str
    session: str
    academie: str
    libelle: str
    avant: date


def services(poste: Poste) -> tuple[ServiceARelancer, ...]:
    """All services with a window within reach, the nearest limit first.

    Raises ActeRefuse if the caller lacks the right.
    """
    with lecture(poste, Droit.RELANCER, SansTrace.LISTE) as acces:
        portee = acces.portee
    referentiel = poste.referentiel
    connus = []
    for (examen, session, academie), fenetre in referentiel.blocs.fenetres().items():
        if academie not in referentiel.academies or not portee.contient(academie, portee.etablissement):
            continue
        reglages = referentiel.reglages(examen, session, academie)
        groupes = groupes_de(reglages, ((mode, mode) for mode in get_args(ModeDePiece)))
        limites = sorted(g.fenetre.fermeture for g in groupes if g.fenetre is not None) or [fenetre.fermeture]
        limite = next((limite for limite in limites if limite > poste.maintenant()), limites[-1])
        avant = dernier_jour(limite) + timedelta(days=1)
        libelle = f"{examen} {session} {referentiel.academies[academie].nom}"
        connus.append(
            (limite <= poste.maintenant(), limite, ServiceARelancer(examen, session, academie, libelle, avant))
        )
    return tuple(service for *_, service in sorted(connus, key=lambda connu: (*connu[:2], connu[2].libelle)))


def apercevoir(poste: Poste, criteres: Criteres) -> Iterator[ARelancer]:
    """Every dossier that a relance would concern now; nothing is written, but an agent's reading is journalled.

    Raises ActeRefuse if the caller may not relance there.
    """
    with lecture(poste, Droit.RELANCER, "relance.apercevoir") as acces:
        acces.exiger_l_academie(criteres.academie)
        acces.consigner("candidature", criteres.en_dict())
    for dossiers in _pages(poste, criteres, 0):
        for candidature, candidat, manques in dossiers:
            yield ARelancer(
                candidat.numero,
                candidat.nom,
                candidat.prenoms,
                candidature.numero,
                candidature.examen,
                candidature.session,
                candidature.academie,
                manques,
            )


def commencer(poste: Poste, criteres: Criteres) -> int:
    """Choose the dossiers of a new lot, without relancing any yet; returns its number.

    Raises ActeRefuse if the caller may not relance there, or if there is nothing to relance.
    """
    if not any(_pages(poste, criteres, 0)):
        raise ActeRefuse(Faute("relance.vide", "", "Aucun dossier n'est à relancer.", "Élargissez le choix."))
    with acte(poste, Droit.RELANCER, "relance.commencer") as a:
        a.exiger_l_academie(criteres.academie)
        lot = Lot(
            nature=_RELANCE,
            criteres=_en_json(criteres, choisis=False),
            acteur=poste.acteur.identifiant,
            cree_le=en_iso(a.instant),
        )
        ecrire_les_lignes(a.unite, lot)
        a.consigner(f"lot:{lot.id}", json.loads(lot.criteres))
        numero = lot.id
    _choisir(poste, numero, criteres)
    return numero


def avancer(poste: Poste, numero: int) -> Generator[AvancementDuLot, None, None]:
    """Relance the rest of a lot, PAR_FOIS dossiers in a transaction; yields the progress after each.

    Each dossier is relanced once; those completed meanwhile are skipped. A lot whose generator was closed, or whose
    process was killed, continues from there; two desks may work on the same one. Raises SaisieRefusee if there is no
    such lot, ActeRefuse if the caller may not relance there.
    """
    _finir_de_choisir(poste, numero)
    fait, apres = voir(poste, numero).avancement, 0
    while not fait.termine:
        with acte(poste, Droit.RELANCER, "candidature.relancer") as a:
            lot, criteres = _retrouver(a, numero)
            lus = [] if lot.termine_le is not None else lots.a_faire(a.unite, numero, apres, PAR_FOIS)
            envoyees = sum(_relancer_ou_passer(a, lot, trouve, criteres) for trouve in lus)
            if not envoyees:
                a.rien()
            if len(lus) < PAR_FOIS:
                lot.termine_le = lot.termine_le or en_iso(a.instant)
        if len(lus) < PAR_FOIS:
            break
        apres = lus[-1][1].id
        fait = replace(fait, faits=fait.faits + len(lus), relances=fait.relances + envoyees)
        yield fait
    yield voir(poste, numero).avancement  # counted again: another desk may have done some


def abandonner(poste: Poste, numero: int) -> AvancementDuLot:
    """Close a lot as it is: what was sent stays sent, the rest is not sent. Raises as `avancer` does."""
    with acte(poste, Droit.RELANCER, "relance.abandonner") as a:
        lot, _ = _retrouver(a, numero)
        lot.termine_le = lot.termine_le or en_iso(a.instant)
        avancement = _avancement(a.unite, lot)
        a.consigner(f"lot:{numero}", {"faits": avancement.faits, "total": avancement.total})
    return avancement


def lister(poste: Poste) -> tuple[LotVu, ...]:
    """The last lots within reach, the newest first. Raises ActeRefuse if the caller lacks the right."""
    with lecture(poste, Droit.RELANCER, SansTrace.LISTE) as acces:
        portee = acces.portee
        connus = []
        for lot in lots.de_la_nature(acces.unite, _RELANCE, _DERNIERS):
            try:
                connus.append((lot, _criteres(acces.unite, lot)))
            except LigneAbimee as refus:
                avertir(refus.fautes[0])
        return tuple(
            LotVu(criteres, lot.acteur, de_iso(lot.cree_le), _avancement(acces.unite, lot))
            for lot, criteres in connus
            if portee.contient(criteres.academie, portee.etablissement)
        )


def voir(poste: Poste, numero: int) -> LotVu:
    """One lot. Raises as `avancer` does."""
    with lecture(poste, Droit.RELANCER, SansTrace.LISTE) as acces:
        lot, criteres = _retrouver(acces, numero)
        return LotVu(criteres, lot.acteur, de_iso(lot.cree_le), _avancement(acces.unite, lot))


# Choosing


def _pages(poste: Poste, criteres: Criteres, apres: int) -> Iterator[list[tuple[Candidature, Any, tuple[Manque, ...]]]]:
    """The dossiers to relance, page by page, after the candidature id `apres`."""
    while True:
        with lecture(poste, Droit.RELANCER, SansTrace.SUITE) as acces:
            acces.exiger_l_academie(criteres.academie)
            lus = lots.a_completer(acces.unite, criteres.filtre, acces.portee, apres, _LUES)
            demandees = lots.pieces_de(acces.unite, [candidature.id for candidature, _ in lus])
        trouves = [(c, candidat, manques_de(poste, c, demandees.get(c.id, []))) for c, candidat in lus]
        yield [dossier for dossier in trouves if _touche(dossier[2], criteres)]
        if len(lus) < _LUES:
            return
        apres = lus[-1][0].id


def _choisir(poste: Poste, numero: int, criteres: Criteres) -> None:
    """Put the dossiers in a lot, continuing after its last one."""
    with lecture(poste, Droit.RELANCER, SansTrace.LOT) as acces:
        apres = lots.derniere(acces.unite, numero)
    for dossiers in _pages(poste, criteres, apres):
        with travail(poste, Droit.RELANCER, SansTrace.LOT) as acces:
            lots.ajouter(acces.unite, numero, [candidature.id for candidature, _, _ in dossiers])
    with travail(poste, Droit.RELANCER, SansTrace.LOT) as acces:
        lire_la_ligne(acces.unite, Lot, numero).criteres = _en_json(criteres, choisis=True)


def _finir_de_choisir(poste: Poste, numero: int) -> None:
    """Finish the choice of dossiers if the process doing it was killed."""
    with lecture(poste, Droit.RELANCER, SansTrace.LISTE) as acces:
        lot, criteres = _retrouver(acces, numero)
        choisis = json.loads(lot.criteres)["choisis"]
    if not choisis:
        _choisir(poste, numero, criteres)


def _touche(manques: Sequence[Manque], criteres: Criteres) -> bool:
    limite = avant_le(criteres.avant)
    return any(manque.limite is not None and manque.limite <= limite for manque in manques)


# Relancing one


def _relancer_ou_passer(
    a: ActeOuvert, lot: Lot, trouve: tuple[LotElement, Candidature, Version], criteres: Criteres
) -> bool:
    """Relance a dossier of a lot; one that is damaged is told and left, and the lot goes on."""
    try:
        return _relancer(a, lot, *trouve, criteres)
    except LigneAbimee as refus:
        avertir(refus.fautes[0])
        return False


def _relancer(
    a: ActeOuvert,
    lot: Lot,
    element: LotElement,
    candidature: Candidature,
    version: Version,
    criteres: Criteres,
) -> bool:
    """Relance a dossier unless it no longer needs it; returns whether it did."""
    poste, instant = a.poste, a.instant
    # All that is read, before anything is written: what is damaged leaves the dossier as it is.
    lignes = lots.pieces_de(a.unite, [candidature.id]).get(candidature.id, [])
    lire_la_ligne(a.unite, Candidat, candidature.candidat_id)
    element.fait_le = en_iso(instant)
    manques = manques_de(poste, candidature, lignes)
    if not EtatCandidature(candidature.etat).active or not _touche(manques, criteres):
        return False
    contenu = Contenu.lire(version.contenu)
    groupes = dire_les_manques(poste, candidature, lignes, instant)
    ajouter_des_lignes(
        a.unite,
        Document(
            candidature_id=candidature.id,
            version_id=version.id,
            nature=_RELANCE.du_lot(lot.id),
            libelle=EDITIONS[_RELANCE].intituler(contenu),
            cree_le=en_iso(instant),
            contenu=Relance(_a_imprimer(contenu), instant, groupes).en_json(),
        ),
    )
    a_venir = [manque.limite for manque in manques if manque.limite is not None and manque.limite > instant]
    valeurs = {
        "limite": avis.dire_la_limite(min(a_venir, default=None), instant),
        "pieces": "\n".join(f"- {manque.intitule} : {manque.etat}" for manque in manques),
    }
    reglages = poste.referentiel.reglages(candidature.examen, candidature.session, candidature.academie)
    avis.ecrire(a, candidature, reglages.textes.message_relance, valeurs, contenu)
    a.consigner(
        f"candidature:{candidature.id}",
        {"lot": lot.id, "version": version.numero, "pieces": [manque.justificatif for manque in manques]},
    )
    return True


def _a_imprimer(contenu: Contenu) -> Contenu:
    """The part of a version that a relance prints."""
    return replace(contenu, champs={}, acquis=(), groupes=(), textes={}, accords=(), pieces=(), avertissements=None)


# The lot


def _avancement(unite: Unite, lot: Lot) -> AvancementDuLot:
    faits, total = lots.compter(unite, lot.id)
    relances = lots.compter_les_documents(unite, lot.id, _RELANCE.du_lot(lot.id))
    return AvancementDuLot(lot.id, faits, total, relances, lot.termine_le is not None)


def _retrouver(acces: Acces, numero: int) -> tuple[Lot, Criteres]:
    """A lot within reach, with its criteria. Raises SaisieRefusee, ActeRefuse."""
    lot = chercher_la_ligne(acces.unite, Lot, numero)
    if lot is None or lot.nature != _RELANCE:
        message = f"Il n'y a pas de lot de relances {numero} dans ce store."
        raise SaisieRefusee(Faute("relance.absente", "lot", message, "Choisissez-le dans la liste."))
    criteres = _criteres(acces.unite, lot)
    acces.exiger_l_academie(criteres.academie)
    return lot, criteres


def _criteres(unite: Unite, lot: Lot) -> Criteres:
    """The criteria of a lot. Raises LigneAbimee."""
    try:
        de_iso(lot.cree_le)
        lus = json.loads(lot.criteres)
        examen, session, academie = (str(lus[cle]) for cle in _SELECTION)
        return Criteres(examen, session, academie, date.fromisoformat(lus["avant"]))
    except (KeyError, TypeError, ValueError) as erreur:
        raise LigneAbimee(abimees.dire(unite, "lot", {}, f"criteres ou cree_le du lot {lot.id}")) from erreur


def _en_json(criteres: Criteres, *, choisis: bool) -> str:
    return json.dumps({**criteres.en_dict(), "choisis": choisis}, ensure_ascii=False)

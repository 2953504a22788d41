"""`cyclades justificatif relancer`: preview, a lot with its progress, one PDF of all letters."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from cyclades_tui.actes.documents import relances, tirage
from cyclades_tui.actes.documents.relances import ARelancer, Criteres, LotVu
from cyclades_tui.actes.documents.tirage import Tirage
from cyclades_tui.actes.reglages.lecture import lire_jour
from cyclades_tui.actes.reglages.service import trouver_selection
from cyclades_tui.cli.corps.connexion import poste_de, pour_emporter
from cyclades_tui.cli.corps.inscription import preparer_dossier
from cyclades_tui.cli.corps.progression import progression
from cyclades_tui.cli.corps.sortie_json import ecrire_json
from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee
from cyclades_tui.domaine.temps import a_la_minute, jour_court, limite_de_paris
from cyclades_tui.domaine.texte import accorder, denombrer
from cyclades_tui.poste import Poste, ReglagesDuPoste


@dataclass(frozen=True, slots=True)
class RelanceTapee:
    """What was typed: which dossiers to relance, or the number of a lot to continue."""

    examen: str
    session: str
    academie: str
    avant: str
    lot: int | None


def relancer(
    reglages: ReglagesDuPoste, choix: RelanceTapee, pdf: Path | None, *, chiffrer: bool, simuler: bool, en_json: bool
) -> None:
    """Run a lot to its end, or with `simuler` list the dossiers; then write its letters.

    Raises SaisieRefusee, ActeRefuse, StoreInutilisable; an interrupted lot says how to continue it.
    """
    with poste_de(reglages) as ouvert:
        poste = ouvert if pdf is None or simuler else pour_emporter(ouvert, chiffrer=chiffrer)
        if simuler:
            _dire_l_apercu(relances.apercevoir(poste, _criteres(poste, choix)), en_json=en_json)
            return
        if pdf is not None:
            preparer_dossier(pdf)
        lot = relances.commencer(poste, _criteres(poste, choix)) if choix.lot is None else choix.lot
        try:
            _mener(poste, lot)
            fichier = None if pdf is None else _tirer(poste, lot, pdf)
        except KeyboardInterrupt:
            print(f"Arrêté. Pour reprendre : cyclades justificatif relancer --lot {lot}", file=sys.stderr)
            raise
        vu = relances.voir(poste, lot)
    if en_json:
        ecrire_json({**_en_dict(vu), "pdf": None if fichier is None else str(fichier)})
        return
    print(f"√ Lot {lot} : {_phrase(vu)}")
    if fichier is not None:
        print(f"√ {fichier}")


def lister(reglages: ReglagesDuPoste, *, en_json: bool) -> None:
    """Print the last lots. Raises ActeRefuse, StoreInutilisable."""
    with poste_de(reglages) as poste:
        connus = relances.lister(poste)
        noms = {academie.code: academie.nom for academie in poste.referentiel.academies_par_nom}
    if en_json:
        ecrire_json([_en_dict(vu) for vu in connus])
        return
    for vu in connus:
        voulus = vu.criteres
        academie = noms.get(voulus.academie, voulus.academie)
        lieu = " ".join(partie for partie in (voulus.examen, voulus.session, academie) if partie) or "tous"
        print(
            f"{vu.avancement.lot:>5}  {a_la_minute(vu.cree_le)}  {lieu}, avant le {jour_court(voulus.avant)}, "
            f"par {vu.acteur} : {_phrase(vu)}"
        )
    if not connus:
        print("Aucune relance dans ce store.")


def _criteres(poste: Poste, choix: RelanceTapee) -> Criteres:
    """The criteria typed. Raises SaisieRefusee."""
    if not choix.avant.strip():
        message = "Il manque le jour avant lequel les pièces sont à fournir."
        raise SaisieRefusee(Faute("relance.avant", "avant", message, "Exemple : --avant 2027-01-16."))
    voulue = trouver_selection(poste.referentiel, choix.examen, choix.session, choix.academie)
    return Criteres(voulue.examen, voulue.session, voulue.academie, lire_jour(choix.avant, "avant"))


def _dire_l_apercu(touches: Iterable[ARelancer], *, en_json: bool) -> None:
    combien = 0
    for dossier in touches:
        combien += 1
        if en_json:
            ecrire_json(asdict(dossier), en_ligne=True)
            continue
        print(f"{dossier.numero_candidat} {dossier.numero_inscription:03d}  {dossier.nom} {dossier.prenoms}")
        for manque in dossier.manques:
            limite = "" if manque.limite is None else f", avant le {limite_de_paris(manque.limite)}"
            print(f"    {manque.intitule} : {manque.etat}{limite}")
    if not en_json:
        dit = accorder(combien, "dossier")
        print(f"{combien or 'Aucun'} {dit} à relancer. Simulation : rien n'est écrit.")


def _mener(poste: Poste, lot: int) -> None:
    with progression("Relances") as progres:
        tache = progres.add_task("", total=None)
        for avancement in relances.avancer(poste, lot):
            progres.update(tache, completed=avancement.faits, total=avancement.total)


def _tirer(poste: Poste, lot: int, dossier: Path) -> Path | None:
    etape = Tirage(0, 0)
    with progression("Lettres") as progres:
        tache = progres.add_task("", total=None)
        for etape in tirage.tirer(poste, lot, dossier):
            progres.update(tache, completed=etape.faits, total=etape.total)
    return etape.chemin


def _phrase(vu: LotVu) -> str:
    avancement = vu.avancement
    fait = f"{denombrer(avancement.relances, 'relance')}, {avancement.faits} sur {avancement.total}"
    return f"{fait} dossiers vus" + ("." if avancement.termine else " : à reprendre.")


def _en_dict(vu: LotVu) -> dict[str, object]:
    lot = {"criteres": vu.criteres.en_dict(), "acteur": vu.acteur, "cree_le": vu.cree_le}
    return {**asdict(vu.avancement), **lot}

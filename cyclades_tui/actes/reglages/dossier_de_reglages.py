"""Settings are part of the rights: in a store with agents, who brings other settings needs the right to set them.

A folder is taken for the store's own if it lies at its place, or if its files are those that actes wrote or accepted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cyclades_tui.actes.reglages import fichiers_pris
from cyclades_tui.actes.socle.acte import acte, lecture
from cyclades_tui.actes.socle.noms import SansDroit, SansTrace
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute
from cyclades_tui.poste import Poste, parametrage_de
from cyclades_tui.referentiel.chargement import Referentiel
from cyclades_tui.store.modele.unite import Unite
from cyclades_tui.store.requetes import agents, reglages_pris

_TOUTES = ""  # the académie of settings that apply everywhere


def permettre(poste: Poste) -> Poste:
    """The poste that may go by its settings folder; each later reading of other files is judged as this one was.

    Of an agent who may set everything the folder is journalled, with the digest of every file. Raises ActeRefuse for
    anybody else whose folder is not the store's; ReferentielFautif if it cannot be read.
    """
    if _a_sa_place(poste) or not _a_des_agents(poste):
        return poste
    try:
        _exiger_les_siens(poste, poste.referentiel)
    except ActeRefuse as refus:
        return _par_un_acte(poste, refus)
    return replace(poste, juger_les_reglages=lambda lus: _exiger_les_siens(poste, lus))


def tenir_a(poste: Poste, fichiers: Mapping[str, str]) -> Poste:
    """The poste whose settings are these files (path -> digest): with others it does nothing more."""

    def exiger(lus: Referentiel) -> None:
        if lus.fichiers_locaux != fichiers:
            raise ActeRefuse(_autres(poste))

    return replace(poste, juger_les_reglages=exiger)


def sont_ceux_du_store(poste: Poste, unite: Unite) -> bool:
    """Whether what is written in the poste's folder is what the store goes by."""
    if _a_sa_place(poste) or not agents.il_y_en_a_d_actifs(unite):
        return True
    return fichiers_pris.fichiers_de(poste.parametrage) == reglages_pris.lire(unite)


def _a_sa_place(poste: Poste) -> bool:
    return poste.parametrage.resolve() == parametrage_de(poste.store.chemin).resolve()


def _a_des_agents(poste: Poste) -> bool:
    with lecture(poste, SansDroit.ETAT_DU_STORE, SansTrace.STORE) as acces:
        return agents.il_y_en_a_d_actifs(acces.unite)


def _exiger_les_siens(poste: Poste, lus: Referentiel) -> None:
    """Raises ActeRefuse unless the files read are those of the store's own folder, or those that actes left."""
    with lecture(poste, SansDroit.ETAT_DU_STORE, SansTrace.STORE) as acces:
        pris = reglages_pris.lire(acces.unite)
    if lus.fichiers_locaux not in (pris, fichiers_pris.fichiers_de(parametrage_de(poste.store.chemin))):
        raise ActeRefuse(_autres(poste))


def _par_un_acte(poste: Poste, refus: ActeRefuse) -> Poste:
    try:
        with acte(poste, Droit.REGLER, "service.parametrage") as a:
            a.exiger_l_academie(_TOUTES)
            dossier, fichiers = str(poste.parametrage.resolve()), dict(poste.referentiel.fichiers_locaux)
            a.consigner("service", {"dossier": dossier, "fichiers": fichiers})
    except ActeRefuse as manque:
        raise ActeRefuse([*refus.fautes, *manque.fautes]) from manque
    return poste


def _autres(poste: Poste) -> Faute:
    return Faute(
        "reglages.autres",
        "",
        f"« {poste.parametrage} » n'est pas le dossier de réglages de ce store, et ses fichiers ne sont pas les siens.",
        "Sans --parametrage ni CYCLADES_PARAMETRAGE, le store prend son dossier. Pour qu'il prenne celui-ci, un "
        "administrateur l'accepte : cyclades --parametrage DOSSIER --agent IDENTIFIANT service accepter.",
    )

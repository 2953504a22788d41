"""The poste of a command: it acts for the agent of `--agent`, once logged in, else for the system's user."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from cyclades_tui.actes.reglages import dossier_de_reglages
from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.domaine.cle import faute_d_une_cle
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute, ReferentielFautif, SaisieRefusee, StoreInutilisable
from cyclades_tui.poste import Poste, ReglagesDuPoste, ouvrir_poste

MOT_DE_PASSE = "CYCLADES_MOT_DE_PASSE"
CLE_DES_COPIES = "CYCLADES_CLE_DES_COPIES"


@contextmanager
def poste_de(reglages: ReglagesDuPoste, *, secours: bool = False) -> Iterator[Poste]:
    """Open the poste; `secours` for what rescues or checks a store, by whatever settings.

    Raises SaisieRefusee and ActeRefuse as logging in does; ActeRefuse for settings that the caller may not bring;
    StoreInutilisable.
    """
    with ouvrir_poste(reglages) as poste:
        qui = _au_nom_de(poste, reglages) if reglages.agent else poste
        try:
            qui = dossier_de_reglages.permettre(qui)
        except (ActeRefuse, ReferentielFautif):
            if not secours:
                raise
        else:
            finir_la_migration(replace(qui, acteur=poste.acteur))
        yield qui


def permettre_les_reglages(poste: Poste, reglages: ReglagesDuPoste) -> Poste:
    """The poste of a face, on the store's settings, or on those that an agent brings whose password a script gives.

    Raises as `poste_de`.
    """
    try:
        return dossier_de_reglages.permettre(poste)
    except ActeRefuse:
        if not reglages.agent or reglages.mot_de_passe is None:
            raise
    lui = dossier_de_reglages.permettre(_au_nom_de(poste, reglages))
    return dossier_de_reglages.tenir_a(poste, lui.referentiel.fichiers_locaux)


def finir_la_migration(poste: Poste) -> None:
    """Do what a migration left to do, if anything; what cannot be done now is left for a later opening."""
    from cyclades_tui.actes.reglages.entretien import migration_a_finir

    if migration_a_finir(poste):
        from cyclades_tui.actes.pieces.anciennes import demander_aux_anciennes

        with suppress(ActeRefuse, StoreInutilisable):
            demander_aux_anciennes(poste)


def pour_emporter(poste: Poste, *, chiffrer: bool) -> Poste:
    """The poste whose documents leave the store encrypted if `chiffrer`, with a key that is asked if it has none.

    Out of an encrypted store, what leaves in clear is told. Raises SaisieRefusee.
    """
    if poste.cle_des_copies is not None:
        return poste
    if not chiffrer:
        if poste.store.chiffre:
            print("! Ces copies sont en clair hors du store : --chiffrer leur donne une clé.", file=sys.stderr)
        return poste
    ecart = Faute("cle.differe", "cle", "Les deux clés diffèrent.", "Recommencez : rien n'a été écrit.")
    cle = demander_deux_fois("Clé des copies", "La même, une seconde fois", CLE_DES_COPIES, ecart)
    if faute := faute_d_une_cle(cle):
        raise SaisieRefusee(faute)
    return replace(poste, cle_des_copies=cle)


def demander(quoi: str, variable: str) -> str:
    """Ask for a secret without echo. Raises SaisieRefusee without a terminal, naming the variable to use instead."""
    if not sys.stdin.isatty():
        message = f"{quoi} : il se tape dans un terminal, et il n'y en a pas ici."
        raise SaisieRefusee(Faute("agent.terminal", "", message, f"Dans un script, donnez {variable}."))
    return getpass.getpass(f"{quoi} : ")


def demander_deux_fois(quoi: str, encore: str, variable: str, ecart: Faute) -> str:
    """A new secret, from the environment, or typed twice without echo. Raises SaisieRefusee if they differ."""
    if variable in os.environ:
        return os.environ[variable]
    premier, second = (demander(libelle, variable) for libelle in (quoi, encore))
    if premier != second:
        raise SaisieRefusee(ecart)
    return premier


def _au_nom_de(poste: Poste, reglages: ReglagesDuPoste) -> Poste:
    from cyclades_tui.actes.bureau.agents import connecter

    secret = reglages.mot_de_passe
    tape = demander(f"Mot de passe de {reglages.agent}", MOT_DE_PASSE) if secret is None else secret.get_secret_value()
    connecte = connecter(poste, reglages.agent, tape)
    return replace(poste, acteur=Acteur(NatureActeur.AGENT, connecte.identifiant, Face.COMMANDE, reglages.poste))

"""Rows of the journal that wait for a disk that writes: in memory, and in a spool of this user elsewhere (decision 20).

Only what left the data as they were waits: a reading, a login, a backup that is finished. Each row keeps its instant.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.domaine.affichage import APPLICATION
from cyclades_tui.domaine.canonique import en_json
from cyclades_tui.domaine.disque import creer_dossier, ecrire_en_entier, seul_ici
from cyclades_tui.domaine.erreurs import StoreInutilisable
from cyclades_tui.domaine.lecture_de_fichiers import lire_le_debut
from cyclades_tui.domaine.temps import de_iso, en_iso
from cyclades_tui.store.cle_du_journal import CleDuJournal
from cyclades_tui.store.modele.differees import LigneDifferee
from cyclades_tui.store.requetes import journal

if TYPE_CHECKING:
    from cyclades_tui.store.modele.unite import Store

_DOSSIER = "journal-differe"
_SUFFIXE = ".ligne"
_OCTETS_AU_PLUS = 65_536


class AttenteDuJournal:
    """`LignesDifferees` of one store.

    Without the journal's key they stay in memory, as nobody could tell later who wrote them.
    """

    def __init__(self, store: Store, cle: CleDuJournal | None) -> None:
        self._store = store
        self._cle = cle
        self._lignes: list[LigneDifferee] = []

    def __iter__(self) -> Iterator[LigneDifferee]:
        return iter(tuple(self._lignes))

    def ajouter(self, ligne: LigneDifferee) -> bool:
        """Keep a row until it can be written; returns whether it would outlive this process."""
        gardee = ligne
        if self._cle is not None:
            with suppress(OSError, StoreInutilisable):
                gardee = replace(ligne, fichier=self._mettre_en_attente(ligne, self._cle))
        self._lignes.append(gardee)
        return gardee.fichier is not None

    def retrouver(self) -> None:
        """Take up what former processes of this user left in the spool."""
        connus = {ligne.fichier for ligne in self._lignes}
        with suppress(OSError, StoreInutilisable):
            trouves = sorted(_dossier().glob(f"*{_SUFFIXE}"))
            # The store is asked who it is only if anything waits, for any store.
            debut = f"{self._store.identifiant}-" if trouves else ""
            for fichier in trouves:
                if fichier.name.startswith(debut) and fichier not in connus and (ligne := self._lire(fichier)):
                    self._lignes.append(ligne)

    def journaliser(self) -> int:
        """Write in the journal all that waits, in one transaction; returns how many. Raises StoreInutilisable."""
        if not self._lignes:
            return 0
        ecrites = tuple(self._lignes)
        with ExitStack() as pile:
            with suppress(OSError):  # no other process may find in the spool what this one has just written
                pile.enter_context(seul_ici(_dossier()))
            self._ecrire(ecrites)
        return len(ecrites)

    def _ecrire(self, ecrites: tuple[LigneDifferee, ...]) -> None:
        with self._store.ecrire() as unite:
            for ligne in ecrites:
                # Another process may have written it meanwhile, and taken it out of the spool.
                if ligne.fichier is None or ligne.fichier.exists():
                    journal.consigner(
                        unite,
                        acteur=ligne.acteur,
                        acte=ligne.acte,
                        sujet=ligne.sujet,
                        valeurs=ligne.valeurs,
                        instant=ligne.instant,
                    )
        self._lignes = [ligne for ligne in self._lignes if ligne not in ecrites]
        for ligne in ecrites:
            if ligne.fichier is not None:
                with suppress(OSError):
                    ligne.fichier.unlink(missing_ok=True)

    # The spool

    def _mettre_en_attente(self, ligne: LigneDifferee, cle: CleDuJournal) -> Path:
        dossier = _dossier()
        dossier.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not dossier.exists():
            creer_dossier(dossier)
        fichier = dossier / f"{self._store.identifiant}-{len(self._lignes):06d}-{secrets.token_hex(16)}{_SUFFIXE}"
        acteur = {nom: str(valeur) for nom, valeur in asdict(ligne.acteur).items()}
        contenu = {
            "acteur": acteur,
            "acte": ligne.acte,
            "sujet": ligne.sujet,
            "valeurs": ligne.valeurs,
            "instant": en_iso(ligne.instant),
        }
        texte = en_json({"ligne": contenu, "sceau": cle.sceau(fichier.name, en_json(contenu))})
        ecrire_en_entier(fichier, self._store.coffre.chiffrer(texte.encode(), fichier.name))
        return fichier

    def _lire(self, fichier: Path) -> LigneDifferee | None:
        """The row in a file of the spool; None if it is not whole, or not by this program for this store."""
        try:
            octets = self._store.coffre.dechiffrer(lire_le_debut(fichier, _OCTETS_AU_PLUS), fichier.name)
            lu = json.loads(octets or b"")
            contenu = lu["ligne"]
            if self._cle is None or not hmac.compare_digest(
                self._cle.sceau(fichier.name, en_json(contenu)), str(lu["sceau"])
            ):
                return None
            acteur = contenu["acteur"]
            return LigneDifferee(
                Acteur(NatureActeur(acteur["nature"]), acteur["identifiant"], Face(acteur["face"]), acteur["poste"]),
                contenu["acte"],
                contenu["sujet"],
                contenu["valeurs"],
                de_iso(contenu["instant"]),
                fichier,
            )
        except (OSError, TypeError, ValueError, KeyError, RecursionError):
            return None


def _dossier() -> Path:
    return platformdirs.user_state_path(APPLICATION) / _DOSSIER

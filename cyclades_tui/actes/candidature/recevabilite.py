"""The verdict on a dossier: complete, incomplete and why, or set aside for good (F444, F450)."""

from __future__ import annotations

from dataclasses import dataclass

from cyclades_tui.actes.candidature.brouillons import cle_modification
from cyclades_tui.actes.pieces import avis
from cyclades_tui.actes.pieces.etats import retirer_des_attentes
from cyclades_tui.actes.pieces.justificatifs import Justificatifs
from cyclades_tui.actes.socle.acte import acte
from cyclades_tui.actes.socle.texte_libre import LecteurDuTexte, lire_texte_libre
from cyclades_tui.domaine.droits import Droit
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.temps import EtatFenetre, en_iso
from cyclades_tui.domaine.texte import denombrer
from cyclades_tui.poste import Poste
from cyclades_tui.regles.etats import Acte, EtatCandidature, passer
from cyclades_tui.regles.justificatifs import Recevabilite
from cyclades_tui.store.requetes import brouillons

MOTIF_MAX = 500
# Setting aside does not depend on a window (`regles.etats`), so nobody sees this fault.
_SANS_FENETRE = Faute("recevabilite.fenetre", "", "Aucun service n'est ouvert.", "Attendez son ouverture.")


@dataclass(frozen=True, slots=True)
class DossierJuge:
    """The verdict on a dossier; `obstacles` are the pieces that keep it from being complete, each with its reason."""

    recevabilite: Recevabilite
    motif: str
    obstacles: tuple[str, ...]

    @property
    def phrase(self) -> str:
        """`incomplet : 2 pièces le bloquent`, `écarté : conditions d'âge non remplies`."""
        if self.recevabilite is Recevabilite.REFUSE:
            return f"{self.recevabilite.value} : {self.motif}"
        combien = len(self.obstacles)
        if not combien:
            return self.recevabilite.value
        return f"{self.recevabilite.value} : {denombrer(combien, 'pièce le bloque', 'pièces le bloquent')}"


def juger(justificatifs: Justificatifs) -> DossierJuge:
    """The verdict on a dossier from its pieces, given by `justificatifs.lister`."""
    obstacles = tuple(f"{piece.intitule} : {piece.bloque}" for piece in justificatifs.pieces if piece.bloque)
    return DossierJuge(justificatifs.recevabilite, justificatifs.motif, obstacles)


def ecarter(poste: Poste, numero_candidat: str, numero_inscription: int, motif: str) -> EtatCandidature:
    """Set a candidature aside for good and tell its candidate why; returns its state (F444, F450).

    `motif` has at most MOTIF_MAX characters. Raises SaisieRefusee (no such candidature; motive missing or wrong),
    ActeRefuse if the right, the reach or the state does not allow it.
    """
    dit = _motif(motif)
    with acte(poste, Droit.ECARTER, "candidature.ecarter") as a:
        _, candidature = a.candidature(numero_candidat, numero_inscription)
        etat = passer(
            EtatCandidature(candidature.etat),
            Acte.ECARTER,
            poste.acteur.nature,
            EtatFenetre.OUVERTE,
            hors_fenetre=_SANS_FENETRE,
        )
        candidature.etat, candidature.motif, candidature.maj_le = etat.value, dit, en_iso(a.instant)
        retirer_des_attentes(a, candidature)
        brouillons.abandonner(a.unite, cle_modification(numero_candidat, candidature.id, candidature.version))
        reglages = poste.referentiel.reglages(candidature.examen, candidature.session, candidature.academie)
        avis.ecrire(a, candidature, reglages.textes.message_ecartee, {"motif": dit})
        a.consigner(f"candidature:{candidature.id}", {"etat": etat.value, "version": candidature.version, "motif": dit})
    return etat


def _motif(texte: str) -> str:
    """The motive on one line. Raises SaisieRefusee."""
    return lire_texte_libre(
        texte, "motif", "recevabilite.motif", MOTIF_MAX, LecteurDuTexte.CANDIDAT, "Diplôme d'accès non détenu."
    )

"""Dossiers saved before pieces were asked get theirs: a lot that a migration makes, done at an opening."""

from __future__ import annotations

from dataclasses import replace

from cyclades_tui.actes.pieces import etats
from cyclades_tui.actes.socle.acte import ActeOuvert, acte, lecture
from cyclades_tui.actes.socle.noms import SansDroit, SansTrace
from cyclades_tui.domaine.contenu import Contenu
from cyclades_tui.domaine.erreurs import StoreInutilisable
from cyclades_tui.domaine.statuts import statut_de_libelle
from cyclades_tui.domaine.temps import en_iso
from cyclades_tui.poste import Poste
from cyclades_tui.regles.pieces_demandees import Profil, demande_de_pieces, groupe_de_categorie
from cyclades_tui.store.modele.tables import Candidature, Lot, LotElement
from cyclades_tui.store.requetes import lots
from cyclades_tui.store.requetes.lignes import lire_la_ligne

_PAGE = 100


def demander_aux_anciennes(poste: Poste) -> int:
    """Ask the pieces of candidatures that older releases saved without any; returns how many were done.

    Each is an acte of its own, so that a stop loses nothing. What is damaged is left for a later opening.
    Raises ActeRefuse (clock), StoreInutilisable.
    """
    faites = 0
    with lecture(poste, SansDroit.ANCIENNES, SansTrace.LOT) as acces:
        ouverts = [lot.id for lot in lots.de_la_nature(acces.unite, lots.ANCIENNES, _PAGE) if lot.termine_le is None]
    for lot_id in ouverts:
        apres, restent = 0, False
        while page := _page(poste, lot_id, apres):
            for candidature_id in page:
                if _demander(poste, lot_id, candidature_id):
                    faites += 1
                else:
                    restent = True
            apres = page[-1]
        if not restent:
            _finir(poste, lot_id)
    return faites


def _page(poste: Poste, lot_id: int, apres: int) -> list[int]:
    with lecture(poste, SansDroit.ANCIENNES, SansTrace.LOT) as acces:
        return [element.candidature_id for element, _, _ in lots.a_faire(acces.unite, lot_id, apres, _PAGE)]


def _demander(poste: Poste, lot_id: int, candidature_id: int) -> bool:
    with acte(poste, SansDroit.ANCIENNES, "justificatif.demander") as a:
        element = lire_la_ligne(a.unite, LotElement, (lot_id, candidature_id))
        candidature = lire_la_ligne(a.unite, Candidature, candidature_id)
        ((_, _, version),) = lots.a_faire(a.unite, lot_id, candidature_id - 1, 1)
        try:
            contenu = Contenu.lire(version.contenu)
        except StoreInutilisable:
            a.rien()
            return False
        demandees: list[str] = []
        if contenu.pieces is None:  # otherwise it was saved again meanwhile, and its pieces asked then
            demandees = _etablir(a, candidature, contenu)
        element.fait_le = en_iso(a.instant)
        a.consigner(f"candidature:{candidature_id}", {"version": version.numero, "pieces": demandees})
    return True


def _etablir(a: ActeOuvert, candidature: Candidature, contenu: Contenu) -> list[str]:
    """Ask of a candidature what its last version would be asked today; returns the pieces."""
    referentiel = a.poste.referentiel
    reglages = referentiel.reglages(candidature.examen, candidature.session, candidature.academie)
    profil = Profil(contenu, groupe_de_categorie(referentiel, contenu))
    avec_pieces = replace(contenu, pieces=demande_de_pieces(referentiel.pieces, profil, reglages))
    etats.etablir(a, candidature, avec_pieces, statut_de_libelle(reglages.statut_initial_postal))
    return [piece.piece for piece in avec_pieces.pieces_demandees]


def _finir(poste: Poste, lot_id: int) -> None:
    with acte(poste, SansDroit.ANCIENNES, "justificatif.demander") as a:
        lire_la_ligne(a.unite, Lot, lot_id).termine_le = en_iso(a.instant)
        a.consigner(f"lot:{lot_id}", {})

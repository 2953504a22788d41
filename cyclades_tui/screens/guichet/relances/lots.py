"""The parts of the screen of relances: two lists, the progress of a lot, its letters in a folder."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Callable
from functools import partial
from pathlib import Path

from textual.content import Content
from typing_extensions import override

from cyclades_tui.actes.documents import copies, tirage
from cyclades_tui.actes.documents.copies import Racine
from cyclades_tui.actes.documents.relances import ARelancer, LotVu
from cyclades_tui.actes.documents.tirage import Tirage
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.temps import jour_court, jour_et_heure, limite_de_paris
from cyclades_tui.domaine.texte import milliers
from cyclades_tui.poste import Poste
from cyclades_tui.screens.guichet.page import PageGuichet
from cyclades_tui.widgets.bloc import Genre
from cyclades_tui.widgets.cadre import raccourcir
from cyclades_tui.widgets.dialogue import Dialogue, Reponse
from cyclades_tui.widgets.longue_liste import LongueListe

RIEN = "rien"
_BARRE = 30  # cells
_ATTENTE = 2.0  # seconds before the remaining time is shown
_QUI, _ETAT = 28, 14


class ListeLots(LongueListe[LotVu]):
    """The last lots, and how far each has come."""

    @override
    def dessiner(self, ligne: LotVu, largeur: int) -> Content:
        fait, voulus = ligne.avancement, ligne.criteres
        signe, mot, genre = ("√", "terminé", "succes") if fait.termine else ("…", "à reprendre", "attention")
        suite = (
            f"{milliers(fait.faits)} sur {milliers(fait.total)}   lot {fait.lot} du {jour_et_heure(ligne.cree_le)}, "
            f"{' '.join((voulus.examen, voulus.session)).strip()} avant le {jour_court(voulus.avant)}"
        )
        return Content.assemble((f"{signe} {mot}".ljust(_ETAT), f"bold ${genre}"), raccourcir(suite, largeur - _ETAT))


class ListeARelancer(LongueListe[ARelancer]):
    """The dossiers that a lot would relance, and what each lacks."""

    @override
    def dessiner(self, ligne: ARelancer, largeur: int) -> Content:
        qui = raccourcir(f"{ligne.nom} {ligne.prenoms}", _QUI - 2).ljust(_QUI)
        numeros = f"{ligne.numero_candidat} {ligne.numero_inscription:03d}  "
        place = max(largeur - len(qui) - len(numeros), 0)
        return Content.assemble(qui, numeros, raccourcir(", ".join(m.sigle for m in ligne.manques), place))


class Progres:
    """The progress of some work and the time left, by the poste's clock."""

    def __init__(self, poste: Poste, quoi: str, montrer: Callable[[str, str], object]) -> None:
        self._poste = poste
        self._quoi = quoi
        self._montrer = montrer
        self._debut = poste.maintenant()
        self._depart: int | None = None

    def avancer(self, faits: int, total: int) -> None:
        """`340 sur 1 200 relances, encore 2 min environ`, with a bar."""
        self._depart = faits if self._depart is None else self._depart
        ecoule = (self._poste.maintenant() - self._debut).total_seconds()
        reste = ecoule * (total - faits) / (faits - self._depart) if faits > self._depart else 0.0
        encore = f", encore {_duree(reste)} environ" if ecoule >= _ATTENTE and reste else ""
        plein = _BARRE * faits // max(total, 1)
        phrase = f"{milliers(faits)} sur {milliers(total)} {self._quoi}{encore}"
        self._montrer(phrase, "█" * plein + "░" * (_BARRE - plein))


class Lettres:
    """Writes the letters of a lot into one of the poste's folders; the screen shows the progress and may stop it."""

    def __init__(
        self,
        page: PageGuichet,
        commencer: Callable[[], object],
        montrer: Callable[[str, str], object],
        finir: Callable[[str, Genre], object],
        echec: Callable[[tuple[Faute, ...]], object],
    ) -> None:
        self._page = page
        self._commencer = commencer
        self._montrer = montrer
        self._finir = finir
        self._echec = echec
        self.arret = False

    def enregistrer(self, lot: int) -> None:
        """Ask for a folder, then write the letters."""
        self._page.lancer(lambda: copies.racines(self._page.poste), partial(self._choisir, lot), self._echec)

    def _choisir(self, lot: int, racines: tuple[Racine, ...]) -> None:
        la = {f"racine-{rang}": racine for rang, racine in enumerate(racines) if racine.refus is None}
        absentes = [f"{racine.refus.message} {racine.refus.remede}" for racine in racines if racine.refus is not None]
        if not la:
            constat = " ".join(absentes) or "Ce poste n'a pas de dossier où enregistrer."
            poste = self._page.poste
            commande = shlex.join(("cyclades", "--store", str(poste.store.chemin), "--agent", poste.acteur.identifiant))
            self._finir(f"{constat} Sinon : {commande} justificatif relancer --lot {lot} --pdf DOSSIER", "erreur")
            return
        question = Dialogue(
            f"Lettres du lot {lot}",
            "\n\n".join(["Un seul PDF, à imprimer. Choisissez le dossier.", *(f"× {dite}" for dite in absentes)]),
            (*(Reponse(cle, copies.nommer(r.chemin)) for cle, r in la.items()), Reponse(RIEN, "Ne pas enregistrer")),
            echap=RIEN,
        )
        self._page.app.push_screen(question, lambda choix: self._tirer_dans(lot, la.get(choix or "")))

    def _tirer_dans(self, lot: int, racine: Racine | None) -> None:
        if racine is not None:
            self.arret = False
            self._commencer()
            self._page.mener(self._tirer(lot, racine.chemin), self._dire, self._echec)

    async def _tirer(self, lot: int, racine: Path) -> Tirage | None:
        """The last step of the writing; None if given up, in which case no file is left."""
        progres, dernier = Progres(self._page.poste, "lettres", self._montrer), None
        etapes = tirage.tirer(self._page.poste, lot, racine)
        try:
            while (etape := await asyncio.to_thread(next, etapes, None)) is not None:
                dernier = etape
                progres.avancer(etape.faits, etape.total)
                if self.arret and etape.chemin is None:
                    return None
        finally:
            etapes.close()
        return dernier

    def _dire(self, dernier: Tirage | None) -> None:
        if dernier is None or dernier.chemin is None:
            self._finir("Arrêté : rien n'a été enregistré. F9 recommence.", "attention")
        else:
            ou = f"{dernier.chemin.name}, dans {copies.nommer(dernier.chemin.parent)}"
            self._finir(f"{milliers(dernier.total)} lettres enregistrées : {ou}.", "succes")


def dire_les_manques(dossier: ARelancer) -> str:
    """`ALEXIS Rose : avant le 15/01/2024 à 23:59 (heure de Paris), Diplôme Non conforme`, the nearest first."""
    par_limite: dict[str, list[str]] = {}
    for manque in sorted(dossier.manques, key=lambda manque: (manque.limite is None, manque.limite)):
        quand = "sans date" if manque.limite is None else f"avant le {limite_de_paris(manque.limite)}"
        par_limite.setdefault(quand, []).append(f"{manque.sigle} {manque.etat}")
    dits = " ; ".join(f"{quand}, {', '.join(manques)}" for quand, manques in par_limite.items())
    return f"{dossier.nom} {dossier.prenoms} : {dits}"


def _duree(secondes: float) -> str:
    return f"{round(secondes)} s" if secondes < 60 else f"{round(secondes / 60)} min"

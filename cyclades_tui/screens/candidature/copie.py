"""Taking a document away: a print or a copy, and the questions needed for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from cyclades_tui.actes.candidature.candidatures import Fiche
from cyclades_tui.actes.documents import copies
from cyclades_tui.actes.documents.copies import Racine
from cyclades_tui.actes.documents.documents import DocumentPublie
from cyclades_tui.domaine.acteur import NatureActeur
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.poste import Poste
from cyclades_tui.screens.cadre.page import Page, phrases
from cyclades_tui.widgets.bloc import Genre
from cyclades_tui.widgets.dialogue import Dialogue, Reponse

_SANS_IMPRESSION = "L'impression n'est pas prévue sur ce poste : demandez à {0}."
_SANS_COPIE = "Ce poste n'enregistre pas de copie : demandez à {0}."
_GARDER, _REMPLACER = "garder", "remplacer"


class Emporter:
    """F4 and F9 of a screen, one at a time; `annoncer` shows the result in the page."""

    def __init__(self, page: Page, poste: Poste, fiche: Fiche, annoncer: Callable[[str, Genre], None]) -> None:
        self._page = page
        self._poste = poste
        self._fiche = fiche
        self._annoncer = annoncer
        self._occupe = False

    def imprimer(self, publie: DocumentPublie) -> None:
        if not self._poste.impression:
            self._page.dire("Imprimer", _SANS_IMPRESSION.format(self._poste.acteur.recours), "attention")
        elif self._commencer("Impression…"):
            self._page.lancer(
                lambda: copies.imprimer(self._poste, self._fiche, publie),
                lambda _: self._finir("Le document est parti à l'imprimante."),
                self._echouer,
            )

    def enregistrer(self, publie: DocumentPublie) -> None:
        if self._commencer("Recherche des supports…"):
            self._page.lancer(lambda: copies.racines(self._poste), partial(self._demander_ou, publie), self._echouer)

    def _commencer(self, phrase: str) -> bool:
        """Start, unless another print or copy is under way; returns whether it started."""
        if self._occupe:
            return False
        self._occupe = True
        self._annoncer("", "info")
        self._page.dire(phrase)
        return True

    def _finir(self, phrase: str) -> None:
        self._occupe = False
        self._annoncer(phrase, "succes")
        self._page.dire("√ Fait")

    def _echouer(self, fautes: tuple[Faute, ...]) -> None:
        self._occupe = False
        self._annoncer(phrases(fautes), "erreur")
        self._page.dire("× Refusé", "", "erreur")

    def _abandonner(self) -> None:
        self._occupe = False
        self._page.dire("")

    def _demander_ou(self, publie: DocumentPublie, racines: tuple[Racine, ...]) -> None:
        """Ask for one of the folders; those not available are shown too."""
        if not racines:
            self._occupe = False
            self._page.dire("Enregistrer une copie", _SANS_COPIE.format(self._poste.acteur.recours), "attention")
            return
        la = {f"racine-{rang}": racine for rang, racine in enumerate(racines) if racine.refus is None}
        absentes = [f"× {racine.refus.message} {racine.refus.remede}" for racine in racines if racine.refus is not None]

        def suivre(reponse: str | None) -> None:
            if reponse in la:
                self._copier(publie, la[reponse])
            else:
                self._abandonner()

        texte = f"{publie.libelle}, version n°{publie.version}. Choisissez le support."
        reponses = [Reponse(cle, f"{copies.nommer(r.chemin)}, {en_octets(r.libre)} libres") for cle, r in la.items()]
        self._page.app.push_screen(
            Dialogue(
                "Enregistrer une copie",
                "\n\n".join([texte, *absentes]),
                (*reponses, Reponse(_GARDER, "Ne pas enregistrer")),
                echap=_GARDER,
            ),
            suivre,
        )

    def _copier(self, publie: DocumentPublie, racine: Racine, *, remplacer: bool = False) -> None:
        self._page.dire("Enregistrement…")
        copie = "Copie chiffrée" if self._poste.chiffre_les_copies else "Copie"
        self._page.lancer(
            lambda: copies.enregistrer(self._poste, self._fiche, publie, racine.chemin, remplacer=remplacer),
            lambda chemin: self._finir(f"{copie} enregistrée sur {copies.nommer(racine.chemin)} : {chemin.name}"),
            partial(self._ne_pas_copier, publie, racine),
        )

    def _ne_pas_copier(self, publie: DocumentPublie, racine: Racine, fautes: tuple[Faute, ...]) -> None:
        if fautes[0].code != copies.EXISTE:
            self._echouer(fautes)
            return

        def suivre(reponse: str | None) -> None:
            if reponse == _REMPLACER:
                self._copier(publie, racine, remplacer=True)
            else:
                self._abandonner()

        question = Dialogue(
            "Ce fichier existe déjà",
            f"{fautes[0].message} Si vous le remplacez, l'ancien est perdu.",
            (Reponse(_GARDER, "Garder l'ancien"), Reponse(_REMPLACER, "Remplacer")),
        )
        self._page.app.push_screen(question, suivre)


def ou_l_avoir(poste: Poste, fiche: Fiche, racines: tuple[Racine, ...]) -> str:
    """Whom a candidate asks for a document on paper where nothing prints, with both numbers; else empty."""
    if poste.impression or poste.acteur.nature is not NatureActeur.CANDIDAT:
        return ""
    quoi = "sur papier" if racines else "sur papier ou en copie"
    numeros = f"N° candidat {fiche.numero_candidat}, inscription\N{NO-BREAK SPACE}{fiche.numero_inscription:03d}"
    return f"Pour l'avoir {quoi}, demandez à {poste.acteur.recours} : {numeros}."


def en_octets(nombre: int) -> str:
    """`1,2 Go`."""
    for unite, grandeur in (("Go", 10**9), ("Mo", 10**6)):
        if nombre >= grandeur:
            return f"{nombre / grandeur:.1f} {unite}".replace(".", ",")
    return f"{nombre // 1000} ko"

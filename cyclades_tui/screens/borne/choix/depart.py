"""Starts an inscription: offers a draft if there is one, and loses nothing without asking (decision 4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from cyclades_tui.actes.candidature import brouillons, candidatures
from cyclades_tui.actes.candidature.inscription import Modification
from cyclades_tui.actes.personnes.comptes import SessionCandidat
from cyclades_tui.actes.personnes.identite import saisie_du_compte
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.temps import a_la_minute
from cyclades_tui.poste import Poste
from cyclades_tui.regles.acquis_lies import AcquisLie, acquis_lies_de_la_version
from cyclades_tui.regles.doublons import CandidatureVoisine
from cyclades_tui.regles.service import Service
from cyclades_tui.screens.borne.inscription.garde import champs_connus
from cyclades_tui.screens.borne.inscription.parcours import Parcours
from cyclades_tui.screens.borne.navigation import Demarrer
from cyclades_tui.screens.cadre.page import Page
from cyclades_tui.screens.candidature.identite import connecte
from cyclades_tui.store.requetes.brouillons import CleBrouillon
from cyclades_tui.widgets.dialogue import Dialogue, Reponse

_REPRENDRE, _RELIRE, _EFFACER, _PLUS_TARD = "reprendre", "relire", "effacer", "plus-tard"


@dataclass(frozen=True, slots=True)
class _PointDeDepart:
    """The data to start from: the account's texts, the initial texts, and the draft if there is one."""

    service: Service
    cle: CleBrouillon
    compte: dict[str, str]
    origine: dict[str, str]
    reprise: brouillons.BrouillonRepris | None
    modification: Modification | None = None
    base: int = 0  # the version that the draft started from
    voisines: tuple[CandidatureVoisine, ...] = ()
    acquis_lies: tuple[AcquisLie, ...] = ()


class Depart:
    """Opens the wizard from a page of the person logged in (`session`)."""

    def __init__(self, page: Page, poste: Poste, session: SessionCandidat | None) -> None:
        self._page = page
        self._poste = poste
        self._session = session
        self._en_cours = False

    def demarrer(self, examen: str, session: str, academie: str) -> None:
        """Open the wizard for a service; if there is a draft, ask first what to do with it."""
        if self._session is not None:
            self._ouvrir(partial(self._lire, self._session, examen, session, academie))

    def modifier(self, numero_inscription: int) -> None:
        """Open the wizard on the last version of a candidature, offering its draft first (F342)."""
        if self._session is not None:
            self._ouvrir(partial(self._lire_la_version, self._session, numero_inscription))

    def _ouvrir(self, lire: Callable[[], _PointDeDepart]) -> None:
        if not self._en_cours:
            self._en_cours = True
            self._page.dire("Ouverture…")
            self._page.lancer(lire, self._proposer, self._echouer)

    def _lire(self, personne: SessionCandidat, examen: str, session: str, academie: str) -> _PointDeDepart:
        service = self._poste.service(examen, session, academie)
        cle = brouillons.cle_nouvelle(personne.numero, examen, session, academie)
        compte = saisie_du_compte(self._poste, personne.candidat_id)
        voisines = candidatures.voisines(self._poste, personne.numero, examen, session)
        return _PointDeDepart(service, cle, compte, compte, self._brouillon(cle, service), voisines=voisines)

    def _lire_la_version(self, personne: SessionCandidat, numero_inscription: int) -> _PointDeDepart:
        demande = candidatures.preparer_la_modification(self._poste, personne.numero, numero_inscription)
        service = self._poste.service(demande.examen, demande.session, demande.academie)
        fiche = candidatures.fiche(self._poste, personne.numero, numero_inscription)
        compte = saisie_du_compte(self._poste, personne.candidat_id)
        origine = {**demande.saisie, **compte}
        voisines = candidatures.voisines(
            self._poste, personne.numero, demande.examen, demande.session, sauf=numero_inscription
        )
        cle = brouillons.cle_modification(personne.numero, fiche.candidature_id, fiche.version)
        lies = acquis_lies_de_la_version(fiche.contenu)
        depart = _PointDeDepart(
            service, cle, compte, origine, None, demande.modification, fiche.version, voisines, lies
        )
        # A draft from an older version is still offered if somebody saved a version meanwhile.
        for version in range(fiche.version, 0, -1):
            cle = brouillons.cle_modification(personne.numero, fiche.candidature_id, version)
            if (reprise := self._brouillon(cle, service)) is not None:
                return replace(depart, cle=cle, reprise=reprise, base=version)
        return depart

    def _brouillon(self, cle: CleBrouillon, service: Service) -> brouillons.BrouillonRepris | None:
        return brouillons.reprendre(self._poste, cle, champs_connus(self._poste, service))

    def _echouer(self, fautes: tuple[Faute, ...]) -> None:
        self._en_cours = False
        self._page.dire_les_fautes(fautes)

    def _proposer(self, depart: _PointDeDepart) -> None:
        self._en_cours = False
        self._page.dire("")
        reprise = depart.reprise
        if reprise is None:
            self._partir(depart)
            return

        def suivre(reponse: str | None) -> None:
            self._suivre(depart, reprise, reponse)

        dialogue = _offrir_le_brouillon if reprise.tenu_par is None else _demander_le_brouillon
        self._page.app.push_screen(dialogue(depart, reprise), suivre)

    def _suivre(self, depart: _PointDeDepart, reprise: brouillons.BrouillonRepris, reponse: str | None) -> None:
        if reponse == _REPRENDRE:
            self._partir(depart, reprise, reprise.onglet, reprise.focus)
        elif reponse == _RELIRE:
            self._partir(depart, reprise)
        elif reponse == _EFFACER:
            self._demander_avant_d_effacer(depart)

    def _demander_avant_d_effacer(self, depart: _PointDeDepart) -> None:
        def suivre(reponse: str | None) -> None:
            if reponse == _EFFACER:
                self._page.lancer(
                    lambda: brouillons.abandonner(self._poste, depart.cle),
                    lambda _: self._partir(depart),
                    self._page.dire_les_fautes,
                )

        question = Dialogue(
            "Effacer ce que vous avez saisi ?",
            "Votre brouillon sera effacé de ce poste et ne pourra pas être retrouvé.",
            (Reponse(_PLUS_TARD, "Garder le brouillon"), Reponse(_EFFACER, "Effacer et recommencer")),
        )
        self._page.app.push_screen(question, suivre)

    def _partir(
        self,
        depart: _PointDeDepart,
        reprise: brouillons.BrouillonRepris | None = None,
        onglet: str = "",
        focus: str = "",
    ) -> None:
        assert self._session is not None  # noqa: S101 - `demarrer` asked for it
        saisie = depart.origine if reprise is None else depart.origine | reprise.saisie | depart.compte
        service = depart.service
        selection = (service.examen.code, service.session, service.academie)
        parcours = Parcours(
            self._poste,
            self._session.numero,
            connecte(self._session),
            *selection,
            saisie,
            depart.origine,
            depart.cle,
            brouillons.nouvel_ecran(self._poste),
            onglet=onglet,
            focus=focus,
            modification=depart.modification,
            repris=reprise is not None,
            voisines=depart.voisines,
            acquis_lies=depart.acquis_lies,
        )
        self._page.lancer(
            lambda: brouillons.prendre_la_main(self._poste, parcours.cle, parcours.ecran),
            lambda _: self._page.post_message(Demarrer(parcours)),
            self._page.dire_les_fautes,
        )


CHAQUE_MINUTE = 60  # seconds between two readings of a page whose words may change while one looks at it


class PageCandidat(Page):
    """A page of a candidate who is logged in."""

    def __init__(self, poste: Poste, session: SessionCandidat | None) -> None:
        super().__init__()
        self.poste = poste
        self.session = session
        self.poste_nomme = poste.acteur.poste
        self.identite = None if session is None else connecte(session)
        self.depart = Depart(self, poste, session)


def _offrir_le_brouillon(depart: _PointDeDepart, reprise: brouillons.BrouillonRepris) -> Dialogue:
    """The question whether to continue a draft; Échap keeps it for later."""
    return Dialogue(
        "Reprendre votre saisie ?",
        _ce_qui_est_garde(depart, reprise),
        (
            Reponse(_REPRENDRE, f"Reprendre à l'onglet {_rang(depart, reprise) + 1}"),
            Reponse(_RELIRE, "Relire depuis le début"),
            Reponse(_EFFACER, "Effacer et recommencer"),
            Reponse(_PLUS_TARD, "Plus tard, le brouillon reste"),
        ),
        echap=_PLUS_TARD,
    )


def _demander_le_brouillon(depart: _PointDeDepart, reprise: brouillons.BrouillonRepris) -> Dialogue:
    """The question whether to take a draft that another screen holds."""
    return Dialogue(
        "Cette saisie est ouverte sur un autre écran",
        f"{_ce_qui_est_garde(depart, reprise)}\n\nSi vous reprenez ici, l'autre écran ne gardera plus rien.",
        (
            Reponse(_PLUS_TARD, "Laisser l'autre écran continuer"),
            Reponse(_REPRENDRE, "Reprendre ici"),
        ),
    )


def _rang(depart: _PointDeDepart, reprise: brouillons.BrouillonRepris) -> int:
    """The rank of the draft's tab, from 0; the first if that tab no longer exists."""
    return next((rang for rang, o in enumerate(depart.service.onglets) if o.id == reprise.onglet), 0)


def _ce_qui_est_garde(depart: _PointDeDepart, reprise: brouillons.BrouillonRepris) -> str:
    service, rang = depart.service, _rang(depart, reprise)
    onglets = service.onglets
    texte = (
        f"{service.examen.libelle} {service.session}, {service.referentiel.academies[service.academie].libelle}\n\n"
        f"Gardée le {a_la_minute(reprise.garde_le)}, à l'onglet {rang + 1}/{len(onglets)} {onglets[rang].libelle}.\n"
        "Rien n'est perdu, rien n'est encore enregistré."
    )
    if depart.modification is not None and depart.base < depart.modification.version_de_base:
        derniere = depart.modification.version_de_base
        texte += f"\nElle partait de la version {depart.base} ; la version {derniere} a été enregistrée depuis."
    if reprise.champs_disparus:
        texte += f"\n{len(reprise.champs_disparus)} rubrique(s) n'existent plus et ne sont pas reprises."
    return texte

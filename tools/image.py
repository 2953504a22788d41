"""Draw the README's pictures with the guide's example person: `python -m tools.image`.

The borne, run without a terminal, gives `docs/borne.svg`; the guichet, with dossiers of the demo, gives
`docs/controle.svg`; the first page of the récapitulatif gives `docs/recapitulatif.png`.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2

from cyclades_tui.actes.bureau import agents
from cyclades_tui.actes.candidature import brouillons
from cyclades_tui.actes.candidature.fichiers import demande_de
from cyclades_tui.actes.candidature.inscription import Demande, enregistrer
from cyclades_tui.actes.documents import documents
from cyclades_tui.actes.pieces import attentes, controle
from cyclades_tui.actes.pieces.attentes import Filtre
from cyclades_tui.actes.pieces.controle import Decision
from cyclades_tui.actes.reglages.entretien import initialiser
from cyclades_tui.amorce import dossiers_a_controler as demo_pieces
from cyclades_tui.amorce.demonstration import MOT_DE_PASSE
from cyclades_tui.apps.borne import BorneApp
from cyclades_tui.apps.guichet import GuichetApp
from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.domaine.droits import Role
from cyclades_tui.domaine.statuts import ActePiece
from cyclades_tui.poste import Poste, ReglagesDuPoste, ouvrir_poste
from cyclades_tui.referentiel.ressources import dossier
from cyclades_tui.screens.borne.inscription.ecran import EcranInscription
from cyclades_tui.screens.borne.inscription.parcours import Parcours
from cyclades_tui.screens.guichet.controle.ecran import EcranControle

_DOCS = Path(__file__).parent.parent / "docs"
_ECHELLE = 1.4
_TAILLE = (120, 40)
_DOSSIERS, _DECIDEES, _PASSEES = 9, 4, 2
_NUMERO, _IDENTITE = "01948418953", ("NGMB-DUPONT", "NGMB-Jeanne")
# The exported picture links to web fonts; without them a viewer uses its own monospaced font.
_ADRESSES = re.compile(r"@font-face\s*\{[^}]*\}\s*|<!-- Generated with Rich [^>]*-->\s*")


class _InstantDuGuide:
    def maintenant(self) -> datetime:
        return datetime(2023, 12, 11, 15, 6, tzinfo=UTC)


@contextmanager
def _guide() -> Iterator[tuple[Poste, Demande]]:
    """A temporary store at the guide's instant, and the candidature of its example person."""
    fichier = next((dossier("fixtures") / "candidatures").glob("*ngmb*.toml"))
    tables = tomllib.loads(fichier.read_text(encoding="utf-8"))
    tables["service"]["session"] = "2024"
    with tempfile.TemporaryDirectory() as provisoire:
        reglages = ReglagesDuPoste(store=Path(provisoire) / "store", poste="borne 3")
        initialiser(reglages, "48418953-48499999", _InstantDuGuide())
        with ouvrir_poste(reglages, _InstantDuGuide()) as poste:
            demande, fautes = demande_de(poste, tables)
            if demande is None:
                raise SystemExit(str(fautes))
            yield poste, demande


async def _borne(poste: Poste, demande: Demande) -> str:
    """The tab Epreuves of the borne, as SVG."""
    service = (demande.examen, demande.session, demande.academie)
    cle = brouillons.cle_nouvelle(_NUMERO, *service)
    identite = (_NUMERO, *_IDENTITE, "Né(e) le 06/05/2005")
    saisie = dict(demande.saisie)
    ecran = brouillons.nouvel_ecran(poste)
    parcours = Parcours(poste, _NUMERO, identite, *service, saisie, saisie, cle, ecran, onglet="epreuves")
    application = BorneApp(lambda: poste)
    async with application.run_test(size=_TAILLE) as pilote:
        await application.workers.wait_for_complete()
        await application.push_screen(EcranInscription(parcours))
        await application.workers.wait_for_complete()
        await pilote.pause()
        return _ADRESSES.sub("", application.export_screenshot(title="cyclades borne"))


async def _controle(poste: Poste, demande: Demande) -> str:
    """An identity document in the control screen, zoomed on the name, as SVG."""
    demo_pieces.peupler(poste, demande, _DOSSIERS, lambda _faits, _sur: None)
    agents.ajouter(poste, "phare", "O. Phare", Role.ADMINISTRATEUR, (), "", MOT_DE_PASSE)
    phare = replace(poste, acteur=Acteur(NatureActeur.AGENT, "phare", Face.GUICHET, "poste G2"))
    agents.ajouter(phare, "rivage", "L. Rivage", Role.GESTIONNAIRE, ("33",), "", MOT_DE_PASSE)
    rivage = replace(phare, acteur=Acteur(NatureActeur.AGENT, "rivage", Face.GUICHET, "poste G2"))
    for ligne in attentes.attente(rivage, Filtre())[:_DECIDEES]:
        controle.decider(rivage, ligne.id, ligne.revision, Decision(ActePiece.ACCEPTER))
    (attente,) = attentes.attentes(rivage)
    agent = agents.AgentConnecte("rivage", "L. Rivage", Role.GESTIONNAIRE, ("33",), "")
    application = GuichetApp(lambda: rivage)
    async with application.run_test(size=_TAILLE) as pilote:
        await application.workers.wait_for_complete()
        ecran = EcranControle(rivage, agent, attente.filtre, attente.libelle)
        await application.push_screen(ecran)
        for touche in (*["f8"] * _PASSEES, "3"):
            await application.workers.wait_for_complete()
            await pilote.press(touche)
        await application.workers.wait_for_complete()
        await pilote.pause()
        return _ADRESSES.sub("", application.export_screenshot(title="cyclades guichet"))


def _recapitulatif(poste: Poste, demande: Demande, chemin: Path) -> None:
    octets = documents.ouvrir(poste, enregistrer(poste, demande).document).octets
    page = pypdfium2.PdfDocument(octets)[0]
    page.render(scale=_ECHELLE).to_pil().convert("P", palette=1, colors=16).save(chemin, optimize=True)


def main() -> None:
    _DOCS.mkdir(exist_ok=True)
    borne, guichet, recapitulatif = _DOCS / "borne.svg", _DOCS / "controle.svg", _DOCS / "recapitulatif.png"
    with _guide() as (poste, demande):
        borne.write_text(asyncio.run(_borne(poste, demande)), encoding="utf-8")
        _recapitulatif(poste, demande, recapitulatif)
        # Last, because from then on there are agents.
        guichet.write_text(asyncio.run(_controle(poste, demande)), encoding="utf-8")
    for chemin in (borne, guichet, recapitulatif):
        print(f"{chemin} : {chemin.stat().st_size // 1024} Ko")


if __name__ == "__main__":
    main()

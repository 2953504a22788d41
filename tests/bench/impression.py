"""Récapitulatifs per second, compared with reportlab drawing the same pages with the same fonts."""

from __future__ import annotations

import io
from functools import cache
from itertools import chain, repeat

from candidatures import demande
from mesure import Figure, en_alternance
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from cyclades_tui.domaine.contenu import EnteteDeVersion
from cyclades_tui.domaine.document import DocumentCompose
from cyclades_tui.domaine.reference import reference_de
from cyclades_tui.editions.empilement import HAUTEUR_PAGE
from cyclades_tui.editions.mise_en_page import mettre_en_page
from cyclades_tui.editions.pdf import rendre_lot, rendre_pdf
from cyclades_tui.editions.polices import charger_jeu
from cyclades_tui.editions.recapitulatif import composer
from cyclades_tui.referentiel.chargement import charger
from cyclades_tui.referentiel.ressources import dossier
from cyclades_tui.regles.contenu import composer as composer_contenu
from cyclades_tui.regles.dossier import etablir
from cyclades_tui.regles.recapitulatif import recapituler
from cyclades_tui.regles.saisie import lire_la_saisie
from cyclades_tui.regles.service import Service

_POLICES = dossier("data") / "polices"
_EXEMPLAIRES = 60
_TOURS = 5


def mesurer() -> list[Figure]:
    document = document_exemple()
    pages = len(mettre_en_page(document, charger_jeu(_POLICES, "usuel")))
    un, un_reportlab = en_alternance(_EXEMPLAIRES, lambda _: rendre_pdf(document, _POLICES), lambda _: page_reportlab())
    lot, lot_reportlab = en_alternance(
        _TOURS,
        lambda _: rendre_lot(repeat(document, _EXEMPLAIRES), _POLICES),
        lambda _: _reportlab(_EXEMPLAIRES),
    )
    return [
        _figure("Récapitulatifs, un fichier chacun", 1000 / un, 1000 / un_reportlab, "doc/s", 0.4),
        _figure(
            "Récapitulatifs, pages d'un seul fichier",
            1000 * pages * _EXEMPLAIRES / lot,
            1000 * pages * _EXEMPLAIRES / lot_reportlab,
            "page/s",
            0.9,
        ),
    ]


def _figure(nom: str, valeur: float, reference: float, unite: str, objectif: float) -> Figure:
    return Figure(nom, valeur, "reportlab, mêmes pages et polices", reference, unite, ("≥", objectif))


@cache
def document_exemple() -> DocumentCompose:
    """The récapitulatif of the guide's profile."""
    referentiel = charger(dossier("data"))
    service = Service.de(referentiel, "BCP", "2024", "33")
    reglages = referentiel.reglages("BCP", "2024", "33")
    fermeture = reglages.fenetre_prevue.fermeture
    lue = lire_la_saisie(demande(1).saisie, service, fermeture.date())
    etabli = etablir(lue, service, fermeture.date())
    assert etabli is not None
    entete = EnteteDeVersion("01948418953", "005", 1, fermeture, False)
    contenu = composer_contenu(etabli, entete, reglages)
    return composer(recapituler(contenu), reference_de(contenu))


def page_reportlab() -> bytes:
    """One document by reportlab."""
    return _reportlab(1)


def _reportlab(exemplaires: int) -> bytes:
    """The same documents with our layout, drawn by reportlab."""
    jeu = charger_jeu(_POLICES, "usuel")
    normal, gras = jeu.fichiers
    for nom, fichier in (("normal", normal), ("gras", gras)):
        pdfmetrics.registerFont(TTFont(nom, str(fichier)))
    sortie = io.BytesIO()
    toile = Canvas(sortie)
    for page in chain.from_iterable(mettre_en_page(document_exemple(), jeu) for _ in range(exemplaires)):
        for texte in page.textes:
            toile.setFont("gras" if texte.gras else "normal", texte.corps)
            toile.drawString(texte.x * mm, (HAUTEUR_PAGE - texte.y) * mm, texte.texte)
        for plein in page.pleins:
            bas = HAUTEUR_PAGE - plein.y - plein.hauteur
            toile.rect(plein.x * mm, bas * mm, plein.largeur * mm, plein.hauteur * mm, stroke=0, fill=1)
        for trait in page.traits:
            toile.setLineWidth(trait.filet.epaisseur * mm)
            toile.line(trait.x1 * mm, (HAUTEUR_PAGE - trait.y1) * mm, trait.x2 * mm, (HAUTEUR_PAGE - trait.y2) * mm)
        toile.showPage()
    toile.save()
    return sortie.getvalue()

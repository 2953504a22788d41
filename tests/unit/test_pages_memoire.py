"""The images kept of a document: those of the last pages drawn, within a limit."""

from __future__ import annotations

import io

from PIL import Image

from cyclades_tui.widgets.pages import IMAGES_MAX, DocumentAVoir


def image(largeur: int, hauteur: int) -> DocumentAVoir:
    sortie = io.BytesIO()
    Image.new("RGB", (largeur, hauteur), "white").save(sortie, "PNG")
    document = DocumentAVoir(sortie.getvalue(), "PNG")
    document.mesurer()
    return document


def test_the_zooms_and_turns_of_a_page_are_forgotten_one_after_the_other() -> None:
    document = image(2000, 1500)
    traces = [(0, 2.6 + rang / 100, 90 * (rang % 4)) for rang in range(8)]
    for trace in traces:
        document.rendre(trace)
    assert sum(vue.width * vue.height * 4 for vue in document.images.values()) <= IMAGES_MAX
    assert list(document.images) == traces[-len(document.images) :]
    revue = next(iter(document.images))
    document.rendre(revue)  # seen again, hence dropped last
    document.rendre((0, 2.7, 0))
    assert list(document.images)[-2:] == [revue, (0, 2.7, 0)]


def test_a_page_too_large_for_the_bound_is_kept_alone_and_none_is_drawn_ahead() -> None:
    document = image(3600, 3600)
    petite, enorme = (0, 0.5, 0), (0, 2.7, 0)
    assert document.legere(petite)
    assert not document.legere(enorme)
    document.rendre(petite)
    document.rendre(enorme)
    assert list(document.images) == [enorme]

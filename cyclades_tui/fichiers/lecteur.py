"""The program that opens a deposited file to see whether it can be shown; `examen` runs it confined.

Arguments: the format, the maximum of pages; the bytes come through the standard input.
"""

from __future__ import annotations

import sys
from functools import partial

from cyclades_tui.fichiers.confinement import repondre

DUREE_MAX = 20  # seconds of processor; a hundred pages in colours take seven
ATTENTE_MAX = 40  # seconds in all, on a machine that does other work


def main() -> None:
    format_, pages_max = sys.argv[1:]
    # Only the modules for this format are imported, and now: a confined process opens no file.
    if format_ == "PDF":
        from cyclades_tui.fichiers.examen_pdf import controler_pdf

        repondre(partial(controler_pdf, pages_max=int(pages_max)), DUREE_MAX)
    else:
        from cyclades_tui.fichiers.examen_image import controler_image

        repondre(partial(controler_image, format_=format_), DUREE_MAX)


if __name__ == "__main__":
    main()

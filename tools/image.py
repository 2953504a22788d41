"""Draw the README's picture, the first page of the guide's récapitulatif: `python -m tools.image`."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2

from cyclades_tui.actes import documents
from cyclades_tui.actes.entretien import initialiser
from cyclades_tui.actes.fichiers import demande_de
from cyclades_tui.actes.inscription import enregistrer
from cyclades_tui.poste import Reglages, ouvrir_poste
from cyclades_tui.referentiel.ressources import dossier

_IMAGE = Path(__file__).parent.parent / "docs" / "recapitulatif.png"
_ECHELLE = 1.4


class _InstantDuGuide:
    def maintenant(self) -> datetime:
        return datetime(2023, 12, 11, 15, 6, tzinfo=UTC)


def main() -> None:
    import tomllib

    fichier = next((dossier("fixtures") / "candidatures").glob("*ngmb*.toml"))
    tables = tomllib.loads(fichier.read_text(encoding="utf-8"))
    tables["service"]["session"] = "2024"
    with tempfile.TemporaryDirectory() as provisoire:
        reglages = Reglages(store=Path(provisoire) / "store")
        initialiser(reglages, "48418953-48499999", _InstantDuGuide())
        with ouvrir_poste(reglages, _InstantDuGuide()) as poste:
            demande, fautes = demande_de(poste, tables)
            if demande is None:
                raise SystemExit(str(fautes))
            octets = documents.ouvrir(poste, enregistrer(poste, demande).document).octets
    page = pypdfium2.PdfDocument(octets)[0]
    image = page.render(scale=_ECHELLE).to_pil().convert("P", palette=1, colors=16)
    _IMAGE.parent.mkdir(exist_ok=True)
    image.save(_IMAGE, optimize=True)
    print(f"{_IMAGE} : {_IMAGE.stat().st_size // 1024} Ko")


if __name__ == "__main__":
    main()

"""Build the documents' fonts, `data/polices/`, from DejaVu Sans: `python -m tools.polices`.

The npm package is fetched by `npm pack` and checked against its SHA-256. Each face is cut down twice: to the whole of
`domaine.texte.REPERTOIRE` (set « complet »), and to Western European letters (set « usuel »), which nearly every
document is content with and which a PDF parses and subsets twice as fast. Layout tables and hinting go: documents are
printed, unshaped. A modified font takes another name, as the licence asks. The output is the same bytes for the same
package and the same fontTools.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import fontTools
import tomlkit
from fontTools.misc.timeTools import epoch_diff
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from cyclades_tui.domaine.texte import REPERTOIRE, nommer_caractere

PAQUET = "dejavu-fonts-ttf"
VERSION = "2.37.3"
SHA256_PAQUET = "b7013ac58f9225250619db82cfb72e99c37ca8195f2b5a06a9e6a95bc5e1c84a"
GRAISSES = {"Regular": "DejaVuSans.ttf", "Bold": "DejaVuSans-Bold.ttf"}
JEUX = {
    "usuel": frozenset(c for c in REPERTOIRE if ord(c) < 0x100 or c in "ŒœŸ" or ord(c) > 0x1FFF),
    "complet": REPERTOIRE,
}
LICENCE = "LICENCE.txt"
DESTINATION = Path(__file__).parents[1] / "data" / "polices"

# Entries of the name table to keep: copyright, version, address of the licence.
NOMS_CONSERVES = [0, 5, 14]
WINDOWS = (3, 1, 0x409)
INUTILES = ["FFTM", "GDEF", "GPOS", "GSUB", "MATH", "gasp", "kern"]


def rapporter_paquet(dossier: Path) -> Path:
    """Fetch the package into `dossier` and unpack it. Raises SystemExit if its bytes are not the expected ones."""
    subprocess.run(["npm", "pack", f"{PAQUET}@{VERSION}", "--silent"], cwd=dossier, check=True, capture_output=True)
    archive = dossier / f"{PAQUET}-{VERSION}.tgz"
    empreinte = hashlib.sha256(archive.read_bytes()).hexdigest()
    if empreinte != SHA256_PAQUET:
        sys.exit(f"{archive.name}: SHA-256 {empreinte}, {SHA256_PAQUET} expected")
    with tarfile.open(archive) as contenu:
        contenu.extractall(dossier, filter="data")
    return dossier / "package"


def reduire(source: Path, graisse: str, jeu: str) -> bytes:
    """The renamed subset of a font. Raises SystemExit if the font lacks a character of the set."""
    police = TTFont(source, recalcTimestamp=False)
    absents = sorted(set(map(ord, JEUX[jeu])) - set(police.getBestCmap()))
    if absents:
        noms = ", ".join(f"{nommer_caractere(chr(point))} U+{point:04X}" for point in absents)
        sys.exit(f"{source.name} lacks characters of the repertoire: {noms}")
    options = Options(hinting=False, glyph_names=True, notdef_outline=True, name_IDs=NOMS_CONSERVES)
    options.layout_features = []
    options.drop_tables += INUTILES
    reducteur = Subsetter(options)
    reducteur.populate(unicodes=sorted(map(ord, JEUX[jeu])))
    reducteur.subset(police)
    renommer(police, jeu, graisse)
    sortie = BytesIO()
    police.save(sortie)
    return sortie.getvalue()


def renommer(police: TTFont, jeu: str, graisse: str) -> None:
    """Give the font its own family, full and PostScript names."""
    table = police["name"]
    table.names = [nom for nom in table.names if (nom.platformID, nom.platEncID, nom.langID) == WINDOWS]
    famille = f"Cyclades Documents {jeu.capitalize()}"
    postscript = f"{famille.replace(' ', '')}-{graisse}"
    noms = {1: famille, 2: graisse, 3: f"{postscript} {VERSION}", 4: f"{famille} {graisse}", 6: postscript}
    for identifiant, nom in noms.items():
        table.setName(nom, identifiant, *WINDOWS)


def ecrire(source: Path, graisse: str, jeu: str) -> dict[str, str | int]:
    """Write a font and return its entry of ORIGINE.toml; the date is that of the source font."""
    octets = reduire(source, graisse, jeu)
    nom = f"cyclades-{jeu}{'-gras' if graisse == 'Bold' else ''}.ttf"
    (DESTINATION / nom).write_bytes(octets)
    modifiee = datetime.fromtimestamp(TTFont(source)["head"].modified + epoch_diff, UTC)
    return {
        "fichier": nom,
        "sha256": hashlib.sha256(octets).hexdigest(),
        "caracteres": len(JEUX[jeu]),
        "source": source.name,
        "date_source": f"{modifiee:%Y-%m-%d}",
        "sha256_source": hashlib.sha256(source.read_bytes()).hexdigest(),
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as temporaire:
        paquet = rapporter_paquet(Path(temporaire))
        origine = tomlkit.document()
        origine.add(tomlkit.comment("Written by tools/polices.py."))
        origine.update(
            paquet=f"npm:{PAQUET}",
            version=VERSION,
            sha256_paquet=SHA256_PAQUET,
            licence=LICENCE,
            modification="cut down to the repertoire, layout tables and hinting dropped, renamed",
            fonttools=fontTools.version,
        )
        polices = tomlkit.aot()
        for jeu in JEUX:
            for graisse, nom in GRAISSES.items():
                polices.append(tomlkit.item(ecrire(paquet / "ttf" / nom, graisse, jeu)))
        origine.add("police", polices)
        (DESTINATION / "ORIGINE.toml").write_text(tomlkit.dumps(origine), encoding="utf-8")
        (DESTINATION / LICENCE).write_bytes((paquet / "LICENSE").read_bytes())


if __name__ == "__main__":
    main()

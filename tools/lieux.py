"""Build the national lists of places, `data/lieux/`, from npm packages: `python -m tools.lieux`.

The packages are fetched by `npm pack` into `build/lieux/` and checked against their SHA-256; the lists are the same
bytes for the same packages and the same liblzma. `ORIGINE.toml` says what each list is made of.

Communes, by département as Éducation nationale writes it: those of 2026 (communes, déléguées, associées, municipal
arrondissements, overseas collectivities), then the names and communes known from 1943 to 2019 and gone since, in the
département they then belonged to. Not in any package: the names gone before 1943, and those both made and gone between
2019 and 2026. A person may always type a commune that is not in the list.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import re
import subprocess
import sys
import tarfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cyclades_tui.referentiel.lieux import COMMUNES, LOCALITES, StatutCommune, cle_commune

RACINE = Path(__file__).parents[1]
CONSTRUCTION = RACINE / "build" / "lieux"
DESTINATION = RACINE / "data" / "lieux"


@dataclass(frozen=True, slots=True)
class Paquet:
    nom: str
    version: str
    sha256: str
    licence: str
    date_donnees: str
    contenu: str
    archive: str


DECOUPAGE = Paquet(
    "@etalab/decoupage-administratif",
    "6.0.0",
    "c189ffd5b33fe40c2f19e1a923ce557f190622f39228745d3195d746dfe00c4a",
    "données : Licence Ouverte ; code : MIT",
    "2026",
    "code officiel géographique (INSEE) au 01/01/2026 et codes postaux d'outre-mer",
    "etalab-decoupage-administratif-6.0.0.tgz",
)
HISTORIQUE = Paquet(
    "@etalab/decoupage-administratif",
    "0.7.0",
    "4643f584e1502d38a9baefe6e5b478aa8d5077bcd7e8972461dbbaceb66559f0",
    "données : Licence Ouverte ; code : MIT",
    "2019",
    "code officiel géographique (INSEE) au 01/01/2019 et histoire des communes depuis 1943",
    "etalab-decoupage-administratif-0.7.0.tgz",
)
POSTE = Paquet(
    "codes-postaux",
    "4.1.2",
    "4dbca742ec9eaa91897b949bde893cc4c7417699693120e1373f0cd489157d41",
    "MIT",
    "2025-10",
    "codes postaux et libellés d'acheminement (DGFiP)",
    "codes-postaux-4.1.2.tgz",
)

STATUTS = {
    "commune-actuelle": StatutCommune.ACTUELLE,
    "arrondissement-municipal": StatutCommune.ARRONDISSEMENT,
    "commune-deleguee": StatutCommune.DELEGUEE,
    "commune-associee": StatutCommune.ASSOCIEE,
}

# Départements of birth that a commune has besides its own: the whole of Corse before 1976, Mayotte under its former
# code, Saint-Barthélemy and Saint-Martin in Guadeloupe before 15 July 2007.
DEPARTEMENTS_REUNIS = {"02A": "020", "02B": "020", "976": "985", "977": "971", "978": "971"}

# Nobody is born in the TAAF or on Clipperton, which are not in the list of départements.
SANS_NAISSANCE = frozenset({"984", "989"})

ARTICLE_EN_QUEUE = re.compile(r"^(?P<nom>.+?) *\((?P<article>LE|LA|LES|L')\)$")


def rapporter(paquet: Paquet, fichier: str) -> Any:
    """A JSON file of a package. Raises SystemExit if the archive is not the expected one."""
    archive = CONSTRUCTION / paquet.archive
    if not archive.exists():
        commande = ["npm", "pack", f"{paquet.nom}@{paquet.version}", "--silent"]
        subprocess.run(commande, cwd=CONSTRUCTION, check=True, capture_output=True)
    empreinte = hashlib.sha256(archive.read_bytes()).hexdigest()
    if empreinte != paquet.sha256:
        sys.exit(f"{archive}: SHA-256 {empreinte}, {paquet.sha256} expected")
    with tarfile.open(archive) as contenu:
        membre = contenu.extractfile(f"package/{fichier}")
        if membre is None:
            sys.exit(f"{archive}: {fichier} is not a file")
        return json.load(membre)


def departement(code_commune: str) -> str:
    """The three characters of a commune's département: « 01004 » is 001, « 2A004 » 02A, « 97302 » 973."""
    return code_commune[:3] if code_commune.startswith(("97", "98")) else f"0{code_commune[:2]}"


def communes() -> dict[str, dict[str, tuple[str, StatutCommune]]]:
    """Official name and status, by département then key. The most recent source of a name wins."""
    toutes: dict[str, dict[str, tuple[str, StatutCommune]]] = defaultdict(dict)
    for code, nom, statut in _noms_du_plus_recent_au_plus_ancien():
        propre = departement(code)
        if propre in SANS_NAISSANCE:
            continue
        for un_departement in filter(None, (propre, DEPARTEMENTS_REUNIS.get(propre))):
            toutes[un_departement].setdefault(cle_commune(nom), (nom, statut))
    return toutes


def _noms_du_plus_recent_au_plus_ancien() -> Iterator[tuple[str, str, StatutCommune]]:
    """Code, name and status; a commune before its parts, so that a name they share is the commune's."""
    actuelles = rapporter(DECOUPAGE, "data/communes.json")
    for type_, statut in STATUTS.items():
        yield from ((c["code"], c["nom"], statut) for c in actuelles if c["type"] == type_)
    for commune in rapporter(HISTORIQUE, "data/communes.json"):
        yield commune["code"], commune["nom"], StatutCommune.ANCIENNE
    histoire = rapporter(HISTORIQUE, "data/historique-communes.json")
    for episode in sorted(histoire, key=lambda e: (e.get("dateFin", "9999"), e["id"]), reverse=True):
        yield episode["code"], episode["nom"], StatutCommune.ANCIENNE


def localites() -> dict[str, set[str]]:
    """Localities by postal code; a code missing in the postal list (Pacific, recent) serves its communes."""
    par_code: dict[str, set[str]] = defaultdict(set)
    for ligne in rapporter(POSTE, "codes-postaux.json"):
        par_code[ligne["codePostal"]].add(acheminement(ligne["libelleAcheminement"]))
    connus = frozenset(par_code)
    for commune in rapporter(DECOUPAGE, "data/communes.json"):
        for code in commune.get("codesPostaux", ()):
            if code not in connus and departement(commune["code"]) not in SANS_NAISSANCE:
                par_code[code].add(cle_commune(commune["nom"]))
    return par_code


def acheminement(libelle: str) -> str:
    """One spelling of a locality where the source has several: « FOURNET (LE) », « ST-BRISSON »."""
    return cle_commune(ARTICLE_EN_QUEUE.sub(r"\g<article> \g<nom>", libelle))


def texte_communes(toutes: dict[str, dict[str, tuple[str, StatutCommune]]]) -> str:
    """Blocks with an empty line between: the département, then key, official name, status, tab-separated."""
    return "\n\n".join(
        "\n".join([code, *(f"{cle}\t{noms[cle][0]}\t{noms[cle][1]}" for cle in sorted(noms, key=ordre_naturel))])
        for code, noms in sorted(toutes.items())
    )


def ordre_naturel(cle: str) -> str:
    """A sort key that puts `PARIS 2E` before `PARIS 10E`."""
    return re.sub(r"\d+", lambda nombre: nombre.group().zfill(3), cle)


def texte_localites(par_code: dict[str, set[str]]) -> str:
    return "\n".join("\t".join([code, *sorted(noms)]) for code, noms in sorted(par_code.items()))


def ecrire(nom: str, texte: str) -> str:
    """Compress a list into its destination; returns its SHA-256."""
    octets = lzma.compress(texte.encode(), preset=9 | lzma.PRESET_EXTREME)
    (DESTINATION / nom).write_bytes(octets)
    return hashlib.sha256(octets).hexdigest()


def origine(listes: Iterable[str]) -> str:
    entete = [
        "# Written by tools/lieux.py.",
        f"date_construction = {datetime.now(UTC).date().isoformat()}",
        'absents = "noms de communes disparus avant 1943, ou apparus et disparus entre 2019 et 2026 ; codes CEDEX"',
        "",
    ]
    paquets = [
        "\n".join(
            [
                "[[paquet]]",
                f'nom = "npm:{paquet.nom}"',
                f'version = "{paquet.version}"',
                f'sha256 = "{paquet.sha256}"',
                f'licence = "{paquet.licence}"',
                f'date_donnees = "{paquet.date_donnees}"',
                f'contenu = "{paquet.contenu}"',
                "",
            ]
        )
        for paquet in (DECOUPAGE, HISTORIQUE, POSTE)
    ]
    return "\n".join([*entete, *paquets, *listes])


def main() -> None:
    CONSTRUCTION.mkdir(parents=True, exist_ok=True)
    DESTINATION.mkdir(parents=True, exist_ok=True)
    toutes = communes()
    statuts = [statut for noms in toutes.values() for _, statut in noms.values()]
    par_code = localites()
    listes = [
        "[communes]",
        f'fichier = "{COMMUNES}"',
        f'sha256 = "{ecrire(COMMUNES, texte_communes(toutes))}"',
        f"departements = {len(toutes)}",
        f"lignes = {len(statuts)}",
        *(f"{statut.name.lower()} = {statuts.count(statut)}" for statut in StatutCommune),
        "",
        "[localites]",
        f'fichier = "{LOCALITES}"',
        f'sha256 = "{ecrire(LOCALITES, texte_localites(par_code))}"',
        f"codes_postaux = {len(par_code)}",
        f"lignes = {sum(map(len, par_code.values()))}",
        "",
    ]
    (DESTINATION / "ORIGINE.toml").write_text(origine(listes), encoding="utf-8")
    print("\n".join(listes))


if __name__ == "__main__":
    main()

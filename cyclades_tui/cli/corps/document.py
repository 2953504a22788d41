"""`cyclades document`: list the documents of a candidature, export one, verify a paper."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

from cyclades_tui.actes.documents import documents
from cyclades_tui.actes.documents.copies import a_emporter
from cyclades_tui.cli.corps.connexion import poste_de, pour_emporter
from cyclades_tui.cli.corps.inscription import copier, preparer_dossier
from cyclades_tui.cli.corps.sortie_json import ecrire_json
from cyclades_tui.domaine.canonique import empreinte
from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee
from cyclades_tui.poste import ReglagesDuPoste


def lire_numero(texte: str) -> int:
    """The number in `001`. Raises SaisieRefusee."""
    if not (texte.isascii() and texte.isdigit() and len(texte) <= 6):
        message = f"« {texte[:20]} » n'est pas un numéro d'inscription."
        raise SaisieRefusee(Faute("document.numero", "inscription", message, "Exemple : 001."))
    return int(texte)


def lister(reglages: ReglagesDuPoste, candidat: str, inscription: int, *, toutes: bool, en_json: bool) -> None:
    """Print the last version of each document, or all, with its number for `ouvrir`. Raises SaisieRefusee."""
    with poste_de(reglages) as poste:
        publies = documents.lister(poste, candidat, inscription, toutes=toutes)
    if en_json:
        ecrire_json([asdict(publie) for publie in publies])
        return
    for publie in publies:
        print(f"{publie.id}  {publie.phrase}")


def ouvrir(
    reglages: ReglagesDuPoste,
    candidat: str,
    inscription: int,
    document: int | None,
    pdf: Path | None,
    *,
    texte: bool,
    chiffrer: bool,
    en_json: bool,
) -> None:
    """Write a document into a folder, or its text to the output; by default the last récapitulatif.

    Raises SaisieRefusee, StoreInutilisable.
    """
    with poste_de(reglages) as ouvert:
        poste = ouvert if pdf is None else pour_emporter(ouvert, chiffrer=chiffrer)
        choisi = documents.trouver(poste, candidat, inscription, document)
        fichier = documents.ouvrir(poste, choisi)
    chemin = None
    if pdf is not None:
        fichier = a_emporter(fichier, poste, avec_le_texte=texte)
        preparer_dossier(pdf)
        chemin = pdf / fichier.nom
        copier(chemin, fichier.octets)
    if en_json:
        ecrire_json(
            {
                "document": choisi,
                "nom": fichier.nom,
                "taille": len(fichier.octets),
                "sha256": empreinte(fichier.octets),
                "pdf": None if chemin is None else str(chemin),
                "texte": fichier.texte,
            }
        )
        return
    if chemin is not None:
        print(f"√ {chemin}")
    if texte or chemin is None:
        sys.stdout.write(fichier.texte + "\n")


def verifier(reglages: ReglagesDuPoste, fichier: Path | None, reference: str | None, *, en_json: bool) -> int:
    """Print the verdict on a file or on a reference; returns 0 if it may be of this store, else 1.

    Raises SaisieRefusee if nothing is given or the file cannot be read; StoreInutilisable.
    """
    from cyclades_tui.actes.documents.authentification import Preuve, verifier_fichier, verifier_reference

    with poste_de(reglages) as poste:
        if fichier is not None and reference is None:
            verdict = verifier_fichier(poste, fichier)
        elif reference is not None and fichier is None:
            verdict = verifier_reference(poste, reference)
        else:
            message = "Donnez un fichier, ou une référence, et non les deux."
            remede = "Exemple : cyclades document verifier papier.pdf."
            raise SaisieRefusee(Faute("document.a_verifier", "fichier", message, remede))
    reconnu = verdict.reconnu
    if en_json:
        ecrire_json(asdict(verdict))
    else:
        print(f"{'√' if verdict.tient else '×'} {verdict.phrases[0]}")
        for phrase in verdict.phrases[1:]:
            print(f"  {phrase}")
        if reconnu is not None and verdict.preuve is not Preuve.OCTETS:
            sys.stdout.write(f"\n{reconnu.texte}")
    return 0 if verdict.tient else 1

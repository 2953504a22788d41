"""`cyclades justificatif` decider, recevoir, affecter, file: the control of pieces without its screen."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from cyclades_tui.actes.pieces import attentes, controle, justificatifs, reception
from cyclades_tui.actes.pieces.attentes import Filtre, PieceEnAttente
from cyclades_tui.actes.pieces.controle import Decision
from cyclades_tui.actes.pieces.reception import Arrivee, Issue
from cyclades_tui.actes.reglages.lecture import lire_jour
from cyclades_tui.actes.reglages.service import trouver_selection
from cyclades_tui.cli.corps.connexion import poste_de
from cyclades_tui.cli.corps.document import lire_numero
from cyclades_tui.cli.corps.justificatif import choisir
from cyclades_tui.cli.corps.sortie_json import ecrire_json
from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee, raison
from cyclades_tui.domaine.lecture_de_fichiers import LISTE_AU_PLUS, lire_en_entier, lire_l_entree
from cyclades_tui.domaine.statuts import ActePiece
from cyclades_tui.domaine.tableur import lignes as lignes_du_tableur
from cyclades_tui.domaine.temps import jour_et_heure, jusqu_au
from cyclades_tui.domaine.texte import denombrer
from cyclades_tui.poste import Poste, ReglagesDuPoste

_MARQUES = {Issue.RECUE: "√", Issue.DEJA: "=", Issue.AMBIGUE: "!"}
_FAITES = (Issue.RECUE, Issue.DEJA)
_NOMS = {"attend_depuis": "file_le"}
_PAGE = 500


@dataclass(frozen=True, slots=True)
class DecisionTapee:
    """A decision as it was typed; `motif` is the number of a comment, from 1."""

    acte: ActePiece
    commentaire: str
    motif: int | None
    limite: str
    recue_le: str


def decider(
    reglages: ReglagesDuPoste, candidat: str, inscription: str, piece: str, decidee: DecisionTapee, *, en_json: bool
) -> None:
    """Decide on one piece of a dossier. Raises SaisieRefusee, ActeRefuse, StoreInutilisable."""
    with poste_de(reglages) as poste:
        vue = choisir(justificatifs.lister(poste, candidat, lire_numero(inscription)), piece)
        decision = Decision(
            decidee.acte,
            _commentaire(poste, decidee),
            _limite(decidee.limite),
            _jour(decidee.recue_le, "recue-le"),
        )
        faite = controle.decider(poste, vue.id, vue.revision, decision)
    if en_json:
        ecrire_json({"justificatif": faite.justificatif, "statut": faite.statut.libelle, "suivi": faite.suivi})
    else:
        print(f"√ {vue.intitule} : {faite.statut.libelle or 'rouverte au candidat'}")


def recevoir(
    reglages: ReglagesDuPoste,
    numeros: Iterable[str],
    fichier: Path | None,
    piece: str,
    recue_le: str,
    *,
    en_json: bool,
) -> int:
    """Mark pieces as received, line by line; returns the exit code, 2 if a line marked nothing.

    Raises SaisieRefusee, ActeRefuse, StoreInutilisable; lines already marked stay marked.
    """
    comptes = dict.fromkeys(Issue, 0)
    with poste_de(reglages) as poste:
        choisie = reception.trouver_la_piece(poste, piece)
        for arrivee in reception.recevoir(poste, _lignes(numeros, fichier), _jour(recue_le, "recue-le"), choisie):
            comptes[arrivee.issue] += 1
            _dire(arrivee, en_json=en_json)
    if not en_json:
        print(", ".join(denombrer(nombre, issue.value) for issue, nombre in comptes.items() if nombre))
    return 0 if sum(comptes.values()) == sum(comptes[issue] for issue in _FAITES) else 2


def lister_l_attente(
    reglages: ReglagesDuPoste, examen: str, session: str, academie: str, jours: int, *, en_json: bool
) -> None:
    """Print a line for each piece that waits. Raises SaisieRefusee, ActeRefuse, StoreInutilisable."""
    combien = 0
    with poste_de(reglages) as poste:
        voulue = trouver_selection(poste.referentiel, examen, session, academie)
        for ligne in _attente(poste, Filtre(voulue.examen, voulue.session, voulue.academie, jours=jours)):
            combien += 1
            if en_json:
                ecrire_json(_en_dict(ligne), en_ligne=True)
            else:
                print(_en_ligne(ligne))
    if not combien and not en_json:
        print("Aucune pièce à contrôler.")


def affecter(reglages: ReglagesDuPoste, a: str, nombre: int, examen: str, session: str, academie: str) -> None:
    """Assign waiting pieces to an agent, or return one's own. Raises SaisieRefusee, ActeRefuse, StoreInutilisable."""
    with poste_de(reglages) as poste:
        voulue = trouver_selection(poste.referentiel, examen, session, academie)
        filtre = Filtre(voulue.examen, voulue.session, voulue.academie)
        combien = attentes.affecter(poste, filtre, a, nombre)
    if a:
        print(f"√ {denombrer(combien, 'pièce affectée', 'pièces affectées')} à {a}.")
    else:
        print(f"√ {denombrer(combien, 'pièce rendue', 'pièces rendues')} à tous.")


def _attente(poste: Poste, filtre: Filtre) -> Iterator[PieceEnAttente]:
    derniere = None
    while page := attentes.attente(poste, filtre, derniere, _PAGE):
        yield from page
        derniere = page[-1]


def _en_dict(ligne: PieceEnAttente) -> dict[str, object]:
    """The line for `--json`; programs rely on these keys."""
    valeurs = {**asdict(ligne), "statut": ligne.statut.libelle}
    return {_NOMS.get(nom, nom): valeur for nom, valeur in valeurs.items()}


def _en_ligne(ligne: PieceEnAttente) -> str:
    depuis = "" if ligne.attend_depuis is None else jour_et_heure(ligne.attend_depuis)
    qui = f"{ligne.numero_candidat} {ligne.numero_inscription:03d}  {ligne.nom} {ligne.prenoms}"
    statut = ligne.statut.libelle or "à contrôler"
    return f"{ligne.id:>7}  {depuis}  {statut:<22} {ligne.sigle:<10} {qui}, {ligne.examen} {ligne.session}"


def _commentaire(poste: Poste, decidee: DecisionTapee) -> str:
    """The comment typed, or that of a number. Raises SaisieRefusee."""
    if decidee.motif is None:
        return decidee.commentaire
    motifs = controle.motifs(poste)
    if decidee.motif > len(motifs) or decidee.commentaire:
        message = f"Le motif {decidee.motif} n'existe pas, ou un commentaire est donné avec lui."
        connus = ", ".join(f"{rang} {motif.libelle}" for rang, motif in enumerate(motifs, start=1))
        raise SaisieRefusee(Faute("justificatif.motif", "motif", message, f"Choisissez l'un ou l'autre : {connus}."))
    return motifs[decidee.motif - 1].texte


def _limite(texte: str) -> datetime | None:
    jour = _jour(texte, "limite")
    return None if jour is None else jusqu_au(jour)


def _jour(texte: str, champ: str) -> date | None:
    return lire_jour(texte, champ) if texte.strip() else None


def _lignes(numeros: Iterable[str], fichier: Path | None) -> Iterator[str]:
    """The numbers typed, then the lines of the file (`-`: standard input). Raises SaisieRefusee."""
    yield from numeros
    if fichier is None:
        return
    if str(fichier) == "-" and sys.stdin.isatty():  # a person or a scanner types lines
        yield from sys.stdin
        return
    try:
        entree = str(fichier) == "-"
        octets = lire_l_entree(sys.stdin.buffer, LISTE_AU_PLUS) if entree else lire_en_entier(fichier, LISTE_AU_PLUS)
    except OSError as erreur:
        message = f"{fichier} ne peut pas être lu : {raison(erreur)}."
        raise SaisieRefusee(Faute("reception.fichier", "fichier", message, "Vérifiez le chemin.")) from erreur
    yield from lignes_du_tableur(octets)


def _dire(arrivee: Arrivee, *, en_json: bool) -> None:
    if en_json:
        ecrire_json({**asdict(arrivee), "issue": arrivee.issue.value}, en_ligne=True)
        return
    print(f"{_MARQUES.get(arrivee.issue, '×')} {arrivee.qui} : {arrivee.phrase}")

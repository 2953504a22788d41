"""`cyclades justificatif`: the pieces of a candidature, the files given for them, their validation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cyclades_tui.actes.candidature.recevabilite import juger
from cyclades_tui.actes.pieces import justificatifs
from cyclades_tui.actes.pieces.justificatifs import GroupeVu, Justificatifs, JustificatifVu
from cyclades_tui.cli.corps.connexion import poste_de
from cyclades_tui.cli.corps.sortie_json import ecrire_json
from cyclades_tui.domaine.erreurs import ActeRefuse, Faute, SaisieRefusee
from cyclades_tui.domaine.temps import jour_court, jour_et_heure
from cyclades_tui.domaine.texte import accorder, denombrer, en_clair
from cyclades_tui.poste import Poste, ReglagesDuPoste


def lister(reglages: ReglagesDuPoste, candidat: str, inscription: int, *, en_json: bool) -> None:
    """Print the pieces group by group, those no longer asked at the end. Raises SaisieRefusee."""
    with poste_de(reglages) as poste:
        vus = justificatifs.lister(poste, candidat, inscription)
    if en_json:
        ecrire_json(_en_dict(vus))
        return
    for groupe in vus.groupes:
        print(f"{groupe.groupe.titre} {groupe.groupe.delai}")
        for piece in groupe.pieces:
            _dire(piece)
    if vus.sans_objet:
        print("Sans objet")
        for piece in vus.sans_objet:
            _dire(piece)
    print(f"Dossier {juger(vus).phrase}.")


def deposer(
    reglages: ReglagesDuPoste,
    candidat: str,
    inscription: int,
    piece: str,
    fichiers: list[Path],
    *,
    a_la_suite: bool,
    en_json: bool,
) -> None:
    """Examine a file and give it for a piece. Raises SaisieRefusee, ActeRefuse, StoreInutilisable."""
    with poste_de(reglages) as poste:
        voulue = _trouver(poste, candidat, inscription, piece)
        depose = justificatifs.deposer(poste, candidat, inscription, voulue.id, *fichiers, a_la_suite=a_la_suite)
    dit = {"nom": depose.nom, "format": depose.format, "taille": len(depose.octets), "pages": depose.pages}
    if en_json:
        ecrire_json(
            {
                "piece": voulue.piece,
                "justificatif": voulue.id,
                **dit,
                "analyse": depose.analyse.value,
                "mots": depose.mots,
            }
        )
        return
    pages = denombrer(depose.pages, "page")
    print(f"√ {voulue.intitule} : {depose.nom}, {depose.format}, {en_clair(len(depose.octets))}, {pages}.")
    if voulue.depot is not None:
        print(f"  {'Après' if a_la_suite else 'À la place de'} {voulue.depot.nom}.")
    for mot in depose.mots:
        print(f"  {mot}")
    print(f"  Antivirus : {depose.analyse.value}.")


def retirer(reglages: ReglagesDuPoste, candidat: str, inscription: int, piece: str, *, en_json: bool) -> None:
    """Remove the file of a piece. Raises SaisieRefusee, ActeRefuse, StoreInutilisable."""
    with poste_de(reglages) as poste:
        voulue = _trouver(poste, candidat, inscription, piece)
        justificatifs.retirer(poste, candidat, inscription, voulue.id)
    if en_json:
        ecrire_json({"piece": voulue.piece, "justificatif": voulue.id})
    else:
        print(f"√ {voulue.intitule} : le fichier est retiré.")


def valider(reglages: ReglagesDuPoste, candidat: str, inscription: int, piece: str, *, en_json: bool) -> None:
    """Lock the files of one group, or of all open groups. Raises SaisieRefusee, ActeRefuse, StoreInutilisable."""
    with poste_de(reglages) as poste:
        vus = justificatifs.lister(poste, candidat, inscription)
        groupes = _groupes(vus, piece)
        validees = sum(
            justificatifs.valider(poste, candidat, inscription, {p.id: p.revision for p in groupe.pieces})
            for groupe in groupes
        )
    if en_json:
        ecrire_json({"validees": validees})
    else:
        dit = denombrer(validees, "pièce validée", "pièces validées")
        print(f"√ {dit} : le service peut {accorder(validees, 'la', 'les')} étudier.")


def _groupes(vus: Justificatifs, piece: str) -> list[GroupeVu]:
    """The group of `piece`, else all that can be locked; none if one of them lacks a file. Raises ActeRefuse."""
    if piece:
        voulue = choisir(vus, piece)
        return [groupe for groupe in vus.groupes if voulue in groupe.pieces]
    ouverts = [groupe for groupe in vus.groupes if any(p.deposable for p in groupe.pieces)]
    incomplets = [
        g.refus_de_valider for g in ouverts if g.refus_de_valider is not None and any(p.manque for p in g.pieces)
    ]
    prets = [groupe for groupe in ouverts if groupe.refus_de_valider is None]
    if incomplets or not prets:
        rien = Faute("justificatif.rien", "", "Aucun fichier n'est à valider.", "Voyez « justificatif lister ».")
        raise ActeRefuse(incomplets or rien)
    return prets


def _trouver(poste: Poste, candidat: str, inscription: int, piece: str) -> JustificatifVu:
    return choisir(justificatifs.lister(poste, candidat, inscription), piece)


def choisir(vus: Justificatifs, piece: str) -> JustificatifVu:
    """A piece by its number, name or code, if only one has it. Raises SaisieRefusee."""
    toutes = (*vus.pieces, *vus.sans_objet)
    trouvees = [p for p in toutes if piece and piece in (str(p.id), p.piece, p.code)]
    if len(trouvees) == 1:
        return trouvees[0]
    if trouvees:
        message = f"« {piece} » désigne {len(trouvees)} pièces."
        remede = f"Donnez un numéro : {', '.join(f'{p.id} ({p.libelle})' for p in trouvees)}."
    else:
        message = f"« {piece[:40]} » n'est pas une pièce de cette candidature."
        remede = f"Choisissez : {', '.join(dict.fromkeys(p.piece for p in toutes)) or 'aucune pièce'}."
    raise SaisieRefusee(Faute("justificatif.piece", "piece", message, remede))


def _dire(piece: JustificatifVu) -> None:
    facultative = "" if piece.obligatoire else " (facultatif)"
    print(f"  {piece.id:>5}  {piece.piece:<18} {piece.intitule}{facultative}")
    for ligne in _suite(piece):
        print(f"         {ligne}")


def _suite(piece: JustificatifVu) -> Iterator[str]:
    yield f"Statut : {piece.statut.libelle or '-'}" + (f" « {piece.commentaire} »" if piece.commentaire else "")
    if piece.depot is not None:
        quoi = f"{piece.depot.nom}, {piece.depot.format}, {en_clair(piece.depot.taille)}"
        yield f"Déposé le {jour_et_heure(piece.depot.depose_le)} (heure/Paris) : {quoi}, {piece.depot.analyse}"
    elif piece.deposable:
        yield "Aucun fichier"
    if piece.valide_le is not None:
        yield f"Validé le {jour_et_heure(piece.valide_le)} (heure/Paris)"
    if piece.recue_le is not None:
        yield f"Date de réception {jour_court(piece.recue_le)}"
    if piece.nouvelle_limite:
        yield piece.nouvelle_limite


def _en_dict(vus: Justificatifs) -> dict[str, Any]:
    return {
        "numero_candidat": vus.numero_candidat,
        "numero_inscription": f"{vus.numero_inscription:03d}",
        "recevabilite": vus.recevabilite.value,
        "motif": vus.motif,
        "formats": vus.formats,
        "taille_max": vus.taille_max,
        "groupes": [
            {
                "mode": groupe.groupe.mode,
                "delai": groupe.groupe.delai,
                "adresse_retour": groupe.groupe.adresse_retour,
                "validable": groupe.refus_de_valider is None,
                "pieces": [_piece_en_dict(piece) for piece in groupe.pieces],
            }
            for groupe in vus.groupes
        ],
        "sans_objet": [_piece_en_dict(piece) for piece in vus.sans_objet],
    }


def _piece_en_dict(piece: JustificatifVu) -> dict[str, Any]:
    return {**asdict(piece), "statut": piece.statut.libelle, "deposable": piece.deposable}

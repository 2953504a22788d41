"""The demo's justificatifs: fictitious dossiers with pieces in every status, and specimens that name the person."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from cyclades_tui.actes.candidature.inscription import Demande, Modification, enregistrer
from cyclades_tui.actes.pieces import attentes, controle, justificatifs
from cyclades_tui.actes.pieces.attentes import Filtre
from cyclades_tui.actes.pieces.controle import Decision
from cyclades_tui.actes.pieces.justificatifs import JustificatifVu
from cyclades_tui.champs.acquis import TITRE, case_titre, declaration
from cyclades_tui.domaine.disque import ecrire_en_entier, ecriture_entiere
from cyclades_tui.domaine.statuts import JUGEMENTS, ActePiece, DateDeDecision, Jugement
from cyclades_tui.domaine.temps import jour_court
from cyclades_tui.fichiers.antivirus import Analyse
from cyclades_tui.fichiers.examen import FichierExamine
from cyclades_tui.poste import Poste
from cyclades_tui.referentiel.ressources import dossier as dossier_livre
from cyclades_tui.regles.pieces_demandees import EN_LIGNE
from cyclades_tui.store.modele.unite import Progres

# Words of the coast and of the woods, which are nobody's names.
_NOMS = ("AMANDIER", "BALATA", "CANOPÉE", "DUNE", "ÉCUME", "FROMAGER", "GOYAVE", "HALIOTIDE", "ÎLET", "JUSANT")
_PRENOMS = ("Awa", "Éloïse", "Inès", "Kévin", "Maël", "Noé")
_LARGEUR, _HAUTEUR = 1000, 640
_ENCRE, _PAPIER, _CADRE = 20, 236, 120


@dataclass(frozen=True, slots=True)
class _Personne:
    nom: str
    prenom: str
    naissance: date
    email: str

    @property
    def identite(self) -> dict[str, str]:
        return {
            "identification.civilite": "MADAME" if self.prenom in _PRENOMS[:3] else "MONSIEUR",
            "identification.nom": self.nom,
            "identification.prenoms": self.prenom,
            "identification.naissance.date": jour_court(self.naissance),
            "identification.naissance.pays": "FRANCE (DONT OUTRE-MER)",
            "identification.naissance.departement": "973",
            "identification.naissance.commune": "CAYENNE",
            "identification.email": self.email,
        }


def peupler(poste: Poste, modele: Demande, dossiers: int, progres: Progres) -> None:
    """Register fictive persons on the model; most give their pieces, some not all, some do not validate them."""
    for rang, personne in enumerate(_personnes(dossiers)):
        progres(rang, dossiers)
        demande = replace(modele, saisie={**modele.saisie, **personne.identite, **_situation(rang)})
        inscription = enregistrer(poste, demande)
        numero, numero_inscription = inscription.numero_candidat, int(inscription.numero_inscription)
        _deposer(poste, personne, numero, numero_inscription, rang)
        if rang % 10 == 9 and _a_un_titre(rang):  # the diploma is no longer asked
            sans = {champ: texte for champ, texte in demande.saisie.items() if "titre" not in champ}
            enregistrer(poste, replace(demande, saisie=sans, modification=Modification(numero_inscription, 1)))


def _personnes(combien: int) -> Iterator[_Personne]:
    for rang in range(combien):
        nom, prenom = _NOMS[rang % len(_NOMS)], _PRENOMS[rang // len(_NOMS) % len(_PRENOMS)]
        suite = "" if rang < len(_NOMS) * len(_PRENOMS) else f"-{_PRENOMS[rang % len(_PRENOMS)]}"
        naissance = date(2001, 1, 5) + timedelta(days=37 * rang)
        yield _Personne(nom, prenom + suite, naissance, f"dossier.{rang + 1}@example.org")


def _situation(rang: int) -> dict[str, str]:
    """A title for most, a demand of aménagement (by post) for some."""
    situation = _INDIVIDUEL | {"candidature.amenagement_handicap": "oui" if rang % 5 == 0 else "non"}
    if _a_un_titre(rang):
        titre = f"acquis.titre.{_TITRE}"
        situation |= {declaration(TITRE): "oui", case_titre(_TITRE): "oui"}
        situation |= {f"{titre}.annee": "2022", f"{titre}.academie": "GUYANE"}
    return situation


def _a_un_titre(rang: int) -> bool:
    return rang % 3 != 1


_TITRE = "bts-dut-deug-licence"
_INDIVIDUEL = {
    "candidature.categorie": "INDIVIDUEL",
    "candidature.situation": "AUTRE",
    "candidature.etablissement": "INDIVIDUELS 973",
}


def _deposer(poste: Poste, personne: _Personne, numero: str, inscription: int, rang: int) -> None:
    """Deposit pieces: one person in ten gives none, one not all, one does not validate."""
    if rang % 10 == 1:
        return
    manquantes = [piece for piece in justificatifs.lister(poste, numero, inscription).pieces if piece.manque]
    for piece in manquantes[1:] if rang % 10 == 2 else manquantes:
        justificatifs.donner(poste, numero, inscription, piece.id, specimen(piece, personne))
    if rang % 10 in (2, 3):
        return
    _valider(poste, numero, inscription)


def _valider(poste: Poste, numero: str, inscription: int) -> None:
    for groupe in justificatifs.lister(poste, numero, inscription).groupes:
        if groupe.refus_de_valider is None:
            vues = {piece.id: piece.revision for piece in groupe.pieces}
            justificatifs.valider(poste, numero, inscription, vues)


def controler(agent: Poste, progres: Progres) -> tuple[int, int]:
    """An agent's morning: half of what waits is decided, each way in turn, and part of the post is opened.

    Returns how many pieces still wait, and how many were decided.
    """
    conforme, refusee, *autres = (_decision(agent, jugement) for jugement in JUGEMENTS.values())
    sortes = (conforme, conforme, refusee, conforme, *autres)
    en_attente = attentes.attente(agent, Filtre(mode=EN_LIGNE), nombre=500)
    a_decider = en_attente[: len(en_attente) // 2]
    for rang, (decision, ligne) in enumerate(zip(cycle(sortes), a_decider, strict=False)):
        progres(rang, len(a_decider))
        controle.decider(agent, ligne.id, ligne.revision, decision)
    for ligne in en_attente[:40:2]:
        for piece in justificatifs.lister(agent, ligne.numero_candidat, ligne.numero_inscription).pieces:
            if piece.mode != EN_LIGNE and piece.recue_le is None:
                controle.decider(agent, piece.id, piece.revision, Decision(ActePiece.RECEVOIR))
    return attentes.compter(agent, Filtre()), controle.compteurs(agent).faites


def _decision(agent: Poste, jugement: Jugement) -> Decision:
    limite = agent.maintenant() + timedelta(days=20)
    return Decision(
        jugement.acte,
        controle.motifs(agent)[0].texte if jugement.commentaire else "",
        limite if jugement.date is DateDeDecision.LIMITE else None,
    )


# Specimens


def specimen(piece: JustificatifVu, personne: _Personne) -> FichierExamine:
    """A picture that looks like the piece and names the person, marked as a specimen."""
    page = _carte(personne) if piece.piece == "identite" else _attestation(piece.libelle, personne)
    nom = f"{piece.piece}-{personne.nom.lower()}.jpg"
    return FichierExamine(nom, "JPEG", _jpeg(page), 1, Analyse.NON_ANALYSE)


def ecrire_les_specimens(support: Path) -> None:
    """Write files as on a candidate's medium, one of which no piece accepts."""
    support.mkdir(exist_ok=True)
    personne = _Personne("SALINE", "Chloé", date(2001, 11, 7), "")
    ecrire_en_entier(support / "carte-identité.jpg", _jpeg(_carte(personne)))
    for nom in ("récapitulatif signé", "certificat JDC", "certificats de travail"):
        with ecriture_entiere(support / f"{nom}.pdf") as fichier:
            _attestation(nom.capitalize(), personne).save(fichier, "PDF")
    ecrire_en_entier(support / "notes.txt", "Ce fichier n'est pas une pièce.\n".encode())


def _jpeg(page: Image.Image) -> bytes:
    sortie = io.BytesIO()
    page.save(sortie, "JPEG", quality=60)
    return sortie.getvalue()


def _carte(personne: _Personne) -> Image.Image:
    """A picture of an identity card: photograph at the left, name and birth beside it, machine-readable lines below."""
    page = Image.new("L", (_LARGEUR, _HAUTEUR * 2), _PAPIER)
    crayon = ImageDraw.Draw(page)
    crayon.rectangle((20, 20, _LARGEUR - 20, _HAUTEUR - 20), outline=_CADRE, width=4)
    crayon.rectangle((20, _HAUTEUR + 20, _LARGEUR - 20, _HAUTEUR * 2 - 20), outline=_CADRE, width=4)
    crayon.rectangle((60, 100, 330, 470), outline=_CADRE, width=3)
    crayon.ellipse((130, 150, 260, 290), fill=_CADRE)
    crayon.pieslice((90, 290, 300, 560), 180, 360, fill=_CADRE)
    crayon.text((60, 40), "CARTE D'IDENTITÉ - SPÉCIMEN", _ENCRE, _police(34))
    lignes = (
        ("Nom", personne.nom),
        ("Prénoms", personne.prenom),
        ("Né(e) le", f"{jour_court(personne.naissance)} à CAYENNE"),
        ("Nationalité", "Française"),
    )
    for rang, (libelle, valeur) in enumerate(lignes):
        crayon.text((370, 105 + rang * 95), libelle, _CADRE, _police(24))
        crayon.text((370, 132 + rang * 95), valeur, _ENCRE, _police(38))
    nom = "".join(lettre if lettre.isascii() and lettre.isalpha() else "<" for lettre in personne.nom)
    bande = (f"IDFRA{nom:<<25}973000", f"{personne.naissance:%y%m%d}7SPECIMEN<<<<<<<<<<<<<<<<<<4")
    for rang, ligne in enumerate(bande):
        crayon.text((60, _HAUTEUR * 2 - 150 + rang * 60), ligne[:36], _ENCRE, _police(34))
    return page


def _attestation(objet: str, personne: _Personne) -> Image.Image:
    """A picture of a letter that certifies something about a person."""
    page = Image.new("L", (_LARGEUR, 1414), 250)
    crayon = ImageDraw.Draw(page)
    crayon.rectangle((40, 40, _LARGEUR - 40, 1374), outline=_CADRE, width=3)
    crayon.text((80, 90), "SPÉCIMEN", _CADRE, _police(60))
    for rang, ligne in enumerate(textwrap.wrap(objet, 44)):
        crayon.text((80, 220 + rang * 50), ligne, _ENCRE, _police(38))
    texte = (
        f"{personne.nom} {personne.prenom}",
        f"né(e) le {jour_court(personne.naissance)} à CAYENNE",
        "",
        "Fait pour servir et valoir ce que de droit.",
    )
    for rang, ligne in enumerate(texte):
        crayon.text((80, 480 + rang * 60), ligne, _ENCRE, _police(34))
    return page


def _police(corps: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(dossier_livre("data") / "polices" / "cyclades-usuel.ttf", corps)

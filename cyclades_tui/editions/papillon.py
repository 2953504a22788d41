"""The « papillon de connexion » as it is printed (F351-F358)."""

from __future__ import annotations

from collections.abc import Iterator

from cyclades_tui.domaine.contenu import lire_le_papillon
from cyclades_tui.domaine.document import BlocDeDocument, DocumentCompose, Style
from cyclades_tui.domaine.papillon import Papillon

TITRE = "Accès au service en ligne des examens"
SOUS_TITRE = "(Document à conserver impérativement)"
AVANT_ADRESSE = "Le service est disponible à l'adresse internet suivante :"
AVANT_IDENTIFIANTS = "Identifiez-vous avec le compte qui vous a été attribué :"


def editer(texte: str) -> DocumentCompose:
    """The document of a papillon, from the JSON stored with it. Raises StoreInutilisable if that is damaged."""
    return composer(lire_le_papillon(texte))


def composer(papillon: Papillon) -> DocumentCompose:
    """The sheet of one pupil."""
    return DocumentCompose(
        titre=TITRE,
        sujet=f"Candidat {papillon.numero_candidat}, inscription {papillon.numero_inscription}",
        instant=papillon.instant,
        formation=papillon.formation,
        blocs=tuple(_blocs(papillon)),
    )


def _blocs(papillon: Papillon) -> Iterator[BlocDeDocument]:
    yield BlocDeDocument(Style.TITRE, gras=papillon.academie)
    yield BlocDeDocument(Style.TITRE, gras=TITRE)
    yield BlocDeDocument(Style.TITRE, SOUS_TITRE)
    for rang, ligne in enumerate(papillon.etablissement):
        yield BlocDeDocument(Style.SERVICE, gras=ligne) if rang == 0 else BlocDeDocument(Style.SERVICE, ligne)
    if papillon.telephone:
        yield BlocDeDocument(Style.SERVICE, f"Tél : {papillon.telephone}")
    yield BlocDeDocument(Style.LIGNE, f"Elève : {papillon.eleve}")
    if papillon.classe:
        yield BlocDeDocument(Style.LIGNE, f"Classe : {papillon.classe}")
    yield BlocDeDocument(
        Style.LIGNE, f"N° candidat : {papillon.numero_candidat} - Inscription n° : {papillon.numero_inscription}"
    )
    yield BlocDeDocument(Style.PARAGRAPHE, f"{papillon.annonce} {AVANT_ADRESSE} {papillon.url}")
    yield BlocDeDocument(Style.RUBRIQUE, gras=AVANT_IDENTIFIANTS)
    yield BlocDeDocument(Style.LIGNE, f"Votre identifiant de connexion : {papillon.identifiant}")
    yield BlocDeDocument(
        Style.LIGNE, f"Votre mot de passe{' (*)' if papillon.conseil else ''} : {papillon.mot_de_passe}"
    )
    if papillon.resultats:
        yield BlocDeDocument(Style.PARAGRAPHE, papillon.resultats)
    if papillon.conseil:
        yield BlocDeDocument(Style.PARAGRAPHE, f"(*) {papillon.conseil}")

"""The candidate's récapitulatif, line by line as the guide prints it (F292-F333)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cyclades_tui.domaine.contenu import Contenu, GroupeEpreuves, LigneEpreuve
from cyclades_tui.domaine.document import BlocDeDocument, DocumentCompose, Style
from cyclades_tui.domaine.recapitulatif import Recapitulatif
from cyclades_tui.domaine.reference import Reference, reference_de
from cyclades_tui.domaine.temps import limite_longue
from cyclades_tui.editions.en_tete import en_tete
from cyclades_tui.regles.recapitulatif import recapituler

# The printed lines about the person, in order; the fields of one entry share a line (F301-F311).
LIGNES_PERSONNE = (
    ("identification.nom_usage",),
    ("identification.nationalite",),
    ("identification.naissance.date",),
    ("identification.naissance.commune",),
    ("identification.telephone", "identification.telephone_mobile"),
    ("identification.email",),
    ("candidature.vae",),
    ("identification.ine",),
    ("candidature.etablissement",),
    ("candidature.categorie",),
    ("candidature.amenagement_handicap",),
)
CONSENTEMENTS = ("consentement_presse", "consentement_collectivites")
AVANT_REFERENCE = "Référence à vérifier :"
AVANT_CONSENTEMENT = "Attention à bien vérifier votre choix ci-dessous :"
# The dots before a child row, by its level in the tree (F319).
POINTS = ("", ".... ", "..... ")


def editer(texte: str) -> DocumentCompose:
    """The document of a version, from its JSON. Raises StoreInutilisable if that is damaged."""
    contenu = Contenu.lire(texte)
    return composer(recapituler(contenu), reference_de(contenu))


def composer(recapitulatif: Recapitulatif, reference: Reference) -> DocumentCompose:
    """The document of a saved version; its `reference` allows a check that the paper is authentic."""
    return DocumentCompose(
        titre=recapitulatif.titre,
        sujet=(
            f"Candidat {recapitulatif.numero_candidat}, inscription {recapitulatif.numero_inscription},"
            f" version {recapitulatif.version}, session {recapitulatif.session}"
        ),
        instant=recapitulatif.instant,
        formation=recapitulatif.formation,
        blocs=tuple(
            bloc
            for partie in (
                en_tete(recapitulatif),
                (BlocDeDocument(Style.REFERENCE, f"\n{reference.lisible}", gras=AVANT_REFERENCE),),
                _personne(recapitulatif),
                _avis(recapitulatif),
                _qualification(recapitulatif),
                _acquis(recapitulatif),
                _epreuves(recapitulatif.groupes),
                _mentions(recapitulatif),
                _signature(recapitulatif.textes),
            )
            for bloc in partie
        ),
    )


def _champs(recapitulatif: Recapitulatif, champs: Iterable[str]) -> str:
    """« label : value » of those fields that the candidature has, on one line; only the label if no value was given."""
    lignes = {ligne.champ: ligne for section in recapitulatif.sections for ligne in section.lignes}
    return " ".join(
        f"{lignes[champ].libelle_document} : {lignes[champ].valeur_document}".rstrip()
        for champ in champs
        if champ in lignes
    )


def _personne(recapitulatif: Recapitulatif) -> Iterator[BlocDeDocument]:
    for champs in LIGNES_PERSONNE:
        ligne = _champs(recapitulatif, champs)
        if ligne:
            yield BlocDeDocument(Style.LIGNE, ligne)


def _avis(recapitulatif: Recapitulatif) -> Iterator[BlocDeDocument]:
    textes = recapitulatif.textes
    yield BlocDeDocument(Style.PARAGRAPHE, textes["important"], gras="IMPORTANT :")
    yield BlocDeDocument(
        Style.PARAGRAPHE, textes["modification"].replace("{fermeture}", limite_longue(recapitulatif.fermeture))
    )


def _qualification(recapitulatif: Recapitulatif) -> Iterator[BlocDeDocument]:
    specialite = _champs(recapitulatif, ["qualification.specialite"])
    if specialite:
        yield BlocDeDocument(Style.LIGNE, gras=specialite)
    forme = _champs(recapitulatif, ["qualification.forme_finale"])
    if forme:
        yield BlocDeDocument(Style.LIGNE, forme)


def _acquis(recapitulatif: Recapitulatif) -> Iterator[BlocDeDocument]:
    if not recapitulatif.acquis:
        return
    yield BlocDeDocument(Style.RUBRIQUE, gras="DECLARATION des ACQUIS")
    for acquis in recapitulatif.acquis:
        for ligne in acquis.document:
            yield BlocDeDocument(Style.LIGNE, ligne)


def _epreuves(groupes: Iterable[GroupeEpreuves]) -> Iterator[BlocDeDocument]:
    for groupe in groupes:
        if not groupe.titre_document:
            continue
        yield BlocDeDocument(Style.RUBRIQUE, gras=groupe.titre_document)
        for ligne in groupe.lignes:
            yield BlocDeDocument(Style.EPREUVE, cellules=(_intitule(ligne), ligne.unite, ligne.position, ligne.mode))
            if ligne.choix:
                yield BlocDeDocument(Style.CHOIX, f"- {ligne.choix}")


def _intitule(ligne: LigneEpreuve) -> str:
    return f"{POINTS[ligne.niveau]}{ligne.code} - {ligne.libelle}"


def _mentions(recapitulatif: Recapitulatif) -> Iterator[BlocDeDocument]:
    textes = recapitulatif.textes
    reponses = {ligne.champ: ligne.valeur_document for section in recapitulatif.sections for ligne in section.lignes}
    for consentement in CONSENTEMENTS:
        champ = f"candidature.{consentement}"
        if champ in reponses:
            question = f"{textes[consentement]} : (OUI ou NON) : {reponses[champ]}"
            yield BlocDeDocument(Style.PARAGRAPHE, question, gras=AVANT_CONSENTEMENT)
    yield BlocDeDocument(Style.PARAGRAPHE, textes["caisse_depots"])
    yield BlocDeDocument(Style.PARAGRAPHE, textes["informatique_libertes"])


def _signature(textes: Mapping[str, str]) -> Iterator[BlocDeDocument]:
    signataires = [textes[cle] for cle in ("signature", "signature_representant") if cle in textes]
    yield BlocDeDocument(Style.SIGNATURE, textes["certifie"])
    yield BlocDeDocument(Style.SIGNATURE, "A _____, le _____", cellules=tuple(signataires))
    yield BlocDeDocument(Style.PARAGRAPHE, gras=textes["corrections"])
    yield BlocDeDocument(Style.PARAGRAPHE, textes["identite_examen"])

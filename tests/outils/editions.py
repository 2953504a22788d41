"""For tests of documents: the guide's candidature as a Recapitulatif, and reading back what was written."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2

from cyclades_tui.domaine.contact import Contact
from cyclades_tui.domaine.contenu import Acquis, GroupeEpreuves, LigneEpreuve
from cyclades_tui.domaine.document import DocumentCompose, Style
from cyclades_tui.domaine.papillon import Papillon
from cyclades_tui.domaine.recapitulatif import Ligne, Recapitulatif, Section
from cyclades_tui.domaine.reference import Reference
from cyclades_tui.editions.recapitulatif import composer

RACINE = Path(__file__).parents[2]
POLICES = RACINE / "data" / "polices"
CCF = "Contrôle en cours de formation"
REFERENCE = Reference("01948418953", "005", 1, "0123456789ABCDEF0123456789ABCDEF")

_LIGNES = {
    "identification.nom_usage": ("Nom d'usage", ""),
    "identification.nationalite": ("Nationalité", "Français"),
    "identification.naissance.date": ("Né(e) le", "06/05/2005"),
    "identification.naissance.commune": ("A", "BUGARACH - 011"),
    "identification.telephone": ("Tél", ""),
    "identification.telephone_mobile": ("Tél. mobile", "01 23 45 67 89"),
    "identification.email": ("Mèl", "1948418953@mail.fr"),
    "identification.ine": ("Identifiant National (INE)", "088553495DY"),
    "candidature.vae": ("VAE", "NON"),
    "candidature.etablissement": ("Etablissement", "CFA CEVEDOM CAYENNE - CAYENNE CEDEX 2 (9730538X)"),
    "candidature.categorie": ("Catégorie du Candidat", "SCOLAIRE BACPRO 1 AN (133)"),
    "candidature.amenagement_handicap": ("Aménagement d'épreuve demandé au titre du handicap", "NON"),
    "candidature.consentement_presse": ("Presse", "NON"),
    "candidature.consentement_collectivites": ("Collectivités", "NON"),
    "qualification.specialite": ("Spécialité", "Aéronautique option Systèmes (25303)"),
    "qualification.forme_finale": ("Forme de passage", "Globale"),
}

# code, label, unit, level, position, mode, choice
_OBLIGATOIRES = (
    ("E1", "Epreuve scientifique", "", 0, "Inscrit", "", ""),
    ("E1-A", "Mathématiques", "U11", 1, "Inscrit", CCF, ""),
    ("E1-B", "Physique-Chimie", "U12", 1, "Inscrit", CCF, ""),
    ("E2", "Exploitation de la documentation technique", "U2", 0, "Inscrit", "Ponctuel", ""),
    ("E3", "Prise en compte de la formation en milieu professionnel", "", 0, "Inscrit", "", ""),
    ("E3-A", "Inspection et relation en entreprise", "U31", 1, "Inscrit", CCF, ""),
    ("E3-B", "Montage - démontage", "U32", 1, "Inscrit", CCF, ""),
    ("E3-C", "Essais, réglages et mise en oeuvre", "U33", 1, "Inscrit", CCF, ""),
    ("E3-D", "Réalisation et contrôle", "U34", 1, "Inscrit", CCF, ""),
    ("E3-E", "Economie et gestion", "U35", 1, "Inscrit", "Ponctuel", ""),
    ("E3-F", "Prévention, santé, environnement", "U36", 1, "Inscrit", "Ponctuel", ""),
    ("E4", "Langue vivante", "U4", 0, "Dispense", "", ""),
    ("E4-A", "Langue vivante A : écrite", "", 1, "Dispense", "", ""),
    ("E4-B", "Langue vivante A : orale", "", 1, "Dispense", "", ""),
    ("E5", "Français, histoire-géographie, enseignement moral et civique", "", 0, "Dispense", "", ""),
    ("E5-A", "Français", "U51", 1, "Dispense", "", ""),
    ("E5-B", "Histoire-géographie et enseignement moral et civique", "U52", 1, "Dispense", "", ""),
    ("E6", "Arts appliqués et culture artistique", "U6", 0, "Dispense", "", ""),
    ("E7", "Education physique et sportive", "U7", 0, "Dispense", "", ""),
    ("EC1", "Chef d'oeuvre", "CO1", 0, "Inscrit", CCF, ""),
    ("EC1A", "Chef d'oeuvre : présentation orale", "", 1, "Inscrit", CCF, ""),
    ("EC1B", "Chef d'oeuvre : note du livret", "", 1, "Inscrit", CCF, ""),
    ("EC1BA", "Chef d'oeuvre, note de la scolarité 1ère", "", 2, "Inscrit", CCF, ""),
    ("EC1BB", "Chef d'oeuvre, note de la scolarité terminale", "", 2, "Inscrit", CCF, ""),
)
_FACULTATIVES = (
    ("EF1", "Langue vivante facultative", "UF1", 0, "Inscrit", "Ponctuel", "Anglais"),
    ("EF2", "Epreuve de mobilité", "UF2", 0, "Inscrit", CCF, "Lettonie"),
)
_CONTROLE = (("ECT", "Epreuve de contrôle", "", 0, "Inscrit", "Ponctuel", ""),)


_Rangee = tuple[str, str, str, int, str, str, str]


def _groupe(identifiant: str, titre: str, titre_document: str, rangees: tuple[_Rangee, ...]) -> GroupeEpreuves:
    lignes = tuple(LigneEpreuve(*rangee, raison="") for rangee in rangees)
    return GroupeEpreuves(identifiant, "2024", titre, titre_document, lignes)


def textes_livres() -> dict[str, str]:
    """The long paragraphs shipped in data/reglages.toml."""
    reglages = tomllib.loads((RACINE / "data" / "reglages.toml").read_text(encoding="utf-8"))
    textes: dict[str, str] = reglages["reglage"][0]["textes"]
    return textes


def recapitulatif_du_guide() -> Recapitulatif:
    """The candidature on the guide's pages about the récapitulatif; its candidate is of age."""
    textes = textes_livres()
    del textes["signature_representant"]
    return Recapitulatif(
        titre="Récapitulatif de votre candidature",
        examen="BACCALAURÉAT PROFESSIONNEL",
        session="2024",
        numero_candidat="01948418953",
        numero_inscription="005",
        version=1,
        instant=datetime(2023, 12, 11, 15, 6, tzinfo=UTC),
        formation=False,
        fermeture=datetime(2023, 12, 13, 22, 59, tzinfo=UTC),
        contact=Contact(
            "Guyane",
            (
                "RECTORAT DE GUYANE",
                "DIVISIONS EXAMENS ET CONCOURS",
                "DEC 2",
                "PLACE LEOPOLD HEDER BP 6011",
                "97306 CAYENNE CEDEX",
            ),
            "0594272243",
            "dec.exapro@ac-guyane.fr",
        ),
        destinataire=("MADAME NGMB-DUPONT Ngmb-Jeanne", "reu", "97300 CAYENNE"),
        sections=(
            Section(
                "tout",
                "Tout",
                tuple(Ligne(champ, nom, valeur or "-", nom, valeur) for champ, (nom, valeur) in _LIGNES.items()),
            ),
        ),
        acquis=(
            Acquis(
                "titre",
                "",
                "",
                ("Titre ou diplôme : BTS DUT DEUG LICENCE", "Spécialité : Toutes spécialités (00002)"),
            ),
        ),
        groupes=(
            _groupe("obligatoires", "", "EPREUVES OBLIGATOIRES", _OBLIGATOIRES),
            _groupe("facultatives", "", "EPREUVE(S) FACULTATIVE(S)", _FACULTATIVES),
            _groupe("controle", "Epreuves du 2nd groupe", "", _CONTROLE),
        ),
        textes=textes,
    )


# The papillon in the guide.
PAPILLON = Papillon(
    academie="ACADÉMIE DE BESANCON",
    etablissement=("LP FERNAND LEGERE", "6 RUE RENE GIRARDOT", "74159", "25404 AUDINCOURT CEDEX"),
    telephone="0381362200",
    eleve="DUBOIS Pierre",
    classe="37 B",
    numero_candidat="02236030282",
    numero_inscription="001",
    annonce=(
        "Votre établissement vous a inscrit au baccalauréat professionnel. Un service en ligne est mis à votre "
        'disposition pour vous permettre de visualiser votre inscription (rubrique "Mes inscriptions"). Ce service en '
        "ligne vous permet également de consulter les documents relatifs au déroulement de vos épreuves (rubrique "
        "« Mes documents »)."
    ),
    url="https://examens.example.org/portail",
    identifiant="pierre.dubois",
    mot_de_passe="acp8V?sCcb",
    resultats=(
        "Ce compte va également vous permettre de consulter vos résultats sur le site de publication de votre académie."
    ),
    conseil="Nous vous conseillons de personnaliser votre mot de passe lors de votre première connexion",
    instant=datetime(2021, 11, 8, 9, 30, tzinfo=UTC),
    formation=False,
)


def difficiles() -> dict[str, Recapitulatif]:
    """Extreme contents: the longest names and lines, one name only, an address abroad, 78 épreuves."""
    guide = recapitulatif_du_guide()
    nom = "DE LA ROCHEFOUCARDIÈRE-MONTMORILLOT DE SAINTE-BARTHÉLEMIEUSE"
    prenoms = "Marie-Antoinette Élisabeth Guillemette Anne-Charlotte Philippine Joséphine-Renée"
    longs = (
        f"MADAME {nom} {prenoms}",
        "1234 bis boulevard de la Première-Grande-Traversée",
        "Résidence Les Hauts-de-la-Montagne-aux-Agoutis, B2",
        "Appartement 1406, escalier des Bougainvilliers est",
        "Route nationale 1, point kilométrique 12, carbet 9",
        "97300 CAYENNE",
    )
    etranger = ("MONSIEUR ŁUKASIEWICZ Jan", "ulica Świętojańska 12/4", "80-840 GDAŃSK", "POLOGNE")
    return {
        "noms-les-plus-longs": replace(guide, destinataire=longs),
        "un-seul-nom": replace(
            guide, destinataire=("MONSIEUR SURYADI", "3 impasse des Roucouyers", "97320 MARIPASOULA")
        ),
        "adresse-etrangere": replace(guide, destinataire=etranger),
        "service-long": replace(guide, contact=replace(guide.contact, lignes=guide.contact.lignes * 3)),
        "78-epreuves": replace(
            guide, groupes=tuple(replace(groupe, lignes=groupe.lignes * 3) for groupe in guide.groupes)
        ),
    }


def document_de(recapitulatif: Recapitulatif) -> DocumentCompose:
    """The document of a récapitulatif, with the reference of the guide's candidature."""
    return composer(recapitulatif, REFERENCE)


def sans_reference(document: DocumentCompose) -> DocumentCompose:
    """The document as in the guide: only ours has a reference."""
    return replace(document, blocs=tuple(bloc for bloc in document.blocs if bloc.style is not Style.REFERENCE))


def textes_des_pages(octets: bytes) -> list[str]:
    """The text of each page, as a PDF reader copies it."""
    with pypdfium2.PdfDocument(octets) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def serrer(texte: str) -> str:
    """A text without spaces; pdfium gives U+FFFE for a hyphen at the end of a line."""
    return "".join(texte.split()).replace("\ufffe", "-")


def sans_pied(document: DocumentCompose, pages: list[str]) -> list[str]:
    """The lines of all pages, without their feet."""
    lignes: list[str] = []
    for rang, page in enumerate(pages, start=1):
        propres = [" ".join(ligne.split()) for ligne in page.splitlines()]
        assert propres[-1] == f"{document.sujet} page {rang}/{len(pages)}"
        lignes += propres[:-1]
    return lignes

"""Builds the content of a version from a dossier: values, positions, all labels and texts (decision 5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cyclades_tui.champs import acquis as noms
from cyclades_tui.champs.identite import FRANCE
from cyclades_tui.champs.specification import Champ, Valeur
from cyclades_tui.domaine.canonique import empreinte
from cyclades_tui.domaine.contact import Contact
from cyclades_tui.domaine.contenu import (
    Accord,
    Acquis,
    Avertissement,
    ChampSauve,
    Contenu,
    Designation,
    EnteteDeVersion,
    GroupeEpreuves,
    LigneEpreuve,
    TexteAccepte,
)
from cyclades_tui.domaine.onglets import GenreOnglet, onglets_du_genre
from cyclades_tui.domaine.texte import capitaliser, en_capitales
from cyclades_tui.referentiel.reglages import ReglagesDuService, TexteAAccepter
from cyclades_tui.regles.conditions import Faits
from cyclades_tui.regles.dossier import Dossier
from cyclades_tui.regles.exigences import EXIGENCE
from cyclades_tui.regles.pieces_demandees import Profil, demande_de_pieces
from cyclades_tui.regles.positions import EpreuvePlacee, NoteAnterieure, Position, note_conservable

_DU_DIPLOME = onglets_du_genre(GenreOnglet.DIPLOME)
GROUPES = (
    # id, session, heading on screen, heading on the document
    ("obligatoire", "Session normale 1er groupe", "Epreuve(s) obligatoire(s)", "EPREUVES OBLIGATOIRES"),
    ("facultative", "Session normale 1er groupe", "Epreuve(s) facultative(s)", "EPREUVE(S) FACULTATIVE(S)"),
    ("admissibilite", "Admissibilité", "Epreuve(s) obligatoire(s)", "ADMISSIBILITÉ"),
    ("admission", "Admission (si admissible)", "Epreuve(s) obligatoire(s)", "ADMISSION (SI ADMISSIBLE)"),
    ("second-groupe", "Session normale 2nd groupe", "Epreuve(s) obligatoire(s)", "EPREUVES DU 2ND GROUPE"),
)


def composer(dossier: Dossier, entete: EnteteDeVersion, reglages: ReglagesDuService) -> Contenu:
    """The content to save for a dossier; reading it later needs no référentiel."""
    service = dossier.service
    contact = _contact(dossier, reglages)
    titres = {onglet.id: onglet.libelle for onglet in service.onglets}
    sans_pieces = Contenu(
        entete=entete,
        titre=reglages.libelle_recapitulatif,
        examen=Designation(service.examen.code, service.examen.libelle),
        session=service.session,
        academie=Designation(service.academie, contact.academie),
        specialite=dossier.presentation.diplome.code,
        champs={champ.id: champ for champ in _champs(dossier)},
        acquis=tuple(_acquis(dossier)),
        groupes=tuple(_groupes(dossier, imprimer_2nd=reglages.pdf_epreuves_2nd_groupe)),
        destinataire=tuple(_destinataire(dossier)),
        contact=contact,
        fermeture=reglages.fenetre_prevue.fermeture,
        textes=_textes(dossier, reglages),
        accords=tuple(
            Accord(
                champ,
                entete.instant,
                _empreinte_du_texte(texte),
                TexteAccepte(titres[onglet], texte.texte, texte.accord),
            )
            for onglet, texte in reglages.textes.a_accepter.items()
            if (champ := f"{onglet}.accord") in dossier.lue.champs
        ),
        pieces=(),
        avertissements=tuple(
            Avertissement(faute.code, faute.champ, faute.message)
            for faute in dossier.lue.avertissements
            if faute.code.startswith(EXIGENCE)
        ),
    )
    profil = Profil(sans_pieces, dossier.presentation.groupe)
    return replace(sans_pieces, pieces=demande_de_pieces(service.referentiel.pieces, profil, reglages))


def _contact(dossier: Dossier, reglages: ReglagesDuService) -> Contact:
    """The contact in the settings; if they have none, only the name of the académie."""
    academie = dossier.service.referentiel.academies[dossier.service.academie]
    if reglages.contact is None:
        return Contact(academie.libelle, (academie.libelle,), "", "")
    return reglages.contact.contact(academie)


def _champs(dossier: Dossier) -> Iterator[ChampSauve]:
    """Every field that was asked, filled or not; fields that come from the diploma only if filled."""
    for champ in dossier.lue.champs.values():
        valeur = dossier.lue.valeurs.get(champ.id, Valeur.simple(""))
        if valeur.valeur or champ.onglet not in _DU_DIPLOME:
            yield _champ(champ, valeur)


def _champ(champ: Champ, valeur: Valeur) -> ChampSauve:
    return ChampSauve(
        id=champ.id,
        libelle=champ.au_recapitulatif,
        libelle_document=champ.au_document,
        valeur=valeur.valeur,
        affichage=valeur.affichage,
        document=valeur.document,
    )


def _destinataire(dossier: Dossier) -> Iterator[str]:
    """Name, street, complements, postal code and town, and the country if abroad (F300)."""
    valeur, affichage = dossier.lue.valeur, dossier.lue.affichage
    prefixe = "identification."
    noms_ = (
        affichage(f"{prefixe}civilite"),
        en_capitales(valeur(f"{prefixe}nom")),
        capitaliser(valeur(f"{prefixe}prenoms")),
    )
    yield " ".join(nom for nom in noms_ if nom)
    adresse = f"{prefixe}adresse."
    for ligne in ("voie", "complement1", "complement2", "complement3"):
        if valeur(adresse + ligne):
            yield valeur(adresse + ligne)
    yield " ".join(part for part in (valeur(f"{adresse}code_postal"), valeur(f"{adresse}localite")) if part)
    if valeur(f"{adresse}pays") != FRANCE:
        yield affichage(f"{adresse}pays")


def _textes(dossier: Dossier, reglages: ReglagesDuService) -> dict[str, str]:
    textes = reglages.textes
    imprimes = {
        "important": textes.important,
        "modification": textes.modification,
        "caisse_depots": textes.caisse_depots,
        "informatique_libertes": textes.informatique_libertes,
        "consentement_presse": textes.consentement_presse,
        "consentement_collectivites": textes.consentement_collectivites,
        "certifie": textes.certifie,
        "signature": textes.signature,
        "corrections": textes.corrections,
        "identite_examen": textes.identite_examen,
    }
    if Faits(dossier.lue.valeur, dossier.service.examen, dossier.jour).mineur:
        imprimes["signature_representant"] = textes.signature_representant
    return imprimes


def _empreinte_du_texte(accepte: TexteAAccepter) -> str:
    return empreinte(f"{accepte.texte}\n{accepte.accord}")


# Épreuves


def _groupes(dossier: Dossier, *, imprimer_2nd: bool) -> Iterator[GroupeEpreuves]:
    for serie, session, titre, titre_document in GROUPES:
        lignes = tuple(_ligne_epreuve(p) for p in dossier.placees if p.epreuve.serie == serie and _a_montrer(p))
        imprime = titre_document if serie != "second-groupe" or imprimer_2nd else ""
        if lignes:
            yield GroupeEpreuves(serie, session, titre, imprime, lignes)


def _a_montrer(placee: EpreuvePlacee) -> bool:
    """Whether an épreuve is listed: optional ones are left out unless chosen."""
    return placee.epreuve.serie != "facultative" or placee.position is Position.INSCRIT


def _ligne_epreuve(placee: EpreuvePlacee) -> LigneEpreuve:
    epreuve = placee.epreuve
    return LigneEpreuve(
        epreuve.code,
        epreuve.libelle,
        epreuve.unite,
        placee.niveau,
        placee.position.value,
        placee.mode,
        placee.choix,
        str(placee.raison),
    )


# Acquis


def _acquis(dossier: Dossier) -> Iterator[Acquis]:
    acquis = dossier.acquis
    for declare in acquis.titres:
        titre = declare.titre
        specialite = f"{titre.specialites} ({titre.code})" if titre.code else titre.specialites
        yield Acquis(
            f"titre.{titre.id}",
            titre.libelle,
            f"Epreuves dispensées dans la spécialité présentée - Année : {declare.annee} Académie : {declare.academie}",
            (f"Titre ou diplôme : {titre.diplome}", f"Spécialité : {specialite}"),
        )
    for source in (noms.MEME, noms.AUTRE):
        if dossier.lue.valeur(noms.declaration(source)):
            yield _session_anterieure(dossier, source)
    if acquis.vae is not None:
        unites = ", ".join(p.epreuve.code for p in dossier.placees if p.epreuve.code in acquis.vae.unites)
        droit = f"Epreuves validées : {unites} - Année : {acquis.vae.annee} Académie : {acquis.vae.academie}"
        yield Acquis(
            "vae", "Validation des acquis de l'expérience", droit, ("Validation des acquis de l'expérience", droit)
        )
    for population in acquis.populations:
        yield Acquis(
            f"population.{population.id}", population.libelle, population.regle, (f"Dispense : {population.libelle}",)
        )


def _session_anterieure(dossier: Dossier, source: str) -> Acquis:
    affichage = dossier.lue.affichage
    prefixe = f"acquis.{source}"
    session, academie = affichage(f"{prefixe}.session"), affichage(f"{prefixe}.academie")
    specialite = affichage(f"{prefixe}.specialite") or affichage("qualification.specialite")
    notes = [note for note in dossier.acquis.notes if note.meme_specialite == (source == noms.MEME)]
    droit = f"Report de notes - Session : {session} Académie : {academie}"
    document = [f"Session antérieure : {session} ({academie})", f"Spécialité : {specialite}"]
    details = ", ".join(_note(note, dossier) for note in notes)
    if details:
        document.append(f"Notes : {details}")
        droit += f" - {details}"
    return Acquis(source, affichage_de_la_declaration(dossier, source), droit, tuple(document))


def affichage_de_la_declaration(dossier: Dossier, source: str) -> str:
    """The sentence of a declaration, as the screen shows it."""
    return dossier.lue.champs[noms.declaration(source)].libelle


def _note(note: NoteAnterieure, dossier: Dossier) -> str:
    perdue = note_conservable(note, dossier.forme, dossier.service.examen.benefice, dossier.service.annee)
    suite = "conservée" if note.conserver and perdue is None else "repassée"
    return f"{note.code} {str(note.note).replace('.', ',')} ({note.session}, {suite})"

"""Versions: numbered, immutable, never overwritten by somebody who did not see the last one (decision 5)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from outils.actes import (
    AUTRES_REGLAGES,
    BESANCON,
    contenu_de,
    demande,
    inscrire,
    lignes,
    ouvrir_fenetre,
    poste_sur,
    refus,
    regler,
    relire,
    texte_du_pdf,
    une,
    verifier_sans_faute,
)
from outils.guide import COMPACTE, EN_INDIVIDUEL, SAISIE
from outils.horloge import PENDANT, HorlogeReglable
from outils.saisies import note
from outils.store import brut
from sqlcipher3 import dbapi2

from cyclades_tui.actes.candidature.inscription import Demande, Inscription, Modification, VersionDepassee, enregistrer
from cyclades_tui.actes.documents import documents
from cyclades_tui.domaine.acteur import NatureActeur
from cyclades_tui.domaine.canonique import empreinte
from cyclades_tui.domaine.contenu import Accord, TexteAccepte
from cyclades_tui.domaine.temps import en_iso
from cyclades_tui.poste import Poste, ReglagesDuPoste
from cyclades_tui.regles.recapitulatif import Difference

VOIE = "identification.adresse.voie"
CHANGEMENTS = {VOIE: "12 rue du Port", "candidature.consentement_presse": "oui", "epreuves.EF1.langue": "Espagnol"}


def messages(poste: Poste) -> list[tuple[str, str]]:
    return [tuple(ligne) for ligne in lignes(poste, "SELECT objet, corps FROM message ORDER BY id")]


def test_a_first_save_is_version_one_with_its_document_message_and_journal_rows(poste: Poste) -> None:
    inscription = inscrire(poste)
    assert (inscription.numero_inscription, inscription.version, inscription.formation) == ("001", 1, True)
    assert lignes(poste, "SELECT etat, version, specialite, maj_le FROM candidature") == [
        ("Inscrit", 1, "25303", en_iso(inscription.instant))
    ]
    assert lignes(poste, "SELECT id, version_id, nature, sha256 FROM document") == [
        (inscription.document, 1, "recapitulatif", None),
        (inscription.document + 1, 1, "demande-pieces", None),
    ]
    assert [acte for (acte,) in lignes(poste, "SELECT acte FROM journal ORDER BY seq")] == [
        "store.creer",
        "candidat.creer",
        "candidature.inscrire",
    ]
    ((objet, corps),) = messages(poste)
    assert objet == "Inscription : BACCALAURÉAT PROFESSIONNEL"
    assert f"Votre numéro candidat : {inscription.numero_candidat}\nVotre numéro d'inscription : 001" in corps
    assert "prise en compte le 11/12/2023 à 16:06" in corps
    assert "avant la fermeture du service fixée le : 13/12/2023 à 23:59" in corps
    verifier_sans_faute(poste)


def test_a_modification_is_version_two_under_the_same_number(poste: Poste, horloge: HorlogeReglable) -> None:
    premiere = inscrire(poste)
    ancien = contenu_de(poste, premiere.candidature, 1)
    horloge.avancer(minutes=5)
    seconde = enregistrer(poste, demande(SAISIE | {VOIE: "12 rue du Port"}, Modification(1, 1)))
    assert seconde.candidature == premiere.candidature
    assert (seconde.numero_candidat, seconde.numero_inscription) == (premiere.numero_candidat, "001")
    assert seconde.version == 2
    assert seconde.document != premiere.document
    objet, corps = messages(poste)[1]
    assert objet == "Modification d'inscription : BACCALAURÉAT PROFESSIONNEL"
    assert "prise en compte le 11/12/2023 à 16:11. Votre dossier porte désormais la version 2." in corps
    assert contenu_de(poste, premiere.candidature, 1) == ancien
    assert seconde.contenu.champs[VOIE].valeur == "12 rue du Port"
    assert une(poste, "SELECT acte FROM journal ORDER BY seq DESC LIMIT 1") == "candidature.modifier"
    verifier_sans_faute(poste)


def test_a_session_declared_for_a_former_specialite_is_told_and_kept_for_the_agent(poste: Poste) -> None:
    """F204, F207: nothing is taken away, and the doubt stays until the declaration or the spécialité changes."""
    declaree = SAISIE | note("2022")
    inscrire(poste, declaree)
    cuisine = declaree | {"qualification.specialite": "22106", "epreuves.EF2.position": "", "epreuves.EF2.pays": ""}
    seconde = enregistrer(poste, demande(cuisine, Modification(1, 1)))
    (doute,) = (a for a in seconde.avertissements if a.code == "exigence.acquis")
    assert "La session 2022 et ses notes étaient déclarées pour « Aéronautique option Systèmes »" in doute.message
    troisieme = enregistrer(poste, demande(cuisine | {VOIE: "12 rue du Port"}, Modification(1, 2)))
    for version in (seconde, troisieme):
        assert version.contenu.valeur("acquis.meme_specialite.session") == "2022"
        assert doute.message in [a.message for a in version.contenu.avertissements or ()]
    autre_session = cuisine | {"acquis.meme_specialite.session": "2023"}
    quatrieme = enregistrer(poste, demande(autre_session, Modification(1, 3)))
    assert "exigence.acquis" not in [a.code for a in quatrieme.avertissements]


def test_a_stale_base_is_refused_with_what_changed_meanwhile(poste: Poste) -> None:
    inscrire(poste)
    enregistrer(
        poste,
        demande(SAISIE | CHANGEMENTS, Modification(1, 1)),
    )
    en_retard = demande(SAISIE | {VOIE: "autre rue"}, Modification(1, 1))
    with refus(poste, "modification.version") as fautes:
        enregistrer(poste, en_retard)
    assert fautes[0].champ == "modification.version"
    assert "La version 1 n'est plus la dernière : la version 2" in fautes[0].message
    with pytest.raises(VersionDepassee) as erreur:
        enregistrer(poste, en_retard)
    consentement = (
        "Communication des résultats d'examen en vue d'une publication par la presse "
        "ou sur les sites internet de sociétés de droit privé"
    )
    assert erreur.value.differences == (
        Difference(VOIE, "Adresse", "reu", "12 rue du Port"),
        Difference("candidature.consentement_presse", consentement, "Non", "Oui"),
        Difference("epreuves.EF1.langue", "EF1 : Langue vivante facultative : langue", "Anglais", "Espagnol"),
        Difference(
            "epreuve.EF1",
            "EF1 - Langue vivante facultative",
            "Inscrit Ponctuel Anglais",
            "Inscrit Ponctuel Espagnol",
        ),
    )


@pytest.mark.parametrize("simuler", [False, True])
def test_a_save_without_change_makes_no_version(poste: Poste, simuler: bool) -> None:
    """Nothing is written: no version, document, message or journal row; a change that is taken back is none."""
    inscrire(poste)
    enregistrer(poste, demande(SAISIE | CHANGEMENTS, Modification(1, 1)))
    avant = [lignes(poste, f"SELECT * FROM {table}") for table in ("version", "document", "message", "journal")]
    with refus(poste, "changement.aucun") as fautes:
        enregistrer(poste, demande(SAISIE | CHANGEMENTS, Modification(1, 2)), simuler=simuler)
    assert fautes[0].message == "Rien n'a changé depuis la version 2 : il n'y a rien à enregistrer."
    assert avant == [lignes(poste, f"SELECT * FROM {table}") for table in ("version", "document", "message", "journal")]
    assert enregistrer(poste, demande(SAISIE, Modification(1, 2))).version == 3
    verifier_sans_faute(poste)


def test_what_the_office_changed_is_a_change_too(poste: Poste) -> None:
    """Another text to accept, or other pieces asked: saved as a version without another answer."""
    inscrire(poste)
    regler(poste, 'source = "essai"\n[[reglage]]\n[reglage.textes]\nconditions = "Autres conditions."\n')
    assert enregistrer(relire(poste), demande(SAISIE, Modification(1, 1))).version == 2


@pytest.mark.parametrize("base", [0, 2, 999])
def test_a_base_that_never_was_is_refused(poste: Poste, base: int) -> None:
    inscrire(poste)
    with refus(poste, "modification.version"):
        enregistrer(poste, demande(SAISIE, Modification(1, base)))


def test_a_modification_of_an_unknown_inscription_is_refused(poste: Poste) -> None:
    inscrire(poste)
    with refus(poste, "modification.absente") as fautes:
        enregistrer(poste, demande(SAISIE, Modification(2, 1)))
    assert "002" in fautes[0].message
    assert fautes[0].champ == "modification.inscription"


def test_a_modification_by_a_person_unknown_here_gives_no_number(poste: Poste) -> None:
    with refus(poste, "identite.inconnue") as fautes:
        enregistrer(poste, demande(SAISIE, Modification(1, 1)))
    assert "0" not in fautes[0].message


def test_a_version_that_never_was_is_not_told_as_an_old_one(poste: Poste) -> None:
    inscrire(poste)
    with refus(poste, "modification.version") as fautes:
        enregistrer(poste, demande(SAISIE, Modification(1, 7)))
    assert fautes[0].message == "La version 7 n'existe pas : la dernière est 1."


def test_a_modification_keeps_its_session_and_its_academie(poste: Poste) -> None:
    poste = ouvrir_fenetre(poste, "2025", "2023-10-01T08:00", "2024-01-31T18:00")
    poste = ouvrir_fenetre(poste, "2024", "2023-10-01T08:00", "2024-01-31T18:00", BESANCON)
    inscrire(poste)
    ailleurs = {**SAISIE, "candidature.etablissement": "0250001R"}
    for autre in (
        demande(SAISIE, Modification(1, 1), session="2025"),
        demande(ailleurs, Modification(1, 1), academie=BESANCON),
    ):
        with refus(poste, "modification.service") as fautes:
            enregistrer(poste, autre)
        assert "BCP 2024" in fautes[0].message


def modes(inscription: Inscription) -> set[str]:
    return {ligne.mode for groupe in inscription.contenu.groupes for ligne in groupe.lignes}


def test_a_change_of_category_changes_modes_and_what_is_asked(poste: Poste) -> None:
    premiere = inscrire(poste, COMPACTE)
    seconde = enregistrer(poste, demande(COMPACTE | EN_INDIVIDUEL, Modification(1, 1)))
    assert seconde.version == 2
    assert seconde.contenu.champs["candidature.categorie"].document == "INDIVIDUEL"
    assert "candidature.situation" in seconde.contenu.champs
    assert modes(premiere) == {"", "Ponctuel", "Contrôle en cours de formation"}
    assert modes(seconde) == {"", "Ponctuel"}


def test_a_person_has_several_candidatures_numbered_in_turn(poste: Poste) -> None:
    for session in ("2025", "2026"):
        poste = ouvrir_fenetre(poste, session, "2023-10-01T08:00", "2024-01-31T18:00")
    faites = [enregistrer(poste, demande(session=session)) for session in ("2024", "2025", "2026")]
    assert [inscription.numero_inscription for inscription in faites] == ["001", "002", "003"]
    assert len({inscription.numero_candidat for inscription in faites}) == 1
    assert une(poste, "SELECT dernier_numero_inscription FROM candidat") == 3
    verifier_sans_faute(poste)


def test_the_same_speciality_at_the_same_session_is_refused(poste: Poste) -> None:
    inscrire(poste)
    with refus(poste, "candidature.doublon") as fautes:
        inscrire(poste)
    assert fautes[0].champ == "qualification.specialite"
    assert "inscription 001, version 1" in fautes[0].message
    assert "[modification]" in fautes[0].remede


def test_a_duplicate_is_told_to_the_person_in_her_words(poste: Poste) -> None:
    inscrire(poste)
    numero = une(poste, "SELECT numero FROM candidat")
    personne = replace(poste, acteur=replace(poste.acteur, nature=NatureActeur.CANDIDAT, identifiant=numero))
    with refus(personne, "candidature.doublon") as fautes:
        inscrire(personne)
    assert fautes[0].message == "Vous avez déjà l'inscription 001 à cette spécialité pour cette session."
    assert fautes[0].remede == "Modifiez-la, ou changez de spécialité."


def test_a_duplicate_is_only_told_where_the_settings_say_so(poste: Poste) -> None:
    regler(poste, 'source = "essai"\n[[reglage]]\ndoublon_candidature = "avertir"\n')
    poste = relire(poste)
    inscrire(poste)
    seconde = inscrire(poste)
    assert seconde.numero_inscription == "002"
    assert [faute.code for faute in seconde.avertissements] == ["candidature.doublon"]


def test_one_candidature_to_an_exam_where_it_allows_one_a_session(poste: Poste) -> None:
    """As at the CAP: another spécialité is refused too, but accepted if the rule is by spécialité."""
    cuisine = COMPACTE | {"qualification.specialite": "22106"}
    inscrire(poste)
    seconde = inscrire(poste, cuisine)
    assert seconde.numero_inscription == "002"
    # The bac professionnel Cuisine has one language, so a choice is reported and dropped.
    assert [faute.champ for faute in seconde.avertissements] == ["epreuves.E4.langue"]
    regler(poste, 'source = "essai"\n[[reglage]]\nexamen = "BCP"\ndoublon_portee = "examen"\n')
    poste = relire(poste)
    with refus(poste, "candidature.doublon") as fautes:
        inscrire(poste, cuisine | {"qualification.specialite": "32304"})
    assert "à cet examen pour cette session" in fautes[0].message


def test_an_exam_that_is_closed_says_why(poste: Poste) -> None:
    with refus(poste, "examen.ferme") as fautes:
        enregistrer(poste, Demande("CRPE", "2027", "33", COMPACTE))
    assert fautes[0].message.startswith("L'inscription à «")


def test_the_terms_accepted_are_kept_word_for_word_with_digest_and_instant(poste: Poste) -> None:
    inscription = inscrire(poste)
    textes = poste.referentiel.reglages("BCP", "2024", "33").textes
    assert inscription.contenu.accords == tuple(
        Accord(
            f"{nom}.accord",
            inscription.instant,
            empreinte(f"{texte}\n{accord}"),
            TexteAccepte(f"{titre} d'inscription", texte, accord),
        )
        for nom, titre, texte, accord in (
            ("modalites", "Modalités", textes.modalites, textes.modalites_accord),
            ("conditions", "Conditions", textes.conditions, textes.conditions_accord),
        )
    )


@pytest.mark.parametrize("champ", ["modalites.accord", "conditions.accord"])
def test_terms_not_accepted_save_nothing(poste: Poste, champ: str) -> None:
    with refus(poste, "champ.obligatoire") as fautes:
        enregistrer(poste, demande(SAISIE | {champ: "non"}))
    assert [faute.champ for faute in fautes] == [champ]


@pytest.mark.parametrize(
    "ordre",
    [
        "UPDATE version SET contenu = '{}'",
        "UPDATE version SET sha256 = ''",
        "DELETE FROM version",
        "REPLACE INTO version SELECT id, candidature_id, 1, '{}', sha256, sha256, '', '', journal_seq FROM version",
    ],
)
def test_a_version_cannot_be_changed_behind_the_actes(poste: Poste, ordre: str) -> None:
    inscrire(poste)
    with brut(poste.store) as connexion, pytest.raises(dbapi2.IntegrityError):
        connexion.execute(ordre)
    verifier_sans_faute(poste)


def test_an_old_version_stays_as_it_was_when_the_settings_change(poste: Poste, horloge: HorlogeReglable) -> None:
    premiere = inscrire(poste)
    ancien, ancien_pdf = contenu_de(poste, premiere.candidature, 1), documents.ouvrir(poste, premiere.document)
    regler(poste, AUTRES_REGLAGES)
    poste = relire(poste)
    horloge.regler("2023-12-19 10:00")
    seconde = enregistrer(poste, demande(SAISIE | CHANGEMENTS, Modification(1, 1)))
    assert contenu_de(poste, premiere.candidature, 1) == ancien
    assert documents.ouvrir(poste, premiere.document) == ancien_pdf
    nouveau_pdf = documents.ouvrir(poste, seconde.document)
    for ancienne, nouvelle in (
        ("Récapitulatif de votre candidature\n", "Votre dossier\n"),
        ("RECTORAT DE GUYANE", "AUTRE SERVICE"),
        ("CERTIFIE EXACT,", "LU ET APPROUVÉ"),
        ("mercredi 13 décembre 2023 à 23:59", "mercredi 20 décembre 2023 à 18:00"),
    ):
        assert (ancienne in ancien_pdf.texte, nouvelle in ancien_pdf.texte) == (True, False)
        assert (ancienne in nouveau_pdf.texte, nouvelle in nouveau_pdf.texte) == (False, True)
    referentiels = [sha256 for (sha256,) in lignes(poste, "SELECT referentiel_sha256 FROM version ORDER BY id")]
    assert referentiels[1] == poste.referentiel.sha256 != referentiels[0]
    verifier_sans_faute(poste)


def test_a_version_not_yet_rendered_is_printed_as_it_was_saved(poste: Poste) -> None:
    premiere = inscrire(poste)
    regler(poste, AUTRES_REGLAGES)
    texte = texte_du_pdf(documents.ouvrir(relire(poste), premiere.document).octets)
    assert "RECTORAT DE GUYANE" in texte
    assert "AUTRE SERVICE" not in texte


def test_the_content_says_all_by_itself(poste: Poste, tmp_path: Path) -> None:
    """Another desk without local settings reads the same version of a locally defined window."""
    poste = ouvrir_fenetre(poste, "2026", "2023-10-01T08:00", "2024-01-31T18:00")
    inscription = enregistrer(poste, demande(session="2026"))
    ailleurs = poste_sur(
        ReglagesDuPoste(store=poste.store.chemin, parametrage=tmp_path / "autre"), HorlogeReglable.a(PENDANT)
    )
    assert "2026" not in {session for _, session, _ in ailleurs.referentiel.blocs.fenetres()}
    assert documents.ouvrir(ailleurs, inscription.document) == documents.ouvrir(poste, inscription.document)
    assert contenu_de(poste, inscription.candidature, 1) == inscription.contenu.en_json()

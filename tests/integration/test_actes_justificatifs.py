"""Deposit, replacement, removal and validation of justificatifs on a real store; G19, windows, races, sudden deaths."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter_ns

import pytest
from outils.actes import (
    creer_store,
    demande,
    inscrire,
    lignes,
    nouveau_poste,
    personne,
    poste_sur,
    refus,
    texte_du_pdf,
    une,
    verifier_sans_faute,
)
from outils.cli import Commande
from outils.fichiers_bons import image, pdf_de
from outils.guide import COMPACTE, EN_INDIVIDUEL, SAISIE
from outils.horloge import PENDANT, HorlogeReglable
from outils.store import LIGNE_SANS_ACTE, brut, processus, sans_garde
from outils.textes import texte_de

from cyclades_tui.actes.candidature import candidatures
from cyclades_tui.actes.candidature.inscription import Modification, enregistrer
from cyclades_tui.actes.documents import documents
from cyclades_tui.actes.pieces import controle, justificatifs, manques
from cyclades_tui.actes.pieces.controle import Decision
from cyclades_tui.actes.pieces.justificatifs import GroupeVu, JustificatifVu
from cyclades_tui.actes.reglages import entretien
from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.domaine.canonique import empreinte
from cyclades_tui.domaine.erreurs import SaisieRefusee
from cyclades_tui.domaine.statuts import ActePiece, Statut
from cyclades_tui.domaine.temps import en_iso
from cyclades_tui.fichiers.antivirus import Analyse
from cyclades_tui.fichiers.cage.pages import rendre_une_page
from cyclades_tui.fichiers.examen import FichierExamine
from cyclades_tui.poste import Poste, ReglagesDuPoste
from cyclades_tui.store.requetes.verification import A_RENDRE, ORPHELIN

INDIVIDUELLE = SAISIE | EN_INDIVIDUEL | {"candidature.amenagement_handicap": "oui"}
SANS_TITRE = COMPACTE | EN_INDIVIDUEL | {"candidature.amenagement_handicap": "oui"}
PIECES = ["recapitulatif", "identite", "jdc", "diplome", "experience-3-ans"]


def fichier(texte: str) -> FichierExamine:
    """A file as if examined."""
    return FichierExamine(f"{texte}.pdf", "PDF", f"%PDF-1.4 {texte}".encode(), 1, Analyse.NON_ANALYSE)


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store that holds the candidature of an individual candidate, made once and then only copied."""
    dossier = tmp_path_factory.mktemp("bureau")
    poste = nouveau_poste(dossier, HorlogeReglable.a(PENDANT))
    inscrire(poste, INDIVIDUELLE)
    poste.store.fermer()
    return dossier


@pytest.fixture
def poste_inscrit(bureau: Path, tmp_path: Path, horloge: HorlogeReglable) -> Poste:
    """A copy of that store."""
    shutil.copytree(bureau, tmp_path, dirs_exist_ok=True)
    return poste_sur(ReglagesDuPoste(store=tmp_path / "store", poste="poste-1"), horloge)


@pytest.fixture
def numero(poste_inscrit: Poste) -> str:
    return str(une(poste_inscrit, "SELECT numero FROM candidat"))


@pytest.fixture
def candidat(poste_inscrit: Poste, numero: str) -> Poste:
    """The same store, with its candidate at a borne as caller."""
    return replace(poste_inscrit, acteur=Acteur(NatureActeur.CANDIDAT, numero, Face.BORNE, "borne 3"))


def piece(poste: Poste, numero: str, nom: str) -> JustificatifVu:
    vus = justificatifs.lister(poste, numero, 1)
    return next(vue for vue in (*vus.pieces, *vus.sans_objet) if vue.piece == nom)


def donner(poste: Poste, numero: str, nom: str, texte: str) -> None:
    justificatifs.donner(poste, numero, 1, piece(poste, numero, nom).id, fichier(texte))


def en_ligne(poste: Poste, numero: str) -> GroupeVu:
    return justificatifs.lister(poste, numero, 1).groupes[0]


def revisions(groupe: GroupeVu) -> dict[int, int]:
    return {vue.id: vue.revision for vue in groupe.pieces}


def tout_valider(poste: Poste, numero: str) -> None:
    for nom in PIECES:
        donner(poste, numero, nom, nom)
    assert justificatifs.valider(poste, numero, 1, revisions(en_ligne(poste, numero))) == len(PIECES)


def decider(poste: Poste, numero: str, nom: str, decision: Decision) -> None:
    vue = piece(poste, numero, nom)
    controle.decider(poste, vue.id, vue.revision, decision)


# The candidate


def test_another_candidates_recapitulatif_is_told_at_the_deposit_and_at_the_control(
    poste: Poste, numero: str, tmp_path: Path
) -> None:
    """As the PDF itself and as a photograph of the paper; one's own, or any other document, is given without a word."""
    autre = inscrire(poste, SAISIE | personne(7))
    sien = documents.ouvrir(poste, documents.trouver(poste, numero, 1)).octets
    d_autrui = documents.ouvrir(poste, autre.document).octets
    photo = BytesIO()
    rendre_une_page(d_autrui, "PDF", 0, 1_700).save(photo, "JPEG", quality=80)
    attendus = {
        "sien.pdf": (sien, ()),
        "autre.pdf": (d_autrui, (autre.numero_candidat,)),
        "photo.jpg": (photo.getvalue(), (autre.numero_candidat,)),
        "carte.jpg": (image("JPEG"), ()),
    }
    vue = piece(poste, numero, "recapitulatif")
    for nom, (octets, numeros) in attendus.items():
        chemin = tmp_path / nom
        chemin.write_bytes(octets)
        mots = justificatifs.deposer(poste, numero, 1, vue.id, chemin).mots
        assert mots == tuple(
            f"Attention : ce document est celui d'un autre candidat, N° {n}. Vérifiez-le." for n in numeros
        )
        depot = controle.ouvrir(poste, vue.id).depot
        assert depot is not None
        assert depot.alertes == tuple(f"ce document est celui d'un autre candidat, N° {n}." for n in numeros)


def test_several_files_are_joined_for_a_piece_and_more_come_after_them(
    poste_inscrit: Poste, numero: str, tmp_path: Path
) -> None:
    """Given after it, a file keeps the pages before; a refusal names the file."""
    chemins = [tmp_path / nom for nom in ("recto.pdf", "verso.jpg", "suite.png")]
    for chemin, octets in zip(chemins, (pdf_de(), image("JPEG"), image("PNG")), strict=True):
        chemin.write_bytes(octets)
    vue = piece(poste_inscrit, numero, "identite")
    depose = justificatifs.deposer(poste_inscrit, numero, 1, vue.id, *chemins[:2])
    assert (depose.nom, depose.pages) == ("recto et suite.pdf", 2)
    depose = justificatifs.deposer(poste_inscrit, numero, 1, vue.id, chemins[2], a_la_suite=True)
    assert (depose.pages, piece(poste_inscrit, numero, "identite").depot.pages) == (3, 3)  # type: ignore[union-attr]
    justificatifs.retirer(poste_inscrit, numero, 1, vue.id)
    assert justificatifs.deposer(poste_inscrit, numero, 1, vue.id, chemins[1], a_la_suite=True).nom == "verso.jpg"
    faux = tmp_path / "faux.pdf"
    faux.write_bytes(b"%PDF-1.4 rien")
    with pytest.raises(SaisieRefusee, match=r"faux\.pdf : Ce fichier est incomplet"):
        justificatifs.deposer(poste_inscrit, numero, 1, vue.id, chemins[0], faux)


def test_deposit_replace_remove_validate(
    poste_inscrit: Poste, candidat: Poste, numero: str, horloge: HorlogeReglable
) -> None:
    """Each step is in the history and the journal, every file kept; the validation holds the exact digests."""
    assert sorted(vue.piece for vue in en_ligne(candidat, numero).pieces) == sorted(PIECES)
    donner(candidat, numero, "identite", "premier")
    horloge.avancer(minutes=5)
    donner(candidat, numero, "identite", "second")
    vue = piece(candidat, numero, "identite")
    assert vue.depot is not None
    assert vue.precedent is not None
    assert (vue.depot.nom, vue.precedent.nom, vue.statut, vue.manque) == ("second.pdf", "premier.pdf", "", False)
    justificatifs.retirer(candidat, numero, 1, vue.id)
    assert piece(candidat, numero, "identite").manque
    with refus(poste_inscrit, "justificatif.manque"):
        justificatifs.valider(candidat, numero, 1, revisions(en_ligne(candidat, numero)))
    tout_valider(candidat, numero)
    validees = lignes(
        poste_inscrit,
        "SELECT sujet, valeurs FROM journal JOIN journal_detail USING (seq) WHERE acte = 'justificatif.valider'",
    )
    assert {sujet: json.loads(valeurs)["valeurs"]["sha256"] for sujet, valeurs in validees} == {
        f"justificatif:{piece(poste_inscrit, numero, nom).id}": empreinte(fichier(nom).octets) for nom in PIECES
    }
    actes = [acte for (acte,) in lignes(poste_inscrit, "SELECT acte FROM suivi WHERE justificatif_id = ?", vue.id)]
    assert actes == ["deposer", "deposer", "retirer", "deposer", "valider"]
    assert une(poste_inscrit, "SELECT count(*) FROM depot WHERE justificatif_id = ?", vue.id) == 3
    with refus(poste_inscrit, "justificatif.verrou"):
        justificatifs.retirer(candidat, numero, 1, vue.id)
    with refus(poste_inscrit, "justificatif.verrou"):
        donner(candidat, numero, "identite", "autre")
    with refus(poste_inscrit, "justificatif.rien"):
        justificatifs.valider(candidat, numero, 1, revisions(en_ligne(candidat, numero)))
    verifier_sans_faute(poste_inscrit)


def test_a_piece_given_back_opens_alone(
    poste_inscrit: Poste, candidat: Poste, numero: str, horloge: HorlogeReglable
) -> None:
    """Non conforme within the window, a new file requested after it, a reopening: the other pieces stay locked."""
    tout_valider(candidat, numero)
    decider(poste_inscrit, numero, "jdc", Decision(ActePiece.REFUSER, "Flou."))
    assert [vue.piece for vue in en_ligne(candidat, numero).pieces if vue.deposable] == ["jdc"]
    donner(candidat, numero, "jdc", "net")
    assert justificatifs.valider(candidat, numero, 1, revisions(en_ligne(candidat, numero))) == 1
    assert piece(candidat, numero, "jdc").statut is Statut.AUCUN
    limite = horloge.maintenant() + timedelta(days=30)
    decider(poste_inscrit, numero, "diplome", Decision(ActePiece.REDEMANDER, "Expiré.", limite))
    decider(poste_inscrit, numero, "identite", Decision(ActePiece.REFUSER, "Coupé."))
    horloge.regler("2023-12-20 10:00")  # the window closed on the 13th
    with refus(poste_inscrit, "justificatif.fenetre"):
        donner(candidat, numero, "identite", "tard")
    donner(candidat, numero, "diplome", "valable")
    assert justificatifs.valider(candidat, numero, 1, revisions(en_ligne(candidat, numero))) == 1
    assert piece(candidat, numero, "diplome").limite is None
    assert manques.ou_en_est(candidat, numero, 1) == "1 pièce refusée à redéposer, 1 à fournir, délai dépassé"
    verifier_sans_faute(poste_inscrit)


def test_at_the_closing_minute_nothing_more_is_taken(
    poste_inscrit: Poste, candidat: Poste, numero: str, horloge: HorlogeReglable
) -> None:
    for nom in PIECES:
        donner(candidat, numero, nom, nom)
    vues = revisions(en_ligne(candidat, numero))
    horloge.regler("2023-12-13 23:59")
    jdc = piece(candidat, numero, "jdc").id
    with refus(poste_inscrit, "justificatif.rien"):
        justificatifs.valider(candidat, numero, 1, vues)
    with refus(poste_inscrit, "justificatif.fenetre"):
        justificatifs.donner(candidat, numero, 1, jdc, fichier("tard"))
    with refus(poste_inscrit, "justificatif.fenetre"):
        justificatifs.retirer(candidat, numero, 1, jdc)


def test_what_another_has_changed_meanwhile_is_not_validated(
    poste_inscrit: Poste, candidat: Poste, numero: str
) -> None:
    """Validation names the revisions that were shown: a file replaced by another desk must be looked at first."""
    for nom in PIECES:
        donner(candidat, numero, nom, nom)
    vues = revisions(en_ligne(candidat, numero))
    donner(candidat, numero, "jdc", "autre")
    with refus(poste_inscrit, "justificatif.change"):
        justificatifs.valider(candidat, numero, 1, vues)
    with refus(poste_inscrit, "justificatif.change"):
        justificatifs.valider(candidat, numero, 1, {})
    vues = revisions(en_ligne(candidat, numero))
    justificatifs.valider(candidat, numero, 1, vues)
    with refus(poste_inscrit, "justificatif.rien"):
        justificatifs.valider(candidat, numero, 1, vues)


def test_a_new_version_keeps_what_was_given(poste_inscrit: Poste, candidat: Poste, numero: str) -> None:
    """A piece no longer asked is « sans objet », with its file; asked again, it is back, still locked (G19)."""
    tout_valider(candidat, numero)
    enregistrer(poste_inscrit, demande(SANS_TITRE, Modification(1, 1)))
    vus = justificatifs.lister(candidat, numero, 1)
    assert [(vue.piece, vue.depot and vue.depot.nom) for vue in vus.sans_objet] == [("diplome", "diplome.pdf")]
    with refus(poste_inscrit, "justificatif.sans_objet"):
        donner(poste_inscrit, numero, "diplome", "autre")
    verifier_sans_faute(poste_inscrit)
    enregistrer(poste_inscrit, demande(INDIVIDUELLE, Modification(1, 2)))
    revenue = piece(candidat, numero, "diplome")
    assert revenue.valide_le is not None
    assert revenue.depot is not None
    assert une(poste_inscrit, "SELECT a_controler FROM justificatif WHERE id = ?", revenue.id) == 1
    verifier_sans_faute(poste_inscrit)


def test_a_new_version_opens_what_it_asks_for(candidat: Poste, poste_inscrit: Poste, numero: str) -> None:
    """Validated pieces stay locked, but for the paper of the former version; the new one waits for its file (G19)."""
    enregistrer(poste_inscrit, demande(SANS_TITRE, Modification(1, 1)))
    for nom in (nom for nom in PIECES if nom != "diplome"):
        donner(candidat, numero, nom, nom)
    justificatifs.valider(candidat, numero, 1, revisions(en_ligne(candidat, numero)))
    enregistrer(poste_inscrit, demande(INDIVIDUELLE, Modification(1, 2)))
    assert [vue.piece for vue in en_ligne(candidat, numero).pieces if vue.deposable] == ["recapitulatif", "diplome"]


def test_the_signed_paper_of_a_former_version_is_asked_again(
    poste_inscrit: Poste, candidat: Poste, numero: str
) -> None:
    """It is no longer validated; the message names whom to call, and a draft that was not validated goes too (F347)."""
    tout_valider(candidat, numero)
    voie = {"identification.adresse.voie": "12 rue du Port"}
    faite = enregistrer(poste_inscrit, demande(INDIVIDUELLE | voie, Modification(1, 1)))
    assert faite.verrouillees
    signe = piece(candidat, numero, "recapitulatif")
    assert (signe.statut, signe.depot, signe.valide_le, signe.deposable) == (Statut.NOUVELLE_PJ, None, None, True)
    assert signe.precedent is not None
    assert signe.commentaire == "La version 2 remplace celle que vous aviez donnée."
    assert {vue.piece for vue in en_ligne(candidat, numero).pieces if vue.valide_le is None} == {"recapitulatif"}
    corps = une(poste_inscrit, "SELECT corps FROM message ORDER BY id DESC LIMIT 1")
    assert "signez et déposez le nouveau récapitulatif" in corps
    assert "0594272243" in corps
    donner(candidat, numero, "recapitulatif", "deuxieme")
    autre = {"identification.adresse.voie": "14 rue du Port"}
    enregistrer(poste_inscrit, demande(INDIVIDUELLE | autre, Modification(1, 2)))
    assert piece(candidat, numero, "recapitulatif").depot is None
    verifier_sans_faute(poste_inscrit)


def test_a_modification_before_any_piece_asks_nobody_to_call(
    poste_inscrit: Poste, candidat: Poste, numero: str
) -> None:
    voie = {"identification.adresse.voie": "12 rue du Port"}
    assert not enregistrer(poste_inscrit, demande(INDIVIDUELLE | voie, Modification(1, 1))).verrouillees
    assert piece(candidat, numero, "recapitulatif").statut is Statut.AUCUN
    assert "contactez" not in une(poste_inscrit, "SELECT corps FROM message ORDER BY id DESC LIMIT 1")


def test_only_one_s_own_active_candidature(poste_inscrit: Poste, candidat: Poste, numero: str, tmp_path: Path) -> None:
    """Another's candidature is unknown, a file of the machine is refused, a withdrawn candidature accepts nothing."""
    autre = inscrire(poste_inscrit, personne(1)).numero_candidat
    ailleurs = tmp_path / "ailleurs.pdf"
    ailleurs.write_bytes(pdf_de())
    jdc = piece(poste_inscrit, numero, "jdc").id
    with refus(poste_inscrit, "candidat.absent"):
        justificatifs.lister(candidat, autre, 1)
    with refus(poste_inscrit, "justificatif.absent"):
        justificatifs.donner(poste_inscrit, autre, 1, jdc, fichier("x"))
    with refus(poste_inscrit, "piece.hors_source"):
        justificatifs.deposer(candidat, numero, 1, jdc, ailleurs)
    au_support = replace(candidat, sources=(tmp_path,))
    assert justificatifs.deposer(au_support, numero, 1, jdc, ailleurs).pages == 1
    depot = piece(poste_inscrit, numero, "jdc").depot
    assert depot is not None
    assert justificatifs.ouvrir_le_depot(candidat, numero, 1, depot.id) == (
        "ailleurs.pdf",
        "PDF",
        ailleurs.read_bytes(),
    )
    with refus(poste_inscrit, "justificatif.absent"):
        justificatifs.ouvrir_le_depot(poste_inscrit, autre, 1, depot.id)
    candidatures.desinscrire(poste_inscrit, numero, 1)
    with refus(poste_inscrit, "justificatif.inactive"):
        justificatifs.retirer(candidat, numero, 1, jdc)
    with refus(poste_inscrit, "justificatif.inactive"):
        justificatifs.donner(candidat, numero, 1, jdc, fichier("autre"))


# The document, the command line


def test_the_demande_de_pieces_is_made_with_the_version(poste_inscrit: Poste, numero: str) -> None:
    """Beside the récapitulatif; its PDF has the same text as its twin (F281, F407)."""
    (id_,) = [d for (d,) in lignes(poste_inscrit, "SELECT id FROM document WHERE nature = 'demande-pieces'")]
    rendu = documents.ouvrir(poste_inscrit, id_)
    attendu = texte_de("jumeaux/demande-de-pieces.txt")
    assert rendu.texte == attendu
    assert rendu.nom == f"{numero}-001-v1-pieces.pdf"
    dans_le_pdf = " ".join(texte_du_pdf(rendu.octets).split())
    for vue in justificatifs.lister(poste_inscrit, numero, 1).pieces:
        assert vue.intitule in dans_le_pdf


def test_the_command_line_gives_and_validates(
    cyclades: Commande, poste_inscrit: Poste, numero: str, tmp_path: Path
) -> None:
    """The window of 2023 is closed today, so an agent reopens; a real file is examined."""
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(pdf_de())
    store = ("--store", tmp_path / "store", "justificatif")
    limite = en_iso(poste_inscrit.maintenant() + timedelta(days=36500))
    with brut(poste_inscrit.store) as connexion:
        sans_garde(connexion, f"UPDATE justificatif SET limite = '{limite}' WHERE piece = 'identite'")
    poste_inscrit.store.fermer()
    ferme = cyclades(*store, "deposer", numero, "001", "jdc", scan)
    assert (ferme.code, "n'est pas ouverte" in ferme.tout) == (2, True)
    inconnue = cyclades(*store, "deposer", numero, "001", "passeport", scan)
    assert "Choisissez : identite, recapitulatif, jdc" in inconnue.tout
    assert "√ 93475001" in cyclades(*store, "deposer", numero, "001", "identite", scan).sortie
    assert "scan.pdf, PDF" in cyclades(*store, "lister", numero, "001").sortie
    plusieurs = cyclades(*store, "deposer", numero, "001", "identite", scan, scan).sortie
    assert "À la place de scan.pdf." in plusieurs
    assert "2 fichiers réunis en un PDF de 2 pages." in plusieurs
    suite = cyclades(*store, "deposer", numero, "001", "identite", scan, "--a-la-suite", "--json")
    assert (json.loads(suite.sortie)["nom"], json.loads(suite.sortie)["pages"]) == ("scan et suite.pdf", 3)
    assert cyclades(*store, "retirer", numero, "001", "identite").code == 0
    assert cyclades(*store, "deposer", numero, "001", "identite", scan, "--json").code == 0
    assert cyclades(*store, "valider", numero, "001").sortie.startswith("√ 1 pièce validée")
    vus = json.loads(cyclades(*store, "lister", numero, "001", "--json").sortie)
    validees = [p["piece"] for groupe in vus["groupes"] for p in groupe["pieces"] if p["valide_le"]]
    assert validees == ["identite"]


# The whole check, the backup


@pytest.mark.parametrize(
    ("ordre", "attendues"),
    [
        (
            "UPDATE justificatif SET statut = 'Perdue' WHERE piece = 'jdc'",
            {"justificatif.statut", "justificatif.suivi"},
        ),
        ("UPDATE justificatif SET valide_le = NULL WHERE piece = 'jdc'", {"justificatif.suivi"}),
        ("UPDATE justificatif SET a_controler = 1 WHERE piece = 'amenagement'", {"justificatif.suivi"}),
        ("UPDATE depot SET retire_le = depose_le WHERE id = 1", {"justificatif.depot"}),
        ("UPDATE depot SET justificatif_id = 2 WHERE id = 1", {"justificatif.depot"}),
        ("UPDATE depot SET sha256 = (SELECT sha256 FROM depot WHERE id = 2) WHERE id = 1", {"justificatif.valide"}),
        ("UPDATE depot SET sha256 = printf('%064d', 0) WHERE id = 1", {"coffre.absent", "justificatif.valide"}),
        ("DELETE FROM suivi WHERE justificatif_id = 1", {"justificatif.suivi"}),
    ],
)
def test_damage_to_a_justificatif_is_named(poste_inscrit: Poste, numero: str, ordre: str, attendues: set[str]) -> None:
    tout_valider(poste_inscrit, numero)
    with brut(poste_inscrit.store) as connexion:
        sans_garde(connexion, ordre)
    assert {faute.code for faute in entretien.verifier(poste_inscrit).fautes} == attendues | {LIGNE_SANS_ACTE}


def test_a_backup_holds_every_file_ever_given(poste_inscrit: Poste, numero: str, tmp_path: Path) -> None:
    donner(poste_inscrit, numero, "jdc", "premier")
    donner(poste_inscrit, numero, "jdc", "second")
    copie = entretien.sauvegarder(poste_inscrit, tmp_path / "copies")
    noms = {chemin.name for chemin in (copie / "coffre").rglob("*") if chemin.is_file()}
    for texte in ("premier", "second"):
        assert any(empreinte(fichier(texte).octets) in nom or nom in empreinte(fichier(texte).octets) for nom in noms)
    bilan = entretien.verifier(poste_inscrit)
    assert (bilan.fautes, [faute.code for faute in bilan.informations]) == ((), [A_RENDRE])
    poste_inscrit.store.coffre.deposer(b"sans ligne")
    assert ORPHELIN in [faute.code for faute in entretien.verifier(poste_inscrit).informations]


# Sudden deaths


def tenir_la_borne(reglages: ReglagesDuPoste, premier: int, fil: Connection) -> None:
    """Register, give every piece and validate, again and again; reports each step when it is done."""
    poste = poste_sur(reglages, HorlogeReglable.a(PENDANT))
    for rang in count(premier):
        numero = inscrire(poste, personne(rang) | EN_INDIVIDUEL).numero_candidat
        for vue in en_ligne(poste, numero).pieces:
            justificatifs.donner(poste, numero, 1, vue.id, fichier(f"{rang} {vue.piece}"))
            fil.send("deposer")
        justificatifs.valider(poste, numero, 1, revisions(en_ligne(poste, numero)))
        fil.send("valider")


def tuer(reglages: ReglagesDuPoste, mort: int) -> Counter[str]:
    """Kill -9 a borne a few steps and some microseconds later; returns the steps it reported."""
    tirage = int(empreinte(f"pièces {mort}"), 16)
    contexte = processus()
    lecteur, fil = contexte.Pipe(duplex=False)
    enfant = contexte.Process(target=tenir_la_borne, args=(reglages, mort * 1000, fil))
    enfant.start()
    fil.close()
    dites = Counter(lecteur.recv() for _ in range(1 + tirage % 7))
    fin = perf_counter_ns() + tirage % 20_011 * 1000
    while perf_counter_ns() < fin:
        pass
    enfant.kill()
    enfant.join()
    while lecteur.poll():
        try:
            dites[lecteur.recv()] += 1
        except EOFError:
            break
    lecteur.close()
    return dites


def test_nothing_is_half_given_after_a_kill(tmp_path: Path) -> None:
    """Every reported step is there, groups are validated whole or not at all; only a file without row may be left."""
    horloge = HorlogeReglable.a(PENDANT)
    reglages = creer_store(tmp_path, horloge)
    dites: Counter[str] = Counter()
    for mort in range(3):
        dites += tuer(reglages, mort)
    poste = poste_sur(reglages, horloge)
    bilan = entretien.verifier(poste)
    assert bilan.fautes == ()
    assert {faute.code for faute in bilan.informations} <= {A_RENDRE, ORPHELIN}
    assert une(poste, "SELECT count(*) FROM depot") >= dites["deposer"]
    validees = lignes(
        poste,
        "SELECT count(valide_le), count(*) FROM justificatif WHERE mode = 'en ligne' GROUP BY candidature_id",
    )
    assert all(verrouillees in (0, toutes) for verrouillees, toutes in validees)
    assert sum(verrouillees > 0 for verrouillees, _ in validees) >= dites["valider"]

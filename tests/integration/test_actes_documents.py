"""Documents: bytes rendered once, found again after a crash, an error if damaged (decision 5)."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from outils.actes import (
    changer,
    creer_store,
    inscrire,
    lignes,
    nouveau_poste,
    personne,
    poste_sur,
    refus,
    une,
    verifier_sans_faute,
)
from outils.horloge import PENDANT, HorlogeReglable
from outils.store import codes, processus
from pydantic import SecretStr

from cyclades_tui.actes.documents import documents
from cyclades_tui.actes.reglages import entretien
from cyclades_tui.domaine.canonique import empreinte, en_json
from cyclades_tui.domaine.contenu import Relance
from cyclades_tui.domaine.erreurs import StoreInutilisable
from cyclades_tui.domaine.natures import NatureDeDocument, nature_de
from cyclades_tui.domaine.temps import en_iso
from cyclades_tui.editions.registre import EDITIONS
from cyclades_tui.poste import Poste, ReglagesDuPoste
from cyclades_tui.store.coffre import Coffre
from cyclades_tui.store.modele.tables import Document
from cyclades_tui.store.requetes.verification import A_RENDRE, ORPHELIN

OUVREURS = 2


def test_a_document_is_rendered_once(poste: Poste, horloge: HorlogeReglable) -> None:
    inscription = inscrire(poste)
    horloge.avancer(minutes=1)
    premiere = documents.ouvrir(poste, inscription.document)
    rendu = lignes(poste, "SELECT sha256, taille, rendu_le FROM document WHERE id = ?", inscription.document)
    assert rendu == [(empreinte(premiere.octets), len(premiere.octets), en_iso(horloge.instant))]
    journal = une(poste, "SELECT count(*) FROM journal")
    horloge.avancer(days=400)
    assert documents.ouvrir(poste, inscription.document) == premiere
    assert lignes(poste, "SELECT sha256, taille, rendu_le FROM document WHERE id = ?", inscription.document) == rendu
    assert une(poste, "SELECT count(*) FROM journal") == journal
    assert une(poste, "SELECT acte FROM journal ORDER BY seq DESC LIMIT 1") == "document.rendre"
    verifier_sans_faute(poste)


def test_a_file_is_named_after_person_candidature_and_version(poste: Poste) -> None:
    premiere = inscrire(poste)
    seconde = changer(poste)
    noms = [documents.ouvrir(poste, inscription.document).nom for inscription in (premiere, seconde)]
    assert noms == ["02399000000-001-v1.pdf", "02399000000-001-v2.pdf"]


def test_bytes_left_without_their_row_are_found_again(tmp_path: Path, horloge: HorlogeReglable) -> None:
    """A crash between coffre and row: another store renders the same bytes, copied here without a row."""
    ailleurs, ici = (nouveau_poste(tmp_path / nom, horloge) for nom in ("ailleurs", "ici"))
    octets = documents.ouvrir(ailleurs, inscrire(ailleurs).document).octets
    inscription = inscrire(ici)
    ici.store.coffre.deposer(octets)
    assert [faute.code for faute in entretien.verifier(ici).informations] == [ORPHELIN, A_RENDRE]
    assert documents.ouvrir(ici, inscription.document).octets == octets
    assert une(ici, "SELECT sha256 FROM document WHERE id = ?", inscription.document) == empreinte(octets)
    assert entretien.verifier(ici).informations == ()
    verifier_sans_faute(ici)


def test_damaged_or_missing_bytes_are_told_and_never_made_again(poste: Poste) -> None:
    inscription = inscrire(poste)
    octets = documents.ouvrir(poste, inscription.document).octets
    sha256 = empreinte(octets)
    fichier = poste.store.coffre.racine / sha256[:2] / sha256[2:]
    for abime in (octets[:-1], octets.replace(b"%PDF", b"%PDG"), b""):
        fichier.write_bytes(abime)
        with pytest.raises(StoreInutilisable) as refus:
            documents.ouvrir(poste, inscription.document)
        assert codes(refus.value) == {"coffre.endommage"}
        assert fichier.read_bytes() == abime
        assert [faute.code for faute in entretien.verifier(poste).fautes] == ["coffre.endommage"]
    fichier.unlink()
    with pytest.raises(StoreInutilisable) as refus:
        documents.ouvrir(poste, inscription.document)
    assert codes(refus.value) == {"coffre.absent"}
    fichier.write_bytes(octets)
    assert documents.ouvrir(poste, inscription.document).octets == octets


def ouvrir_ailleurs(reglages: ReglagesDuPoste, document: int) -> bytes:
    """Open in another process, with its own store, référentiel and fonts."""
    poste = poste_sur(reglages, HorlogeReglable.a(PENDANT))
    return documents.ouvrir(poste, document).octets


def test_processes_that_open_one_document_at_once_get_the_same_bytes(tmp_path: Path, horloge: HorlogeReglable) -> None:
    reglages = creer_store(tmp_path, horloge)
    poste = poste_sur(reglages, horloge)
    inscriptions = [inscrire(poste)]
    inscriptions += [changer(poste, version) for version in (1, 2, 3, 4)]
    with ProcessPoolExecutor(OUVREURS, mp_context=processus()) as postes:
        for inscription in inscriptions:
            lus = list(postes.map(ouvrir_ailleurs, [reglages] * OUVREURS, [inscription.document] * OUVREURS))
            assert len(set(lus)) == 1
            assert une(poste, "SELECT sha256 FROM document WHERE id = ?", inscription.document) == empreinte(lus[0])
    assert une(poste, "SELECT count(*) FROM journal WHERE acte = 'document.rendre'") == len(inscriptions)
    assert entretien.verifier(poste).informations == ()
    verifier_sans_faute(poste)


def test_the_bytes_of_an_encrypted_store_are_not_readable_on_the_disk(tmp_path: Path, horloge: HorlogeReglable) -> None:
    reglages = ReglagesDuPoste(store=tmp_path / "store", cle=SecretStr("une clé d'essai"), poste="poste-1")
    entretien.initialiser(reglages, None, horloge)
    poste = poste_sur(reglages, horloge)
    octets = documents.ouvrir(poste, inscrire(poste).document).octets
    assert documents.ouvrir(poste_sur(reglages, horloge), 1).octets == octets
    for fichier in poste.store.chemin.rglob("*"):
        if fichier.is_file():
            contenu = fichier.read_bytes()
            assert b"%PDF" not in contenu
            assert b"NGMB" not in contenu
    with pytest.raises(StoreInutilisable):
        Coffre(poste.store.coffre.racine, "une autre clé").lire(empreinte(octets))


def papillon(instant: datetime) -> dict[str, Any]:
    return {
        "academie": "ACADÉMIE DE LA GUYANE",
        "etablissement": ["LP ESSAI"],
        "telephone": "",
        "eleve": "NGMB-DUPONT Pierre",
        "classe": "37 B",
        "numero_candidat": "02399000000",
        "numero_inscription": "001",
        "annonce": "Votre établissement vous a inscrit.",
        "url": "https://examens.example.org/",
        "identifiant": "pierre.dubois",
        "mot_de_passe": "acp8V?sCcb",
        "resultats": "",
        "conseil": "",
        "instant": en_iso(instant),
        "formation": True,
    }


def test_every_nature_is_listed_rendered_and_named(poste: Poste) -> None:
    """Natures that a version need not have are made from their own JSON, as by their actes."""
    assert list(EDITIONS) == list(NatureDeDocument)
    inscription = inscrire(poste)
    contenu, instant = inscription.contenu, inscription.contenu.entete.instant
    propres: dict[NatureDeDocument, tuple[str, str]] = {
        NatureDeDocument.RELANCE: (NatureDeDocument.RELANCE.du_lot(1), Relance(contenu, instant, ()).en_json()),
        NatureDeDocument.PAPILLON: ("papillon", en_json(contenu.en_dict() | {"papillon": papillon(instant)})),
    }
    dus = {document.nature for document in documents.lister(poste, inscription.numero_candidat, 1)}
    assert dus == {nature for nature, edition in EDITIONS.items() if edition.due is not None}
    with poste.store.ecrire() as unite:
        for nature, (code, json) in propres.items():
            document = Document(
                candidature_id=1,
                version_id=1,
                nature=code,
                libelle=EDITIONS[nature].intituler(contenu),
                cree_le=en_iso(instant),
                contenu=json,
            )
            unite.session.add(document)
    publies = {nature_de(p.nature): p for p in documents.lister(poste, inscription.numero_candidat, 1)}
    assert publies.keys() == EDITIONS.keys()
    assert len({publie.libelle for publie in publies.values()}) == len(EDITIONS)
    fichiers = {nature: documents.ouvrir(poste, publie.id) for nature, publie in publies.items()}
    assert {nature: fichier.nom for nature, fichier in fichiers.items()} == {
        "recapitulatif": "02399000000-001-v1.pdf",
        "demande-pieces": "02399000000-001-v1-pieces.pdf",
        "relance": "02399000000-001-v1-relance.pdf",
        "papillon": "02399000000-001-papillon.pdf",
    }
    for fichier in fichiers.values():
        assert fichier.octets.startswith(b"%PDF")
        assert "NGMB-DUPONT" in fichier.texte
    assert documents.texte_de(contenu) == fichiers[NatureDeDocument.RECAPITULATIF].texte
    with pytest.raises(ValueError, match="carte"):
        nature_de("carte:1")


def test_a_document_is_found_by_its_number_among_those_of_its_candidature(poste: Poste) -> None:
    premiere, autre = inscrire(poste), inscrire(poste, personne(1))
    seconde = changer(poste)
    numero = premiere.numero_candidat
    assert documents.trouver(poste, numero, 1) == seconde.document
    assert documents.trouver(poste, numero, 1, premiere.document) == premiere.document
    with refus(poste, "document.absent"):
        documents.trouver(poste, numero, 1, autre.document)

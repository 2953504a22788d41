"""The whole check: a sound store passes, tampering is named, lawful changes are mere information."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from outils.actes import changer, inscrire, nouveau_poste, personne, poste_sur
from outils.horloge import PENDANT, HorlogeReglable
from outils.store import (
    ETATS,
    INSTANT,
    LIGNE_SANS_ACTE,
    ajouter_candidat,
    ajouter_candidature,
    ajouter_version,
    brut,
    fautes_de,
    nouveau_store,
    sans_garde,
    store_rempli,
)
from sqlalchemy import text

from cyclades_tui.actes.documents import documents
from cyclades_tui.actes.reglages import entretien
from cyclades_tui.domaine.canonique import empreinte
from cyclades_tui.domaine.temps import en_iso
from cyclades_tui.poste import Poste, ReglagesDuPoste
from cyclades_tui.store.modele.tables import Candidat, Compte
from cyclades_tui.store.requetes.verification import A_RENDRE, INFORMATIONS, SANS_DETAIL, SANS_MESSAGE
from cyclades_tui.store.sqlite.store import StoreSqlite


@pytest.fixture(scope="module")
def modele(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `store_rempli`, made once and then only copied."""
    dossier = tmp_path_factory.mktemp("modele")
    store_rempli(dossier).fermer()
    return dossier


@pytest.fixture
def store(modele: Path, tmp_path: Path) -> StoreSqlite:
    shutil.copytree(modele, tmp_path, dirs_exist_ok=True)
    return StoreSqlite.ouvrir(tmp_path / "store")


# Statement -> faults. Candidat 1 (candidatures 1 to 3) and candidat 2 (candidature 4) of `store_rempli`.
DEGATS = {
    "UPDATE journal SET acte = x'00' WHERE seq = 2": {"journal.modifie"},
    "UPDATE version SET contenu = x'ff00' WHERE id = 1": {"version.modifiee"},
    f"UPDATE version SET contenu = '[]', sha256 = '{empreinte('[]')}' WHERE id = 1": {"version.modifiee"},
    "UPDATE version SET candidature_id = 9 WHERE id = 1; UPDATE version SET candidature_id = 1 WHERE id = 4; "
    "UPDATE version SET candidature_id = 4 WHERE id = 1": {
        "candidature.modifiee",
        "candidat.modifie",
        "document.absent",
    },
    "UPDATE version SET numero = 2 WHERE id = 1": {"candidature.modifiee", "candidature.version"},
    "DELETE FROM version WHERE id = 1": {"candidature.sans_version", "store.reference"},
    "UPDATE document SET sha256 = printf('%064d', 0) WHERE id = 1": {"coffre.absent", "document.modifie"},
    "UPDATE document SET sha256 = (SELECT sha256 FROM document WHERE id = 2) WHERE id = 1": {"document.modifie"},
    "UPDATE document SET sha256 = NULL WHERE id = 1": {"document.modifie"},
    "UPDATE document SET sha256 = (SELECT sha256 FROM document WHERE id = 1) WHERE id = 4": {"document.modifie"},
    "UPDATE document SET nature = 'autre' WHERE id = 1": {"document.absent"},
    "DELETE FROM document WHERE id = 1": {"document.absent", "journal.ligne_orpheline"},
    "UPDATE candidat SET numero = '02612345678' WHERE id = 1": {"candidature.modifiee", "numero.hors_plage"},
    "UPDATE candidat SET numero = 'x' WHERE id = 1": {"candidature.modifiee", "numero.hors_plage"},
    "UPDATE candidat SET formation = 0 WHERE id = 1": {"numero.hors_plage"},
    "UPDATE candidat SET nom = 'martin' WHERE id = 1": {"candidat.modifie"},
    "UPDATE candidat SET nom = x'ff' WHERE id = 1": {"candidat.modifie"},
    "UPDATE candidat SET prenoms = 'Autre' WHERE id = 1": {"candidat.modifie"},
    "UPDATE candidat SET naissance = '2000-01-01' WHERE id = 1": {"candidat.modifie"},
    "UPDATE candidat SET naissance_commune = 'Brest' WHERE id = 1": {"candidat.modifie"},
    "UPDATE candidat SET email = 'autre@mail.fr' WHERE id = 1": {"candidat.modifie"},
    "UPDATE candidat SET email_cle = 'autre@mail.fr' WHERE id = 1": {"candidat.modifie"},
    "DELETE FROM candidat WHERE id = 2": {"journal.ligne_orpheline", "store.reference"},
    "INSERT INTO candidat SELECT 9, '02799000000', 1, '', 'X', '', 'X', '', '', '', '', 'X', 'X', '', NULL, 0, ''": {
        "candidat.sans_trace",
        "numero.double",
    },
    "UPDATE candidature SET candidat_id = 2, numero = 2 WHERE id = 1": {"candidat.modifie", "candidature.modifiee"},
    "UPDATE candidature SET examen = 'autre' WHERE id = 1": {"candidature.modifiee"},
    "UPDATE candidature SET session = '2028' WHERE id = 1": {"candidature.modifiee"},
    "UPDATE candidature SET academie = 'autre' WHERE id = 1": {"candidature.modifiee"},
    "UPDATE candidature SET specialite = '001' WHERE id = 1": {"candidature.modifiee"},
    "UPDATE candidature SET numero = 9 WHERE id = 1": {"candidature.modifiee"},
    "UPDATE candidature SET formation = 0 WHERE id = 1": {"candidature.modifiee"},
    "INSERT INTO candidature SELECT 90, 1, 9, 'e', 's', 'a', '0', 'Inscrit', 1, 'i', 'i', 1, ''": {
        "candidature.sans_version"
    },
}


@pytest.mark.parametrize("ordre", DEGATS)
def test_each_damage_is_named(store: StoreSqlite, ordre: str) -> None:
    with brut(store) as connexion:
        sans_garde(connexion, *ordre.split(";"))
    constats = store.verifier(etats=ETATS)
    assert {faute.code for faute in constats} - INFORMATIONS == DEGATS[ordre] | {LIGNE_SANS_ACTE}
    assert all(faute.message and "{" not in faute.message for faute in constats)


@pytest.mark.parametrize(
    ("ordre", "constat"),
    [
        ("DROP TRIGGER document_fige_update", "« document_fige_update », qui garde ce qui ne doit pas changer, manque"),
        (
            "CREATE TRIGGER autre BEFORE UPDATE ON candidat BEGIN SELECT 1; END",
            "« autre », qui garde ce qui ne doit pas changer, n'est pas celui de ce logiciel",
        ),
    ],
)
def test_triggers_are_those_of_the_schema(store: StoreSqlite, ordre: str, constat: str) -> None:
    with brut(store) as connexion:
        connexion.execute(ordre)
    assert fautes_de(store) == {"store.declencheur"}
    assert any(constat in faute.message for faute in store.verifier(etats=ETATS))


def test_a_trigger_that_does_nothing_under_a_known_name_is_found(tmp_path: Path) -> None:
    store = nouveau_store(tmp_path)
    with brut(store) as connexion:
        connexion.execute("DROP TRIGGER version_fige_update")
        connexion.execute("CREATE TRIGGER version_fige_update BEFORE UPDATE ON version BEGIN SELECT 1; END")
    assert fautes_de(store) == {"store.declencheur"}


def test_a_store_without_its_last_version_or_its_person_is_not_sound(store: StoreSqlite) -> None:
    """They are gone with all their rows: only the journal still has them."""
    with brut(store) as connexion:
        sans_garde(
            connexion,
            *(f"DELETE FROM {table} WHERE candidature_id = 4" for table in ("document", "message", "version")),
            "DELETE FROM candidature WHERE id = 4",
            "DELETE FROM candidat WHERE id = 2",
        )
    constats = [faute for faute in store.verifier(etats=ETATS) if faute.code != LIGNE_SANS_ACTE]
    assert {faute.code for faute in constats} == {"journal.ligne_orpheline"}
    assert [faute.message for faute in constats] == [
        f"Le journal a gardé des actes sur « {sujet} », que le store n'a plus."
        for sujet in ("candidat:2", "candidature:4")
    ]


def test_what_a_purge_erases_is_told_and_is_no_fault(store: StoreSqlite) -> None:
    with brut(store) as connexion:
        sans_garde(
            connexion,
            *(f"DELETE FROM {table} WHERE candidature_id = 4" for table in ("document", "message", "version")),
            "DELETE FROM candidature WHERE id = 4",
            "DELETE FROM candidat WHERE id = 2",
            "DELETE FROM journal_detail WHERE seq IN (8, 9)",
        )
    (constat,) = [faute for faute in store.verifier(etats=ETATS) if faute.code != LIGNE_SANS_ACTE]
    assert constat.code == SANS_DETAIL
    assert constat.message.startswith("2 lignes du journal")


def test_without_details_the_journal_s_rows_still_stand(store: StoreSqlite) -> None:
    with store.ecrire() as unite:
        unite.session.execute(text("DELETE FROM journal_detail"))
    assert {faute.code for faute in store.verifier(etats=ETATS)} == {A_RENDRE, SANS_DETAIL}


def test_the_address_of_a_person_is_that_of_the_compte(tmp_path: Path) -> None:
    store = nouveau_store(tmp_path)
    with store.ecrire() as unite:
        candidat = ajouter_candidat(unite, "Martin", "avant@mail.fr")
        ajouter_candidature(unite, candidat)
        instant = en_iso(INSTANT)
        unite.session.add(
            Compte(candidat_id=candidat.id, email="Apres@mail.fr", email_cle="apres@mail.fr", cree_le=instant)
        )
        candidat.email, candidat.email_cle = "apres@mail.fr", "apres@mail.fr"
    assert fautes_de(store) == set()
    with store.ecrire() as unite:
        ancien = unite.session.get_one(Candidat, 1)
        ancien.email, ancien.email_cle = "avant@mail.fr", "avant@mail.fr"
    (faute,) = [faute for faute in store.verifier(etats=ETATS) if faute.code not in INFORMATIONS]
    assert faute.message == "Le candidat 1 diffère de son compte : adresse mail."


def test_missing_versions_between_others_are_found(store: StoreSqlite) -> None:
    with store.ecrire() as unite:
        candidature, _, _ = ajouter_candidature(unite, ajouter_candidat(unite, "Petit"))
        ajouter_version(unite, candidature, 3)
        candidature.version = 3
    assert fautes_de(store) == {"candidature.version", "message.absent"}


def abimer(store: StoreSqlite, table: str, octets: int) -> None:
    """Overwrite the first page of a table."""
    with brut(store) as connexion:
        page = connexion.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
        taille = connexion.execute("PRAGMA page_size").fetchone()[0]
    store.fermer()
    with store.fichier.open("r+b") as flux:
        flux.seek((page - 1) * taille)
        flux.write(b"\xff" * octets)


def test_a_damaged_page_is_found_and_other_checks_still_run(store: StoreSqlite) -> None:
    with store.ecrire() as unite:
        unite.session.execute(text("UPDATE candidat SET numero = '02799000001' WHERE id = 1"))
    abimer(store, "version", 64)
    assert {"store.endommage", "numero.double"} <= fautes_de(StoreSqlite.ouvrir(store.chemin))


def test_the_damage_of_pages_is_one_sentence_in_french(tmp_path: Path) -> None:
    store = nouveau_store(tmp_path)
    with store.ecrire() as unite:
        for rang in range(150):
            ajouter_candidat(unite, f"Martin {rang}")
    with brut(store) as connexion:
        connexion.execute("PRAGMA writable_schema=ON")
        connexion.execute("UPDATE sqlite_master SET sql = replace(sql, '(cle_nom)', '(numero)')")
    store.fermer()
    dites = [
        faute.message for faute in StoreSqlite.ouvrir(store.chemin).verifier(etats=ETATS) if "abîmée" in faute.message
    ]
    assert dites == ["La base est endommagée : 100 pages abîmées ou plus."]


# What the actes themselves write: two candidats, the first with a second version whose document is rendered.


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with such a store, made once and then only copied."""
    dossier, horloge = tmp_path_factory.mktemp("bureau"), HorlogeReglable.a(PENDANT)
    poste = nouveau_poste(dossier, horloge)
    documents.ouvrir(poste, inscrire(poste).document)
    horloge.avancer(minutes=1)
    documents.ouvrir(poste, changer(poste).document)
    inscrire(poste, personne(1))
    poste.store.fermer()
    return dossier


@pytest.fixture
def poste_inscrit(bureau: Path, tmp_path: Path, horloge: HorlogeReglable) -> Poste:
    """A copy of that store, an hour later."""
    shutil.copytree(bureau, tmp_path, dirs_exist_ok=True)
    horloge.avancer(hours=1)
    return poste_sur(ReglagesDuPoste(store=tmp_path / "store", poste="poste-1"), horloge)


@pytest.mark.parametrize(
    ("ordre", "attendues"),
    [
        ("SELECT 1", set()),
        ("UPDATE candidat SET nom = 'AUTRE'", {"candidat.modifie"}),
        ("UPDATE candidat SET email = 'a' || email", {"candidat.modifie"}),
        ("UPDATE candidat SET email = 'a' || email, email_cle = 'a' || email_cle", {"candidat.modifie"}),
        ("UPDATE candidature SET etat = 'Reçu'", {"candidature.etat"}),
        ("UPDATE candidature SET specialite = '25302'", {"candidature.modifiee"}),
        ("UPDATE candidature SET session = '2025'", {"candidature.modifiee"}),
        ("UPDATE candidature SET academie = '03'", {"candidature.modifiee"}),
        ("UPDATE document SET sha256 = (SELECT sha256 FROM document WHERE id = 1) WHERE id = 2", {"document.modifie"}),
        ("DELETE FROM message", {"message.absent"}),
        ("DELETE FROM document", {"document.absent", "journal.ligne_orpheline"}),
        ("DELETE FROM journal_detail", set()),
        (
            "DELETE FROM version WHERE numero = 2; UPDATE candidature SET version = 1",
            {"journal.version_absente", "store.reference"},
        ),
    ],
)
def test_what_the_actes_wrote_is_sound_until_it_is_changed(
    poste_inscrit: Poste, ordre: str, attendues: set[str]
) -> None:
    with brut(poste_inscrit.store) as connexion:
        sans_garde(connexion, *ordre.split(";"))
    trouvees = {faute.code for faute in entretien.verifier(poste_inscrit).fautes}
    assert trouvees == (attendues if ordre == "SELECT 1" else attendues | {LIGNE_SANS_ACTE})


def test_information_is_apart_from_faults(poste_inscrit: Poste) -> None:
    with brut(poste_inscrit.store) as connexion:
        sans_garde(connexion, "DELETE FROM journal_detail", "DELETE FROM message WHERE id = 1")
    informations = entretien.verifier(poste_inscrit).informations
    assert [faute.code for faute in informations] == [A_RENDRE, SANS_DETAIL, SANS_MESSAGE]
    assert all(faute.message[0] in "123456789" for faute in informations)


def test_a_backup_of_the_desk_holds_its_settings(poste_inscrit: Poste, tmp_path: Path) -> None:
    poste_inscrit.parametrage.mkdir()
    (poste_inscrit.parametrage / "a.toml").write_text("source = 'essai'\n", encoding="utf-8")
    copie = entretien.sauvegarder(poste_inscrit, tmp_path / "copies")
    assert sorted(chemin.name for chemin in copie.iterdir()) == [
        "coffre",
        "cyclades.db",
        "journal.cle",
        "manifeste.json",
        "parametrage",
    ]
    assert (copie / "parametrage" / "a.toml").read_bytes() == (poste_inscrit.parametrage / "a.toml").read_bytes()
    with brut(poste_inscrit.store) as connexion:
        (detail,) = connexion.execute("SELECT valeurs FROM journal_detail ORDER BY seq DESC LIMIT 1").fetchone()
    assert json.loads(detail)["valeurs"] == {"sauvegarde": str(copie)}

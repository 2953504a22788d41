"""No decision is changed unseen: what plain SQL does to a store at work is named, with the dossier (decision 17)."""

from __future__ import annotations

from contextlib import suppress

import pytest
from outils.actes import ouvrir_fenetre, poste_sur, refus
from outils.controle import EN_LIGNE
from outils.guichet import COLLEGUE, MOT_DE_PASSE, agent_connecte
from outils.horloge import HorlogeReglable
from outils.store import LIGNE_SANS_ACTE, brut, photo, sans_garde
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from cyclades_tui.actes.bureau import agents
from cyclades_tui.actes.pieces import attentes, controle
from cyclades_tui.actes.pieces.controle import Decision
from cyclades_tui.actes.reglages import entretien, fichiers_pris
from cyclades_tui.domaine.canonique import empreinte, en_json
from cyclades_tui.domaine.erreurs import StoreInutilisable
from cyclades_tui.domaine.statuts import ActePiece
from cyclades_tui.poste import Poste, ReglagesDuPoste
from cyclades_tui.store.sqlite.preuve import tables_prouvees

_REFUSEE = "(SELECT id FROM justificatif WHERE statut = 'non_conforme' LIMIT 1)"
_ETAT = "statut, commentaire, limite, recue_le, depot_id, valide_le, a_controler, attend_depuis"

# What somebody could want -> the statements. The table that must be named is that of the first statement.
FALSIFICATIONS = {
    "a piece accepted without an agent": f"UPDATE justificatif SET statut = 'conforme' WHERE id = {_REFUSEE}",
    "a piece accepted, and its last step with it": (
        "UPDATE suivi SET statut = 'conforme', commentaire = '' WHERE id IN (SELECT max(id) FROM suivi GROUP BY"
        " justificatif_id) AND statut = 'non_conforme'; UPDATE justificatif SET statut = 'conforme', commentaire = ''"
        " WHERE statut = 'non_conforme'"
    ),
    "a step that no agent did": (
        f"INSERT INTO suivi (justificatif_id, acte, {_ETAT}, acteur, acteur_nature, instant) SELECT id,"
        f" 'justificatif.accepter', {_ETAT}, 'l.roy', 'agent', '2023-12-10T08:00:00.000000Z' FROM justificatif LIMIT 1"
    ),
    "a step forgotten": "DELETE FROM suivi WHERE id = (SELECT max(id) FROM suivi)",
    "another agent's name on a step": "UPDATE suivi SET acteur = 'm.paul' WHERE acteur = 'l.roy'",
    "a comment rewritten": "UPDATE justificatif SET commentaire = 'Autre' WHERE commentaire <> ''",
    "a limit moved": "UPDATE justificatif SET limite = '2030-01-01T00:00:00.000000Z' WHERE limite IS NOT NULL",
    "a piece taken out of the queue": "UPDATE justificatif SET a_controler = 0 WHERE a_controler",
    "a piece before others in the queue": "UPDATE justificatif SET attend_depuis = '2020' WHERE a_controler",
    "a piece no longer asked": "DELETE FROM justificatif WHERE id = (SELECT max(id) FROM justificatif)",
    "a piece no longer required": "UPDATE justificatif SET obligatoire = 0",
    "a piece assigned to somebody": "UPDATE justificatif SET affecte_a = 'l.roy'",
    "a role raised": "UPDATE agent SET role = 'administrateur' WHERE identifiant = 'l.roy'",
    "a reach widened": "UPDATE agent SET academies = '[]' WHERE identifiant = 'j.petit'",
    "a school left": "UPDATE agent SET etablissement = '' WHERE identifiant = 'cfa.cayenne'",
    "an agent's password replaced": (
        "UPDATE agent SET mot_de_passe = (SELECT mot_de_passe FROM agent WHERE identifiant = 'l.roy')"
        " WHERE identifiant = 'admin'"
    ),
    "an agent added": (
        "INSERT INTO agent (identifiant, nom, role, academies, etablissement, mot_de_passe, cree_le, echecs)"
        " SELECT 'intrus', nom, 'administrateur', '[]', '', mot_de_passe, cree_le, 0 FROM agent LIMIT 1"
    ),
    "an agent erased": "DELETE FROM agent WHERE identifiant = 'audit'",
    "a lockout lifted": "UPDATE agent SET echecs = 9, bloque_jusqu = '2099' WHERE identifiant = 'l.roy'",
    "a message rewritten": "UPDATE message SET corps = 'Vous êtes admise.'",
    "a message added": (
        "INSERT INTO message (candidat_id, objet, corps, cree_le, expediteur) VALUES (1, 'O', 'C', '', '')"
    ),
    "a message erased": "DELETE FROM message WHERE id = 1",
    "a message read by nobody": "UPDATE message SET lu_le = '2023-12-10T08:00:00.000000Z'",
    "a dossier erased": (
        "DELETE FROM candidature WHERE id = 1; DELETE FROM suivi WHERE justificatif_id IN (SELECT id FROM justificatif"
        " WHERE candidature_id = 1); DELETE FROM depot WHERE justificatif_id IN (SELECT id FROM justificatif WHERE"
        " candidature_id = 1); DELETE FROM justificatif WHERE candidature_id = 1; DELETE FROM document WHERE"
        " candidature_id = 1; DELETE FROM version WHERE candidature_id = 1; DELETE FROM message WHERE"
        " candidature_id = 1; DELETE FROM candidat WHERE id = 1; DELETE FROM journal_detail WHERE seq IN (SELECT seq"
        " FROM journal WHERE sujet IN ('candidature:1', 'candidat:1') OR sujet LIKE 'justificatif:%' OR sujet LIKE"
        " 'document:%')"
    ),
    "a person's name changed": "UPDATE candidat SET nom_usage = 'AUTRE' WHERE id = 1",
    "a person's number changed": "UPDATE candidat SET dernier_numero_inscription = 7 WHERE id = 1",
    "a number of the range given again": "UPDATE plage SET prochain = debut",
    "a range added": "INSERT INTO plage (debut, fin, prochain, formation, ajoutee_le) VALUES (1, 9, 1, 0, '')",
    "a candidature set aside": "UPDATE candidature SET motif = 'hors délai' WHERE id = 1",
    "a candidature withdrawn": "UPDATE candidature SET etat = 'Désinscrit' WHERE id = 1",
    "the day of a version": "UPDATE version SET enregistree_le = '2023-10-20T08:00:00.000000Z' WHERE id = 1",
    "who saved a version": "UPDATE version SET acteur = 'agent:l.roy' WHERE id = 1",
    "a file under another name": "UPDATE depot SET nom = 'autre.pdf' WHERE id = 1",
    "the day of a deposit": "UPDATE depot SET depose_le = '2023-10-20T08:00:00.000000Z' WHERE id = 1",
    "an analysis that was not made": "UPDATE depot SET analyse = 'saine, et plus encore' WHERE id = 1",
    "a document under another name": "UPDATE document SET libelle = 'Confirmation' WHERE id = 1",
    "a row of the journal": "UPDATE journal SET poste = 'ailleurs' WHERE seq = 3",
    "a detail erased": "DELETE FROM journal_detail WHERE seq = 5",
    "the store's own identity": "UPDATE identite_store SET id = 'autre'",
}


def dites(poste: Poste) -> list[str]:
    """What the check says of rows and chain."""
    return [faute.message for faute in entretien.verifier(poste).fautes if faute.code.startswith("preuve.")]


def falsifier(poste: Poste, *ordres: str) -> None:
    with brut(poste.store) as connexion:
        sans_garde(connexion, *ordres)


@pytest.mark.parametrize("quoi", FALSIFICATIONS)
def test_what_plain_sql_changes_is_named(poste_guichet: Poste, quoi: str) -> None:
    ordres = FALSIFICATIONS[quoi].split(";")
    table = ordres[0].replace("DELETE FROM ", "").replace("INSERT INTO ", "").replace("UPDATE ", "").split()[0]
    falsifier(poste_guichet, *ordres)
    assert any(f"« {table} »" in mots for mots in dites(poste_guichet))


def test_nothing_is_named_in_a_store_at_work(poste_guichet: Poste) -> None:
    assert len(FALSIFICATIONS) >= 30
    assert dites(poste_guichet) == []


def test_the_dossier_of_a_changed_piece_is_told_and_the_act_that_left_it(poste_guichet: Poste) -> None:
    falsifier(poste_guichet, "UPDATE justificatif SET statut = 'conforme' WHERE id = 2")
    with brut(poste_guichet.store) as connexion:
        numero, inscription = connexion.execute(
            "SELECT c.numero, d.numero FROM justificatif j JOIN candidature d ON d.id = j.candidature_id"
            " JOIN candidat c ON c.id = d.candidat_id WHERE j.id = 2"
        ).fetchone()
    (mots,) = dites(poste_guichet)
    debut = f"La ligne 2 de « justificatif », dossier {numero}, inscription {inscription:03d}, n'est pas comme"
    assert mots.startswith(debut)
    assert "« justificatif." in mots


def test_an_act_done_after_a_change_does_not_cover_it(poste_guichet: Poste) -> None:
    """The agent whose role was raised logs in, which writes his row again; the piece is decided upon."""
    piece = attentes.attente(agent_connecte(poste_guichet, COLLEGUE), EN_LIGNE)[0]
    falsifier(
        poste_guichet,
        "UPDATE agent SET role = 'administrateur', echecs = 2 WHERE identifiant = 'l.roy'",
        f"UPDATE justificatif SET limite = '2030-01-01T00:00:00.000000Z' WHERE id = {piece.id}",
    )
    agents.connecter(poste_guichet, "l.roy", MOT_DE_PASSE)
    controle.decider(agent_connecte(poste_guichet, COLLEGUE), piece.id, piece.revision, Decision(ActePiece.ACCEPTER))
    mots = dites(poste_guichet)
    assert len(mots) == 2
    assert all("n'était plus, avant la ligne" in dit for dit in mots)
    assert ["« agent »" in mots[0], "« justificatif »" in mots[1]] == [True, True]


def test_an_earlier_row_put_back_is_named(poste_guichet: Poste) -> None:
    """Its digest was right once: the chain knows that it is not the last one."""
    piece = attentes.attente(agent_connecte(poste_guichet, COLLEGUE), EN_LIGNE)[0]
    with brut(poste_guichet.store) as connexion:
        ancienne = connexion.execute("SELECT * FROM justificatif WHERE id = ?", (piece.id,)).fetchone()
    controle.decider(agent_connecte(poste_guichet, COLLEGUE), piece.id, piece.revision, Decision(ActePiece.ACCEPTER))
    with brut(poste_guichet.store) as connexion:
        colonnes = [ligne[1] for ligne in connexion.execute("PRAGMA table_info(justificatif)").fetchall()]
        valeurs = ", ".join(f"{colonne} = ?" for colonne in colonnes)
        connexion.execute(f"UPDATE justificatif SET {valeurs} WHERE id = ?", (*ancienne, piece.id))
    assert any(f"La ligne {piece.id} de « justificatif »" in mots for mots in dites(poste_guichet))


@pytest.mark.parametrize(
    "ordre",
    [
        "UPDATE ecriture SET lignes = '[]' WHERE id = 4",
        "UPDATE ecriture SET lignes = x'ff00' WHERE id = 4",
        "UPDATE ecriture SET hachage = 'a' WHERE id = 4",
        "UPDATE ecriture SET journal_seq = 99 WHERE id = 4",
        "DELETE FROM ecriture WHERE id = 4",
        "DELETE FROM ecriture WHERE id = (SELECT max(id) FROM ecriture)",
        "DELETE FROM ecriture",
    ],
)
def test_a_link_changed_or_gone_is_named(poste_guichet: Poste, ordre: str) -> None:
    falsifier(poste_guichet, ordre)
    assert dites(poste_guichet)


def test_nobody_makes_the_chain_again_without_the_key(poste_guichet: Poste) -> None:
    """The journal's own hashes are recomputed by hand, all of them, after a row was changed; they agree again."""
    with brut(poste_guichet.store) as connexion:
        noms = [ligne[1] for ligne in connexion.execute("PRAGMA table_info(journal)").fetchall()]
        lues = [dict(zip(noms, ligne, strict=True)) for ligne in connexion.execute("SELECT * FROM journal").fetchall()]
        precedent, ordres = "0" * 64, []
        for ligne in lues:
            ligne.pop("hachage")
            ligne |= {"precedent": precedent, "poste": "ailleurs"}
            precedent = empreinte(en_json(ligne))
            ordres.append(
                f"UPDATE journal SET poste = 'ailleurs', precedent = '{ligne['precedent']}', hachage = '{precedent}'"
                f" WHERE seq = {ligne['seq']}"
            )
        sans_garde(connexion, *ordres, f"UPDATE tete_journal SET hachage = '{precedent}'")
    codes = {faute.code for faute in entretien.verifier(poste_guichet).fautes}
    assert {code for code in codes if code.startswith("journal.")} == set()
    assert LIGNE_SANS_ACTE in codes


@pytest.mark.parametrize("octets", [None, b"", b"zz", b"\xff" * 80])
def test_without_its_key_a_store_is_read_and_says_so(
    poste_guichet: Poste, horloge: HorlogeReglable, octets: bytes | None
) -> None:
    fichier = poste_guichet.store.chemin / "journal.cle"
    assert fichier.stat().st_mode & 0o777 == 0o600
    fichier.unlink() if octets is None else fichier.write_bytes(octets)
    poste = poste_sur(ReglagesDuPoste(store=poste_guichet.store.chemin), horloge)
    (faute,) = [faute for faute in entretien.verifier(poste).fautes if faute.code.startswith("preuve.")]
    assert (faute.code, str(fichier) in faute.message) == ("preuve.cle", True)
    with pytest.raises(StoreInutilisable) as refus:
        agents.connecter(poste, "l.roy", MOT_DE_PASSE)
    assert refus.value.fautes == (faute,)


def test_a_unit_whose_statement_failed_cannot_be_saved(poste_guichet: Poste) -> None:
    """What the database undid of it would be taken for written."""
    avant = photo(poste_guichet.store)

    def ecrire_en_partie() -> None:
        with poste_guichet.store.ecrire() as unite:
            unite.session.execute(text("UPDATE candidat SET cle_nom = 'AUTRE'"))
            with suppress(IntegrityError):
                unite.session.execute(text("UPDATE candidat SET numero = '1'"))

    with pytest.raises(RuntimeError, match="undone whole"):
        ecrire_en_partie()
    assert photo(poste_guichet.store) == avant


def test_every_table_of_the_file_is_watched(poste_guichet: Poste) -> None:
    with poste_guichet.store.ecrire() as unite:
        connexion = unite.session.connection().connection.driver_connection
        assert connexion is not None
        gardes = connexion.execute(
            "SELECT tbl_name, count(*) FROM temp.sqlite_master WHERE type = 'trigger' GROUP BY 1"
        )
        assert dict(gardes.fetchall()) == dict.fromkeys(tables_prouvees(connexion), 3)


def test_a_window_moved_in_a_settings_file_is_named(poste: Poste) -> None:
    """By hand, in the file that commands write and in one that was accepted; adding one is told."""
    ouvrir_fenetre(poste, "2025", "2023-10-01T08:00", "2024-01-31T18:00")
    main = poste.parametrage / "services" / "main.toml"
    main.write_text('source = "essai"\n', encoding="utf-8")
    assert [faute.code for faute in entretien.verifier(poste).informations] == [fichiers_pris.JAMAIS_PRIS]
    assert set(fichiers_pris.accepter(poste)) == {"services/definis.toml", "services/main.toml"}
    assert entretien.verifier(poste).fautes == entretien.verifier(poste).informations == ()
    definis = poste.parametrage / "services" / "definis.toml"
    definis.write_text(definis.read_text(encoding="utf-8").replace("2024-01-31", "2024-05-31"), encoding="utf-8")
    main.unlink()
    dites = {faute.code: faute.message for faute in entretien.verifier(poste).fautes}
    assert dites.keys() == {"reglages.modifie", "reglages.absent"}
    assert (str(definis) in dites["reglages.modifie"], str(main) in dites["reglages.absent"]) == (True, True)
    with refus(poste, "reglage.change"):
        ouvrir_fenetre(poste, "2026", "2023-10-01T08:00", "2024-01-31T18:00")
    fichiers_pris.accepter(poste)
    ouvrir_fenetre(poste, "2026", "2023-10-01T08:00", "2024-01-31T18:00")
    assert entretien.verifier(poste).fautes == ()

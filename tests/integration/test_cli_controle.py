"""`cyclades justificatif` and `candidature ecarter`, as typed, on a store whose dossiers await pieces."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from outils.actes import une
from outils.cli import Commande, Execution
from outils.lots import NOMS, numero

from cyclades_tui.poste import Poste


@pytest.fixture
def justificatif(poste_lots: Poste, cyclades: Commande) -> Commande:
    """`cyclades justificatif …` on this store, long after its windows have closed."""

    def lancer(*arguments: object) -> Execution:
        return cyclades("--store", poste_lots.store.chemin, "justificatif", *arguments)

    return lancer


def test_pieces_are_received_decided_and_leave_the_queue(
    poste_lots: Poste, justificatif: Commande, tmp_path: Path
) -> None:
    fichier = tmp_path / "arrivees.txt"
    fichier.write_bytes(f"{numero(2)}-001\r\n\r\n{numero(0)}\n".encode("utf-8-sig") + b"\xff\xfe\n")
    recues = justificatif("recevoir", numero(1), "--fichier", fichier)
    assert recues.code == 2
    lignes = recues.sortie.splitlines()
    assert lignes[0].startswith(f"√ ALEXIS NGMB-Jeanne  {numero(1)} 001 : JDC, Aménag., le ")
    assert lignes[1].startswith("√ BARTHÉLEMY")
    assert lignes[2].startswith("! NGMB-DUPONT")
    assert lignes[-1] == "2 reçues, 1 ambiguë, 1 inconnue"
    assert justificatif("recevoir", numero(1)).code == 0

    attend = [json.loads(ligne) for ligne in justificatif("file", "--examen", "bcp", "--json").sortie.splitlines()]
    assert [piece["sigle"] for piece in attend] == ["JDC", "Aménag."] * 2
    premiere = attend[0]
    assert (premiere["statut"], premiere["file_le"]) == ("Reçue", attend[1]["file_le"])  # words of the first release
    fait = justificatif("decider", numero(1), "001", "jdc", "non-conforme", "--motif", "1")
    assert fait.sortie.endswith(": Non conforme\n")
    assert une(poste_lots, "SELECT commentaire FROM justificatif WHERE id = ?", premiere["id"])
    assert justificatif("decider", numero(2), 1, attend[2]["id"], "conforme").code == 0
    assert len(justificatif("file", "--academie", "Guyane").sortie.splitlines()) == 2

    for arguments, dit in (
        (("decider", numero(2), 1, "passeport", "conforme"), "n'est pas une pièce de cette candidature"),
        (("decider", numero(2), 1, "amenagement", "non-conforme", "--motif", "99"), "n'existe pas"),
        (("decider", numero(2), 1, "amenagement", "nouvelle-pj"), "La nouvelle limite manque"),
        (("decider", numero(2), 1, "identite", "conforme"), "le candidat doit encore donner un fichier"),
        (("recevoir", "--fichier", tmp_path / "rien.txt"), "ne peut pas être lu"),
        (("recevoir", numero(2), "--recue-le", "31/02/2024"), "n'est pas un jour"),
    ):
        refuse = justificatif(*arguments)
        assert (refuse.code, dit in refuse.erreurs) == (2, True), refuse.tout


@pytest.mark.parametrize("codage", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("fin", ["\n", "\r\n", "\r"])
def test_a_spreadsheet_s_file_is_read_in_any_coding(
    poste_lots: Poste, justificatif: Commande, tmp_path: Path, codage: str, fin: str
) -> None:
    """A header, columns, lost zeros: the result is that of a file with one number on each line."""
    fichier = tmp_path / "excel.csv"
    rangs = ("N° candidat;N° inscription;Prénom", f"{numero(1)[1:]};1;Zoé", "", f'"{numero(2)}";"001";"Jérôme"')
    fichier.write_bytes(fin.join(rangs).encode(codage))
    recues = justificatif("recevoir", "--fichier", fichier)
    assert (recues.code, recues.sortie.splitlines()[-1]) == (0, "2 reçues")


def test_relances_are_simulated_then_sent_then_printed(
    poste_lots: Poste, justificatif: Commande, tmp_path: Path
) -> None:
    choix = ("--examen", "BCP", "--academie", "Guyane", "--avant", "2024-02-01")
    apercu = justificatif("relancer", *choix, "--simuler")
    assert apercu.sortie.endswith("6 dossiers à relancer. Simulation : rien n'est écrit.\n")
    assert all(nom in apercu.sortie for nom in NOMS)
    assert justificatif("relances").sortie == "Aucune relance dans ce store.\n"

    lettres = tmp_path / "lettres"
    fait = justificatif("relancer", *choix, "--pdf", lettres)
    assert fait.sortie == (f"√ Lot 1 : 6 relances, 6 sur 6 dossiers vus.\n√ {lettres}/relances-bcp-guyane-lot-1.pdf\n")
    assert fait.erreurs == ""
    (lot,) = json.loads(justificatif("relances", "--json").sortie)
    assert (lot["relances"], lot["termine"], lot["criteres"]["avant"]) == (6, True, "2024-02-01")
    assert "BCP Guyane, avant le 01/02/2024" in justificatif("relances").sortie
    assert justificatif("relancer", "--lot", 1).sortie.startswith("√ Lot 1 : 6 relances")
    assert justificatif("relancer", "--lot", 2).code == 2
    assert "Exemple : --avant" in justificatif("relancer").erreurs


def test_a_candidature_is_set_aside_with_its_motive(poste_lots: Poste, cyclades: Commande) -> None:
    ecarter = ("--store", poste_lots.store.chemin, "candidature", "ecarter", numero(3), "001")
    assert "--motif" in cyclades(*ecarter).erreurs
    assert cyclades(*ecarter, "--motif", " ").code == 2
    assert cyclades(*ecarter, "--motif", "Âge requis non atteint.").sortie == (
        f"√ Candidature {numero(3)} 001 : Écartée.\n"
    )

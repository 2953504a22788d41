"""Pieces that come by post, by the numbers on them: what is marked, the results of other lines, undoing."""

from __future__ import annotations

from datetime import date

import pytest
from outils.actes import lignes, refus, une, verifier_sans_faute
from outils.lots import candidat, numero

from cyclades_tui.actes.candidature import candidatures, recevabilite
from cyclades_tui.actes.pieces import attentes, reception
from cyclades_tui.actes.pieces.attentes import Filtre
from cyclades_tui.actes.pieces.reception import Arrivee, Issue, annuler, recevoir, trouver_la_piece
from cyclades_tui.domaine.statuts import Statut
from cyclades_tui.poste import Poste

RECUES = "SELECT piece, recue_le FROM justificatif WHERE statut = 'recue' ORDER BY id"


def une_ligne(poste: Poste, texte: str, **options: object) -> Arrivee:
    (arrivee,) = recevoir(poste, [texte], **options)  # type: ignore[arg-type]  # each is one of `recevoir`'s own
    return arrivee


def test_a_number_marks_what_the_dossier_awaits_by_post(poste_lots: Poste) -> None:
    arrivee = une_ligne(poste_lots, f" {numero(1)}\n")
    assert (arrivee.issue, arrivee.texte) == (Issue.RECUE, numero(1))
    assert arrivee.qui == f"ALEXIS NGMB-Jeanne  {numero(1)} 001"
    assert arrivee.phrase == "JDC, Aménag., le 11/12/2023."
    assert lignes(poste_lots, RECUES) == [("jdc", "2023-12-11"), ("amenagement", "2023-12-11")]
    encore = une_ligne(poste_lots, f"{numero(1)}-001")
    assert (encore.issue, encore.phrase) == (Issue.DEJA, "JDC, Aménag., déjà là depuis le 11/12/2023.")

    assert annuler(poste_lots, arrivee).issue is Issue.ANNULEE
    assert lignes(poste_lots, RECUES) == []
    with refus(poste_lots, "controle.annulation"):
        annuler(poste_lots, arrivee)
    verifier_sans_faute(poste_lots)


def test_a_piece_and_its_day_may_be_chosen(poste_lots: Poste) -> None:
    assert reception.pieces_par_la_poste(poste_lots) == {
        "JDC": "jdc",
        "Aménag.": "amenagement",
        "EPS": "certificat-eps",
    }
    assert [trouver_la_piece(poste_lots, texte) for texte in ("", "JDC", "Aménag.", " amenagement ")] == [
        "",
        "jdc",
        "amenagement",
        "amenagement",
    ]
    arrivee = une_ligne(poste_lots, f"{numero(2)} 001", recue_le=date(2023, 12, 8), piece="jdc")
    assert arrivee.phrase == "JDC, le 08/12/2023."
    assert lignes(poste_lots, RECUES) == [("jdc", "2023-12-08")]
    assert une_ligne(poste_lots, numero(2), piece="identite").issue is Issue.REFUSEE
    assert "n'attend pas cette pièce" in une_ligne(poste_lots, numero(2), piece="vae").phrase
    with refus(poste_lots, "reception.piece"):
        trouver_la_piece(poste_lots, "passeport")
    with refus(poste_lots, "reception.date"):
        une_ligne(poste_lots, numero(2), recue_le=date(2023, 12, 12))


def test_each_line_that_marks_nothing_says_what_to_do(poste_lots: Poste) -> None:
    candidatures.desinscrire(poste_lots, numero(3), 1)
    issues = {
        texte: (arrivee.issue, arrivee.phrase)
        for texte in (numero(0), "99999999999", f"{numero(1)} 007", "carte d'identité", "CYCLADES:02", numero(3))
        for arrivee in recevoir(poste_lots, [texte])
    }
    assert issues == {
        numero(0): (Issue.AMBIGUE, "Ajoutez le N° d'inscription : 001 (BCP 2024), 002 (BCP 2024)."),
        "99999999999": (
            Issue.INCONNUE,
            "Il n'y a pas de candidat 99999999999 dans ce store. Vérifiez ce numéro.",
        ),
        f"{numero(1)} 007": (
            Issue.INCONNUE,
            f"Le candidat {numero(1)} n'a pas d'inscription 007 dans ce store. Vérifiez les deux numéros.",
        ),
        "carte d'identité": (
            Issue.INCONNUE,
            "Ce n'est pas un numéro : onze chiffres, puis au besoin le N° d'inscription. Exemple : 02699000001 001.",
        ),
        "CYCLADES:02": (Issue.INCONNUE, issues["CYCLADES:02"][1]),
        numero(3): (Issue.REFUSEE, "Aucune inscription active : vérifiez le numéro."),
    }
    assert une_ligne(poste_lots, f"{numero(3)} 001").issue is Issue.REFUSEE
    assert lignes(poste_lots, RECUES) == []
    assert une_ligne(poste_lots, f"{numero(0)}002").issue is Issue.RECUE  # the three digits right behind
    assert une_ligne(poste_lots, numero(0)).qui.endswith("001")  # the only one that still awaits something


def test_a_dossier_set_aside_leaves_the_queues(poste_lots: Poste) -> None:
    une_ligne(poste_lots, numero(1))
    assert attentes.compter(poste_lots, Filtre()) == 2
    recevabilite.ecarter(poste_lots, numero(1), 1, "Conditions non remplies.")
    assert attentes.compter(poste_lots, Filtre()) == 0
    assert [
        statut for (statut,) in lignes(poste_lots, "SELECT statut FROM justificatif WHERE recue_le IS NOT NULL")
    ] == [
        Statut.RECUE,
        Statut.RECUE,
    ]
    verifier_sans_faute(poste_lots)


def test_a_scanner_reads_the_reference_of_the_recapitulatif(poste_lots: Poste) -> None:
    arrivee = une_ligne(poste_lots, f"CYCLADES:{numero(4)}:001:1:{'0123456789ABCDEF' * 2}")
    assert (arrivee.issue, arrivee.qui) == (Issue.RECUE, f"OUATTARA NGMB-Jeanne  {numero(4)} 001")


def test_a_file_goes_in_parts_and_a_candidate_may_not_receive(
    poste_lots: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reception, "PAR_FOIS", 2)
    textes = [numero(1), "", numero(2), numero(1), "x" * 500, "", numero(4)]
    arrivees = list(recevoir(poste_lots, iter(textes)))
    assert [a.issue for a in arrivees] == [Issue.RECUE, Issue.RECUE, Issue.DEJA, Issue.INCONNUE, Issue.RECUE]
    assert all(len(a.texte) <= 120 for a in arrivees)
    assert une(poste_lots, "SELECT count(*) FROM justificatif WHERE statut = 'recue'") == 6
    with refus(poste_lots, "droit.candidat"):
        une_ligne(candidat(poste_lots, 2), numero(2))


def _d_un_scanner_americain(texte: str) -> str:
    """The characters that a scanner set to a US layout types on a French desk."""
    return texte.translate(str.maketrans("0123456789:AQWZ-", "à&é\"'(-è_çMQAZW)"))


@pytest.mark.parametrize(
    "forme", ["{n}", "{n} 001", "{n}-001", "{n}001", "CYCLADES:{n}:001:1:" + "0123456789ABCDEF" * 2]
)
def test_a_scanner_of_another_keyboard_is_read(poste_lots: Poste, forme: str) -> None:
    """« àé-çç… » from a scanner with a US layout on an AZERTY desk, and the reverse."""
    droit = forme.format(n=numero(4))
    de_travers = _d_un_scanner_americain(droit)
    assert de_travers != droit
    arrivee = une_ligne(poste_lots, de_travers)
    assert (arrivee.issue, arrivee.numeros) == (Issue.RECUE, f"{numero(4)} 001")
    assert une_ligne(poste_lots, numero(4).translate(str.maketrans("1234567890", "!@#$%^&*()"))).issue is Issue.DEJA


@pytest.mark.parametrize(
    "forme",
    [
        "{sans_zero};1",
        "{sans_zero}\t001",
        '"{n}";"001"',
        '="{n}";="001"',
        "'{n};001",
        "{n};001;LAMY Paul",
        "LAMY;Paul;{n};001",
        "001;{n}",
        '"{n}","001","LAMY, Paul"',
        "{sans_zero},1",
        "{sans_zero}.0;1.0",
        "{sans_zero},00;1,00",
        "{espace};1",
        "{insecable};1",
        "{exact}E+09;1",
        "{sans_zero}",
    ],
)
def test_a_line_of_a_spreadsheet_is_read(poste_lots: Poste, forme: str) -> None:
    n = numero(4)
    groupes = [n[1:2], n[2:5], n[5:8], n[8:]]
    texte = forme.format(
        n=n,
        sans_zero=n[1:],
        espace=" ".join(groupes),
        insecable="\u202f".join(groupes),
        exact=f"{n[1]},{n[2:]}",
    )
    arrivee = une_ligne(poste_lots, texte)
    assert (arrivee.issue, arrivee.numeros) == (Issue.RECUE, f"{n} 001")


@pytest.mark.parametrize("texte", ["2,699E+09;1", "2.699E+09,1", "2,7E+09", '"2,34848E+9"\t"001"'])
def test_a_number_rounded_by_a_spreadsheet_is_told(poste_lots: Poste, texte: str) -> None:
    arrivee = une_ligne(poste_lots, texte)
    assert arrivee.issue is Issue.INCONNUE
    assert "Un tableur a arrondi ce numéro" in arrivee.phrase
    assert "format Texte" in arrivee.phrase

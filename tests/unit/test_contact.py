"""The wording of an office: in brief, on one line, on several."""

from __future__ import annotations

from cyclades_tui.domaine.contact import Contact, en_bref, en_lignes, en_une_ligne

ENTIER = Contact("Guyane", ("RECTORAT", "Division des examens", "2 rue du Port"), "0594272243", "dec@example.org")
SANS_RIEN = Contact("Guyane", ("RECTORAT", "2 rue du Port"), "", "")


def test_in_brief_an_office_is_its_name_and_how_to_reach_it() -> None:
    assert en_bref(ENTIER) == "RECTORAT, 0594272243, dec@example.org"
    assert en_bref(SANS_RIEN) == "RECTORAT"


def test_on_one_line_its_service_is_told_and_no_street() -> None:
    assert en_une_ligne(ENTIER) == "RECTORAT, Division des examens, 0594272243, dec@example.org"
    assert en_une_ligne(SANS_RIEN) == "RECTORAT"


def test_on_several_lines_nothing_is_left_out() -> None:
    assert en_lignes(ENTIER) == (*ENTIER.lignes, "Tel : 0594272243", "dec@example.org")
    assert en_lignes(SANS_RIEN) == SANS_RIEN.lignes

"""Files of numbers as spreadsheets, notepads and old machines write them: each line is read or told."""

from __future__ import annotations

import pytest

from cyclades_tui.domaine.tableur import Numeros, lignes, lire_les_cellules

DEUX = [Numeros("02699000021", 1), Numeros("02699000022", 2)]
DES_NUMEROS = "02699000021;001{fin}02699000022;002{fin}"


@pytest.mark.parametrize(
    "octets",
    [
        DES_NUMEROS.format(fin="\n").encode(),
        DES_NUMEROS.format(fin="\r\n").encode(),
        DES_NUMEROS.format(fin="\r").encode(),
        DES_NUMEROS.format(fin=" \n\n").encode() + b"\x1a",
        DES_NUMEROS.format(fin="\r\n").encode("utf-16"),
        DES_NUMEROS.format(fin="\r\n").encode("utf-16-be"),
        DES_NUMEROS.format(fin="\r\n").encode("utf-8-sig"),
        "N° CANDIDAT;N° INSCRIPTION\r\n".encode("cp1252") + DES_NUMEROS.format(fin="\r\n").encode(),
        "Numéro de candidat (11 chiffres);Inscr.\n".encode() + DES_NUMEROS.format(fin="\n").encode(),
        b"sep=;\r\nNUMCAND;NUMINSC\r\n" + DES_NUMEROS.format(fin="\r\n").encode(),
    ],
)
def test_a_file_is_read_whatever_wrote_it(octets: bytes) -> None:
    assert [lire_les_cellules(ligne) for ligne in lignes(octets)] == DEUX


@pytest.mark.parametrize(
    "ligne",
    [
        "'02699000021;'001",
        "’02699000021\t’001",
        "02 699 000 021;001",
        "02 69 90 00 02 1 ; 001",
        "2\u202f699\u202f000\u202f021;1",
        "2.699.000.021;1",
        "2 699 000 021\u00a0;\u00a01",
        "\u200b02699000021\ufeff;001",
        "０２６９９０００021;００1",
        "2699000021/1",
        "2699000021 1",
        "12;LAMY;02699000021;001",
        "LAMY\u2028Paul;02699000021;001;17",
        '"=""02699000021""";"=""001"""',
        ";;02699000021;;001;;",
        "0612345678;02699000021;001",
    ],
)
def test_a_cell_is_read_as_one_would_have_typed_it(ligne: str) -> None:
    assert [lire_les_cellules(seule) for seule in lignes(ligne.encode())] == DEUX[:1]


@pytest.mark.parametrize("ligne", ["LAMY Paul", "2699;1", "012345678901234;1", "0612345678;1"])
def test_what_is_no_number_is_not_made_one(ligne: str) -> None:
    assert [lire_les_cellules(seule) for seule in lignes(ligne.encode())] == [None]

"""Four desks that register at once, and desks killed meanwhile: no number twice, nothing half done."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter_ns

import pytest
from outils.actes import changer, creer_store, inscrire, lignes, personne, poste_sur, une
from outils.guide import PLAGE_DU_GUIDE
from outils.horloge import PENDANT, HorlogeReglable
from outils.store import processus

from cyclades_tui.actes.documents import documents
from cyclades_tui.actes.reglages import entretien
from cyclades_tui.domaine.canonique import empreinte
from cyclades_tui.poste import Poste, ReglagesDuPoste
from cyclades_tui.store.requetes.verification import A_RENDRE

POSTES, PAR_POSTE = 4, 200
MORTS = 25
PAR_ENFANT = 1000  # ranks of persons that each child may use
ETAPES = ("inscrite", "modifiee", "rendue")


def inscrire_en_nombre(reglages: ReglagesDuPoste, premier: int) -> list[tuple[str, str, int]]:
    poste = poste_sur(reglages, HorlogeReglable.a(PENDANT))
    faites = [inscrire(poste, personne(rang)) for rang in range(premier, premier + PAR_POSTE)]
    return [(faite.numero_candidat, faite.numero_inscription, faite.version) for faite in faites]


def test_four_desks_register_at_once(tmp_path: Path) -> None:
    horloge = HorlogeReglable.a(PENDANT)
    reglages = creer_store(tmp_path, horloge, PLAGE_DU_GUIDE)
    with ProcessPoolExecutor(POSTES, mp_context=processus()) as postes:
        premiers = range(0, POSTES * PAR_POSTE, PAR_POSTE)
        faites = [faite for lot in postes.map(inscrire_en_nombre, [reglages] * POSTES, premiers) for faite in lot]
    total = POSTES * PAR_POSTE
    assert sorted(numero for numero, _, _ in faites) == [f"023{48418953 + rang:08d}" for rang in range(total)]
    assert {(inscription, version) for _, inscription, version in faites} == {("001", 1)}
    poste = poste_sur(reglages, horloge)
    actes = Counter(acte for (acte,) in lignes(poste, "SELECT acte FROM journal"))
    assert actes == {"store.creer": 1, "candidat.creer": total, "candidature.inscrire": total}
    assert lignes(poste, "SELECT min(seq), max(seq) FROM journal") == [(1, 1 + 2 * total)]
    for table in ("candidat", "candidature", "version", "message"):
        assert une(poste, f"SELECT count(*) FROM {table}") == total
    assert une(poste, "SELECT count(*) FROM document") == 2 * total
    bilan = entretien.verifier(poste)
    assert (bilan.fautes, [faute.code for faute in bilan.informations]) == ((), [A_RENDRE])


def tenir_le_guichet(reglages: ReglagesDuPoste, premier: int, fil: Connection) -> None:
    """Register, modify and print, again and again; reports each step when it is done."""
    poste = poste_sur(reglages, HorlogeReglable.a(PENDANT))
    for rang in count(premier):
        saisie = personne(rang)
        inscrire(poste, saisie)
        fil.send("inscrite")
        modifiee = changer(poste, saisie=saisie)
        fil.send("modifiee")
        documents.ouvrir(poste, modifiee.document)
        fil.send("rendue")


def tuer(reglages: ReglagesDuPoste, mort: int, graine: str) -> Counter[str]:
    """Kill -9 a desk after a few steps and microseconds, drawn from the seed; returns the steps it reported."""
    tirage = int(empreinte(f"{graine} {mort}"), 16)
    contexte = processus()
    lecteur, fil = contexte.Pipe(duplex=False)
    enfant = contexte.Process(target=tenir_le_guichet, args=(reglages, mort * PAR_ENFANT, fil))
    enfant.start()
    fil.close()
    dites = Counter(lecteur.recv() for _ in range(1 + tirage % 6))
    fin = perf_counter_ns() + tirage % 40_009 * 1000  # anywhere in the next step
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


def verifier_les_candidatures(poste: Poste) -> Counter[str]:
    """Each candidature is whole: versions from 1, each with its documents, message, journal row. Returns steps."""
    bilan = entretien.verifier(poste)
    assert bilan.fautes == ()
    trouvees: Counter[str] = Counter()
    for id_, derniere in lignes(poste, "SELECT id, version FROM candidature"):
        versions = lignes(
            poste,
            "SELECT version.numero, journal.acte, journal.sujet, count(document.id), count(document.sha256) "
            "FROM version LEFT JOIN document ON document.version_id = version.id "
            "LEFT JOIN journal ON journal.seq = version.journal_seq "
            "WHERE version.candidature_id = ? GROUP BY version.id ORDER BY version.numero",
            id_,
        )
        actes = ("candidature.inscrire", "candidature.modifier")[:derniere]
        assert [ligne[:4] for ligne in versions] == [
            (numero, acte, f"candidature:{id_}", 2) for numero, acte in enumerate(actes, start=1)
        ]
        assert une(poste, "SELECT count(*) FROM message WHERE candidature_id = ?", id_) == derniere
        trouvees.update(ETAPES[:derniere])
        trouvees["rendue"] += versions[-1][4] if derniere == 2 else 0
    candidats = une(poste, "SELECT count(*) FROM candidat")
    assert candidats == trouvees["inscrite"]
    assert une(poste, "SELECT sum(prochain - debut) FROM plage") == candidats
    return trouvees


@pytest.mark.parametrize("graine", ["matin", "soir"])
def test_nothing_is_half_done_after_a_kill(tmp_path: Path, graine: str) -> None:
    horloge = HorlogeReglable.a(PENDANT)
    reglages = creer_store(tmp_path, horloge)
    dites: Counter[str] = Counter()
    for mort in range(MORTS):
        dites += tuer(reglages, mort, graine)
        poste = poste_sur(reglages, horloge)
        trouvees = verifier_les_candidatures(poste)
        assert all(trouvees[etape] >= dites[etape] for etape in ETAPES)
        poste.store.fermer()
    poste = poste_sur(reglages, horloge)
    for (document,) in lignes(poste, "SELECT id FROM document WHERE sha256 IS NULL LIMIT 20"):
        assert documents.ouvrir(poste, document).octets.startswith(b"%PDF")
    assert entretien.verifier(poste).fautes == ()

"""With a key nothing lies in clear beside the store: whatever is written, and wherever it is killed, nothing is found.

The names, the address, a message, a file and its name bear a mark; so do the keys.
"""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from outils.actes import GUYANE, changer, demande, poste_sur, une
from outils.cli import environnement
from outils.comptes import confirmer, saisie_de
from outils.fichiers_bons import pdf_brut
from outils.guide import SAISIE
from outils.hacheur import HacheurRapide
from outils.horloge import PENDANT, HorlogeReglable
from outils.store import processus
from outils.terminal import cyclades, terminal
from pydantic import SecretStr

from cyclades_tui.actes.bureau import recherche
from cyclades_tui.actes.candidature import brouillons, candidatures
from cyclades_tui.actes.candidature.inscription import enregistrer
from cyclades_tui.actes.documents import copies, documents, relances, tirage
from cyclades_tui.actes.documents.relances import Criteres
from cyclades_tui.actes.personnes import comptes, courrier
from cyclades_tui.actes.pieces import controle, justificatifs
from cyclades_tui.actes.reglages import cle, entretien
from cyclades_tui.actes.socle import hachage
from cyclades_tui.apps.consigne import consigner
from cyclades_tui.domaine.erreurs import ActeRefuse
from cyclades_tui.fichiers import ouverts
from cyclades_tui.poste import Poste, ReglagesDuPoste
from cyclades_tui.screens.guichet.controle.ailleurs import Ailleurs
from cyclades_tui.store.sqlite import store as store_sqlite

MARQUE = "zygo"
CLE, AUTRE_CLE, DES_COPIES = (f"{MARQUE} une longue phrase {rang}" for rang in range(3))
PERSONNE = {
    **SAISIE,
    "identification.nom": "ZYGOMARQUE",
    "identification.prenoms": "Zygoprenom",
    "identification.email": "zygo.marque@mail.fr",
    "identification.adresse.voie": "12 rue Zygovoie",
}
NUMERO = "SELECT numero FROM candidat ORDER BY id LIMIT 1"
PIECE = "SELECT id FROM justificatif ORDER BY id LIMIT 1"
PAPIER = pdf_brut(
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R >>",
    "<< /Length 10 >>\nstream\n% ZygoMar\n\nendstream",
)


def _fiche(poste: Poste) -> candidatures.Fiche:
    return candidatures.fiche(poste, une(poste, NUMERO), 1)


def _garder(poste: Poste) -> None:
    cle_ = brouillons.cle_nouvelle("02648418953", "BCP", "2024", GUYANE)
    brouillons.garder(poste, cle_, PERSONNE, onglet="", focus="", ecran="un")


def _deposer(poste: Poste) -> None:
    papier = _entrees() / "Zygofichier.pdf"
    justificatifs.deposer(poste, une(poste, NUMERO), 1, une(poste, PIECE), papier)


def _ecrire(poste: Poste) -> None:
    courrier.ecrire(poste, une(poste, NUMERO), "Zygobjet", "Zygotexte")


def _creer_un_compte(poste: Poste) -> None:
    champs = {"nom": "ZYGOCOMPTE", "email": "zygo.compte@mail.fr"}
    comptes.creer(poste, confirmer(saisie_de(7, **champs)))


def _copier(poste: Poste) -> None:
    fiche = _fiche(poste)
    publie = documents.lister(poste, fiche.numero_candidat, 1)[0]
    copies.enregistrer(poste, fiche, publie, poste.racines[0], remplacer=True)


def _imprimer(poste: Poste) -> None:
    fiche = _fiche(poste)
    copies.imprimer(poste, fiche, documents.lister(poste, fiche.numero_candidat, 1)[0])


def _imprimer_la_piece(poste: Poste) -> None:
    copies.imprimer_le_depot(poste, une(poste, PIECE), une(poste, "SELECT max(id) FROM depot"))


def _ouvrir_la_piece(poste: Poste) -> None:
    ailleurs = Ailleurs(poste)
    ailleurs.ouvrir(controle.ouvrir(poste, une(poste, PIECE)))
    ailleurs.fermer()


def _relancer(poste: Poste) -> None:
    lot = relances.commencer(poste, Criteres("BCP", "2024", GUYANE, date(2030, 1, 1)))
    list(relances.avancer(poste, lot))
    list(tirage.tirer(poste, lot, poste.racines[0]))


def _chercher(poste: Poste) -> None:
    assert recherche.chercher(poste, "zygomarque")


def _tomber(_: Poste) -> None:
    try:
        raise ValueError(f"{PERSONNE} {CLE}")
    except ValueError as erreur:
        consigner(erreur)


def _changer_la_cle(poste: Poste) -> None:
    if poste.store.s_ouvre_avec(CLE):
        cle.definir(poste, lambda: AUTRE_CLE, premiere=False)


# What is done in a store, in an order in which each finds what it needs.
GESTES: dict[str, Callable[[Poste], object]] = {
    "a draft": _garder,
    "a save": lambda poste: enregistrer(poste, demande(PERSONNE)),
    "a change": lambda poste: changer(poste, 1, PERSONNE),
    "its documents": documents.rendre_les_manquants,
    "a deposit": _deposer,
    "a message": _ecrire,
    "an account": _creer_un_compte,
    "a copy": _copier,
    "a print": _imprimer,
    "a print of a piece": _imprimer_la_piece,
    "a piece opened": _ouvrir_la_piece,
    "letters": _relancer,
    "a search": _chercher,
    "an error": _tomber,
    "a backup": lambda poste: entretien.sauvegarder(poste, _maison() / "sauvegardes"),
    "a check": entretien.verifier,
    "another key": _changer_la_cle,
}
# What is killed in the middle of a file; the others are, before their transaction is committed.
EN_FICHIERS = {"its documents", "a deposit", "a copy", "a print", "a print of a piece", "a piece opened", "letters"}
EN_FICHIERS |= {"an error", "a backup", "another key"}
# What it must have left in the end, whatever was done twice.
TRACES = (
    "SELECT count(*) FROM version HAVING count(*) = 2",
    "SELECT count(*) FROM brouillon WHERE saisie LIKE '%ZYGOMARQUE%'",
    "SELECT count(*) FROM depot WHERE nom = 'Zygofichier.pdf'",
    "SELECT count(*) FROM message WHERE corps = 'Zygotexte'",
    "SELECT count(*) FROM compte",
    "SELECT count(*) FROM document WHERE nature LIKE 'relance:%'",
    "SELECT count(*) FROM journal WHERE acte = 'document.copier'",
    "SELECT count(*) FROM journal WHERE acte = 'document.imprimer'",
    "SELECT count(*) FROM journal WHERE acte = 'relance.tirer'",
    "SELECT count(*) FROM journal WHERE acte = 'store.sauvegarder'",
)


def _maison() -> Path:
    return Path(os.environ["HOME"])


def _entrees() -> Path:
    return _maison().with_name("entrees")


def installer(maison: Path, *, memoire: bool) -> None:
    """Runs in a child process: everything that a system gives a user lies in the folder."""
    for nom in [nom for nom in os.environ if nom.startswith(("XDG_", "CYCLADES_"))]:
        del os.environ[nom]
    os.environ.update(HOME=str(maison), TMPDIR=str(maison / "tmp"), PATH=f"{maison.with_name('bin')}:/usr/bin:/bin")
    if memoire:
        os.environ["XDG_RUNTIME_DIR"] = str(maison / "session")
    else:
        ouverts._MEMOIRE = maison / "absente"
    tempfile.tempdir = None
    os.chdir(maison)
    hachage.fabriquer_hacheur = HacheurRapide


def ouvrir(maison: Path, cle_: str) -> Poste:
    reglages = ReglagesDuPoste(store=maison / "store", poste="poste-1", cle=SecretStr(cle_))
    ici = poste_sur(reglages, HorlogeReglable.a(PENDANT))
    return replace(
        ici, racines=(maison / "support",), impression=("true", "{fichier}"), cle_des_copies=DES_COPIES, temoin=None
    )


def agir(maison: Path, geste: str, cle_: str, mort: str, memoire: bool) -> None:
    """Runs in a child process, killed as a power cut would."""
    installer(maison, memoire=memoire)

    def mourir(*_arguments: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    poste = ouvrir(maison, cle_)
    if mort:
        setattr(os if mort == "fsync" else store_sqlite, mort, mourir)
    with suppress(ActeRefuse):  # a former one was killed too late, and was done
        GESTES[geste](poste)
    poste.store.fermer()


def commencer(maison: Path, memoire: bool) -> None:
    """Runs in a child process: make the store."""
    installer(maison, memoire=memoire)
    reglages = ReglagesDuPoste(store=maison / "store", poste="poste-1", cle=SecretStr(CLE))
    entretien.initialiser(reglages, None, HorlogeReglable.a(PENDANT))


def balayer(maison: Path, memoire: bool) -> None:
    """Runs in a child process: what a face does when it starts."""
    installer(maison, memoire=memoire)
    ouverts.balayer_les_morts()


def en_processus(quoi: Callable[..., None], *arguments: object) -> int | None:
    enfant = processus().Process(target=quoi, args=arguments)
    enfant.start()
    enfant.join()
    return enfant.exitcode


def en_clair(maison: Path) -> Iterator[str]:
    """The files where a mark, or a document that nobody needs a key for, can be found."""
    for chemin in maison.rglob("*"):
        if MARQUE in chemin.name.lower():
            yield f"{chemin.relative_to(maison)}: its name"
        if not chemin.is_file():
            continue
        octets = chemin.read_bytes()
        pliees = octets.lower()
        for marque in (MARQUE.encode(), MARQUE.encode("utf-16-le"), MARQUE.encode("utf-16-be"), MARQUE.encode().hex()):
            if (marque if isinstance(marque, bytes) else marque.encode()) in pliees:
                yield f"{chemin.relative_to(maison)}: {marque!r}"
        if octets.startswith(b"%PDF") and b"/Encrypt" not in octets:
            yield f"{chemin.relative_to(maison)}: a PDF in clear"


def preparer(tmp_path: Path, *, memoire: bool) -> Path:
    """A home with a new store."""
    maison = tmp_path / "maison"
    for nom in ("maison", "maison/tmp", "maison/session", "maison/support", "entrees", "bin"):
        (tmp_path / nom).mkdir(mode=0o700)
    (tmp_path / "entrees" / "Zygofichier.pdf").write_bytes(PAPIER)
    (tmp_path / "bin" / "xdg-open").write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    (tmp_path / "bin" / "xdg-open").chmod(0o700)
    assert en_processus(commencer, maison, memoire) == 0
    return maison


def test_nothing_is_left_in_clear_in_a_session_s_memory(tmp_path: Path) -> None:
    maison = preparer(tmp_path, memoire=True)
    for geste in ("a save", "a deposit", "a print", "a print of a piece", "a piece opened"):
        assert en_processus(agir, maison, geste, CLE, "", True) == 0
        assert list(en_clair(maison)) == [], geste


def test_nothing_is_left_in_clear_by_anything_that_is_done_or_killed(tmp_path: Path) -> None:
    """Without such a memory, where more could stay."""
    maison = preparer(tmp_path, memoire=False)
    tues = 0
    for geste in GESTES:
        for mort in ("fsync" if geste in EN_FICHIERS else "touchees", ""):
            fin = en_processus(agir, maison, geste, CLE, mort, False)
            assert fin in ((-signal.SIGKILL, 0) if mort else (0,)), (geste, mort)
            tues += fin != 0
            if fin:  # what was shown or printed goes at the next start
                assert en_processus(balayer, maison, False) == 0
            assert list(en_clair(maison)) == [], (geste, mort)
    assert tues >= len(GESTES) - 3
    poste = ouvrir(maison, AUTRE_CLE)
    for trace in TRACES:
        assert une(poste, trace), trace
    assert entretien.verifier(poste).fautes == ()
    poste.store.fermer()


@pytest.mark.parametrize(("face", "accueil"), [("borne", "Que voulez-vous faire ?"), ("guichet", "Identifiant")])
def test_a_face_deletes_at_its_start_what_a_killed_one_showed(
    store_pret: Path, tmp_path: Path, face: str, accueil: str
) -> None:
    maison = tmp_path / "maison"
    restes = [
        maison / lieu / "cyclades" / "ouverts" / "999999999" / "piece-1.pdf" for lieu in (".local/state", "session")
    ]
    for reste in restes:
        reste.parent.mkdir(parents=True)
        reste.write_bytes(PAPIER)
    env = environnement(maison, CYCLADES_STORE=str(store_pret), XDG_RUNTIME_DIR=str(maison / "session"))
    with terminal(cyclades(face), env) as ecran:
        ecran.attendre(accueil)
        ecran.jusqu_a(lambda: not any(reste.exists() for reste in restes))


def test_the_search_would_find_it(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes("xZygoMarquex".encode("utf-16-le"))
    (tmp_path / "b").write_bytes(b"ZYGOMARQUE")
    (tmp_path / "c").write_bytes(PAPIER.replace(b"Zygo", b"????"))
    (tmp_path / "zygo").mkdir()
    assert {lieu.partition(":")[0] for lieu in en_clair(tmp_path)} == {"a", "b", "c", "zygo"}

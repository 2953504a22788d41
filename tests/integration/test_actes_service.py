"""Settings written by commands: what the result says is what applies, in every file and every process."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from outils.actes import BESANCON, GUYANE, creer_store, demande, lignes, personne, poste_sur, refus
from outils.horloge import HorlogeReglable

from cyclades_tui.actes.candidature.inscription import enregistrer
from cyclades_tui.actes.reglages.lecture import lire_minute
from cyclades_tui.actes.reglages.service import definir_fenetre
from cyclades_tui.domaine.erreurs import SaisieRefusee
from cyclades_tui.domaine.temps import Fenetre
from cyclades_tui.poste import Poste

BLOC = """source = "essai"

[[reglage]]
examen = "BCP"
session = "2025"
academie = "33"
fermeture = 2024-12-13T23:59:00
"""


def definir(
    poste: Poste,
    session: str = "2025",
    ouverture: str = "2023-10-01T08:00",
    fermeture: str = "2024-01-31T18:00",
    academie: str = GUYANE,
) -> Fenetre:
    return definir_fenetre(
        poste,
        examen="BCP",
        session=session,
        academie=academie,
        ouverture=lire_minute(ouverture, "ouverture"),
        fermeture=lire_minute(fermeture, "fermeture"),
    )


def ecrire(poste: Poste, fichier: str, texte: str) -> Path:
    """A local settings file, as an administrator writes it."""
    chemin = poste.parametrage / fichier
    chemin.parent.mkdir(parents=True, exist_ok=True)
    chemin.write_text(texte, encoding="utf-8")
    return chemin


# The result says what applies


@pytest.mark.parametrize("session", ["2025", " 2025 ", "juin  2025", "JUIN 2025"])
def test_a_window_holds_however_its_session_is_written(poste: Poste, session: str) -> None:
    fenetre = definir(poste, session)
    libelle = " ".join(session.split()).upper()
    assert poste.referentiel.reglages("BCP", libelle, GUYANE).fenetre == fenetre
    assert enregistrer(poste, demande(personne(1), session=libelle)).version == 1
    fenetre = definir(poste, libelle, fermeture="2024-02-01T18:00")
    assert fenetre == poste.referentiel.reglages("BCP", libelle, GUYANE).fenetre
    texte = (poste.parametrage / "services/definis.toml").read_text(encoding="utf-8")
    assert texte.count("[[reglage]]") == 1


@pytest.mark.parametrize("fichier", ["services/zz.toml", "services/a.toml", "reglages.toml"])
def test_a_window_written_by_hand_is_not_doubled(poste: Poste, fichier: str) -> None:
    a_la_main = ecrire(poste, fichier, BLOC)
    with refus(poste, "reglage.ailleurs") as fautes:
        definir(poste)
    assert str(a_la_main) in fautes[0].message
    assert not (poste.parametrage / "services/definis.toml").exists()
    assert definir(poste, academie=BESANCON) == poste.referentiel.reglages("BCP", "2025", BESANCON).fenetre


def test_a_window_goes_over_the_shipped_one(poste: Poste) -> None:
    assert definir(poste, "2024") == poste.referentiel.reglages("BCP", "2024", GUYANE).fenetre


@pytest.mark.parametrize(
    ("texte", "code"),
    [
        ("[[reglage", "referentiel.toml"),
        ("reglage = 3\n", "referentiel.valeur"),
        (BLOC + 'couleur = "bleu"\n', "referentiel.valeur"),
    ],
)
def test_a_file_of_windows_that_is_set_aside_is_not_added_to(poste: Poste, texte: str, code: str) -> None:
    chemin = ecrire(poste, "services/definis.toml", texte)
    with pytest.raises(Exception, match=str(chemin)) as pris:
        definir(poste)
    assert {faute.code for faute in pris.value.fautes} >= {code}  # type: ignore[attr-defined]
    assert chemin.read_text(encoding="utf-8") == texte


def test_the_other_values_of_a_block_stay(poste: Poste) -> None:
    ecrire(poste, "services/definis.toml", BLOC + 'libelle_recapitulatif = "Dossier"\n')
    assert definir(poste) == poste.referentiel.reglages("BCP", "2025", GUYANE).fenetre
    assert poste.referentiel.reglages("BCP", "2025", GUYANE).libelle_recapitulatif == "Dossier"


def test_two_desks_that_define_windows_at_once_lose_none(tmp_path: Path, horloge: HorlogeReglable) -> None:
    reglages = creer_store(tmp_path, horloge)
    un, autre = poste_sur(reglages, horloge), poste_sur(reglages, horloge)

    class PendantLAttente(HorlogeReglable):
        """One desk writes its window after another has read the clock and before it has the write lock."""

        def maintenant(self) -> datetime:
            if "2026" not in {session for _, session, _ in autre.referentiel.blocs.fenetres()}:
                definir(autre, "2026")
            return horloge.maintenant()

    definir(Poste(un.store, un.acteur, PendantLAttente(horloge.instant), un.parametrage), "2025")
    assert {session for _, session, _ in un.referentiel.blocs.fenetres()} >= {"2025", "2026"}


# Hours


@pytest.mark.parametrize("texte", ["0001-01-01T00:00", "9999-12-31T23:59", "1989-12-31 23:59", "01/01/2101 00:00"])
def test_a_year_out_of_bounds_is_refused(texte: str) -> None:
    with pytest.raises(SaisieRefusee, match="L'année n'est pas comprise entre 1990 et 2100") as pris:
        lire_minute(texte, "ouverture")
    assert [(faute.code, faute.champ) for faute in pris.value.fautes] == [("fenetre.annee", "ouverture")]


@pytest.mark.parametrize(
    ("ouverture", "fermeture"),
    [
        ("2027-03-28T02:30", "2027-03-28T03:00"),  # the hour that does not exist
        ("2027-03-28T02:59", "2027-03-28T03:59"),
        ("2027-05-01T08:00", "2027-05-01T08:00"),
    ],
)
def test_a_window_is_compared_in_real_time(poste: Poste, ouverture: str, fermeture: str) -> None:
    with refus(poste, "reglage.valeur"):
        definir(poste, ouverture=ouverture, fermeture=fermeture)


# Settings that change while a desk works


def test_a_running_desk_sees_a_window_that_another_process_changes(tmp_path: Path, horloge: HorlogeReglable) -> None:
    reglages = creer_store(tmp_path, horloge)
    poste, autre = poste_sur(reglages, horloge), poste_sur(reglages, horloge)
    with refus(poste, "service.absent"):
        enregistrer(poste, demande(personne(1), session="2025"))
    definir(autre)
    assert enregistrer(poste, demande(personne(1), session="2025")).version == 1
    ancien = poste.service("BCP", "2025", GUYANE)
    definir(autre, fermeture="2023-12-01T18:00")
    with refus(poste, "fenetre.fermee"):
        enregistrer(poste, demande(personne(2), session="2025"))
    assert poste.service("BCP", "2025", GUYANE) is not ancien
    (derniere,) = lignes(poste, "SELECT referentiel_sha256 FROM version")[-1]
    assert derniere == ancien.referentiel.sha256 != poste.referentiel.sha256


def test_settings_that_do_not_change_are_read_once(poste: Poste) -> None:
    definir(poste)
    assert poste.referentiel is poste.referentiel
    assert poste.service("BCP", "2025", GUYANE) is poste.service("BCP", "2025", GUYANE)
    ecrire(poste, "notes.txt", "rien")
    assert poste.referentiel is poste.referentiel


def test_a_local_file_that_comes_changes_or_goes_is_noticed(poste: Poste) -> None:
    livre = poste.referentiel.sha256
    chemin = ecrire(poste, "services/zz.toml", BLOC)
    assert poste.referentiel.sha256 != livre
    assert poste.referentiel.reglages("BCP", "2025", GUYANE).fenetre is not None
    ecrire(poste, "services/zz.toml", BLOC.replace("2024-12-13", "2024-12-14"))
    fenetre = poste.referentiel.reglages("BCP", "2025", GUYANE).fenetre
    assert fenetre is not None
    assert fenetre.fermeture.day == 14
    chemin.unlink()
    assert poste.referentiel.sha256 == livre

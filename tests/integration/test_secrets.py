"""No password, code or key that is given reaches the journal, the log, an output or an error: each bears a mark."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from outils.actes import poste_sur
from outils.cli import LAMY, Commande
from outils.comptes import a_la_borne, code_envoye, email_de, saisie_de
from outils.horloge import PENDANT, HorlogeReglable
from outils.store import photo
from pydantic import SecretStr

from cyclades_tui.actes.bureau import agents
from cyclades_tui.actes.personnes import comptes
from cyclades_tui.domaine.droits import Role
from cyclades_tui.domaine.erreurs import ErreurCyclades
from cyclades_tui.poste import Poste, ReglagesDuPoste

MARQUE = "Zygo7"
PREMIER, SECOND, FAUX, CLE, AUTRE_CLE, DES_COPIES = (f"{MARQUE}/secret-{rang}!" for rang in range(6))
DU_JOURNAL = ("journal", "journal_detail", "ecriture", "tete_journal", "suivi")


@pytest.fixture
def dits(
    cyclades: Commande, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, hacheur_rapide: None
) -> Iterator[list[str]]:
    """What the commands of a test have said; at its end nothing of it, nor of any log, has the mark."""
    for nom in ("HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(nom, str(tmp_path / "maison"))
    (tmp_path / "maison").mkdir()
    textes: list[str] = []
    yield textes
    assert textes
    for texte in textes:
        assert MARQUE not in texte
    for fichier in (tmp_path / "maison").rglob("*"):
        assert not fichier.is_file() or MARQUE.encode() not in fichier.read_bytes(), fichier


def test_an_agent_s_passwords(
    cyclades: Commande, store_pret: Path, monkeypatch: pytest.MonkeyPatch, dits: list[str]
) -> None:
    """Given, changed, wrong, refused by the rules, and under an error that nobody foresaw."""

    def dire(*arguments: object, **secrets: str) -> int:
        for nom, secret in secrets.items():
            monkeypatch.setenv(f"CYCLADES_{nom}", secret)
        fini = cyclades("--store", store_pret, *arguments)
        dits.append(fini.tout)
        return fini.code

    ajouter = ("agent", "ajouter", "phare", "O. Phare", "--role", "administrateur")
    for court in (f"{MARQUE}", f"{MARQUE} {'x' * 500}", f"{MARQUE}\x1b[2J/secret!", f"{MARQUE}\n/secret!"):
        dire(*ajouter, NOUVEAU_MOT_DE_PASSE=court)
    assert dire(*ajouter, NOUVEAU_MOT_DE_PASSE=PREMIER) == 0
    moi = ("--agent", "phare")
    assert dire(*moi, "agent", "mot-de-passe", "phare", MOT_DE_PASSE=PREMIER, NOUVEAU_MOT_DE_PASSE=SECOND) == 0
    for _ in range(6):
        assert dire(*moi, "agent", "lister", MOT_DE_PASSE=FAUX) == 2

    def tomber(*arguments: object) -> object:
        raise ValueError(f"cela ne devait pas arriver à {arguments}")

    with monkeypatch.context() as contexte:
        contexte.setattr(agents, "connecter", tomber)
        assert dire(*moi, "agent", "lister", MOT_DE_PASSE=SECOND) == 70
    assert MARQUE not in str(photo_de(store_pret))


def photo_de(store: Path, cle: str | None = None) -> dict[str, object]:
    reglages = ReglagesDuPoste(store=store, cle=None if cle is None else SecretStr(cle))
    ouvert = poste_sur(reglages, HorlogeReglable.a(PENDANT))
    try:
        return dict(photo(ouvert.store))
    finally:
        ouvert.store.fermer()


def test_the_keys_of_a_store_and_of_its_copies(
    cyclades: Commande, store_pret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dits: list[str]
) -> None:
    monkeypatch.setenv("CYCLADES_STORE", str(store_pret))

    def dire(*arguments: object) -> int:
        fini = cyclades(*arguments)
        dits.append(fini.tout)
        return fini.code

    for mauvaise in (MARQUE, f" {CLE}", f"{CLE}\n"):
        monkeypatch.setenv("CYCLADES_NOUVELLE_CLE", mauvaise)
        assert dire("cle", "poser") == 2
    monkeypatch.setenv("CYCLADES_NOUVELLE_CLE", CLE)
    assert dire("cle", "poser") == 0
    monkeypatch.setenv("CYCLADES_CLE", FAUX)
    assert dire("verifier") == 1
    monkeypatch.setenv("CYCLADES_CLE", CLE)
    monkeypatch.setenv("CYCLADES_CLE_DES_COPIES", MARQUE)
    assert dire("inscrire", LAMY) == 2
    monkeypatch.setenv("CYCLADES_CLE_DES_COPIES", DES_COPIES)
    assert dire("inscrire", LAMY, "--pdf", tmp_path / "sortie", "--json") == 0
    monkeypatch.setenv("CYCLADES_NOUVELLE_CLE", AUTRE_CLE)
    assert dire("cle", "changer") == 0
    monkeypatch.setenv("CYCLADES_CLE", AUTRE_CLE)
    assert dire("cle", "verifier") == 0
    assert dire("sauvegarder", tmp_path / "sauvegardes") == 0
    assert MARQUE not in str(photo_de(store_pret, AUTRE_CLE))
    for fichier in (*store_pret.rglob("*"), *(tmp_path / "sauvegardes").rglob("*"), *(tmp_path / "sortie").rglob("*")):
        assert not fichier.is_file() or MARQUE.encode() not in fichier.read_bytes(), fichier


@pytest.mark.parametrize("nom", ["cle", "mot_de_passe", "cle_des_copies"])
@pytest.mark.parametrize("ecrit", ["{} = ['{}']", "{} = {{ a = '{}' }}", "{} = '{}", "{} = '{}'\nautre = 1"])
def test_a_secret_in_a_wrong_settings_file(
    cyclades: Commande, store_pret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dits: list[str],
    nom: str, ecrit: str,
) -> None:  # fmt: skip
    (tmp_path / "cyclades.toml").write_text(ecrit.format(nom, CLE) + "\n", encoding="utf-8")
    monkeypatch.setitem(ReglagesDuPoste.model_config, "toml_file", tmp_path / "cyclades.toml")
    refusee = cyclades("--store", store_pret, "service", "lister")
    dits.append(refusee.tout)
    assert refusee.code == 2


def test_a_candidate_s_passwords_and_codes(poste: Poste, monkeypatch: pytest.MonkeyPatch, hacheur_rapide: None) -> None:
    """The journal has neither, in clear or as what is kept of a password; nor has a refusal."""
    dites: list[str] = []

    def refuser(appel: object, *arguments: object) -> None:
        with pytest.raises(ErreurCyclades) as erreur:
            appel(*arguments)  # type: ignore[operator]  # an acte
        dites.append(str(erreur.value))

    ici = a_la_borne(poste)
    saisie = saisie_de(7)
    for mauvais in (MARQUE, f"{MARQUE}{'x' * 200}", f"{MARQUE}\x1b[2J/secret!"):
        refuser(
            comptes.creer,
            ici,
            saisie | {"compte.mot_de_passe": mauvais, "compte.confirmation_mot_de_passe": f"{mauvais}z"},
        )
    comptes.creer(ici, saisie | {"compte.mot_de_passe": PREMIER, "compte.confirmation_mot_de_passe": PREMIER})
    code = code_envoye(poste, 7)
    refuser(comptes.activer, ici, email_de(7), f"{MARQUE}")
    refuser(comptes.activer, ici, email_de(7), "".join("9" if signe != "9" else "8" for signe in code))
    comptes.activer(ici, email_de(7), code)
    refuser(comptes.connecter, ici, email_de(7), FAUX)
    comptes.connecter(ici, email_de(7), PREMIER)
    agents.ajouter(poste, "phare", "O. Phare", Role.ADMINISTRATEUR, (), "", SECOND)
    refuser(agents.connecter, poste, "phare", FAUX)
    agents.connecter(poste, "phare", SECOND)
    vue = photo(poste.store)
    tables = {table: json.dumps(vue[table], default=repr) for table in vue if table != "schema"}
    condenses = [str(hache) for hache in _condenses(poste)]
    assert condenses
    for table, texte in tables.items():
        assert MARQUE not in texte, table
        if table in DU_JOURNAL:
            assert code not in texte, table
            assert not [hache for hache in condenses if hache in texte], table
    assert not [dite for dite in dites if MARQUE in dite or code in dite]


def _condenses(poste: Poste) -> Iterator[str]:
    """What the store keeps of passwords and codes."""
    with poste.store.lire() as unite:
        connexion = unite.session.connection()
        for table in ("agent", "compte"):
            for _, nom, *_suite in connexion.exec_driver_sql(f"PRAGMA table_info({table})").all():
                if nom in {"mot_de_passe", "code_empreinte"}:
                    for (valeur,) in connexion.exec_driver_sql(f"SELECT {nom} FROM {table}").all():
                        if valeur:
                            yield valeur

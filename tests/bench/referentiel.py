"""The cost of the référentiel: a diploma, a commune by its first letters, many diplomas at the borne's start."""

from __future__ import annotations

import sqlite3
import tempfile
import tomllib
from collections.abc import Callable
from pathlib import Path

from mesure import Figure, en_alternance
from outils.terminal import Borne, cyclades, terminal

from cyclades_tui.poste import ouvrir_poste
from cyclades_tui.referentiel.lieux import Lieux, debuts_de_lieu
from cyclades_tui.referentiel.ressources import dossier as dossier_livre
from cyclades_tui.referentiel.schema import Diplome

_DIPLOME = "bcp-25303-aeronautique-systemes.toml"
_DEPARTEMENT, _DEBUTS = "062", ("S", "SA", "SAINT", "SAINT M", "BOULOGNE")  # 890 communes, many of them saints
_DIPLOMES = 300
_LANCEMENTS = 8


def mesurer() -> list[Figure]:
    return [_un_diplome(), _une_commune(), *_trois_cents_diplomes()]


def _un_diplome() -> Figure:
    texte = (dossier_livre("data") / "diplomes" / _DIPLOME).read_text(encoding="utf-8")
    valeur, reference = en_alternance(
        30, lambda _: Diplome.model_validate(tomllib.loads(texte)), lambda _: tomllib.loads(texte)
    )
    return Figure("Un diplôme lu et vérifié", valeur, "son TOML lu, sans plus", reference, "ms")


def _une_commune() -> Figure:
    dossier = dossier_livre("data")
    lieux = Lieux(dossier / "lieux", dossier / "listes")
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE communes (departement TEXT, nom TEXT)")
    noms = [commune.nom for commune in lieux.chercher_communes(_DEPARTEMENT, "", 10_000).propositions]
    base.executemany("INSERT INTO communes VALUES (?, ?)", [(_DEPARTEMENT, nom) for nom in noms])
    base.execute("CREATE INDEX par_nom ON communes (departement, nom)")

    def index(tour: int) -> None:
        debut = debuts_de_lieu(_DEBUTS[tour % len(_DEBUTS)])[0].upper()
        requete = "SELECT nom FROM communes WHERE departement = ? AND nom >= ? AND nom < ? LIMIT 20"
        base.execute(requete, (_DEPARTEMENT, debut, f"{debut}\uffff")).fetchall()

    def chercher(tour: int) -> None:
        lieux.chercher_communes(_DEPARTEMENT, _DEBUTS[tour % len(_DEBUTS)], 20)

    valeur, reference = en_alternance(100, chercher, index)
    return Figure("Communes proposées pour un début", valeur, "un index SQL du même département", reference, "ms")


def _trois_cents_diplomes() -> list[Figure]:
    with tempfile.TemporaryDirectory() as nom:
        dossiers = Path(nom) / "un", Path(nom) / "beaucoup"
        for dossier in dossiers:
            dossier.mkdir()
        un, beaucoup = (Borne(dossier) for dossier in dossiers)
        _ajouter(un, 1)
        _ajouter(beaucoup, _DIPLOMES)
        accueil = _rapport(beaucoup, un, _jusqu_a_l_accueil)
        connexion = _rapport(beaucoup, un, _jusqu_aux_services)
    cote = "avec un diplôme ajouté"
    return [
        Figure(f"L'accueil peint, {_DIPLOMES} diplômes ajoutés", accueil[0], cote, accueil[1], "ms", ("≤", 1.1)),
        Figure("Le même, « Ouverture des services » servie", connexion[0], cote, connexion[1], "ms", ("≤", 1.1)),
    ]


def _rapport(beaucoup: Borne, un: Borne, lancer: Callable[[Borne], None]) -> list[float]:
    return en_alternance(_LANCEMENTS, lambda _: lancer(beaucoup), lambda _: lancer(un))


def _ajouter(borne: Borne, combien: int) -> None:
    """Add diplomas to the local settings, each a copy of a shipped one with its own code."""
    texte = (dossier_livre("data") / "diplomes" / _DIPLOME).read_text(encoding="utf-8")
    assert borne.reglages.parametrage is not None
    dossier = borne.reglages.parametrage / "diplomes"
    dossier.mkdir(parents=True, exist_ok=True)
    for rang in range(combien):
        code = f"{90_000 + rang}"
        (dossier / f"{code}.toml").write_text(texte.replace('"25303"', f'"{code}"', 1), encoding="utf-8")
    with ouvrir_poste(borne.reglages) as poste:
        assert not poste.referentiel.fautes


def _jusqu_a_l_accueil(borne: Borne) -> None:
    with terminal(cyclades("borne"), borne.env) as ecran:
        ecran.attendre("Que voulez-vous faire ?")


def _jusqu_aux_services(borne: Borne) -> None:
    with terminal(cyclades("borne"), borne.env) as ecran:
        ecran.attendre("Que voulez-vous faire ?")
        ecran.presser("3")
        ecran.attendre("Sélectionner les informations suivantes")

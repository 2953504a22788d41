"""Puts together what this machine works with; a Poste is the first argument of every acte."""

from __future__ import annotations

import getpass
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource
from typing_extensions import override

from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.domaine.affichage import APPLICATION, CHOIX, fichier_de_reglages, lire_le_fichier
from cyclades_tui.domaine.cle import faute_d_une_cle
from cyclades_tui.domaine.erreurs import Faute, SaisieRefusee, StoreInutilisable, lieu_dans_le_toml, raison
from cyclades_tui.domaine.temps import PARIS, Horloge, HorlogeSysteme, jour_de_paris
from cyclades_tui.referentiel.chargement import Referentiel, charger, etat_des_fichiers
from cyclades_tui.referentiel.ressources import dossier
from cyclades_tui.regles.service import Service
from cyclades_tui.store.modele.unite import Store
from cyclades_tui.store.ouverture import ouvrir_store
from cyclades_tui.store.temoins import garder

_ANTIVIRUS_DE_DEBIAN = Path("/run/clamav/clamd.ctl")  # if it is absent, files are marked « non analysé »
SAUT = timedelta(days=400)  # more than from one campaign of inscriptions to the next
FICHIER = "{fichier}"  # replaced by the file in the printing command


class _FichierDeReglages(TomlConfigSettingsSource):
    """The user's TOML file; one that is there and cannot be read is never taken for absent."""

    @override
    def _read_files(self, files: object, deep_merge: bool = False) -> dict[str, Any]:
        return lire_le_fichier(Path(str(files)))


class ReglagesDuPoste(BaseSettings):
    """Settings of this machine: environment (`CYCLADES_STORE`…), then the user's TOML file, then the defaults.

    `store` is the store's folder; `parametrage` is the folder of local settings, by default beside the store; `cle`
    encrypts the store; `agent` is who acts at the command line, and `mot_de_passe` lets a script log him in; `groupe`
    shares a new store with a group of users; `poste` names the machine; `racines` are the folders where a person may
    save a copy of a document; `impression` is the printing command, argument by argument, with `{fichier}` for the
    file; `sources` are the folders from which a file may be deposited (a medium, the scanner's folder), by default
    `racines`; `antivirus` is the socket of clamd; after `saut_d_horloge` days without an acte an administrateur must
    accept the clock; `cle_du_journal` is the file of the journal's key, by default in the store; `temoin` is the folder
    of the heads kept outside it, by default beside it, better on another disk; `cle_des_copies` opens the documents
    that commands and agents take out of the store, in clear without it. The file also has the settings of the
    screens (domaine/affichage.py), which only the faces read and check.
    """

    model_config = SettingsConfigDict(
        env_prefix="CYCLADES_",
        toml_file=fichier_de_reglages(),
        extra="forbid",
    )

    store: Path = platformdirs.user_data_path(APPLICATION) / "store"
    parametrage: Path | None = None
    cle: SecretStr | None = None
    agent: str = ""
    mot_de_passe: SecretStr | None = None
    groupe: str | None = None
    poste: str = platform.node() or "poste"
    racines: tuple[Path, ...] = ()
    impression: tuple[str, ...] = ()
    sources: tuple[Path, ...] = ()
    antivirus: Path | None = None
    saut_d_horloge: int = Field(default=SAUT.days, ge=1, le=36_500)
    cle_du_journal: Path | None = None
    temoin: Path | None = None
    cle_des_copies: SecretStr | None = None

    @field_validator("cle_des_copies")
    @classmethod
    def _assez_longue(cls, cle: SecretStr | None) -> SecretStr | None:
        if cle is not None and (faute := faute_d_une_cle(cle.get_secret_value())):
            raise PydanticCustomError("cle", "{message}", {"message": faute.message.rstrip(".")})
        return cle

    @field_validator("racines", "sources")
    @classmethod
    def _absolues(cls, racines: tuple[Path, ...]) -> tuple[Path, ...]:
        if relatives := [str(racine) for racine in racines if not racine.is_absolute()]:
            raise PydanticCustomError("racines", "« {racine} » n'est pas un chemin complet", {"racine": relatives[0]})
        return racines

    @field_validator("impression")
    @classmethod
    def _avec_le_fichier(cls, impression: tuple[str, ...]) -> tuple[str, ...]:
        if impression and not any(FICHIER in argument for argument in impression[1:]):
            message = "après la commande, aucun argument ne contient {marque}"
            raise PydanticCustomError("impression", message, {"marque": FICHIER})
        return impression

    @model_validator(mode="before")
    @classmethod
    def _sans_affichage(cls, valeurs: dict[str, Any]) -> dict[str, Any]:
        return {cle: valeur for cle, valeur in valeurs.items() if cle not in CHOIX}

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the library calls by keyword
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the library calls by keyword
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings, env_settings, _FichierDeReglages(settings_cls))

    @property
    def dossier_parametrage(self) -> Path:
        return self.parametrage or parametrage_de(self.store)

    @property
    def dossier_temoin(self) -> Path:
        return self.temoin or self.store.with_name(f"{self.store.name}-temoin")

    @property
    def cle_en_clair(self) -> str | None:
        return None if self.cle is None else self.cle.get_secret_value()


def parametrage_de(store: Path) -> Path:
    """The settings folder of a store, beside it: the same by whatever link the store is reached."""
    vrai = store.resolve()
    return vrai.with_name(f"{vrai.name}-parametrage")


def lire_reglages(
    store: Path | None = None, parametrage: Path | None = None, agent: str | None = None
) -> ReglagesDuPoste:
    """The settings, overridden by a command's options. Raises SaisieRefusee if the environment or the file is wrong."""
    donnees = {"store": store, "parametrage": parametrage, "agent": agent}
    options = {cle: valeur for cle, valeur in donnees.items() if valeur is not None}
    try:
        return ReglagesDuPoste(**options)  # type: ignore[arg-type]  # mypy reads the mapping's one value type for every field
    except ValidationError as erreur:
        fautes = [
            Faute(
                "reglages.valeur",
                ".".join(str(partie) for partie in detail["loc"]),
                f"Réglage refusé : {detail['msg']}.",
                "Corrigez la variable CYCLADES_… ou le fichier cyclades.toml.",
            )
            for detail in erreur.errors(include_url=False)
        ]
        raise SaisieRefusee(fautes) from erreur
    except (OSError, ValueError) as erreur:
        if isinstance(erreur, OSError):
            pourquoi, remede = f" : {raison(erreur)}", f"Corrigez ou retirez « {erreur.filename} »."
        else:
            pourquoi, remede = lieu_dans_le_toml(erreur), "Corrigez cette ligne."
        message = f"Le fichier de réglages cyclades.toml est illisible{pourquoi}."
        raise SaisieRefusee(Faute("reglages.fichier", "cyclades.toml", message, remede)) from erreur


@dataclass(frozen=True, slots=True)
class _Lecture:
    """The référentiel, the state of the local files when it was read, and the services built from it."""

    etat: frozenset[tuple[Path, int, int, int]]
    referentiel: Referentiel
    services: dict[tuple[str, str, str], Service] = field(default_factory=dict)


@dataclass(frozen=True)
class Poste:
    """What a session of work uses: store, référentiel, clock and acteur.

    `fuseau` is the time zone of the desk's clock, None for the machine's own; `racines`, `impression`, `sources` and
    `antivirus` come from the settings, and `saut`, the longest time between two acts that needs nobody's word.
    `temoin` is the folder where heads of the journal are kept outside the store, None for none; `cle_des_copies`
    encrypts the documents that agents take out of it, None to leave them in clear. `juger_les_reglages`
    raises ActeRefuse for local settings that nobody may go by; it sees each reading before anybody uses it.
    """

    store: Store
    acteur: Acteur
    horloge: Horloge
    parametrage: Path
    fuseau: tzinfo | None = PARIS
    racines: tuple[Path, ...] = ()
    impression: tuple[str, ...] = ()
    sources: tuple[Path, ...] = ()
    antivirus: Path | None = None
    saut: timedelta = SAUT
    temoin: Path | None = None
    cle_des_copies: str | None = field(default=None, repr=False)
    juger_les_reglages: Callable[[Referentiel], None] | None = None
    # At most one element: the last reading.
    _lu: list[_Lecture] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def chiffre_les_copies(self) -> bool:
        """Whether a document that leaves the store is encrypted; a candidate's own is not, as he has no key."""
        return self.cle_des_copies is not None and self.acteur.nature is not NatureActeur.CANDIDAT

    @property
    def referentiel(self) -> Referentiel:
        """The référentiel with the current local settings; the same object until a file changes."""
        return self._lecture().referentiel

    def service(self, examen: str, session: str, academie: str) -> Service:
        """A service, built once for each référentiel. Raises KeyError if the exam is unknown."""
        lecture, cle = self._lecture(), (examen, session, academie)
        if cle not in lecture.services:
            lecture.services[cle] = Service.de(lecture.referentiel, *cle)
        return lecture.services[cle]

    def _lecture(self) -> _Lecture:
        # Take the state before reading the files: a change in between is then seen next time.
        etat = etat_des_fichiers(self.parametrage)
        if not self._lu or self._lu[0].etat != etat:
            referentiel = charger(dossier("data"), self.parametrage)
            if self.juger_les_reglages is not None:
                self.juger_les_reglages(referentiel)
            self._lu[:] = [_Lecture(etat, referentiel)]
        return self._lu[0]

    def maintenant(self) -> datetime:
        return self.horloge.maintenant()

    def aujourd_hui(self) -> date:
        return jour_de_paris(self.maintenant())


def acteur_de_la_commande(reglages: ReglagesDuPoste) -> Acteur:
    """The acteur of the command line: the system's user (decision 9)."""
    return Acteur(NatureActeur.SYSTEME, getpass.getuser(), Face.COMMANDE, reglages.poste)


@contextmanager
def ouvrir_poste(reglages: ReglagesDuPoste, horloge: Horloge | None = None) -> Iterator[Poste]:
    """Open a poste on the store of the settings, and close it at the end. Raises StoreInutilisable."""
    store = ouvrir_store(reglages.store, cle=reglages.cle_en_clair, cle_du_journal=reglages.cle_du_journal)
    store.differees.retrouver()
    try:
        with suppress(StoreInutilisable):
            store.differees.journaliser()
        acteur, dossier_local = acteur_de_la_commande(reglages), reglages.dossier_parametrage
        yield Poste(
            store,
            acteur,
            horloge or HorlogeSysteme(),
            dossier_local,
            fuseau=None,
            racines=reglages.racines,
            impression=reglages.impression,
            sources=reglages.sources or reglages.racines,
            antivirus=reglages.antivirus or _ANTIVIRUS_DE_DEBIAN,
            saut=timedelta(days=reglages.saut_d_horloge),
            temoin=reglages.dossier_temoin,
            cle_des_copies=None if reglages.cle_des_copies is None else reglages.cle_des_copies.get_secret_value(),
        )
    finally:
        # A witness that is away, or a disk that is full, must not hide what the work itself ended with.
        with suppress(OSError, StoreInutilisable):
            store.differees.journaliser()
            garder(store, reglages.dossier_temoin, (horloge or HorlogeSysteme()).maintenant())
        store.fermer()

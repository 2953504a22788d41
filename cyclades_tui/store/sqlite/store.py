"""The SQLite store: one folder, one database, one coffre; all access is by units of work (decision 8)."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from cyclades_tui.domaine.disque import MODE_DOSSIER_PRIVE, dossier_entier, ecrire_en_entier
from cyclades_tui.domaine.erreurs import Faute, StoreInutilisable, raison
from cyclades_tui.domaine.temps import Horloge, en_iso
from cyclades_tui.store.cle_du_journal import FICHIER_CLE, CleDuJournal, creer_la_cle, lire_la_cle
from cyclades_tui.store.coffre import Coffre
from cyclades_tui.store.differees import AttenteDuJournal
from cyclades_tui.store.modele.tables import IdentiteStore, TeteJournal
from cyclades_tui.store.modele.tetes import TeteContraire, TeteTrouvee
from cyclades_tui.store.modele.unite import Progres, Store, Unite
from cyclades_tui.store.requetes import numeros, tetes
from cyclades_tui.store.requetes.journal import GENESE
from cyclades_tui.store.sqlite.cle import terminer_l_echange
from cyclades_tui.store.sqlite.migrations import REVISION
from cyclades_tui.store.sqlite.moteur import (
    UniteSqlite,
    connecter,
    erreurs_en_clair,
    faute_de_cle,
    ouvrir_moteur,
    touchees,
)
from cyclades_tui.store.sqlite.reseau import refuser_disque_reseau

FICHIER = "cyclades.db"
COFFRE = "coffre"
_FORMAT = 1
_MODE_GROUPE = 0o2770  # setgid: new files belong to the group


class StoreSqlite:
    """`Store` over one SQLite file.

    Use `creer` or `ouvrir`; the constructor checks nothing.
    """

    def __init__(self, chemin: Path, cle: str | None, cle_du_journal: Path | None = None) -> None:
        self.chemin = chemin
        self.fichier = chemin / FICHIER
        self.coffre = Coffre(chemin / COFFRE, cle)
        self.cle = cle
        self.fichier_cle = cle_du_journal or chemin / FICHIER_CLE
        self.preuve = lire_la_cle(self.fichier_cle)
        connue = self.preuve if isinstance(self.preuve, CleDuJournal) else None
        self.differees = AttenteDuJournal(self, connue)
        self._ecrivain = ouvrir_moteur(self.fichier, cle, connue, lecture=False)
        self._lecteur = ouvrir_moteur(self.fichier, cle, connue, lecture=True)

    @classmethod
    def creer(
        cls,
        chemin: Path,
        *,
        horloge: Horloge,
        cle: str | None = None,
        groupe: str | None = None,
        cle_du_journal: Path | None = None,
    ) -> StoreSqlite:
        """Create a store in a folder that is absent or empty, and open it.

        For its owner alone (0700), or for a group (2770). A failure leaves nothing behind. Raises StoreInutilisable.
        """
        chemin = chemin.resolve()
        _refuser_chemin(chemin)
        if faute := faute_de_cle(cle):
            raise StoreInutilisable(faute)
        with _disque_en_clair(chemin):
            chemin.parent.mkdir(parents=True, exist_ok=True)
            mode = MODE_DOSSIER_PRIVE if groupe is None else _MODE_GROUPE
            try:
                with dossier_entier(chemin, mode=mode, groupe=groupe) as provisoire:
                    _remplir(provisoire, cle, horloge, cle_du_journal)
            except LookupError as erreur:
                message = f"Le groupe « {groupe} » n'existe pas sur cette machine."
                remede = "Créez-le ou donnez un autre groupe."
                raise StoreInutilisable(Faute("store.groupe", "", message, remede)) from erreur
        return cls.ouvrir(chemin, cle=cle, cle_du_journal=cle_du_journal)

    @classmethod
    def ouvrir(cls, chemin: Path, *, cle: str | None = None, cle_du_journal: Path | None = None) -> StoreSqlite:
        """Open a store, migrating an older schema to that of this release.

        Raises StoreInutilisable: absent, damaged, key missing or wrong, made by a newer release, on a network disk.
        """
        chemin = chemin.resolve()
        refuser_disque_reseau(chemin)
        if faute := faute_de_cle(cle):
            raise StoreInutilisable(faute)
        terminer_l_echange(chemin)
        fichier = chemin / FICHIER
        if not fichier.is_file():
            raise StoreInutilisable(
                Faute(
                    "store.absent",
                    "",
                    f"Il n'y a pas de store dans le dossier « {chemin} ».",
                    "Vérifiez le chemin, ou créez un store avec « cyclades init ».",
                )
            )
        revision = _revision(fichier, cle)
        if revision > REVISION:
            raise StoreInutilisable(
                Faute(
                    "store.plus_recent",
                    "",
                    f"Le store « {chemin} » a été écrit par une version plus récente de cyclades ({revision}).",
                    "Installez cette version sur ce poste.",
                )
            )
        if revision < REVISION:
            from cyclades_tui.store.sqlite.migration import migrer

            fichier_cle = cle_du_journal or chemin / FICHIER_CLE
            with _disque_en_clair(chemin):
                preuve = creer_la_cle(fichier_cle)
            migrer(fichier, cle, preuve)
        return cls(chemin, cle, cle_du_journal)

    @property
    def identifiant(self) -> str:
        """The store's uuid."""
        with self.lire() as unite:
            return tetes.identifiant(unite)

    @property
    def chiffre(self) -> bool:
        return self.cle is not None

    def fermer(self) -> None:
        # If no other desk is connected, this empties the write-ahead log into the file.
        self._lecteur.dispose()
        self._ecrivain.dispose()

    @contextmanager
    def ecrire(self) -> Iterator[Unite]:
        with (
            erreurs_en_clair(self.fichier, self.cle),
            Session(self._ecrivain, expire_on_commit=False) as session,
            session.begin(),
        ):
            if isinstance(self.preuve, Faute):
                raise StoreInutilisable(self.preuve)
            connexion = session.connection()  # takes the lock now, before the caller reads a clock or a row
            yield UniteSqlite(session, ecrit=True)
            session.flush()
            touchees(connexion).sceller()

    @contextmanager
    def lire(self) -> Iterator[Unite]:
        with (
            erreurs_en_clair(self.fichier, self.cle),
            Session(self._lecteur, expire_on_commit=False, autoflush=False) as session,
            session.begin(),
        ):
            yield UniteSqlite(session)

    def s_ouvre_avec(self, cle: str) -> bool:
        return self.cle == cle

    def changer_la_cle(
        self,
        nouvelle: str,
        *,
        etats: Collection[str],
        consigner: Callable[[Store], None],
    ) -> None:
        from cyclades_tui.store.sqlite.cle import changer_la_cle

        changer_la_cle(self, nouvelle, etats=etats, consigner=consigner)

    def verifier(
        self, *, etats: Collection[str], tete: tuple[int, str] | None = None, progres: Progres | None = None
    ) -> list[Faute]:
        from cyclades_tui.store.requetes import verification
        from cyclades_tui.store.sqlite.verification import controles

        moteur = controles(self.preuve)
        return verification.verifier(self, moteur, etats=etats, tete=tete, progres=progres)

    def tete_signee(self, instant: datetime) -> str | None:
        if isinstance(self.preuve, Faute):
            return None
        with self.lire() as unite:
            return tetes.signer(unite, self.preuve, instant)

    def tetes_contraires(self, trouvees: Iterable[TeteTrouvee], acceptees: Collection[str] = ()) -> list[TeteContraire]:
        if isinstance(self.preuve, Faute):
            return []
        with self.lire() as unite:
            return list(tetes.contraires(unite, self.preuve, trouvees, acceptees))

    def sauvegarder(
        self,
        destination: Path,
        progres: Progres | None = None,
        *,
        parametrage: Path,
        etats: Collection[str],
        instant: datetime,
    ) -> Path:
        from cyclades_tui.store.sqlite.sauvegarde import sauvegarder

        return sauvegarder(self, destination, progres, parametrage=parametrage, etats=etats, instant=instant)


def _refuser_chemin(chemin: Path) -> None:
    refuser_disque_reseau(chemin)
    if chemin.exists() and (not chemin.is_dir() or any(chemin.iterdir())):
        raise StoreInutilisable(
            Faute(
                "store.existe",
                "",
                f"« {chemin} » existe déjà et n'est pas un dossier vide : rien n'y a été changé.",
                "Donnez le chemin d'un nouveau dossier.",
            )
        )


def _remplir(dossier: Path, cle: str | None, horloge: Horloge, cle_du_journal: Path | None) -> None:
    from cyclades_tui.store.sqlite.migration import migrer

    fichier = dossier / FICHIER
    ecrire_en_entier(fichier, b"", mode=None)  # before SQLite runs: its -wal and -shm files take these permissions
    fichier_cle = cle_du_journal or dossier / FICHIER_CLE
    migrer(fichier, cle, creer_la_cle(fichier_cle))
    store = StoreSqlite(dossier, cle, cle_du_journal)
    store.coffre.preparer()
    instant = horloge.maintenant()
    with store.ecrire() as unite:
        unite.session.add(IdentiteStore(id=str(uuid.uuid4()), cree_le=en_iso(instant), format=_FORMAT))
        unite.session.add(TeteJournal(seq=0, hachage=GENESE))
        numeros.ajouter_plage(unite, *numeros.PLAGE_FORMATION, formation=True, instant=instant)
    store.fermer()


def _revision(fichier: Path, cle: str | None) -> str:
    """The revision of the schema. Raises StoreInutilisable if the file cannot be read or belongs to another program."""
    with erreurs_en_clair(fichier, cle):
        connexion = connecter(fichier, cle, lecture=True)
        try:
            if connexion.execute("SELECT count(*) FROM sqlite_master WHERE name = 'identite_store'").fetchone()[0]:
                return str(connexion.execute("SELECT version_num FROM alembic_version").fetchone()[0])
        finally:
            connexion.close()
    raise StoreInutilisable(
        Faute(
            "store.etranger",
            "",
            f"Le fichier « {fichier} » n'est pas un store de cyclades.",
            "Vérifiez le chemin ; si le fichier a été vidé, restaurez la dernière sauvegarde.",
        )
    )


@contextmanager
def _disque_en_clair(chemin: Path) -> Iterator[None]:
    try:
        yield
    except OSError as erreur:
        raise StoreInutilisable(
            Faute(
                "store.creation",
                "",
                f"Le store n'a pas pu être créé dans « {chemin} » : {raison(erreur)}.",
                "Vérifiez le chemin, la place et les droits du disque.",
            )
        ) from erreur

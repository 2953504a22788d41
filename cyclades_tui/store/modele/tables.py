"""The tables of the store. Instants are UTC text (`temps.en_iso`), which sorts; triggers are in the migrations."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Index, MetaData, UniqueConstraint, text
from sqlmodel import Field, SQLModel

# The journal refers to ids: SQLite must not reuse the id of a deleted row.
_SANS_REEMPLOI = {"sqlite_autoincrement": True}


def _id() -> Any:
    return Field(default=None, primary_key=True)


class Table(SQLModel):
    """Base of every table; constraints have fixed names so that migrations can refer to them."""

    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class IdentiteStore(Table, table=True):
    """One row: which store this is. `format` is that of the folder, not of the tables."""

    __tablename__ = "identite_store"

    id: str = Field(primary_key=True)
    cree_le: str
    format: int


class Plage(Table, table=True):
    """A range of 8-digit serials, both ends included; `prochain` is the next to give, `fin + 1` when none is left."""

    __tablename__ = "plage"
    __table_args__ = _SANS_REEMPLOI

    id: int = _id()
    debut: int
    fin: int
    prochain: int
    formation: bool
    ajoutee_le: str


class Candidat(Table, table=True):
    """A person with a N° candidat. Names are as typed (NFC), `cle_*` are folded; `naissance` is an ISO date.

    `email_cle` is NULL for a person without e-mail. Triggers refuse an address held by another person's compte.
    """

    __tablename__ = "candidat"
    __table_args__ = _SANS_REEMPLOI

    id: int = _id()
    numero: str = Field(unique=True)
    formation: bool
    civilite: str
    nom: str
    nom_usage: str = ""
    prenoms: str
    naissance: str
    naissance_pays: str
    naissance_departement: str = ""
    naissance_commune: str
    cle_nom: str = Field(index=True)
    cle_personne: str = Field(unique=True)
    email: str = ""
    email_cle: str | None = Field(default=None, unique=True)
    dernier_numero_inscription: int = 0
    cree_le: str


class Compte(Table, table=True):
    """A login; a person and the person's own compte share an address, which nobody else may hold (triggers).

    If the compte exists first, link it to its candidat before giving the candidat the address. `mot_de_passe` and
    `code_empreinte` are encoded Argon2id digests, respectively empty and NULL if there is none; `active_le` is NULL
    until the activation.
    """

    __tablename__ = "compte"
    __table_args__ = _SANS_REEMPLOI

    id: int = _id()
    candidat_id: int | None = Field(default=None, foreign_key="candidat.id", unique=True)
    email: str
    email_cle: str = Field(unique=True)
    cree_le: str
    mot_de_passe: str = ""
    active_le: str | None = None
    code_empreinte: str | None = None


class Candidature(Table, table=True):
    """A registration for an exam; `version` is the number of its last version, and search columns copy its content.

    `motif` is why an agent set it aside, otherwise empty.
    """

    __tablename__ = "candidature"
    __table_args__ = (
        UniqueConstraint("candidat_id", "numero"),
        Index(None, "etat", "examen", "session", "academie"),
        _SANS_REEMPLOI,
    )

    id: int = _id()
    candidat_id: int = Field(foreign_key="candidat.id")
    numero: int
    examen: str
    session: str
    academie: str
    specialite: str
    etat: str
    version: int
    cree_le: str
    maj_le: str
    formation: bool
    motif: str = ""


class Version(Table, table=True):
    """A saved version, immutable by triggers; `sha256` is that of `contenu`, `journal_seq` its row in the journal."""

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("candidature_id", "numero"), _SANS_REEMPLOI)

    id: int = _id()
    candidature_id: int = Field(foreign_key="candidature.id")
    numero: int
    contenu: str
    sha256: str
    referentiel_sha256: str
    enregistree_le: str
    acteur: str
    journal_seq: int = Field(foreign_key="journal.seq", index=True)


class Document(Table, table=True):
    """A document of a version. It is rendered once: a trigger refuses to change `sha256` once it is set.

    `contenu` is the JSON that it is made from; NULL stands for the version's.
    """

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("version_id", "nature"),
        Index("ix_document_a_rendre", "id", sqlite_where=text("sha256 IS NULL")),
        _SANS_REEMPLOI,
    )

    id: int = _id()
    candidature_id: int = Field(foreign_key="candidature.id", index=True)
    version_id: int = Field(foreign_key="version.id")
    nature: str
    libelle: str
    sha256: str | None = Field(default=None, index=True)
    taille: int | None = None
    cree_le: str
    rendu_le: str | None = None
    contenu: str | None = None


class Message(Table, table=True):
    """A message to a candidate; `envoye_le` is when it left by e-mail, `lu_le` when it was opened here.

    `code` replaces `{code}` in `corps`: NULL if there is none, empty once it was used or replaced. `expediteur` is the
    office or the school that wrote it (F411), empty for messages older than that column.
    """

    __tablename__ = "message"
    __table_args__ = _SANS_REEMPLOI

    id: int = _id()
    candidat_id: int = Field(foreign_key="candidat.id", index=True)
    candidature_id: int | None = Field(default=None, foreign_key="candidature.id")
    objet: str
    corps: str
    cree_le: str
    envoye_le: str | None = None
    lu_le: str | None = None
    code: str | None = None
    expediteur: str = ""


class Agent(Table, table=True):
    """A person of the office or of a school; `identifiant` is folded, `academies` a JSON list, empty for all of them.

    `mot_de_passe` is an encoded Argon2id digest; `echecs` counts consecutive wrong passwords; a lockout lasts until
    `bloque_jusqu`.
    """

    __tablename__ = "agent"
    __table_args__ = _SANS_REEMPLOI

    id: int = _id()
    identifiant: str = Field(unique=True)
    nom: str
    role: str
    academies: str
    etablissement: str = ""
    mot_de_passe: str
    cree_le: str
    desactive_le: str | None = None
    echecs: int = 0
    bloque_jusqu: str | None = None


class Justificatif(Table, table=True):
    """A piece asked of a candidature: one row for each piece and `precision` (the title that it proves).

    `depot_id` is the current file, locked by `valide_le`; `a_controler` puts it in the queue since `attend_depuis`;
    `limite` is its own deadline, `recue_le` an ISO date. `revision` counts the changes, so that a decision can name the
    one it is about. `affecte_a` and `ouverte_par` are agents. `examen`, `session` and `academie` copy the
    candidature's, so that one index is enough for a queue.
    """

    __tablename__ = "justificatif"
    __table_args__ = (
        UniqueConstraint("candidature_id", "piece", "precision"),
        Index("ix_justificatif_attente", "attend_depuis", "id", sqlite_where=text("a_controler")),
        Index(
            "ix_justificatif_tri",
            "examen",
            "session",
            "academie",
            "mode",
            "attend_depuis",
            "id",
            # With the other columns, a count by any filter reads only the index.
            "statut",
            "affecte_a",
            "piece",
            "a_controler",
            sqlite_where=text("a_controler"),
        ),
        Index("ix_justificatif_ouverte", "ouverte_par", sqlite_where=text("ouverte_par != ''")),
        _SANS_REEMPLOI,
    )

    id: int = _id()
    candidature_id: int = Field(foreign_key="candidature.id")
    examen: str
    session: str
    academie: str
    piece: str
    precision: str = ""
    code: str
    libelle: str
    sigle: str
    mode: str
    rang: int
    obligatoire: bool
    statut: str
    commentaire: str = ""
    limite: str | None = None
    recue_le: str | None = None
    depot_id: int | None = None
    valide_le: str | None = None
    a_controler: bool = False
    attend_depuis: str = ""
    affecte_a: str = ""
    ouverte_par: str = ""
    ouverte_le: str = ""
    sans_objet: bool = False
    version: int
    revision: int = 0


class Depot(Table, table=True):
    """A file given for a justificatif, its bytes in the coffre; it stays as history when removed or replaced (G06).

    `alertes`: what a machine read in it that an agent must look at, one sentence a line; it decides nothing.
    """

    __tablename__ = "depot"
    __table_args__ = _SANS_REEMPLOI

    id: int = _id()
    justificatif_id: int = Field(foreign_key="justificatif.id", index=True)
    nom: str
    format: str
    taille: int
    pages: int
    sha256: str = Field(index=True)
    analyse: str
    depose_le: str
    acteur: str
    retire_le: str | None = None
    alertes: str = ""


class Suivi(Table, table=True):
    """A step in the history of a justificatif, never changed or deleted (triggers); `annule` names the row it undoes.

    All columns but `acte`, `acteur` and `instant` are the state after the step.
    """

    __tablename__ = "suivi"
    __table_args__ = (Index(None, "acteur", "instant"), _SANS_REEMPLOI)

    id: int = _id()
    justificatif_id: int = Field(foreign_key="justificatif.id", index=True)
    acte: str
    statut: str
    commentaire: str = ""
    limite: str | None = None
    recue_le: str | None = None
    depot_id: int | None = None
    valide_le: str | None = None
    a_controler: bool
    attend_depuis: str
    acteur: str
    acteur_nature: str
    instant: str
    annule: int | None = None


class FiltreGarde(Table, table=True):
    """A queue that an agent has added to his home screen; `filtre` is JSON."""

    __tablename__ = "filtre_garde"

    agent_id: int = Field(primary_key=True, foreign_key="agent.id")
    nom: str = Field(primary_key=True)
    filtre: str
    garde_le: str


class Lot(Table, table=True):
    """Work on many candidatures that can be interrupted and resumed, like relances; `criteres` is JSON."""

    __tablename__ = "lot"
    __table_args__ = _SANS_REEMPLOI

    id: int = _id()
    nature: str
    criteres: str
    acteur: str
    cree_le: str
    termine_le: str | None = None


class LotElement(Table, table=True):
    """A candidature of a lot; `fait_le` is NULL until it is done."""

    __tablename__ = "lot_element"

    lot_id: int = Field(primary_key=True, foreign_key="lot.id")
    candidature_id: int = Field(primary_key=True, foreign_key="candidature.id")
    fait_le: str | None = None


class Brouillon(Table, table=True):
    """A draft (decision 4); `saisie` is JSON, field id -> text as typed; `ecran` is the screen that holds it."""

    __tablename__ = "brouillon"

    id: int = _id()
    candidat_id: int | None = Field(default=None, foreign_key="candidat.id")
    cle: str = Field(unique=True)
    saisie: str
    onglet: str
    focus: str
    referentiel_sha256: str
    ecran: str | None = None
    maj_le: str


class Journal(Table, table=True):
    """The chained log (decision 9), append-only by triggers; it holds internal ids and digests, no personal data."""

    __tablename__ = "journal"

    seq: int = Field(primary_key=True)
    instant: str
    acte: str
    acteur_nature: str
    face: str
    poste: str
    sujet: str = Field(index=True)
    empreinte: str
    precedent: str
    hachage: str


class JournalDetail(Table, table=True):
    """The personal part of a journal row; a lawful purge may delete it, nothing may change it (trigger)."""

    __tablename__ = "journal_detail"

    seq: int = Field(primary_key=True, foreign_key="journal.seq")
    sel: str
    valeurs: str


class TeteJournal(Table, table=True):
    """One row that names the last row of the journal, so that a truncated journal is noticed."""

    __tablename__ = "tete_journal"
    __table_args__ = (CheckConstraint("ligne = 1", name="une_ligne"),)

    ligne: int = Field(default=1, primary_key=True)
    seq: int
    hachage: str


class Ecriture(Table, table=True):
    """A link of the keyed chain (decision 17): the rows that one transaction wrote, append-only by triggers.

    `lignes` is a JSON list of `[table, key, digest before, digest after]`; `journal_seq` is the last row of the journal
    then; `hachage` is keyed and covers the link before.
    """

    __tablename__ = "ecriture"

    id: int = Field(primary_key=True)
    journal_seq: int
    lignes: str
    hachage: str


class FichierDeReglages(Table, table=True):
    """A local settings file as an acte last wrote or accepted it; `chemin` is its path in the folder."""

    __tablename__ = "fichier_de_reglages"

    chemin: str = Field(primary_key=True)
    sha256: str
    pris_le: str

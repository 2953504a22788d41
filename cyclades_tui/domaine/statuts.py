"""The statuses of a justificatif: the one table of all that is said of each, and the actes that give them (C20)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Literal

from cyclades_tui.domaine.texte import denombrer

Couleur = Literal["succes", "erreur", "attention", "info", "discret"]


class ActePiece(StrEnum):
    """What may be done to a justificatif; each verb reads after « vous ne pouvez pas »."""

    DEPOSER = "déposer de fichier pour"
    RETIRER = "retirer le fichier de"
    VALIDER = "valider"
    RECEVOIR = "déclarer reçue"
    ACCEPTER = "déclarer conforme"
    REFUSER = "déclarer non conforme"
    REDEMANDER = "demander un nouveau fichier pour"
    REOUVRIR = "rouvrir"


class Phase(Enum):
    """How far the control of a piece is under a status."""

    A_JUGER = 1  # nothing was judged yet: it waits for an agent as soon as it is given
    FAITE = 2  # nothing is left to do (F404)
    RENDUE = 3  # back to the candidate, who is to give another file


class DateDeDecision(StrEnum):
    """The day that an agent gives with a decision, by its label: one to come, or today or a past one."""

    LIMITE = "Nouvelle limite"
    RECEPTION = "Date de réception"


@dataclass(frozen=True, slots=True)
class Apparence:
    """The sign that stands before a status, and the name of its colour in a theme."""

    signe: str
    couleur: Couleur


@dataclass(frozen=True, slots=True)
class Decompte:
    """How pieces that an agent gave a status are counted: `1 non conforme`, `3 non conformes`.

    `couleur` is that of the count on the agent's home.
    """

    singulier: str
    pluriel: str
    couleur: Couleur

    def dire(self, nombre: int) -> str:
        """`3 non conformes`."""
        return denombrer(nombre, self.singulier, self.pluriel)

    @property
    def court(self) -> str:
        """`Non conforme`: the status where there is little room."""
        return self.singulier.capitalize()


@dataclass(frozen=True, slots=True)
class Jugement:
    """How an agent gives a status: the acte, its key, what the help says of the key, how it is counted.

    `commentaire` and `date` are what is asked of him besides the key.
    """

    acte: ActePiece
    touche: str
    aide: str
    decompte: Decompte
    commentaire: bool = False
    date: DateDeDecision | None = None

    @property
    def a_saisir(self) -> bool:
        """Whether the key alone is not enough."""
        return self.commentaire or self.date is not None


@dataclass(frozen=True, slots=True)
class FicheDeStatut:
    """A status as people know it; `jugement` is None where no agent gives it."""

    libelle: str
    phase: Phase
    candidat: Apparence
    agent: Apparence
    jugement: Jugement | None = None


class Statut(StrEnum):
    """How a justificatif stands. The value is what the store holds; everything else is in `FICHES`."""

    AUCUN = ""
    EN_ATTENTE = "en_attente"
    CONFORME = "conforme"
    NON_CONFORME = "non_conforme"
    RECUE = "recue"
    NOUVELLE_PJ = "nouvelle_pj"

    @property
    def libelle(self) -> str:
        """`Non conforme`; empty for none."""
        return FICHES[self].libelle

    @property
    def phase(self) -> Phase:
        return FICHES[self].phase

    @property
    def rendu(self) -> bool:
        """Whether the piece went back to the candidate."""
        return self.phase is Phase.RENDUE


_RIEN = Apparence("", "discret")  # what its candidate has done is told instead
FICHES: Mapping[Statut, FicheDeStatut] = {
    Statut.AUCUN: FicheDeStatut("", Phase.A_JUGER, candidat=_RIEN, agent=_RIEN),
    Statut.EN_ATTENTE: FicheDeStatut(
        "En attente de contrôle",
        Phase.A_JUGER,
        candidat=Apparence("…", "discret"),
        agent=Apparence("…", "info"),
    ),
    Statut.CONFORME: FicheDeStatut(
        "Conforme",
        Phase.FAITE,
        candidat=Apparence("√", "succes"),
        agent=Apparence("√", "succes"),
        jugement=Jugement(ActePiece.ACCEPTER, "c", "accepte", Decompte("conforme", "conformes", "succes")),
    ),
    Statut.NON_CONFORME: FicheDeStatut(
        "Non conforme",
        Phase.RENDUE,
        candidat=Apparence("×", "erreur"),
        agent=Apparence("×", "erreur"),
        jugement=Jugement(
            ActePiece.REFUSER,
            "n",
            "refuse avec un commentaire",
            Decompte("non conforme", "non conformes", "erreur"),
            commentaire=True,
        ),
    ),
    Statut.RECUE: FicheDeStatut(
        "Reçue",
        Phase.A_JUGER,
        candidat=Apparence("i", "info"),
        agent=Apparence("i", "info"),
        jugement=Jugement(
            ActePiece.RECEVOIR,
            "r",
            "note la réception",
            Decompte("reçue", "reçues", "info"),
            date=DateDeDecision.RECEPTION,
        ),
    ),
    Statut.NOUVELLE_PJ: FicheDeStatut(
        "En attente d'une nouvelle PJ",
        Phase.RENDUE,
        candidat=Apparence("!", "attention"),
        agent=Apparence("…", "attention"),
        jugement=Jugement(
            ActePiece.REDEMANDER,
            "a",
            "demande un nouveau fichier",
            Decompte("en attente", "en attente", "info"),
            commentaire=True,
            date=DateDeDecision.LIMITE,
        ),
    ),
}

# The statuses that an agent gives, in the order of his keys, and the status that each of those actes gives.
JUGEMENTS: Mapping[Statut, Jugement] = {
    statut: fiche.jugement for statut, fiche in FICHES.items() if fiche.jugement is not None
}
STATUT_DONNE: Mapping[ActePiece, Statut] = {jugement.acte: statut for statut, jugement in JUGEMENTS.items()}
# The same in the order in which they are counted: those that still wait come last.
DECOMPTES: Mapping[Statut, Decompte] = {
    statut: JUGEMENTS[statut].decompte for statut in sorted(JUGEMENTS, key=lambda statut: statut.phase is Phase.A_JUGER)
}
# What a service may have its pieces wait under before an agent judges them (C20).
INITIAUX: tuple[Statut, ...] = tuple(
    statut for statut in Statut if statut.phase is Phase.A_JUGER and statut not in JUGEMENTS
)


def statut_de_libelle(libelle: str) -> Statut:
    """The status of a label, as the settings' files write it. Raises ValueError for another text."""
    for statut in Statut:
        if statut.libelle == libelle:
            return statut
    raise ValueError(libelle)

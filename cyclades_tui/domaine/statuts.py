"""The statuses of a justificatif: one table with all that is shown of each, and the acte that gives it (C20)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Literal

from cyclades_tui.domaine.texte import denombrer

Couleur = Literal["succes", "erreur", "attention", "info", "discret"]


class ActePiece(StrEnum):
    """What may be done to a justificatif; each value is a verb that completes « vous ne pouvez pas »."""

    DEPOSER = "déposer de fichier pour"
    RETIRER = "retirer le fichier de"
    VALIDER = "valider"
    RECEVOIR = "déclarer reçue"
    ACCEPTER = "déclarer conforme"
    REFUSER = "déclarer non conforme"
    REDEMANDER = "demander un nouveau fichier pour"
    REOUVRIR = "rouvrir"


class Phase(Enum):
    """How far the control of a piece has come under a status."""

    A_JUGER = 1  # not judged yet: it waits for an agent as soon as a file is given
    FAITE = 2  # control finished (F404)
    RENDUE = 3  # back to the candidate, who must give another file


class DateDeDecision(StrEnum):
    """A date that an agent gives with a decision, by its label: a limit lies ahead, a reception is today or past."""

    LIMITE = "Nouvelle limite"
    RECEPTION = "Date de réception"


@dataclass(frozen=True, slots=True)
class Apparence:
    """The sign before a status, and the name of its colour in a theme."""

    signe: str
    couleur: Couleur


@dataclass(frozen=True, slots=True)
class Decompte:
    """How the count of pieces under a status is worded: `1 non conforme`, `3 non conformes`.

    `couleur` is the colour of that count on the agent's home screen.
    """

    singulier: str
    pluriel: str
    couleur: Couleur

    def dire(self, nombre: int) -> str:
        """`3 non conformes`."""
        return denombrer(nombre, self.singulier, self.pluriel)

    @property
    def court(self) -> str:
        """`Non conforme`: the short form of the status."""
        return self.singulier.capitalize()


@dataclass(frozen=True, slots=True)
class Jugement:
    """How an agent gives a status: the acte, the key, the help for the key, the wording of the count.

    `commentaire` and `date` say what else he must enter.
    """

    acte: ActePiece
    touche: str
    aide: str
    decompte: Decompte
    commentaire: bool = False
    date: DateDeDecision | None = None

    @property
    def a_saisir(self) -> bool:
        """Whether the agent must enter something besides the key."""
        return self.commentaire or self.date is not None


@dataclass(frozen=True, slots=True)
class FicheDeStatut:
    """All that is shown of a status; `jugement` is None if agents do not give it."""

    libelle: str
    phase: Phase
    candidat: Apparence
    agent: Apparence
    jugement: Jugement | None = None


class Statut(StrEnum):
    """How far a justificatif has come. The value is the text that the store holds; everything else is in `FICHES`."""

    AUCUN = ""
    EN_ATTENTE = "en_attente"
    CONFORME = "conforme"
    NON_CONFORME = "non_conforme"
    RECUE = "recue"
    NOUVELLE_PJ = "nouvelle_pj"

    @property
    def libelle(self) -> str:
        """The status as people read it, `Non conforme`; empty for `AUCUN`."""
        return FICHES[self].libelle

    @property
    def en_phrase(self) -> str:
        """The status within a sentence, `en attente d'une nouvelle PJ`."""
        return f"{self.libelle[:1].lower()}{self.libelle[1:]}"

    @property
    def phase(self) -> Phase:
        return FICHES[self].phase

    @property
    def rendu(self) -> bool:
        """Whether the piece went back to the candidate."""
        return self.phase is Phase.RENDUE


_RIEN = Apparence("", "discret")  # what the candidate has done is shown instead
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

# The statuses that an agent gives, in the order of the keys, and the status that each acte gives.
JUGEMENTS: Mapping[Statut, Jugement] = {
    statut: fiche.jugement for statut, fiche in FICHES.items() if fiche.jugement is not None
}
STATUT_DONNE: Mapping[ActePiece, Statut] = {jugement.acte: statut for statut, jugement in JUGEMENTS.items()}
# The same statuses in the order in which they are counted: those that still wait come last.
DECOMPTES: Mapping[Statut, Decompte] = {
    statut: JUGEMENTS[statut].decompte for statut in sorted(JUGEMENTS, key=lambda statut: statut.phase is Phase.A_JUGER)
}
# The statuses that a service may choose for pieces not judged yet (C20).
INITIAUX: tuple[Statut, ...] = tuple(
    statut for statut in Statut if statut.phase is Phase.A_JUGER and statut not in JUGEMENTS
)


def statut_de_libelle(libelle: str) -> Statut:
    """The status with this label, which the settings files use. Raises ValueError if there is none."""
    for statut in Statut:
        if statut.libelle == libelle:
            return statut
    raise ValueError(libelle)

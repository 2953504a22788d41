"""What one may look at without changing anything: the services and their windows, a person's candidatures."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from cyclades_tui.domaine.temps import PARIS, EtatFenetre, Fenetre
from cyclades_tui.domaine.texte import en_capitales, plier
from cyclades_tui.poste import Poste
from cyclades_tui.regles.etats import Etat
from cyclades_tui.store import registre
from cyclades_tui.store.tables import Candidature, Version

_DOMAINES = ("Examen", "Concours")  # in the order offered


@dataclass(frozen=True, slots=True)
class ServiceOffert:
    """A place to register, and whether it is open now; `examen` and `academie` are codes."""

    domaine: str
    examen: str
    examen_libelle: str
    session: str
    academie: str
    academie_libelle: str
    fenetre: Fenetre
    etat: EtatFenetre

    @property
    def libelle(self) -> str:
        """`ACADÉMIE DE LA GUYANE - (2024)` (F030)."""
        return f"{self.academie_libelle} - ({self.session})"

    @property
    def phrase(self) -> str:
        """The window in words, in Paris time (F035)."""
        return _phrase(self.fenetre, self.etat)


@dataclass(frozen=True, slots=True)
class Carte:
    """A candidature as the home shows it (F021-F024); `etablissement` may be empty."""

    candidature_id: int
    numero: str
    session: str
    examen: str
    specialite: str
    academie: str
    etablissement: str
    etat: Etat
    version: int


def services(poste: Poste) -> tuple[ServiceOffert, ...]:
    """Every service with a window, open or not: by domain, exam, then académie's name after the article (F032)."""
    referentiel, instant = poste.referentiel, poste.maintenant()
    noms = {academie.code: plier(academie.nom) for academie in referentiel.academies.values()}
    offerts = [
        ServiceOffert(
            domaine=referentiel.examens[examen].domaine,
            examen=examen,
            examen_libelle=referentiel.examens[examen].libelle,
            session=session,
            academie=academie,
            academie_libelle=referentiel.academies[academie].libelle,
            fenetre=fenetre,
            etat=fenetre.etat(instant),
        )
        for (examen, session, academie), fenetre in referentiel.reglages.fenetres().items()
        if examen in referentiel.examens and academie in referentiel.academies
    ]
    offerts.sort(key=lambda s: (_DOMAINES.index(s.domaine), plier(s.examen_libelle), noms[s.academie], s.session))
    return tuple(offerts)


def cartes(poste: Poste, candidat_id: int) -> tuple[Carte, ...]:
    """A person's active candidatures, in the words of their last version, the highest N° first."""
    with poste.store.lire() as unite:
        return tuple(_cartes(registre.dernieres_versions(unite, candidat_id)))


def _cartes(lignes: Iterable[tuple[Candidature, Version]]) -> Iterator[Carte]:
    for candidature, version in lignes:
        etat = Etat(candidature.etat)
        if not etat.active:
            continue
        contenu = json.loads(version.contenu)
        affichages = {champ["id"]: champ["affichage"] for champ in contenu["champs"]}
        yield Carte(
            candidature_id=candidature.id,
            numero=f"{candidature.numero:03d}",
            session=candidature.session,
            examen=en_capitales(contenu["examen"]["libelle"]),
            specialite=affichages.get("qualification.specialite", ""),
            academie=contenu["academie"]["libelle"],
            etablissement=affichages.get("candidature.etablissement", ""),
            etat=etat,
            version=candidature.version,
        )


def _phrase(fenetre: Fenetre, etat: EtatFenetre) -> str:
    fin = _minute(fenetre.fermeture)
    if etat is EtatFenetre.FERMEE:
        return f"Les inscriptions sont fermées depuis le {fin} (heure de Paris)."
    if fenetre.ouverture is None:
        return f"Les inscriptions sont ouvertes jusqu'au {fin} (heure de Paris)."
    debut = _minute(fenetre.ouverture)
    if etat is EtatFenetre.PAS_OUVERTE:
        return f"Les inscriptions ouvrent le {debut} et ferment le {fin} (heure de Paris)."
    return f"Les inscriptions sont ouvertes du {debut} au {fin} (heure de Paris)."


def _minute(instant: datetime) -> str:
    """`01 novembre 2021 08:00`, Paris."""
    from babel.dates import format_date

    local = instant.astimezone(PARIS)
    return f"{format_date(local.date(), 'dd MMMM y', locale='fr')} {local:%H:%M}"

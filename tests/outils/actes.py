"""For tests of actes: a poste on a real store, valid forms, refusals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from cyclades_tui.actes.candidature.inscription import Demande, Inscription, Modification, enregistrer
from cyclades_tui.actes.reglages import entretien
from cyclades_tui.actes.reglages.service import definir_fenetre
from cyclades_tui.domaine.erreurs import ErreurCyclades, Faute
from cyclades_tui.poste import Poste, ReglagesDuPoste, acteur_de_la_commande
from cyclades_tui.store.ouverture import ouvrir_store
from outils.guide import COMPACTE, SAISIE
from outils.horloge import HorlogeReglable
from outils.modeles import copier
from outils.store import brut, codes, photo

GUYANE, BESANCON = "33", "03"

# Every kind of value that a service may change: label, contact, window, text.
AUTRES_REGLAGES = """source = "essai"
[[reglage]]
libelle_recapitulatif = "Votre dossier"
[reglage.textes]
certifie = "LU ET APPROUVÉ"
[[reglage]]
academie = "33"
contact = { lignes = ["AUTRE SERVICE"], telephone = "0594000000", courriel = "autre@example.org" }
[[reglage]]
examen = "BCP"
session = "2024"
academie = "33"
fermeture = 2023-12-20T18:00:00
"""


def creer_store(dossier: Path, horloge: HorlogeReglable, plage: str | None = None) -> ReglagesDuPoste:
    """Create a store by its acte, with its settings beside it."""

    def faire(neuf: Path) -> None:
        entretien.initialiser(_reglages(neuf), plage, horloge)

    copier(("actes", horloge.instant, plage), faire, dossier)
    return _reglages(dossier)


def _reglages(dossier: Path) -> ReglagesDuPoste:
    return ReglagesDuPoste(store=dossier / "store", poste="poste-1")


def poste_sur(reglages: ReglagesDuPoste, horloge: HorlogeReglable) -> Poste:
    """A poste that stays open until the process ends."""
    return Poste(
        ouvrir_store(reglages.store, cle=reglages.cle_en_clair),
        acteur_de_la_commande(reglages),
        horloge,
        reglages.dossier_parametrage,
    )


def nouveau_poste(dossier: Path, horloge: HorlogeReglable, plage: str | None = None) -> Poste:
    """A poste on a new store."""
    return poste_sur(creer_store(dossier, horloge, plage), horloge)


def ouvrir_fenetre(poste: Poste, session: str, ouverture: str, fermeture: str, academie: str = GUYANE) -> Poste:
    """Define a local window (Paris times) by its acte; returns a poste that knows it."""
    bornes = {"ouverture": datetime.fromisoformat(ouverture), "fermeture": datetime.fromisoformat(fermeture)}
    definir_fenetre(poste, examen="BCP", session=session, academie=academie, **bornes)
    return Poste(poste.store, poste.acteur, poste.horloge, poste.parametrage)


def demande(
    saisie: Mapping[str, str] = SAISIE,
    modification: Modification | None = None,
    *,
    session: str = "2024",
    academie: str = GUYANE,
) -> Demande:
    """A form for the BCP."""
    return Demande("BCP", session, academie, saisie, modification)


def changer(poste: Poste, version: int = 1, saisie: Mapping[str, str] = SAISIE) -> Inscription:
    """Save the version after `version` of a first candidature; only the street changes."""
    rue = {"identification.adresse.voie": f"{version} rue du Port"}
    return enregistrer(poste, demande({**saisie, **rue}, Modification(1, version)))


def personne(rang: int) -> dict[str, str]:
    """The compact form of person number `rang`: each has another name, birth date and e-mail."""
    lettres = "".join("ABCDEFGHIJ"[int(chiffre)] for chiffre in f"{rang:06d}")
    naissance = date(1975, 1, 1) + timedelta(days=rang % 10_000)
    return {
        **COMPACTE,
        "identification.nom": f"ESSAI {lettres}",
        "identification.prenoms": f"Camille-{lettres.lower()}",
        "identification.naissance.date": naissance.isoformat(),
        "identification.email": f"essai.{rang}@mail.fr",
    }


def contenu_de(poste: Poste, candidature: int, version: int) -> str:
    """The stored text of a version."""
    return str(une(poste, "SELECT contenu FROM version WHERE candidature_id = ? AND numero = ?", candidature, version))


def une(poste: Poste, requete: str, *valeurs: object) -> Any:
    """The only value of a query."""
    return lignes(poste, requete, *valeurs)[0][0]


def lignes(poste: Poste, requete: str, *valeurs: object) -> list[Any]:
    with brut(poste.store) as connexion:
        return list(connexion.execute(requete, valeurs).fetchall())


@contextmanager
def refus(poste: Poste, *attendus: str) -> Iterator[list[Faute]]:
    """Check that the block is refused with these codes and leaves the database unchanged; yields the faults."""
    avant = photo(poste.store)
    fautes: list[Faute] = []
    with pytest.raises(ErreurCyclades) as erreur:
        yield fautes
    fautes += erreur.value.fautes
    assert codes(erreur.value) == set(attendus)
    assert photo(poste.store) == avant


def texte_du_pdf(octets: bytes) -> str:
    """The text layer of all pages."""
    with pypdfium2.PdfDocument(octets) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def verifier_sans_faute(poste: Poste) -> None:
    """Check the whole store: no fault is found; orphans of the coffre are allowed."""
    assert entretien.verifier(poste).fautes == ()


def regler(poste: Poste, toml: str) -> None:
    """Write local settings, as an administrator does."""
    poste.parametrage.mkdir(exist_ok=True)
    (poste.parametrage / "reglages.toml").write_text(toml, encoding="utf-8")


def relire(poste: Poste) -> Poste:
    """A poste that has read the current local settings, without fault."""
    relu = Poste(poste.store, poste.acteur, poste.horloge, poste.parametrage)
    assert relu.referentiel.fautes == ()
    return relu


def inscrire(poste: Poste, saisie: Mapping[str, str] = SAISIE) -> Inscription:
    """Save a first version for BCP 2024, Guyane."""
    return enregistrer(poste, demande(saisie))

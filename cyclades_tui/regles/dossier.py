"""From checked fields to a dossier: acquis, choices, positions, and the checks between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, cast

from cyclades_tui.champs import acquis as noms
from cyclades_tui.champs.catalogue import Presentation
from cyclades_tui.champs.specification import Valeur
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.referentiel.schema import Categorie, Epreuve, Forme
from cyclades_tui.regles.positions import (
    AcquisDeclares,
    ChoixDeclares,
    EpreuvePlacee,
    NoteAnterieure,
    Position,
    Raison,
    TitreDeclare,
    Vae,
    derniere_note,
    dispensees_par_titre,
    note_conservable,
    placer,
)
from cyclades_tui.regles.saisie import SaisieLue
from cyclades_tui.regles.service import Service


@dataclass(frozen=True)
class Dossier:
    """A complete and coherent form, ready to be saved."""

    service: Service
    lue: SaisieLue
    categorie: Categorie
    forme: Forme
    acquis: AcquisDeclares
    placees: tuple[EpreuvePlacee, ...]
    jour: date

    @property
    def presentation(self) -> Presentation:
        assert self.lue.presentation is not None  # noqa: S101 - a dossier is only made with one
        return self.lue.presentation

    @property
    def epreuves_a_passer(self) -> int:
        """How many units of the first group the candidate sits, optional ones included."""
        presentation = self.presentation
        decidees = {e.code for e in presentation.diplome.unites(presentation.annee, presentation.groupe)}
        return sum(1 for p in self.placees if p.position is Position.INSCRIT and p.epreuve.code in decidees)


def etablir(lue: SaisieLue, service: Service, jour: date) -> Dossier | None:
    """The dossier of a form, or None if the form is not ready. Adds the contradictions it finds to `lue`."""
    if lue.presentation is None or not lue.valeur("qualification.forme_finale"):
        return None
    presentation = lue.presentation
    arbre = presentation.diplome.arbre(presentation.annee, presentation.groupe)
    lecteur = _Lecteur(lue, service, presentation, arbre)
    forme = cast(Literal["globale", "progressive"], lue.valeur("qualification.forme_finale"))
    categorie = service.examen.categorie_de(lue.valeur("candidature.categorie"))
    acquis = lecteur.acquis()
    placees = placer(
        arbre,
        voie=categorie.voie,
        forme=forme,
        annee=presentation.annee,
        benefice=service.examen.benefice,
        acquis=acquis,
        choix=lecteur.choix(),
    )
    vae = ("oui", "VAE", "OUI") if acquis.vae else ("non", "Non VAE", "NON")
    lue.valeurs["candidature.vae"] = Valeur(*vae)
    lue.fautes += lecteur.fautes_des_acquis()
    lue.fautes += lecteur.fautes_des_epreuves(placees)
    lue.avertissements += lecteur.repassees_sans_titre(placees)
    lue.avertissements += [*lecteur.notes_perdues(acquis, forme, placees), *lecteur.choix_perdus(placees)]
    return Dossier(service, lue, categorie, forme, acquis, placees, jour)


class _Lecteur:
    def __init__(
        self, lue: SaisieLue, service: Service, presentation: Presentation, arbre: tuple[Epreuve, ...]
    ) -> None:
        self._lue = lue
        self._service = service
        self._arbre = arbre
        self._groupe = (presentation.diplome, presentation.annee, presentation.groupe)
        self._sans_titre: frozenset[str] = frozenset()

    def _coche(self, champ: str) -> bool:
        return self._lue.valeur(champ) == "oui"

    # Acquis

    def acquis(self) -> AcquisDeclares:
        referentiel = self._service.referentiel
        titres = tuple(
            TitreDeclare(titre, int(annee), self._lue.affichage(f"acquis.titre.{titre.id}.academie"))
            for titre in referentiel.titres_offerts(*self._groupe)
            if self._coche(noms.case_titre(titre.id)) and (annee := self._lue.valeur(f"acquis.titre.{titre.id}.annee"))
        )
        populations = tuple(
            population
            for population in referentiel.populations_offertes(*self._groupe)
            if self._coche(noms.case_population(population.id))
        )
        return AcquisDeclares(titres, tuple(self._notes()), self._vae(), populations, self._repasser(titres))

    def _repasser(self, titres: tuple[TitreDeclare, ...]) -> frozenset[str]:
        """The boxes unticked; one that no declared title dispenses is left out, and told once all is placed."""
        cochees = frozenset(e.code for e in self._arbre if self._coche(noms.case_repasser(e.code)))
        retenues = cochees & dispensees_par_titre(self._arbre, titres)
        self._sans_titre = cochees - retenues
        for code in self._sans_titre:
            del self._lue.valeurs[noms.case_repasser(code)]
        return retenues

    def repassees_sans_titre(self, placees: tuple[EpreuvePlacee, ...]) -> Iterator[Faute]:
        """Boxes that were unticked and that no declared title dispenses; what becomes of their épreuves."""
        for placee in placees:
            if placee.epreuve.code in self._sans_titre:
                message = f"Aucun titre déclaré ne dispense de {placee.epreuve.code} : {_suite_d_une(placee)}."
                yield Faute("acquis.repasser", noms.case_repasser(placee.epreuve.code), message, "")

    def _notes(self) -> Iterator[NoteAnterieure]:
        for source in (noms.MEME, noms.AUTRE):
            for epreuve in self._arbre:
                prefixe = noms.note(source, epreuve.code)
                note, session = (self._lue.valeur(f"{prefixe}.{partie}") for partie in ("note", "session"))
                if note and session:
                    garder = self._coche(f"{prefixe}.conserver")
                    yield NoteAnterieure(epreuve.code, Decimal(note), int(session), garder, source == noms.MEME)

    def _vae(self) -> Vae | None:
        if not self._coche(noms.declaration(noms.VAE)):
            return None
        unites = frozenset(e.code for e in self._arbre if self._coche(noms.case_vae(e.code)))
        annee = self._lue.valeur("acquis.vae.annee")
        academie = self._lue.affichage("acquis.vae.academie")
        return Vae(int(annee), academie, unites) if annee and unites else None

    def fautes_des_acquis(self) -> Iterator[Faute]:
        """Boxes ticked with nothing filled under them; sessions and notes in an impossible order."""
        vides = {
            noms.TITRE: (self._un_titre_coche, "Cochez le titre ou diplôme que vous avez obtenu."),
            noms.VAE: (self._une_unite_vae, "Cochez les épreuves dont le jury de VAE vous dispense."),
        }
        for declaration, (rempli, remede) in vides.items():
            champ = noms.declaration(declaration)
            if self._coche(champ) and not rempli():
                yield Faute("acquis.vide", champ, "La case est cochée et rien n'est déclaré dessous.", remede)
        yield from self._sessions_impossibles()

    def _sessions_impossibles(self) -> Iterator[Faute]:
        """The failed session must precede this one, and notes cannot be later than it."""
        presentees = {}
        for source in (noms.MEME, noms.AUTRE):
            champ = f"acquis.{source}.session"
            presentees[source] = int(self._lue.valeur(champ) or 0)
            if presentees[source] >= self._service.annee:
                message = f"La session {presentees[source]} ne précède pas la session {self._service.session}."
                yield Faute("acquis.session", champ, message, "Vérifiez l'année de la session présentée.")
        for note in self._notes():
            source = noms.MEME if note.meme_specialite else noms.AUTRE
            if note.session > presentees[source]:
                message = f"Une note de {note.session} est plus récente que la session présentée."
                champ = f"{noms.note(source, note.code)}.session"
                yield Faute("acquis.session", champ, message, "Vérifiez l'année de la note.")

    def _un_titre_coche(self) -> bool:
        return any(self._coche(noms.case_titre(t.id)) for t in self._service.referentiel.titres_offerts(*self._groupe))

    def _une_unite_vae(self) -> bool:
        return any(self._coche(noms.case_vae(e.code)) for e in self._arbre)

    def notes_perdues(
        self, acquis: AcquisDeclares, forme: Forme, placees: tuple[EpreuvePlacee, ...]
    ) -> Iterator[Faute]:
        """Kept notes that are not kept: too old, too low, or followed by a later one; and what comes of it."""
        par_code = {placee.epreuve.code: placee for placee in placees}
        for note in acquis.notes:
            if not note.conserver:
                continue
            champ = noms.note(noms.MEME if note.meme_specialite else noms.AUTRE, note.code)
            raison = note_conservable(note, forme, self._service.examen.benefice, self._service.annee)
            if raison is not None:
                message = _dire_la_perte(par_code[note.code], raison)
                yield Faute("acquis.note", f"{champ}.conserver", message, "")
            elif note is not derniere_note(acquis, note.code):
                message = (
                    f"{note.code} : seule la dernière note obtenue compte, celle de {note.session} est sans effet."
                )
                yield Faute("acquis.note", f"{champ}.conserver", message, "")
            elif not note.meme_specialite and note.note < self._service.examen.benefice.seuil["globale"]:
                message = (
                    f"{note.code} : sous le seuil de la forme globale, une note se garde en forme progressive, mais le "
                    f"texte ne dit pas si c'est vrai d'une autre spécialité ({self._service.examen.benefice.source})."
                )
                remede = "Seul le service des examens dit si elle se garde ; sinon, repassez l'épreuve."
                yield Faute("doute.note", f"{champ}.conserver", message, remede)

    def choix_perdus(self, placees: tuple[EpreuvePlacee, ...]) -> Iterator[Faute]:
        """Choices without effect: for an épreuve not sat, or « Non Inscrit » or a resit for one already acquired.

        They are removed from the values, as the message says.
        """
        for placee in placees:
            epreuve = placee.epreuve
            if epreuve.choix and placee.position is not Position.INSCRIT and self._lue.valeur(noms.choix(epreuve)):
                del self._lue.valeurs[noms.choix(epreuve)]
                message = f"{epreuve.code} n'est pas à passer : le choix fait pour elle est sans effet."
                yield Faute("epreuves.sans-objet", noms.choix(epreuve), message, "")
            champ = noms.position(epreuve.code)
            acquise = placee.position in (Position.DISPENSE, Position.BENEFICE)
            if acquise and self._coche(noms.case_repasser(epreuve.code)):
                message = f"{epreuve.code} reste acquise, sans le titre : {placee.raison.texte}."
                yield Faute("acquis.repasser", noms.case_repasser(epreuve.code), message, "")
            if acquise and self._lue.valeur(champ):
                del self._lue.valeurs[champ]
                message = f"{epreuve.code} est acquise ({placee.position.value}) : la position choisie est sans effet."
                yield Faute("epreuves.sans-objet", champ, message, "")

    # Épreuves

    def choix(self) -> ChoixDeclares:
        positions = [(e, self._lue.valeur(noms.position(e.code))) for e in self._arbre]
        return ChoixDeclares(
            frozenset(e.code for e, p in positions if p == "non-inscrit" and e.obligatoire),
            frozenset(e.code for e, p in positions if p == "inscrit"),
            {e.code: self._lue.affichage(noms.choix(e)) for e in self._arbre if e.choix},
        )

    def fautes_des_epreuves(self, placees: tuple[EpreuvePlacee, ...]) -> Iterator[Faute]:
        inscrites = [p for p in placees if p.position is Position.INSCRIT]
        if not any(p.epreuve.obligatoire for p in inscrites):
            message = "Aucune épreuve obligatoire n'est à passer."
            yield Faute("epreuves.aucune", "epreuves", message, "Inscrivez-vous à une épreuve au moins.")
        facultatives = [p.epreuve.code for p in inscrites if p.epreuve.serie == "facultative"]
        maximum = self._service.examen.facultatives_max
        if len(facultatives) > maximum:
            message = f"{len(facultatives)} épreuves facultatives pour {maximum} au plus : {', '.join(facultatives)}."
            yield Faute("epreuves.facultatives", noms.position(facultatives[-1]), message, "Retirez-en.")
        yield from self._fautes_entre_epreuves(placees)
        if any(faute.champ.startswith("acquis.") for faute in self._lue.fautes):
            return  # the title to be corrected may dispense of the very épreuves that would ask for a choice
        choisies = {p.epreuve.code: self._langue(p.epreuve) for p in inscrites}
        for placee in placees:
            yield from self._fautes_du_choix(placee, choisies)

    def _fautes_entre_epreuves(self, placees: tuple[EpreuvePlacee, ...]) -> Iterator[Faute]:
        """Check that, among épreuves to choose from, as many are sat or acquired as the diploma asks.

        In progressive form they may all be left to another session.
        """
        progressive = self._lue.valeur("qualification.forme_finale") == "progressive"
        for noeud in (p.epreuve for p in placees if p.epreuve.parmi):
            parts = [p for p in placees if p.epreuve.parent == noeud.code]
            inscrites = [p for p in parts if p.position is Position.INSCRIT]
            reste = [p for p in parts if p.position is Position.NON_INSCRIT]
            manque = noeud.parmi - len(parts) + len(reste)
            codes = ", ".join(p.epreuve.code for p in parts)
            message = f"{noeud.code} {noeud.libelle} : il en faut {noeud.parmi} parmi {codes}."
            if manque > 0 and not (progressive and not inscrites):
                remede = "Répondez « Inscrit » à celle que vous passez."
                yield Faute("epreuves.parmi", noms.position(reste[0].epreuve.code), message, remede)
            elif manque < 0 and inscrites:
                remede = "Répondez « Non Inscrit » à celle que vous ne passez pas."
                yield Faute("epreuves.parmi", noms.position(inscrites[-1].epreuve.code), message, remede)

    def _fautes_du_choix(self, placee: EpreuvePlacee, choisies: Mapping[str, str]) -> Iterator[Faute]:
        epreuve = placee.epreuve
        if not epreuve.choix:
            return
        champ = noms.choix(epreuve)
        quoi = "la langue" if epreuve.choix == "langue" else "le pays"
        choisi = self._lue.valeur(champ)
        inscrit = placee.position is Position.INSCRIT
        if inscrit and not choisi and champ not in {f.champ for f in self._lue.fautes}:
            message = f"{epreuve.code} {epreuve.libelle} : il manque {quoi}."
            yield Faute("epreuves.choix", champ, message, f"Choisissez {quoi}.")
        elif choisi and epreuve.serie == "facultative" and not self._lue.valeur(noms.position(epreuve.code)):
            message = f"{epreuve.code} : vous donnez {quoi} sans la position."
            yield Faute("epreuves.position", noms.position(epreuve.code), message, "Répondez Inscrit ou Non Inscrit.")
        elif inscrit and choisi and epreuve.langues and placee.choix not in epreuve.langues:
            message = f"{epreuve.code} ne se passe pas en {placee.choix}."
            yield Faute("epreuves.langue", champ, message, f"Choisissez : {', '.join(epreuve.langues)}.")
        elif inscrit and choisi and choisies.get(epreuve.different_de) == choisi:
            message = f"{placee.choix} est déjà la langue de {epreuve.different_de}."
            yield Faute("epreuves.langue", champ, message, "Choisissez une autre langue.")

    def _langue(self, epreuve: Epreuve) -> str:
        """The code of the language of an épreuve: the one chosen, or the only one possible."""
        if epreuve.langue:
            seule = self._service.listes.trouver("langues", epreuve.langue)
            return "" if seule is None else seule.id
        return self._lue.valeur(noms.choix(epreuve)) if epreuve.choix else ""


def _dire_la_perte(placee: EpreuvePlacee, perdue: Raison) -> str:
    """What becomes of the épreuve of a note that is not kept: it is sat only where nothing else spares it."""
    if placee.position is Position.INSCRIT:
        return f"{placee.epreuve.code} sera repassée : {perdue}."
    return f"{placee.epreuve.code} : {perdue} ; {_suite_d_une(placee)}."


def _suite_d_une(placee: EpreuvePlacee) -> str:
    """What becomes of an épreuve, in a clause."""
    if placee.position is Position.INSCRIT:
        return "vous la passez de toute façon"
    if placee.position is Position.NON_INSCRIT:
        return "vous ne la passez pas à cette session"
    return f"elle reste acquise ({placee.position.value}) : {placee.raison.texte}"

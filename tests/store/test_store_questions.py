"""The queries of actes, above all those that each engine words in its own SQL (`Dialecte`)."""

from __future__ import annotations

from typing import Any

import pytest
from outils.store import ACTEUR, INSTANT, ajouter_candidat, ajouter_candidature, ajouter_version, codes, consigner

from cyclades_tui.domaine.acteur import Acteur, Face, NatureActeur
from cyclades_tui.domaine.droits import Portee
from cyclades_tui.domaine.erreurs import StoreInutilisable
from cyclades_tui.domaine.natures import NatureDeDocument
from cyclades_tui.domaine.statuts import Statut
from cyclades_tui.domaine.temps import en_iso
from cyclades_tui.store.modele.tables import Agent, Candidat, Candidature, Compte, FiltreGarde, Lot, Message
from cyclades_tui.store.modele.unite import Store, Unite
from cyclades_tui.store.requetes import (
    agents,
    candidatures,
    courrier,
    documents,
    journal,
    lots,
    personnes,
    pieces,
    recherche,
)
from cyclades_tui.store.requetes.lignes import (
    chercher_la_ligne,
    ecrire_les_lignes,
    effacer_la_ligne,
    lire_la_ligne,
)
from cyclades_tui.store.requetes.recherche import Critere


def test_people_and_their_candidatures_are_found(store: Store) -> None:
    with store.ecrire() as unite:
        martin = ajouter_candidat(unite, "Martin")
        durand = ajouter_candidat(unite, "Durand")
        seconde, _, _ = ajouter_candidature(unite, martin, 2)
        premiere, _, _ = ajouter_candidature(unite, martin, 1)
        ajouter_version(unite, premiere, 2)
    with store.lire() as unite:
        assert personnes.candidat_par_cle(unite, "MARTIN") == martin
        assert personnes.candidat_par_cle(unite, "PETIT") is None
        assert personnes.candidat_par_numero(unite, durand.numero) == durand
        assert personnes.candidat_par_numero(unite, "02600000000") is None
        assert candidatures.du_candidat(unite, martin.id) == [premiere, seconde]
        assert candidatures.du_candidat(unite, durand.id) == []
        assert candidatures.par_numero(unite, martin.id, 2) == seconde
        assert candidatures.par_numero(unite, durand.id, 1) is None
        version = candidatures.version(unite, premiere.id, 2)
        assert version is not None
        assert (version.candidature_id, version.numero) == (premiere.id, 2)
        assert candidatures.version(unite, premiere.id, 3) is None


def test_an_address_is_taken_by_others_only(store: Store) -> None:
    with store.ecrire() as unite:
        martin = ajouter_candidat(unite, "Martin", "martin@exemple.fr")
        durand = ajouter_candidat(unite, "Durand")
        unite.session.add(Compte(candidat_id=martin.id, email="m", email_cle="martin@exemple.fr", cree_le="i"))
        unite.session.add(Compte(email="s", email_cle="seul@exemple.fr", cree_le="i"))
    with store.lire() as unite:
        assert not personnes.email_pris(unite, "martin@exemple.fr", martin.id)
        assert personnes.email_pris(unite, "martin@exemple.fr", durand.id)
        assert personnes.email_pris(unite, "martin@exemple.fr", None)
        assert personnes.email_pris(unite, "seul@exemple.fr", martin.id)
        assert not personnes.email_pris(unite, "libre@exemple.fr", None)


def test_documents_to_render_come_oldest_first(store: Store) -> None:
    with store.ecrire() as unite:
        candidat = ajouter_candidat(unite, "Martin")
        recapitulatifs = [ajouter_candidature(unite, candidat, numero)[2] for numero in (1, 2, 3, 4)]
        recapitulatifs[1].sha256 = "a" * 64
    with store.lire() as unite:
        assert documents.a_rendre(unite, [NatureDeDocument.RECAPITULATIF], 2) == [recapitulatifs[0], recapitulatifs[2]]


def demander(unite: Unite, candidature: Candidature, piece: str, **colonnes: Any) -> None:
    """A piece of a candidature, waiting in the queue by default."""
    attendue = {
        "candidature_id": candidature.id,
        "examen": candidature.examen,
        "session": candidature.session,
        "academie": candidature.academie,
        "piece": piece,
        "code": piece,
        "libelle": piece,
        "sigle": piece,
        "mode": "en ligne",
        "rang": 1,
        "obligatoire": True,
        "statut": Statut.AUCUN.value,
        "version": 1,
        "a_controler": True,
        "attend_depuis": "2026-10-12",
    }
    pieces.inserer(unite, [attendue | colonnes])


def test_a_queue_holds_what_waits_and_nothing_else(store: Store) -> None:
    with store.ecrire() as unite:
        candidature, _, _ = ajouter_candidature(unite, ajouter_candidat(unite, "Martin"))
        demander(unite, candidature, "identite", attend_depuis="2026-10-14")
        demander(unite, candidature, "domicile", attend_depuis="2026-10-13", mode="voie postale")
        demander(unite, candidature, "titre", a_controler=False)
    with store.lire() as unite:
        page = pieces.attente(unite, {}, None, 1)
        assert [piece.piece for piece, _, _ in page] == ["domicile"]
        suite = pieces.attente(unite, {}, (page[0][0].attend_depuis, page[0][0].id), 5)
        assert [piece.piece for piece, _, _ in suite] == ["identite"]
        assert pieces.compter(unite, {}) == (2, "2026-10-13")
        assert pieces.compter(unite, {"mode": ("voie postale", "autre")}) == (1, "2026-10-13")
        assert pieces.compter(unite, {"avant": "2026-10-13"}) == (0, "")
        assert [ligne[3:] for ligne in pieces.repartir(unite, {})] == [
            ("en ligne", 1, "2026-10-14"),
            ("voie postale", 1, "2026-10-13"),
        ]


def test_who_is_kept_to_a_school_sees_the_candidatures_whose_last_version_names_it(store: Store) -> None:
    with store.ecrire() as unite:
        suivies = [ajouter_candidature(unite, ajouter_candidat(unite, nom))[0] for nom in ("Martin", "Durand")]
        ajouter_version(unite, suivies[0], 2, etablissement="0330001A")
        suivies[0].version = 2
        ajouter_version(unite, suivies[1], 2, etablissement="0330001A")
        ajouter_version(unite, suivies[1], 3, etablissement="0330002B")
        suivies[1].version = 3
    with store.lire() as unite:
        for etablissement, attendues in (("0330001A", ["Martin"]), ("0330002B", ["Durand"]), ("%", []), ("", [])):
            portee = Portee(frozenset({"rennes"}), etablissement) if etablissement else Portee(frozenset({"33"}))
            trouvees = candidatures.selon(unite, {}, portee, 0, 10)
            assert [candidat.nom for _, candidat in trouvees] == attendues
            assert recherche.compter(unite, portee) == len(attendues)


@pytest.mark.parametrize(
    ("critere", "attendus"),
    [
        (Critere("cle_nom", "MAR"), ["MARCEL", "MARTIN LE GALL"]),
        (Critere("cle_nom", "MAR", mots=("LE",)), ["MARTIN LE GALL"]),
        (Critere("cle_nom", "MAR", mots=("ALL",)), []),  # the beginning of a word, not its end
        (Critere("cle_nom", "MARTIN", mots=("MARTIN",), ailleurs=True), ["PETIT MARTIN"]),
        (Critere("cle_nom", "%"), ["%_"]),
        (Critere("cle_nom", "", mots=("%",)), ["%_"]),
        (Critere("cle_nom", "", mots=("_",)), []),
        (Critere("cle_nom", "MARCEL", entier=True), ["MARCEL"]),
        (Critere("cle_nom", "MARCEL", inscription=2), []),
    ],
)
def test_a_search_takes_every_sign_for_itself(store: Store, critere: Critere, attendus: list[str]) -> None:
    with store.ecrire() as unite:
        for nom in ("Petit Martin", "Martin Le Gall", "%_", "Marcel"):
            ajouter_candidature(unite, ajouter_candidat(unite, nom))
    with store.lire() as unite:
        trouves = recherche.chercher(unite, critere, Portee(), None, 10)
    assert [candidat.cle_nom for candidat, _, _ in trouves] == attendus


def test_an_agent_s_last_dossiers_are_his_and_not_another_s(store: Store) -> None:
    with store.ecrire() as unite:
        suivies = [ajouter_candidature(unite, ajouter_candidat(unite, nom))[0] for nom in ("A", "B", "C")]
        demander(unite, suivies[2], "identite")
        for qui, sujet in (
            ("phare", "candidature:1"),
            ("rivage", "candidature:2"),
            ("phare", "justificatif:1"),
            ("phare", "candidat:2"),
        ):
            journal.consigner(
                unite,
                acteur=Acteur(NatureActeur.AGENT, qui, Face.GUICHET, ACTEUR.poste),
                acte="dossier.lire",
                sujet=sujet,
                valeurs={},
                instant=INSTANT,
            )
    with store.lire() as unite:
        for qui, attendus in (("phare", ["C", "A"]), ("rivage", ["B"]), ("personne", [])):
            assert [c.nom for c, _, _ in recherche.derniers(unite, qui, Portee(), 5)] == attendus


def test_what_a_lot_has_already_is_left_as_it_is(store: Store) -> None:
    with store.ecrire() as unite:
        suivies = [ajouter_candidature(unite, ajouter_candidat(unite, nom))[0].id for nom in ("A", "B")]
        lot = Lot(nature="relance", criteres="{}", acteur="phare", cree_le="2026-10-12")
        ecrire_les_lignes(unite, lot)
        lots.ajouter(unite, lot.id, suivies[:1])
        (element, _, _) = lots.a_faire(unite, lot.id, 0, 5)[0]
        element.fait_le = "2026-10-13"
        ecrire_les_lignes(unite)
        lots.ajouter(unite, lot.id, suivies)
        lots.ajouter(unite, lot.id, [])
    with store.lire() as unite:
        assert lots.compter(unite, lot.id) == (1, 2)
        assert lots.derniere(unite, lot.id) == suivies[1]


def test_a_filter_kept_again_takes_the_place_of_its_namesake(store: Store) -> None:
    with store.ecrire() as unite:
        agent = Agent(
            identifiant="phare", nom="O. Phare", role="gestionnaire", academies="[]", mot_de_passe="", cree_le=""
        )
        ecrire_les_lignes(unite, agent)
        for nom, filtre in (("b", "1"), ("a", "2"), ("b", "3")):
            agents.garder_le_filtre(unite, FiltreGarde(agent_id=agent.id, nom=nom, filtre=filtre, garde_le=""))
            ecrire_les_lignes(unite)
        assert [(f.nom, f.filtre) for f in agents.filtres_gardes(unite, agent.id)] == [("a", "2"), ("b", "3")]
        effacer_la_ligne(unite, lire_la_ligne(unite, FiltreGarde, (agent.id, "a")))
    with store.lire() as unite:
        assert chercher_la_ligne(unite, FiltreGarde, (agent.id, "a")) is None
        assert [f.nom for f in agents.filtres_gardes(unite, agent.id)] == ["b"]


def test_a_row_that_is_not_there_is_told_apart(store: Store) -> None:
    with store.lire() as unite:
        assert chercher_la_ligne(unite, Candidat, 1) is None
        with pytest.raises(StoreInutilisable) as refus:
            lire_la_ligne(unite, Candidat, 1)
    assert codes(refus.value) == {"ligne.absente"}


def test_who_is_erased_takes_messages_and_details_and_leaves_the_chain(store: Store) -> None:
    with store.ecrire() as unite:
        martin = ajouter_candidat(unite, "Martin").id
        durand = ajouter_candidat(unite, "Durand").id
        for candidat in (martin, durand):
            unite.session.add(
                Message(candidat_id=candidat, objet="o", corps="{code}", cree_le=en_iso(INSTANT), code="123")
            )
        consigner(unite, sujet="autre")
    with store.ecrire() as unite:
        courrier.blanchir_les_codes(unite, durand)
        personnes.effacer_le_candidat(unite, martin)
        journal.effacer_les_details(unite, [f"candidat:{martin}"])
    with store.lire() as unite:
        assert personnes.candidat_par_cle(unite, "MARTIN") is None
        assert courrier.du_candidat(unite, martin) == []
        assert [message.code for message in courrier.du_candidat(unite, durand)] == [""]
        assert journal.verifier(unite) == []

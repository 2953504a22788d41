"""The right that each acte needs: one row for every acte with a poste, tried by test_agents_droits.py."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from cyclades_tui.actes.bureau import agents, recherche
from cyclades_tui.actes.candidature import brouillons, candidatures, consultation, fichiers, inscription, recevabilite
from cyclades_tui.actes.documents import authentification, copies, documents, relances, tirage
from cyclades_tui.actes.documents.relances import Criteres
from cyclades_tui.actes.personnes import comptes, courrier, identite
from cyclades_tui.actes.pieces import attentes, attentes_gardees, controle, justificatifs, manques, reception
from cyclades_tui.actes.pieces.attentes import Filtre
from cyclades_tui.actes.pieces.controle import Decision
from cyclades_tui.actes.reglages import cle, entretien, fichiers_pris, service
from cyclades_tui.domaine.droits import Droit, Role
from cyclades_tui.domaine.statuts import ActePiece
from cyclades_tui.fichiers.examen import FichierExamine
from cyclades_tui.poste import Poste
from cyclades_tui.referentiel.bloc_de_reglages import Selection
from cyclades_tui.store.ouverture import ouvrir_store
from cyclades_tui.store.requetes.brouillons import CleBrouillon
from outils.actes import GUYANE, demande, inscrire, nouveau_poste, personne, une
from outils.agents import ADMIN, SESAME, au_nom_de, embaucher
from outils.comptes import email_de, saisie_de
from outils.horloge import PENDANT, HorlogeReglable

CLE = "une longue clé d'essai"
INCOMPLETS = Criteres("BCP", "2024", GUYANE, date(2030, 1, 1))
NOUVEAU, PARTI = "nouveau", "parti"  # agents who try nothing; the second one is deactivated
_FERMETURE = datetime.fromisoformat("2028-06-01")


@dataclass(frozen=True)
class Monde:
    """A store with a candidature in Guyane at ECOLE, an account not yet activated, and every role."""

    poste: Poste
    dossier: Path
    numero: str
    candidat: int
    fiche: candidatures.Fiche
    publie: documents.DocumentPublie
    refusee: controle.Decidee
    lot: int
    lot_a_tirer: int
    validee: int
    fichier: FichierExamine
    pdf: Path


def faire_un_monde(dossier: Path) -> Monde:
    """Make the store; use it in tests with cheap passwords, as it has ten."""
    poste = nouveau_poste(dossier, HorlogeReglable.a(PENDANT))
    poste = replace(poste, racines=(dossier,), impression=("true", "{fichier}"))
    sauvee = inscrire(poste)
    numero = sauvee.numero_candidat
    pdf = dossier / "papier.pdf"
    pdf.write_bytes(documents.ouvrir(poste, sauvee.document).octets)
    documents.rendre_les_manquants(poste)
    fiche = candidatures.fiche(poste, numero, 1)
    publie = documents.lister(poste, numero, 1)[0]
    candidat = une(poste, "SELECT id FROM candidat")
    comptes.creer(poste, saisie_de(7))
    brouillons.garder(poste, _cle(numero), {}, onglet="", focus="", ecran="un")
    refusee, validee, fichier = _remettre(poste, numero, pdf)
    lot_a_tirer = relances.commencer(poste, INCOMPLETS)
    list(relances.avancer(poste, lot_a_tirer))
    lot = relances.commencer(poste, INCOMPLETS)
    embaucher(poste)
    for identifiant in (NOUVEAU, PARTI):
        agents.ajouter(au_nom_de(poste, ADMIN), identifiant, "N.", Role.AUDITEUR, (), "", SESAME)
    agents.desactiver(au_nom_de(poste, ADMIN), PARTI)
    return Monde(poste, dossier, numero, candidat, fiche, publie, refusee, lot, lot_a_tirer, validee, fichier, pdf)


def copier_le_monde(monde: Monde, dossier: Path) -> Monde:
    """The same world in a folder of its own, which does not exist yet; `monde` is closed."""
    shutil.copytree(monde.dossier, dossier)

    def deplacer(chemin: Path) -> Path:
        return dossier / chemin.relative_to(monde.dossier)

    avant = monde.poste
    poste = replace(
        avant,
        store=ouvrir_store(deplacer(avant.store.chemin)),
        parametrage=deplacer(avant.parametrage),
        racines=(dossier,),
    )
    return replace(monde, poste=poste, dossier=dossier, pdf=deplacer(monde.pdf))


def _remettre(poste: Poste, numero: str, pdf: Path) -> tuple[controle.Decidee, int, FichierExamine]:
    """Give and validate all pieces, refuse the first; returns the refusal, the id of another piece, the file given."""
    pieces = justificatifs.lister(poste, numero, 1).pieces
    fichier = justificatifs.deposer(poste, numero, 1, pieces[0].id, pdf)
    for piece in pieces[1:]:
        justificatifs.donner(poste, numero, 1, piece.id, fichier)
    for groupe in justificatifs.lister(poste, numero, 1).groupes:
        justificatifs.valider(poste, numero, 1, {piece.id: piece.revision for piece in groupe.pieces})
    vues = justificatifs.lister(poste, numero, 1).pieces
    refusee = controle.decider(poste, vues[0].id, vues[0].revision, Decision(ActePiece.REFUSER, "floue"))
    return refusee, vues[1].id, fichier


def _cle(numero: str) -> CleBrouillon:
    return brouillons.cle_nouvelle(numero, "BCP", "2024", GUYANE)


Appel = Callable[[Monde, Poste, int], object]


@dataclass(frozen=True)
class Ligne:
    """The right of an acte. `ici`: the dossier must be within reach; `ecole`: within a school's too.

    `ensuite` are other refusals that an allowed caller may meet, because another caller did the acte before.
    """

    droit: Droit
    appel: Appel
    ici: bool = True
    ecole: bool = True
    ensuite: frozenset[str] = frozenset()
    systeme: bool = False


def _deposer(m: Monde, p: Poste, _: int) -> object:
    return justificatifs.deposer(p, m.numero, 1, m.refusee.justificatif, m.dossier / "absent")


def _decider(m: Monde, p: Poste, _: int) -> object:
    revision = une(m.poste, "SELECT revision FROM justificatif WHERE id = ?", m.validee)
    return controle.decider(p, m.validee, revision, Decision(ActePiece.REFUSER, "floue"))


def _arrivee(m: Monde) -> reception.Arrivee:
    return reception.Arrivee("", reception.Issue.RECUE, "", suivis=(m.refusee.suivi,))


def _fenetre(_: Monde, p: Poste, rang: int) -> object:
    bornes = {"ouverture": datetime.fromisoformat(f"2028-01-{rang + 1:02d}"), "fermeture": _FERMETURE}
    return service.definir_fenetre(p, examen="BCP", session="2028", academie="Guyane", **bornes)


def _fichier(m: Monde, p: Poste, rang: int) -> object:
    chemin = m.dossier / f"{rang}.toml"
    service_, champs = '[service]\nexamen = "BCP"\nsession = "2024"\nacademie = "Guyane"\n', personne(200 + rang)
    lignes_ = "".join(f'"{champ}" = "{texte}"\n' for champ, texte in champs.items())
    chemin.write_text(lignes_ + service_, encoding="utf-8")
    return fichiers.inscrire_fichier(p, chemin)


_SUR = Droit.CONSULTER
_PARMI = Droit.PARCOURIR
_ATTENTES = frozenset({"controle.etablissement"})  # queues belong to the office, not to a school
TABLE: dict[str, Ligne] = {
    "candidatures.fiche": Ligne(_SUR, lambda m, p, _: candidatures.fiche(p, m.numero, 1)),
    "candidatures.contenu_de_la_version": Ligne(
        _SUR, lambda m, p, _: candidatures.contenu_de_la_version(p, m.numero, 1, 1)
    ),
    "candidatures.ce_qui_a_change": Ligne(_SUR, lambda m, p, _: candidatures.ce_qui_a_change(p, m.numero, 1, 1, 1)),
    "candidatures.lister": Ligne(_PARMI, lambda _m, p, _: list(candidatures.lister(p, {})), ici=False),
    "candidatures.preparer_la_modification": Ligne(
        Droit.INSCRIRE, lambda m, p, _: candidatures.preparer_la_modification(p, m.numero, 1)
    ),
    "candidatures.voisines": Ligne(Droit.INSCRIRE, lambda m, p, _: candidatures.voisines(p, m.numero, "BCP", "2024")),
    "consultation.cartes": Ligne(_SUR, lambda m, p, _: consultation.cartes(p, m.candidat)),
    "identite.saisie_du_compte": Ligne(_SUR, lambda m, p, _: identite.saisie_du_compte(p, m.candidat)),
    "documents.lister": Ligne(_SUR, lambda m, p, _: documents.lister(p, m.numero, 1)),
    "documents.trouver": Ligne(_SUR, lambda m, p, _: documents.trouver(p, m.numero, 1)),
    "documents.ouvrir": Ligne(_SUR, lambda m, p, _: documents.ouvrir(p, m.publie.id)),
    "copies.visibles": Ligne(_SUR, lambda m, p, _: copies.visibles(p, m.fiche)),
    "copies.ouvrir": Ligne(_SUR, lambda m, p, _: copies.ouvrir(p, m.fiche, m.publie)),
    "copies.enregistrer": Ligne(
        _SUR, lambda m, p, _: copies.enregistrer(p, m.fiche, m.publie, m.dossier, remplacer=True)
    ),
    "copies.imprimer": Ligne(_SUR, lambda m, p, _: copies.imprimer(p, m.fiche, m.publie)),
    "copies.lire_le_depot": Ligne(
        _PARMI, lambda m, p, _: copies.lire_le_depot(p, m.validee, 2), ensuite=frozenset({"depot.absent"})
    ),
    "copies.imprimer_le_depot": Ligne(
        _PARMI, lambda m, p, _: copies.imprimer_le_depot(p, m.validee, 2), ensuite=frozenset({"depot.absent"})
    ),
    "authentification.verifier_fichier": Ligne(
        Droit.VERIFIER, lambda m, p, _: authentification.verifier_fichier(p, m.pdf)
    ),
    "authentification.verifier_reference": Ligne(
        Droit.VERIFIER, lambda m, p, _: authentification.verifier_reference(p, _reference(m))
    ),
    "courrier.consulter": Ligne(_SUR, lambda m, p, _: courrier.consulter(p, m.numero)),
    "courrier.lister": Ligne(_SUR, lambda _m, p, _: courrier.lister(p, "1948418953@mail.fr")),
    "courrier.ecrire": Ligne(Droit.COURRIER, lambda m, p, _: courrier.ecrire(p, m.numero, "Objet", "Texte")),
    "courrier.lire": Ligne(Droit.COURRIER, lambda _m, p, _: courrier.lire(p, "1948418953@mail.fr")),
    "courrier.marquer_lu": Ligne(Droit.COURRIER, lambda m, p, _: courrier.marquer_lu(p, m.numero, 1)),
    "inscription.enregistrer": Ligne(
        Droit.INSCRIRE, lambda _m, p, rang: inscription.enregistrer(p, demande(personne(100 + rang)))
    ),
    "inscription.fautes_du_formulaire": Ligne(
        Droit.INSCRIRE, lambda _m, p, _: inscription.fautes_du_formulaire(p, demande({})), ici=False
    ),
    "fichiers.inscrire_fichier": Ligne(Droit.INSCRIRE, _fichier),
    "brouillons.garder": Ligne(
        Droit.INSCRIRE,
        lambda m, p, _: brouillons.garder(p, _cle(m.numero), {}, onglet="", focus="", ecran="un"),
        ecole=False,
    ),
    "brouillons.reprendre": Ligne(
        Droit.INSCRIRE, lambda m, p, _: brouillons.reprendre(p, _cle(m.numero), set()), ecole=False
    ),
    "brouillons.prendre_la_main": Ligne(
        Droit.INSCRIRE, lambda m, p, _: brouillons.prendre_la_main(p, _cle(m.numero), "un"), ecole=False
    ),
    "brouillons.rendre_la_main": Ligne(
        Droit.INSCRIRE, lambda m, p, _: brouillons.rendre_la_main(p, _cle(m.numero), "un"), ecole=False
    ),
    "brouillons.lister": Ligne(Droit.INSCRIRE, lambda m, p, _: brouillons.lister(p, m.numero)),
    "brouillons.abandonner": Ligne(
        Droit.INSCRIRE, lambda m, p, _: brouillons.abandonner(p, _cle(m.numero)), ecole=False
    ),
    "justificatifs.lister": Ligne(_SUR, lambda m, p, _: justificatifs.lister(p, m.numero, 1)),
    "justificatifs.ouvrir_le_depot": Ligne(
        _SUR, lambda m, p, _: justificatifs.ouvrir_le_depot(p, m.numero, 1, 1), ensuite=frozenset({"depot.absent"})
    ),
    "justificatifs.deposer": Ligne(Droit.INSCRIRE, _deposer, ensuite=frozenset({"piece.absent"})),
    "manques.ou_en_est": Ligne(_SUR, lambda m, p, _: manques.ou_en_est(p, m.numero, 1)),
    "justificatifs.examiner_pour": Ligne(
        Droit.INSCRIRE,
        lambda m, p, _: justificatifs.examiner_pour(p, m.numero, 1, m.dossier / "absent"),
        ensuite=frozenset({"piece.absent"}),
    ),
    "justificatifs.donner": Ligne(
        Droit.INSCRIRE, lambda m, p, _: justificatifs.donner(p, m.numero, 1, m.refusee.justificatif, m.fichier)
    ),
    "justificatifs.retirer": Ligne(
        Droit.INSCRIRE,
        lambda m, p, _: justificatifs.retirer(p, m.numero, 1, m.refusee.justificatif),
        ensuite=frozenset({"justificatif.vide"}),
    ),
    "justificatifs.valider": Ligne(
        Droit.INSCRIRE,
        lambda m, p, _: justificatifs.valider(p, m.numero, 1, {}),
        ensuite=frozenset({"justificatif.change"}),
    ),
    "controle.ouvrir": Ligne(_PARMI, lambda m, p, _: controle.ouvrir(p, m.validee)),
    "controle.preparer": Ligne(_PARMI, lambda m, p, _: controle.preparer(p, m.validee)),
    "controle.octets": Ligne(
        _PARMI, lambda m, p, _: controle.octets(p, m.validee, 2), ensuite=frozenset({"depot.absent"})
    ),
    "controle.decider": Ligne(Droit.CONTROLER, _decider, ensuite=frozenset({"justificatif.pas_validee"})),
    "controle.annuler": Ligne(
        Droit.CONTROLER,
        lambda m, p, _: controle.annuler(p, m.refusee.suivi),
        ensuite=frozenset({"controle.annulation"}),
    ),
    "controle.rouvrir_le_groupe": Ligne(
        Droit.CONTROLER,
        lambda m, p, _: controle.rouvrir_le_groupe(p, {m.refusee.justificatif: 0}, Decision(ActePiece.REOUVRIR)),
        ensuite=frozenset({"controle.deja_decidee"}),
    ),
    "controle.compteurs": Ligne(_PARMI, lambda _m, p, _: controle.compteurs(p), ici=False),
    # In a list of numbers, those out of reach are reported one by one.
    "reception.recevoir": Ligne(Droit.CONTROLER, lambda _m, p, _: list(reception.recevoir(p, ["rien"])), ici=False),
    "reception.annuler": Ligne(
        Droit.CONTROLER, lambda m, p, _: reception.annuler(p, _arrivee(m)), ensuite=frozenset({"controle.annulation"})
    ),
    "relances.apercevoir": Ligne(Droit.RELANCER, lambda _m, p, _: list(relances.apercevoir(p, INCOMPLETS))),
    "relances.commencer": Ligne(Droit.RELANCER, lambda _m, p, _: relances.commencer(p, INCOMPLETS)),
    "relances.lister": Ligne(Droit.RELANCER, lambda _m, p, _: relances.lister(p), ici=False),
    "relances.services": Ligne(Droit.RELANCER, lambda _m, p, _: relances.services(p), ici=False),
    "relances.voir": Ligne(Droit.RELANCER, lambda m, p, _: relances.voir(p, m.lot)),
    "relances.avancer": Ligne(Droit.RELANCER, lambda m, p, _: list(relances.avancer(p, m.lot))),
    "relances.abandonner": Ligne(Droit.RELANCER, lambda m, p, _: relances.abandonner(p, m.lot)),
    "tirage.tirer": Ligne(Droit.RELANCER, lambda m, p, _: list(tirage.tirer(p, m.lot_a_tirer, m.dossier))),
    "recherche.chercher": Ligne(_PARMI, lambda m, p, _: recherche.chercher(p, m.numero), ici=False),
    "attentes.attentes": Ligne(
        _PARMI, lambda _m, p, _: attentes.attentes(p), ici=False, ecole=False, ensuite=_ATTENTES
    ),
    "attentes.compter": Ligne(
        _PARMI, lambda _m, p, _: attentes.compter(p, Filtre(academie=GUYANE)), ecole=False, ensuite=_ATTENTES
    ),
    "attentes.attente": Ligne(
        _PARMI, lambda _m, p, _: attentes.attente(p, Filtre(academie=GUYANE)), ecole=False, ensuite=_ATTENTES
    ),
    "attentes.affecter": Ligne(
        Droit.CONTROLER, lambda _m, p, _: attentes.affecter(p, Filtre(academie=GUYANE), "gestionnaire", 1)
    ),
    "attentes.rendre": Ligne(Droit.CONTROLER, lambda _m, p, _: attentes.rendre(p, Filtre(academie=GUYANE))),
    "attentes_gardees.gardees": Ligne(
        _PARMI, lambda _m, p, _: attentes_gardees.gardees(p), ici=False, ecole=False, ensuite=_ATTENTES
    ),
    "attentes_gardees.garder": Ligne(
        _PARMI,
        lambda _m, p, _: attentes_gardees.garder(p, "à moi", Filtre(academie=GUYANE)),
        ecole=False,
        ensuite=_ATTENTES,
    ),
    "attentes_gardees.retirer": Ligne(
        _PARMI,
        lambda _m, p, _: attentes_gardees.retirer(p, "à moi"),
        ici=False,
        ecole=False,
        ensuite=_ATTENTES | {"file.inconnue"},
    ),
    "comptes.creer": Ligne(Droit.COMPTES, lambda _m, p, rang: comptes.creer(p, saisie_de(300 + rang)), ici=False),
    "comptes.renvoyer": Ligne(Droit.COMPTES, lambda _m, p, _: comptes.renvoyer(p, email_de(7)), ici=False),
    "comptes.activer_sur_piece": Ligne(
        Droit.COMPTES,
        lambda _m, p, _: comptes.activer_sur_piece(p, email_de(7)),
        ici=False,
        ensuite=frozenset({"compte.aucun_en_attente"}),
    ),
    "service.definir": Ligne(
        Droit.REGLER,
        lambda _m, p, _: service.definir(p, Selection(examen="BCP", academie=GUYANE), {"preinscription": False}),
    ),
    "service.definir_fenetre": Ligne(Droit.REGLER, _fenetre),
    "fichiers_pris.accepter": Ligne(Droit.ENTRETENIR, lambda _m, p, _: fichiers_pris.accepter(p), ici=False),
    "entretien.ajouter_une_plage": Ligne(
        Droit.ENTRETENIR,
        lambda _m, p, _: entretien.ajouter_une_plage(p, "10000000-10000009"),
        ici=False,
        ensuite=frozenset({"plage.formation"}),
    ),
    "entretien.accepter_l_horloge": Ligne(
        Droit.ENTRETENIR, lambda _m, p, _: entretien.accepter_l_horloge(p, "pile changée"), ici=False
    ),
    "entretien.reprendre": Ligne(
        Droit.ENTRETENIR, lambda _m, p, _: entretien.reprendre(p, "sauvegarde remise"), ici=False
    ),
    "cle.definir": Ligne(
        Droit.ENTRETENIR,
        lambda _m, p, _: cle.definir(p, lambda: CLE, premiere=False),
        ici=False,
        ensuite=frozenset({"cle.aucune"}),
    ),
    "entretien.sauvegarder": Ligne(
        Droit.ENTRETENIR, lambda m, p, rang: entretien.sauvegarder(p, m.dossier / f"s{rang}"), ici=False, systeme=True
    ),
    "agents.lister": Ligne(Droit.AGENTS, lambda _m, p, _: agents.lister(p), ici=False),
    "agents.ajouter": Ligne(
        Droit.AGENTS, lambda _m, p, rang: agents.ajouter(p, f"n.{rang}", "N.", Role.AUDITEUR, (), "", SESAME), ici=False
    ),
    "agents.desactiver": Ligne(Droit.AGENTS, lambda _m, p, _: agents.desactiver(p, NOUVEAU), ici=False),
    "agents.reactiver": Ligne(Droit.AGENTS, lambda _m, p, _: agents.reactiver(p, PARTI), ici=False),
    "agents.changer_le_mot_de_passe": Ligne(
        Droit.AGENTS, lambda _m, p, _: agents.changer_le_mot_de_passe(p, NOUVEAU, SESAME), ici=False
    ),
    "recevabilite.ecarter": Ligne(
        Droit.ECARTER,
        lambda m, p, _: recevabilite.ecarter(p, m.numero, 1, "âge"),
        ensuite=frozenset({"etat.transition"}),
    ),
    "candidatures.desinscrire": Ligne(
        Droit.DESINSCRIRE,
        lambda m, p, _: candidatures.desinscrire(p, m.numero, 1),
        ensuite=frozenset({"etat.transition"}),
    ),
}

# Actes that anybody may do, and why.
LIBRES = {
    "etats.essayer": "the rule alone, of a row already reached",
    "anciennes.demander_aux_anciennes": "the store does it by itself after a migration",
    "dossier_de_reglages.permettre": "asks for the right itself, if the settings folder is not the store's",
    "dossier_de_reglages.tenir_a": "narrows what this machine goes by",
    "fichiers_pris.fautes": "says which settings files changed, and nothing of anybody",
    "entretien.migration_a_finir": "whether there is work left, and nothing of anybody",
    "agents.connecter": "who is logged in by it is nobody yet",
    "comptes.activer": "the code of the message is the right",
    "comptes.connecter": "the password is the right",
    "comptes.effacer_les_comptes_expires": "the store does it by itself when 48 hours have passed",
    "consultation.offre": "public",
    "consultation.services": "public",
    "controle.motifs": "public words of the settings",
    "copies.racines": "the folders of this machine",
    "copies.refus_du_recapitulatif": "judges a fiche that one holds",
    "copies.reste_apres_la_cloture": "judges a fiche that one holds",
    "documents.rendre_les_manquants": "the store finishes what a crash left; nobody sees it",
    "cle.verifier": "says whether the key opens the store, and nothing of anybody",
    "entretien.verifier": "says whether the store is sound, and nothing of anybody",
    "entretien.dire_l_horloge": "the hour of this machine and that of the last acte",
    "entretien.reperer": "where the journal stands, and digests",
    "entretien.travail_depuis": "counts, and nothing of anybody",
    "tableau.lire": "each agent's own home: its parts that tell of dossiers ask for the right",
    "formation.de_formation": "whether the store is for training, which every page says",
    "tableau.sans_agent": "whether anybody can log in yet",
    "reception.pieces_par_la_poste": "public words of the settings",
    "reception.trouver_la_piece": "public words of the settings",
    "brouillons.nouvel_ecran": "the id of a screen of this machine",
    "fichiers.demande_de": "reads a file, not the store",
}


def _reference(monde: Monde) -> str:
    """The reference on the paper: numbers, version, beginning of the digest."""
    from cyclades_tui.domaine.reference import reference_de

    return reference_de(monde.fiche.contenu).code

"""The Typer commands: parse, call an acte, print. Everything heavy is imported by the command that needs it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cyclades_tui.cli.commandes.agent import app as agent
from cyclades_tui.cli.commandes.candidature import app as candidature
from cyclades_tui.cli.commandes.controle import app as controle
from cyclades_tui.cli.commandes.document import app as document
from cyclades_tui.cli.commandes.justificatif import app as justificatif
from cyclades_tui.cli.francais import Commande, GroupeDeCommandes
from cyclades_tui.domaine.texte import denombrer

if TYPE_CHECKING:
    from cyclades_tui.poste import ReglagesDuPoste

app = typer.Typer(
    name="cyclades",
    help="Inscription aux examens, sans réseau.",
    cls=GroupeDeCommandes,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
service = typer.Typer(
    cls=GroupeDeCommandes, help="Services d'inscription : fenêtres, contacts, réglages.", no_args_is_help=True
)
referentiel = typer.Typer(
    cls=GroupeDeCommandes, help="Diplômes, réglages et textes : leurs fichiers.", no_args_is_help=True
)
compte = typer.Typer(cls=GroupeDeCommandes, help="Comptes des candidats.", no_args_is_help=True)
courrier = typer.Typer(cls=GroupeDeCommandes, help="Messages aux candidats.", no_args_is_help=True)
app.add_typer(service, name="service")
app.add_typer(referentiel, name="referentiel")
app.add_typer(candidature, name="candidature")
app.add_typer(document, name="document")
justificatif.add_typer(controle)
app.add_typer(justificatif, name="justificatif")
app.add_typer(compte, name="compte")
app.add_typer(courrier, name="courrier")
app.add_typer(agent, name="agent")


@app.callback()
def _options(
    contexte: typer.Context,
    store: Annotated[
        Path | None,
        typer.Option(help="Dossier du store (sinon CYCLADES_STORE, cyclades.toml, dossier de l'utilisateur)."),
    ] = None,
    parametrage: Annotated[
        Path | None, typer.Option(help="Dossier du paramétrage local (par défaut à côté du store).")
    ] = None,
    agent: Annotated[
        str | None, typer.Option(help="Qui agit (sinon CYCLADES_AGENT) ; son mot de passe est demandé.")
    ] = None,
) -> None:
    contexte.obj = (store, parametrage, agent)


def _reglages(contexte: typer.Context) -> ReglagesDuPoste:
    from cyclades_tui.poste import lire_reglages

    return lire_reglages(*contexte.obj)


@app.command(cls=Commande)
def init(
    contexte: typer.Context,
    plage: Annotated[
        str | None, typer.Option(help="Huit derniers chiffres des N° candidat, DEBUT-FIN, donnés par le rectorat.")
    ] = None,
) -> None:
    """Créer le store, ou ajouter une plage de numéros à un store qui existe."""
    from cyclades_tui.actes.reglages.entretien import ajouter_une_plage, initialiser
    from cyclades_tui.cli.corps.connexion import poste_de

    reglages = _reglages(contexte)
    if reglages.agent and plage is not None:
        with poste_de(reglages) as poste:
            typer.echo(ajouter_une_plage(poste, plage))
    else:
        typer.echo(initialiser(reglages, plage))


@app.command(cls=Commande)
def verifier(
    contexte: typer.Context,
    tete: Annotated[
        str | None, typer.Option(help="Tête du journal notée ailleurs, SEQ:HACHAGE, pour trouver une fin coupée.")
    ] = None,
) -> None:
    """Vérifier le journal, le store et les fichiers ; code de sortie 1 s'il y a une faute."""
    from cyclades_tui.actes.reglages.entretien import verifier as verifier_le_store
    from cyclades_tui.cli.corps.connexion import poste_de

    with poste_de(_reglages(contexte)) as poste:
        bilan = verifier_le_store(poste, tete)
    for faute in bilan.fautes:
        typer.echo(f"× {faute}")
    for information in bilan.informations:
        typer.echo(f"i {information}")
    typer.echo(f"Tête du journal : {bilan.tete}")
    if bilan.fautes:
        typer.echo(f"× {denombrer(len(bilan.fautes), 'faute')}.")
        raise typer.Exit(1)
    typer.echo("√ Le store est sain.")


@app.command(cls=Commande)
def sauvegarder(
    contexte: typer.Context,
    destination: Annotated[Path, typer.Argument(help="Dossier qui reçoit la sauvegarde.")],
) -> None:
    """Copier le store pendant qu'il sert, puis vérifier la copie."""
    from cyclades_tui.actes.reglages.entretien import sauvegarder as sauvegarder_le_store
    from cyclades_tui.cli.corps.connexion import poste_de

    with poste_de(_reglages(contexte)) as poste:
        chemin = sauvegarder_le_store(poste, destination)
    typer.echo(f"√ Sauvegarde faite et vérifiée : {chemin}")


@app.command(cls=Commande)
def inscrire(
    contexte: typer.Context,
    fichiers: Annotated[list[Path] | None, typer.Argument(help="Fichiers de candidature, en TOML.")] = None,
    pdf: Annotated[Path | None, typer.Option(help="Dossier où copier les récapitulatifs.")] = None,
    texte: Annotated[
        bool, typer.Option("--texte", help="Écrire aussi chaque récapitulatif en texte, à côté du PDF ou à l'écran.")
    ] = False,
    en_json: Annotated[bool, typer.Option("--json", help="Écrire le résultat en JSON.")] = False,
    simuler: Annotated[bool, typer.Option("--simuler", help="Tout vérifier, ne rien écrire.")] = False,
    modele: Annotated[str | None, typer.Option(help="Écrire un modèle de fichier commenté, par exemple bcp.")] = None,
    schema: Annotated[str | None, typer.Option(help="Écrire le schéma JSON des fichiers, par exemple bcp.")] = None,
) -> None:
    """Inscrire les candidatures de fichiers TOML et rendre leurs récapitulatifs ; code 2 si un fichier est refusé."""
    from cyclades_tui.cli.corps import inscription as commande

    reglages = _reglages(contexte)
    if modele or schema:
        typer.echo(commande.modele(reglages, modele) if modele else commande.schema(reglages, schema or ""), nl=False)
        return
    if not fichiers:
        typer.echo("Donnez au moins un fichier de candidature. Un modèle : cyclades inscrire --modele bcp.", err=True)
        raise typer.Exit(2)
    sortie = commande.Sortie(pdf, texte=texte, en_json=en_json, simuler=simuler)
    raise typer.Exit(commande.inscrire(reglages, fichiers, sortie))


@app.command(cls=Commande)
def borne(contexte: typer.Context) -> None:
    """Tenir la borne des candidats dans ce terminal : comptes, inscriptions."""
    from cyclades_tui.cli.corps.borne import tenir

    raise typer.Exit(tenir(lambda: _reglages(contexte)))


@app.command(cls=Commande)
def guichet(
    contexte: typer.Context,
    agent: Annotated[str | None, typer.Option(help="Identifiant écrit d'avance ; le mot de passe se tape.")] = None,
) -> None:
    """Tenir le guichet des agents dans ce terminal : recherche, dossiers, contrôle des justificatifs."""
    from cyclades_tui.cli.corps.guichet import tenir

    raise typer.Exit(tenir(lambda: _reglages(contexte), agent or contexte.obj[2] or ""))


@app.command("demo", cls=Commande)
def demonstration(
    dossier: Annotated[
        Path, typer.Argument(help="Dossier à créer ; une démonstration précédente y est refaite.")
    ] = Path("build/demo"),
    sans_borne: Annotated[bool, typer.Option("--sans-borne", help="Ne pas ouvrir la borne à la fin.")] = False,
    dossiers: Annotated[int, typer.Option(help="Dossiers dont les pièces sont à contrôler.", min=0, max=1000)] = 60,
) -> None:
    """Faire un store de démonstration : fenêtres, candidatures, pièces, comptes et agents fictifs ; puis la borne."""
    from cyclades_tui.cli.corps.demo import demontrer

    raise typer.Exit(demontrer(dossier, sans_borne=sans_borne, dossiers=dossiers))


_EXAMEN = Annotated[str, typer.Argument(help="Code de l'examen, par exemple BCP ; - pour tous.")]
_SESSION = Annotated[str, typer.Argument(help="Session, par exemple 2027 ; - pour toutes.")]
_ACADEMIE = Annotated[str, typer.Argument(help="Nom ou code de l'académie ; - pour toutes.")]
_SECTEUR = Annotated[str, typer.Option(help="Secteur de la spécialité, qui choisit un contact.")]


@service.command("lister", cls=Commande)
def lister_les_services(
    contexte: typer.Context,
    examen: Annotated[str, typer.Option(help="Seulement cet examen.")] = "",
    session: Annotated[str, typer.Option(help="Seulement cette session.")] = "",
    academie: Annotated[str, typer.Option(help="Seulement cette académie.")] = "",
    en_json: Annotated[bool, typer.Option("--json", help="Écrire le résultat en JSON.")] = False,
) -> None:
    """Lister les services qui ont une fenêtre d'inscription, avec leur état maintenant."""
    from cyclades_tui.cli.corps import service as commande

    commande.lister(_reglages(contexte), examen, session, academie, en_json=en_json)


@service.command(cls=Commande)
def voir(
    contexte: typer.Context,
    examen: _EXAMEN,
    session: _SESSION,
    academie: _ACADEMIE,
    secteur: _SECTEUR = "",
    en_json: Annotated[bool, typer.Option("--json", help="Écrire le résultat en JSON, textes entiers.")] = False,
) -> None:
    """Montrer chaque réglage d'un service, et le fichier d'où vient sa valeur."""
    from cyclades_tui.cli.corps import service as commande

    commande.voir(_reglages(contexte), examen, session, academie, secteur, en_json=en_json)


@service.command(cls=Commande)
def definir(
    contexte: typer.Context,
    examen: _EXAMEN,
    session: _SESSION,
    academie: _ACADEMIE,
    valeurs: Annotated[
        list[str] | None, typer.Argument(help="CLE=VALEUR, par exemple depot_avant=2026-12-20.", show_default=False)
    ] = None,
    ouverture: Annotated[str | None, typer.Option(help="Ouverture, heure de Paris : 2026-10-15T08:00.")] = None,
    fermeture: Annotated[str | None, typer.Option(help="Fermeture, heure de Paris, exclue : 2026-12-13T23:59.")] = None,
    secteur: _SECTEUR = "",
    retirer: Annotated[list[str] | None, typer.Option(help="Clé à retirer du paramétrage local.")] = None,
) -> None:
    """Écrire une fenêtre ou un autre réglage dans le paramétrage local ; le journal en garde la trace."""
    from cyclades_tui.cli.corps import service as commande

    bornes = {"ouverture": ouverture, "fermeture": fermeture}
    options = [f"{cle}={texte}" for cle, texte in bornes.items() if texte is not None]
    textes = [*(valeurs or ()), *options]
    commande.definir(_reglages(contexte), examen, session, academie, secteur, textes, retirer or ())


@referentiel.command("verifier", cls=Commande)
def verifier_le_referentiel(
    contexte: typer.Context,
    dossier: Annotated[
        Path | None, typer.Argument(help="Dossier de paramétrage ; sans lui, celui de ce poste.", show_default=False)
    ] = None,
) -> None:
    """Vérifier les données livrées et le paramétrage ; code de sortie 1 s'il y a une faute."""
    from cyclades_tui.cli.corps import referentiel as commande

    raise typer.Exit(commande.verifier(_reglages(contexte), dossier))


@referentiel.command("lister", cls=Commande)
def lister_les_diplomes(
    contexte: typer.Context,
    examen: Annotated[str, typer.Option(help="Seulement cet examen.")] = "",
    en_json: Annotated[bool, typer.Option("--json", help="Écrire le résultat en JSON.")] = False,
) -> None:
    """Lister les diplômes, et dire pourquoi un diplôme est fermé."""
    from cyclades_tui.cli.corps import referentiel as commande

    commande.lister(_reglages(contexte), examen, en_json=en_json)


@compte.command(cls=Commande)
def activer(
    contexte: typer.Context,
    adresse: Annotated[str, typer.Argument(help="Adresse mail du compte.")],
    piece_vue: Annotated[
        bool, typer.Option("--piece-vue", help="Vous avez vu la pièce d'identité : le journal le garde.")
    ] = False,
    en_json: Annotated[bool, typer.Option("--json", help="Écrire le résultat en JSON.")] = False,
) -> None:
    """Activer un compte sans son code, sur présentation d'une pièce d'identité."""
    from cyclades_tui.cli.corps.compte import activer as activer_le_compte

    activer_le_compte(_reglages(contexte), adresse, piece_vue=piece_vue, en_json=en_json)


@courrier.command(cls=Commande)
def ecrire(
    contexte: typer.Context,
    candidat: Annotated[str, typer.Argument(help="N° candidat, onze chiffres.")],
    objet: Annotated[str, typer.Argument(help="Objet du message.")],
    texte: Annotated[str, typer.Argument(help="Texte du message ; - pour le lire sur l'entrée.")],
) -> None:
    """Écrire à un candidat, qui le lit dans « Consulter mes messages » ; le journal en garde trace."""
    from cyclades_tui.cli.corps.courrier import envoyer

    envoyer(_reglages(contexte), candidat, objet, texte)


@courrier.command(cls=Commande)
def lire(
    contexte: typer.Context,
    adresse: Annotated[str, typer.Argument(help="Adresse mail du candidat.")],
    en_json: Annotated[bool, typer.Option("--json", help="Écrire les messages en JSON.")] = False,
) -> None:
    """Lire les messages d'un candidat, avec le code d'activation tant qu'il est valable ; le journal en garde trace."""
    from cyclades_tui.cli.corps.courrier import afficher

    afficher(_reglages(contexte), adresse, en_json=en_json)

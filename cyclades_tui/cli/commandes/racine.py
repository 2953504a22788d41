"""The commands of `cyclades` itself; each imports what it needs, because imports are slow."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cyclades_tui.cli.commandes.agent import app as agent
from cyclades_tui.cli.commandes.candidature import app as candidature
from cyclades_tui.cli.commandes.cle import app as cle
from cyclades_tui.cli.commandes.commun import Chiffrer, EnJson, reglages
from cyclades_tui.cli.commandes.compte import app as compte
from cyclades_tui.cli.commandes.controle import app as controle
from cyclades_tui.cli.commandes.courrier import app as courrier
from cyclades_tui.cli.commandes.document import app as document
from cyclades_tui.cli.commandes.justificatif import app as justificatif
from cyclades_tui.cli.commandes.referentiel import app as referentiel
from cyclades_tui.cli.commandes.service import app as service
from cyclades_tui.cli.francais import Commande, GroupeDeCommandes
from cyclades_tui.domaine.texte import denombrer

app = typer.Typer(
    name="cyclades",
    help="Inscription aux examens, sans réseau.",
    cls=GroupeDeCommandes,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(service, name="service")
app.add_typer(referentiel, name="referentiel")
app.add_typer(candidature, name="candidature")
app.add_typer(document, name="document")
justificatif.add_typer(controle)
app.add_typer(justificatif, name="justificatif")
app.add_typer(compte, name="compte")
app.add_typer(courrier, name="courrier")
app.add_typer(agent, name="agent")
app.add_typer(cle, name="cle")


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

    lus = reglages(contexte)
    if lus.agent and plage is not None:
        with poste_de(lus) as poste:
            typer.echo(ajouter_une_plage(poste, plage))
    else:
        typer.echo(initialiser(lus, plage))


@app.command(cls=Commande)
def verifier(
    contexte: typer.Context,
    tete: Annotated[
        str | None, typer.Option(help="Tête du journal notée ailleurs, SEQ:HACHAGE, pour trouver une fin coupée.")
    ] = None,
    reprendre: Annotated[
        str | None,
        typer.Option(help="Motif d'un administrateur qui a remis une sauvegarde exprès : les têtes qu'elle n'a pas."),
    ] = None,
) -> None:
    """Vérifier le journal, le store et les fichiers ; code de sortie 1 s'il y a une faute."""
    from cyclades_tui.actes.reglages.entretien import reprendre as reprendre_le_store
    from cyclades_tui.actes.reglages.entretien import verifier as verifier_le_store
    from cyclades_tui.cli.corps.connexion import poste_de

    with poste_de(reglages(contexte), secours=True) as poste:
        if reprendre is not None:
            typer.echo(reprendre_le_store(poste, reprendre))
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

    with poste_de(reglages(contexte), secours=True) as poste:
        chemin = sauvegarder_le_store(poste, destination)
    typer.echo(f"√ Sauvegarde faite et vérifiée : {chemin}")


@app.command(cls=Commande)
def horloge(
    contexte: typer.Context,
    motif: Annotated[
        str | None, typer.Option(help="Pourquoi l'heure de cette machine est la bonne ; les actes reprennent.")
    ] = None,
) -> None:
    """Comparer l'heure de cette machine au dernier acte ; un administrateur l'accepte avec un motif."""
    from cyclades_tui.actes.reglages.entretien import accepter_l_horloge, dire_l_horloge
    from cyclades_tui.cli.corps.connexion import poste_de

    with poste_de(reglages(contexte)) as poste:
        if motif is not None:
            typer.echo(accepter_l_horloge(poste, motif))
            return
        etat, faute = dire_l_horloge(poste)
    typer.echo(etat)
    if faute is not None:
        typer.echo(f"× {faute}")
        raise typer.Exit(1)


@app.command(cls=Commande)
def inscrire(
    contexte: typer.Context,
    fichiers: Annotated[list[Path] | None, typer.Argument(help="Fichiers de candidature, en TOML.")] = None,
    pdf: Annotated[Path | None, typer.Option(help="Dossier où copier les récapitulatifs.")] = None,
    texte: Annotated[
        bool, typer.Option("--texte", help="Écrire aussi chaque récapitulatif en texte, à côté du PDF ou à l'écran.")
    ] = False,
    en_json: EnJson = False,
    chiffrer: Chiffrer = False,
    simuler: Annotated[bool, typer.Option("--simuler", help="Tout vérifier, ne rien écrire.")] = False,
    modele: Annotated[str | None, typer.Option(help="Écrire un modèle de fichier commenté, par exemple bcp.")] = None,
    schema: Annotated[str | None, typer.Option(help="Écrire le schéma JSON des fichiers, par exemple bcp.")] = None,
) -> None:
    """Inscrire les candidatures de fichiers TOML et rendre leurs récapitulatifs ; code 2 si un fichier est refusé."""
    from cyclades_tui.cli.corps import inscription as commande

    lus = reglages(contexte)
    if modele or schema:
        typer.echo(commande.modele(lus, modele) if modele else commande.schema(lus, schema or ""), nl=False)
        return
    if not fichiers:
        typer.echo("Donnez au moins un fichier de candidature. Un modèle : cyclades inscrire --modele bcp.", err=True)
        raise typer.Exit(2)
    sortie = commande.Sortie(pdf, texte=texte, en_json=en_json, simuler=simuler, chiffrer=chiffrer)
    raise typer.Exit(commande.inscrire(lus, fichiers, sortie))


@app.command(cls=Commande)
def borne(contexte: typer.Context) -> None:
    """Tenir la borne des candidats dans ce terminal : comptes, inscriptions."""
    from cyclades_tui.cli.corps.borne import tenir

    raise typer.Exit(tenir(lambda: reglages(contexte)))


@app.command(cls=Commande)
def guichet(
    contexte: typer.Context,
    agent: Annotated[str | None, typer.Option(help="Identifiant écrit d'avance ; le mot de passe se tape.")] = None,
) -> None:
    """Tenir le guichet des agents dans ce terminal : recherche, dossiers, contrôle des justificatifs."""
    from cyclades_tui.cli.corps.guichet import tenir

    raise typer.Exit(tenir(lambda: reglages(contexte), agent or contexte.obj[2] or ""))


@app.command("demo", cls=Commande)
def demonstration(
    dossier: Annotated[
        Path,
        typer.Argument(help="Dossier à créer ; une démonstration précédente y est refaite, sauf si on s'en est servi."),
    ] = Path("build/demo"),
    sans_borne: Annotated[bool, typer.Option("--sans-borne", help="Ne pas ouvrir la borne à la fin.")] = False,
    dossiers: Annotated[int, typer.Option(help="Dossiers dont les pièces sont à contrôler.", min=0, max=1000)] = 60,
    refaire: Annotated[bool, typer.Option("--refaire", help="Effacer aussi ce qu'on y a fait, sans demander.")] = False,
) -> None:
    """Faire un store de démonstration : fenêtres, candidatures, pièces, comptes et agents fictifs ; puis la borne."""
    from cyclades_tui.cli.corps.demo import demontrer

    raise typer.Exit(demontrer(dossier, sans_borne=sans_borne, dossiers=dossiers, refaire=refaire))

"""Typer's messages in French: headings and usage in the help, errors in a command line."""

from __future__ import annotations

from functools import partial
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from cyclades_tui.cli.terminal import classe_de_console

_AIDE = "Affiche cette aide."
_TITRES = {
    "ARGUMENTS_PANEL_TITLE": "Arguments",
    "OPTIONS_PANEL_TITLE": "Options",
    "COMMANDS_PANEL_TITLE": "Commandes",
    "REQUIRED_LONG_STRING": "[obligatoire]",
    "DEFAULT_STRING": "[par défaut : {}]",
}
_CONSOLE_DE_TYPER = "Console"  # the name by which it makes its own
# What Typer calls the types of values; a flag takes none.
_NATURES = {
    "<str>": "<texte>",
    "<int>": "<nombre>",
    "<int range>": "<nombre>",
    "<path>": "<chemin>",
    "<file>": "<fichier>",
    "<directory>": "<dossier>",
    "<list[str]>": "<textes>",
    "<list[Path]>": "<chemins>",
    "<bool>": None,
}


class _EnFrancais:
    """French help, for commands and groups; a mixin that must precede Typer's class."""

    def get_help_option(self, ctx: Any) -> Any:
        option: Any = super().get_help_option(ctx)  # type: ignore[misc]  # provided by the class mixed in
        if option is not None:
            option.help = _AIDE
        return option

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        morceaux = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]  # provided by the class mixed in
        dits = " ".join(morceaux).replace("COMMAND [ARGS]", "COMMANDE [ARGUMENTS]")
        formatter.write_usage(ctx.command_path, dits, prefix="Emploi : ")

    def format_help(self, ctx: Any, formatter: Any) -> None:
        from typer import rich_utils

        for nom, titre in _TITRES.items():
            setattr(rich_utils, nom, titre)
        setattr(rich_utils, _CONSOLE_DE_TYPER, classe_de_console())
        for parametre in self.get_params(ctx):  # type: ignore[attr-defined]  # provided by the class mixed in
            parametre.display_type_rich = partial(_nature, parametre)
        super().format_help(ctx, formatter)  # type: ignore[misc]  # provided by the class mixed in


class Commande(_EnFrancais, TyperCommand):
    """A command whose help speaks French."""


class GroupeDeCommandes(_EnFrancais, TyperGroup):
    """A group of commands whose help speaks French."""


def _nature(parametre: Any, ctx: Any) -> str | None:
    """What an argument or an option takes; None for a flag."""
    dite: str = parametre.display_type(ctx)
    return _NATURES.get(dite, dite)


def expliquer(erreur: Exception) -> str | None:
    """What is wrong with a command line, in French; None for any other error."""
    if not hasattr(erreur, "format_message"):
        return None
    if type(erreur).__name__ == "NoArgsIsHelpError":
        return "Dites quoi faire : une des commandes ci-dessus."
    contexte: typer.Context | None = getattr(erreur, "ctx", None)
    aide = f" Aide : {contexte.command_path} --help" if contexte is not None else ""
    return f"{_message(erreur)}{aide}"


def _message(erreur: Any) -> str:
    classe = type(erreur).__name__
    if classe == "NoSuchOption":
        proches = f" Vouliez-vous dire {', '.join(erreur.possibilities)} ?" if erreur.possibilities else ""
        return f"L'option {erreur.option_name} n'existe pas.{proches}"
    if classe == "BadOptionUsage":
        return f"L'option {erreur.option_name} demande une valeur, ou n'en prend pas."
    if classe == "MissingParameter":
        return f"Il manque {_parametre(erreur)}."
    if classe == "BadParameter":
        return f"Valeur refusée pour {_parametre(erreur)}."
    if "No such command" in str(erreur.message):
        return f"Cette commande n'existe pas : {str(erreur.message).split(chr(39))[1]}."
    return f"Argument en trop : {str(erreur.message).rpartition('(')[2].rstrip(').')}."


def _parametre(erreur: Any) -> str:
    parametre = erreur.param
    if parametre is None:
        return "un argument"
    return max(parametre.opts, key=len) if parametre.opts else str(parametre.name)

"""A click group that imports a command's module only when that command is named."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import click

from ui.usage import HELP, JapaneseContext, in_japanese


class LazyGroup(click.Group):
    """A group whose commands are the attribute `command` of the named modules."""

    context_class = JapaneseContext

    def __init__(self, *args: Any, modules: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._modules = modules
        self.options_metavar = "[オプション]"
        self.subcommand_metavar = "コマンド …"

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """--help with a Japanese text."""
        option = super().get_help_option(ctx)
        if option:
            option.help = HELP
        return option

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the mapping."""
        return list(self._modules)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import the module of a command; None when there is no such command."""
        module = self._modules.get(name)
        if module is None:
            return None
        command = importlib.import_module(module).command
        assert isinstance(command, click.Command)
        in_japanese(command, ctx)
        return command

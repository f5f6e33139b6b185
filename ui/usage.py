"""What click says of itself, in Japanese: the frame of its help texts and its complaints."""

from __future__ import annotations

import re
from difflib import get_close_matches

import click

from kb.errors import shown

HELP = "この説明を表示します。"

_SECTIONS = {"Options": "オプション", "Commands": "コマンド"}
_IN_BRACKETS = re.compile(r"\((.*)\)")


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, "使い方: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_SECTIONS.get(heading, heading))


class JapaneseContext(click.Context):
    """The context of a command whose help text is Japanese throughout."""

    formatter_class = _Formatter


def in_japanese(command: click.Command, ctx: click.Context) -> None:
    """Let the help text of `command` be Japanese throughout; `ctx` is its parent's."""
    command.context_class = JapaneseContext
    command.options_metavar = "[オプション]"
    option = command.get_help_option(ctx)
    if option:
        option.help = HELP


def usage_error(error: click.UsageError) -> str:
    """One Japanese sentence for a wrong call."""
    path = error.ctx.command_path if error.ctx else "kb"
    return f"{_complaint(error)}`{path} --help` で使い方を確認してください。"


def _complaint(error: click.UsageError) -> str:
    match error:
        case click.exceptions.NoArgsIsHelpError():
            return f"`{error.ctx.command_path}` の後に続ける語が指定されていません。"
        case click.exceptions.NoSuchCommand():
            near = _near(get_close_matches(error.command_name, _commands(error.ctx)))
            return f"「{shown(error.command_name)}」というコマンドはありません。{near}"
        case click.NoSuchOption():
            near = _near(error.possibilities)
            return f"「{shown(error.option_name)}」というオプションはありません。{near}"
        case click.MissingParameter():
            return f"「{_name(error.param)}」が指定されていません。"
        case click.BadParameter():
            return f"「{_name(error.param)}」の値が使えません。{_allowed(error.param)}"
        case click.BadOptionUsage():
            return f"「{error.option_name}」には値が足りないか、余分な値が付いています。"
        case _ if "extra argument" in error.message:
            extra = _IN_BRACKETS.search(error.message)
            return (
                f"余分な語があります（{extra[1] if extra else ''}）。"
                "空白を含む語は引用符で囲んでください。"
            )
        case _:
            return f"コマンドの使い方が違います（{error.message}）。"


def _commands(ctx: click.Context | None) -> list[str]:
    group = ctx.command if ctx else None
    return group.list_commands(ctx) if ctx and isinstance(group, click.Group) else []


def _near(possibilities: list[str] | None) -> str:
    return f"{'、'.join(possibilities)} のことでしょうか。" if possibilities else ""


def _name(param: click.Parameter | None) -> str:
    """The option as it is typed, the argument as the help text names it."""
    if isinstance(param, click.Option):
        return param.opts[-1]
    return param.human_readable_name if param else ""


def _allowed(param: click.Parameter | None) -> str:
    kind = param.type if param else None
    if isinstance(kind, click.Choice):
        return f"使える値は {'、'.join(map(str, kind.choices))} です。"
    return "整数を指定してください。" if kind is click.INT else ""

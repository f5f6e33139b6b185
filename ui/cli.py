"""The command `kb`. Heavy libraries are imported inside the command that needs them."""

from __future__ import annotations

import gc
import io
import os
import sys

import click

from kb.errors import KbError
from ui.lazy_group import LazyGroup
from ui.usage import usage_error

_COLLECT_EVERY = 500_000

_COMMANDS = {
    "ingest": "ui.commands.ingest",
    "docs": "ui.commands.docs",
    "outline": "ui.commands.outline",
    "show": "ui.commands.show",
    "refs": "ui.commands.refs",
    "search": "ui.commands.search",
    "ask": "ui.commands.ask",
    "compare": "ui.commands.compare",
    "check": "ui.commands.check",
    "status": "ui.commands.status",
    "eval": "ui.commands.evaluate",
    "serve": "ui.commands.serve",
    "mcp": "ui.commands.mcp",
}


def main() -> None:
    """Run the command line: exit 0 done, 2 wrong use or bad input with one line on stderr."""
    # Imports make many objects that live to the end; collecting them again and again takes time.
    gc.set_threshold(_COLLECT_EVERY)
    # Looking for pydantic's plugins reads the metadata of every installed package.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    for stream in (sys.stdout, sys.stderr):
        # Whatever the terminal cannot show must not end a command.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        cli(prog_name="kb", standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        print("中断しました。", file=sys.stderr)
        sys.exit(130)
    except click.exceptions.NoArgsIsHelpError as error:
        print(error.format_message())
        _fail(usage_error(error))
    except click.UsageError as error:
        _fail(usage_error(error))
    except KbError as error:
        _fail(str(error))


def _fail(message: str) -> None:
    line = " ".join(message.split())
    print("エラー: " + "".join(filter(str.isprintable, line)), file=sys.stderr)
    sys.exit(2)


@click.group(
    cls=LazyGroup, modules=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(package_name="kankouju-kb", help="版を表示します。")
def cli() -> None:
    """官公需（中小企業者向け公共調達）の知識ベースとアシスタント。"""


if __name__ == "__main__":
    main()

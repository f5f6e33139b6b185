"""`kb status`."""

from __future__ import annotations

from pathlib import Path

import click

from ui import console
from ui.commands.common import json_option, open_knowledge_base, print_result


@click.command("status")
@json_option
def command(as_json: bool) -> None:
    """知識ベースの世代・件数・健全性を表示します。"""
    from kb.settings import load_settings
    from kb.store import GenerationStore

    home = load_settings().home
    kb = open_knowledge_base()
    damaged = set(GenerationStore(home).verify(kb.folder, kb.manifest))
    value = {
        "home": str(home),
        "generation": kb.generation,
        "created": kb.manifest.created,
        "settings": kb.manifest.settings,
        **kb.manifest.versions,
        "counts": kb.counts(),
        "files": [
            {"name": name, "bytes": size, "healthy": name not in damaged}
            for name, (_, size) in kb.manifest.files.items()
        ],
        "documents": [
            {
                "doc": item.id,
                "path": item.path,
                "present": Path(item.path).is_file(),
                "warnings": list(item.warnings),
            }
            for item in kb.documents()
        ],
    }
    print_result(value, as_json, console.status)

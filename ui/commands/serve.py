"""`kb serve`."""

from __future__ import annotations

import os

import click


@click.command("serve")
@click.option("--port", type=int, default=None, help="待ち受けるポート（既定 7860）")
def command(port: int | None) -> None:
    """Webアプリを 127.0.0.1 で起動します。"""
    # Many people ask at once: each question on one core beats threads that wait for each other.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    from kb.settings import load_settings
    from ui.web.app import serve as run

    run(load_settings(**({} if port is None else {"port": port})))

"""Addresses on the web."""

from __future__ import annotations

import re

from ingest.flat import Flat
from ingest.references.mention import Mention

_URL = re.compile(r"https?://[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")


def find_urls(flat: Flat) -> list[Mention]:
    """Every address, without the sign that ends its sentence."""
    return [
        Mention(match.start(), match.start() + len(match[0].rstrip(".,;)")), "url", outside=True)
        for match in _URL.finditer(flat.text)
    ]

"""`kb compare`: its kinds of comparison are commands of their own."""

from __future__ import annotations

from ui.lazy_group import LazyGroup

command = LazyGroup(
    name="compare",
    modules={
        "cases": "ui.commands.compare_cases",
        "policies": "ui.commands.compare_policies",
        "clause": "ui.commands.compare_clause",
    },
    help="事例や方針を見比べます。",
)

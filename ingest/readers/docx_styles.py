"""What a paragraph takes from its style: the depth of a heading and its list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING_NAME = re.compile(r"(?:heading|見出し) ?([1-9])", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"(?:toc|目次) ?[1-9]", re.IGNORECASE)
_TITLE_NAMES = ("title", "表題")
_BODY_LEVEL = 9
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class ParagraphForm:
    """`depth` is the heading's depth from 1, None for body text; `level` counts from 0."""

    depth: int | None = None
    list_id: str | None = None
    level: int | None = None

    def over(self, base: ParagraphForm) -> ParagraphForm:
        """What the form leaves open is taken from `base`."""
        return ParagraphForm(
            base.depth if self.depth is None else self.depth,
            base.list_id if self.list_id is None else self.list_id,
            base.level if self.level is None else self.level,
        )


class Styles:
    """The paragraph styles of a document; `root` is the root of styles.xml."""

    def __init__(self, root: Any) -> None:
        self._elements = {
            style.get(f"{_W}styleId"): style
            for style in root.findall(f"{_W}style")
            if style.get(f"{_W}type") == "paragraph"
        }
        self._default = next(
            (key for key, style in self._elements.items() if style.get(f"{_W}default") == "1"), None
        )
        self._forms: dict[str | None, ParagraphForm] = {}

    def form_of(self, paragraph: Any) -> ParagraphForm:
        """How a paragraph element is set, its own properties before those of its style."""
        properties = paragraph.find(f"{_W}pPr")
        style = _child_value(properties, "pStyle") or self._default
        if style not in self._forms:
            self._forms[style] = self._of_style(style)
        form = _own_form(properties).over(self._forms[style])
        return ParagraphForm(None, form.list_id, form.level) if form.depth == 0 else form

    def is_contents(self, paragraph: Any) -> bool:
        """Whether a paragraph is an entry of a table of contents."""
        style = self._elements.get(_child_value(paragraph.find(f"{_W}pPr"), "pStyle"))
        name = "" if style is None else _child_value(style, "name") or ""
        return bool(_CONTENTS_NAME.match(name))

    def _of_style(self, key: str | None) -> ParagraphForm:
        form = ParagraphForm()
        for _ in range(_LONGEST_CHAIN):
            style = self._elements.get(key)
            if style is None:
                break
            named = ParagraphForm(depth=_depth_by_name(_child_value(style, "name") or ""))
            form = form.over(_own_form(style.find(f"{_W}pPr"))).over(named)
            key = _child_value(style, "basedOn")
        return form


def _own_form(properties: Any | None) -> ParagraphForm:
    if properties is None:
        return ParagraphForm()
    outline = _child_value(properties, "outlineLvl")
    depth = None
    if outline is not None and outline.isdecimal():
        # 0 says "body text" and keeps a style's heading from coming through.
        depth = 0 if int(outline) >= _BODY_LEVEL else int(outline) + 1
    numbering = properties.find(f"{_W}numPr")
    level = _child_value(numbering, "ilvl")
    return ParagraphForm(
        depth,
        _child_value(numbering, "numId"),
        min(int(level), _BODY_LEVEL - 1) if level is not None and level.isdecimal() else None,
    )


def _depth_by_name(name: str) -> int | None:
    if name.lower() in _TITLE_NAMES:
        return 1
    match = _HEADING_NAME.fullmatch(name)
    return int(match[1]) if match else None


def _child_value(element: Any | None, name: str) -> str | None:
    child = None if element is None else element.find(f"{_W}{name}")
    return None if child is None else child.get(f"{_W}val")

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.drafts import read_draft
from kb.documents import DocumentKind
from kb.errors import InputError, OptionError
from kb.settings import Settings

TEXT = "取組の方針（案）\n\n第1 目標\n\n1 契約の目標\n\n令和8年度における比率を高めるものとする。\n"


def test_a_draft_is_read_as_clauses_whatever_it_calls_itself(tmp_path: Path) -> None:
    path = tmp_path / "方針 案.txt"
    path.write_text(TEXT, encoding="utf-8")
    draft = read_draft(path, Settings(), "R9")
    assert draft.document.kind is DocumentKind.KIKAN
    assert str(draft.document.fiscal_year) == "令和9年度"
    assert [node.id for node in draft.nodes][-2:] == ["方針-案/第1", "方針-案/第1/1"]


def test_a_year_that_is_none_and_a_file_that_is_none_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="年度「来年」を読み取れません"):
        read_draft(tmp_path / "x.txt", Settings(), "来年")
    with pytest.raises(InputError):
        read_draft(tmp_path / "x.txt", Settings())

"""Literal HTML of the pure rendering functions; nothing from a document may become markup."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kb.documents import Case, NodeKind, TableData
from kb.results import Filters
from kb.spans import SourceMap, Span
from retrieval.query import Intent, Query
from tests.web import samples
from ui.web.facets import Facet, FacetValue
from ui.web.render import answers, documents, lists, markup, reader
from ui.web.turns import Chip, ChipKind, Rating, Turn
from ui.web.views import Found, Front, Holding, Link, Place, text_range


class _Reading(HTMLParser):
    """Collects what a browser would show and which elements it would make."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words = ""
        self.tags: set[str] = set()
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)


def _spans(length: int) -> st.SearchStrategy[list[Span]]:
    ends = st.tuples(st.integers(0, length), st.integers(0, length))
    return st.lists(ends.map(lambda pair: Span(min(pair), max(pair))), max_size=5)


def test_marked_escapes_and_joins_overlaps() -> None:
    assert markup.marked("a<b>cd", [Span(1, 3), Span(2, 4)]) == "a<mark>&lt;b&gt;</mark>cd"
    assert markup.marked("abc", [Span(2, 99)]) == "ab<mark>c</mark>"
    assert markup.marked("abc", [Span(1, 1)]) == "abc"


@given(st.text().flatmap(lambda text: st.tuples(st.just(text), _spans(len(text)))))
def test_marked_shows_exactly_the_text(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    text = text.replace("\x00", "").replace("\r", "")
    reading = _Reading(markup.marked(text, spans))
    assert reading.words == text
    assert reading.tags <= {"mark"}


def test_paragraphs_mark_across_lines() -> None:
    assert (
        markup.paragraphs("一二\n\n三四", [Span(1, 5)])
        == "<p>一<mark>二</mark></p><p><mark>三</mark>四</p>"
    )


def test_place_href_is_a_permalink() -> None:
    assert markup.place_href("d/第2/(3)#2", Span(5, 9)) == "?id=d/%E7%AC%AC2/(3)%232&s=5&e=9"
    assert markup.place_href("d") == "?id=d"


def test_elements_around_ranges_do_not_overlap_and_keep_marks() -> None:
    wraps = [
        markup.Wrap(Span(2, 5), "<a>", "</a>"),
        markup.Wrap(Span(4, 6), "<i>", "</i>"),
        markup.Wrap(Span(2, 3), "<b>", "</b>"),
    ]
    assert (
        markup.wrapped("012<56789", wraps, [Span(1, 4)])
        == "0<mark>1</mark><a><mark>2&lt;</mark>5</a>6789"
    )


@given(st.text().flatmap(lambda text: st.tuples(st.just(text), _spans(len(text)))))
def test_paragraphs_with_elements_show_exactly_the_text(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    text = text.replace("\x00", "").replace("\r", "")
    wraps = [markup.Wrap(span, "<u>", "</u>") for span in spans]
    reading = _Reading(markup.paragraphs(text, spans, wraps))
    assert reading.words == "".join(line for line in text.split("\n") if line.strip())
    assert reading.tags <= {"p", "mark", "u"}


def test_streaming_keeps_numbers_with_their_sentence() -> None:
    text = "甲。[1][2]乙。\n・丙[3]"
    assert list(answers.prefixes(text, 9)) == ["甲。[1][2]", "甲。[1][2]乙。", text]
    assert list(answers.prefixes(text, 2)) == ["甲。[1][2]", text]


@given(st.text(min_size=1), st.integers(1, 9))
def test_streaming_ends_with_the_whole_text(text: str, steps: int) -> None:
    shown = list(answers.prefixes(text, steps))
    assert shown[-1] == text
    assert len(shown) <= steps
    assert all(after.startswith(before) for before, after in pairwise(shown))


def _turn(**changes: object) -> Turn:
    turn = Turn("t1", "<i>工夫</i>は？", answer=samples.ANSWER, addresses=samples.ADDRESSES)
    return replace(turn, **changes)  # type: ignore[arg-type]


def test_answer_has_chips_sources_table_and_warnings() -> None:
    html = answers.turn(_turn())
    chip = (
        '<a href="?id=hoshin-r05/%E7%AC%AC2/1&amp;s=120&amp;e=129"'
        ' data-tip="令和5年度基本方針 第2-1\n「分離して発注する。」" class="kb-cite"'
        ' aria-label="根拠1、令和5年度基本方針 第2-1を開く">1</a>'
    )
    assert f"<p>分離して発注します。{chip}</p>" in html
    assert "[7]</li></ul>" in html, "a number without a citation stays text"
    assert f"<td>&lt;b&gt;国&lt;/b&gt;{chip}</td><td>61%</td>" in html
    assert "<li>令和4年度は&lt;未登録&gt;です。</li>" in html
    assert html.index("kb-warnings") < html.index("分離して発注します。"), "it may turn it round"
    assert "根拠（2件）" in html
    assert html.count("原文との一致は未確認") == 1
    assert not {"i", "s", "u"} & _Reading(html).tags


def test_understanding_is_shown_as_chips_that_can_be_taken_away() -> None:
    chips = (
        Chip(ChipKind.NOTE, "intent", "該当箇所を探す"),
        Chip(ChipKind.FILTER, "year", "年度：令和5年度"),
        Chip(ChipKind.MEANING, "部分払\n<部分払い>", "毎月<払い> → 部分払"),
    )
    html = answers.turn(_turn(chips=chips))
    assert '<li><span class="kb-chip kb-note">該当箇所を探す</span></li>' in html
    assert 'data-drop="year" data-kind="filter" data-of="t1"' in html
    assert 'data-drop="部分払\n&lt;部分払い&gt;" data-kind="meaning"' in html
    assert 'aria-label="毎月&lt;払い&gt; → 部分払を外して答え直す"' in html


def test_answer_in_the_making_shows_only_what_was_streamed() -> None:
    html = answers.turn(_turn(), "分離して発注します。[1]")
    assert "分離して発注します。" in html
    assert "適正な価格" not in html
    assert "kb-sources" not in html
    assert "kb-warnings" in html, "nothing moves when the answer ends"
    assert '<ul class="kb-chips" aria-label="理解した内容"></ul>' in html, "its room is kept"


def test_a_rated_answer_shows_the_rating_and_its_comment() -> None:
    html = answers.turn(_turn(rating=Rating(False, "<b>違う</b>")))
    assert 'data-rate="0" data-of="t1" aria-pressed="true" aria-label="役に立たなかった"' in html
    assert 'data-rate="1" data-of="t1" aria-pressed="false" aria-label="役に立った"' in html
    assert 'value="&lt;b&gt;違う&lt;/b&gt;"' in html
    assert '<form class="kb-comment" data-of="t1" hidden>' in answers.turn(_turn())


def test_followups_are_buttons_that_ask() -> None:
    html = answers.turn(_turn(followups=("<甲>とは？",)))
    assert 'data-ask="&lt;甲&gt;とは？">&lt;甲&gt;とは？</button>' in html


def test_abstention_lists_the_nearest_places() -> None:
    answer = replace(
        samples.ANSWER,
        abstained=True,
        citations=(),
        text="見つかりません。\n・基本方針 第2-1 <工夫>（略）（hoshin-r05/第2/1/(3)）\n・甲（乙）",
    )
    html = answers.turn(_turn(answer=answer))
    assert (
        '<div class="kb-answer kb-abstained"><p>見つかりません。</p>'
        '<ul><li><a href="?id=hoshin-r05/%E7%AC%AC2/1/(3)">基本方針 第2-1 &lt;工夫&gt;（略）</a></li>'
        "<li>甲（乙）</li></ul></div>" in html
    )


def test_a_line_leads_with_its_place_in_bold() -> None:
    answer = replace(samples.ANSWER, text="令和5年度基本方針 第2-1：「分離」[1]", table=None)
    html = answers.turn(_turn(answer=answer))
    assert "<p><b>令和5年度基本方針 第2-1</b>：「分離」<a " in html


def test_problem_of_a_turn_is_an_alert() -> None:
    assert '<p class="kb-problem" role="alert">壊れた&lt;x&gt;</p>' in answers.turn(
        Turn("t2", "問", problem="壊れた<x>")
    )


def test_text_range_finds_the_quote_after_repairs() -> None:
    repaired = replace(samples.CLAUSE, source_map=SourceMap(((0, 50, 4), (5, 60, 6))))
    assert text_range(repaired, Span(52, 62)) == Span(2, 7)
    assert text_range(repaired, Span(54, 60)) is None


def _place(**changes: object) -> Place:
    place = Place(
        document=samples.DOCUMENT,
        node=samples.CLAUSE,
        ancestors=(samples.CHAPTER,),
        before=(samples.CHAPTER,),
        below=(),
        after=(samples.NEXT,),
        omitted=0,
        raw=("１ <i>工夫</i>\n分離して\n発注する。",),
        quote=Span(120, 129),
    )
    return replace(place, **changes)  # type: ignore[arg-type]


def test_reader_marks_the_quote_in_its_clause() -> None:
    html = reader.place(_place())
    assert '<h2 tabindex="-1">令和5年度基本方針 第2-1</h2>' in html
    assert "<p><mark>分離して発注する。</mark></p><p>無理のない納期とする。</p>" in html
    assert html.count("<mark>") == 1
    assert "<span>&lt;i&gt;工夫" not in html
    assert '<span class="kb-heading">&lt;i&gt;工夫&lt;/i&gt;</span>' in html
    assert "原文の2ページ・120〜129文字目" in html
    assert 'data-copy="令和5年度基本方針 第2-1（hoshin-r05/第2/1）"' in html
    assert "適正な価格とする。" in html, "the clause after it"
    assert "<pre>１ &lt;i&gt;工夫&lt;/i&gt;\n分離して\n発注する。</pre>" in html
    assert "i" not in _Reading(html).tags


def test_reader_without_a_quote_marks_nothing() -> None:
    html = reader.place(_place(quote=None))
    assert "<mark>" not in html
    assert "原文の2ページ・110〜" in html


def test_reader_shows_cases_tables_and_what_is_left_out() -> None:
    case = Case(4, "題", "東京都<x>", "東京都", "優遇")
    table = TableData(("機関",), (("国",), (None,)), ("合計が合いません。",))
    item = samples.node("表/国", "表", "", 110, kind=NodeKind.RECORD, case=case, table=table)
    html = reader.place(_place(node=item, quote=None, omitted=3))
    assert "<li>東京都&lt;x&gt;</li><li>東京都</li><li>優遇</li>" in html
    assert '<td><span class="kb-lost">（欠落）</span></td>' in html
    assert "<li>合計が合いません。</li>" in html
    assert "残り3項目" in html


def test_front_page_tells_what_the_document_is() -> None:
    html = reader.front(Front(samples.DOCUMENT, (samples.CHAPTER,)))
    assert "令和5年度 &lt;b&gt;方針&lt;/b&gt;" in html
    assert "<dt>利用条件</dt><dd>公共データ利用規約</dd>" in html
    assert (
        '<a href="https://example.go.jp/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer">'
        in html
    )


def test_only_web_addresses_become_links() -> None:
    assert reader.source_link("javascript:alert(1)") == "javascript:alert(1)"


def test_outline_nests_children() -> None:
    html = reader.outline((samples.CHAPTER, samples.CLAUSE, samples.NEXT))
    words = re.sub(r"<[^>]+>", " ", html).split()
    assert words == ["第2", "措置", "1", "&lt;i&gt;工夫&lt;/i&gt;", "2", "配慮"]
    fold = '<button type="button" class="kb-fold" aria-expanded="true" aria-label="第2の下の項目">'
    assert html.count(fold) == 1


def _found(text: str, spans: tuple[Span, ...], *facets: Facet) -> Found:
    hits = (samples.hit(text, spans),)
    query = Query("オーダー", Intent.LOCATE, expansions=(samples.EXPANSION,))
    return Found(query, hits, samples.ADDRESSES, facets, 0.0123)


DOCUMENTS = {samples.DOCUMENT.id: samples.DOCUMENT}


def test_hits_are_highlighted_near_the_first_match_and_say_why() -> None:
    found = _found("あ" * 300 + "発注<b>", (Span(300, 302),))
    html = lists.results("発注", found, Filters(), 20, DOCUMENTS)
    assert "上位1件のうち1件（12ミリ秒）" in html
    assert "…" + "あ" * 215 + "<mark>発注</mark>&lt;b&gt;</span>" in html
    assert "第2 措置 › 1 &lt;i&gt;工夫&lt;/i&gt;" in html
    assert (
        '<p class="kb-why">言葉「発注」、言い換え「オーダー→発注」、意味の近さ 0.50、語の一致度 1.0</p>'
        in html
    )


def test_facets_show_their_counts_and_filters_in_force_can_be_lifted() -> None:
    kinds = Facet("kind", (FacetValue("kihon", "基本方針", 3),))
    years = Facet("year", (FacetValue("R5", "令和5年度", 2),))
    filters = Filters(year=samples.DOCUMENT.fiscal_year)
    html = lists.results("発注", _found("発注", (), kinds, years), filters, 20, DOCUMENTS)
    assert (
        'data-facet="kind" data-value="kihon"><span>基本方針</span>'
        '<span class="kb-number-of">3</span></button>' in html
    )
    assert 'data-facet="year" data-value="" aria-label="年度：令和5年度を外す"' in html
    assert 'data-value="R5"' not in html, "what is chosen is not offered again"


def test_no_hits_say_what_to_do() -> None:
    found = replace(_found("", ()), hits=())
    html = lists.results("<q>", found, Filters(), 20, DOCUMENTS)
    assert "「&lt;q&gt;」に当たる箇所はありません。" in html
    assert "絞り込みを外してください" in html


def test_documents_show_kind_year_health_and_counts() -> None:
    html = documents.documents([Holding(samples.DOCUMENT, 1234, 56)])
    assert (
        "<span>基本方針</span><span>令和5年度</span><span>良好</span>"
        "<span>条項など1,234件</span><span>検索単位56件</span>" in html
    )
    assert "<dt>決定日</dt><dd>2023-04-25</dd>" in html
    missing = documents.documents([Holding(samples.DOCUMENT, 1, 1, present=False)])
    assert '<span class="kb-ill">注意1件</span>' in missing
    assert "元の場所にありません" in missing


def test_references_terms_and_repairs_are_in_the_text() -> None:
    node = samples.node("第2/1", "", "同法第５条により<分離>に努める。", 110, "第2")
    law = replace(samples.REFERENCE, span=Span(110, 115), text="同法第５条", law=samples.LAW)
    own = replace(samples.REFERENCE, span=Span(119, 121), text="分離", targets=(samples.NEXT.id,))
    place = _place(
        node=replace(node, repairs=(samples.REPAIR,)),
        quote=None,
        raw=("同法第５条により<分離>に\n努める。",),
        links=(
            Link(law, "令和5年度基本方針 第2-1", ()),
            Link(own, "令和5年度基本方針 第2-1", ((samples.NEXT.id, "令和5年度基本方針 第2-2"),)),
        ),
        linked_from=(Link(replace(own, source=samples.NEXT.id), "令和5年度基本方針 第2-2", ()),),
        terms=(samples.DEFINITION,),
    )
    html = reader.place(place)
    assert (
        '<span class="kb-out" tabindex="0" data-tip="知識ベースにない法令：官公需法（昭和41年法律第97号）第5条">'
        "同法第５条</span>" in html
    )
    link = '<a class="kb-ref" href="?id=hoshin-r05/%E7%AC%AC2/2" data-tip="令和5年度基本方針 第2-2を開く">分離</a>'
    assert f"により&lt;{link}&gt;に<span" in html
    assert (
        '<span class="kb-term" tabindex="0" data-tip="努める：<b>力</b>を尽くす">努める</span>'.replace(
            "<b>力</b>", "&lt;b&gt;力&lt;/b&gt;"
        )
        in html
    )
    assert "この箇所が参照するもの" in html
    assert "この箇所を参照しているもの" in html
    assert "補正1か所" in html
    assert 'に<del class="kb-break" data-tip="改行をつないだ箇所">\n</del>努める。' in html


def test_answer_is_copied_with_its_sources() -> None:
    answer = replace(samples.ANSWER, citations=(samples.CITATION,), table=None, text="甲。[1]")
    html = answers.turn(_turn(answer=answer))
    assert (
        'data-copy="甲。[1]\n\n[1] 令和5年度基本方針 第2-1「分離して発注する。」">回答と出典をコピー'
        in html
    )


def test_a_section_named_by_its_heading_is_named_once() -> None:
    section = samples.node("事例4/目的", "目的", "県内の製品。", 110, kind=NodeKind.SECTION)
    html = reader.place(_place(node=section, before=(), after=(), quote=Span(110, 112)))
    link = '<a href="?id=hoshin-r05/%E4%BA%8B%E4%BE%8B4/%E7%9B%AE%E7%9A%84" class="kb-label">'
    assert f"<h3>{link}<mark>目的</mark></a></h3><p>県内の製品。</p>" in html
    assert _Reading(reader.outline((section,))).words == "目的"

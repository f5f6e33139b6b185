from hypothesis import given
from hypothesis import strategies as st

from assistant.sentences import sentences_of, split_sentences
from kb.documents import Node, NodeKind
from kb.spans import SourceMap, Span


def test_a_full_stop_inside_brackets_does_not_end_a_sentence() -> None:
    text = "国等（官公需法第２条に規定する国等をいう。以下同じ。）は努める。また、行う。"
    assert [sentence.text for sentence in split_sentences(text)] == [
        "国等（官公需法第２条に規定する国等をいう。以下同じ。）は努める。",
        "また、行う。",
    ]


def test_sentences_put_in_beside_the_source_are_not_quoted() -> None:
    text = "実績額は0。[0]は少額を示す。"
    node = Node(
        id="a/表/大学",
        doc="a",
        path=("表", "大学"),
        kind=NodeKind.RECORD,
        label="大学",
        heading="",
        body=text,
        parent="a/表",
        segments=(Span(40, 46),),
        source_map=SourceMap(((0, 40, 6),)),
    )
    assert [item.text for item in sentences_of(node)] == ["実績額は0。"]


def test_lines_are_sentences_and_offsets_hold() -> None:
    sentences = split_sentences("見出し\n 本文である。\n")
    assert [(item.text, item.start, item.end) for item in sentences] == [
        ("見出し", 0, 3),
        ("本文である。", 5, 11),
    ]


def test_a_bracket_that_was_not_opened_closes_nothing() -> None:
    text = "「1)分ける。2）減らす。(注。)」と書く。次の文。"
    assert [item.text for item in split_sentences(text)] == [text[:-4], "次の文。"]


def test_an_unclosed_bracket_ends_with_its_line() -> None:
    assert [item.text for item in split_sentences("（未完。\n次の文。後の文。")] == [
        "（未完。",
        "次の文。",
        "後の文。",
    ]


@given(st.text(alphabet="あい。（）「」\n 1", max_size=60))
def test_every_character_but_white_space_is_in_one_sentence(text: str) -> None:
    sentences = split_sentences(text)
    assert all(text[item.start : item.end] == item.text for item in sentences)
    joined = "".join("".join(item.text.split()) for item in sentences)
    assert joined == "".join(text.split())

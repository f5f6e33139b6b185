from ingest.glyphs import mend
from ingest.traced import TracedText
from kb.documents import Repair
from kb.spans import Span


def test_look_alikes_are_mended_and_recorded_in_place() -> None:
    text, repairs = mend(TracedText.of("高度な技术、⽅針と工事实績", 3))
    assert text.text == "技術、方針と工事実績"
    assert list(text.offsets) == list(range(3, 13))
    assert repairs == (
        Repair("glyph", Span(4, 5), "术", "術"),
        Repair("glyph", Span(6, 7), "⽅", "方"),
        Repair("glyph", Span(11, 12), "实", "実"),
    )


def test_ordinary_text_is_left_alone() -> None:
    source = TracedText.of("技術と実績、発注の方針")
    assert mend(source) == (source, ())

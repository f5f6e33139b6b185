"""Words that widen, narrow or sharpen a rule: すべて, のみ, いずれか, 必ず."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.analysis import normalise

# Said of a rule, each needs one of the words on the right in the sentences it rests on.
_WORDS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(
            r"すべて|全て|全部(?!局)|一切|あらゆる|例外な[くし]|常に|いつでも|必ず|絶対|無条件|一律|いかなる|どのような[^。、]*も|問わず"
            r"|(?:に|は)?かかわらず|に関わらず|誰でも|どこでも|毎回|全面的"
        ),
        re.compile(
            r"すべて|全て|全部|全ての|全|一切|あらゆる|例外な|常に|必ず|無条件|一律|いかなる|問わず|不問|かかわらず|関わらず|各|もとより|いずれも|自由"
        ),
    ),
    (
        re.compile(
            r"(?:のみ|(?<!できる)(?<!出来る)(?<!なる)だけ)(?!で(?:は)?な|ならず)|しか(?=[^。、]*(?:ない|ません))|専ら|に限定|に限ら?れ|に限ります|に限る"
        ),
        re.compile(r"のみ|だけ|に限[りるっら]|限定|専ら|以外|対象外|除く|除き"),
    ),
    (
        re.compile(r"いずれか|どれか|どちらか|一つでも"),
        re.compile(r"いずれか|どれか|どちらか|又は|または|若しくは|一つ"),
    ),
    (
        re.compile(r"(?:場合|とき|もの|者|ない)(?:でも|であっても|にも)(?!よい)"),
        re.compile(r"でも|であっても|にも|ても|かかわらず|関わらず"),
    ),
    (
        re.compile(r"できる限り|できるだけ|可能な限り|なるべく|極力"),
        re.compile(r"できる限り|できるだけ|可能な限り|なるべく|極力|努"),
    ),
    (
        re.compile(r"原則|基本的に|通常は"),
        re.compile(r"原則|基本的に|通常|除[きく]|場合|限り|ただし|但し|努め|極力|可能な限り"),
    ),
)
_ANY = re.compile(r"いずれか|どれか|どちらか|一つでも")
_ALL = re.compile(
    r"(?:すべて|全て|全部)[^。]{0,12}(?:満た|該当|要件|条件)|(?:要件|条件)[^。]{0,4}(?:すべて|全て|全部)"
)


def scope_changed(statement: str, evidence: Sequence[str], whole: str) -> str:
    """The word by which a statement says more, or of more, than the sentences it rests on.

    `whole` is all that is cited: that every condition must be met may stand above the list of them.
    """
    said, stated = normalise(statement), normalise("\n".join(evidence))
    for word, needed in _WORDS:
        if (found := word.search(said)) and not needed.search(stated):
            return found[0]
    found = _ANY.search(said)
    every = normalise(whole)
    if found and _ALL.search(every) and not _ANY.search(every):
        return found[0]
    return ""

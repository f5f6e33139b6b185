"""Texts as comparison reads them: width, spacing and what every office words its own way put aside."""

from __future__ import annotations

import re
import unicodedata

_CIRCLED = {chr(code) for code in range(ord("①"), ord("⑳") + 1)}
_CONNECTIVE = r"(?:また|なお|さらに|その際|加えて|併せて|あわせて)、"
# Who speaks: 国等は, 本学は, 当機構は, 事業団は. Agencies take the words of the 基本方針 with their own name.
_SUBJECT = re.compile(
    rf"(^|[。\n])({_CONNECTIVE})?"
    r"(?:国等|本[^、。は\n]{1,6}|当(?!該|日|時)[^、。は\n]{1,6}"
    r"|事業団|公庫|公団|機構|センター|研究所|協会|基金)は、"
)
_ALSO = re.compile(r"(^|[。\n])また、")
_PLACE = r"(?:第?\d+(?:[-の.]\d+)*(?:\(\d+\))*[①-⑳]?|(?:\(\d+\))+[①-⑳]?|[①-⑳])"
_PLACES = rf"{_PLACE}(?:(?:、|及び|又は|から){_PLACE})*(?:まで)?"
# Of 第5条 nothing is taken: a law's article is content, a clause's number is not.
_OWN_CLAUSES = re.compile(rf"(?:上記|前記|下記){_PLACES}|{_PLACES}(?=に掲げる)")


def narrow(text: str) -> str:
    """NFKC, save that circled numbers stay: `①` is a label, not the number 1."""
    return "".join(
        character if character in _CIRCLED else unicodedata.normalize("NFKC", character)
        for character in text
    )


def letters(text: str) -> str:
    """Letters, kanji, kana and digits of `text`, half-width, nothing else."""
    return "".join(
        character for character in unicodedata.normalize("NFKC", text) if character.isalnum()
    )


def essence(text: str) -> str:
    """What two clauses must share to be the same.

    Left out are width, white space, the office as subject (国等は、), a leading また、 and the
    numbers of clauses of the same document (上記１（４）), which shift with every office's numbering.
    """
    lines = ("".join(line.split()) for line in narrow(text).split("\n"))
    plain = _SUBJECT.sub(r"\1\2", "\n".join(lines))
    return _OWN_CLAUSES.sub("□", _ALSO.sub(r"\1", plain)).replace("\n", "")

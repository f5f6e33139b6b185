"""How a text sounds: kana-only, romaji and kanji spellings of the same words give the same terms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.analysis import Morpheme, morphemes, normalise

SIZES = (3, 4)
"""Lengths of the kana sequences that serve as terms."""
_LEAST = 5
_STRAY = 0.15

_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヴ") + 1)}
_ONE_SPELLING = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_ONE_SPELLING |= {ord(kana): ord(same) for kana, same in ("わは", "をお", "ぢじ", "づず")}
_ONE_SPELLING |= {ord(kana): ord(same) for kana, same in ("ワは", "ヲお", "ヂじ", "ヅず")}
_LETTER = re.compile(r"[a-z\u3041-\u3096ァ-ヴ\u4e00-\u9fff]")
_KANA = re.compile(r"[\u3041-\u3096ァ-ヴー]")
_LATIN = re.compile(r"[a-z]")
_NOT_KANA = re.compile(r"[^\u3041-\u3096ー]")
_E_ROW = "えけげせぜてでねへべぺめれ"
_O_ROW = "おこごそぞとどのほぼぽもよろをょ"
_U_ROW = "うくぐすずつづぬふぶぷむゆるゅ"
_LONG_VOWEL = re.compile(rf"(?<=[{_E_ROW}])[いえ]|(?<=[{_O_ROW}])[うお]|(?<=[{_U_ROW}])う|ー")
_LONG_O_U = re.compile(rf"([{_O_ROW}{_U_ROW}])ー")
_LONG_E = re.compile(rf"([{_E_ROW}])ー")
_KANJI = re.compile(r"[\u4e00-\u9fff]")
_ROMAJI = re.compile(
    r"(?P<double>([kstpgdzbcjfmr])(?=\2)|t(?=ch))|(?P<syllable>(?:ch|sh|ts|[kgsztdnhbpmryjfvwc])?y?[aiueo])|(?P<n>n)"
)
_VOWELS = "aiueo"
_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "g": "がぎぐげご", "s": "さしすせそ", "z": "ざじずぜぞ",
    "t": "たちつてと", "d": "だぢづでど", "n": "なにぬねの", "h": "はひふへほ", "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ", "m": "まみむめも", "y": "や_ゆ_よ", "r": "らりるれろ", "w": "わ___を",
    "c": "か_く_こ",
}  # fmt: skip
_SMALL = {"a": "ゃ", "u": "ゅ", "o": "ょ", "i": "", "e": "ぇ"}
_SPECIAL = {"shi": "し", "chi": "ち", "tsu": "つ", "fu": "ふ", "ji": "じ"}
_PALATAL = {"sh": "し", "ch": "ち", "j": "じ"}


def is_spelt_by_sound(text: str) -> bool:
    """Whether a question is written in kana or in romaji alone (with one kanji at most)."""
    letters = _LETTER.findall(normalise(text))
    latin = sum(1 for letter in letters if _LATIN.match(letter))
    kana = sum(1 for letter in letters if _KANA.match(letter))
    if max(latin, kana) < _LEAST or len(letters) - latin - kana > 1:
        return False
    return min(latin, kana) <= _STRAY * len(letters)


def is_all_sound(text: str) -> bool:
    """The same without any kanji."""
    return is_spelt_by_sound(text) and not _KANJI.search(text)


def is_romaji(text: str) -> bool:
    """Whether most letters of normalised `text` are Latin."""
    letters = _LETTER.findall(text)
    return 2 * sum(1 for letter in letters if _LATIN.match(letter)) > len(letters)


def sound_terms(text: str) -> list[str]:
    """Kana sequences of the text's reading; long vowels are shortened, so that spellings agree."""
    sound = _sound(text)
    return [sound[start : start + size] for size in SIZES for start in range(len(sound) - size + 1)]


def _sound(text: str) -> str:
    plain = normalise(text)
    if is_spelt_by_sound(plain):
        return shortened(from_romaji(plain))
    return shortened(kana_of(plain))


def kana_of(text: str) -> str:
    """The reading of normalised `text`, mostly in katakana."""
    return "".join(_reading(text))


def in_hiragana(text: str) -> str:
    """The text as it is read, in hiragana as people type it (ちゅうしょう); other letters stay."""
    return "".join(_in_kana(morpheme) for morpheme in morphemes(normalise(text)))


def _in_kana(morpheme: Morpheme) -> str:
    if morpheme.part_of_speech.startswith("助詞") or not _KANJI.search(morpheme.surface):
        return morpheme.surface.translate(_HIRAGANA)
    reading = (morpheme.pronunciation or morpheme.surface).translate(_HIRAGANA)
    reading = _LONG_O_U.sub(r"\1う", reading)
    return _LONG_E.sub(r"\1い", reading)


def _reading(text: str) -> Iterator[str]:
    for morpheme in morphemes(text):
        # は and へ are pronounced わ and え as particles, but nobody writes them so.
        particle = morpheme.part_of_speech.startswith("助詞")
        yield morpheme.surface if particle else morpheme.pronunciation or morpheme.surface


def shortened(kana: str) -> str:
    """Kana in hiragana of one spelling without long vowels; nothing else is left."""
    return shortened_with_offsets(_NOT_KANA.sub("", kana.translate(_ONE_SPELLING)))[0]


def shortened_with_offsets(kana: str) -> tuple[str, list[int]]:
    """Kana as `shortened`, and where each of its characters stands in `kana`."""
    hiragana = kana.translate(_ONE_SPELLING)
    long = {place for match in _LONG_VOWEL.finditer(hiragana) for place in range(*match.span())}
    offsets = [place for place in range(len(hiragana)) if place not in long]
    return "".join(hiragana[place] for place in offsets), offsets


def from_romaji(text: str) -> str:
    """Romaji (Hepburn or Kunrei) in lower-case `text` as hiragana; the rest stays."""
    return _ROMAJI.sub(_kana, text)


def _kana(match: re.Match[str]) -> str:
    if match["double"]:
        return "っ"
    if match["n"]:
        return "ん"
    syllable = match["syllable"]
    if syllable in _SPECIAL:
        return _SPECIAL[syllable]
    vowel, consonant = syllable[-1], syllable[:-1]
    if consonant in _PALATAL:
        return _PALATAL[consonant] + _SMALL[vowel]
    if len(consonant) > 1 and consonant.endswith("y"):
        return _row(consonant[:-1])[1] + _SMALL[vowel]
    return _row(consonant)[_VOWELS.index(vowel)].replace("_", "")


def _row(consonant: str) -> str:
    return _ROWS.get(consonant, _ROWS["h"] if consonant == "f" else _ROWS["b"])

"""The prefectures of Japan as a grid of tiles, each about where it lies."""

from __future__ import annotations

from collections.abc import Mapping

from kb.places import PREFECTURES
from ui.web.render.markup import escape

TILES: Mapping[str, tuple[int, int]] = {
    "北海道": (12, 0), "青森県": (12, 2), "秋田県": (11, 3), "岩手県": (12, 3),
    "山形県": (11, 4), "宮城県": (12, 4), "石川県": (9, 5), "富山県": (10, 5),
    "新潟県": (11, 5), "福島県": (12, 5), "福井県": (9, 6), "長野県": (10, 6),
    "群馬県": (11, 6), "栃木県": (12, 6), "茨城県": (13, 6), "山口県": (3, 7),
    "島根県": (4, 7), "鳥取県": (5, 7), "兵庫県": (6, 7), "京都府": (7, 7),
    "滋賀県": (8, 7), "岐阜県": (9, 7), "山梨県": (10, 7), "埼玉県": (11, 7),
    "東京都": (12, 7), "千葉県": (13, 7), "佐賀県": (0, 8), "福岡県": (1, 8),
    "広島県": (4, 8), "岡山県": (5, 8), "大阪府": (7, 8), "三重県": (8, 8),
    "愛知県": (9, 8), "静岡県": (10, 8), "神奈川県": (11, 8), "長崎県": (0, 9),
    "熊本県": (1, 9), "大分県": (2, 9), "愛媛県": (4, 9), "香川県": (5, 9),
    "和歌山県": (7, 9), "奈良県": (8, 9), "鹿児島県": (1, 10), "宮崎県": (2, 10),
    "高知県": (4, 10), "徳島県": (5, 10), "沖縄県": (0, 11),
}  # fmt: skip
"""Column and row of each prefecture, from 0 at the top left."""
_FITS = 2
_SHADES = ((5, 3), (3, 2), (1, 1))


def tilemap(counts: Mapping[str, int], chosen: str) -> str:
    """Tiles in the order of the prefectures' codes; those with cases are buttons."""
    tiles = "".join(_tile(name, counts.get(name, 0), name == chosen) for name in PREFECTURES)
    return f'<div class="kb-map" role="group" aria-label="都道府県の地図（事例がある所を選べます）">{tiles}</div>'


def _tile(name: str, count: int, is_chosen: bool) -> str:
    column, row = TILES[name]
    short = escape(name if name == "北海道" else name[:-1])
    size = "; font-size: 9px" if len(short) > _FITS else ""
    place = f'style="grid-area: {row + 1} / {column + 1}{size}"'
    if not count:
        return f'<span class="kb-tile" {place} aria-hidden="true">{short}</span>'
    shade = next(shade for least, shade in _SHADES if count >= least)
    return (
        f'<button type="button" class="kb-tile" {place} data-shade="{shade}" data-region="prefecture"'
        f' data-value="{"" if is_chosen else escape(name)}" aria-pressed="{str(is_chosen).lower()}"'
        f' aria-label="{escape(name)}、事例{count}件" title="{escape(name)} {count}件">{short}</button>'
    )

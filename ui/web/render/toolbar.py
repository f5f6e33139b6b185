"""What can be done with an answer: rate it, copy it, take it away as a file."""

from __future__ import annotations

from assistant.exports import draft_text, plain_text
from kb.results import Answer
from ui.web.render.icons import THUMB_DOWN, THUMB_UP
from ui.web.render.markup import copy_button, escape
from ui.web.turns import Rating, Turn


def toolbar(item: Turn, answer: Answer) -> str:
    """The row of buttons under an answer, and the field for a comment."""
    files = "".join(
        f'<a class="kb-tool" href="/files/answer/{escape(item.id)}.{suffix}" download>{name}</a>'
        for suffix, name in (("docx", "Word"), ("xlsx", "Excel"))
    )
    return (
        '<div class="kb-actions" role="group" aria-label="この回答について">'
        f"{_rate(item, Rating(True), '役に立った')}{_rate(item, Rating(False), '役に立たなかった')}"
        f"{copy_button(draft_text(answer, item.sources), '起案用にコピー')}"
        f"{copy_button(plain_text(answer, item.addresses), '回答と出典をコピー')}{files}</div>"
        f"{_comment(item)}"
    )


def _rate(item: Turn, rating: Rating, label: str) -> str:
    pressed = item.rating is not None and item.rating.good is rating.good
    return (
        f'<button type="button" class="kb-tool kb-rate" data-rate="{int(rating.good)}"'
        f' data-of="{escape(item.id)}" aria-pressed="{str(pressed).lower()}" aria-label="{label}">'
        f"{THUMB_UP if rating.good else THUMB_DOWN}</button>"
    )


def _comment(item: Turn) -> str:
    comment = item.rating.comment if item.rating else ""
    hidden = "" if item.rating else " hidden"
    name = f"comment-{escape(item.id)}"
    return (
        f'<form class="kb-comment" data-of="{escape(item.id)}"{hidden}>'
        f'<label for="{name}">よかった点・困った点（任意）</label>'
        f'<input id="{name}" name="comment" maxlength="500" autocomplete="off"'
        f' value="{escape(comment)}"><button class="kb-tool">送る</button></form>'
    )

"""The page that asks who is there, where a user and a password are set; stands alone."""

from __future__ import annotations

_PAGE = """<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><title>ログイン - 官公需 知識ベース</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root {{ color-scheme: light dark; --ink: #1b2430; --paper: #fff; --line: #8a94a6; --bad: #a31515; }}
@media (prefers-color-scheme: dark) {{
  :root {{ --ink: #e6eaf1; --paper: #11161f; --line: #5b667a; --bad: #ff9c9c; }}
}}
body {{ margin: 0; min-height: 100dvh; display: grid; place-items: center; color: var(--ink);
  background: var(--paper); font: 16px/1.8 "Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans",
  "Yu Gothic", Meiryo, sans-serif; }}
form {{ width: min(22rem, calc(100vw - 48px)); }}
h1 {{ font-size: 20px; letter-spacing: .04em; border-bottom: 3px solid #1f4378; padding-bottom: 8px; }}
label {{ display: block; margin: 16px 0 4px; }}
input {{ width: 100%; box-sizing: border-box; padding: 8px 12px; font: inherit; color: inherit;
  background: transparent; border: 1px solid var(--line); border-radius: 6px; }}
button {{ margin-top: 24px; width: 100%; padding: 10px; font: inherit; font-weight: 700; color: #fff;
  background: #1f4378; border: 0; border-radius: 6px; cursor: pointer; }}
:focus-visible {{ outline: 3px solid #d98b00; outline-offset: 2px; }}
[role=alert] {{ color: var(--bad); }}
</style></head><body><main><form method="post" action="/login">
<h1>官公需 知識ベース</h1>{problem}
<label for="user">利用者名</label><input id="user" name="user" autocomplete="username" required autofocus>
<label for="password">パスワード</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button>ログイン</button></form></main></body></html>"""
_WRONG = '<p role="alert">利用者名かパスワードが違います。確かめて、もう一度入力してください。</p>'


def login_page(failed: bool = False) -> str:
    """The whole page; `failed` says that the last try was wrong."""
    return _PAGE.format(problem=_WRONG if failed else "")

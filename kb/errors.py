"""One tree of exceptions.

Every message is one Japanese sentence that says what is wrong and what to do; the command line
prints it as it is and exits with status 2. Library errors are translated at the edge and chained.
"""

import errno

_SHOWN = 100


_SYSTEM_REASONS = {
    errno.ENOENT: "見つかりません",
    errno.EACCES: "権限がありません",
    errno.EPERM: "許可されていません",
    errno.EROFS: "読み取り専用です",
    errno.ENOSPC: "空き容量がありません",
    errno.EDQUOT: "割り当てられた容量を使い切りました",
    errno.EFBIG: "ファイルの大きさの上限を超えました",
    errno.EISDIR: "フォルダーです",
    errno.EEXIST: "フォルダーではありません",
    errno.ENOTDIR: "フォルダーではありません",
    errno.ELOOP: "リンクが循環しています",
    errno.ENAMETOOLONG: "名前が長すぎます",
    errno.EIO: "読み書きに失敗しました",
    errno.EADDRINUSE: "ほかのソフトが使っています",
}


class KbError(Exception):
    """Something a user can cause or mend."""


class OptionError(KbError):
    """An option, setting or argument has a value that is not allowed."""


class InputError(KbError):
    """A file given by the user is missing, unreadable, empty or of the wrong type."""


def shown(text: str) -> str:
    """What a user typed as a message repeats it: one line, without control characters, cut short."""
    clean = "".join(letter if letter.isprintable() else " " for letter in text)
    return clean if len(clean) <= _SHOWN else f"{clean[:_SHOWN]}…"


def system_reason(error: OSError) -> str:
    """Why the system refused, in a few words to stand in brackets."""
    return _SYSTEM_REASONS.get(error.errno or 0, error.strerror or str(error))


class UnknownDocumentError(KbError):
    """No document of that id is in the knowledge base."""

    def __init__(self, doc: str) -> None:
        super().__init__(
            f"資料「{shown(doc)}」は知識ベースにありません。`kb docs` で資料の一覧を確認してください。"
        )


class UnknownNodeError(KbError):
    """No node of that id is in the knowledge base."""

    def __init__(self, node: str) -> None:
        super().__init__(
            f"「{shown(node)}」という箇所は知識ベースにありません。`kb outline 資料ID` で番号を確認してください。"
        )


class OutputError(KbError):
    """What was asked for cannot be written where it should go."""


class StoreError(KbError):
    """The knowledge base on disk cannot be used."""


class NoKnowledgeBaseError(StoreError):
    """There is no generation to read yet."""

    def __init__(self, home: object) -> None:
        super().__init__(
            f"知識ベースがまだありません（{home}）。`kb ingest` を実行して作成してください。"
        )


class CorruptStoreError(StoreError):
    """A generation is damaged: a file is missing or its checksum differs."""


class BusyError(StoreError):
    """Another process is building a generation."""


class StorageFullError(StoreError):
    """The disk is full or not writable; the previous generation stays in service."""


class WriterError(KbError):
    """A language model could not be used; callers fall back to the extractive answer."""

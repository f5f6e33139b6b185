"""One tree of exceptions.

Every message is one Japanese sentence that says what is wrong and what to do; the command line
prints it as it is and exits with status 2. Library errors are translated at the edge and chained.
"""


class KbError(Exception):
    """Something a user can cause or mend."""


class OptionError(KbError):
    """An option, setting or argument has a value that is not allowed."""


class InputError(KbError):
    """A file given by the user is missing, unreadable, empty or of the wrong type."""


class UnknownDocumentError(KbError):
    """No document of that id is in the knowledge base."""

    def __init__(self, doc: str) -> None:
        super().__init__(
            f"資料「{doc}」は知識ベースにありません。`kb docs` で資料の一覧を確認してください。"
        )


class UnknownNodeError(KbError):
    """No node of that id is in the knowledge base."""

    def __init__(self, node: str) -> None:
        super().__init__(
            f"「{node}」という箇所は知識ベースにありません。`kb outline 資料ID` で番号を確認してください。"
        )


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

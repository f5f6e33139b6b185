"""The generation in service, whichever it is: questions go on while a newer one is being built."""

from __future__ import annotations

import threading

from kb.settings import Settings
from kb.store import GenerationStore
from ui.web.library import Library


class Shelf:
    """Opens a generation once and again whenever another one is put in service.

    Raises StoreError when there is none that can be used.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._store = GenerationStore(settings.home)
        self._opening = threading.Lock()
        self._named = self._store.named()
        self._library = Library(settings)

    def library(self) -> Library:
        """The generation in service; whoever holds an older one may go on using it."""
        if self._store.named() == self._named:
            return self._library
        with self._opening:
            named = self._store.named()
            if named != self._named:
                self._library = Library(self._settings)
                self._named = named
        return self._library

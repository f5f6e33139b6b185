"""When to say that the documents do not answer."""

from assistant.declining.decide import Ground, decline

__all__ = ["Ground", "decline"]

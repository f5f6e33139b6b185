"""Answers written by a language model and checked statement by statement."""

from assistant.llm.writer import LlmWriter

__all__ = ["LlmWriter"]

"""The deterministic check of a written answer against the evidence it cites."""

from assistant.checking.check import Checked, CheckedStatement, check
from assistant.checking.faults import Fault, FaultKind
from assistant.checking.source import Source

__all__ = ["Checked", "CheckedStatement", "Fault", "FaultKind", "Source", "check"]

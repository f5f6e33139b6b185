"""Which places an answer rests on: candidates, the signals that judge them, and the choice."""

from assistant.evidence.candidates import Candidate, gather
from assistant.evidence.choice import Evidence, Judged, Role, choose, evidence_of, judged
from assistant.evidence.pool import POOL, pool

__all__ = [
    "POOL",
    "Candidate",
    "Evidence",
    "Judged",
    "Role",
    "choose",
    "evidence_of",
    "gather",
    "judged",
    "pool",
]

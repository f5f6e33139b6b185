"""Questions that want many places: cases, the items of a clause, table rows, what one policy has."""

from assistant.listing.case_aspect import aspect_of_numbered, aspect_of_owner
from assistant.listing.case_fields import case_fields_asked
from assistant.listing.cases import best_sections, cases_asked
from assistant.listing.items import items_asked
from assistant.listing.only_in import only_in_asked
from assistant.listing.records import records_asked

__all__ = [
    "aspect_of_numbered",
    "aspect_of_owner",
    "best_sections",
    "case_fields_asked",
    "cases_asked",
    "items_asked",
    "only_in_asked",
    "records_asked",
]

"""Small drawings of our own, since a machine may have no font with such signs."""

from __future__ import annotations

_SVG = '<svg class="kb-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>'

THUMB_UP = _SVG.format(
    '<path d="M3 11h4v9H3zM9 20V11l4-8c1.7 0 2.6 1.3 2.3 2.9L14.6 9H19c1.4 0 2.3 1.2 2 2.5'
    'l-1.6 6.6c-.3 1.1-1.2 1.9-2.4 1.9z"/>'
)
THUMB_DOWN = _SVG.format(
    '<path d="M21 13h-4V4h4zM15 4v9l-4 8c-1.700 0-2.600-1.300-2.300-2.900L9.400 15H5'
    'c-1.400 0-2.300-1.200-2-2.500l1.600-6.600C4.900 4.800 5.800 4 7 4z"/>'
)
MARK = (
    '<svg class="kb-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">'
    '<rect width="32" height="32" rx="7"/><path d="M9 8h14M16 8v4M8 14h16M11 19h10M11 24h10M11 14v10M21 14v10"/>'
    "</svg>"
)

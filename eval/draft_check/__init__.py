"""Checks of drafts, measured by faults planted in real policies."""

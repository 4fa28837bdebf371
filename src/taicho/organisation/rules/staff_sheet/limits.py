"""How long a list may be, and from when its writing goes to the background. Technical limits, no rule of a document."""

MOST_ROWS = 5_000
"""People in one list; more than one agency of any size has."""
WRITTEN_AT_ONCE = 200
"""A longer list is written by the worker, with a page that tells how far it is."""
KEPT_HOURS = 24
"""So long a list waits for its confirmation; then what was read of it is gone."""
TELL_EVERY = 10
"""People between two reports of progress."""
PREVIEW_ROWS = 50
"""Rows on one page of the preview."""

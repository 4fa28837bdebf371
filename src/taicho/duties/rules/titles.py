"""Titles of duties and messages stand on one line: what a document says at length is read on the page of the duty."""

TITLE_LENGTH = 250  # not a rule: the column of a message; that of a duty is wider


def shortened(title: str) -> str:
    """The title within the width of its column, the cut shown by an ellipsis."""
    return title if len(title) <= TITLE_LENGTH else title[: TITLE_LENGTH - 1] + "…"

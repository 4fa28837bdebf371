"""What this area puts into the frame of every page."""


def register() -> None:
    """Filled below."""

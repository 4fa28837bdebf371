"""Draw QR codes on the server; the picture stands in the page itself, nothing is fetched."""

import segno

BORDER = 4
"""Quiet modules around the code, as its standard asks."""


def qr(words: str) -> str:
    """The QR of `words` as an address that an image shows (`data:`), for screen and paper."""
    return segno.make(words, error="m", micro=False).svg_data_uri(scale=8, border=BORDER, dark="#000", light="#fff")

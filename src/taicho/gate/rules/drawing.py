"""Draw QR codes on the server; the picture stands in the page itself, nothing is fetched."""

import segno

BORDER, SCALE = 4, 8  # not a rule: quiet modules around the code, as its standard asks; points of the drawing a module


def qr(words: str) -> str:
    """The QR of `words` as an address that an image shows (`data:`), for screen and paper."""
    return segno.make(words, error="m", micro=False).svg_data_uri(scale=SCALE, border=BORDER, dark="#000", light="#fff")

"""The kinds of file the door knows, and which endings of a name say what."""

from enum import StrEnum


class Kind(StrEnum):
    """What the bytes are, found from the bytes themselves; the value is the ending the name gets."""

    XLSX = "xlsx"
    DOCX = "docx"
    ODT = "odt"
    PDF = "pdf"
    PNG = "png"
    JPEG = "jpg"
    TXT = "txt"
    CSV = "csv"


class Read(StrEnum):
    """What the caller wants out of the file besides its bytes."""

    NOTHING = "nothing"
    TEXT = "text"
    ROWS = "rows"


IMAGES = frozenset({Kind.PNG, Kind.JPEG})
PLAIN = frozenset({Kind.TXT, Kind.CSV})
PACKAGES = frozenset({Kind.XLSX, Kind.DOCX, Kind.ODT})
TABLES = frozenset({Kind.XLSX, Kind.CSV})
WRITTEN = frozenset({Kind.DOCX, Kind.ODT, Kind.PDF, Kind.TXT})

ENDINGS: dict[str, frozenset[Kind]] = {
    "xlsx": frozenset({Kind.XLSX}),
    "docx": frozenset({Kind.DOCX}),
    "odt": frozenset({Kind.ODT}),
    "pdf": frozenset({Kind.PDF}),
    "png": IMAGES,
    "jpg": IMAGES,
    "jpeg": IMAGES,
    "jpe": IMAGES,
    "jfif": IMAGES,
    "txt": PLAIN,
    "csv": PLAIN,
    "tsv": PLAIN,
}
"""Endings that are ours, with the kinds they may turn out to be: a photo may be named .jpg and be a PNG."""

_FOREIGN = """
7z ace apk app bat bin bmp bz2 cab chm cmd com cpl css dll doc docb docm dot dotm dotx dmg eml exe gif gz heic hta htm
html iqy iso jar js jse lnk mht mhtml msg msi ods odp php pif potm ppam pps ppsm ppt pptm pptx ps1 py rar reg rtf scf
scr sh slk svg swf tar tif tiff url vbe vbs vhd webp wsf xhtml xla xlam xll xls xlsb xlsm xlt xltm xltx xml xps xz zip
"""
FOREIGN_ENDINGS = frozenset(_FOREIGN.split())
"""Endings that promise something the door does not take, whatever the bytes are."""

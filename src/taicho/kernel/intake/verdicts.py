"""What the child may say of a file: a code from a closed list and two small facts, never a sentence."""

from enum import StrEnum


class Fault(StrEnum):
    """Why a file is not taken in. The sentences live in `sentences.py`, on the trusted side."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    SECRET = "secret"  # noqa: S105 (a secrecy mark, not a password)
    NAME = "name"
    KIND_UNKNOWN = "kind_unknown"
    KIND_UNWANTED = "kind_unwanted"
    NAME_LIES = "name_lies"
    PROGRAM = "program"
    ARCHIVE = "archive"
    MARKUP = "markup"
    OLD_OFFICE = "old_office"
    OTHER_IMAGE = "other_image"
    RTF = "rtf"
    TWO_FACED = "two_faced"
    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    BOMB = "bomb"
    UNSAFE_PATH = "unsafe_path"
    NESTED = "nested"
    MACRO = "macro"
    EMBEDDED = "embedded"
    OUTSIDE_LINK = "outside_link"
    ENTITIES = "entities"
    LIVE_FIELD = "live_field"
    LIVE_FORMULA = "live_formula"
    PDF_ACTION = "pdf_action"
    PDF_ATTACHMENT = "pdf_attachment"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_PIXELS = "too_many_pixels"
    ENCODING = "encoding"
    TOO_MANY_CELLS = "too_many_cells"
    TOO_HEAVY = "too_heavy"
    BUSY = "busy"


class Unfit(Exception):
    """The file is not taken in. `where` is a place (sheet and row, page), `number` a count; both optional."""

    def __init__(self, fault: Fault, *, where: str = "", number: int | None = None) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.where = where
        self.number = number

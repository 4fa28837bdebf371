"""PDF: every object is looked at, none is run. Pages are read only for their words."""

import contextlib
import io
import re
from typing import Any

from .limits import MAX_PAGES, MAX_PDF_DEPTH, MAX_PDF_OBJECTS, MAX_TEXT_LETTERS, PAGES_READ_FOR_MARKS
from .verdicts import Fault, Unfit
from .written import Writing

_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAMS = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
_ACTIONS = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/SubmitForm",
        "/ImportData",
        "/GoToR",
        "/GoToE",
        "/Rendition",
        "/Movie",
        "/Sound",
        "/RichMediaExecute",
    }
)
_ACTION_KEYS = frozenset({"/JS", "/JavaScript", "/XFA", "/RichMedia", "/RichMediaContent"})
_FILE_KEYS = frozenset({"/EmbeddedFile", "/EmbeddedFiles", "/EF"})
_RAW = {
    b"/JavaScript": Fault.PDF_ACTION,
    b"/Launch": Fault.PDF_ACTION,
    b"/EmbeddedFile": Fault.PDF_ATTACHMENT,
    b"/Encrypt": Fault.ENCRYPTED,
}
_PAGE_FOR_A_BROWSER = re.compile(rb"<script|<html|<!doctype|<\?php|<svg|<iframe|<body", re.IGNORECASE)


def inspect_pdf(data: bytes, *, whole_text: bool) -> Writing:
    """The words of a harmless PDF (of its first pages, or of all); refuses actions, attachments and locks (S-07)."""
    _check_ends(data)
    _check_raw(data)
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise Unfit(Fault.ENCRYPTED)
        _check_objects(reader)
        return _words(reader, whole_text=whole_text)
    except RecursionError as error:
        raise Unfit(Fault.BOMB) from error
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError) as error:
        raise Unfit(Fault.BROKEN) from error


def _check_ends(data: bytes) -> None:
    """The file begins as a PDF, ends as one, and is not also a page for a browser."""
    if data.find(b"%PDF-") > 8 or b"%%EOF" not in data[-2048:]:
        raise Unfit(Fault.TWO_FACED if b"%%EOF" in data else Fault.BROKEN)
    tail = data[data.rfind(b"%%EOF") + 5 :]
    if tail.strip(b"\x00 \t\r\n\x1a") or _PAGE_FOR_A_BROWSER.search(data[:1024]):
        raise Unfit(Fault.TWO_FACED)


def _check_raw(data: bytes) -> None:
    """Names outside streams, also those spelt with #xx and those of older revisions no table points at."""
    bare = _NAME_ESCAPE.sub(lambda hit: bytes([int(hit[1], 16)]), _STREAMS.sub(b" ", data))
    for name, fault in _RAW.items():
        if re.search(re.escape(name) + rb"(?![A-Za-z])", bare):
            raise Unfit(fault)
    if re.search(rb"<script|<html|<\?php", bare, re.IGNORECASE):
        raise Unfit(Fault.TWO_FACED)
    if re.search(rb"(?:\[\s*){%d}|(?:<<\s*/\w+\s*){%d}" % (MAX_PDF_DEPTH, MAX_PDF_DEPTH), bare):
        raise Unfit(Fault.BOMB)


def _check_objects(reader: Any) -> None:
    from pypdf.generic import IndirectObject

    places = [(number, generation) for generation, table in reader.xref.items() for number in table]
    places += [(number, 0) for number in reader.xref_objStm]
    if len(places) > MAX_PDF_OBJECTS:
        raise Unfit(Fault.BOMB)
    pages = 0
    for number, generation in places:
        found = reader.get_object(IndirectObject(number, generation, reader))
        pages += isinstance(found, dict) and found.get("/Type") == "/Page"
        _check_object(found)
    if pages > MAX_PAGES:
        raise Unfit(Fault.TOO_MANY_PAGES, number=pages)
    _check_object(reader.trailer)


def _check_object(top: Any) -> None:
    """Walk one object's own tree (references are separate objects) and judge every dictionary in it."""
    waiting: list[tuple[Any, int]] = [(top, 0)]
    while waiting:
        thing, depth = waiting.pop()
        if depth > MAX_PDF_DEPTH:
            raise Unfit(Fault.BOMB)
        if isinstance(thing, dict):
            _judge(thing)
            waiting += [(part, depth + 1) for part in dict.values(thing)]
        elif isinstance(thing, list):
            waiting += [(part, depth + 1) for part in list.__iter__(thing)]


def _judge(entries: dict[Any, Any]) -> None:
    if not _FILE_KEYS.isdisjoint(entries) or dict.get(entries, "/Type") == "/EmbeddedFile":
        raise Unfit(Fault.PDF_ATTACHMENT)
    if dict.get(entries, "/Subtype") in {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}:
        raise Unfit(Fault.PDF_ATTACHMENT)
    if not _ACTION_KEYS.isdisjoint(entries) or dict.get(entries, "/S") in _ACTIONS:
        raise Unfit(Fault.PDF_ACTION)
    link = dict.get(entries, "/URI")
    if isinstance(link, str | bytes) and re.match(r"\s*(javascript|file|data|vbscript):", _text(link), re.IGNORECASE):
        raise Unfit(Fault.PDF_ACTION)


def _words(reader: Any, *, whole_text: bool) -> Writing:
    writing = Writing()
    about = reader.metadata or {}
    for key in ("/Title", "/Subject", "/Keywords"):
        writing.head += str(about.get(key) or "").splitlines()
    if len(reader.pages) == 0:
        raise Unfit(Fault.BROKEN)
    letters = 0
    for number, page in enumerate(reader.pages):
        if letters > MAX_TEXT_LETTERS or (number >= PAGES_READ_FOR_MARKS and not whole_text):
            break
        lines = page.extract_text().splitlines()
        letters += sum(map(len, lines))
        writing.body += lines
        if number == 0:
            writing.head += _notes(page)
    return writing


def _notes(page: Any) -> list[str]:
    """What annotations write on the page: a stamp may be one."""
    notes: list[str] = []
    for reference in page.get("/Annots") or []:
        contents = reference.get_object().get("/Contents")
        notes += str(contents or "").splitlines()
    return notes


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("latin-1")


def load() -> None:
    """Load pypdf with every part of it, for it loads some only when a file asks; and let it remember fonts."""
    import importlib
    import pkgutil

    import pypdf

    for module in pkgutil.walk_packages(pypdf.__path__, "pypdf."):
        with contextlib.suppress(ImportError):  # parts for pictures want a library that we do not have
            importlib.import_module(module.name)
    _remember_fonts()


def _remember_fonts() -> None:
    """A font is read once a file, not once a page: 60 pages with a large letter map took 10 s, now less than one.

    pypdf is pinned below its next major version; where its font class has moved, reading is only slower.
    """
    from pypdf import _page

    font = getattr(_page, "Font", None)
    original = getattr(font, "from_font_resource", None)
    if font is None or original is None:
        return
    known: dict[int, tuple[Any, Any]] = {}

    def remembered(resource: Any) -> Any:
        if id(resource) not in known:
            known[id(resource)] = (resource, original(resource))  # kept alive, so that its id stays its own
        return known[id(resource)][1]

    font.from_font_resource = staticmethod(remembered)

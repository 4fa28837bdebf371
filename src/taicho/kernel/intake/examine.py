"""Inside the child: sniff, inspect, read, judge the marks, and say it in plain JSON."""

import codecs
import dataclasses
from typing import Any

from . import delimited, images, office, packages, pdfs, plaintext, secrecy, sniff, workbook, written
from .grids import Grid
from .kinds import IMAGES, PLAIN, Kind, Read
from .verdicts import Fault, Unfit


def load_readers(data: bytes) -> None:
    """Load the libraries this file will need, for nothing can be loaded once the doors are locked."""
    for name in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp437", "latin-1"):
        codecs.lookup(name)
    if data.startswith(sniff.ZIP):
        import python_calamine  # noqa: F401
    elif b"%PDF-" in data[:32]:
        pdfs.load()


def answer(data: bytes, question: dict[str, Any]) -> dict[str, Any]:
    """The verdict on one file: `{"fault": …}` or `{"kind": …, "text": …, "sheets": …}`."""
    try:
        return _examine(data, question)
    except Unfit as unfit:
        return {"fault": unfit.fault.value, "where": unfit.where[:100], "number": unfit.number}
    except (MemoryError, RecursionError):
        return {"fault": Fault.TOO_HEAVY.value, "where": "", "number": None}
    except BaseException as surprise:  # a reader fell over; also Rust panics, which are no Exception
        return {"fault": Fault.BROKEN.value, "where": "", "number": None, "surprise": type(surprise).__name__}


def _examine(data: bytes, question: dict[str, Any]) -> dict[str, Any]:
    read = Read(question["read"])
    kind = sniff.kind_of(data, plain=Kind(question["plain"]))
    if kind in IMAGES:
        width, height = images.inspect_image(data, kind)
        return {"kind": kind.value, "width": width, "height": height}
    if kind is Kind.PDF:
        return _written(kind, pdfs.inspect_pdf(data, whole_text=read is Read.TEXT), read)
    if kind in PLAIN:
        return _plain(kind, plaintext.decode(data), read)
    package = packages.Package(data)
    kind = office.inspect_package(package)
    if kind is Kind.XLSX:
        return _workbook(data, package)
    return _written(kind, written.words_of(package, kind), read)


def _written(kind: Kind, writing: written.Writing, read: Read) -> dict[str, Any]:
    if secrecy.mark_in(writing.body, heads=writing.head):
        raise Unfit(Fault.SECRET)
    return {"kind": kind.value, "text": "\n".join(writing.body) if read is Read.TEXT else None}


def _plain(kind: Kind, text: str, read: Read) -> dict[str, Any]:
    grid = delimited.read_delimited(text) if kind is Kind.CSV else None
    if grid:
        _refuse_marked_table(grid, [])
    elif secrecy.mark_in(text.split("\n", 400)[:400]):
        raise Unfit(Fault.SECRET)
    return {
        "kind": kind.value,
        "text": text if read is Read.TEXT else None,
        "sheets": [dataclasses.asdict(grid)] if grid and read is Read.ROWS else None,
    }


def _workbook(data: bytes, package: packages.Package) -> dict[str, Any]:
    marks = workbook.scan_sheets(package)
    heads = [line for known in marks.values() for line in known.page_heads] + written.properties_of(package)
    grids = workbook.read_grids(data, package, marks)
    for grid in grids:
        _refuse_marked_table(grid, heads)
    return {"kind": Kind.XLSX.value, "sheets": [dataclasses.asdict(grid) for grid in grids]}


def _refuse_marked_table(grid: Grid, heads: list[str]) -> None:
    if secrecy.mark_in_table(grid.rows, heads=[grid.name, *heads]):
        raise Unfit(Fault.SECRET)

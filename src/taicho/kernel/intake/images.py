"""Photos: size from the header only, nothing is decoded, nothing may hide behind the picture."""

import struct
import zlib

from .kinds import Kind
from .limits import MAX_IMAGE_NOTES, MAX_PIXELS
from .sniff import OLE
from .verdicts import Fault, Unfit

_SIZED = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})
_ACTIVE = (b"<script", b"<?php", b"<html", b"<iframe", b"<!doctype html", b"<svg")
_STRANGERS = (b"PK\x03\x04", b"%PDF-", b"Rar!\x1a\x07", OLE)


def inspect_image(data: bytes, kind: Kind) -> tuple[int, int]:
    """Width and height in pixels; refuses broken, oversized (> 40 Mpx) and two-faced pictures (S-07)."""
    width, height = _png_size(data) if kind is Kind.PNG else _jpeg_size(data)
    if width <= 0 or height <= 0:
        raise Unfit(Fault.BROKEN)
    if width * height > MAX_PIXELS:
        raise Unfit(Fault.TOO_MANY_PIXELS, number=width * height // 1_000_000)
    lowered = data.lower()
    if any(token in lowered for token in _ACTIVE):
        raise Unfit(Fault.TWO_FACED)
    return width, height


def _png_size(data: bytes) -> tuple[int, int]:
    """Walk the chunks: IHDR first, image data present, IEND last, not a byte after it."""
    seen: set[bytes] = set()
    place, size = 8, (0, 0)
    while place + 12 <= len(data):
        length, name = struct.unpack(">I4s", data[place : place + 8])
        if not seen and name != b"IHDR":
            break
        if name == b"IHDR" and length >= 8:
            size = struct.unpack(">II", data[place + 8 : place + 16])
        if name in {b"zTXt", b"iTXt", b"iCCP"}:
            _check_note(data[place + 8 : place + 8 + length])
        seen.add(name)
        place += 12 + length
        if name == b"IEND":
            if place != len(data):
                raise Unfit(Fault.TWO_FACED)
            if b"IDAT" in seen:
                return size
    raise Unfit(Fault.BROKEN)


def _check_note(chunk: bytes) -> None:
    """A packed note (text or colour table) must not unpack to megabytes in whoever opens the picture."""
    packed = chunk.find(b"\x78")  # where a zlib stream can begin
    while 0 <= packed < 512:
        inflater = zlib.decompressobj()
        try:
            if len(inflater.decompress(chunk[packed:], MAX_IMAGE_NOTES + 1)) > MAX_IMAGE_NOTES:
                raise Unfit(Fault.BOMB)
        except zlib.error:
            pass
        packed = chunk.find(b"\x78", packed + 1)


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """Walk the segments to the frame header; phones add trailers, so those may stay unless they are a file."""
    place, size = 2, None
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if marker in _BARE:
            place += 2
            continue
        length = int.from_bytes(data[place + 2 : place + 4], "big")
        if length < 2:
            break
        if marker in _SIZED and size is None and length >= 7:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            size = (width, height)
        place += 2 + length
        if marker == 0xDA:
            return _jpeg_end(data, place, size)
    raise Unfit(Fault.BROKEN)


def _jpeg_end(data: bytes, scan: int, size: tuple[int, int] | None) -> tuple[int, int]:
    end = data.find(b"\xff\xd9", scan)
    if size is None or end < 0:
        raise Unfit(Fault.BROKEN)
    trailer = data[end + 2 :]
    if any(stranger in trailer for stranger in _STRANGERS) or trailer.lstrip(b"\x00").startswith(b"MZ"):
        raise Unfit(Fault.TWO_FACED)
    return size

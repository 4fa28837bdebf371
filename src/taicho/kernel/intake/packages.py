"""The zip guard: a package is measured before anything in it is believed (trust.md S-07)."""

import io
import stat
import struct
import zipfile
import zlib

from .limits import MAX_DIRECTORY_BYTES, MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED, RATIO_FLOOR
from .sniff import ZIP, starts_like_foreign
from .verdicts import Fault, Unfit

_END = struct.Struct("<4s4H2LH")
_LOCAL = struct.Struct("<4s5H3L2H")
_CHUNK = 256 * 1024
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_ARCHIVE_ENDINGS = (
    ".zip",
    ".rar",
    ".7z",
    ".gz",
    ".tar",
    ".jar",
    ".xlsx",
    ".docx",
    ".xlsm",
    ".docm",
    ".pptx",
    ".odt",
    ".ods",
)
_PROGRAM_ENDINGS = (
    ".exe",
    ".dll",
    ".js",
    ".vbs",
    ".bat",
    ".cmd",
    ".ps1",
    ".scr",
    ".hta",
    ".jse",
    ".wsf",
    ".lnk",
    ".com",
)


class Package:
    """An opened and measured zip: every member unpacked once to prove its size, checksum and harmless start."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        _check_end(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._members = self._zip.infolist()
            _check_members(self._members)
            _check_layout(data, self._members)
            _measure(data, self._members)
        except (zipfile.BadZipFile, zlib.error, struct.error, UnicodeError, EOFError, ValueError) as error:
            raise Unfit(Fault.BROKEN) from error
        except (NotImplementedError, RuntimeError) as error:
            raise Unfit(Fault.ENCRYPTED) from error

    @property
    def names(self) -> list[str]:
        """Names of all members that are not folders."""
        return [member.filename for member in self._members if not member.is_dir()]

    def read(self, name: str) -> bytes:
        """The unpacked bytes of one member (measured before: within the limits)."""
        return self._zip.read(name)


def _check_end(data: bytes) -> None:
    """One end record, at the very end, without a comment, naming one small directory."""
    place = len(data) - _END.size
    if place < 0 or data[place : place + 4] != b"PK\x05\x06":
        raise Unfit(Fault.TWO_FACED if data.rfind(b"PK\x05\x06") > 0 else Fault.BROKEN)
    _, disks, total, size, offset, comment = _unpack_end(data, place)
    if disks or comment:
        raise Unfit(Fault.BROKEN)
    if total > MAX_MEMBERS or size > MAX_DIRECTORY_BYTES:
        raise Unfit(Fault.BOMB, number=total)
    if total == 0xFFFF or offset == 0xFFFFFFFF or offset + size != place:
        raise Unfit(Fault.BROKEN)


def _unpack_end(data: bytes, place: int) -> tuple[bytes, int, int, int, int, int]:
    sign, disk, first, here, total, size, offset, comment = _END.unpack_from(data, place)
    return sign, disk or first or (here != total), total, size, offset, comment


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS:
        raise Unfit(Fault.BOMB, number=len(members))
    seen: set[str] = set()
    for member in members:
        _check_name(member)
        folded = member.filename.casefold()
        if folded in seen:
            raise Unfit(Fault.TWO_FACED)
        seen.add(folded)
        if member.flag_bits & _ENCRYPTED:
            raise Unfit(Fault.ENCRYPTED)
        if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise Unfit(Fault.BROKEN)
        _check_ratio(member.compress_size, member.file_size)
    _check_ratio(sum(m.compress_size for m in members), sum(m.file_size for m in members))


def _check_name(member: zipfile.ZipInfo) -> None:
    """No path that leaves the package, no link, no device, no program by its ending."""
    name = member.orig_filename
    parts = name.split("/")
    if "\\" in name or ":" in name or name.startswith("/") or ".." in parts or len(name) > 255:
        raise Unfit(Fault.UNSAFE_PATH)
    if any(ord(letter) < 32 or letter in "\x7f\u202e\u202d\u2066\u2067\u2068" for letter in name):
        raise Unfit(Fault.UNSAFE_PATH)
    mode = stat.S_IFMT(member.external_attr >> 16)
    if mode not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise Unfit(Fault.UNSAFE_PATH)
    if name.lower().endswith(_ARCHIVE_ENDINGS):
        raise Unfit(Fault.NESTED)
    if name.lower().endswith(_PROGRAM_ENDINGS):
        raise Unfit(Fault.PROGRAM)


def _check_ratio(packed: int, unpacked: int) -> None:
    if unpacked > MAX_UNPACKED or (unpacked > RATIO_FLOOR and unpacked > MAX_RATIO * max(packed, 1)):
        raise Unfit(Fault.BOMB)


def _check_layout(data: bytes, members: list[zipfile.ZipInfo]) -> None:
    """Members lie one after the other from byte 0, none over another, each under the name the directory gives."""
    end = 0
    for member in sorted(members, key=lambda m: m.header_offset):
        start = _content_start(data, member)
        if member.header_offset < end or (end == 0 and member.header_offset != 0):
            raise Unfit(Fault.TWO_FACED)
        if member.header_offset - end > 64:  # room for a data descriptor, not for a second file
            raise Unfit(Fault.TWO_FACED)
        end = start + member.compress_size
    if end > len(data):
        raise Unfit(Fault.BROKEN)


def _content_start(data: bytes, member: zipfile.ZipInfo) -> int:
    fields = _LOCAL.unpack_from(data, member.header_offset)
    flags, method, name_length, extra_length = fields[2], fields[3], fields[9], fields[10]
    name_at = member.header_offset + _LOCAL.size
    raw = data[name_at : name_at + name_length]
    if fields[0] != ZIP or method != member.compress_type or flags & _ENCRYPTED:
        raise Unfit(Fault.TWO_FACED)
    if raw.decode("utf-8" if flags & 0x800 else "cp437") != member.orig_filename:
        raise Unfit(Fault.TWO_FACED)
    return name_at + name_length + extra_length


def _measure(data: bytes, members: list[zipfile.ZipInfo]) -> None:
    """Unpack every member in small pieces: what it says of its size must be true."""
    for member in members:
        start = _content_start(data, member)
        packed = memoryview(data)[start : start + member.compress_size]
        size, check, head = _unpack_measured(packed, member)
        if size != member.file_size or check != member.CRC:
            raise Unfit(Fault.TWO_FACED)
        fault = starts_like_foreign(head) or (Fault.NESTED if head.startswith(ZIP) else None)
        if fault is not None:
            raise Unfit(_inside_fault(fault, member.filename))


def _inside_fault(fault: Fault, name: str) -> Fault:
    """An archive inside is nested; an old Office file inside is an object or the macros; a program is a program."""
    if fault is Fault.OLD_OFFICE:
        return Fault.MACRO if "vba" in name.lower() else Fault.EMBEDDED
    return Fault.NESTED if fault is Fault.ARCHIVE else fault


def _unpack_measured(packed: memoryview, member: zipfile.ZipInfo) -> tuple[int, int, bytes]:
    if member.compress_type == zipfile.ZIP_STORED:
        return len(packed), zlib.crc32(packed), bytes(packed[:4096])
    inflater = zlib.decompressobj(-15)
    size, check, head = 0, 0, b""
    pending: bytes | memoryview = packed
    while not inflater.eof:
        piece = inflater.decompress(pending, _CHUNK)
        pending = inflater.unconsumed_tail
        if not piece and not pending:
            break
        size, check = size + len(piece), zlib.crc32(piece, check)
        head = head if len(head) >= 4096 else head + piece[:4096]
        if size > member.file_size:
            raise Unfit(Fault.BOMB)
    if not inflater.eof or inflater.unused_data:
        raise Unfit(Fault.TWO_FACED)
    return size, check, head

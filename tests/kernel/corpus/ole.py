"""A compound file (OLE) of some streams: shell of old .doc and .xls, macros and password-locked files."""

import struct
from collections.abc import Mapping

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def entry(
    name: str, kind: int, *, left: int = FREE, child: int = FREE, start: int = END, size: int = 0
) -> bytes:
    """One directory entry of 128 bytes: kind 5 root, 1 storage, 2 stream."""
    raw = name.encode("utf-16-le") + b"\x00\x00"
    head = raw.ljust(64, b"\x00") + struct.pack("<HBBIII", len(raw), kind, 1, left, FREE, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """A version 3 compound file with these streams in the root, each filled up to 4,096 bytes or more."""
    bodies = {name: body.ljust(4096, b"\x00") for name, body in streams.items()}
    entries = [entry("Root Entry", 5, child=1 if bodies else FREE)]
    folder_sectors = -(-(len(bodies) + 1) // 4)
    chain = [FAT] + [sector + 1 for sector in range(1, folder_sectors)] + [END]
    sectors = b""
    for position, (name, body) in enumerate(bodies.items(), start=1):
        count = -(-len(body) // SECTOR)
        following = position + 1 if position < len(bodies) else FREE
        entries.append(entry(name, 2, left=following, start=len(chain), size=len(body)))
        chain += [len(chain) + step for step in range(1, count)] + [END]
        sectors += body.ljust(count * SECTOR, b"\x00")
    folder = b"".join(entries).ljust(folder_sectors * SECTOR, b"\x00")
    header = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16)
    header += struct.pack("<HHHHH6xIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1)
    header += struct.pack("<IIIIII", 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", 0, *[FREE] * 108)
    table = b"".join(struct.pack("<I", link) for link in chain).ljust(SECTOR, b"\xff")
    return header + table + folder + sectors

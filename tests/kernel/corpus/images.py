"""PNG and baseline JPEG writers of a few lines, enough for photographs that are only grey blocks."""

import struct
import zlib


def chunk(kind: bytes, content: bytes) -> bytes:
    """One PNG chunk with its check sum."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(
    width: int, height: int, *, bits: int = 8, extra: bytes = b"", claimed: tuple[int, int] | None = None
) -> bytes:
    """A grey PNG with a gradient by rows; `claimed` writes another size into the header."""
    shown_width, shown_height = claimed or (width, height)
    header = struct.pack(">IIBBBBB", shown_width, shown_height, bits, 0, 0, 0, 0)
    packer = zlib.compressobj(6)
    length = (width * bits + 7) // 8
    rows = b"".join(
        packer.compress(b"\x00" + bytes([(row * 3) % 256 if bits == 8 else 0xAA]) * length)
        for row in range(height)
    )
    rows += packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def segment(marker: int, content: bytes) -> bytes:
    """One JPEG segment."""
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def exif(orientation: int = 6, make: bytes = b"Example Phone\x00") -> bytes:
    """An Exif segment as a phone writes it: maker and orientation."""
    head = struct.pack("<2sHIH", b"II", 42, 8, 2)
    maker = struct.pack("<HHII", 0x010F, 2, len(make), 38)
    turn = struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0)
    return segment(0xE1, b"Exif\x00\x00" + head + maker + turn + struct.pack("<I", 0) + make)


class Bits:
    """Bits from the highest on, with the zero byte that JPEG wants behind each 0xFF."""

    def __init__(self) -> None:
        self.word, self.count, self.out = 0, 0, bytearray()

    def put(self, value: int, length: int) -> None:
        """Append `length` bits."""
        self.word = (self.word << length) | value
        self.count += length
        while self.count >= 8:
            self.count -= 8
            byte = (self.word >> self.count) & 0xFF
            self.out += b"\xff\x00" if byte == 0xFF else bytes([byte])
        self.word &= (1 << self.count) - 1

    def ended(self) -> bytes:
        """All bytes, the last filled with ones."""
        if self.count:
            self.put((1 << (8 - self.count)) - 1, 8 - self.count)
        return bytes(self.out)


def scan(blocks: int) -> bytes:
    """Entropy-coded blocks: the brightness wanders, each block is flat.

    Direct-current codes are four bits (the category itself, 0–11); the only alternating code is the end of
    block, the single bit 0.
    """
    bits = Bits()
    for block in range(blocks):
        step = 40 if block % 2 == 0 else -40
        size = abs(step).bit_length()
        bits.put(size, 4)
        bits.put(step if step > 0 else step + (1 << size) - 1, size)
        bits.put(0, 1)
    return bits.ended()


def jpeg(width: int, height: int, *, extra: bytes = b"", claimed: tuple[int, int] | None = None) -> bytes:
    """A grey baseline JPEG; `claimed` writes another size into the frame header."""
    shown_width, shown_height = claimed or (width, height)
    jfif = segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
    quantisation = segment(0xDB, b"\x00" + bytes([8] * 64))
    frame = segment(0xC0, struct.pack(">BHHB", 8, shown_height, shown_width, 1) + b"\x01\x11\x00")
    direct = segment(0xC4, b"\x00" + bytes([0, 0, 0, 12] + [0] * 12) + bytes(range(12)))
    alternating = segment(0xC4, b"\x10" + bytes([1] + [0] * 15) + b"\x00")
    start = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00")
    blocks = -(-width // 8) * -(-height // 8)
    tables = quantisation + frame + direct + alternating
    return b"\xff\xd8" + jfif + extra + tables + start + scan(blocks) + b"\xff\xd9"

"""Read rows of the trail as PostgreSQL's binary COPY sends them, ready to be hashed."""

from collections.abc import Iterator
from typing import Any

from psycopg import sql

from taicho.kernel.audit.encoding import FIELDS

ENTRY = sql.SQL(", ").join(sql.Identifier("e", name) for name in FIELDS)
"""The hashed columns of an entry `e`, in the order of the encoding."""

_HEADER = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
_TRAILER = b"\xff\xff"


def copied(cursor: Any, query: sql.Composed) -> Iterator[bytes]:
    """The rows that `query` selects, each as its columns in binary with their lengths (without the column count)."""
    statement = sql.SQL("COPY ({}) TO STDOUT (FORMAT BINARY)").format(query)
    with cursor.copy(statement) as copy:
        blocks = iter(copy)
        first = bytes(next(blocks, b"")).removeprefix(_HEADER)
        if first not in (b"", _TRAILER):
            yield first[2:]
        for block in blocks:
            if block != _TRAILER:
                yield bytes(block[2:])


def write_copied(cursor: Any, table: str, columns: tuple[str, ...], rows: list[bytes]) -> None:
    """Insert `rows`, encoded as `copied` yields them, into `table`."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    count = len(columns).to_bytes(2, "big")
    with cursor.copy(statement) as copy:
        copy.write(_HEADER + b"".join(count + row for row in rows) + _TRAILER)

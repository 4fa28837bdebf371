"""What a backup says of itself: when, from which program, how many rows, which chain heads."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from psycopg import Connection, sql

from taicho.kernel.refusals import Refusal

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """Facts of the database at the instant of its snapshot. `rows` counts by table name."""

    taken_at: str
    program: str
    migrations: tuple[str, ...]
    rows: dict[str, int] = field(default_factory=dict)
    drill: bool = False
    format: int = FORMAT

    def to_json(self) -> bytes:
        """The same facts always give the same bytes."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_json(cls, text: bytes) -> "Manifest":
        """Refused when a newer program wrote the backup in a format unknown here."""
        facts = json.loads(text)
        if facts.get("format") != FORMAT:
            raise Refusal("Bản sao lưu có dạng mà phiên bản này chưa biết. Hãy dùng phiên bản mới hơn.", code="format")
        return cls(**facts | {"migrations": tuple(facts["migrations"])})


def describe(connection: "Connection[Any]", *, taken_at: datetime, program: str, drill: bool) -> Manifest:
    """Count every table of the snapshot that `connection` (a repeatable-read transaction) sees."""
    applied = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1").fetchall()
    return Manifest(
        taken_at=taken_at.isoformat(),
        program=program,
        migrations=tuple(row[0] for row in applied),
        rows=count_rows(connection),
        drill=drill,
    )


def count_rows(connection: "Connection[Any]") -> dict[str, int]:
    """Rows of every table of the application, by table name."""
    names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1")
    return {name: _count(connection, name) for (name,) in names.fetchall()}


def _count(connection: "Connection[Any]", table: str) -> int:
    found = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
    return int(found[0]) if found else 0

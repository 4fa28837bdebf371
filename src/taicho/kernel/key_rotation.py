"""Rotate keys while the office works: seal every stored value anew with the active key, in small batches (S-15).

`KeyRing.renew` makes the new key; from then on every save uses it, and the old one still reads. `reseal` walks the
tables; a row that somebody holds is skipped and met again on the next walk. `retire` destroys a key that no row needs
any more.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from taicho.kernel.encrypted import BlindIndexField, EncryptedField
from taicho.kernel.keyring import FIELD, INDEX, KeyProblem, ring
from taicho.kernel.sealing import VERSION, BrokenSeal, current_prefix

log = logging.getLogger(__name__)

BATCH = 500
WALKS = 5

Models = Iterable[type[models.Model]]


@dataclass(frozen=True)
class Resealed:
    """Rows sealed anew, rows that do not open (named in the log), other rows still under an older key."""

    rows: int
    broken: int
    left: int


@dataclass(frozen=True)
class Table:
    """A model with the columns that depend on a key."""

    model: type[models.Model]
    fields: tuple[EncryptedField | BlindIndexField, ...]

    @property
    def read(self) -> set[str]:
        """The fields needed to seal a row anew."""
        sealed = {
            name for field in self.fields if isinstance(field, EncryptedField) for name in (field.name, field.row_key)
        }
        return sealed | {field.source for field in self.fields if isinstance(field, BlindIndexField)}

    def rows(self, condition: str, wanted: str = "count(*)") -> str:
        """A query over the rows where one of the columns meets `condition`, a text with `{column}` and parameters."""
        either = " or ".join(condition.format(column=_quoted(field.column)) for field in self.fields)
        return f"select {wanted} from {_quoted(self.model._meta.db_table)} where ({either})"  # noqa: S608 - names only


def tables(chosen: Models | None = None) -> list[Table]:
    """Every table with encrypted fields or blind indexes (of the `chosen` models, when given)."""
    stored = [model for model in (chosen or apps.get_models()) if model._meta.managed and not model._meta.proxy]
    found = [
        Table(model, tuple(f for f in model._meta.local_fields if isinstance(f, EncryptedField | BlindIndexField)))
        for model in stored
    ]
    return [table for table in found if table.fields]


def reseal(
    chosen: Models | None = None,
    *,
    batch: int = BATCH,
    progress: Callable[[int], None] = lambda rows: None,
    pause: float = 1.0,
) -> Resealed:
    """Seal anew every row that an older key sealed or indexed. `progress` hears the number of rows of each batch.

    One short transaction a batch. Rows that others hold are tried again after `pause` seconds, five walks in all;
    `left` counts those that remain. Call outside a transaction. Refused: key-missing.
    """
    rows = broken = 0
    for walk in range(WALKS):
        if walk:
            time.sleep(pause)
        broken = 0
        for table in tables(chosen):
            for done, failed in _walk(table, batch):
                rows, broken = rows + done, broken + failed
                progress(done)
        if stale_rows(chosen) <= broken:
            break
    return Resealed(rows, broken, stale_rows(chosen) - broken)


def stale_rows(chosen: Models | None = None) -> int:
    """Rows that an older key sealed or indexed."""
    return sum(_count(table.rows(_STALE), _current(table)) for table in tables(chosen))


def retire(purpose: str, key_id: bytes, chosen: Models | None = None) -> None:
    """Destroy an old key for good. Waits for writers of the tables, then looks whether any row needs the key.

    Refused: key-in-use. Backups of the database made before the rotation open only with a backup of the keys.
    """
    kind, mark = (EncryptedField, VERSION + key_id) if purpose == FIELD else (BlindIndexField, key_id)
    with transaction.atomic():
        for table in tables(chosen):
            own = Table(table.model, tuple(field for field in table.fields if isinstance(field, kind)))
            if own.fields and _locked_count(own, mark):
                raise KeyProblem(
                    _("Còn dữ liệu mã hóa bằng khóa %(key)s. Mã hóa lại xong rồi mới hủy khóa này.")
                    % {"key": key_id.hex()},
                    code="key-in-use",
                )
        ring().drop(purpose, key_id)


_STALE = "substring({column} from 1 for %s) <> %s"
_UNDER = "substring({column} from 1 for %s) = %s"


def _walk(table: Table, batch: int) -> Iterator[tuple[int, int]]:
    """Go once through a table in the order of its primary key; per batch, rows sealed anew and rows not opening."""
    after: Any = None
    while True:
        with transaction.atomic():
            stale = _next_stale(table, after, batch)
            if not stale:
                return
            done = _reseal_rows(table, stale)
        after = stale[-1]
        yield done


def _next_stale(table: Table, after: Any, batch: int) -> list[Any]:
    pk = _quoted(table.model._meta.pk.column)
    query, params = table.rows(_STALE, pk), _current(table)
    if after is not None:
        query, params = f"{query} and {pk} > %s", [*params, after]
    with connection.cursor() as cursor:
        cursor.execute(f"{query} order by {pk} limit %s", [*params, batch])
        return [key for (key,) in cursor.fetchall()]


def _reseal_rows(table: Table, keys: list[Any]) -> tuple[int, int]:
    rows = (
        table.model._base_manager.only(*table.read)
        .filter(pk__in=keys)
        .select_for_update(skip_locked=True, of=("self",))
    )
    anew: list[list[Any]] = []
    broken = 0
    for row in rows:
        try:
            anew.append([*_values(table, row), row.pk])
        except BrokenSeal as problem:
            broken += 1
            log.error("A row does not open and keeps its old key: %s", problem)
    columns = ", ".join(f"{_quoted(field.column)} = %s" for field in table.fields)
    meta = table.model._meta
    with connection.cursor() as cursor:
        where = f"where {_quoted(meta.pk.column)} = %s"
        cursor.executemany(f"update {_quoted(meta.db_table)} set {columns} {where}", anew)  # noqa: S608 - names only
    return len(anew), broken


def _values(table: Table, row: models.Model) -> list[Any]:
    return [field.get_db_prep_value(field.pre_save(row, add=False), connection) for field in table.fields]


def _current(table: Table) -> list[Any]:
    """Parameters of _STALE: what the active keys' values begin with."""
    marks = [
        current_prefix() if isinstance(field, EncryptedField) else ring().active(INDEX).id for field in table.fields
    ]
    return [param for mark in marks for param in (len(mark), mark)]


def _locked_count(table: Table, mark: bytes) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"lock table {_quoted(table.model._meta.db_table)} in share mode")
    return _count(table.rows(_UNDER), [len(mark), mark] * len(table.fields))


def _count(query: str, params: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return int(cursor.fetchone()[0])


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(name or "")

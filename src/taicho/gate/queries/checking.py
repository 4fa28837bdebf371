"""May this pass come in? One prepared statement gathers the facts, one rule says the word (E1–E5; Done-when 7).

The statement reads rows of several rooms at once, so that a queue at 7h30 does not wait. What it must return is said by
its twin in the ORM (tests/gate/twin.py), against which it is tried with random histories.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection

from taicho.gate.enums import KINDS_AT_THE_GATE, Audience, GateVerdict, Need
from taicho.gate.models import GateDevice, GatePass, PassCode
from taicho.gate.queries.requirements import put_together
from taicho.gate.queries.statement import COLUMNS, STATEMENT
from taicho.gate.rules.codes import Shown, read_shown
from taicho.gate.rules.requirements import Requirements, from_columns
from taicho.gate.rules.verdicts import Facts, judge
from taicho.kernel import clock
from taicho.organisation.enums import PersonKind
from taicho.organisation.models import Gate, Unit


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the screen says, for which measures, and who it is about. `needs` is what the guard still sees or measures.

    `name` and `unit` are empty for a visitor, whose identity is sealed and opened by the page. `stale`: the stored
    requirements were not true any more and were put together for this answer.
    """

    verdict: GateVerdict
    because: tuple[UUID, ...] = ()
    needs: tuple[Need, ...] = ()
    noted: tuple[Need, ...] = ()
    gate_pass: UUID | None = None
    person: int | None = None
    person_key: UUID | None = None
    visit: int | None = None
    audience: Audience | None = None
    name: str = ""
    unit: str = ""
    facts: Facts | None = None
    asked: Requirements | None = None
    stale: bool = False


UNKNOWN = Verdict(GateVerdict.UNKNOWN_CODE)


def check(shown: str, *, gate: Gate, at: datetime, device: GateDevice | None) -> Verdict:
    """The verdict on what was scanned or typed at `gate`. A typed code counts only inside an enrolled device."""
    read = read_shown(shown)
    if read is None or (read.code and device is None):
        return UNKNOWN
    return _verdict(read, None, gate, at)


def check_pass(key: UUID, *, gate: Gate, at: datetime) -> Verdict:
    """The verdict on a pass that has been read already, by its public name."""
    return _verdict(Shown(), key, gate, at)


def _verdict(shown: Shown, key: UUID | None, gate: Gate, at: datetime) -> Verdict:
    rows = _gather(shown, key, gate, at)
    if len(rows) != 1:
        return UNKNOWN
    row = rows[0]
    audience = _audience(row)
    asked = _asked(row, audience, at)
    facts = _facts(row, audience)
    said = judge(facts, asked)
    return Verdict(
        said.verdict, said.because, said.needs, said.missing, row["pass_key"], row["person_id"], row["person_key"],
        row["visit_id"], audience, row["full_name"], row["unit_name"] or "", facts, asked, not row["rule_is_true"],
    )  # fmt: skip


def _gather(shown: Shown, key: UUID | None, gate: Gate, at: datetime) -> list[dict[str, Any]]:
    """The row of the pass, or none; two only if two rooms of keys gave one code, and then it opens nothing."""
    token_field: Any = GatePass._meta.get_field("token_index")
    code_field: Any = PassCode._meta.get_field("code_index")
    given = {
        "gate": gate.pk,
        "at": at,
        "day": clock.today(at),
        "tokens": token_field.possible_indexes(shown.token) if shown.token else [],
        "codes": code_field.possible_indexes(shown.code) if shown.code else [],
        "key": key,
        "kinds": list(KINDS_AT_THE_GATE),
    }
    connection.ensure_connection()
    raw = connection.connection
    if raw.prepare_threshold is None:
        raw.prepare_threshold = 1  # Django's own cursors bind on this side and never prepare
    with connection.wrap_database_errors, psycopg.Cursor(raw) as cursor:
        cursor.execute(STATEMENT, given, prepare=True)
        return [dict(zip(COLUMNS, row, strict=True)) for row in cursor.fetchall()]


def _audience(row: dict[str, Any]) -> Audience:
    return Audience.STAFF if row["kind"] == PersonKind.STAFF else Audience.VISITORS


def _asked(row: dict[str, Any], audience: Audience, at: datetime) -> Requirements:
    """The stored requirements while they are true; else put together from the measures, so that none is overlooked."""
    if row["rule_is_true"]:
        return from_columns(*(_json(row[name]) for name in ("needs", "reasons", "modes", "mode_reasons")))
    return put_together(Unit.objects.get(pk=row["agency_id"]), audience, at)


def _facts(row: dict[str, Any], audience: Audience) -> Facts:
    names = ("serving", "declared", "restricted", "high", "alert", "inside", "host_confirmed")
    excepted = frozenset(GateVerdict(verdict) for verdict in row["excepted"])
    said = {name: bool(row[name]) for name in names}
    return Facts(audience=audience, purpose=row["purpose"] or "", excepted=excepted, **said)


def _json(written: Any) -> Any:
    return json.loads(written) if isinstance(written, str | bytes) else written

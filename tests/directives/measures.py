"""Short words for measures as values, and kinds of an invented area."""

from datetime import date
from typing import ClassVar
from uuid import uuid4

from taicho.directives.enums import Force, RelationKind
from taicho.directives.rules.in_force import Relation, Stated, resolve
from taicho.directives.rules.kinds import KINDS, Kind
from taicho.directives.rules.parameters import (
    clock_times,
    common,
    flag,
    needed,
    ordered,
    several,
    share_at_least,
    share_at_most,
    text,
)
from taicho.kernel.actor import PathRange

CITY, OFFICE, ROOM, OTHER = "0001", "00010001", "000100010001", "0002"
RANKS = {CITY: 1, OFFICE: 2, ROOM: 3}


class Cap(Kind):
    """At most so many on site."""

    name = "trial.cap"
    label = "tối đa tại cơ quan"
    parameters: ClassVar = {"max_pct": share_at_most(), "min_home": share_at_least(), "binding": flag()}

    @classmethod
    def contradiction(cls, held):
        return "Số tối đa thấp hơn số phải có mặt." if held.get("max_pct", 100) + held.get("min_home", 0) > 150 else ""


class Entry(Kind):
    """What is asked at a gate."""

    name = "trial.entry"
    label = "cổng"
    parameters: ClassVar = {
        "need": needed(several("declaration", "temperature", "mask")), "if_missing": ordered("note", "ask", "refuse"),
        "permit_by": common(), "times": clock_times(), "note": text(),
    }  # fmt: skip


class Trip(Kind):
    """How a trip is treated."""

    name = "trial.trip"
    label = "đi lại"
    parameters: ClassVar = {"mode": ordered("free", "consent", "essential", "forbidden")}


class Report(Kind):
    """A report to a receiver; never made one."""

    name = "trial.report"
    label = "báo cáo"
    each = True
    parameters: ClassVar = {"to": text(), "times": clock_times()}


TRIAL = {kind.name: kind for kind in (Cap, Entry, Trip, Report)}


def known():
    """The kinds of the house with those of the trial."""
    return KINDS | TRIAL


def under(*paths):
    return tuple(PathRange.under(path) for path in paths)


def stated(
    kind,
    params,
    *,
    by=OFFICE,
    issued=date(2021, 2, 16),
    since=date(2021, 2, 17),
    until=None,
    force=Force.REQUIRE,
    scope=None,
    clause="1",
):
    """A confirmed measure of an issuer, which reaches everything under it unless a scope is given."""
    return Stated(
        key=uuid4(), kind=kind.name, params=kind.read(params), force=force, rank=RANKS[by], issuer=by, issued_on=issued,
        scope=under(*(scope or [by])), from_day=since, until_day=until, clause=clause,
    )  # fmt: skip


def replaces(new, old):
    return Relation(RelationKind.REPLACES, new.key, old.key)


def suspends(new, old):
    return Relation(RelationKind.SUSPENDS, new.key, old.key)


def held(measures, *relations, path=ROOM, day=date(2021, 3, 2)):
    return resolve(measures, relations, path=path, day=day)

"""Write down who passed the gate (E1–E4). Sent twice it is one row; nobody is ever refused the way out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from taicho.gate.enums import Direction, GateVerdict, Need
from taicho.gate.models import Entry, ExceptionDecision, GateDevice, GatePass
from taicho.gate.queries.checking import Verdict, check_pass
from taicho.gate.rules.verdicts import still_missing
from taicho.health.actions.temperatures import record_temperature
from taicho.kernel import audit
from taicho.kernel.actor import Actor
from taicho.kernel.refusals import Conflict, Refusal
from taicho.kernel.saving import judged, keep
from taicho.organisation.models import Person
from taicho.presence.actions.stays import arrive, leave

EVIDENCE = "gate.entry"


@dataclass(frozen=True, slots=True)
class Passing:
    """What the guard sends: made on the device, so that it can be sent again (house D9)."""

    client_id: UUID
    direction: Direction
    seen: frozenset[Need] = frozenset()
    temperature: Decimal | None = None
    again: bool = False
    device_at: datetime | None = None


class Stopped(Conflict):
    """What was known when the screen said "được vào" is not so any more; the page asks anew."""


@transaction.atomic
def record_entry(shown: GatePass, passing: Passing, *, by: Actor, device: GateDevice, at: datetime) -> Entry:
    """Write the passing of the bearer of `shown` at the gate of `device`, and tell presence in the same transaction.

    Coming in is judged again at this instant. A temperature is recorded first; when it is high the entry says so and
    nobody has come in. `again`: come in although no going out was seen. Refused: stopped (Conflict), still-missing,
    bad-temperature, gate_entry_sent_once (Conflict).
    """
    person = Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=shown.person_id)
    if (sent := Entry.objects.filter(client_id=passing.client_id).first()) is not None:
        return _same(sent, shown, passing, by=by, device=device)
    if passing.direction is Direction.OUT:
        return _out(shown, passing, by=by, device=device, at=at)
    said = check_pass(shown.key, gate=device.gate, at=at)
    came_again = said.verdict is GateVerdict.STILL_INSIDE and passing.again
    if said.verdict is not GateVerdict.ADMIT and not came_again:
        raise Stopped(_("Trong lúc chờ, kết quả đã đổi. Xem lại kết quả mới trên màn hình."), code="stopped")
    done = _done(passing)
    _refuse_missing(said, done)
    if passing.temperature is not None:
        _measure(person, passing, by=by, device=device, at=at)
        if check_pass(shown.key, gate=device.gate, at=at).verdict is GateVerdict.HIGH_TEMPERATURE:
            return _write(shown, passing, by=by, device=device, at=at, verdict=GateVerdict.HIGH_TEMPERATURE)
    entry = _write(shown, passing, by=by, device=device, at=at, verdict=said.verdict, said=said, admitted=True)
    arrive(person, device.gate.site, at=at, evidence=EVIDENCE, evidence_key=entry.key, by=by)
    return entry


@transaction.atomic
def turn_away(
    shown: GatePass, *, by: Actor, device: GateDevice, client_id: UUID, at: datetime, celsius: Decimal | None = None
) -> Entry:  # fmt: skip
    """Write that somebody was not let in, with the verdict of this instant. Sent twice it is one row.

    A temperature that was taken is kept first, whatever it is. Refused: bad-temperature, gate_entry_sent_once (Conflict).
    """
    sent = Entry.objects.filter(client_id=client_id).first()
    if sent is not None and (sent.person_id, sent.admitted) != (shown.person_id, False):
        raise _conflict()
    passing = Passing(client_id, Direction.IN, temperature=celsius)
    if celsius is not None:
        _measure(shown.person, passing, by=by, device=device, at=sent.at if sent else at)
    if sent is not None:
        return sent
    said = check_pass(shown.key, gate=device.gate, at=at)
    return _write(shown, passing, by=by, device=device, at=at, verdict=said.verdict)


@transaction.atomic
def measure_again(
    shown: GatePass, *, by: Actor, device: GateDevice, client_id: UUID, celsius: Decimal, at: datetime
) -> None:
    """Record another temperature of somebody who waits; the health post decides what follows. Refused: bad-temperature."""
    passing = Passing(client_id, Direction.IN, temperature=celsius)
    _measure(shown.person, passing, by=by, device=device, at=at)


def _out(shown: GatePass, passing: Passing, *, by: Actor, device: GateDevice, at: datetime) -> Entry:
    if passing.temperature is not None:
        _measure(shown.person, passing, by=by, device=device, at=at)
    entry = _write(shown, passing, by=by, device=device, at=at, verdict=GateVerdict.ADMIT, admitted=True)
    leave(shown.person, at=at, evidence=EVIDENCE, evidence_key=entry.key, by=by)
    return entry


def _write(
    shown: GatePass, passing: Passing, *, by: Actor, device: GateDevice, at: datetime, verdict: GateVerdict,
    said: Verdict | None = None, admitted: bool = False,
) -> Entry:  # fmt: skip
    entry = Entry(
        client_id=passing.client_id, agency=device.agency, site=device.gate.site, gate=device.gate, device=device,
        person_id=shown.person_id, visit_id=shown.visit_id, direction=passing.direction, admitted=admitted,
        verdict=verdict, checks=_checks(passing, said), exception=_exception(shown, said, at), at=at,
        device_at=passing.device_at, guard=by.person,
    )  # fmt: skip
    with judged(Entry):
        keep(entry)
    audit.record(f"gate.entry_{passing.direction.value}", by=by, of=entry, unit=device.agency.key)
    return entry


def _checks(passing: Passing, said: Verdict | None) -> dict[str, bool]:
    """What was asked and whether it was there: booleans, so that compliance can be counted and nothing else."""
    checks = {need.value: True for need in sorted(_done(passing))}
    if said is not None:
        checks |= {need.value: need in _done(passing) for need in said.needs if need is not Need.DISTANCE}
        if said.asked is not None and said.asked.asks(Need.DECLARATION) and said.facts is not None:
            checks[Need.DECLARATION.value] = said.facts.declared
    return checks


def _exception(shown: GatePass, said: Verdict | None, at: datetime) -> ExceptionDecision | None:
    """The decision by which somebody came in whom a requirement would have stopped."""
    if said is None or said.facts is None or not said.facts.excepted:
        return None
    held = ExceptionDecision.objects.filter(allowed=True, request__person=shown.person_id, decided_at__lte=at)
    return held.filter(request__agency=shown.agency_id, request__holds_until__gt=at).order_by("-decided_at").first()


def _refuse_missing(said: Verdict, done: frozenset[Need]) -> None:
    """Refused: still-missing, for what a clause refuses entry without."""
    missing: Iterable[Need] = still_missing(said.asked, done) if said.asked else ()
    if words := ", ".join(str(need.label) for need in missing):
        raise Refusal(_("Chưa cho vào được: còn thiếu %(what)s.") % {"what": words}, code="still-missing")


def _done(passing: Passing) -> frozenset[Need]:
    measured = frozenset({Need.TEMPERATURE}) if passing.temperature is not None else frozenset()
    return frozenset(passing.seen) | measured


def _measure(person: Person, passing: Passing, *, by: Actor, device: GateDevice, at: datetime) -> None:
    assert passing.temperature is not None  # noqa: S101 - callers have looked
    own_id = uuid5(passing.client_id, "temperature")
    record_temperature(person, celsius=passing.temperature, by=by, at=at, client_id=own_id, gate=device.gate)


def _same(sent: Entry, shown: GatePass, passing: Passing, *, by: Actor, device: GateDevice) -> Entry:
    """The row there is, when the same was sent. Refused: gate_entry_sent_once."""
    told = {need.value for need, was in ((need, need in _done(passing)) for need in Need) if was}
    kept = {name for name, was in sent.checks.items() if was and name != Need.DECLARATION}
    same = (sent.person_id, sent.gate_id, sent.direction) == (shown.person_id, device.gate_id, passing.direction)
    if not same or told != kept:
        raise _conflict()
    if passing.temperature is not None:
        _measure(sent.person, passing, by=by, device=device, at=sent.at)
    return sent


def _conflict() -> Conflict:
    told = next(one for one in Entry._meta.constraints if one.name == "gate_entry_sent_once")
    return Conflict(str(told.get_violation_error_message()), code=told.name)

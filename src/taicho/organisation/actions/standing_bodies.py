"""Set up, recompose (kiện toàn), reactivate (kích hoạt lại) and stand down standing bodies (B2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from taicho.kernel import audit, clock, news
from taicho.kernel.actor import Actor
from taicho.kernel.refusals import NotPermitted, Refusal
from taicho.kernel.saving import judged, keep
from taicho.organisation.enums import BodyFunction, PostRole, StandingBodyKind
from taicho.organisation.models import Activation, BodyMember, Composition, Person, StandingBody, Unit
from taicho.organisation.news import (
    StandingBodyReactivated,
    StandingBodyRecomposed,
    StandingBodySetUp,
    StandingBodyStoodDown,
)
from taicho.organisation.policies import holds_in_agency

SITS_BY_OFFICE = (PostRole.LEADER, PostRole.CHIEF_OF_OFFICE)
"""A leader who sets up the body usually heads it; an administrator does not give the seat to himself."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One member of a composition to be."""

    person: Person
    function: str = BodyFunction.MEMBER
    portfolio: str = ""


@transaction.atomic
def set_up_body(
    *,
    by: Actor,
    unit: Unit,
    kind: str,
    name: str,
    decision: str,
    decided_on: date,
    seats: Sequence[Seat],
    at: datetime | None = None,
    parent: StandingBody | None = None,
) -> StandingBody:
    """Set up a standing body of `unit`, seat its members and let it work from `at` (now).

    Refused: no-head, own-appointment, unit-not-in-force, a body or member twice. Announces StandingBodySetUp.
    Source: B2 (000, II.1.1; 003, 2–3).
    """
    at = at or clock.now()
    if not unit.exists_on(clock.today(at)):
        raise Refusal(_("Đơn vị không tồn tại vào ngày này."), code="unit-not-in-force", field="unit")
    body = keep(StandingBody(unit=unit, kind=StandingBodyKind(kind), name=name, parent=parent))
    _seat(body, by=by, decision=decision, decided_on=decided_on, seats=seats, at=at)
    keep(Activation(body=body, document=decision, starts_at=at))
    facts = {"kind": kind, "decision": decision, "members": sorted(str(seat.person.key) for seat in seats)}
    audit.record("organisation.set_up_body", by=by, of=body, unit=unit.key, facts=facts)
    news.announce(StandingBodySetUp(body=str(body.key), unit=str(unit.key)))
    return body


@transaction.atomic
def recompose_body(
    body: StandingBody,
    *,
    by: Actor,
    decision: str,
    decided_on: date,
    seats: Sequence[Seat],
    at: datetime | None = None,
) -> Composition:
    """Give the body new members from `at` (now); the old composition ends then and stays readable.

    Refused: no-head, own-appointment. Announces StandingBodyRecomposed.
    """
    at = at or clock.now()
    StandingBody.objects.select_for_update().get(pk=body.pk)
    with judged(Composition):
        Composition.objects.in_force(at).filter(body=body).update(ends_at=at)
    composition = _seat(body, by=by, decision=decision, decided_on=decided_on, seats=seats, at=at)
    facts = {"decision": decision, "members": sorted(str(seat.person.key) for seat in seats)}
    audit.record("organisation.recompose_body", by=by, of=body, unit=body.unit.key, facts=facts)
    news.announce(StandingBodyRecomposed(body=str(body.key), composition=str(composition.key)))
    return composition


@transaction.atomic
def reactivate_body(body: StandingBody, *, by: Actor, document: str, at: datetime | None = None) -> Activation:
    """Let the body work again from `at` (now). Refused: active, no-members. Announces StandingBodyReactivated."""
    at = at or clock.now()
    if not Composition.objects.in_force(at).filter(body=body).exists():
        raise Refusal(_("Tổ chức này chưa có thành phần. Hãy kiện toàn trước khi kích hoạt lại."), code="no-members")
    activation = keep(Activation(body=body, document=document, starts_at=at))
    audit.record("organisation.reactivate_body", by=by, of=body, unit=body.unit.key, facts={"document": document})
    news.announce(StandingBodyReactivated(body=str(body.key), activation=str(activation.key)))
    return activation


@transaction.atomic
def stand_down_body(body: StandingBody, *, by: Actor, document: str, at: datetime | None = None) -> StandingBody:
    """Stop the body at `at` (now): its members lose its rights at that instant, the composition stays for next time.

    Refused: not-active. Announces StandingBodyStoodDown.
    """
    at = at or clock.now()
    running = Activation.objects.in_force(at).filter(body=body).select_for_update().first()
    if running is None:
        raise Refusal(_("Tổ chức này đang không hoạt động."), code="not-active")
    running.ends_at = at
    keep(running)
    audit.record("organisation.stand_down_body", by=by, of=body, unit=body.unit.key, facts={"document": document})
    news.announce(StandingBodyStoodDown(body=str(body.key), at=at.isoformat()))
    return body


def _seat(
    body: StandingBody, *, by: Actor, decision: str, decided_on: date, seats: Sequence[Seat], at: datetime
) -> Composition:
    """Write a composition with its members, inside the caller's transaction."""
    if sum(seat.function == BodyFunction.HEAD for seat in seats) != 1:
        raise Refusal(_("Chọn đúng một người đứng đầu tổ chức."), code="no-head", field="members")
    sits_by_office = holds_in_agency(by, SITS_BY_OFFICE, body.unit)
    if not sits_by_office and any(seat.person.key == by.person for seat in seats):
        raise NotPermitted(_("Không ai tự giao chức vụ cho mình. Hãy đề nghị người khác."), code="own-appointment")
    composition = keep(Composition(body=body, decision=decision, decided_on=decided_on, starts_at=at))
    for seat in seats:
        keep(BodyMember(composition=composition, person=seat.person, function=seat.function, portfolio=seat.portfolio))
    return composition

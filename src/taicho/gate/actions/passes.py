"""Issue passes and their typed codes (E1, K7)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from taicho.gate.actions.rules import agencies_with_gates
from taicho.gate.models import GatePass, PassCode, Visit
from taicho.gate.rules.codes import new_code, new_token
from taicho.gate.rules.limits import limits
from taicho.kernel import audit
from taicho.kernel.actor import Actor
from taicho.kernel.refusals import Conflict, Refusal
from taicho.kernel.saving import keep
from taicho.organisation.models import Person, Unit

TRIES = 5  # not a rule: two codes alike at once are one chance in millions; five in a row are a fault


@transaction.atomic
def issue_pass(person: Person, *, by: Actor, agency: Unit, at: datetime, visit: Visit | None = None) -> GatePass:
    """A pass of `person` for the gates of `agency` with a code of now; the one there is when there is one already.

    Refused: visit-over.
    """
    if visit is not None and visit.ends_at <= at:
        raise Refusal(_("Lượt khách này đã hết ngày. Ghi lượt mới cho khách."), code="visit-over")
    Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=person.pk)
    held = GatePass.objects.filter(person=person, agency=agency, visit=visit, revoked_at=None).first()
    if held is None:
        held = keep(
            GatePass(person=person, agency=agency, visit=visit, token=new_token(), issued_at=at, issued_by=by.person)
        )
        audit.record("gate.issue_pass", by=by, of=held, unit=agency.key)
    if not PassCode.objects.in_force(at).filter(gate_pass=held).exists():
        issue_code(held, at=at)
    return held


def issue_code(held: GatePass, *, at: datetime) -> PassCode:
    """A typed code for the pass from `at` on, until the limit of codes or the end of the visit."""
    visit = held.visit
    until = at + limits().code if visit is None else min(at + limits().code, visit.ends_at)
    for _again in range(TRIES):
        code = PassCode(gate_pass=held, agency=held.agency, code=new_code(), starts_at=at, ends_at=until)
        try:
            return keep(code)
        except Conflict:
            continue  # somebody has the same letters now
    raise RuntimeError("no free code in several tries: the random source is broken")


@transaction.atomic
def renew_pass(held: GatePass, *, by: Actor, at: datetime) -> GatePass:
    """The old token opens nothing any more, at once; the person gets a new pass (lost phone, photographed QR)."""
    revoke_pass(held, by=by, at=at)
    return issue_pass(held.person, by=by, agency=held.agency, at=at, visit=held.visit)


@transaction.atomic
def revoke_pass(held: GatePass, *, by: Actor, at: datetime) -> None:
    """The pass and its codes open nothing from now on. Doing it twice changes nothing."""
    changed = GatePass.objects.filter(pk=held.pk, revoked_at=None).update(revoked_at=at, revoked_by=by.person)
    if changed:
        PassCode.objects.filter(gate_pass=held, starts_at__lt=at, ends_at__gt=at).update(ends_at=at)
        audit.record("gate.revoke_pass", by=by, of=held, unit=held.agency.key)


def issue_to_staff(*, by: Actor, at: datetime) -> int:
    """A pass and a code for every member of staff of the agencies that have gates, where one is missing."""
    issued = 0
    for agency in agencies_with_gates():
        units = Unit.objects.filter(agency_path=agency.path)
        covered = PassCode.objects.in_force(at).filter(agency=agency, gate_pass__revoked_at=None, gate_pass__visit=None)
        lacking = Person.objects.staff().serving_in(units, at).exclude(pk__in=covered.values("gate_pass__person"))
        for person in lacking.iterator():
            issue_pass(person, by=by, agency=agency, at=at)
            issued += 1
    return issued

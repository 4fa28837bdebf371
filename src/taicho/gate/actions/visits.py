"""Register a visitor: the five fields of the book, whom they come to, and the pass (E4, E5)."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from taicho.gate.actions.passes import issue_pass
from taicho.gate.models import GateLink, GatePass, HostWord, Visit
from taicho.gate.queries.places import agency_of
from taicho.gate.rules.codes import new_token
from taicho.health.actions.declaring import declare
from taicho.kernel import audit, clock
from taicho.kernel.actor import Actor
from taicho.kernel.refusals import Conflict, Refusal
from taicho.kernel.saving import judged, keep
from taicho.organisation.actions.outsiders import register_outsider
from taicho.organisation.enums import PersonKind
from taicho.organisation.models import Gate, Unit

SENT_ONCE = "gate_visit_sent_once"


@dataclass(frozen=True, slots=True)
class VisitorFacts:
    """The five fields of the visitor book, no more (S2 III/1/-3), then whom the visitor comes to and why."""

    full_name: str
    birth_year: int
    residence: str
    employer: str
    phone: str
    host: str
    purpose: str
    matter: str = ""


@transaction.atomic
def register_visit(
    facts: VisitorFacts, *, by: Actor, gate: Gate, client_id: UUID, at: datetime, answers: Mapping[str, bool] | None,
    shown: Unit | None = None,
) -> Visit:  # fmt: skip
    """Register a visitor with a visit of today, their declaration (None: not made yet) and a pass with its code.

    The same form sent twice is one visit, also when both come at the same instant. `shown`: the agency that the page
    named. Refused: gate-closed, no-holder, gate-moved, no-name, bad-phone, gate_visit_sent_once (Conflict), what
    `health.declare` refuses.
    """
    content = _mark(facts, answers)
    sent = Visit.objects.filter(client_id=client_id).first()
    if sent is not None:
        return _same(sent, content)
    agency = receiving_agency(gate, clock.today(at), shown=shown)
    try:
        with transaction.atomic():
            visit = _write(facts, content, by=by, agency=agency, gate=gate, client_id=client_id, at=at)
    except Conflict as lost:
        if lost.code != SENT_ONCE:
            raise
        return _same(Visit.objects.get(client_id=client_id), content)
    if answers is not None:
        own_id = uuid5(client_id, "declaration")
        declare(visit.person, by=by, client_id=own_id, day=clock.today(at), answers=answers, temperature=None, at=at)
    issue_pass(visit.person, by=by, agency=agency, at=at, visit=visit)
    return visit


def _write(
    facts: VisitorFacts, content: bytes, *, by: Actor, agency: Unit, gate: Gate, client_id: UUID, at: datetime
) -> Visit:
    """The visitor and the visit. Refused: no-name, bad-phone, gate_visit_sent_once (Conflict)."""
    person = register_outsider(
        by=by, kind=PersonKind.VISITOR, registered_in=agency, full_name=facts.full_name, phone=facts.phone,
        birth_year=facts.birth_year, residence=facts.residence, employer=facts.employer,
    )  # fmt: skip
    with judged(Visit):
        visit = keep(
            Visit(
                client_id=client_id, person=person, agency=agency, gate=gate, host=facts.host, purpose=facts.purpose,
                matter=facts.matter or None, content=content, registered_at=at, registered_by=by.person,
                ends_at=end_of_day(at),
            )
        )  # fmt: skip
    audit.record("gate.register_visit", by=by, of=visit, unit=agency.key, facts={"purpose": facts.purpose})
    return visit


def receiving_agency(gate: Gate, day: date, *, shown: Unit | None = None) -> Unit:
    """The agency that takes visitors at `gate` on `day`, which is the one a poster or a device was made for (`shown`).

    Refused: gate-closed, no-holder, gate-moved.
    """
    if gate.closed_on is not None and gate.closed_on <= day:
        raise Refusal(
            _("Cổng này đã đóng, không nhận khách. Mời ông/bà đến cổng khác của cơ quan."), code="gate-closed"
        )
    agency = agency_of(gate, day)
    if agency is None:
        raise Refusal(_("Cổng này chưa thuộc cơ quan nào."), code="no-holder")
    if shown is not None and agency != shown:
        raise Refusal(_("Cổng này nay do cơ quan khác quản lý; bảng mã và máy cũ không còn dùng."), code="gate-moved")
    return agency


def end_of_day(at: datetime) -> datetime:
    """24:00 of the local day of `at`: a visit, and an exception, hold for the day."""
    return datetime.combine(clock.today(at) + timedelta(days=1), time(), tzinfo=clock.HANOI)


@transaction.atomic
def take_host_word(visit: Visit, *, by: Actor, at: datetime) -> HostWord:
    """The guard asked the host, who confirmed the visit. Twice is once."""
    Visit.objects.select_for_update().get(pk=visit.pk)
    word = HostWord.objects.filter(visit=visit).first()
    if word is None:
        word = keep(HostWord(visit=visit, agency=visit.agency, taken_by=by.person, taken_at=at))
        audit.record("gate.take_host_word", by=by, of=visit, unit=visit.agency.key)
    return word


@transaction.atomic
def renew_link(gate: Gate, *, by: Actor, at: datetime) -> GateLink:
    """A new poster for the gate; the old one leads nowhere from now on. Refused: gate-closed, no-holder."""
    agency = receiving_agency(gate, clock.today(at))
    Gate.objects.select_for_update(of=("self",)).get(pk=gate.pk)
    GateLink.objects.filter(gate=gate, ended_at=None).update(ended_at=at)
    link = keep(GateLink(gate=gate, agency=agency, token=new_token(), made_at=at, made_by=by.person))
    audit.record("gate.renew_link", by=by, of=link, unit=agency.key, facts={"gate": str(gate.key)})
    return link


def root_of(agency: Unit) -> UUID:
    """The top unit in whose chain the steps of visitors are written."""
    return Unit.objects.values_list("key", flat=True).get(path=agency.root_path)


def pass_of(visit: Visit) -> GatePass:
    """The latest pass of the visit."""
    return GatePass.objects.filter(visit=visit).latest("pk")


def _mark(facts: VisitorFacts, answers: Mapping[str, bool] | None) -> bytes:
    """A keyed mark of everything sent, by which the same sending is known again; it tells nothing of what was sent."""
    written = json.dumps([asdict(facts), answers], sort_keys=True, ensure_ascii=False)
    return hmac.digest(
        settings.SECRET_KEY.encode(), f"gate.visit\0{written}".encode("utf-8", "replace"), hashlib.sha256
    )


def _same(sent: Visit, content: bytes) -> Visit:
    if bytes(sent.content) != content:
        told = next(one for one in Visit._meta.constraints if one.name == SENT_ONCE)
        raise Conflict(str(told.get_violation_error_message()), code=told.name)
    return sent

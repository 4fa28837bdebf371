"""Put measures in force: from a clause that orders them, or by a decision of the office itself (A6, A7; house D6, D14)."""

from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from taicho.directives.enums import Force, RelationKind
from taicho.directives.models import Clause, Measure, MeasureRelation, OfficeDecision, Withdrawal
from taicho.directives.news import MeasureConfirmed, MeasureWithdrawn
from taicho.directives.queries.in_force import as_stated, lifts
from taicho.directives.rules.in_force import may_lift
from taicho.directives.rules.kinds import KINDS, Kind
from taicho.documents.actions.registering import check_standing
from taicho.documents.models import IncomingDocument
from taicho.kernel import audit, clock, news
from taicho.kernel.actor import Actor
from taicho.kernel.refusals import Conflict, Refusal
from taicho.kernel.saving import keep, plain
from taicho.organisation.models import Unit

ABOVE, OWN = 0, 1  # not a rule: how high an issuer stands, from measures.md 1


@transaction.atomic
def confirm_measure(
    clause: Clause, *, by: Actor, kind: str, params: Mapping[str, Any], force: str, scope: Iterable[Unit],
    from_day: date | None, until_day: date | None = None, shift_weeks: int = 0, capacity: str = "",
    clause_seen: int | None = None,
) -> Measure:  # fmt: skip
    """Confirm that `clause` orders this, from `from_day` to `until_day` as the document writes them (A6).

    In a drill the days may be moved by whole weeks; the written ones stay (house D14). `clause_seen` is the version of
    the clause that was read. Refused: struck-out, clause-changed, unknown-kind, unknown-parameter, missing-parameter,
    bad-parameter, bad-scope, shift-outside-drill, constraint names.
    """
    _check_words(clause, clause_seen)
    if shift_weeks and not settings.TAICHO_DRILL:
        raise Refusal(_("Chỉ dời ngày được trong diễn tập."), code="shift-outside-drill", field="shift_weeks")
    document = clause.document
    shift = timedelta(weeks=shift_weeks)
    own = document.issuer_folded == document.agency.name_folded
    measure = Measure(
        agency=document.agency, clause=clause, kind=kind, force=Force(force),
        params=as_json(_kind(kind).read(params)), rank=OWN if own else ABOVE,
        from_day=from_day and from_day + shift, until_day=until_day and until_day + shift,
        written_from=from_day, written_until=until_day, shifted_weeks=shift_weeks,
        confirmed_by=by.person, confirmed_as=capacity, confirmed_at=clock.now(),
    )  # fmt: skip
    return _put_in_force(measure, scope, by=by)


def decide(
    agency: Unit, *, by: Actor, kind: str, params: Mapping[str, Any], subject: str, reason: str, from_day: date,
    until_day: date | None = None, scope: Iterable[Unit] = (), capacity: str = "",
) -> Measure:  # fmt: skip
    """The office decides what no document states, and says why (D6). `scope` is the whole agency when empty.

    Refused as `confirm_measure`, and without-reason.
    """
    if not reason.strip():
        raise Refusal(_("Ghi lý do của quyết định."), code="without-reason", field="reason")
    now = clock.now()
    with transaction.atomic():
        decision = keep(
            OfficeDecision(
                agency=agency, subject=subject, reason=reason, decided_by=by.person, decided_as=capacity, decided_at=now
            )
        )
        measure = Measure(
            agency=agency, decision=decision, kind=kind, force=Force.REQUIRE, params=as_json(_kind(kind).read(params)),
            rank=OWN, from_day=from_day, until_day=until_day, written_from=from_day, written_until=until_day,
            confirmed_by=by.person, confirmed_as=capacity, confirmed_at=now,
        )  # fmt: skip
        return _put_in_force(measure, scope or [agency], by=by)


def withdraw(measure: Measure, *, by: Actor, reason: str) -> Withdrawal:
    """Take back a measure confirmed by mistake; it stays readable with the reason. Refused: without-reason, once only."""
    if not reason.strip():
        raise Refusal(_("Ghi lý do rút biện pháp."), code="without-reason", field="reason")
    with transaction.atomic():
        Measure.objects.select_for_update().get(pk=measure.pk)
        if Withdrawal.objects.filter(measure=measure).exists():
            raise Refusal(_("Biện pháp này đã được rút."), code="withdrawn-already")
        withdrawal = keep(Withdrawal(measure=measure, reason=reason, withdrawn_by=by.person, withdrawn_at=clock.now()))
        audit.record("directives.withdraw", by=by, of=measure, unit=measure.agency.key, facts={"reason": reason})
        news.announce(MeasureWithdrawn(str(measure.key), measure.kind))
    return withdrawal


def record_relation(measure: Measure, *, by: Actor, kind: str, what: Measure) -> MeasureRelation:
    """Record that `measure` replaces or suspends `what`.

    Refused: may-not-lift (lower issuer, or only a request), lifts-in-circle, directives_relation_once,
    directives_measure_does_not_lift_itself.
    """
    if not may_lift(as_stated(measure), as_stated(what)):
        raise Refusal(
            _("Chỉ văn bản của cùng cơ quan hoặc cấp trên, mang tính bắt buộc, mới thay thế được biện pháp này."),
            code="may-not-lift",
        )
    with transaction.atomic():
        Unit.objects.select_for_update(no_key=True).get(pk=measure.agency_id)
        if measure.pk != what.pk and lifts(what, measure):
            raise Refusal(
                _(
                    "Biện pháp cũ đang được ghi là thay thế biện pháp này. Nếu ghi nhầm thì rút một trong hai biện pháp."
                ),
                code="lifts-in-circle",
            )
        relation = keep(
            MeasureRelation(
                kind=RelationKind(kind), measure=measure, what=what, recorded_by=by.person, recorded_at=clock.now()
            )
        )
        audit.record(
            "directives.record_relation", by=by, of=relation, unit=measure.agency.key,
            facts={"kind": kind, "measure": str(measure.key), "what": str(what.key)},
        )  # fmt: skip
        news.announce(MeasureConfirmed(str(measure.key), measure.kind))
    return relation


def as_json(params: Mapping[str, Any]) -> dict[str, Any]:
    """Checked parameters as they are stored: times as "06:00", tuples as lists."""
    return {name: _as_json(value) for name, value in params.items()}


def _as_json(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_as_json(part) for part in value]
    return value.isoformat("minutes") if isinstance(value, time) else value


def _check_words(clause: Clause, seen: int | None) -> None:
    """Hold the document while a measure is taken from its clause. Refused: struck-out, clause-changed."""
    check_standing(IncomingDocument.objects.select_for_update(no_key=True).get(pk=clause.document_id))
    if seen is not None and Clause.objects.get(pk=clause.pk).version != seen:
        raise Conflict(
            _("Mục này vừa được sửa. Hãy đọc lại mục, chọn lại loại biện pháp rồi xác nhận."), code="clause-changed"
        )


def _kind(name: str) -> type[Kind]:
    """The registered kind. Refused: unknown-kind."""
    if name not in KINDS:
        raise Refusal(_("Chọn loại biện pháp trong danh sách."), code="unknown-kind", field="kind")
    return KINDS[name]


def _put_in_force(measure: Measure, scope: Iterable[Unit], *, by: Actor) -> Measure:
    """Save the measure with its scope, which must lie in the agency. Refused: bad-scope."""
    units = list(scope)
    if not units or any(not unit.path.startswith(measure.agency.path) for unit in units):
        raise Refusal(_("Chọn phạm vi là cơ quan hoặc đơn vị trực thuộc."), code="bad-scope", field="scope")
    with transaction.atomic():
        keep(measure)
        measure.scope.set(units)
        facts = {
            "kind": measure.kind, "params": str(measure.params), "from": measure.from_day, "until": measure.until_day
        }  # fmt: skip
        audit.record("directives.confirm_measure", by=by, of=measure, unit=measure.agency.key, facts=plain(facts))
        news.announce(MeasureConfirmed(str(measure.key), measure.kind))
    return measure

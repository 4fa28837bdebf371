"""Take a staff list in: read it, ask, and write it after somebody has confirmed (B5, C9, ux.md 14)."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from taicho.kernel import audit, clock, news
from taicho.kernel.actor import Actor
from taicho.kernel.intake import Accepted
from taicho.kernel.refusals import Conflict, Refusal
from taicho.kernel.saving import judged
from taicho.organisation.actions.staff import register_staff, state_home_working, transfer, update_staff
from taicho.organisation.models import StaffImport, StaffImportProgress, Unit, UnitAlias
from taicho.organisation.news import StaffImportConfirmed
from taicho.organisation.queries.staff_import import Judged, Verdict, judge
from taicho.organisation.rules.staff_sheet import NoHeader, Reading, TooManyRows, read_sheets
from taicho.organisation.rules.staff_sheet.limits import KEPT_HOURS, MOST_ROWS, TELL_EVERY, WRITTEN_AT_ONCE

Tell = Callable[[int], None]
"""Hears how many rows are done."""


@transaction.atomic
def prepare_import(file: Accepted, *, by: Actor, agency: Unit, unit: Unit | None = None) -> StaffImport:
    """Read a list and keep it, sealed, for the preview; the register is not touched.

    `unit` takes the people for whom the list names no department (the agency itself when not given).
    Refused: no-staff-list, too-many-rows, unit-elsewhere. Source: B5.
    """
    unit = unit or agency
    if unit.agency_path != agency.path:
        raise Refusal(_("Đơn vị không thuộc cơ quan đã chọn."), code="unit-elsewhere", field="unit")
    reading = read_list(file)
    pending = StaffImport(
        agency=agency, unit=unit, file_name=file.name, sheet_names=[name[:100] for name in reading.read],  # not a rule: column width
        left_aside=[name[:100] for name in reading.left_aside], rows=[row.as_json() for row in reading.rows],  # not a rule: column width
        rows_read=len(reading.rows), prepared_by=by.person, prepared_at=clock.now(),
    )  # fmt: skip
    pending.save()
    facts = {"rows": pending.rows_read, "sha256": file.sha256}
    audit.record("organisation.prepare_staff_import", by=by, of=pending, unit=agency.key, facts=facts)
    return pending


def read_list(file: Accepted) -> Reading:
    """The people of a file that has come through intake with `Read.ROWS`. Refused: no-staff-list, too-many-rows."""
    try:
        return read_sheets(file.sheets, clock.today(), most=MOST_ROWS)
    except NoHeader:
        raise Refusal(
            _("Không thấy danh sách trong tệp. Cần một hàng tiêu đề có cột “Họ và tên” và ít nhất một cột khác."),
            code="no-staff-list", field="file",
        ) from None  # fmt: skip
    except TooManyRows:
        raise Refusal(
            _("Danh sách có hơn %(most)d người. Hãy chia thành nhiều tệp.") % {"most": MOST_ROWS},
            code="too-many-rows", field="file",
        ) from None  # fmt: skip


@transaction.atomic
def answer_import(
    pending: StaffImport, *, by: Actor, units: Mapping[str, Unit], rows: Mapping[str, str]
) -> StaffImport:
    """Keep the answers of the preview: which unit a written name means (remembered for the next list), who a row is.

    `units`: written key → unit of the agency. `rows`: index → key of a person, "new", "skip" or "" for open again.
    Refused: import-over, unit-elsewhere.
    """
    pending = _locked(pending)
    _check_waiting(pending)
    for written, unit in units.items():
        if unit.agency_path != pending.agency.path:
            raise Refusal(_("Đơn vị không thuộc cơ quan của danh sách."), code="unit-elsewhere")
        with judged(UnitAlias):
            UnitAlias.objects.update_or_create(agency=pending.agency, written=written, defaults={"unit": unit})
    answers = {**(pending.answers or {}), **rows}
    pending.answers = {index: answer for index, answer in answers.items() if answer}
    pending.save(update_fields=["answers"])
    facts = {"units": {written: str(unit.key) for written, unit in units.items()}, "rows": dict(rows)}
    audit.record("organisation.answer_staff_import", by=by, of=pending, unit=pending.agency.key, facts=facts)
    return pending


@transaction.atomic
def start_import(pending: StaffImport, *, by: Actor) -> StaffImport:
    """Confirm the list: a short one is written now, a long one by the worker, which hears it from the news.

    Asked twice, it answers the same. Refused: import-over when it was dropped or purged.
    Announces StaffImportConfirmed for a long list.
    """
    pending = _locked(pending)
    if pending.started_at or pending.confirmed_at:
        return pending
    _check_waiting(pending)
    if pending.rows_read <= WRITTEN_AT_ONCE:
        return confirm_import(pending, by=by)
    pending.started_at, pending.started_by = clock.now(), by.person
    pending.save(update_fields=["started_at", "started_by"])
    StaffImportProgress.objects.get_or_create(staff_import=pending)
    audit.record("organisation.start_staff_import", by=by, of=pending, unit=pending.agency.key)
    news.announce(StaffImportConfirmed(staff_import=str(pending.key)))
    return pending


@transaction.atomic
def confirm_import(pending: StaffImport, *, by: Actor, tell: Tell = lambda done: None) -> StaffImport:
    """Write the list into the register, all in one transaction, through the register's own actions.

    Idempotent: a list that has been written is left alone. A row that the register refuses is counted and kept with its
    sentence; the others are written. Two lists of one agency are written one after the other.
    Refused: import-over. Source: B5, C9.
    """
    pending = _locked(pending)
    if pending.confirmed_at:
        return pending
    if pending.rows is None:
        raise _over()
    Unit.objects.select_for_update(no_key=True).get(pk=pending.agency_id)
    now = clock.now()
    left: list[Judged] = []
    for done, one in enumerate(judge(pending, at=now).rows, start=1):
        if not one.is_taken or not _write(one, by=by, at=now):
            left.append(one)
        else:
            _count(one, pending)
        if done % TELL_EVERY == 0 or done == pending.rows_read:
            tell(done)
    pending.rows = [_kept_for_errors(one) for one in left]
    pending.answers, pending.refused = None, len(left)
    pending.confirmed_at, pending.confirmed_by = now, by.person
    pending.stopped_because = ""
    pending.save()
    counts = {name: getattr(pending, name) for name in ("added", "updated", "moved", "unchanged", "refused")}
    audit.record("organisation.confirm_staff_import", by=by, of=pending, unit=pending.agency.key, facts=counts)
    return pending


@transaction.atomic
def stop_import(pending: StaffImport, *, by: Actor, because: str) -> StaffImport:
    """Give a confirmed list back to the preview, with the reason why it could not be written."""
    pending = _locked(pending)
    if pending.confirmed_at is None:
        pending.started_at = pending.started_by = None
        pending.stopped_because = because
        pending.save(update_fields=["started_at", "started_by", "stopped_because"])
        audit.record("organisation.stop_staff_import", by=by, of=pending, unit=pending.agency.key)
    return pending


@transaction.atomic
def drop_import(pending: StaffImport, *, by: Actor) -> None:
    """Forget a list that was read and is not wanted. Refused: import-over once it is confirmed."""
    pending = _locked(pending)
    _check_waiting(pending)
    pending.rows = pending.answers = None
    pending.save(update_fields=["rows", "answers"])
    audit.record("organisation.drop_staff_import", by=by, of=pending, unit=pending.agency.key)


@transaction.atomic
def purge_imports(*, by: Actor, at: datetime | None = None) -> int:
    """Forget what was read of every list older than a day, confirmed or not; return how many. Counts stay."""
    old = StaffImport.objects.filter(
        prepared_at__lt=(at or clock.now()) - timedelta(hours=KEPT_HOURS), rows__isnull=False
    )
    purged = list(old.select_for_update(skip_locked=True))
    for pending in purged:
        pending.rows = pending.answers = None
        pending.save(update_fields=["rows", "answers"])
        audit.record("organisation.purge_staff_import", by=by, of=pending)
    return len(purged)


def _write(one: Judged, *, by: Actor, at: datetime) -> bool:
    """Write one row; False, with the register's sentence in it, when the register refuses."""
    try:
        if one.person is None and not one.means:
            _write_person(one, by=by, at=at)  # one action, which is whole by itself
        else:
            with transaction.atomic():
                _write_person(one, by=by, at=at)
    except Refusal as refusal:
        one.verdict, one.code, one.sentences = Verdict.REFUSED, refusal.code, [refusal.sentence]
        return False
    return True


def _count(one: Judged, pending: StaffImport) -> None:
    pending.added += one.verdict is Verdict.NEW
    pending.updated += one.verdict is Verdict.UPDATE
    pending.unchanged += one.verdict is Verdict.UNCHANGED
    pending.moved += one.moves


def _write_person(one: Judged, *, by: Actor, at: datetime) -> None:
    assert one.unit is not None  # noqa: S101 - every taken row has its unit
    person = one.person
    if person is None:
        facts = dict(one.changes)
        person = register_staff(by=by, unit=one.unit, full_name=facts.pop("full_name"), at=at, **facts)
    else:
        if one.changes:
            person = update_staff(person, by=by, seen=person.version, **one.changes)
        if one.moves:
            transfer(person, by=by, to=one.unit, at=at)
    if one.means:
        state_home_working(person, by=by, at=at, **one.means)


def _kept_for_errors(one: Judged) -> dict[str, Any]:
    """What the sheet of errors needs of a row that was not taken: where it stood, its words, why."""
    kept = one.row.as_json()
    if not one.row.faults:
        kept["faults"] = [{"code": one.code, "sentence": " ".join(one.sentences), "column": ""}]
    return kept


def _locked(pending: StaffImport) -> StaffImport:
    return StaffImport.objects.select_for_update(of=("self",)).select_related("agency", "unit").get(pk=pending.pk)


def _check_waiting(pending: StaffImport) -> None:
    if not pending.is_waiting:
        raise _over()


def _over() -> Conflict:
    return Conflict(
        _("Danh sách này đã được nhập, đã bỏ hoặc đã quá một ngày. Hãy tải tệp lên lại."), code="import-over"
    )

"""Every step is written down in its own transaction, without personal values, and can only be added to (L4)."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import RequestFactory

from taicho.kernel.actor import Actor, Capacity, PathRange, system
from taicho.kernel.audit import forget, proves, record, record_reading
from taicho.kernel.audit.keys import key_for
from taicho.kernel.audit.sealing import seal_once
from taicho.kernel.clock import drill_offset, real_now
from taicho.kernel.models import AuditEntry, AuditHead, AuditLink, AuditSalt, DrillClock
from taicho.kernel.pages import page, signed_in
from tests.kernel.audit.conftest import in_thread


def test_a_row_says_who_did_what_to_which_record_and_when(trail):  # L4
    before = real_now()
    (entry,) = trail.write(1)
    entry.refresh_from_db()
    assert (entry.chain, entry.actor, entry.unit) == (trail.root, trail.actor.person, trail.actor.unit)
    assert (entry.verb, entry.object_kind) == ("organisation.rename_unit", "kernel.drillclock")
    assert entry.object_key is not None
    assert before <= entry.happened_at <= real_now()


def test_in_a_drill_the_row_keeps_the_real_time_beside_the_drill_time(trail, settings):  # D14
    settings.TAICHO_DRILL = True
    from datetime import timedelta

    DrillClock.objects.create(offset=timedelta(days=-1900), set_at=real_now())
    (entry,) = trail.write(1)
    assert drill_offset() == timedelta(days=-1900)
    assert abs(entry.happened_at - real_now()) < timedelta(minutes=1)
    assert abs(entry.shown_at - real_now() - timedelta(days=-1900)) < timedelta(minutes=1)


def test_a_step_of_the_system_names_the_job_and_no_person(trail):
    (entry,) = trail.write(1, by=system("import"))
    assert (entry.actor, entry.machine, entry.chain) == (None, "import", None)


def test_the_row_is_undone_with_the_step_that_it_records(trail):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        trail.write(1)
        raise ZeroDivisionError
    assert not AuditEntry.objects.exists()


def numbers():
    return list(AuditEntry.objects.order_by("pk").values_list("number", flat=True))


def test_a_connection_numbers_what_it_commits_without_gaps_whatever_is_rolled_back(trail):
    trail.write(2)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        trail.write(3)
        raise ZeroDivisionError
    with transaction.atomic():
        trail.write(1)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            trail.write(2, facts={"a": 1})
            raise ZeroDivisionError
        with transaction.atomic():
            trail.write(1, facts={"a": 1})
        trail.write(1)
    trail.write(1)
    seal_once()
    assert numbers() == [1, 2, 3, 4, 5, 6]
    assert trail.verify().ok


def test_a_new_connection_is_a_new_writer(trail):
    trail.write(2)
    connection.close()
    trail.write(1)
    assert numbers() == [1, 2, 1]
    assert AuditEntry.objects.values("writer").distinct().count() == 2


@pytest.mark.parametrize("table", ["kernel_auditentry", "kernel_auditlink", "kernel_audithead"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET chain = NULL", "TRUNCATE {}"])
def test_the_trail_can_only_be_added_to(trail, table, change):  # L4
    trail.sealed(2)
    with pytest.raises(IntegrityError, match="chỉ được ghi thêm"):
        trail.sql(change.format(table))


def test_rows_cannot_be_changed_through_the_models_either(trail):
    (entry,) = trail.sealed(1)
    entry.verb = "nothing"
    for change in (entry.save, entry.delete, AuditLink.objects.all().delete, AuditHead.objects.all().delete):
        with pytest.raises(IntegrityError, match="chỉ được ghi thêm"):
            change()


def test_a_salt_can_be_deleted_but_not_exchanged(trail):
    trail.write(1, facts={"a": 1})
    with pytest.raises(IntegrityError, match="chỉ được ghi thêm"):
        trail.sql("UPDATE kernel_auditsalt SET salt = 'x'")


def test_no_value_is_stored_and_yet_it_can_be_proven_later(trail):  # trust.md 5.3, rule 5
    facts = {"temperature": "38.2", "name": "Nguyễn Thị Thử", "at": real_now().date(), "unit": uuid.uuid4()}
    (entry,) = trail.sealed(1, facts=facts)
    stored = " ".join(
        str(row) for t in ("entry", "salt", "link") for row in trail.sql(f"SELECT * FROM kernel_audit{t}")
    )
    assert "38.2" not in stored
    assert "Nguyễn" not in stored
    assert proves(entry, facts)
    assert not proves(entry, facts | {"temperature": "37.2"})


def test_equal_values_have_different_commitments(trail):
    first, second = trail.write(2, facts={"temperature": "38.2"})
    assert first.commitment != second.commitment


def test_a_stolen_database_without_the_key_file_cannot_try_out_values(trail, settings, tmp_path):  # S-15
    (entry,) = trail.write(1, facts={"temperature": "38.2"})
    settings.TAICHO_KEYS = tmp_path / "thief"
    assert not proves(entry, {"temperature": "38.2"})


def test_purging_an_object_forgets_its_values_and_keeps_the_chain(trail):  # S-18
    kept, purged = trail.sealed(2, facts={"temperature": "38.2"})
    assert forget([purged.object_key]) == 1
    assert not proves(purged, {"temperature": "38.2"})
    assert proves(kept, {"temperature": "38.2"})
    assert AuditSalt.objects.count() == 1
    assert trail.verify().ok


def test_a_row_without_values_proves_nothing(trail):
    (entry,) = trail.write(1)
    assert entry.commitment is None
    assert not proves(entry, {})


def test_values_that_are_not_plain_are_refused(trail):
    with pytest.raises(TypeError, match="plain values"):
        trail.write(1, facts={"thing": object()})
    assert not AuditEntry.objects.exists()


def test_a_look_at_health_data_is_recorded_although_the_page_reads_only(trail):  # S-19
    thing = type("Thing", (), {"key": uuid.uuid4(), "_meta": DrillClock._meta})()

    @page(read=signed_in)
    def show(request):
        from django.http import HttpResponse

        record_reading("health.read_declaration", by=request.actor, of=thing)
        assert not AuditEntry.objects.exists()
        return HttpResponse("shown")

    request = RequestFactory().get("/")
    request.actor = trail.actor
    assert show(request).status_code == 200
    assert AuditEntry.objects.get().object_key == thing.key


def test_a_look_that_cannot_be_recorded_is_not_shown(trail):  # S-19
    with pytest.raises(AttributeError), transaction.atomic():
        record_reading("health.read_declaration", by=trail.actor, of=object())


def holding(role, unit):
    return Actor(person=uuid.uuid4(), root=unit, capacities=(Capacity(uuid.uuid4(), role, unit, PathRange.under("A")),))


@pytest.mark.parametrize(
    ("role", "own", "sees"),
    [("administrator", True, 2), ("leader", True, 2), ("staff", True, 0), ("leader", False, 0)],
)
def test_the_log_of_an_office_is_read_by_its_leaders_and_administrators(trail, role, own, sees):  # L4
    trail.write(2)
    trail.write(1, by=system("sealer"))
    actor = holding(role, trail.root if own else uuid.uuid4())
    assert AuditEntry.objects.visible_to(actor).count() == sees


def test_the_key_file_is_private_and_made_once(trail, settings):
    made = key_for("stamp")
    file = settings.TAICHO_KEYS / "audit-key"
    assert file.stat().st_mode & 0o777 == 0o600
    assert [f.name for f in settings.TAICHO_KEYS.iterdir()] == ["audit-key"]
    assert key_for("stamp") == made != key_for("anchor")


def test_recording_needs_no_transaction_of_its_own(trail):
    record("kernel.start", by=system("serve"), of=type("T", (), {"key": uuid.uuid4(), "_meta": DrillClock._meta})())
    assert numbers() == [1]


def test_a_step_about_another_unit_names_that_unit_and_else_the_actors_own(trail):
    other = uuid.uuid4()
    (elsewhere,), (own,) = trail.write(1, unit=other), trail.write(1)
    assert (elsewhere.unit, own.unit) == (other, trail.actor.unit)
    assert elsewhere.chain == own.chain == trail.root


def test_a_look_outside_any_transaction_is_recorded_at_once_with_all_it_says(trail):  # S-19
    thing, other = type("Thing", (), {"key": uuid.uuid4(), "_meta": DrillClock._meta})(), uuid.uuid4()
    record_reading("health.read_declaration", by=trail.actor, of=thing, unit=other, facts={"count": 3})
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.object_key, entry.unit) == ("health.read_declaration", thing.key, other)
    assert proves(entry, {"count": 3})


def test_a_look_that_came_to_nothing_is_not_recorded(trail):
    thing = type("Thing", (), {"key": uuid.uuid4(), "_meta": DrillClock._meta})()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record_reading("health.read_declaration", by=trail.actor, of=thing)
        raise ZeroDivisionError
    assert not AuditEntry.objects.exists()


def test_an_entry_and_its_salt_are_written_both_or_not_at_all(trail, monkeypatch):
    def full_disk(self, **options):
        raise OSError

    monkeypatch.setattr(AuditSalt, "save", full_disk)
    with pytest.raises(OSError):
        trail.write(1, facts={"a": 1})
    assert not AuditEntry.objects.exists()
    monkeypatch.undo()
    trail.write(2, facts={"a": 1})
    assert numbers() == [1, 2]
    assert trail.verify().ok


def test_two_connections_number_their_entries_each_for_itself(trail):
    trail.write(2)
    thread = in_thread(lambda: trail.write(3))
    thread.join()
    trail.write(1)
    by_writer = {}
    for writer, number in AuditEntry.objects.order_by("pk").values_list("writer", "number"):
        by_writer.setdefault(writer, []).append(number)
    assert sorted(by_writer.values()) == [[1, 2, 3], [1, 2, 3]]


def test_a_transaction_of_many_steps_numbers_them_in_their_order(trail):
    with transaction.atomic():
        written = trail.write(5)
    assert [entry.number for entry in written] == [1, 2, 3, 4, 5]
    assert len({entry.writer for entry in written}) == 1


def test_an_entry_without_a_stamp_of_the_right_length_is_refused_by_the_database(trail):  # L4
    (entry,) = trail.write(1)
    entry.pk, entry.number, entry.stamp = None, 99, b"x" * 15
    with pytest.raises(IntegrityError, match="kernel_audit_stamped"):
        entry.save(force_insert=True)


def test_the_same_number_of_one_writer_is_refused_by_the_database(trail):
    (entry,) = trail.write(1)
    entry.pk = None
    with pytest.raises(IntegrityError, match="kernel_audit_number_once"):
        entry.save(force_insert=True)


@pytest.mark.parametrize("holder", [{"line": None, "given_to": None}, {"line": 1, "given_to": uuid.UUID(int=1)}])
def test_a_head_is_told_to_the_file_or_to_a_unit_and_never_to_both_or_neither(trail, holder):
    with pytest.raises(IntegrityError, match="kernel_audit_head_has_one_holder"):
        AuditHead.objects.create(chain=trail.root, position=1, hash=b"x" * 32, given_at=real_now(), **holder)

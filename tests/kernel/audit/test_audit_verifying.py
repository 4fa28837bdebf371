"""Verify sees the whole trail at once and says neither too little nor the same thing twice (L4, S-14)."""

import time
import uuid

import pytest
import time_machine
from django.db import connection, transaction

from taicho.kernel.actor import Actor, system
from taicho.kernel.audit.anchors import anchor_path, declare_restore, read_anchors
from taicho.kernel.audit.damage import Damage
from taicho.kernel.audit.guards import GUARDED
from taicho.kernel.audit.sealing import anchor, seal_once
from taicho.kernel.audit.verifying import VerifyResult, verify_all
from taicho.kernel.models import AuditEntry, AuditLink


@pytest.fixture
def time_stands_still():
    """However slow the machine, rows that wait for their seal do not grow late meanwhile."""
    with time_machine.travel(time.time(), tick=False):
        yield


def test_an_installation_without_a_single_entry_is_sound(trail):
    result = trail.verify()
    assert (result.ok, result.sealed, result.unsealed, result.chains, result.anchors) == (True, 0, 0, 0, 0)
    assert result.restores == []


def test_the_figures_count_chains_links_waiting_entries_and_anchors(trail):
    trail.sealed(3)
    trail.sealed(2, by=Actor(root=uuid.uuid4()))
    trail.write(4)
    result = trail.verify()
    assert (result.sealed, result.unsealed, result.chains, result.anchors) == (5, 4, 2, 2)


def test_progress_ends_at_the_number_of_sealed_rows(trail):
    trail.sealed(7)
    heard = []
    verify_all(lambda done, total: heard.append((done, total)), patience=0)
    assert heard[-1] == (7, 7)


def test_the_time_that_each_stage_took_is_told(trail):
    trail.sealed(2)
    seconds = trail.verify().seconds
    assert set(seconds) == {"unsealed", "chains", "writers", "total"}
    assert seconds["total"] >= seconds["unsealed"] + seconds["chains"] + seconds["writers"] > 0


def test_verify_is_never_part_of_somebody_elses_transaction(trail):
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        trail.verify()


def test_verify_leaves_the_connection_as_it_was(trail):
    trail.sealed(2)
    before = trail.sql("SHOW work_mem"), trail.sql("SHOW statement_timeout"), trail.sql("SHOW transaction_read_only")
    trail.verify()
    assert (
        trail.sql("SHOW work_mem"), trail.sql("SHOW statement_timeout"), trail.sql("SHOW transaction_read_only")
    ) == before  # fmt: skip
    trail.write(1)


# --- the unsealed tail: at most five seconds (house § 6) ---


@pytest.mark.parametrize(("age", "late"), [(4.0, False), (6.0, True)])
def test_five_seconds_without_a_seal_are_borne_and_not_more(trail, age, late):
    trail.write(1)
    with time_machine.travel(time.time() + age, tick=False):
        assert trail.verify().ok is not late


def test_late_rows_are_counted_from_the_first_with_its_age(trail):
    with time_machine.travel(time.time() - 90, tick=False):
        first, _ = trail.write(2)
    trail.write(3)
    finding = trail.only(Damage.UNSEALED)
    assert (finding.facts["count"], finding.facts["entry"]) == (2, first.pk)
    assert 89 <= finding.facts["age"] <= 120


@pytest.mark.usefixtures("time_stands_still")
def test_an_entry_without_a_genuine_stamp_is_named_before_it_is_sealed(trail):  # S-14 insert
    (entry,) = trail.write(1)
    trail.tamper("UPDATE kernel_auditentry SET verb = 'x'")
    trail.write(1)
    finding = trail.only(Damage.INSERTED)
    assert finding.facts == {"chain": trail.root, "position": None, "entry": entry.pk}


def test_entries_without_an_office_are_checked_like_all_others(trail):
    trail.sealed(3, by=system("start"))
    assert trail.verify().ok
    trail.tamper("UPDATE kernel_auditentry SET verb = 'x' WHERE number = 2")
    finding = trail.only(Damage.EDITED)
    assert (finding.facts["chain"], finding.facts["position"]) == (None, 2)
    trail.tamper("UPDATE kernel_auditlink SET hash = decode(repeat('00', 32), 'hex') WHERE position = 3")
    assert {f.facts["chain"] for f in trail.verify().findings} == {None}


# --- each loss is reported once ---


def test_a_deleted_row_is_not_reported_again_as_a_hole_in_the_numbers(trail):
    entries = trail.sealed()
    trail.tamper(f"DELETE FROM kernel_auditentry WHERE id IN ({entries[3].pk}, {entries[6].pk})")
    found = trail.found()
    assert [f.facts["position"] for f in found.pop(Damage.DELETED)] == [4, 7]
    assert found == {}


@pytest.mark.usefixtures("time_stands_still")
def test_a_row_deleted_before_sealing_is_reported_beside_one_deleted_after(trail):
    sealed = trail.sealed()
    waiting = trail.write(3)
    trail.tamper(f"DELETE FROM kernel_auditentry WHERE id IN ({sealed[3].pk}, {waiting[1].pk})")
    found = trail.found()
    assert len(found[Damage.DELETED]) == 1
    assert {(f.facts["first"], f.facts["last"], f.facts["count"]) for f in found[Damage.DELETED_UNSEALED]} == {
        (4, 4, 1),
        (12, 12, 1),
    }


@pytest.mark.usefixtures("time_stands_still")
def test_a_run_of_rows_deleted_before_sealing_is_one_hole_with_its_length(trail):
    waiting = trail.write(6)
    trail.tamper(f"DELETE FROM kernel_auditentry WHERE id BETWEEN {waiting[1].pk} AND {waiting[3].pk}")
    finding = trail.only(Damage.DELETED_UNSEALED)
    assert finding.facts == {"writer": waiting[0].writer, "count": 3, "first": 2, "last": 4}


@pytest.mark.usefixtures("time_stands_still")
def test_the_first_row_of_a_writer_is_missed_too(trail):
    waiting = trail.write(3)
    trail.tamper(f"DELETE FROM kernel_auditentry WHERE id = {waiting[0].pk}")
    finding = trail.only(Damage.DELETED_UNSEALED)
    assert (finding.facts["first"], finding.facts["last"]) == (1, 1)


def test_one_row_deleted_at_the_end_is_a_deletion_and_two_are_an_older_table(trail):
    entries = trail.sealed()
    trail.tamper(f"DELETE FROM kernel_auditentry WHERE id = {entries[9].pk}")
    assert trail.only(Damage.DELETED).facts == {"chain": trail.root, "position": 10, "entry": entries[9].pk}
    trail.tamper(f"DELETE FROM kernel_auditentry WHERE id = {entries[8].pk}")
    assert trail.only(Damage.TABLE_ROLLED_BACK).facts["count"] == 2


def test_rows_deleted_in_the_middle_are_deletions_however_many(trail):
    entries = trail.sealed()
    trail.tamper(f"DELETE FROM kernel_auditentry WHERE id BETWEEN {entries[2].pk} AND {entries[4].pk}")
    assert [f.facts["position"] for f in trail.found()[Damage.DELETED]] == [3, 4, 5]


def test_an_old_entry_table_put_back_is_one_finding_over_all_chains(trail):  # S-14 roll back one table
    other = Actor(root=uuid.uuid4())
    trail.sealed(3)
    trail.sealed(3, by=other)
    kept = AuditEntry.objects.count()
    last = [*trail.write(2), *trail.write(2, by=other)]
    seal_once()
    trail.tamper(f"DELETE FROM kernel_auditentry WHERE id >= {last[0].pk}")
    finding = trail.only(Damage.TABLE_ROLLED_BACK)
    assert finding.facts == {"table": "kernel_auditentry", "count": 4, "first": last[0].pk}
    assert kept == 6


# --- guards ---


@pytest.mark.parametrize("table", sorted(GUARDED))
@pytest.mark.parametrize("trigger", ["kernel_audit_no_change", "kernel_audit_no_truncate"])
def test_each_single_guard_that_is_lifted_is_named(trail, table, trigger):
    trail.sql(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
    try:
        finding = trail.only(Damage.GUARD_OFF)
    finally:
        trail.sql(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")
    assert finding.facts == {"table": table, "trigger": trigger}
    assert trail.verify().ok


@pytest.mark.parametrize(("mode", "guards"), [("REPLICA", False), ("ALWAYS", True)])
def test_a_guard_that_fires_only_on_replicas_is_lifted_and_one_that_fires_always_is_not(trail, mode, guards):
    trail.sql(f"ALTER TABLE kernel_auditentry ENABLE {mode} TRIGGER kernel_audit_no_change")
    try:
        assert trail.verify().ok is guards
    finally:
        trail.sql("ALTER TABLE kernel_auditentry ENABLE TRIGGER kernel_audit_no_change")


def test_a_guard_that_was_dropped_is_named(trail):
    (definition,) = trail.sql(
        "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = 'kernel_audit_no_change'"
        " AND tgrelid = 'kernel_auditsalt'::regclass"
    )[0]
    trail.sql("DROP TRIGGER kernel_audit_no_change ON kernel_auditsalt")
    try:
        assert trail.only(Damage.GUARD_OFF).facts["table"] == "kernel_auditsalt"
    finally:
        trail.sql(definition)


# --- the key ---


@pytest.mark.usefixtures("time_stands_still")
def test_when_a_few_stamps_fit_the_key_is_the_right_one_and_the_others_are_insertions(trail, settings, tmp_path):
    trail.sealed(2)
    own = settings.TAICHO_KEYS
    settings.TAICHO_KEYS = tmp_path / "stranger"
    trail.write(3)
    settings.TAICHO_KEYS = own
    found = trail.found()
    assert set(found) == {Damage.INSERTED}
    assert len(found[Damage.INSERTED]) == 3


@pytest.mark.usefixtures("time_stands_still")
def test_a_lost_key_is_told_also_when_nothing_was_sealed_yet(trail, settings, tmp_path):
    trail.write(2)
    settings.TAICHO_KEYS = tmp_path / "stranger"
    trail.only(Damage.KEY_LOST)


# --- restores ---


def test_a_restore_is_declared_for_every_chain_that_was_anchored_or_is_there(trail):  # F-16
    gone, new = Actor(root=uuid.uuid4()), Actor(root=uuid.uuid4())
    trail.sealed(2)
    lost = trail.sealed(2, by=gone)
    trail.write(3, by=new)
    seal_once()
    trail.tamper(
        f"DELETE FROM kernel_auditentry WHERE id >= {lost[0].pk} AND chain = '{gone.root}'",
        f"DELETE FROM kernel_auditlink WHERE chain = '{gone.root}'",
    )
    assert declare_restore() == 3
    positions = {line.head.chain: line.head.position for line in read_anchors().lines if line.kind == "phuc-hoi"}
    assert positions == {trail.root: 2, gone.root: 0, new.root: 3}
    assert Damage.TAIL_CUT not in trail.found()


def test_after_a_restore_the_trail_goes_on_and_is_witnessed_again(trail):  # F-16
    trail.sealed(3)
    declare_restore()
    trail.sealed(2)
    entries = list(AuditEntry.objects.order_by("pk"))
    assert trail.verify().ok
    trail.tamper(
        f"DELETE FROM kernel_auditentry WHERE id = {entries[4].pk}", "DELETE FROM kernel_auditlink WHERE position = 5"
    )
    assert Damage.TAIL_CUT in trail.found()


def test_a_result_counts_its_findings_by_kind():
    assert VerifyResult().ok
    assert VerifyResult().kinds == {}


def test_an_anchor_written_while_verify_reads_is_no_gap(trail, monkeypatch):
    """The file is read before the database; what is anchored between is known to both and missing from neither."""
    trail.sealed(2)
    from taicho.kernel.audit import verifying

    genuine = verifying.read_anchors
    calls = []

    def read_and_let_the_sealer_anchor():
        found = genuine()
        if not calls:
            calls.append(1)
            trail.write(2)
            seal_once()
            anchor(wait=True)
        return found

    monkeypatch.setattr(verifying, "read_anchors", read_and_let_the_sealer_anchor)
    assert verify_all(patience=0).ok
    assert (AuditLink.objects.count(), read_anchors().last) == (4, 2)


def test_a_file_that_was_cut_back_behind_the_last_line_is_missing_lines(trail):  # S-14 remove anchor
    for _ in range(3):
        trail.sealed(2)
    whole = anchor_path().read_bytes().splitlines(keepends=True)
    anchor_path().write_bytes(whole[0])
    assert trail.only(Damage.ANCHOR_REMOVED).facts == {"first": 2, "last": 3}
    assert connection.in_atomic_block is False

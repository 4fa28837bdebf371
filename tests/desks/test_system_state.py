"""The administrator sees how the installation does; the page names no person (trust.md A11)."""

import os
from datetime import UTC, datetime

import pytest
from django.test import Client

from taicho.desks.queries.system_state import last_backup, system_state
from taicho.kernel import audit
from taicho.kernel.actor import system
from taicho.kernel.audit.sealing import seal_once
from taicho.kernel.models import DrillClock
from tests.house.world import build_world

NOW = datetime.now(UTC)


def test_no_backup_is_told_as_none_not_as_old(tmp_path):
    assert last_backup(tmp_path / "backups") is None


def test_the_newest_backup_is_named(tmp_path):
    for name, finished in (("taicho-1.age", 1000), ("taicho-2.age", 3000), ("taicho-3.age", 2000), ("note.txt", 9000)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (finished, finished))
    assert last_backup(tmp_path) == (datetime.fromtimestamp(3000, UTC), "taicho-2.age")


@pytest.mark.django_db
def test_a_worker_that_was_never_seen_is_not_alive():
    state = system_state(NOW)
    assert (state.worker_seen_at, state.worker_is_alive) == (None, False)


@pytest.mark.django_db
def test_rows_of_the_trail_count_as_unsealed_until_the_sealer_has_been():
    clock = DrillClock.objects.create(offset="0", set_at=NOW)
    audit.record("kernel.set_drill_clock", by=system("test"), of=clock)
    before = system_state(NOW)
    assert before.entries_unsealed >= 1
    assert before.oldest_unsealed_at is not None


@pytest.mark.django_db(transaction=True)
def test_after_sealing_nothing_is_left_unsealed():
    clock = DrillClock.objects.create(offset="0", set_at=NOW)
    audit.record("kernel.set_drill_clock", by=system("test"), of=clock)
    seal_once()
    assert system_state(NOW).entries_unsealed == 0


@pytest.mark.django_db
def test_the_page_shows_the_state_and_no_name():
    world = build_world()
    browser = Client()
    browser.force_login(world.accounts["administrator"])
    page = browser.get("/he-thong").content.decode()
    assert "Chưa có bản sao lưu nào" in page
    assert "Đặng Thị" not in page

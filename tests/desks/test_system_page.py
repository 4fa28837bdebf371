"""The administrator sees at a glance what is wrong, in words that say what to do; nobody else sees it. # A11, F-06, S-14"""

import os
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection

from taicho.desks.queries import system_state as asked
from taicho.kernel import audit, clock
from taicho.kernel.actor import system
from taicho.kernel.models import DrillClock
from tests.house.world import ROLES

pytestmark = pytest.mark.django_db
GIB = 1024**3
NO_BACKUP = "Chưa có bản sao lưu nào."
NO_WORKER = "Việc nền không chạy"
NOT_SEALED = "Nhật ký chưa được niêm phong đúng nhịp."
DISK_LOW = "Đĩa sắp đầy."
JOBS_BROKEN = "Có việc nền hỏng sau nhiều lần thử."


@pytest.fixture
def page(browser_of, monkeypatch, tmp_path, settings):
    """What the administrator reads; with a disk of the given size, and a backup folder of the test's own."""
    settings.TAICHO_HOME = tmp_path
    (tmp_path / "backups").mkdir()
    browser = browser_of("administrator")
    seal_everything()

    def read(free=80 * GIB, total=100 * GIB):
        monkeypatch.setattr(asked.shutil, "disk_usage", lambda _: SimpleNamespace(free=free, total=total))
        answer = browser.get("/he-thong")
        assert answer.status_code == 200
        return answer.content.decode().split("<main")[1]

    return read


def sql(text, *values):
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def seal_everything():
    """As if the sealer had been here: nothing of the making of this world waits."""
    sql("ALTER TABLE kernel_auditentry DISABLE TRIGGER USER")
    sql("UPDATE kernel_auditentry SET happened_at = %s", clock.real_now())
    sql("ALTER TABLE kernel_auditentry ENABLE TRIGGER USER")


def worker_seen(ago):
    sql("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", clock.real_now() - ago)


def job(status, number=1):
    for _ in range(number):
        sql("INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('default', 'x', %s)", status)


@pytest.mark.parametrize("role", ROLES)
def test_the_page_is_the_administrators(browser_of, role):
    expected = {"administrator": 200, "visitor": 302}.get(role, 403)
    assert browser_of(role).get("/he-thong").status_code == expected
    assert browser_of(role).post("/he-thong").status_code in (405, 302)


def test_who_may_not_is_told_who_may(browser_of):
    assert "Chỉ người quản trị xem được tình trạng hệ thống." in browser_of("leader").get("/he-thong").content.decode()


@pytest.mark.parametrize(("ago", "alive"), [(timedelta(seconds=30), True), (timedelta(seconds=119), True),
                                            (timedelta(minutes=2), False), (timedelta(days=3), False)])  # fmt: skip
def test_a_worker_that_has_been_silent_for_two_minutes_is_said_to_stand_still(page, ago, alive):
    worker_seen(ago)
    html = page()
    assert (NO_WORKER in html) == (not alive)
    assert ("đang chạy" in html) == alive


def test_one_living_worker_is_enough(page):
    worker_seen(timedelta(hours=5))
    worker_seen(timedelta(seconds=5))
    assert NO_WORKER not in page()


def test_jobs_that_wait_run_or_hang_are_counted_together_and_broken_ones_apart(page):
    job("todo", 3)
    job("doing", 2)
    job("succeeded", 4)
    job("failed")
    html = page()
    assert "5 việc chờ · 1 việc hỏng" in html
    assert JOBS_BROKEN in html


def test_without_a_broken_job_nothing_is_said_of_one(page):
    job("todo")
    html = page()
    assert "1 việc chờ · 0 việc hỏng" in html
    assert JOBS_BROKEN not in html


@pytest.mark.parametrize(
    ("free", "total", "low"),
    [
        (80 * GIB, 100 * GIB, False), (20 * GIB, 100 * GIB, False), (20 * GIB - 1, 100 * GIB, True),
        (GIB, 4 * GIB, False), (GIB - 1, 4 * GIB, True), (0, 100 * GIB, True),
    ],
)  # fmt: skip
def test_a_disk_is_low_below_a_fifth_or_one_gib(page, free, total, low):
    assert (DISK_LOW in page(free, total)) == low


def record(ago):
    setting = DrillClock.objects.create(offset="0", set_at=clock.real_now())
    audit.record("kernel.set_drill_clock", by=system("test"), of=setting)
    sql("ALTER TABLE kernel_auditentry DISABLE TRIGGER USER")
    sql("UPDATE kernel_auditentry SET happened_at = %s WHERE object_key = %s", clock.real_now() - ago, setting.key)
    sql("ALTER TABLE kernel_auditentry ENABLE TRIGGER USER")


@pytest.mark.parametrize(("ago", "late"), [(timedelta(seconds=5), False), (timedelta(minutes=2), True)])
def test_a_trail_that_waits_for_its_seal_is_told(page, ago, late):
    record(ago)
    assert (NOT_SEALED in page()) == late


def test_the_age_of_the_oldest_row_without_a_seal_is_shown_the_official_way(page):
    record(timedelta(days=400))
    oldest = clock.local(clock.real_now() - timedelta(days=400))
    assert f"cũ nhất {oldest.hour}h{oldest.minute:02}, " in page()


def test_a_backup_is_shown_with_its_day_and_name_and_the_warning_goes(page, settings):
    assert NO_BACKUP in page()
    file = settings.TAICHO_HOME / "backups" / "taicho-2021-09-03.age"
    file.touch()
    finished = datetime(2021, 9, 3, 10, 30, tzinfo=UTC).timestamp()
    os.utime(file, (finished, finished))
    html = page()
    assert NO_BACKUP not in html
    assert "17h30, 03/9/2021" in html
    assert "taicho-2021-09-03.age" in html


def test_a_backup_named_like_a_script_is_shown_as_words(page, settings):
    (settings.TAICHO_HOME / "backups" / "<b>x<b>.age").touch()
    assert "<b>x" not in page()


def test_where_everything_is_well_nothing_is_red(page, settings):
    worker_seen(timedelta(seconds=1))
    (settings.TAICHO_HOME / "backups" / "a.age").touch()
    html = page()
    assert "tile-danger" not in html
    assert "state-refused" not in html


def test_the_page_is_read_in_one_round_trip_for_the_database(page, django_assert_num_queries):
    with django_assert_num_queries(1):
        asked.system_state(clock.real_now())


def test_the_page_names_no_person_and_no_path(page, world, settings):
    html = page()
    for person in world.people.values():
        assert person.full_name not in html
    assert str(settings.TAICHO_HOME) not in html

"""The worker does what was deferred, once its cause is committed, whoever is killed meanwhile (house D3, § 6)."""

import os
import signal

import pytest

from tests.cli.office import NEXT, until

pytestmark = pytest.mark.trial
ONE_KEPT_ONE_UNDONE = """
from django.db import transaction
from tests.cli.next_release.jobs import note
try:
    with transaction.atomic():
        note.defer(words="undone")
        raise RuntimeError
except RuntimeError:
    pass
with transaction.atomic():
    note.defer(words="kept")
"""
SLEEPER = """
from tests.cli.next_release.jobs import note_and_sleep
note_and_sleep.defer(words="began", seconds=20)
"""
UNSEALED_ROW = """
import os
from taicho.accounts.actions.accounts import open_account
from taicho.kernel.actor import system
open_account("van-thu", by=system("trial"))
os._exit(0)  # before this command seals its own rows
"""


@pytest.fixture
def next_office(office):
    """An office of the made-up next release, whose jobs leave notes, while it serves."""
    assert office.run("migrate", **NEXT).returncode == 0
    office.running = office.serve(**NEXT)
    return office


def notes(office):
    return [words for (words,) in office.sql("SELECT words FROM next_release_note ORDER BY id")]


def test_a_job_of_an_action_that_was_undone_never_runs(next_office):
    next_office.script(ONE_KEPT_ONE_UNDONE, **NEXT)
    assert until(lambda: notes(next_office), 20) == ["kept"]
    assert not next_office.sql("SELECT id FROM procrastinate_jobs WHERE args->>'words' = 'undone'")


def test_a_job_whose_worker_was_killed_is_done_by_the_next_one(next_office):
    next_office.script(SLEEPER, **NEXT)
    assert until(lambda: notes(next_office), 20) == ["began"]
    os.kill(next_office.running.pid_of("worker"), signal.SIGKILL)
    assert until(lambda: len(notes(next_office)) == 2, 150), "swept by the schedule of each minute and run again"
    swept = "SELECT 1 FROM procrastinate_jobs WHERE task_name = 'kernel.sweep_stalled_jobs' AND status = 'succeeded'"
    assert next_office.sql(swept)


def test_the_worker_seals_what_others_wrote(next_office):
    next_office.script(UNSEALED_ROW)
    unsealed = (
        "SELECT count(*) FROM kernel_auditentry e LEFT JOIN kernel_auditlink l ON l.entry_id = e.id WHERE l IS NULL"
    )
    assert next_office.sql("SELECT count(*) FROM kernel_auditentry") > [(0,)]
    assert until(lambda: next_office.sql(unsealed) == [(0,)], 10), "within the five seconds of house § 6"

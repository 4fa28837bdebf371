"""Jobs are done at least once, whatever happens to the worker; the queue keeps itself clean (house D3)."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from uuid import uuid4

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from taicho.kernel import jobs, news
from taicho.kernel.models import DrillClock, NewsDelivery
from tests.kernel.painted_news import UnitPainted


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchone() if cursor.description else None


def run(task):
    """Let the house's own schedule run as the worker runs it."""
    own = Job(id=0, queue="default", lock=None, queueing_lock=None, task_name=task.name)
    context = JobContext(start_timestamp=time.time(), app=app, job=own, abort_reason=lambda: None)
    async_to_sync(task.func)(context, timestamp=0)


def waiting_job():
    news.announce(UnitPainted(unit=str(uuid4())))
    return ProcrastinateJob.objects.latest("pk")


def job_taken(*, silent_for):
    """A job under the hands of a worker that was last heard of `silent_for` seconds ago (None: struck off)."""
    job = waiting_job()
    worker = None
    if silent_for is not None:
        (worker,) = sql(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s * interval '1 second') RETURNING id",
            silent_for,
        )
    sql("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", worker, job.pk)
    return job


def job_ended(status, *, hours_ago):
    job = waiting_job()
    sql("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", job.pk)
    sql("UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status WHERE id = %s", status, job.pk)
    sql("UPDATE procrastinate_events SET at = at - %s * interval '1 hour' WHERE job_id = %s", hours_ago, job.pk)
    return job


def state(job):
    found = ProcrastinateJob.objects.filter(pk=job.pk).first()
    return found and found.status


@pytest.mark.django_db
@pytest.mark.parametrize("silent_for", [31, 3600, None], ids=["just now", "an hour ago", "struck off"])
def test_a_job_whose_worker_fell_silent_is_put_back_in_the_queue(silent_for):
    job = job_taken(silent_for=silent_for)
    run(jobs.sweep_stalled_jobs)
    assert state(job) == "todo"


@pytest.mark.django_db
def test_a_job_whose_worker_is_at_work_is_left_to_it():
    job = job_taken(silent_for=0)
    run(jobs.sweep_stalled_jobs)
    assert state(job) == "doing"


@pytest.mark.django_db
def test_every_job_of_a_dead_worker_is_put_back_not_only_the_first():
    taken = [job_taken(silent_for=60) for _ in range(3)]
    run(jobs.sweep_stalled_jobs)
    assert {state(job) for job in taken} == {"todo"}


@pytest.mark.django_db
def test_a_job_that_ended_well_is_forgotten_after_a_week_and_not_before():
    week = 7 * 24
    kept, forgotten = job_ended("succeeded", hours_ago=week - 1), job_ended("succeeded", hours_ago=week + 1)
    run(jobs.clear_finished_jobs)
    assert (state(kept), state(forgotten)) == ("succeeded", None)


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["failed", "aborted"])
def test_a_job_that_did_not_end_well_stays_for_a_person_to_look_at(status):
    job = job_ended(status, hours_ago=10_000)
    run(jobs.clear_finished_jobs)
    assert state(job) == status


def test_the_sweep_comes_every_minute_and_the_clearing_every_night():
    schedule = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert schedule["kernel.sweep_stalled_jobs"] == "* * * * *"
    assert schedule["kernel.clear_finished_jobs"] == "17 3 * * *"


WORKER = """
import sys
import django
django.setup()
from django.db import connection
from procrastinate.contrib.django import app
import tests.kernel.painted_news
connection.settings_dict["NAME"] = sys.argv[1]
with app.replace_connector(app.connector.get_worker_connector()) as working:
    working.run_worker(name="trial", concurrency=1)
"""


@contextmanager
def worker(**environment):
    """The worker of an installation, as a process of its own on the test database."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), **environment}
    command = [sys.executable, "-c", WORKER, str(connection.settings_dict["NAME"])]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.trial
def test_a_job_taken_by_a_worker_that_was_killed_is_done_by_the_next_one(transactional_db):  # F-01, house D3
    """Nobody helps: the new worker notices the silence, its sweep puts the job back, the step is done exactly once."""
    news.announce(UnitPainted(unit=str(uuid4())))
    with worker(HANG_IN_THE_MIDDLE="1") as doomed:
        assert doomed.stdout.readline() == "taken\n"
        doomed.send_signal(signal.SIGKILL)
    job = ProcrastinateJob.objects.get(task_name="kernel.deliver_news")
    assert (job.status, DrillClock.objects.count()) == ("doing", 0)
    with worker():
        until = time.monotonic() + 240
        while state(job) != "succeeded" and time.monotonic() < until:
            time.sleep(0.5)
    assert state(job) == "succeeded"
    assert DrillClock.objects.count() == NewsDelivery.objects.count() == 1

"""The throw-away server of a test session: one for all workers, gone at the end, never beside a given one."""

import os
import subprocess
import sys

import pytest

from tests.postgres.conftest import SOURCE, eventually, processes_in

ROOT = SOURCE.parent
CONFTEST = "from tests.postgres_for_tests import pytest_configure, pytest_unconfigure\n"
TESTS = """
import os, pathlib, pytest

@pytest.mark.parametrize("number", range(4))
def test_a_table_can_be_written(number, db):
    from django.db import connection
    with connection.cursor() as cursor:
        cursor.execute("create temporary table kept as select 1")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    pathlib.Path(__file__).with_name(f"told-{worker}-{number}").write_text(os.environ["DATABASE_URL"])
"""
SETTINGS = """
import os
from psycopg.conninfo import conninfo_to_dict
given = conninfo_to_dict(os.environ.get("DATABASE_URL", "postgresql:///nowhere"))
names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host"}
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql"} | {n: given.get(k, "") for n, k in names.items()}}
"""


@pytest.fixture
def session(ground):
    """Run a small test session of its own; its exit status and the addresses its tests saw."""
    (ground / "conftest.py").write_text(CONFTEST)
    (ground / "test_small.py").write_text(TESTS)
    (ground / "small_settings.py").write_text(SETTINGS)
    (ground / "pytest.ini").write_text("[pytest]\nDJANGO_SETTINGS_MODULE = small_settings\n")

    def run(*arguments, **environment):
        search = f"{SOURCE}:{ROOT}:{ground}"
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments, str(ground)], cwd=ground,
            env={"PYTHONPATH": search, "PATH": os.environ["PATH"], "TMPDIR": str(ground), **environment},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        told = {path.name: path.read_text() for path in ground.glob("told-*")}
        return done, told

    return run


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["alone", "two workers"])
def test_one_server_for_the_whole_session_and_nothing_left_after_it(session, ground, workers):
    done, told = session(*workers)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(told) == 4 and len(set(told.values())) == 1
    assert len({name.split("-")[1] for name in told}) == (2 if workers else 1)
    assert eventually(lambda: not processes_in(ground))
    assert not list(ground.glob("taicho-test-postgres-*"))


def test_what_a_killed_session_left_is_swept_by_the_next(session, ground):
    (ground / "taicho-test-postgres-old").mkdir()
    (ground / "taicho-test-postgres-old" / "lock").touch()
    (ground / "taicho-test-postgres-new").mkdir()
    assert session()[0].returncode == 0
    assert [path.name for path in ground.glob("taicho-test-postgres-*")] == ["taicho-test-postgres-new"]


def test_a_database_that_is_given_is_used_and_none_is_started(session, cluster):
    done, told = session(DATABASE_URL=cluster.url("office"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert set(told.values()) == {cluster.url("office")}

"""One throw-away PostgreSQL for a whole test session, shared by every xdist worker; root and ordinary user alike.

The root conftest does it all with one line:

    from tests.postgres_for_tests import pytest_configure, pytest_unconfigure

A DATABASE_URL that is already set is honoured and nothing is started.
"""

import fcntl
import os
import shutil
import tempfile
from pathlib import Path

import psycopg
import pytest

from taicho.postgres import Cluster
from taicho.postgres.cluster import ADMINISTRATOR

PREFIX = "taicho-test-postgres-"
DATABASE = "taicho"
CLUSTER = pytest.StashKey[Cluster]()


def pytest_configure(config):
    """Start the cluster in the session's first process and name it in DATABASE_URL, which the workers inherit."""
    is_worker = hasattr(config, "workerinput")
    if is_worker or os.environ.get("DATABASE_URL") or config.option.collectonly:
        return
    sweep()
    cluster = Cluster(Path(tempfile.mkdtemp(prefix=PREFIX)), durable=False)
    cluster.start()
    config.stash[CLUSTER] = cluster
    leave_databases_alone(cluster)
    cluster.ensure_database(DATABASE)
    os.environ["DATABASE_URL"] = cluster.url(DATABASE)
    point_django_at(os.environ["DATABASE_URL"])


def leave_databases_alone(cluster):
    """No autovacuum: its workers are the superuser's, and a database in which one is at work cannot be dropped by others."""
    with psycopg.connect(cluster.url("postgres", ADMINISTRATOR), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET autovacuum = off")
        connection.execute("SELECT pg_reload_conf()")


def pytest_unconfigure(config):
    """Stop the cluster this session started and delete it."""
    if cluster := config.stash.get(CLUSTER, None):
        del os.environ["DATABASE_URL"]
        cluster.stop()
        shutil.rmtree(cluster.place)
        cluster.directory.unlink(missing_ok=True)  # a link, where root's temporary directory is closed to others


def point_django_at(url):
    """pytest-django reads the settings before any conftest: tell Django, in this process, the new address."""
    from django.conf import settings

    if not settings.configured:
        return
    from django.db import connections
    from psycopg.conninfo import conninfo_to_dict

    given = conninfo_to_dict(url)
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host"}
    connections.settings["default"].update({name: given[key] for name, key in names.items()})


def sweep():
    """Delete what killed sessions left behind: our own old directories whose lock nobody holds."""
    for old in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            with (old / "lock").open("r+") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(old)
        except OSError:
            continue  # another account's, still in use, or only now being made

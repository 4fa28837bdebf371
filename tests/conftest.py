"""What every test may ask for."""

import shutil

import pytest
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations

CHROMIUM = shutil.which("chromium")


def pytest_collection_modifyitems(items):
    """Browser tests last, because Playwright leaves an event loop behind; say which tests are left out, and why."""
    items.sort(key=lambda item: "browser" in item.keywords)
    for item in items:
        if "browser" in item.keywords and CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason="LEFT OUT: no Chromium on this machine"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium, quiet: no sandbox needed in a test machine, no request of its own."""
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": quiet}


def only_filled(self, style, tables, **more):
    """Between tests that commit, only the tables that hold rows are emptied: two hundred TRUNCATEs take a second."""
    with connection.cursor() as cursor:
        asked = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in tables)
        cursor.execute(asked)
        return [f'DELETE FROM "{name}"' for (name,) in cursor.fetchall()]


def empty_even_the_trail(self, sql_list, flush=DatabaseOperations.execute_sql_flush):
    """The trail and the gate refuse to be emptied, so their guards look away meanwhile; foreign keys wait for the end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        written = {sql.rsplit('"', 2)[1] for sql in sql_list}
        guarded = [name for (name,) in cursor.fetchall() if name in written]
    off, on = ([f"ALTER TABLE {name} {word} TRIGGER USER" for name in guarded] for word in ("DISABLE", "ENABLE"))
    return flush(self, [*off, *sql_list, "SET CONSTRAINTS ALL IMMEDIATE", *on])


DatabaseOperations.sql_flush = only_filled
DatabaseOperations.execute_sql_flush = empty_even_the_trail

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


def empty_even_the_trail(self, sql_list, flush=DatabaseOperations.execute_sql_flush):
    """Between tests that commit, the tables are emptied; the trail refuses that, so its guards look away meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND tgrelid::regclass::text LIKE 'kernel_audit%'"
        )
        guarded = [name for (name,) in cursor.fetchall()]
    off, on = ([f"ALTER TABLE {name} {word} TRIGGER USER" for name in guarded] for word in ("DISABLE", "ENABLE"))
    return flush(self, [*off, *sql_list, *on])


DatabaseOperations.execute_sql_flush = empty_even_the_trail

"""Tests of this room stand on its own addresses and on the kernel only."""

import os

import pytest
from django.conf import settings as real_settings
from django.db import connection
from pytest_django.live_server_helper import LiveServer

from taicho.ui import shell

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps an event loop in the thread of the tests
ABOVE = ("whitenoise", "allauth", "taicho.accounts", "taicho.organisation")


@pytest.fixture(autouse=True)
def own_addresses(settings):
    """Pages of higher rooms are not needed, and their middlewares do not ask about a person; static
    files come from the test server."""
    settings.ROOT_URLCONF = "tests.ui.urls"
    settings.MIDDLEWARE = [m for m in real_settings.MIDDLEWARE if not m.startswith(ABOVE)] + ["tests.ui.actor.someone"]


@pytest.fixture(autouse=True)
def own_registry(monkeypatch):
    """Nothing of a higher room stands in the shell, unless a test puts it there."""
    bare = shell.Registry()
    for name in ("menu", "bar", "guard", "search", "wearer", "day"):
        monkeypatch.setattr(shell.registry, name, getattr(bare, name))


@pytest.fixture
def site(own_addresses, django_db_setup, django_db_blocker):
    """A server with the settings of this room. Its pages only read, so nothing is emptied afterwards."""
    with django_db_blocker.unblock():
        server = LiveServer("localhost")
        yield server
        server.stop()
        connection.close()  # nothing else gives it back when this is the last test of all

"""The world of the authorisation matrix, built once for a file, and browsers of its people."""

import pytest
from django.db import transaction
from django.test import Client

from tests.house.world import build_world


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Twelve people of two provinces, with their units and posts; what a test does to them is rolled back after it."""
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
        try:
            yield build_world()
        finally:
            transaction.set_rollback(True)
            around.__exit__(None, None, None)


@pytest.fixture
def browser_of(world, db):
    """A browser in which the person with a role has entered; "visitor" has not."""

    def enter(role):
        browser = Client()
        if role != "visitor":
            browser.force_login(world.accounts[role])
        return browser

    return enter

"""The invented hierarchy of `conftest`, built once for a module: each test gets a copy and the database as it was.

Import the fixtures by name: `from tests.organisation.standing_land import built, land, own, people, things`.
"""

import copy
from types import SimpleNamespace

import pytest
import time_machine
from django.db import transaction
from django.test import override_settings

from taicho.kernel.keyring import ring
from tests.organisation import conftest
from tests.organisation.land import NOW

__all__ = ["built", "land", "own", "people", "things"]


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, tmp_path_factory):
    """Land, people and one of everything, in a transaction that lasts as long as the module."""
    around = transaction.atomic()
    with (
        django_db_blocker.unblock(),
        time_machine.travel(NOW, tick=False),
        override_settings(TAICHO_KEYS=tmp_path_factory.mktemp("keys")),
    ):
        ring().prepare()
        around.__enter__()
        here = conftest.land.__wrapped__(None)
        everybody = conftest.people.__wrapped__(here)
        conftest.things.__wrapped__(here, everybody)
    yield here, everybody
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture
def own(built, db):
    """What a test may change without the next one seeing it."""
    here, everybody = copy.deepcopy(built)
    return SimpleNamespace(land=here, people=everybody)


@pytest.fixture
def land(own):
    """The hierarchy, by name."""
    return own.land


@pytest.fixture
def people(own):
    """One person per role."""
    return own.people


@pytest.fixture
def things(own):
    """The hierarchy with one of everything in the Sở."""
    return own.land

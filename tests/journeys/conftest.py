"""Running installations and browsers that have already entered, for the journeys."""

import os

import pytest

from tests.journeys.atlas import draw
from tests.journeys.house import opened

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in the thread of all tests


@pytest.fixture(scope="session")
def full_house(worker_id, tmp_path_factory):
    """An installation with the example of 2021, served by `taicho web`."""
    with opened("full", worker_id, tmp_path_factory.mktemp("full")) as house:
        yield house


@pytest.fixture(scope="session")
def fresh_house(worker_id, tmp_path_factory):
    """An installation on its first day: one unit, empty lists."""
    with opened("fresh", worker_id, tmp_path_factory.mktemp("fresh")) as house:
        yield house


@pytest.fixture(scope="session")
def atlas(full_house):
    """Where in the full house each page opens, for one role at least."""
    return draw(full_house, wholly=False)


@pytest.fixture(scope="session")
def full_atlas(full_house):
    """Which page of the full house opens for whom, and where."""
    return draw(full_house)


@pytest.fixture(scope="session")
def fresh_atlas(fresh_house):
    """Which page of the fresh house opens for whom, and where."""
    return draw(fresh_house)


@pytest.fixture
def empty_house(worker_id, tmp_path_factory):
    """An installation nobody has entered: no unit, no person, no account. A real one, not a drill."""
    with opened("empty", worker_id, tmp_path_factory.mktemp("empty")) as house:
        yield house

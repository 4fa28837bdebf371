"""The invented hierarchy of the organisation's tests, with a clerk in the Sở."""

import pytest

from taicho.organisation.enums import PostRole
from tests.organisation.conftest import _keys, _now, committed, enter, land, plain_door  # noqa: F401 - fixtures
from tests.organisation.conftest import people as people_of_the_land  # noqa: F401 - a fixture
from tests.organisation.land import post, staff


@pytest.fixture
def people(people_of_the_land, land):
    """One person per role, and the clerk."""
    clerk = staff("Ngô Thị Đào", land.office)
    post(clerk, land.office, PostRole.CLERK)
    people_of_the_land.clerk = clerk
    return people_of_the_land

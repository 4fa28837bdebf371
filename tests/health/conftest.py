"""The invented Sở of the organisation tests with a health post, and what its measures ask."""

import pytest

from taicho.organisation.enums import PostRole
from tests.health.clinic import declares_daily
from tests.organisation.conftest import _keys, _now, enter, land, people, plain_door, things  # noqa: F401
from tests.organisation.land import post, staff


@pytest.fixture
def sick_bay(land, people):
    """The people of the Sở with its health post, and the health post of the institute below it."""
    people.nurse = staff("Cao Thị Y", land.office)
    post(people.nurse, land.office, PostRole.HEALTH_POST)
    people.other_nurse = staff("Mai Văn Tế", land.institute)
    post(people.other_nurse, land.institute, PostRole.HEALTH_POST)
    return people


@pytest.fixture
def ordered(land):
    """The Sở asks a daily declaration of everybody, and takes one shown in two named apps."""
    return declares_daily(land.bureau, accepted=["NCOVI", "Bluezone"])

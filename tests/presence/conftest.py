"""People who come and go in the invented hierarchy of tests/organisation."""

from datetime import datetime
from uuid import uuid4

import pytest

from taicho.kernel import clock
from taicho.organisation.actions.places import add_site
from taicho.presence.actions.stays import arrive, leave
from tests.organisation.conftest import _keys, _now, land, people  # noqa: F401 - fixtures
from tests.organisation.land import SETUP, START


def office(written):
    """An hour of the office: "20 08:05" is 20/11/2026, 8h05 in Hà Nội."""
    day, hour = written.split()
    return datetime.fromisoformat(f"2026-11-{day}T{hour}").replace(tzinfo=clock.HANOI)


def shown(stays):
    """Stays as people say them: site, from, until."""
    return [(stay.site.name, said(stay.from_at), said(stay.until_at)) for stay in stays]


def said(moment):
    return moment and clock.local(moment).strftime("%d %H:%M")


@pytest.fixture
def sites(land):
    """Two sites of the Sở."""
    return [
        add_site(by=SETUP, unit=land.bureau, name=name, address="Số 1", valid_from=START) for name in ("Trụ sở", "Kho")
    ]


@pytest.fixture
def came(people, sites):
    """Note an arrival; Lan at the first site unless the test says otherwise."""
    return lambda at, *, who=None, site=None, key=None: arrive(
        who or people.staff, site or sites[0], at=office(at), evidence="gate.entry", evidence_key=key or uuid4()
    )


@pytest.fixture
def went(people):
    """Note a departure."""
    return lambda at, *, who=None, key=None: leave(who or people.staff, at=office(at), evidence_key=key or uuid4())

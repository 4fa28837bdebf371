"""A gate of the Sở, with its tablet, a guard, members of staff, and what documents order there."""

from types import SimpleNamespace

import pytest

from taicho.gate.actions.devices import enrol_device, invite_device
from taicho.gate.actions.passes import issue_pass
from taicho.kernel import clock
from taicho.organisation.actions.places import add_gate, add_site
from tests.gate.words import by
from tests.organisation.conftest import _keys, _now, enter, land, people, plain_door  # noqa: F401 - fixtures
from tests.organisation.land import SETUP, START


@pytest.fixture
def gate(land, people):
    """The main gate of the Sở with an enrolled tablet, its token, and a pass of a member of staff."""
    here = SimpleNamespace(land=land, people=people)
    here.site = add_site(by=SETUP, unit=land.bureau, name="Trụ sở 1", address="Số 1", valid_from=START)
    here.gate = add_gate(here.site, by=SETUP, name="Cổng 1")
    here.side_gate = add_gate(here.site, by=SETUP, name="Cổng 2")
    invited = invite_device(here.gate, by=by(people.office), name="Máy tính bảng 1", at=clock.now())
    here.device, here.token = enrol_device(invited.invitation, by=by(people.guard), at=clock.now())
    here.gate_pass = issue_pass(people.staff, by=SETUP, agency=land.bureau, at=clock.now())
    here.code = here.gate_pass.codes.get().code
    return here


@pytest.fixture
def at_gate(gate, enter):
    """The guard, signed in on the enrolled tablet."""

    def sign_in(person=None):
        client = enter(person or gate.people.guard)
        client.cookies["taicho-gate"] = gate.token
        return client

    return sign_in

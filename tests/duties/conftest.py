"""The invented hierarchy of tests/organisation, with its own kinds of measures and duties."""

import pytest
from django.db import connection

from taicho.directives.rules.kinds import KINDS as MEASURES
from taicho.duties.kinds import KINDS
from tests.directives.measures import TRIAL
from tests.duties.rounds import DailyRound, Round
from tests.organisation.conftest import _keys, _now, enter, land, people, plain_door  # noqa: F401 - fixtures
from tests.organisation.conftest import committed as _organisation_committed  # noqa: F401


@pytest.fixture(autouse=True)
def _invented_kinds(monkeypatch):
    """A daily round that is due at 7h30, of an invented area, beside the kinds of the house."""
    for name, kind in TRIAL.items():
        monkeypatch.setitem(MEASURES, name, kind)
    monkeypatch.setitem(MEASURES, Round.name, Round)
    monkeypatch.setitem(KINDS, DailyRound.name, DailyRound())


@pytest.fixture(autouse=True)
def _nothing_failed_unseen(request, caplog):
    """A sweep goes on when something fails; so every test that does not ask for `hindered` looks whether it did."""
    yield
    if "hindered" not in request.fixturenames:
        failed = [one for when in ("setup", "call") for one in caplog.get_records(when) if "hindering" in one.name]
        assert [one.getMessage() for one in failed] == []


@pytest.fixture
def hindered():
    """This test makes something fail on purpose."""


@pytest.fixture
def committed(_organisation_committed):
    """The database with real commits; what hangs on people is emptied with them afterwards."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE messaging_message, documents_incomingdocument, duties_sweptday CASCADE")

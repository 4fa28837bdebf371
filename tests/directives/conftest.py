"""The invented hierarchy of the organisation's tests, and invented kinds of measures."""

import pytest

from taicho.directives.rules.kinds import KINDS
from tests.directives.measures import TRIAL
from tests.organisation.conftest import _keys, _now, committed, enter, land, people, plain_door  # noqa: F401 - fixtures


@pytest.fixture(autouse=True)
def _invented_kinds(monkeypatch):
    """Kinds of an invented area, so that no test hangs on the kinds of another room."""
    for name, kind in TRIAL.items():
        monkeypatch.setitem(KINDS, name, kind)

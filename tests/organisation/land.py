"""Short words for setting up an invented organisation in tests."""

from datetime import UTC, date, datetime

from taicho.accounts.models import Account
from taicho.kernel.actor import system
from taicho.organisation.actions.posts import appoint
from taicho.organisation.actions.staff import register_staff
from taicho.organisation.actions.units import create_unit
from taicho.organisation.enums import UnitKind
from taicho.organisation.queries.build_actor import build_actor

SETUP = system("tests")
START = date(2026, 1, 1)
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def unit(name, parent=None, kind=UnitKind.AGENCY, **more):
    """A unit that exists since 01/01/2026."""
    return create_unit(by=SETUP, parent=parent, kind=kind, name=name, valid_from=START, **more)


def staff(full_name, of, **facts):
    """A member of staff of a unit since 01/01/2026, with an account."""
    person = register_staff(by=SETUP, unit=of, full_name=full_name, at=BEGAN, **facts)
    person.account = Account.objects.create(name=f"a{person.pk}")
    person.save()
    return person


def post(person, of, role, **more):
    """A post held since 01/01/2026."""
    return appoint(person, by=SETUP, unit=of, role=role, at=BEGAN, **more)


def actor(person, at=None):
    """The actor the person is at `at` (now)."""
    return build_actor(person.account, at)

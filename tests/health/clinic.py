"""Short words for tests about health."""

from decimal import Decimal
from uuid import uuid4

from taicho.directives.actions.measures import decide
from taicho.health.actions.declaring import declare
from taicho.health.actions.temperatures import record_temperature
from taicho.health.queries.standing import standing
from taicho.kernel import clock
from taicho.kernel.actor import Actor
from tests.organisation.land import START, actor

CHIEF = Actor(person=uuid4())
WELL = {"symptoms": False, "contact": False, "affected_place": False}
ILL = WELL | {"symptoms": True, "symptoms.cough": True}


def decided(agency, kind, **params):
    """The office decides a rule of its own, in force since the first of January."""
    return decide(
        agency, by=CHIEF, kind=kind, params=params, subject=f"Quyết định {kind}", reason="theo thực tế", from_day=START
    )


def declares_daily(agency, **params):
    """A daily declaration is asked of the whole agency."""
    return decided(agency, "health.daily_declaration", times_per_day=1, **params)


def threshold(agency, at_least_c):
    """The office decides from which temperature somebody waits."""
    return decided(agency, "health.fever_threshold", at_least_c=at_least_c)


def declared(person, *, by=None, client_id=None, answers=None, at=None, **more):
    """The person declares for today."""
    at = at or clock.now()
    return declare(
        person, by=actor(by or person), client_id=client_id or uuid4(), day=clock.today(at),
        answers=WELL if answers is None else answers, temperature=more.pop("temperature", None), at=at, **more,
    )  # fmt: skip


def measured(person, celsius, *, by, client_id=None):
    """Somebody takes the person's temperature now."""
    return record_temperature(
        person, celsius=Decimal(celsius), by=actor(by), at=clock.now(), client_id=client_id or uuid4()
    )


def stands(person, at=None):
    """How the person stands now."""
    return standing([person.pk], at or clock.now())[person.pk]

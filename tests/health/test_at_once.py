"""Two hands at once: the database keeps one (D8, D9)."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from taicho.health.actions.restrictions import restrict
from taicho.health.models import Declaration, HealthAlert, Restriction
from taicho.kernel import clock
from taicho.kernel.refusals import Conflict
from tests.health.clinic import ILL, declared
from tests.organisation.conftest import committed  # noqa: F401
from tests.organisation.land import actor, post, staff, unit

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def lan():
    """Somebody in an agency, in a database where commits are real."""
    bureau = unit("Sở Khoa học và Công nghệ")
    nurse = staff("Cao Thị Y", bureau)
    post(nurse, bureau, "health_post")
    return staff("Nguyễn Thị Lan", bureau), nurse


def together(*acts):
    """Run the acts at the same time, each on a connection of its own; what each returned or raised."""

    def alone(act):
        try:
            return act()
        except Conflict as conflict:
            return conflict.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(alone, acts))


def test_a_double_tap_on_two_connections_is_one_declaration(lan):
    person, _ = lan
    key = uuid4()
    made = together(*(lambda: declared(person, client_id=key, answers=ILL).pk for _ in range(4)))
    assert len(set(made)) == 1
    assert (Declaration.objects.count(), HealthAlert.objects.count()) == (1, 1)


def test_two_telephones_at_once_make_one_declaration_of_the_day(lan):
    person, _ = lan
    made = together(*(lambda: declared(person).pk for _ in range(3)))
    assert sorted(map(str, made))[-2:] == ["health_declaration_once_a_turn"] * 2
    assert Declaration.objects.count() == 1


def test_two_health_posts_at_once_set_one_restriction(lan):
    person, nurse = lan
    by, at = actor(nurse), clock.now()
    made = together(*(lambda: restrict(person, by=by, kind="self", reason="sốt", at=at).pk for _ in range(2)))
    assert "health_one_restriction_of_a_kind_at_a_time" in made
    assert Restriction.objects.count() == 1

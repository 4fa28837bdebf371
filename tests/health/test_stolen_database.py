"""Whoever steals the database reads who declared when, and nothing of what was said (trust.md S-15, small)."""

from decimal import Decimal

import pytest
from django.db import connection

from taicho.health.actions.alerts import record_step
from taicho.health.actions.restrictions import lift, restrict
from taicho.health.models import Declaration, HealthAlert
from taicho.kernel import clock
from taicho.kernel.refusals import Refusal
from tests.health.clinic import ILL, declared, measured, threshold
from tests.organisation.land import actor

pytestmark = pytest.mark.django_db
CANARIES = [f"chim vàng số {n} hót" for n in range(6)]
FIGURES = ("38.7", "39.3", "38,7", "39,3")


def every_cell():
    """Everything every table of ours holds, as text and as the bytes of binary columns."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'django_migrations'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for cell in row:
                    yield table, bytes(cell) if isinstance(cell, memoryview) else str(cell).encode()


def found_in_clear(words):
    """Where any of the words stands in clear, in the spellings a dump may show."""
    spelled = [form for word in words for form in (word.encode(), word.encode("unicode_escape"))]
    return {(table, form) for table, cell in every_cell() for form in spelled if form in cell}


@pytest.fixture
def planted(land, sick_bay, ordered):
    """A canary in every free text, two known figures, answers with every tick."""
    threshold(land.bureau, 37.5)
    by, now = actor(sick_bay.nurse), clock.now()
    first = declared(sick_bay.staff, answers=ILL, temperature=Decimal("38.7"))
    declared(sick_bay.staff, answers=ILL | {"symptoms.breathless": True}, corrects=first, reason=CANARIES[0])
    measured(sick_bay.staff, "39.3", by=sick_bay.guard)
    for n, kind in enumerate(("waiting_area", "closed"), 1):
        record_step(HealthAlert.objects.get(declaration=first), by=by, kind=kind, at=now, note=CANARIES[n])
    one = restrict(sick_bay.staff, by=by, kind="self", reason=CANARIES[3], at=now)
    lift(one, by=by, reason=CANARIES[4], at=now)
    restrict(sick_bay.staff, by=by, kind="home", reason=CANARIES[5], at=now)
    return first


def test_no_answer_figure_or_reason_stands_in_clear(planted):  # S-15
    assert found_in_clear([*CANARIES, *FIGURES, "breathless", "symptoms", "cough"]) == set()


def test_the_search_would_find_what_stands_in_clear(planted, sick_bay):
    sick_bay.staff.residence = CANARIES[0]
    sick_bay.staff.save()
    assert {table for table, _ in found_in_clear(CANARIES[:1])} == {"organisation_person"}


def test_two_equal_declarations_look_different(sick_bay, ordered):
    declared(sick_bay.staff)
    declared(sick_bay.office)
    sealed = set(Declaration.objects.values_list("answers", flat=True))
    assert len({one.stored for one in sealed}) == 2


def test_a_sealed_answer_moved_to_another_row_does_not_open(sick_bay, ordered):
    one, other = declared(sick_bay.staff, answers=ILL), declared(sick_bay.office)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE health_declaration SET answers = (SELECT answers FROM health_declaration WHERE id = %s) WHERE id = %s",
            [one.pk, other.pk],
        )
    moved = Declaration.objects.get(pk=other.pk)
    with pytest.raises(Refusal) as broken:
        str(moved.answers)
    assert broken.value.code == "broken-seal"

"""Hostile addresses and figures: the page answers with a sentence, and one slip stops no engine (S-04; house § 7)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from taicho.directives.rules.kinds import KINDS
from taicho.directives.rules.parameters import MOST
from taicho.directives.rules.reading.facts import LONGEST_PATH, clauses_to_keep
from taicho.directives.rules.reading.values import Clause
from tests.directives.papers import clause_of, letter

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("label", ["\0", "1\0", "x" * 5000, "\u202e1"])
def test_an_address_that_names_no_clause_shows_the_clauses(land, people, enter, label):
    document = clause_of(letter(land)).document
    page = enter(people.office).get(reverse("directives:confirm", args=[document.key]), {"muc": label, "loai": "x"})
    assert page.status_code == 200


HUGE = ["9" * 12, "1e300", "1e400", "nan", "inf", "-1", "1e9"]


@pytest.mark.parametrize("typed", HUGE)
def test_a_figure_beyond_belief_is_refused_at_its_field(land, people, enter, typed):
    clause = clause_of(letter(land))
    where = reverse("directives:confirm", args=[clause.document.key])
    data = {"p_purpose": "acknowledge", "p_within_h": typed, "force": "require", "scope": str(land.bureau.key)}
    page = enter(people.office).post(
        f"{where}?muc={clause.path}&loai=duties.answer_each", data | {"from_day": "1/1/2026"}
    )
    assert page.status_code == 400 and 'id="id_p_within_h"' in page.content.decode()


@pytest.mark.parametrize("typed", ["06:00+07:00", "06:00\n07:00Z", "25:00", "\u0660\u0666:\u0660\u0660"])
def test_an_hour_is_an_hour_of_the_office_and_nothing_else(land, people, enter, typed):
    data = {"p_by": typed, "subject": "Giờ hạn", "reason": "Trước giờ làm", "scope": str(land.bureau.key)}
    where = reverse("directives:decide") + "?loai=health.declaration_hour"
    page = enter(people.leader).post(where, data | {"from_day": "1/1/2026"})
    assert page.status_code == 400 and "không phải giờ trong ngày" in page.content.decode()


def test_the_greatest_figure_a_measure_takes_still_ends_within_the_calendar():
    most = KINDS["duties.answer_each"].read({"purpose": "acknowledge", "within_h": MOST})
    assert (date(2100, 12, 31) + timedelta(hours=most["within_h"])).year < date.max.year


def test_a_label_printed_ten_thousand_times_costs_no_more_than_each_of_them_once():  # A18
    compared = 0

    class Label(str):
        """A label that counts how often it is looked up."""

        def __hash__(self):
            nonlocal compared
            compared += 1
            return super().__hash__()

        def __getitem__(self, part):
            return Label(super().__getitem__(part))

        def __add__(self, more):
            return Label(super().__add__(more))

    kept = clauses_to_keep(Clause(Label("1"), "", 0, 0) for _ in range(10_000))
    assert len({clause.path for clause in kept}) == 10_000
    assert max(len(clause.path) for clause in kept) <= LONGEST_PATH
    assert compared < 200_000

"""Working at several sites: what a document may say of it, and what the head reads on the day. # D8"""

import re
from datetime import date, timedelta

import pytest

from taicho.kernel.refusals import Refusal
from taicho.roster.measures import SplitSites
from taicho.roster.queries.splits import splits_of
from tests.roster.conftest import TODAY
from tests.roster.test_pages import at, words

TWO = {"sites": 2, "state": "prepare"}


def test_a_split_is_said_in_one_sentence():
    assert SplitSites.describe(SplitSites.read(TWO)) == "Chia 02 địa điểm: chuẩn bị phương án"
    run = SplitSites.read({"sites": 3, "state": "run", "mixing": "forbidden"})
    assert SplitSites.describe(run) == "Chia 03 địa điểm: đang thực hiện · không được phép qua lại giữa các địa điểm"


def test_a_document_without_a_figure_gets_none():
    assert SplitSites.describe(SplitSites.read({"state": "run"})) == "đang thực hiện"


@pytest.mark.parametrize(
    ("written", "at_fault"),
    [
        ({"sites": 1, "state": "run"}, "sites"), ({"sites": "02", "state": "run"}, "sites"), ({"sites": 2}, "state"),
        ({"state": "plan"}, "state"), (TWO | {"mixing": "consent"}, "mixing"), (TWO | {"site": "A"}, "site"),
    ],
)  # fmt: skip
def test_what_is_no_split_is_refused_with_the_name_of_the_parameter(written, at_fault):
    with pytest.raises(Refusal) as refused:
        SplitSites.read(written)
    assert refused.value.field == at_fault


def test_of_two_documents_of_one_state_more_sites_and_apart_hold():
    some, more = TWO | {"mixing": "forbidden"}, TWO | {"sites": 3, "mixing": "allowed"}
    assert SplitSites.combine([some, more]) == {"sites": 3, "state": "prepare", "mixing": "forbidden"}
    assert SplitSites.combine([more, some]) == SplitSites.combine([some, more])


@pytest.mark.parametrize("sites", [2.5, 2.0001, "2", True, float("nan"), float("inf"), [2], 10**9])
def test_half_a_site_and_what_is_no_number_are_refused(sites):
    with pytest.raises(Refusal) as refused:
        SplitSites.read(TWO | {"sites": sites})
    assert (refused.value.code, refused.value.field) == ("bad-parameter", "sites")


def test_a_whole_number_written_with_a_point_is_the_number():
    assert SplitSites.read(TWO | {"sites": 3.0}) == TWO | {"sites": 3}


@pytest.mark.django_db
def test_a_plan_for_three_and_a_split_over_two_are_two_statements_each_with_its_document(room, order, people, enter):
    order("roster.split_sites", sites=3, state="prepare")
    order("roster.split_sites", sites=2, state="run")
    page = words(enter(people.head).get(at(room)))
    assert re.search(
        r"Chia 02 địa điểm: đang thực hiện vì: Công văn 59.*Chia 03 địa điểm: chuẩn bị phương án vì: Công văn 58", page
    )
    assert "03 địa điểm: đang thực hiện" not in page, "no document orders three sites to run"


@pytest.mark.django_db
@pytest.mark.parametrize("first", [2, 3])
def test_two_documents_of_one_state_are_one_statement_with_both_reasons(room, order, first):
    order("roster.split_sites", sites=first, state="run")
    order("roster.split_sites", sites=5 - first, state="run", mixing="forbidden")
    (split,) = splits_of(room, TODAY)
    assert split.words == "Chia 03 địa điểm: đang thực hiện · không được phép qua lại giữa các địa điểm"
    assert [reason.text for reason in split.reasons] == ["Công văn 58/VP-HC-QT, mục 1", "Công văn 59/VP-HC-QT, mục 1"]


@pytest.mark.django_db
def test_a_request_beside_an_order_adds_nothing_to_it_and_is_said_last(room, order):
    order("roster.split_sites", **TWO)
    order.force = "request"
    order("roster.split_sites", sites=9, state="run")
    ordered, asked = splits_of(room, TODAY)
    assert (ordered.words, asked.words) == ("Chia 02 địa điểm: chuẩn bị phương án", "")
    assert [reason.text for reason in asked.reasons] == ["Công văn 59/VP-HC-QT, mục 1"]


@pytest.mark.django_db
def test_a_split_ends_with_its_last_day(room, order):
    measure = order("roster.split_sites", **TWO)
    measure.until_day = TODAY
    measure.save()
    assert splits_of(room, TODAY) and not splits_of(room, TODAY + timedelta(days=1))


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "said"), [("prepare", "chuẩn bị phương án"), ("run", "đang thực hiện")])
def test_the_head_reads_how_far_the_split_is_and_why(room, order, people, enter, state, said):
    order("roster.split_sites", sites=2, state=state)
    page = words(enter(people.head).get(at(room)))
    assert re.search(rf"Chia 02 địa điểm: {said} vì: Công văn 58/VP-HC-QT, mục 1", page)


@pytest.mark.django_db
def test_a_request_is_shown_as_one_and_not_as_a_split(room, order, people, enter):
    order.force = "request"
    order("roster.split_sites", **TWO)
    page = words(enter(people.head).get(at(room)))
    assert re.search(r"Chia tách địa điểm làm việc Chỉ có đề nghị, không bắt buộc. vì: Công văn 58", page)
    assert "Chia 02 địa điểm" not in page


@pytest.mark.django_db
def test_where_and_when_nothing_is_ordered_nothing_is_shown(room, land, order, people, enter):
    order("roster.split_sites", scope=[land.office], **TWO)
    assert "địa điểm làm việc" not in words(enter(people.office).get(at(room)))
    assert "địa điểm làm việc" not in words(enter(people.office).get(at(land.office, date(2025, 12, 31))))
    assert "Chia 02 địa điểm" in words(enter(people.office).get(at(land.office)))

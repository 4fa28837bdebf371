"""Working at several sites: what a document may say of it, and what the head reads on the day. # D8"""

import re
from datetime import date

import pytest

from taicho.kernel.refusals import Refusal
from taicho.roster.measures import SplitSites
from tests.roster.test_pages import at, words

TWO = {"sites": 2, "state": "prepare"}


def test_a_split_is_said_in_one_sentence():
    assert SplitSites.describe(SplitSites.read(TWO)) == "Chia 02 địa điểm: chuẩn bị phương án"
    run = SplitSites.read({"sites": 3, "state": "run", "mixing": "forbidden"})
    assert SplitSites.describe(run) == "Chia 03 địa điểm: đang chạy · qua lại giữa các địa điểm: không được phép"


def test_a_document_without_a_figure_gets_none():
    assert SplitSites.describe(SplitSites.read({"state": "run"})) == "tình trạng: đang chạy"


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


def test_of_two_documents_more_sites_running_and_apart_hold():
    asked, ordered = TWO | {"sites": 3, "mixing": "allowed"}, {"sites": 2, "state": "run", "mixing": "forbidden"}
    assert SplitSites.combine([asked, ordered]) == {"sites": 3, "state": "run", "mixing": "forbidden"}
    assert SplitSites.combine([ordered, asked]) == SplitSites.combine([asked, ordered])


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "said"), [("prepare", "chuẩn bị phương án"), ("run", "đang chạy")])
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

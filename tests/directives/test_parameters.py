"""What a measure may say is checked, and of two documents that which satisfies both holds (A6, A7)."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taicho.directives.rules import parameters as p
from taicho.directives.rules.kinds import Exhortation, Kind, kind_named, register
from taicho.kernel.refusals import Refusal
from tests.directives.measures import Cap, Entry, Report, Trip

SCALE = ("free", "consent", "essential", "forbidden")


@pytest.mark.parametrize(
    ("parameter", "one", "other", "holds"),
    [
        (p.share_at_most(), 50, 30, 30), (p.share_at_least(), 50, 30, 50), (p.most(), 7, 3, 3), (p.at_least(), 1.5, 2, 2),
        (p.ordered(*SCALE), "consent", "forbidden", "forbidden"), (p.ordered(*SCALE), "free", "free", "free"),
        (p.several("mask", "declaration"), ("mask",), ("declaration", "mask"), ("mask", "declaration")),
        (p.common(), ("lãnh đạo", "văn phòng"), ("văn phòng",), ("văn phòng",)), (p.common(), ("a",), ("b",), ()),
        (p.clock_times(), (time(6),), (time(12), time(6)), (time(6), time(12))),
        (p.flag(), False, True, True), (p.flag(), False, False, False), (p.text(), "một", "hai", "một; hai"), (p.text(), "một", "một", "một"),
    ],
)  # fmt: skip
def test_of_two_values_the_one_that_satisfies_both_documents_holds(parameter, one, other, holds):
    assert parameter.combine(one, other) == holds


@pytest.mark.parametrize(
    ("kind", "written", "at"),
    [
        (Cap, {"max_pct": 101}, "max_pct"), (Cap, {"max_pct": -1}, "max_pct"), (Cap, {"max_pct": "50"}, "max_pct"), (Cap, {"max_pct": True}, "max_pct"),
        (Cap, {"max_pct": float("nan")}, "max_pct"), (Cap, {"max_pct": float("inf")}, "max_pct"),
        (Cap, {"binding": 1}, "binding"), (Cap, {"hours": 5}, "hours"),
        (Trip, {"mode": "maybe"}, "mode"), (Trip, {"mode": ["free"]}, "mode"), (Entry, {}, "need"), (Entry, {"need": None}, "need"),
        (Entry, {"need": "mask"}, "need"),
        (Entry, {"need": ["fever"]}, "need"), (Entry, {"need": ["mask"], "times": ["25:00"]}, "times"), (Entry, {"need": ["mask"], "times": "06:00"}, "times"),
        (Entry, {"need": ["mask"], "times": []}, "times"), (Entry, {"need": ["mask"], "times": [6]}, "times"), (Entry, {"need": ["mask"], "note": " "}, "note"),
        (Entry, {"need": [1]}, "need"), (Exhortation, {"what": "x"}, "what"),
    ],
)  # fmt: skip
def test_what_a_kind_does_not_know_is_refused_with_the_name_of_the_parameter(kind, written, at):
    with pytest.raises(Refusal) as refused:
        kind.read(written)
    assert refused.value.field == at
    assert f"“{at}”" in refused.value.sentence


def test_a_parameter_that_is_not_stated_stays_absent():
    assert Cap.read({"max_pct": 50, "min_home": None}) == {"max_pct": 50}
    assert Cap.combine([{"max_pct": 50}, {"binding": True}]) == {"max_pct": 50, "binding": True}
    assert Cap.combine([]) == {}


def test_hours_are_read_as_hours_and_kept_in_order():
    assert Report.read({"to": "UBND", "times": ["18:00", "06:00"]})["times"] == (time(6), time(18))


def test_a_kind_is_known_by_its_name_and_only_once():
    assert kind_named("directives.exhortation") is Exhortation
    with pytest.raises(KeyError):
        kind_named("nobody.knows")
    with pytest.raises(ValueError, match="registered already"):
        register(type("Twin", (Kind,), {"name": "directives.exhortation"}))


shares = st.fixed_dictionaries(
    {}, optional={"max_pct": st.integers(0, 100), "min_home": st.integers(0, 100), "binding": st.booleans()}
)


@given(st.lists(shares, max_size=5), st.randoms())
def test_neither_order_nor_repetition_of_documents_changes_what_holds(measures, luck):
    together = Cap.combine(measures)
    shuffled = [*measures, *measures]
    luck.shuffle(shuffled)
    assert Cap.combine(shuffled) == together
    assert all(together["max_pct"] <= one["max_pct"] for one in measures if "max_pct" in one)
    assert all(together["min_home"] >= one["min_home"] for one in measures if "min_home" in one)

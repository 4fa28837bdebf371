"""What letters may say of caps and sites: whole people, known words, nothing invented. # D3, D4, D8"""

import pytest

from taicho.kernel.refusals import Refusal
from taicho.roster.measures import CapBase, OnsiteCap, SplitSites


@pytest.mark.parametrize(
    ("kind", "written", "at_fault"),
    [
        (OnsiteCap, {"max_n": 2.5, "binding": True}, "max_n"), (OnsiteCap, {"max_n": -1}, "max_n"),
        (OnsiteCap, {"per": "person"}, "per"), (OnsiteCap, {"rounding": "half"}, "rounding"),
        (OnsiteCap, {"binding": "yes"}, "binding"), (OnsiteCap, {"min_pct": 50}, "min_pct"),
        (CapBase, {"always_on": ["apart"]}, "always_on"), (SplitSites, {"sites": 2}, "state"),
    ],
)  # fmt: skip
def test_what_a_kind_does_not_know_is_refused_at_the_parameter(kind, written, at_fault):
    with pytest.raises(Refusal) as refusal:
        kind.read(written)
    assert refusal.value.field == at_fault


def test_people_are_counted_whole_and_shares_need_not_be():
    held = OnsiteCap.read({"max_pct": 37.5, "max_n": 4.0, "binding": True})
    assert held == {"max_pct": 37.5, "max_n": 4, "binding": True} and isinstance(held["max_n"], int)


def test_two_decisions_that_differ_count_people_on_post():
    assert CapBase.combine([{"always_on": "apart"}, {"always_on": "counted"}]) == {"always_on": "counted"}


def test_a_cap_is_said_with_its_parameters_by_name():
    said = OnsiteCap.describe(OnsiteCap.read({"max_pct": 50, "binding": True, "per": "office", "rounding": "up"}))
    assert said == "tối đa, % số người: 50 · bắt buộc (không phải “khoảng”) · tính theo: cả cơ quan · làm tròn: lên"

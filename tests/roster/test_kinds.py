"""What letters may say of caps and sites: whole people, known words, nothing invented. # D3, D4, D8"""

import pytest

from taicho.kernel.refusals import Refusal
from taicho.roster.measures import AlwaysOnPosts, CapBase, OnsiteCap, SplitSites


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
    assert said == "không quá 50% số người tại trụ sở · bắt buộc · tính cho cả cơ quan · làm tròn lên"


def test_a_figure_that_does_not_bind_is_said_as_one_to_aim_at():
    assert OnsiteCap.describe({"max_pct": 50}) == "khoảng 50% số người tại trụ sở"
    assert OnsiteCap.describe({"max_n": 4, "base": "without_leave"}) == (
        "khoảng 4 người tại trụ sở · trên số người không nghỉ phép"
    )


def test_posts_are_said_with_where_and_when_they_are_held():  # D4
    held = AlwaysOnPosts.read({"posts": [{"service": "văn thư"}], "presence": "on_site", "min_n": 2, "hours": "24x7"})
    assert AlwaysOnPosts.describe(held) == (
        "bộ phận: văn thư · trực tại cơ quan · ít nhất 2 người · 24/24 giờ, cả 7 ngày trong tuần"
    )

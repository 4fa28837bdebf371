"""How many may be on site: the arithmetic of a cap, by the worked example and the edge cases of measures.md. # D3, D4"""

from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taicho.kernel.refusals import Refusal
from taicho.roster.enums import AlwaysOn
from taicho.roster.measures import AlwaysOnPosts, CapBase, OnsiteCap
from taicho.roster.rules.cap import Limit, outranks, readings
from taicho.roster.rules.posts import in_words

HALF = Limit(max_pct=50)


def ways(limit, base, on_post=0):
    """Each way to read the documents: how many may be on site together."""
    return {str(one.way): one.allowed for one in readings(limit, base=base, on_post=on_post)}


@pytest.mark.parametrize(("base", "on_site"), [(0, 0), (1, 0), (2, 1), (3, 1), (7, 3), (8, 4), (20, 10)])
def test_half_of_the_people_is_rounded_down(base, on_site):  # edge 1
    assert HALF.of(base) == on_site


def test_at_most_half_here_and_at_least_half_at_home_agree():  # edge 1: 3 + 4 = 7
    assert all(HALF.of(base) + ceil(base / 2) == base for base in range(200))


def test_one_person_alone_may_not_come_and_an_exception_is_asked_for():  # edge 2
    (alone,) = readings(HALF, base=1, on_post=0)
    assert (alone.allowed, alone.needs_exception) == (0, True)


def test_a_unit_without_people_asks_for_no_exception():
    (nobody,) = readings(HALF, base=0, on_post=0)
    assert not nobody.needs_exception


def test_seven_people_with_one_on_post_are_three_or_four():  # issue: both are shown
    assert ways(HALF, 7, 1) == {"counted": 3, "apart": 4}


def test_the_worked_example_two_on_post_and_two_of_the_other_five():  # measures.md 1
    _counted, apart = readings(HALF, base=7, on_post=2)
    assert (apart.on_post, apart.limit, apart.others, apart.allowed) == (2, 2, 2, 4)


def test_three_of_five_on_post_of_the_other_two_one_may_come():  # edge 8
    counted, apart = readings(HALF, base=5, on_post=3)
    assert (apart.others, apart.allowed) == (1, 4)
    assert (counted.others, counted.allowed, counted.short_by) == (0, 3, 1), "nobody on post is sent away"


def test_where_nobody_must_be_on_post_there_is_one_way_to_read():
    assert ways(HALF, 7) == {"counted": 3}


def test_a_share_and_a_number_hold_together():
    assert Limit(max_pct=50, max_n=2).of(7) == 2
    assert Limit(max_pct=50, max_n=9).of(7) == 3
    assert Limit(max_n=5).of(7) == 5


def test_without_a_figure_nothing_is_computed():
    assert Limit().of(7) is None
    assert readings(Limit(), base=7, on_post=2) == ()


def test_a_document_that_says_round_up_is_rounded_up():
    assert Limit(max_pct=50, rounds_up=True).of(7) == 4


@pytest.mark.parametrize(
    ("share", "base", "on_site"), [(33.3, 1000, 333), (12.5, 8, 1), (29, 100, 29), (57, 100, 57), (0.1, 1000, 1)]
)
def test_shares_are_computed_exactly_and_not_in_binary_fractions(share, base, on_site):
    assert Limit(max_pct=share).of(base) == on_site


PEOPLE = st.integers(0, 400)


@given(PEOPLE, PEOPLE, st.integers(0, 100))
def test_whatever_the_figures_nobody_on_post_is_sent_away_and_nobody_is_counted_twice(base, on_post, share):
    on_post = min(on_post, base)
    for one in readings(Limit(max_pct=share), base=base, on_post=on_post):
        assert on_post <= one.allowed <= base
        assert one.others >= 0
        assert one.short_by == max(0, on_post - one.limit) or one.way is AlwaysOn.APART


@given(PEOPLE, st.integers(0, 100))
def test_taking_posts_apart_never_allows_fewer_than_counting_them(base, share):
    for on_post in range(0, base + 1, max(1, base // 5)):
        allowed = ways(Limit(max_pct=share), base, on_post)
        assert allowed.get("apart", allowed["counted"]) >= allowed["counted"]


# Who stands above whom


@pytest.mark.parametrize(
    ("post", "cap", "above"),
    [
        ((0, "Văn phòng"), (0, "Văn phòng"), True),
        ((1, "Sở"), (0, "Tỉnh"), False),
        ((0, "Tỉnh"), (1, "Sở"), True),
        ((0, "Tỉnh"), (0, "Thành phố"), True),
        ((1, "Sở"), (1, "Sở"), True),
    ],
)
def test_posts_stand_above_the_cap_of_the_same_or_a_lower_issuer_never_of_a_higher_one(
    post, cap, above
):  # measures.md 1.4
    assert outranks(post_rank=post[0], post_issuer=post[1], cap_rank=cap[0], cap_issuer=cap[1]) is above


# The kinds


def test_of_two_binding_caps_the_stricter_holds():
    held = OnsiteCap.combine([{"max_pct": 50, "binding": True}, {"max_pct": 30, "binding": True}])
    assert held == {"max_pct": 30, "binding": True}


def test_a_figure_with_about_never_enters_the_bound():  # measures.md: "khoảng"
    held = OnsiteCap.combine([{"max_pct": 50, "binding": True}, {"max_pct": 30}])
    assert held == {"max_pct": 50, "binding": True}


def test_figures_with_about_alone_set_a_target():
    assert OnsiteCap.combine([{"max_pct": 50}, {"max_pct": 40}]) == {"max_pct": 40}


@pytest.mark.parametrize("share", [-1, 101, "50", True, float("nan"), float("inf")])
def test_a_share_outside_nought_to_a_hundred_is_refused(share):
    with pytest.raises(Refusal) as refusal:
        OnsiteCap.read({"max_pct": share, "binding": True})
    assert refusal.value.code == "bad-parameter"


def test_posts_are_read_from_the_data_of_a_letter():  # measures/003.yaml, mục 2
    written = {
        "posts": [{"role": "lãnh đạo Văn phòng phụ trách"}, {"unit": "phòng Khoa giáo – văn xã"}],
        "presence": "on_site",
        "min_n": "all",
    }
    held = AlwaysOnPosts.read(written)
    assert [in_words(post) for post in held["posts"]] == [
        "vai trò: lãnh đạo Văn phòng phụ trách",
        "đơn vị: phòng Khoa giáo – văn xã",
    ]
    assert "min_n" not in held


def test_posts_are_read_from_lines_that_people_write():
    held = AlwaysOnPosts.read({"posts": ["Đơn vị: Phòng Tổng hợp", "văn thư", "người: Nguyễn Thị Lan", "văn thư"]})
    assert held["posts"] == ({"unit": "Phòng Tổng hợp"}, {"service": "văn thư"}, {"person": "Nguyễn Thị Lan"})
    assert AlwaysOnPosts.describe(held) == "đơn vị: Phòng Tổng hợp; bộ phận: văn thư; người: Nguyễn Thị Lan"


@pytest.mark.parametrize(
    "posts",
    [
        "văn thư",
        [],
        [""],
        [{}],
        [{"unit": "a", "role": "b"}],
        [{"colour": "red"}],
        [{"unit": 3}],
        [7],
        ["x" * 201],
        {"unit": "a"},
    ],
)
def test_posts_that_say_nothing_or_two_things_are_refused(posts):
    with pytest.raises(Refusal):
        AlwaysOnPosts.read({"posts": posts})


def test_how_posts_stand_to_the_cap_is_one_of_two_words():
    assert CapBase.describe(CapBase.read({"always_on": "apart"})) == "người thường trực được tách ra trước khi tính"
    with pytest.raises(Refusal):
        CapBase.read({"always_on": "sometimes"})
    with pytest.raises(Refusal):
        CapBase.read({})

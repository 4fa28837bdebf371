"""Dates, hours and figures on pages, as NĐ 30/2020 and offices write them; nothing is ever shown as 0. # J1, ux.md 8"""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taicho.kernel.clock import local
from tests.ui.rendering import compiled, render

LATE_EVENING = datetime(2021, 9, 3, 17, 30, tzinfo=UTC)
"""0h30 of 04/9/2021 in Hà Nội."""
FILTERS = {
    "official_date": ("04/9/2021", "chưa có"),
    "short_date": ("04/9", ""),
    "weekday_date": ("Thứ Bảy, 04/9", ""),
    "running_date": ("ngày 04 tháng 9 năm 2021", ""),
}
SHOWN = {name: compiled("{% load official %}{{ x|" + name + " }}") for name in
         ("official_date", "short_date", "weekday_date", "running_date", "clock_time", "official_moment", "figure")}  # fmt: skip


def shown(filter_name, value):
    return SHOWN[filter_name].render({"x": value})


@pytest.mark.parametrize(("name", "written"), [(name, pair[0]) for name, pair in FILTERS.items()])
def test_an_evening_of_greenwich_is_the_next_day_in_ha_noi(name, written):
    assert shown(name, local(LATE_EVENING).date()) == written


@pytest.mark.parametrize(("name", "empty"), [(name, pair[1]) for name, pair in FILTERS.items()])
def test_a_day_that_nobody_knows_is_no_day(name, empty):
    assert shown(name, None) == empty


def test_an_hour_nobody_knows_is_empty_and_midnight_is_not():
    assert (shown("clock_time", None), shown("official_moment", None)) == ("", "")
    assert shown("clock_time", time(0, 0)) == "0h00"
    assert shown("official_moment", LATE_EVENING) == "0h30, 04/9/2021"


def test_a_figure_that_did_not_come_is_said_and_a_zero_that_came_is_a_zero():
    assert (shown("figure", None), shown("figure", 0)) == ("chưa nhận", "0")


@given(st.integers(min_value=0, max_value=10**12))
def test_every_figure_has_dots_between_thousands(value):
    written = shown("figure", value)
    assert int(written.replace(".", "")) == value
    assert all(len(group) == 3 for group in written.split(".")[1:])


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_every_day_has_two_digits_and_only_january_and_february_have_a_zero(day):
    written = shown("official_date", day)
    days, months, years = written.split("/")
    assert (len(days), int(days), int(months), int(years)) == (2, day.day, day.month, day.year)
    assert months.startswith("0") == (day.month < 3)


def test_the_foot_of_a_paper_is_dated_in_ha_noi():
    html = render('<c-paper-foot :at="at" by="Trần Đức Lộc" />', at=LATE_EVENING)
    assert "In lúc 0h30, ngày 04/9/2021" in html


def test_the_last_of_the_recipients_ends_with_a_full_stop_and_the_others_with_a_semicolon():
    html = render('<c-recipients :lines="lines" />', lines=["Như trên", "Lãnh đạo Sở", "Lưu: VT"])
    assert ["- Như trên;" in html, "- Lãnh đạo Sở;" in html, "- Lưu: VT." in html] == [True] * 3


PAGES = {
    "a list of nothing": (0, 1, "0–0 trong 0", []),
    "one thing": (1, 1, "1–1 trong 1", []),
    "the first of three pages": (25, 1, "1–10 trong 25", ["Trang sau"]),
    "in the middle": (25, 2, "11–20 trong 25", ["Trang trước", "Trang sau"]),
    "the last, half full": (25, 3, "21–25 trong 25", ["Trang trước"]),
}


@pytest.mark.parametrize(("things", "number", "said", "links"), PAGES.values(), ids=PAGES)
def test_the_pager_says_where_one_is_and_leads_only_where_there_is_something(things, number, said, links):
    from django.core.paginator import Paginator

    html = render('<c-pager :page="page" things="người" />', page=Paginator(range(things), 10).page(number))
    assert f"{said} người" in html
    assert [word for word in ("Trang trước", "Trang sau") if word in html] == links


def test_the_pager_keeps_what_the_list_was_narrowed_to():
    from django.core.paginator import Paginator

    html = render('<c-pager :page="p" things="người" :query="q" />', p=Paginator(range(9), 4).page(2), q="q=đỗ&loc=1")
    assert 'href="?q=đỗ&amp;loc=1&amp;page=1"' in html
    assert 'href="?q=đỗ&amp;loc=1&amp;page=3"' in html


@pytest.mark.parametrize(
    ("value", "of", "share"),
    [(0, 10, "0.00%"), (5, 10, "50.00%"), (10, 10, "100.00%"), (78, 75, "100.00%"), (-1, 9, "0.00%"), (3, 0, "0%")],
)
def test_a_bar_is_never_longer_than_its_ground_and_never_divides_by_nothing(value, of, share):
    html = render('<c-bar :value="value" :of="of" label="tại cơ quan" />', value=value, of=of)
    assert f'class="bar-fill" x="0.5" y="1" width="{share}"' in html


@given(st.integers(0, 24 * 60 - 1))
def test_every_minute_of_the_day_has_its_place_on_the_ruler(minute):
    from taicho.ui.day import Day

    midnight = datetime(2021, 2, 24, 17, tzinfo=UTC)
    day = Day(midnight + timedelta(minutes=minute))
    assert day.minute == minute
    assert 0 <= float(day.share.rstrip("%")) < 100

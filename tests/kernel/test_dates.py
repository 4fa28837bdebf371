"""Dates and clocks in the shape of NĐ 30/2020/NĐ-CP, and a reader that takes what people write (ux.md 1.6, 7, 8)."""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from taicho.kernel import dates
from taicho.kernel.dates import UnclearDate, parse_date, parse_sure_date
from taicho.kernel.refusals import Refusal

SATURDAY = date(2021, 9, 4)
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"

# The numeric dates of the five documents, in order of appearance: 30 follow the rule of NĐ 30/2020.
REGULAR = {
    "000_b882bc5dc347ffa2.txt": (
        "03/9/2021 03/9/2021 03/9/2021 03/9/2021 01/9/2021 02/8/2021 23/7/2021 31/3/2020 02/8/2021 23/7/2021 01/9/2021 "
        "03/9/2021"
    ),
    "001_81cd1f4fe88ebc1c.txt": (
        "25/5/2021 29/4/2021 24/5/2021 11/5/2021 24/5/2021 29/4/2021 24/5/2021 11/5/2021"
    ),
    "002_16cccb56cf0e26e7.txt": "28/7/2021 28/7/2021 23/10/2019 28/7/2021",
    "003_66ccf509bb0dd72e.txt": "15/02/2021 15/02/2021 17/02/2021 02/3/2021",
    "004_75b88cc2f33800bd.txt": "27/5/2020 13/5/2021",
}  # fmt: skip
# A signature stamp, a web page's publishing date and a slip: to be read, never to be written.
IRREGULAR = {
    "001_81cd1f4fe88ebc1c.txt": "25/05/2021",
    "004_75b88cc2f33800bd.txt": "07/06/2021 8/9/2020",
}
RUNNING = {
    "000_b882bc5dc347ffa2.txt": ("ngày 04 tháng 9 năm 2021", date(2021, 9, 4)),
    "001_81cd1f4fe88ebc1c.txt": ("ngày 25 tháng 5 năm 2021", date(2021, 5, 25)),
    "003_66ccf509bb0dd72e.txt": ("ngày 16 tháng 02 năm 2021", date(2021, 2, 16)),
}

days = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


def listed(vectors: dict[str, str]) -> list[str]:
    return [written for line in vectors.values() for written in line.split()]


def as_day(written: str) -> date:
    day, month, year = written.split("/")
    return date(int(year), int(month), int(day))


# --- writing (regulations.md 4.2) ---


def test_the_thirty_regular_dates_of_the_documents_are_reproduced():
    assert len(listed(REGULAR)) == 30
    assert [dates.official_date(as_day(written)) for written in listed(REGULAR)] == listed(REGULAR)


def test_all_thirty_three_dates_of_the_documents_are_read():
    everything = listed(REGULAR) + listed(IRREGULAR)
    assert len(everything) == 33
    assert [parse_date(written, SATURDAY) for written in everything] == [as_day(written) for written in everything]


def test_the_three_irregular_dates_are_written_by_the_rule():
    assert [dates.official_date(as_day(written)) for written in listed(IRREGULAR)] == [
        "25/5/2021", "07/6/2021", "08/9/2020",
    ]  # fmt: skip


@pytest.mark.parametrize(("written", "day"), RUNNING.values())
def test_the_date_lines_of_the_documents_are_reproduced_and_read(written, day):
    assert dates.running_date(day) == written
    assert parse_date(written, SATURDAY) == day


@pytest.mark.shared
def test_the_vectors_are_the_dates_that_stand_in_the_documents():
    if not SEEDS.is_dir():
        pytest.skip("../shared/seeds is missing: the vectors cannot be compared with the documents themselves")
    for file, regular in REGULAR.items():
        found = re.findall(r"\d{1,2}/\d{1,2}/\d{4}", (SEEDS / file).read_text(encoding="utf-8"))
        assert sorted(found) == sorted((regular + " " + IRREGULAR.get(file, "")).split())
    for file, (written, _) in RUNNING.items():
        assert written in (SEEDS / file).read_text(encoding="utf-8")


def test_only_january_and_february_have_two_digits():
    written = [dates.short_date(date(2021, month, 5)) for month in range(1, 13)]
    assert " ".join(written) == "05/01 05/02 05/3 05/4 05/5 05/6 05/7 05/8 05/9 05/10 05/11 05/12"


def test_a_table_has_two_digits_everywhere():
    assert dates.table_date(SATURDAY) == "04/09/2021"


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (SATURDAY, "Thứ Bảy, 04/9"),
        (date(2021, 9, 5), "Chủ nhật, 05/9"),
        (date(2021, 9, 6), "Thứ Hai, 06/9"),
        (date(2021, 2, 25), "Thứ Năm, 25/02"),
    ],
)
def test_a_day_is_named_with_its_weekday(day, shown):
    with translation.override("vi"):
        assert dates.weekday_date(day) == shown


def test_an_instant_is_shown_on_the_calendar_and_clock_of_hanoi():
    late = datetime(2021, 9, 3, 17, 30, 59, tzinfo=UTC)
    assert dates.official_date(late) == "04/9/2021"
    assert dates.running_date(late) == "ngày 04 tháng 9 năm 2021"
    assert dates.clock_time(late) == "0h30"
    assert dates.table_time(late) == "00:30"
    assert dates.official_moment(late) == "0h30, 04/9/2021"


@pytest.mark.parametrize("write", [dates.official_date, dates.running_date, dates.weekday_date, dates.clock_time])
def test_an_instant_without_a_zone_is_not_written(write):
    with pytest.raises(ValueError, match="aware"):
        write(datetime(2021, 9, 3, 17, 30))


@pytest.mark.parametrize(
    ("moment", "text", "table"),
    [(time(6, 0), "6h00", "06:00"), (time(17, 30), "17h30", "17:30"), (time(0, 5, 59), "0h05", "00:05")],
)
def test_a_clock_time_has_a_form_for_text_and_one_for_tables(moment, text, table):
    assert dates.clock_time(moment) == text
    assert dates.table_time(moment) == table


# --- durations ---


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(), "dưới 1 phút"),
        (timedelta(seconds=59), "dưới 1 phút"),
        (timedelta(minutes=34, seconds=59), "34 phút"),
        (timedelta(hours=1), "1 giờ"),
        (timedelta(hours=4, minutes=58), "4 giờ 58"),
        (timedelta(hours=4, minutes=5), "4 giờ 05"),
        (timedelta(hours=23, minutes=59, seconds=59), "23 giờ 59"),
        (timedelta(days=2), "2 ngày"),
        (timedelta(days=2, hours=3, minutes=40), "2 ngày 3 giờ"),
    ],
)
def test_a_length_of_time_is_said_in_full_minutes(length, said):
    assert dates.duration(length) == said


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(minutes=34), "còn 34 phút"),
        (timedelta(hours=4, minutes=58), "còn 4 giờ 58"),
        (timedelta(seconds=1), "còn dưới 1 phút"),
        (timedelta(), "đến hạn"),
        (-timedelta(seconds=59), "đến hạn"),
        (-timedelta(minutes=12), "quá hạn 12 phút"),
    ],
)
def test_a_deadline_says_what_is_left_or_how_late_it_is(left, said):
    assert dates.remaining(left) == said


def test_a_figure_says_how_old_it_is():
    assert dates.age(timedelta(minutes=40)) == "cũ 40 phút"


def test_a_negative_length_is_a_bug_of_the_caller():
    with pytest.raises(ValueError, match="negative"):
        dates.duration(timedelta(seconds=-1))


# --- reading (ux.md 8) ---


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("3/9/2021", date(2021, 9, 3)),
        ("03-09-2021", date(2021, 9, 3)),
        ("3.9.21", date(2021, 9, 3)),
        ("3 / 9 / 2021", date(2021, 9, 3)),
        ("03092021", date(2021, 9, 3)),
        ("2021-09-03", date(2021, 9, 3)),
        ("2021-09-03 00:00:00", date(2021, 9, 3)),
        ("2021-09-03T06:00:00+07:00", date(2021, 9, 3)),
        ("ngày 3/9", date(2021, 9, 3)),
        ("Ngày 3-9.", date(2021, 9, 3)),
        ("ngày 04 tháng 9 năm 2021", date(2021, 9, 4)),
        ("ngày 04 tháng 9, 2021", date(2021, 9, 4)),
        ("4 tháng 9", date(2021, 9, 4)),
        ("ngay 4 thang 9 nam 2021", date(2021, 9, 4)),
        ("07/06/2021 | 10:36", date(2021, 6, 7)),
        ("17h30, 03/9/2021", date(2021, 9, 3)),
        ("lúc 6h00 ngày 4/9", date(2021, 9, 4)),
        ("hôm nay", date(2021, 9, 4)),
        ("HÔM QUA", date(2021, 9, 3)),
        ("hôm kia", date(2021, 9, 2)),
        ("mai", date(2021, 9, 5)),
        ("ngày kia", date(2021, 9, 6)),
        ("Thứ Bảy, 04/9", date(2021, 9, 4)),
        ("T7 4/9/2021", date(2021, 9, 4)),
        ("thứ bảy (04/9/2021)", date(2021, 9, 4)),
        ("thứ Hai tuần này", date(2021, 8, 30)),
        ("chủ nhật tuần này", date(2021, 9, 5)),
        ("thứ 4 tuần sau", date(2021, 9, 8)),
        ("CN tuần trước", date(2021, 8, 29)),
        ("29/2/2020", date(2020, 2, 29)),
    ],
)
def test_a_date_is_read_however_it_is_written(written, day):
    assert parse_date(written, SATURDAY) == day
    assert parse_date(unicodedata.normalize("NFD", written), SATURDAY) == day


@pytest.mark.parametrize(
    ("today", "written", "day"),
    [
        (date(2021, 12, 30), "2/1", date(2022, 1, 2)),
        (date(2022, 1, 3), "28/12", date(2021, 12, 28)),
        (date(2021, 9, 4), "1/1/22", date(2022, 1, 1)),
        (date(2024, 2, 20), "29/2", date(2024, 2, 29)),
    ],
)
def test_a_date_without_its_full_year_means_the_near_one(today, written, day):
    assert parse_date(written, today) == day


@pytest.mark.parametrize(
    ("written", "choices"),
    [
        ("3/1", (date(2021, 1, 3), date(2022, 1, 3))),
        ("3.9.65", (date(1965, 9, 3), date(2065, 9, 3))),
        ("9/30/2021", (date(2021, 9, 30),)),
        ("9/30", (date(2021, 9, 30),)),
        ("thứ Bảy", (date(2021, 8, 28), date(2021, 9, 4))),
        ("thứ 2", (date(2021, 8, 30), date(2021, 9, 6))),
        ("29/2", (date(2020, 2, 29),)),
    ],
)
def test_an_unclear_date_is_asked_not_guessed(written, choices):
    reading = parse_date(written, SATURDAY)
    assert isinstance(reading, UnclearDate)
    assert reading.choices == choices
    assert all(dates.official_date(choice) in reading.question for choice in choices)
    with pytest.raises(Refusal) as refused:
        parse_sure_date(written, SATURDAY)
    assert (refused.value.code, refused.value.sentence) == ("unclear-date", reading.question)


def test_a_weekday_decides_between_two_years():
    assert parse_date("Chủ nhật, 3/1", SATURDAY) == date(2021, 1, 3)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("31/9/2021", "tháng 9 năm 2021 có 30 ngày"),
        ("29/2/2021", "tháng 2 năm 2021 có 28 ngày"),
        ("0/9/2021", "Không có ngày 0"),
        ("3/0/2021", "Không có tháng 0"),
        ("3/13/2021 ", "Có phải"),
        ("30/13/2021", "Không có tháng 13"),
        ("ngày 9 tháng 30 năm 2021", "Không có tháng 30"),
        ("3/9/1821", "Năm 1821"),
        ("Thứ Sáu, 04/9/2021", "04/9/2021 không phải là Thứ Sáu"),
        ("ngày  tháng 7 năm 2021", "để trống"),
        ("ngày ... tháng ... năm 2021", "để trống"),
        ("tháng 9/2021", "để trống"),
        ("", "Chưa ghi ngày"),
        ("  \u00a0", "Chưa ghi ngày"),
        ("03/9/2021, 04/9/2021", "Không đọc được"),
        ("2021-09-03T20:00:00Z", "Không đọc được"),
        ("mùng 3 Tết", "Không đọc được"),
        ("٣/٩/٢٠٢١", "Không đọc được"),
        ("3/9/2021" * 100, "chỉ ghi một ngày"),
    ],
)
def test_what_is_no_day_is_refused_with_the_reason(written, sentence):
    with pytest.raises(Refusal) as refused:
        parse_sure_date(written, SATURDAY)
    assert sentence in refused.value.sentence


@given(days, days)
def test_every_written_form_is_read_back(day, today):
    assert parse_date(dates.official_date(day), today) == day
    assert parse_date(dates.running_date(day), today) == day
    assert parse_date(dates.table_date(day), today) == day
    assert parse_date(f"{dates.weekday_name(day)}, {dates.official_date(day)}", today) == day
    assert parse_date(day.isoformat(), today) == day


@given(days)
def test_the_short_form_of_a_near_day_is_read_back(today):
    assert parse_date(dates.weekday_date(today), today) == today


@given(st.text(alphabet="0123456789/.- thángnăyứưTCN,:h|", max_size=30) | st.text(max_size=100), days)
def test_any_text_is_read_asked_or_refused_never_worse(text, today):
    try:
        reading = parse_date(text, today)
    except Refusal as refused:
        assert refused.code == "bad-date"
    else:
        assert isinstance(reading, date) or reading.choices


# --- where one rule ends and the next begins ---


@pytest.mark.parametrize(
    ("written", "sure"),
    [
        ("2/1", True),  # 120 days after 04/9/2021
        ("3/1", False),
        ("7/5", True),  # 120 days before
        ("6/5", False),
    ],
)
def test_a_day_without_a_year_is_sure_up_to_a_hundred_and_twenty_days_away(written, sure):
    assert isinstance(parse_date(written, SATURDAY), date) is sure


@pytest.mark.parametrize(
    ("written", "sure"), [("3.9.31", True), ("3.9.32", False), ("3.9.11", True), ("3.9.10", False)]
)
def test_a_year_of_two_digits_is_sure_up_to_ten_years_away(written, sure):
    assert isinstance(parse_date(written, SATURDAY), date) is sure


@pytest.mark.parametrize(("year", "sensible"), [(1899, False), (1900, True), (2100, True), (2101, False)])
def test_years_of_living_people_and_of_plans_are_sensible(year, sensible):
    if sensible:
        assert parse_date(f"3/9/{year}", SATURDAY) == date(year, 9, 3)
    else:
        with pytest.raises(Refusal, match=f"Năm {year} không hợp lý"):
            parse_date(f"3/9/{year}", SATURDAY)


@pytest.mark.parametrize(
    ("today", "written", "sentence"),
    [
        (date(2022, 3, 1), "29/2", "tháng 2 năm 2023 có 28 ngày"),
        (SATURDAY, "31/4", "tháng 4 năm 2022 có 30 ngày"),
        (SATURDAY, "30.2.65", "tháng 2 năm 2065 có 28 ngày"),
        (SATURDAY, "0/5", "Không có ngày 0"),
    ],
)
def test_a_day_that_no_near_year_has_is_refused_with_the_length_of_the_month(today, written, sentence):
    with pytest.raises(Refusal, match=sentence):
        parse_date(written, today)


@pytest.mark.parametrize(
    ("written", "choices"), [("29.2.00", (date(2000, 2, 29),)), ("29.2.36", (date(1936, 2, 29), date(2036, 2, 29)))]
)
def test_a_leap_day_of_two_digits_is_asked_for_the_years_that_have_it(written, choices):
    assert parse_date(written, SATURDAY).choices == choices


@pytest.mark.parametrize("month", [1, 3, 4, 2])
def test_the_last_day_of_every_month_is_a_day_and_the_next_is_not(month):
    last = {1: 31, 2: 28, 3: 31, 4: 30}[month]
    assert parse_date(f"{last}/{month}/2021", SATURDAY) == date(2021, month, last)
    with pytest.raises(Refusal, match=f"có {last} ngày"):
        parse_date(f"{last + 1}/{month}/2021", SATURDAY)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("thứ hai tuần tới", date(2021, 9, 6)),
        ("thứ 7 tuần trước", date(2021, 8, 28)),
        ("t2 tuần này", date(2021, 8, 30)),
        ("cn tuần sau", date(2021, 9, 12)),
        ("ngày mai", date(2021, 9, 5)),
    ],
)
def test_a_week_begins_on_monday_and_ends_on_sunday(written, day):
    assert parse_date(written, SATURDAY) == day


@pytest.mark.parametrize("written", ["thứ 8", "thứ 1", "t8", "thứ bảy hôm nay", "thứ hai tuần qua", "cna 3/9"])
def test_what_is_no_weekday_or_no_week_is_not_read(written):
    with pytest.raises(Refusal) as refused:
        parse_date(written, SATURDAY)
    assert refused.value.code == "bad-date"


def test_a_weekday_on_its_own_is_today_or_a_week_ago_when_today_is_that_day():
    assert parse_date("thứ bảy", SATURDAY).choices == (date(2021, 8, 28), SATURDAY)
    assert parse_date("chủ nhật", SATURDAY).choices == (date(2021, 8, 29), date(2021, 9, 5))


def test_the_year_of_a_time_of_another_zone_is_not_dropped_silently():
    assert parse_date("3/9/2021 10:36:59.123", SATURDAY) == date(2021, 9, 3)
    with pytest.raises(Refusal):
        parse_date("2021-09-03T20:00:00+09:00", SATURDAY)


def test_a_text_of_eighty_letters_is_looked_at_and_one_more_is_not():
    assert parse_date("3/9/2021" + " " * 72, SATURDAY) == date(2021, 9, 3)
    with pytest.raises(Refusal, match="chỉ ghi một ngày"):
        parse_date("3/9/2021" + " " * 73, SATURDAY)


def test_the_month_first_is_asked_also_with_two_digits_of_the_year():
    assert parse_date("9/30/21", SATURDAY).choices == (date(2021, 9, 30),)
    assert parse_date("12/13/2021", SATURDAY).choices == (date(2021, 12, 13),)
    assert parse_date("12/12/2021", SATURDAY) == date(2021, 12, 12)


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(minutes=1), "1 phút"),
        (timedelta(minutes=59, seconds=59), "59 phút"),
        (timedelta(hours=1, minutes=1), "1 giờ 01"),
        (timedelta(days=1), "1 ngày"),
        (timedelta(days=1, minutes=59), "1 ngày"),
        (timedelta(days=1, hours=1), "1 ngày 1 giờ"),
    ],
)
def test_the_next_larger_unit_begins_when_it_is_full(length, said):
    assert dates.duration(length) == said


def test_a_deadline_is_overdue_from_its_first_full_minute():
    assert dates.remaining(-timedelta(minutes=1)) == "quá hạn 1 phút"
    assert dates.remaining(timedelta(microseconds=1)) == "còn dưới 1 phút"

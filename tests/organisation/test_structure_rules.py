"""Rules that the tree stands on: days and their turns, levels at a day, codes, kinds of unit (B1, house § 5)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taicho.kernel.refusals import Refusal
from taicho.organisation.enums import AGENCY_WIDE_ROLES, HEAD_ROLES, PostRole, StandingBodyKind, UnitKind
from taicho.organisation.rules.days import after, is_start_of_day, last_day_before, start_of
from taicho.organisation.rules.identifier import LONGEST, parse_identifier, top_group
from taicho.organisation.rules.levels import all_levels, level_at, levels_at
from taicho.organisation.rules.reach import EVERYTHING, ancestors_of, depth_of, reach_of_root

DAY = timedelta(days=1)
MOMENT = timedelta.resolution
DAYS = st.dates(date(1976, 1, 1), date(2100, 1, 1))
PATHS = st.lists(st.text("0123456789ABCXYZ", min_size=4, max_size=4), min_size=1, max_size=6).map("".join)


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        (date(2026, 7, 1), datetime(2026, 6, 30, 17, 0, tzinfo=UTC)),
        (date(2026, 1, 1), datetime(2025, 12, 31, 17, 0, tzinfo=UTC)),
        (date(2024, 3, 1), datetime(2024, 2, 29, 17, 0, tzinfo=UTC)),
    ],
)
def test_a_legal_day_begins_at_midnight_in_ha_noi_which_is_five_in_the_afternoon_of_the_eve_in_utc(day, begins):
    assert start_of(day) == begins


@given(DAYS)
def test_a_day_lasts_until_the_next_one_begins_with_no_gap_and_no_overlap(day):  # house § 5
    assert after(day) == start_of(day + DAY)
    assert after(day) - start_of(day) == DAY
    assert last_day_before(after(day)) == day
    assert last_day_before(start_of(day) + MOMENT) == day
    assert last_day_before(start_of(day)) == day - DAY


@given(st.datetimes(datetime(1976, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_only_midnight_in_ha_noi_is_the_turn_of_a_day(at):
    turn = start_of(last_day_before(at + MOMENT))
    assert is_start_of_day(at) == (at == turn)
    assert turn <= at < turn + DAY


@given(DAYS)
def test_on_every_day_each_level_is_known_once_and_stands_at_a_depth_of_its_own(day):  # B1, D4
    levels = levels_at(day)
    assert len({level.key for level in levels}) == len(levels)
    assert [level.depth for level in levels] == list(range(1, len(levels) + 1))
    assert all(level_at(level.key, day) is level for level in levels)


def test_a_level_that_is_followed_by_one_of_its_name_ends_on_the_eve():  # D15
    for level in all_levels():
        later = [one for one in all_levels() if one.key == level.key and one.valid_from]
        if level.valid_to and later:
            assert level_at(level.key, level.valid_to) is level
            assert level_at(level.key, level.valid_to + DAY) is later[0]


def test_a_level_is_called_in_the_language_of_the_page():  # D10
    from django.utils import translation

    level = level_at("commune", date(2026, 1, 1))
    with translation.override("vi"):
        assert str(level) == "Cấp xã"
    with translation.override("en"):
        assert str(level) == "Commune level"


GROUPS = st.lists(st.text("0123456789ABCDXYZ", min_size=1, max_size=6), max_size=4)
TOPS = st.from_regex(r"[A-Z][0-9]{2}", fullmatch=True)


@given(TOPS, GROUPS, st.booleans(), st.booleans())
def test_a_code_in_either_order_is_kept_as_written_and_reading_it_again_changes_nothing(top, groups, upwards, small):
    code = ".".join([*groups, top] if upwards and groups else [top, *groups])
    kept = parse_identifier(f" {code.lower() if small else code} ")
    assert kept == code
    assert parse_identifier(kept) == kept
    assert top_group(kept) in (kept.split(".")[0], kept.split(".")[-1])


@given(st.text(max_size=LONGEST * 2))
def test_whatever_is_typed_is_a_well_formed_code_or_refused_at_its_field(typed):  # QĐ 20/2020/QĐ-TTg, Điều 4
    try:
        kept = parse_identifier(typed)
    except Refusal as refusal:
        assert (refusal.code, refusal.field) == ("bad-identifier", "identifier")
    else:
        assert len(kept) <= LONGEST
        assert kept == "" or top_group(kept)
        assert kept.isascii() and kept == kept.upper()


def test_the_longest_code_that_the_field_takes_is_taken_and_one_sign_more_is_refused():
    code = "H26." + ".".join(["000000"] * 4) + ".00"
    assert len(parse_identifier(code + "0")) == LONGEST
    with pytest.raises(Refusal):
        parse_identifier(code + "00")


@given(PATHS)
def test_an_installation_reaches_every_path_and_a_root_its_own_tree_only(path):  # B1
    assert path in EVERYTHING
    assert path in reach_of_root(path)
    assert all(above in reach_of_root(path) for above in ancestors_of(path))
    other = ("Z" if path[0] != "Z" else "Y") + path[1:]
    assert other not in reach_of_root(path)
    assert depth_of(reach_of_root(path).start) == 1


def test_departments_and_hamlets_belong_to_an_agency_and_every_other_kind_is_one():  # B1
    assert {kind for kind in UnitKind if not kind.is_agency} == {UnitKind.DEPARTMENT, UnitKind.HAMLET}


def test_what_is_only_addressed_and_never_commanded_is_an_agency_of_its_own():  # B1, S1d L25
    outside = {kind for kind in UnitKind if not kind.is_in_line}
    assert outside == {UnitKind.PARTY_BODY, UnitKind.MASS_ORGANISATION, UnitKind.OTHER}
    assert all(kind.is_agency for kind in outside)


def test_every_kind_of_standing_body_gives_a_role_that_counts_in_the_whole_agency_and_never_makes_a_head():  # B2
    roles = {kind: kind.role for kind in StandingBodyKind}
    assert roles[StandingBodyKind.STANDING_BOARD] == PostRole.STEERING_COMMITTEE
    assert set(roles.values()) <= AGENCY_WIDE_ROLES
    assert not set(roles.values()) & HEAD_ROLES

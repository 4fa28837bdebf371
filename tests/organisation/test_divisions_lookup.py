"""Looking a division up by name, code or place, and asking what came before and after it (B1; house D15)."""

import subprocess
import sys
import unicodedata
from datetime import date

import pytest

from taicho.organisation.divisions import Division, all_divisions, divisions_on
from taicho.organisation.divisions.rows import basis_labels, search_key
from tests.house.plan import SRC

IN_2021, EVE, CHANGE, TODAY = date(2021, 9, 3), date(2025, 6, 30), date(2025, 7, 1), date(2026, 11, 21)


def names(units: tuple[Division, ...]) -> set[str]:
    return {unit.full_name for unit in units}


@pytest.mark.parametrize("typed", ["Phường Ba Đình", "P. Ba Đình", "P.Ba Đình", "phuong ba dinh", "PHƯỜNG  BA ĐÌNH"])
def test_a_ward_is_found_however_its_name_is_typed(typed: str) -> None:
    today = divisions_on(TODAY)
    assert [unit.code for unit in today.find(typed, within="01")] == ["00004"]
    assert [unit.code for unit in today.find(unicodedata.normalize("NFD", typed), within="01")] == ["00004"]


def test_a_name_without_its_kind_finds_all_kinds_the_exact_spelling_first() -> None:
    found = divisions_on(TODAY).find("Ba Đình")
    assert [unit.full_name for unit in found] == ["Phường Ba Đình", "Xã Ba Đình", "Xã Ba Dinh"]


def test_a_numbered_ward_is_found_within_its_district_only() -> None:
    units = divisions_on(IN_2021)
    binh_thanh = units.find("Quận Bình Thạnh")[0]
    for typed in ("Phường 1", "P.1", "P1", "phường 01"):
        found = units.find(typed, within=binh_thanh.code)
        assert [units.address(unit.code) for unit in found] == ["Phường 1, Quận Bình Thạnh, Thành phố Hồ Chí Minh"], (
            typed
        )
    assert len(units.find("P.1", within="79")) > 10


def test_a_search_can_be_held_to_a_level() -> None:
    units = divisions_on(IN_2021)
    assert [unit.code for unit in units.find("Ba Đình", level="district")] == ["001"]
    assert units.find("Thủ Đức", level="district")[0].full_name == "Thành phố Thủ Đức"


def test_a_name_nobody_has_finds_nothing() -> None:
    assert divisions_on(TODAY).find("Phường Không Có") == ()
    assert divisions_on(TODAY).find("") == ()
    assert divisions_on(TODAY).find("Ba Đình", within="99") == ()


def test_a_code_that_is_not_in_force_is_not_there() -> None:
    assert "001" in divisions_on(EVE)
    assert "001" not in divisions_on(CHANGE)
    assert divisions_on(CHANGE).get("001") is None
    with pytest.raises(KeyError):
        divisions_on(CHANGE)["001"]


def test_every_unit_is_among_the_children_of_its_parent() -> None:
    units = divisions_on(IN_2021)
    assert len(units.children()) == 63
    assert sum(len(units.children(unit.code)) for unit in units) + 63 == len(units)
    assert "Phường Trúc Bạch" in names(units.children("001"))


def test_an_address_is_written_from_the_small_to_the_large() -> None:
    assert divisions_on(IN_2021).address("00004") == "Phường Trúc Bạch, Quận Ba Đình, Thành phố Hà Nội"
    assert divisions_on(TODAY).address("00004") == "Phường Ba Đình, Thành phố Hà Nội"


def test_apostrophes_dashes_and_leading_zeros_do_not_hide_a_name() -> None:
    assert search_key("Ea H’Leo") == search_key("ea h'leo") == "ea hleo"
    assert search_key("Bà Rịa - Vũng Tàu") == "ba ria vung tau"
    assert search_key("Phường 01") == "phuong 1"


# Who came before and after (D15)


def test_a_ward_that_was_divided_has_several_successors() -> None:
    eve = divisions_on(EVE)
    cua_nam = eve.find("Phường Cửa Nam", within="002")[0]
    assert "Phường Ba Đình" in names(eve.successors(cua_nam.code))
    assert len(eve.successors(cua_nam.code)) > 1


def test_a_ward_of_today_knows_from_which_it_was_made() -> None:
    made_of = names(divisions_on(TODAY).predecessors("00004"))
    assert {"Phường Trúc Bạch", "Phường Quán Thánh"} <= made_of
    assert "Phường Ba Đình" not in made_of


def test_a_ward_of_2021_can_be_followed_to_today_over_both_changes() -> None:
    """Thịnh Quang went into Ngã Tư Sở's code, which then became Phường Đống Đa."""
    units = divisions_on(IN_2021)
    thinh_quang = units.find("Phường Thịnh Quang", within="006")[0]
    assert "Phường Đống Đa" in names(units.lives_on(thinh_quang.code, TODAY))


def test_a_unit_still_in_force_lives_on_as_itself() -> None:
    assert names(divisions_on(IN_2021).lives_on("01", TODAY)) == {"Thành phố Hà Nội"}
    assert divisions_on(TODAY).successors("01") == ()


def test_provinces_that_merged_end_and_their_successor_begins_even_under_an_old_name() -> None:
    eve, after = divisions_on(EVE), divisions_on(CHANGE)
    tuyen_quang = after.find("Tỉnh Tuyên Quang")[0]
    assert names(after.predecessors(tuyen_quang.code)) == {"Tỉnh Hà Giang", "Tỉnh Tuyên Quang"}
    assert names(eve.successors(eve.find("Tỉnh Hà Giang")[0].code)) == {"Tỉnh Tuyên Quang"}
    assert tuyen_quang.valid_from == CHANGE


def test_a_district_has_no_successor_and_says_why() -> None:
    ba_dinh = divisions_on(EVE)["001"]
    assert divisions_on(EVE).successors("001") == ()
    assert ba_dinh.basis == "level_ended"
    assert basis_labels()["level_ended"][1].startswith("the level ended on 30/6/2025")


def test_looking_backwards_with_lives_on_is_refused() -> None:
    with pytest.raises(ValueError, match="predecessors"):
        divisions_on(TODAY).lives_on("00004", IN_2021)


def test_of_the_communes_of_2021_only_the_unmapped_cannot_be_followed_to_today() -> None:
    units = divisions_on(IN_2021)
    lost = {unit.code for unit in units if unit.level == "commune" and not units.lives_on(unit.code, TODAY)}
    assert lost == {unit.code for unit in all_divisions() if unit.basis == "unmapped"}


def test_the_divisions_can_be_read_without_a_database_or_settings() -> None:
    asked = "from datetime import date; from taicho.organisation.divisions import divisions_on; "
    asked += "print(divisions_on(date(2026, 11, 21)).find('P. Ba Đình', within='01')[0].code)"
    done = subprocess.run(
        [sys.executable, "-c", asked], env={"PYTHONPATH": str(SRC), "PYTHONIOENCODING": "utf-8"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "00004"

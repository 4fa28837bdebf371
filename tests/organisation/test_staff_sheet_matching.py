"""Departments and people of a list are found in the register, or the list asks (B5; ux.md 14)."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from taicho.organisation.rules.staff_sheet import ReadRow
from taicho.organisation.rules.staff_sheet.communes import commune_in
from taicho.organisation.rules.staff_sheet.people import Known, match
from taicho.organisation.rules.staff_sheet.units import UnitName, UnitNames, written_key

AGENCY, OFFICE, FINANCE, STAFFING, SUMMARY = (UUID(int=n) for n in range(1, 6))
NAMES = [
    UnitName(AGENCY, "Sở Khoa học và Công nghệ", 0), UnitName(OFFICE, "Văn phòng"), UnitName(FINANCE, "Phòng Kế hoạch – Tài chính"),
    UnitName(STAFFING, "Phòng Tổ chức cán bộ"), UnitName(SUMMARY, "Phòng Tổng hợp"), UnitName(SUMMARY, "THS"),
]  # fmt: skip
UNITS = UnitNames(NAMES, agency=AGENCY, told={"p it": SUMMARY})


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("VĂN PHÒNG", OFFICE), ("VP", OFFICE), ("Van phong", OFFICE), ("P. Tổng hợp", SUMMARY), ("P.Tổng hợp", SUMMARY),
        ("Phòng  tổng hợp", SUMMARY), ("Tổng hợp", SUMMARY), ("ths", SUMMARY), ("P. KHTC", FINANCE), ("KH-TC", FINANCE),
        ("Phòng Kế hoạch và Tài chính", FINANCE), ("Phòng Kế hoạch - Tài chính", FINANCE), ("TCCB", STAFFING), ("P.TCCB", STAFFING),
        ("Phòng Tổng hợp, Sở KH&CN", SUMMARY), ("Sở Khoa học và Công nghệ", AGENCY), ("Lãnh đạo Sở", AGENCY), ("Ban Giám đốc", AGENCY),
        ("P. IT", SUMMARY), ("Phòng Hợp tác vũ trụ", None), ("", None), ("Tổ", None),
    ],
)  # fmt: skip
def test_a_department_is_found_under_the_ways_offices_write_it(written, unit):
    assert UNITS.find(written) == unit


def test_initials_that_two_departments_share_mean_neither():
    names = UnitNames([UnitName(OFFICE, "Phòng Tổng hợp"), UnitName(FINANCE, "Phòng Tin học")], agency=AGENCY, told={})
    assert names.find("TH") is None


def test_a_name_that_is_nearly_right_is_only_suggested():
    assert UNITS.find("Phòng Tổ chức cán bộ nữ") is None
    assert UNITS.suggest("Phòng Tổ chức cán bộ nữ") == STAFFING
    assert UNITS.suggest("Phòng Hợp tác vũ trụ") is None


def test_an_answer_is_remembered_for_every_spelling_of_the_name():
    assert written_key(" p.  IT ") == "p it"


def known(name="Lê Thị Lan", year=1985, day=None, phones=(), unit=OFFICE):
    return Known(uuid4(), name, year, day, frozenset(phones), unit)


def row(name="Lê Thị Lan", **facts):
    return ReadRow("DS", 5, facts={"full_name": name, **facts})


def test_the_same_name_and_mobile_is_the_same_person_whatever_is_corrected():
    one = known(phones=["0912345678"])
    assert match(row(birth_year=1986, personal_phone="0912345678"), SUMMARY, [one]).person == one


def test_the_same_name_and_birth_is_the_same_person_in_another_department():
    one = known()
    assert match(row("LÊ THỊ LAN", birth_year=1985), SUMMARY, [one]).person == one


def test_a_namesake_of_another_year_is_another_person():
    assert match(row(birth_year=1990), OFFICE, [known()]) == match(row("Ai Khác"), OFFICE, [])


def test_the_same_name_alone_counts_in_the_same_department_only():
    one = known(year=None)
    assert match(row(), OFFICE, [one]).person == one
    elsewhere = match(row(), SUMMARY, [one])
    assert (elsewhere.person, elsewhere.candidates) == (None, (one,))


def test_between_two_namesakes_of_one_year_the_department_decides_and_else_the_row_asks():
    here, there = known(), known(unit=SUMMARY)
    assert match(row(birth_year=1985), SUMMARY, [here, there]).person == there
    assert match(row(birth_year=1985), FINANCE, [here, there]).candidates == (here, there)


def test_a_day_of_birth_tells_namesakes_of_one_year_apart():
    one = known(day=date(1985, 9, 3))
    assert match(row(birth_year=1985, birth_date="1985-10-03"), OFFICE, [one]).person is None


def test_another_name_with_the_same_number_and_year_is_asked_about():
    one = known("Lê Thị Lam", phones=["0912345678"])
    found = match(row(birth_year=1985, personal_phone="0912345678"), OFFICE, [one])
    assert (found.person, found.candidates) == (None, (one,))


COMMUNES = {
    ("Phường Láng", "Hà Nội"): ("00199",),
    ("xã Đông Hà", ""): ("1", "2"),
    ("xã Đông Hà", "Tỉnh Minh Giang"): ("1",),
}


def find(name, above):
    return COMMUNES.get((name, above), ())


@pytest.mark.parametrize(
    ("address", "home", "code"),
    [
        ("Số 5, ngõ 2, Phường Láng, Hà Nội", "", "00199"), ("xã Đông Hà", "Tỉnh Minh Giang", "1"), ("xã Đông Hà", "", ""),
        ("Số 5, phố Huế", "Hà Nội", ""), ("", "Hà Nội", ""),
    ],
)  # fmt: skip
def test_the_commune_of_an_address_is_taken_only_when_one_could_be_meant(address, home, code):  # B5
    assert commune_in(address, find, home) == code

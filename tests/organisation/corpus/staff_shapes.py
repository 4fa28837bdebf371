"""Lists whose heading or sections carry meaning: names in two columns, years under two heads."""

from collections.abc import Iterator

from tests.organisation.corpus.staff_forms import Cell
from tests.organisation.corpus.staff_listing import (
    book_and_sheet,
    excel_day,
    plain_phone,
    spaced_phone,
    truth_of,
)
from tests.organisation.corpus.staff_people import DEPARTMENTS, Person, staff
from tests.organisation.corpus.staff_sheet import Ledger, saved
from tests.organisation.corpus.staff_truth import StaffFile

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def cut_name(one: Person) -> tuple[str, str]:
    """Family and middle name, given name."""
    before, given = one.name.rsplit(" ", 1)
    return before, given


def name_in_two_columns(seed: int, *, merged: bool) -> StaffFile:
    """`merged`: one heading over both columns; else each column has its own heading."""
    book, sheet = book_and_sheet("Danh sách")
    ledger = Ledger(sheet)
    ledger.skip("title", ["DANH SÁCH CÁN BỘ, CÔNG CHỨC NĂM 2021"], merge="A:G")
    ledger.skip("blank")
    names = ["Họ và tên", None] if merged else ["Họ và tên đệm", "Tên"]
    row = ledger.next_row
    ledger.skip("heading", ["STT", *names, "Ngày sinh", "Phòng", "Chức vụ", "Di động"])
    if merged:
        sheet.merge_cells(f"B{row}:C{row}")
    known = ["birth", "department", "position", "phones"]
    for number, one in enumerate(staff(60, seed), start=1):
        cells = [number, *cut_name(one), excel_day(one), one.department, one.position, spaced_phone(one)]
        ledger.person(cells, **truth_of(one, known))
    return StaffFile("ho_ten_gop.xlsx" if merged else "ho_dem_ten.xlsx", saved(book), ledger.rows)


def department_in_sections() -> StaffFile:
    """Only the section row says the department."""
    book, sheet = book_and_sheet("Danh sách")
    ledger = Ledger(sheet)
    ledger.skip("title", ["DANH SÁCH CÁN BỘ THEO PHÒNG"], merge="A:E")
    ledger.skip("heading", ["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "ĐT"])
    people = staff(60, 91)
    for number, department in enumerate(DEPARTMENTS, start=1):
        mark = f"{number}. {department}" if number % 2 else f"{ROMAN[number - 1]}. {department.upper()}"
        ledger.skip("section", [mark], merge="A:E")
        for order, one in enumerate((one for one in people if one.department == department), start=1):
            cells: list[Cell] = [order, one.name, excel_day(one), one.position, plain_phone(one)]
            ledger.person(cells, **truth_of(one, ["birth", "department", "position", "phones"]))
    return StaffFile("theo_phong.xlsx", saved(book), ledger.rows)


def years_under_two_heads() -> StaffFile:
    """The year of birth stands under Nam or under Nữ."""
    book, sheet = book_and_sheet("Danh sách")
    ledger = Ledger(sheet)
    ledger.skip("heading", ["STT", "Họ và tên", "Năm sinh", None, "Chức vụ", "Đơn vị", "SĐT"])
    ledger.skip("heading", {3: "Nam", 4: "Nữ"})
    sheet.merge_cells("C1:D1")
    for letter in "ABEFG":
        sheet.merge_cells(f"{letter}1:{letter}2")
    for number, one in enumerate(staff(40, 92), start=1):
        woman = " Thị " in one.name or number % 3 == 0
        years = [None, one.birth.year] if woman else [one.birth.year, None]
        truth = truth_of(one, ["department", "position", "phones"]) | {"birth": one.birth.year}
        ledger.person([number, one.name, *years, one.position, one.department, plain_phone(one)], **truth)
    return StaffFile("nam_nu.xlsx", saved(book), ledger.rows)


def home_working() -> StaffFile:
    """The inventory of who can work at home: computer, line, phone (000, III.2)."""
    book, sheet = book_and_sheet("Điều kiện làm việc tại nhà")
    ledger = Ledger(sheet)
    ledger.skip("heading", ["STT", "Họ và tên", "Năm sinh", "Phòng", "Máy tính tại nhà", "Internet tại nhà", "SĐT"])
    said = {True: ("Có", "x", "có"), False: ("Không", None, "không")}
    for number, one in enumerate(staff(30, 93), start=1):
        computer, line = number % 4 != 0, number % 5 != 0
        words = [said[computer][number % 3], said[line][(number + 1) % 3]]
        cells = [number, one.name, one.birth.year, one.department, *words, plain_phone(one)]
        truth = truth_of(one, ["department", "phones"]) | {"birth": one.birth.year}
        ledger.person(cells, **truth, home_computer=computer, home_internet=line)
    return StaffFile("lam_viec_tai_nha.xlsx", saved(book), ledger.rows)


def shapes() -> Iterator[StaffFile]:
    """All of this page."""
    yield name_in_two_columns(88, merged=False)
    yield name_in_two_columns(89, merged=True)
    yield department_in_sections()
    yield years_under_two_heads()
    yield home_working()

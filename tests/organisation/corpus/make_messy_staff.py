"""A staff list of 200 people as offices really keep them, with the truth of every row (B5; ux.md 14).

Written by someone who has not seen the import. People, offices and numbers are invented; the seed is fixed.
`messy_200()` is the list; `staff_variants.variants()` gives the other shapes; `second_edition()` is the same
list a month later, for the re-import. A test creates the units of `DEPARTMENTS` (official and short name).

Around the 200 rows: national heading, office, title, a line of reference, a heading of two rows with merged
cells ("Liên hệ" over Di động and Email, "Nơi ở" over two columns), a row of column numbers, ten section rows
("II. VĂN PHÒNG"), subtotals, blank rows, the heading once more in the middle, a total with a formula, place
and date, "Người lập biểu" with a typed name under it. All these are skipped. STT is a formula in 60 rows,
with the result stored as Excel does: that is no reason to refuse a row.

Trait and number of rows that carry it in `messy_200()`; a test counts again:

    name_capitals            20   TRẦN THỊ MẪU
    name_small_letters        4   trần thị mẫu
    name_nfd                 14   letters and marks apart
    name_nfd_capitals         4   both
    name_double_space        10   two spaces between words
    name_tab                  6   a tab between words
    name_nbsp                 6   spaces that do not break
    name_outer_spaces         8   spaces before and after
    name_line_break           3   the last word on a second line of the cell
    name_zero_width           2   an invisible letter
    name_note                 8   "(nghỉ thai sản)" behind the name; it belongs into the note
    name_eth                  2   the Icelandic Ð of old keyboards instead of Đ
    birth_excel_date         60   a real date cell
    birth_year_number        18   1985 as a number
    birth_year_text          10   "1985"
    birth_dashes             12   3-9-1985
    birth_dots_short_year    10   3.9.85
    birth_slashes_short      20   3/9/1985
    birth_inner_spaces        6   " 03 / 09 / 1985 "
    birth_month_and_year      4   09/1985: only the year is certain
    birth_empty               3   nothing: no reason to refuse
    phone_dots               40   0912.345.678
    phone_spaces             20   0912 345 678
    phone_dashes              8   0912-345-678
    phone_plus_84            12   +84 912 345 678
    phone_plus_84_brackets    3   (+84)912345678
    phone_84                  6   84912345678 as text
    phone_84_number           4   84912345678 as a number
    phone_lost_zero          25   912345678 as a number: the zero is lost
    phone_lost_zero_decimal   4   the same as 912345678.0
    phone_with_word           4   ĐT: 0912.345.678
    phone_with_note           4   0912345678 (Zalo)
    phone_nbsp                4   hidden spaces
    phones_slash              5   two numbers: 0912345678/0987654321
    phones_semicolon          4   two numbers
    phones_line_break         4   two numbers on two lines
    phones_dash               3   two numbers: 0912345678 - 0987654321
    phone_empty               6   nothing: no reason to refuse
    department_p_dot         18   P. Tổng hợp
    department_p_dot_tight    8   P.Tổng hợp
    department_small_letters 14   phòng tổng hợp
    department_capitals      12   PHÒNG TỔNG HỢP
    department_short_name    14   TH
    department_bare          10   Tổng hợp
    department_nfd           10   letters and marks apart
    department_double_space  10   two spaces, spaces outside
    department_long_dash      6   Phòng Kế hoạch – Tài chính
    department_merged        34   two cells merged over 18 rows each (two wrong rows among them)
    category_and_party       20   "CC, đảng viên" in one cell
    email_capitals            8   capitals and spaces outside
    same_name_other_year      2   two people, one name, different years of birth: both are right
    wrong_missing_name        1   no name
    wrong_impossible_date     1   31/02/1985
    wrong_future_birth        1   born in 2085
    wrong_bad_phone           1   seven digits
    wrong_unknown_department  1   a department the office does not have
    wrong_duplicate           1   the same person as another row, copied
    wrong_formula             1   the name is a formula, with a plausible stored result

So 193 rows of 200 are right (96.5 %) and seven are wrong.
"""

from collections.abc import Sequence
from dataclasses import replace

import openpyxl
from tests.organisation.corpus.staff_forms import Cell
from tests.organisation.corpus.staff_people import DEPARTMENTS, Person, staff
from tests.organisation.corpus.staff_rows import WIDTH, Written, dealt_rows, plain_row
from tests.organisation.corpus.staff_sheet import Ledger, saved
from tests.organisation.corpus.staff_truth import Outcome, Reason, Row, StaffFile

__all__ = ["DEPARTMENTS", "Outcome", "Reason", "Row", "StaffFile", "messy_200", "second_edition"]

SEED = 20210903
MERGED = ("Phòng Tổ chức cán bộ", "Phòng Chính sách")
REPEAT_IN = "Phòng Nghiệp vụ"
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
WRONG = {
    12: Reason.MISSING_NAME,
    30: Reason.IMPOSSIBLE_DATE,
    52: Reason.FUTURE_BIRTH,
    66: Reason.BAD_PHONE,
    90: Reason.UNKNOWN_DEPARTMENT,
    110: Reason.DUPLICATE,
    172: Reason.FORMULA,
}
ORIGINAL, DUPLICATE = 100, 110
TWINS = (45, 125)
ETH = (20, 140)
CHANGED_PHONES = (7, 48, 83, 133, 190)
RESERVED = (*WRONG, ORIGINAL, *TWINS, *CHANGED_PHONES)
SPOILED_CELLS: dict[Reason, dict[int, Cell]] = {
    Reason.MISSING_NAME: {2: None},
    Reason.IMPOSSIBLE_DATE: {3: "31/02/1985"},
    Reason.FUTURE_BIRTH: {3: "03/9/2085"},
    Reason.BAD_PHONE: {8: "3825001"},
    Reason.UNKNOWN_DEPARTMENT: {5: "Phòng Hợp tác vũ trụ"},
}
NAME_FORMULA = '=PROPER("trần thị công thức")'
NAME_RESULT = "Trần Thị Công Thức"


def people() -> list[Person]:
    """The 200 people; two share a name and not a year, two have a Đ that will be written as Ð."""
    everyone = staff(200, SEED)
    first, second = (everyone[place] for place in TWINS)
    year = first.birth.year - 7 if first.birth.year > 1980 else first.birth.year + 7
    everyone[TWINS[1]] = replace(second, name=first.name, birth=second.birth.replace(year=year, day=1))
    for place in ETH:
        given = everyone[place].name.split()[-1]
        everyone[place] = replace(everyone[place], name=f"Đặng Đức {given}")
    return everyone


def messy_200() -> StaffFile:
    """The list of the module's docstring: 193 right rows, seven wrong ones."""
    cards = dealt_rows(people(), SEED, merged=MERGED, reserved=RESERVED, eth=ETH)
    for place in TWINS:
        cards[place] = replace(cards[place], extras=("same_name_other_year",))
    for place, reason in WRONG.items():
        cards[place] = spoiled(cards[place], reason, cards[ORIGINAL])
    return written("messy_200.xlsx", cards)


def second_edition() -> StaffFile:
    """A month later: the wrong rows are put right, the copy is gone, five phones are new, three people came.

    All forms are dealt anew, so that a capital name meets its small twin and a bare year a full date. `why`
    of an imported row says "same", "changed" or "new" (new also for who was refused the first time). After
    both lists 202 people are there, nobody twice.
    """
    everyone = people()
    for number, place in enumerate(CHANGED_PHONES):
        everyone[place] = replace(everyone[place], phones=(f"09002{number:05d}",))
    cards = dealt_rows(everyone, SEED + 1, merged=MERGED, reserved=RESERVED, eth=ETH)
    for place, card in enumerate(cards):
        why = "changed" if place in CHANGED_PHONES else "new" if place in WRONG else "same"
        cards[place] = replace(card, why=why)
    del cards[DUPLICATE]
    for number, newcomer in enumerate(staff(12, SEED + 2, serial=90_000)[-3:]):
        moved = replace(newcomer, department="Trung tâm Thông tin")
        cards.append(replace(plain_row(moved, 201 + number), why="new"))
    return written("messy_200_thang_sau.xlsx", cards)


def spoiled(card: Written, reason: Reason, original: Written) -> Written:
    """The row made wrong in one way."""
    assert card.cells is not None and original.cells is not None
    if reason is Reason.DUPLICATE:
        copied = dict(original.cells) | {1: card.order}
        return replace(original, order=card.order, cells=copied, reason=reason)
    return replace(card, cells=dict(card.cells) | SPOILED_CELLS.get(reason, {}), reason=reason)


def heading(ledger: Ledger, *, numbers: bool) -> None:
    """The heading of two rows with merged cells; `numbers` adds the row of column numbers."""
    first = ledger.next_row
    upper = [
        "STT", "Họ và tên", "Ngày, tháng, năm sinh", "Chức vụ", "Phòng / Đơn vị", "Đối tượng (CC/VC/NLĐ)",
        "Đảng viên",        "Liên hệ", None, "Nơi ở", None, "Ghi chú",
    ]  # fmt: skip
    ledger.skip("heading", upper)
    ledger.skip("heading", {8: "Di động", 9: "Email", 10: "Nơi cư trú", 11: "Nơi ở hiện nay"})
    for letter in "ABCDEFGL":
        ledger.sheet.merge_cells(f"{letter}{first}:{letter}{first + 1}")
    ledger.sheet.merge_cells(f"H{first}:I{first}")
    ledger.sheet.merge_cells(f"J{first}:K{first}")
    if numbers:
        ledger.skip("column numbers", [f"({number})" for number in range(1, WIDTH + 1)])


def top_rows(ledger: Ledger) -> None:
    """National heading, office, title, reference."""
    ledger.skip("title", {1: "ỦY BAN NHÂN DÂN TỈNH VÍ DỤ", 7: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"})
    ledger.sheet.merge_cells("A1:E1")
    ledger.sheet.merge_cells("G1:L1")
    ledger.skip("title", {1: "SỞ MẪU", 7: "Độc lập - Tự do - Hạnh phúc"})
    ledger.skip("blank")
    ledger.skip("title", ["DANH SÁCH CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC VÀ NGƯỜI LAO ĐỘNG"], merge="A:L")
    ledger.skip("title", ["(Kèm theo Công văn số 58/VP-TCHC ngày 03 tháng 9 năm 2021)"], merge="A:L")
    ledger.skip("blank")
    heading(ledger, numbers=True)


def bottom_rows(ledger: Ledger, count: int) -> None:
    """Total, place and date, who made the list and who signs."""
    ledger.skip("blank")
    total = ledger.formula(4, f"=COUNTA(A10:A{ledger.next_row - 2})", count)
    ledger.skip("total", {2: f"Tổng số: {count} người", 4: total})
    ledger.skip("blank")
    ledger.skip("footer", {10: "Ví Dụ, ngày 03 tháng 9 năm 2021"})
    ledger.skip("footer", {2: "Người lập biểu", 10: "GIÁM ĐỐC"})
    ledger.skip("footer", {2: "(Ký, ghi rõ họ tên)", 10: "(Ký tên, đóng dấu)"})
    ledger.skip("blank")
    ledger.skip("footer", {2: "Trần Thị Lập Biểu", 10: "Lê Văn Thủ Trưởng"})


def section_rows(ledger: Ledger, number: int, cards: Sequence[Written]) -> None:
    """A section: its heading row, its people, its subtotal, a blank row now and then."""
    department = list(DEPARTMENTS)[number]
    ledger.skip("section", [f"{ROMAN[number]}. {department.upper()}"], merge="A:L")
    first = ledger.next_row
    for place, card in enumerate(cards):
        if department == REPEAT_IN and place == 15:
            ledger.skip("blank")
            heading(ledger, numbers=False)
        cells = dict(card.cells or {})
        if department in MERGED and place:
            cells[5] = None
        if card.order <= 60:
            cells[1] = ledger.formula(1, f"=ROW()-{ledger.next_row - card.order}", card.order)
        if card.reason is Reason.FORMULA:
            cells[2] = ledger.formula(2, NAME_FORMULA, NAME_RESULT)
        ledger.person(cells, **card.truth())
    if department in MERGED:
        ledger.sheet.merge_cells(f"E{first}:E{ledger.next_row - 1}")
    if number % 3 == 1:
        ledger.skip("subtotal", {2: f"Cộng: {len(cards)} người"})
    if number % 2:
        ledger.skip("blank")


def written(name: str, cards: Sequence[Written]) -> StaffFile:
    """The whole file from its rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "DS CBCCVC"
    ledger = Ledger(sheet)
    top_rows(ledger)
    for number, department in enumerate(DEPARTMENTS):
        section_rows(ledger, number, [card for card in cards if card.person.department == department])
    bottom_rows(ledger, len(cards))
    return StaffFile(name, saved(book, ledger.results), ledger.rows)

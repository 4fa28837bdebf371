"""Other shapes of the same kind of list: one trait of the file each, rows mostly tidy (B5, C9; ux.md 14).

File, rows, trait:

    bia_va_danh_sach.xlsx  80  the list lies on the second sheet, behind a cover and before a look-up sheet
    cham_phay.csv          60  UTF-8 with byte order mark, semicolons, Windows line ends; "Tên" for all
    danh_sach_500.xlsx    500  a tidy list for the ten-second limit
    theo_mau.xlsx          40  one heading row, no title, columns as an import form would name them
    cot_dao.xlsx           60  no STT, phone first, a column nobody asked for, name last
    hang_cot_an.xlsx       50  six hidden rows, two hidden columns: they count, the preview shows them
    song_ngu_300.xlsx     300  headings half English, half Vietnamese
    ho_dem_ten.xlsx        60  columns "Họ và tên đệm" and "Tên"
    ho_ten_gop.xlsx        60  one merged heading "Họ và tên" over two columns: family and middle, given
    theo_phong.xlsx        60  no column of departments: the section row above says it
    nam_nu.xlsx            40  "Năm sinh" merged over "Nam" and "Nữ": the year stands under one of them
    lam_viec_tai_nha.xlsx  30  with the inventory of home working: own computer, line at home (C9)
"""

import csv
import io
from collections.abc import Iterator

from tests.organisation.corpus.staff_listing import (
    Listing,
    book_and_sheet,
    category,
    excel_day,
    of,
    plain_phone,
    spaced_phone,
    text_day,
    truth_of,
)  # fmt: skip
from tests.organisation.corpus.staff_people import staff
from tests.organisation.corpus.staff_shapes import shapes
from tests.organisation.corpus.staff_sheet import saved
from tests.organisation.corpus.staff_truth import Outcome, Row, StaffFile


def behind_a_cover() -> StaffFile:
    """The list on the second sheet."""
    book, cover = book_and_sheet("Bìa")
    cover["B3"], cover["B5"], cover["B8"] = "SỞ MẪU", "HỒ SƠ NHÂN SỰ NĂM 2021", "Người giữ: Văn phòng"
    sheet = book.create_sheet("DS CBCC")
    lookup = book.create_sheet("Danh mục")
    for row in (("Loại", "Nghĩa"), ("CC", "Công chức"), ("VC", "Viên chức"), ("NLĐ", "Người lao động")):
        lookup.append(row)
    listing = Listing(
        sheet,
        {
            "TT": ("", lambda one: None),
            "Họ tên": ("name", of("name")),
            "Ngày sinh": ("birth", excel_day),
            "Chức vụ": ("position", of("position")),
            "Đơn vị": ("department", of("department")),
            "SĐT": ("phones", spaced_phone),
            "Địa chỉ thường trú": ("residence", of("residence")),
            "Nơi lưu trú": ("lodging", of("lodging")),
        },
    )
    listing.ledger.skip("title", ["DANH SÁCH CÁN BỘ, CÔNG CHỨC"])
    listing.ledger.skip("blank")
    listing.heading()
    listing.write(staff(80, 81))
    return StaffFile("bia_va_danh_sach.xlsx", saved(book), listing.ledger.rows)


def semicolons() -> StaffFile:
    """A table as text, the way Excel saves it in a Vietnamese office."""
    people = staff(60, 82)
    head = ["STT", "Tên", "Năm sinh", "Phòng", "Chức vụ", "ĐT", "Email"]
    out = io.StringIO()
    lines = csv.writer(out, delimiter=";", lineterminator="\r\n")
    lines.writerow(head)
    rows = [Row("", 1, Outcome.SKIPPED, why="heading")]
    known = ["birth", "department", "position", "phones", "email"]
    for number, one in enumerate(people, start=1):
        lines.writerow([number, one.name, text_day(one), one.department, one.position, one.phones[0], one.email])
        rows.append(Row("", number + 1, **truth_of(one, known)))
    return StaffFile("cham_phay.csv", out.getvalue().encode("utf-8-sig"), rows)


def five_hundred() -> StaffFile:
    """A tidy long list."""
    book, sheet = book_and_sheet("Danh sách")
    listing = Listing(
        sheet,
        {
            "Họ và tên": ("name", of("name")),
            "Ngày sinh": ("birth", excel_day),
            "Đơn vị": ("department", of("department")),
            "Chức vụ": ("position", of("position")),
            "Loại": ("category", category),
            "Di động": ("phones", plain_phone),
            "Email": ("email", of("email")),
            "Nơi cư trú": ("residence", of("residence")),
            "Nơi ở hiện nay": ("lodging", of("lodging")),
        },
    )
    listing.heading()
    listing.write(staff(500, 83))
    return StaffFile("danh_sach_500.xlsx", saved(book), listing.ledger.rows)


def like_a_form() -> StaffFile:
    """What an office gets that fills an import form."""
    book, sheet = book_and_sheet("Nhân sự")
    listing = Listing(
        sheet,
        {
            "Họ và tên": ("name", of("name")),
            "Ngày sinh": ("birth", text_day),
            "Đơn vị": ("department", of("department")),
            "Chức vụ": ("position", of("position")),
            "Đối tượng": ("category", category),
            "Đảng viên": ("party_member", lambda one: "x" if one.party_member else None),
            "Điện thoại": ("phones", plain_phone),
            "Email": ("email", of("email")),
            "Nơi cư trú": ("residence", of("residence")),
            "Nơi lưu trú": ("lodging", of("lodging")),
        },
    )
    listing.heading()
    listing.write(staff(40, 84))
    return StaffFile("theo_mau.xlsx", saved(book), listing.ledger.rows)


def odd_order() -> StaffFile:
    """Phone first, name last, no numbers."""
    book, sheet = book_and_sheet("Sheet1")
    listing = Listing(
        sheet,
        {
            "SĐT": ("phones", spaced_phone),
            "Nơi ở hiện nay": ("lodging", of("lodging")),
            "Chức vụ": ("position", of("position")),
            "Sở thích": ("", lambda one: "đọc sách"),
            "Phòng": ("department", of("department")),
            "Năm sinh": ("birth", excel_day),
            "Họ tên": ("name", of("name")),
        },
    )
    listing.ledger.skip("title", ["DANH BẠ CƠ QUAN"])
    listing.heading()
    listing.write(staff(60, 85))
    return StaffFile("cot_dao.xlsx", saved(book), listing.ledger.rows)


def hidden_places() -> StaffFile:
    """Rows and columns somebody hid: their content counts, whoever imports sees them in the preview."""
    book, sheet = book_and_sheet("Danh sách")
    listing = Listing(
        sheet,
        {
            "STT": ("", lambda one: None),
            "Họ và tên": ("name", of("name")),
            "Mã số": ("", lambda one: f"MS-{one.phones[0][-4:]}"),
            "Ngày sinh": ("birth", excel_day),
            "Đơn vị": ("department", of("department")),
            "Chức vụ": ("position", of("position")),
            "ĐT": ("phones", plain_phone),
        },
    )
    listing.heading()
    listing.write(staff(50, 86))
    for row in (5, 6, 7, 20, 33, 50):
        sheet.row_dimensions[row].hidden = True
    for letter in "CD":
        sheet.column_dimensions[letter].hidden = True
    return StaffFile("hang_cot_an.xlsx", saved(book), listing.ledger.rows)


def two_languages() -> StaffFile:
    """Headings of an office that works with foreign partners."""
    book, sheet = book_and_sheet("Staff list")
    listing = Listing(
        sheet,
        {
            "No.": ("", lambda one: None),
            "Full name / Họ và tên": ("name", of("name")),
            "DOB (Ngày sinh)": ("birth", excel_day),
            "Department": ("department", of("department")),
            "Chức vụ / Position": ("position", of("position")),
            "Mobile phone": ("phones", spaced_phone),
            "E-mail": ("email", of("email")),
            "Permanent address (Địa chỉ thường trú)": ("residence", of("residence")),
            "Current address": ("lodging", of("lodging")),
        },
    )
    listing.ledger.skip("title", ["STAFF LIST – DANH SÁCH CÁN BỘ"])
    listing.heading()
    listing.write(staff(300, 87))
    return StaffFile("song_ngu_300.xlsx", saved(book), listing.ledger.rows)


def variants() -> Iterator[StaffFile]:
    """All shapes of this page and of `staff_shapes`."""
    for make in (
        behind_a_cover, semicolons, five_hundred, like_a_form, odd_order, hidden_places, two_languages,
    ):  # fmt: skip
        yield make()
    yield from shapes()

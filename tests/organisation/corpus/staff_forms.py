"""The ways in which offices write a name, a birth, a phone, a department, a category into a cell."""

import datetime
import unicodedata
from collections.abc import Callable, Mapping

from tests.organisation.corpus.staff_people import CIVIL_SERVANT, DEPARTMENTS, PUBLIC_EMPLOYEE, WORKER

Cell = str | int | float | datetime.datetime | None

NOTES = ("nghỉ thai sản", "biệt phái", "đi học", "tập sự")

NAME_FORMS: Mapping[str, Callable[[str], str]] = {
    "name_capitals": str.upper,
    "name_small_letters": str.lower,
    "name_nfd": lambda name: unicodedata.normalize("NFD", name),
    "name_nfd_capitals": lambda name: unicodedata.normalize("NFD", name.upper()),
    "name_double_space": lambda name: name.replace(" ", "  "),
    "name_tab": lambda name: name.replace(" ", "\t", 1),
    "name_nbsp": lambda name: name.replace(" ", "\u00a0"),
    "name_outer_spaces": lambda name: f"  {name} ",
    "name_line_break": lambda name: "\n".join(name.rsplit(" ", 1)),
    "name_zero_width": lambda name: name.replace(" ", " \u200b", 1),
}
BIRTH_FORMS: Mapping[str, Callable[[datetime.date], Cell]] = {
    "birth_excel_date": lambda day: datetime.datetime(day.year, day.month, day.day),
    "birth_year_number": lambda day: day.year,
    "birth_year_text": lambda day: str(day.year),
    "birth_dashes": lambda day: f"{day.day}-{day.month}-{day.year}",
    "birth_dots_short_year": lambda day: f"{day.day}.{day.month}.{day.year % 100:02d}",
    "birth_slashes_short": lambda day: f"{day.day}/{day.month}/{day.year}",
    "birth_inner_spaces": lambda day: f" {day.day:02d} / {day.month:02d} / {day.year} ",
    "birth_month_and_year": lambda day: f"{day.month:02d}/{day.year}",
}
YEAR_ONLY = {"birth_year_number", "birth_year_text", "birth_month_and_year"}


def grouped(phone: str, mark: str) -> str:
    """0912<mark>345<mark>678."""
    return mark.join((phone[:4], phone[4:7], phone[7:]))


PHONE_FORMS: Mapping[str, Callable[[str], Cell]] = {
    "phone_dots": lambda phone: grouped(phone, "."),
    "phone_spaces": lambda phone: grouped(phone, " "),
    "phone_dashes": lambda phone: grouped(phone, "-"),
    "phone_plus_84": lambda phone: f"+84 {phone[1:4]} {phone[4:7]} {phone[7:]}",
    "phone_plus_84_brackets": lambda phone: f"(+84){phone[1:]}",
    "phone_84": lambda phone: f"84{phone[1:]}",
    "phone_84_number": lambda phone: int(f"84{phone[1:]}"),
    "phone_lost_zero": lambda phone: int(phone),
    "phone_lost_zero_decimal": lambda phone: float(int(phone)),
    "phone_with_word": lambda phone: f"ĐT: {grouped(phone, '.')}",
    "phone_with_note": lambda phone: f"{phone} (Zalo)",
    "phone_nbsp": lambda phone: f"\u00a0{grouped(phone, chr(160))}",
}
TWO_PHONES = {"phones_slash": "/", "phones_semicolon": "; ", "phones_line_break": "\n", "phones_dash": " - "}


def bare(department: str) -> str:
    """The department's name without its first word when that is Phòng."""
    return department.removeprefix("Phòng ")


DEPARTMENT_FORMS: Mapping[str, Callable[[str], str]] = {
    "department_p_dot": lambda name: name.replace("Phòng ", "P. "),
    "department_p_dot_tight": lambda name: name.replace("Phòng ", "P."),
    "department_small_letters": str.lower,
    "department_capitals": str.upper,
    "department_short_name": lambda name: DEPARTMENTS[name],
    "department_bare": lambda name: bare(name)[0].upper() + bare(name)[1:],
    "department_nfd": lambda name: unicodedata.normalize("NFD", name),
    "department_double_space": lambda name: f" {name.replace(' ', '  ')} ",
    "department_long_dash": lambda name: name.replace(" - ", " – "),
}
CATEGORY_WORDS = {
    CIVIL_SERVANT: ("CC", "Công chức", "công chức", "CÔNG CHỨC", "Cán bộ, công chức", "CC "),
    PUBLIC_EMPLOYEE: ("VC", "Viên chức", "viên chức"),
    WORKER: ("NLĐ", "HĐ 68", "HĐ 111", "Hợp đồng 68", "Người lao động", "HĐLĐ"),
}

"""Rows of a staff list: a person, the forms that were dealt to the row, its cells and its truth."""

import random
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tests.organisation.corpus.staff_forms import (
    BIRTH_FORMS,
    CATEGORY_WORDS,
    DEPARTMENT_FORMS,
    NAME_FORMS,
    NOTES,
    PHONE_FORMS,
    TWO_PHONES,
    YEAR_ONLY,
    Cell,
)  # fmt: skip
from tests.organisation.corpus.staff_people import Person, with_second_phone
from tests.organisation.corpus.staff_truth import Outcome, Reason

WIDTH = 12
NAME_COUNTS = {
    "name_capitals": 20, "name_small_letters": 4, "name_nfd": 14, "name_nfd_capitals": 4,
    "name_double_space": 10,
    "name_tab": 6, "name_nbsp": 6, "name_outer_spaces": 8, "name_line_break": 3, "name_zero_width": 2,
    "name_note": 8,
}  # fmt: skip
BIRTH_COUNTS = {
    "birth_excel_date": 60, "birth_year_number": 18, "birth_year_text": 10, "birth_dashes": 12,
    "birth_dots_short_year": 10, "birth_slashes_short": 20, "birth_inner_spaces": 6,
    "birth_month_and_year": 4,
    "birth_empty": 3,
}  # fmt: skip
PHONE_COUNTS = {
    "phone_dots": 40, "phone_spaces": 20, "phone_dashes": 8, "phone_plus_84": 12, "phone_plus_84_brackets": 3,
    "phone_84": 6, "phone_84_number": 4, "phone_lost_zero": 25, "phone_lost_zero_decimal": 4,
    "phone_with_word": 4,
    "phone_with_note": 4, "phone_nbsp": 4, "phones_slash": 5, "phones_semicolon": 4, "phones_line_break": 4,
    "phones_dash": 3, "phone_empty": 6,
}  # fmt: skip
DEPARTMENT_COUNTS = {
    "department_long_dash": 6, "department_p_dot": 18, "department_p_dot_tight": 8,
    "department_small_letters": 14,
    "department_capitals": 12, "department_short_name": 14, "department_bare": 10, "department_nfd": 10,
    "department_double_space": 10,
}  # fmt: skip
PARTY_IN_CATEGORY, EMAIL_CAPITALS = 20, 8
PLAIN = "plain"


@dataclass(frozen=True)
class Written:
    """A row before it is written: who, in which place of the list, in which forms."""

    person: Person
    order: int
    name: str = PLAIN
    birth: str = PLAIN
    phone: str = PLAIN
    department: str = PLAIN
    extras: tuple[str, ...] = ()
    cells: Mapping[int, Cell] | None = None
    reason: Reason | None = None
    why: str = ""
    note: str = ""

    @property
    def traits(self) -> tuple[str, ...]:
        """What is messy in this row."""
        if self.reason:
            return (f"wrong_{self.reason}",)
        dealt = (self.name, self.birth, self.phone, self.department)
        return (*(form for form in dealt if form != PLAIN), *self.extras)

    def truth(self) -> dict[str, Any]:
        """The truth of this row, for `Ledger.person`."""
        person = self.person
        birth = person.birth.year if self.birth in YEAR_ONLY else person.birth
        return {
            "outcome": Outcome.REJECTED if self.reason else Outcome.IMPORTED,
            "reason": self.reason,
            "why": self.why,
            "name": person.name,
            "birth": None if self.birth == "birth_empty" else birth,
            "phones": () if self.phone == "phone_empty" else person.phones,
            "department": person.department,
            "position": person.position,
            "category": person.category,
            "party_member": person.party_member,
            "email": person.email,
            "residence": person.residence,
            "lodging": person.lodging,
            "note": self.note,
            "traits": self.traits,
        }


def deal(
    chance: random.Random, counts: Mapping[str, int], people: list[Person], fits: Callable[[str, int], bool],
    reserved: Collection[int],
) -> list[str]:  # fmt: skip
    """For each row its form: every form as often as its count, only where it fits, never on reserved rows."""
    forms = [PLAIN] * len(people)
    for form, count in counts.items():
        free = [place for place in range(len(people)) if forms[place] == PLAIN and place not in reserved]
        for place in chance.sample([place for place in free if fits(form, place)], count):
            forms[place] = form
    return forms


def dealt_rows(
    people: list[Person], seed: int, *, merged: Collection[str] = (), reserved: Collection[int] = (),
    eth: Collection[int] = (),
) -> list[Written]:  # fmt: skip
    """All rows with their forms and cells. `merged` departments keep one cell for all their rows."""
    chance = random.Random(seed)
    aside = {*reserved, *eth}

    def name_fits(form: str, place: int) -> bool:
        return form == "name_note" or NAME_FORMS[form](people[place].name) != people[place].name

    def department_fits(form: str, place: int) -> bool:
        department = people[place].department
        return department not in merged and DEPARTMENT_FORMS[form](department) != department

    names = deal(chance, NAME_COUNTS, people, name_fits, aside)
    births = deal(chance, BIRTH_COUNTS, people, lambda form, place: True, aside)
    with_birth = {place for place, form in enumerate(births) if form != "birth_empty"}
    phones = deal(chance, PHONE_COUNTS, people, lambda form, place: form != "phone_empty" or place in with_birth, aside)
    departments = deal(chance, DEPARTMENT_COUNTS, people, department_fits, aside)
    extras = dealt_extras(chance, people, aside)
    rows = []
    for place, person in enumerate(people):
        if place in eth:
            names[place] = "name_eth"
        if person.department in merged:
            departments[place] = "department_merged"
        if phones[place] in TWO_PHONES:
            person = with_second_phone(person, place)
        row = Written(
            person, place + 1, names[place], births[place], phones[place], departments[place], extras[place],
            note=chance.choice(NOTES) if names[place] == "name_note" else "",
        )  # fmt: skip
        rows.append(with_cells(chance, row))
    return rows


def dealt_extras(chance: random.Random, people: list[Person], aside: Collection[int]) -> list[tuple[str, ...]]:
    """Which rows hold the party word in the category cell, which have loud addresses."""
    free = [place for place in range(len(people)) if place not in aside]
    members = [place for place in free if people[place].party_member]
    both = set(chance.sample(members, PARTY_IN_CATEGORY))
    loud = set(chance.sample(free, EMAIL_CAPITALS))
    return [
        tuple(["category_and_party"] * (place in both) + ["email_capitals"] * (place in loud))
        for place in range(len(people))
    ]


def name_cell(row: Written) -> str:
    """The name as typed."""
    if row.name == "name_note":
        return f"{row.person.name} ({row.note})"
    if row.name == "name_eth":
        return row.person.name.replace("Đ", "\u00d0")
    return NAME_FORMS[row.name](row.person.name) if row.name != PLAIN else row.person.name


def birth_cell(row: Written) -> Cell:
    """The birth as typed."""
    if row.birth == "birth_empty":
        return None
    return BIRTH_FORMS[row.birth](row.person.birth) if row.birth != PLAIN else f"{row.person.birth:%d/%m/%Y}"


def phone_cell(row: Written) -> Cell:
    """The phones as typed."""
    if row.phone == "phone_empty":
        return None
    if row.phone in TWO_PHONES:
        return TWO_PHONES[row.phone].join(row.person.phones)
    return PHONE_FORMS[row.phone](row.person.phones[0]) if row.phone != PLAIN else row.person.phones[0]


def department_cell(row: Written) -> Cell:
    """The department as typed."""
    form = DEPARTMENT_FORMS.get(row.department)
    return form(row.person.department) if form else row.person.department


def with_cells(chance: random.Random, row: Written) -> Written:
    """The row with its cells: number, name, birth, position, department, category, party, contact, homes."""
    person = row.person
    word = chance.choice(CATEGORY_WORDS[person.category])
    both = "category_and_party" in row.extras
    email = f" {person.email.upper()} " if "email_capitals" in row.extras else person.email
    cells: dict[int, Cell] = {
        1: row.order,
        2: name_cell(row),
        3: birth_cell(row),
        4: person.position,
        5: department_cell(row),
        6: f"{word.strip()}, đảng viên" if both else word,
        7: "x" if person.party_member and not both else None,
        8: phone_cell(row),
        9: email,
        10: person.residence,
        11: person.lodging,
    }
    return replace(row, cells=cells)


def plain_row(person: Person, order: int) -> Written:
    """A row without any mess."""
    return with_cells(random.Random(order), Written(person, order))

"""What holds for every staff list, whoever typed it: nothing crashes, nothing is guessed, nothing is taken twice (B5; S-09)."""

import re
import unicodedata
from collections import Counter
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

from hypothesis import assume
from hypothesis import strategies as st

from taicho.kernel.intake import Sheet
from taicho.kernel.phone import display_phone, parse_phone
from taicho.kernel.refusals import Refusal
from taicho.kernel.vietnamese import fold, name_sort_key
from taicho.organisation.rules.staff_sheet import ReadRow, read_sheets
from taicho.organisation.rules.staff_sheet.births import OLDEST, YOUNGEST, Birth, read_birth
from taicho.organisation.rules.staff_sheet.cells import says_nothing, words
from taicho.organisation.rules.staff_sheet.changes import changed_facts, changed_means
from taicho.organisation.rules.staff_sheet.columns import EXACT, KNOWN, Field, field_of
from taicho.organisation.rules.staff_sheet.grid import Grid
from taicho.organisation.rules.staff_sheet.header import header_at
from taicho.organisation.rules.staff_sheet.names import read_name
from taicho.organisation.rules.staff_sheet.people import Known, Match, match
from taicho.organisation.rules.staff_sheet.phones import read_phones
from taicho.organisation.rules.staff_sheet.twins import mark_twins
from taicho.organisation.rules.staff_sheet.units import UnitName, UnitNames
from tests.organisation.properties import given

TODAY = date(2026, 11, 20)
SYLLABLES = "An Ánh Ân Bình Đạt Đặng Đỗ Hà Hả Hồng Hải Khả Lê Lý Mỹ Nguyễn Phạm Quân Thị Trần Văn Vũ Yến".split()
NAMES = st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=5).map(" ".join)
BIRTHDAYS = st.dates(date(1930, 1, 1), date(2010, 12, 31))
MOBILES = st.builds(
    lambda p, n: f"{p}{n:08}", st.sampled_from(["03", "05", "07", "08", "09"]), st.integers(0, 10**8 - 1)
)
CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.datetimes(), st.text(max_size=40)
)


def read_or_refused(reader, *cells):
    """The reading, or None with a whole sentence."""
    try:
        return reader(*cells)
    except Refusal as refusal:
        assert refusal.sentence.endswith((".", "?")), refusal.sentence
        assert refusal.sentence[0].isupper() or refusal.sentence[0] == "“"
        return None


@given(CELLS)
def test_any_cell_is_a_name_or_is_refused_with_a_sentence(cell):
    found = read_or_refused(read_name, cell)
    if found:
        name, _remark = found
        assert len(name.split()) >= 2
        assert unicodedata.is_normalized("NFC", name)
        assert not re.search(r"[0-9=@<>]", name)


@given(NAMES, st.sampled_from(["{}", "  {}", "1. {}", "Ông {}", "Đ/c {}", "{} (TP)", "ThS. {}", "{},"]))
def test_a_name_is_the_same_whatever_an_office_writes_around_it(name, around):
    kept = read_name(around.format(name))[0]
    assert kept == read_name(around.format(name.upper()))[0] == name
    assert read_name(kept)[0] == kept


@given(CELLS)
def test_any_cell_is_a_birthday_of_somebody_who_can_work_or_is_refused(cell):
    found = read_or_refused(lambda one: read_birth(one, TODAY), cell)
    if found:
        assert TODAY.year - OLDEST <= found.year <= TODAY.year - YOUNGEST
        assert found.day is None or found.day.year == found.year


STYLES = (
    "{d:02}/{m:02}/{y}", "{d}/{m}/{y}", "{d}-{m}-{y}", "{d}.{m}.{y}", "{y}-{m:02}-{d:02}", "ngày {d:02} tháng {m} năm {y}",
    " {d} / {m} / {y} ", "'{d}/{m}/{y}", "{d:02}/{m:02}/{y}.",
)  # fmt: skip


@given(BIRTHDAYS, st.sampled_from(STYLES))
def test_a_birthday_is_read_as_it_was_meant_day_before_month_in_every_style(day, style):  # ux.md 8
    assert read_birth(style.format(d=day.day, m=day.month, y=day.year), TODAY) == Birth(day.year, day)


@given(BIRTHDAYS)
def test_a_birthday_is_the_same_as_a_date_a_moment_and_a_sheet_s_own_number(day):
    number = (day - date(1899, 12, 30)).days
    for cell in (day, datetime(day.year, day.month, day.day), number, float(number), str(number)):
        assert read_birth(cell, TODAY) == Birth(day.year, day)


@given(CELLS)
def test_any_cell_gives_telephone_numbers_in_their_kept_form_or_is_refused(cell):
    found = read_or_refused(read_phones, cell)
    if found:
        assert all(re.fullmatch(r"0[35789][0-9]{8}", number) for number in found.mobiles)
        assert all(re.fullmatch(r"02[0-9]{9}", number) for number in found.landlines)


@given(MOBILES, st.sampled_from(["{}", "+84{}", "84{}", "0084{}", "0{}"]), st.sampled_from([" ", ".", "-", ""]))
def test_a_mobile_number_is_one_number_however_it_is_written(mobile, prefix, mark):  # ux.md 7
    written = prefix.format(mark.join((mobile[1:4], mobile[4:7], mobile[7:])))
    assert read_phones(written).mobiles == (mobile,)
    assert read_phones(display_phone(mobile)).mobiles == (parse_phone(mobile),) == (mobile,)


@given(MOBILES)
def test_the_zero_that_a_sheet_program_took_away_is_given_back(mobile):
    assert read_phones(int(mobile)).mobiles == read_phones(float(mobile)).mobiles == (mobile,)


@given(st.lists(MOBILES, min_size=1, max_size=3, unique=True), st.sampled_from(["; ", "/", "\n", " - ", ", "]))
def test_several_numbers_in_a_cell_are_all_read_in_their_order_and_each_once(mobiles, between):
    assert read_phones(between.join([*mobiles, mobiles[0]])).mobiles == tuple(mobiles)


@given(CELLS)
def test_the_words_of_a_cell_stand_on_one_line_and_reading_them_again_changes_nothing(cell):
    text = words(cell)
    assert words(text) == text
    assert "\n" not in text
    assert says_nothing(text) is says_nothing(cell)


def test_no_label_of_a_column_is_promised_to_two_fields():  # ux.md 14
    told = Counter(label for labels in EXACT.values() for label in set(labels.split("|")))
    assert [label for label, fields in told.items() if fields > 1] == []


@given(
    st.sampled_from(sorted(KNOWN)),
    st.sampled_from([str.upper, str.title, "  {}  ".format, "{}:".format, "{} (*)".format]),
)
def test_a_label_means_the_same_in_capitals_with_a_colon_or_a_star(label, written):
    assert field_of(written(label)) is KNOWN[label]


@given(st.text(max_size=120))
def test_any_label_means_one_thing_or_nothing_and_its_accents_do_not_decide(label):
    found = field_of(label)
    assert found is None or isinstance(found, Field)
    assert field_of(unicodedata.normalize("NFD", label)) is found


LABELS = st.lists(st.sampled_from(sorted(KNOWN)), min_size=1, max_size=9, unique=True)


@given(LABELS)
def test_each_column_of_a_header_means_one_field_and_only_one_column_is_the_name(labels):
    """Several columns may complete one another (two numbers, house and commune); a second name is somebody else's."""
    found = header_at(Grid(Sheet("DS", (("Họ và tên", "Năm sinh", *labels),))), 0)
    places = [column.place for column in found.columns]
    assert len(places) == len(set(places))
    assert found.places(Field.NAME) == [0]


def test_the_name_of_a_wife_or_of_who_made_the_list_is_not_joined_to_the_person_s():
    for second in ("Họ tên vợ (chồng)", "Họ tên người thân", "Họ và tên cán bộ tiếp nhận"):
        sheet = Sheet("DS", (("Họ và tên", second, "Năm sinh"), ("Lê Thị Lan", "Trần Văn Nam", 1985)))
        [row] = read_sheets((sheet,), TODAY, most=9).rows
        assert row.name == "Lê Thị Lan", second


def test_a_name_in_two_cells_under_one_merged_label_is_still_joined():
    rows = (("Họ và tên", None, "Năm sinh"), ("Lê Thị", "Lan", 1985))
    [row] = read_sheets((Sheet("DS", rows, merged=((0, 0, 0, 1),)),), TODAY, most=9).rows
    assert row.name == "Lê Thị Lan"


COLUMNS = {
    "Họ và tên": NAMES, "Ngày sinh": BIRTHDAYS.map(lambda day: day.strftime("%d/%m/%Y")), "Di động": MOBILES,
    "Phòng": st.sampled_from(["Văn phòng", "Phòng Tổng hợp"]), "Chức vụ": st.sampled_from(["Kế toán", "Văn thư"]),
    "Nơi lưu trú": st.sampled_from(["Số 1, phố A", "Ngõ 2"]), "Internet tại nhà": st.sampled_from(["Có", "Không"]),
}  # fmt: skip
LINES = st.lists(st.tuples(*COLUMNS.values()), min_size=1, max_size=4, unique_by=lambda line: line[0])


def people_of(*rows):
    found = read_sheets((Sheet("DS", tuple(rows)),), TODAY, most=99).rows
    return [(row.facts, row.means, row.unit, [fault.code for fault in row.faults]) for row in found]


@given(LINES, st.permutations(range(len(COLUMNS))))
def test_the_order_of_the_columns_does_not_matter(lines, order):
    head = tuple(COLUMNS)
    shuffled = [tuple(row[place] for place in order) for row in (head, *lines)]
    assert people_of(*shuffled) == people_of(head, *lines)


@given(LINES)
def test_title_rows_above_and_signatures_below_change_nobody(lines):
    head = tuple(COLUMNS)
    dressed = [("UBND TỈNH", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("DANH SÁCH CÁN BỘ",), head, *lines,
               (f"Tổng cộng: {len(lines)} người",), (None, None, "Người lập biểu"), (None, None, "Trần Văn Ký")]  # fmt: skip
    assert people_of(*dressed) == people_of(head, *lines)


@given(LINES)
def test_a_list_pasted_twice_takes_everybody_once(lines):
    taken = people_of(tuple(COLUMNS), *lines, *lines)
    assert [codes for *_, codes in taken] == [[]] * len(lines) + [["twin"]] * len(lines)


@given(LINES)
def test_a_row_that_was_kept_for_the_preview_comes_back_as_it_was(lines):
    for row in read_sheets((Sheet("DS", (tuple(COLUMNS), *lines)),), TODAY, most=99).rows:
        assert ReadRow.from_json(row.as_json()) == row


FACTS = st.fixed_dictionaries(
    {"full_name": NAMES},
    optional={"birth_year": st.integers(1950, 2005), "personal_phone": MOBILES, "position": st.sampled_from(["Kế toán", ""]),
              "residence": st.sampled_from(["Số 1", "Số 2"]), "residence_division": st.sampled_from(["", "00001"])},
)  # fmt: skip
PEOPLE = st.builds(
    SimpleNamespace, full_name=NAMES, birth_year=st.none() | st.integers(1950, 2005), birth_date=st.none() | BIRTHDAYS,
    personal_phone=st.just("") | MOBILES, position=st.just(""), residence=st.just("Số 1"), residence_division=st.just(""),
)  # fmt: skip


@given(PEOPLE, FACTS)
def test_what_a_list_changed_it_changes_only_once(person, facts):
    """Reading the same list again finds nothing to do: the base of every re-import."""
    if person.birth_date:
        person.birth_year = person.birth_date.year
    for name, value in changed_facts(person, facts).items():
        setattr(person, name, value)
    assert changed_facts(person, facts) == {}


@given(PEOPLE, FACTS)
def test_a_list_never_takes_the_accents_out_of_a_name(person, facts):
    facts["full_name"] = fold(person.full_name)
    assert "full_name" not in changed_facts(person, facts)


@given(st.dictionaries(st.sampled_from(["has_computer", "has_phone", "has_internet"]), st.booleans()))
def test_means_at_home_that_were_stated_are_no_change(means):  # C9
    assert changed_means(SimpleNamespace(**means), means) == {}
    assert changed_means(None, means) == means


@given(st.lists(st.tuples(NAMES, BIRTHDAYS), min_size=1, max_size=5, unique_by=lambda one: fold(one[0])), st.data())
def test_somebody_on_the_register_is_found_by_name_and_birthday_and_nobody_else(known, data):
    register = [Known(uuid4(), name, day.year, day, frozenset(), uuid4()) for name, day in known]
    wanted = data.draw(st.sampled_from(register))
    row = ReadRow("DS", 2, facts={"full_name": wanted.name.upper(), "birth_year": wanted.birth_year,
                                  "birth_date": wanted.birth_date.isoformat()})  # fmt: skip
    assert match(row, wanted.unit, register) == Match(wanted)
    row.facts |= {
        "birth_date": (wanted.birth_date + timedelta(days=400)).isoformat(),
        "birth_year": wanted.birth_year + 2,
    }
    assert match(row, wanted.unit, register) == Match()


@given(st.lists(NAMES, min_size=2, max_size=6, unique_by=name_sort_key))
def test_different_names_without_anything_in_common_are_no_twins(names):
    assume(len({fold(name) for name in names}) == len(names))
    rows = [ReadRow("DS", n, facts={"full_name": name}) for n, name in enumerate(names)]
    mark_twins(rows)
    assert not [row for row in rows if row.faults or row.notes]


@given(st.sampled_from(["Văn phòng", "Phòng Tổ chức cán bộ", "Thanh tra", "Trung tâm Ứng dụng"]), st.data())
def test_a_department_is_found_by_its_own_name_in_any_spelling(name, data):  # ux.md 14
    units = {
        n: UUID(int=i)
        for i, n in enumerate(["Sở", "Văn phòng", "Phòng Tổ chức cán bộ", "Thanh tra", "Trung tâm Ứng dụng"])
    }
    names = UnitNames(
        [UnitName(key, n, 0 if n == "Sở" else 1) for n, key in units.items()], agency=UUID(int=0), told={}
    )
    spelt = data.draw(
        st.sampled_from([str.upper, str.lower, fold, lambda t: unicodedata.normalize("NFD", t), "  {} ".format])
    )
    assert names.find(spelt(name)) == units[name]

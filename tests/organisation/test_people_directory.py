"""The directory (danh bạ): who stands in it, in which order, narrowed how, on which page (B5; ux.md 1.7, 8)."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import strategies as st

from taicho.kernel.vietnamese import fold, name_sort_key, search_terms
from taicho.organisation.actions.outsiders import register_outsider
from taicho.organisation.actions.staff import end_service, register_staff, transfer, update_staff
from taicho.organisation.enums import PostRole
from taicho.organisation.models import Person, StaffMembership
from taicho.organisation.queries.directory import categories_in, directory
from tests.organisation.browsing import at, listed
from tests.organisation.land import BEGAN, NOW, SETUP, actor, post
from tests.organisation.properties import given
from tests.organisation.reading import links, read, rows, says, typed

HOUR = timedelta(hours=1)
EVERYBODY = ["Vũ Hải Ân", "Phạm Văn Đạt", "Đặng Thị Hồng", "Nguyễn Thị Lan", "Trần Đức Lộc", "Lê Minh Quân"]


@pytest.fixture
def crowd(land):
    """One hundred and three people more in the department, so that there are three pages."""
    people = [Person(full_name=f"Người Thứ {number:03}") for number in range(103)]
    for person in people:
        person.name_key, person.name_folded = name_sort_key(person.full_name), fold(person.full_name)
    Person.objects.bulk_create(people)
    StaffMembership.objects.bulk_create(
        [StaffMembership(person=person, unit=land.department, starts_at=BEGAN) for person in people]
    )
    return people


def test_a_line_names_the_person_the_posts_the_unit_and_the_number_to_call(land, people, enter):
    update_staff(people.leader, by=SETUP, seen=1, official_phone="0220 385 1234", position="Bị che bởi chức vụ")
    update_staff(people.staff, by=SETUP, seen=1, position="Chuyên viên")
    page = enter(people.staff).get(at("directory"))
    lines = {line[0]: line[1:] for line in rows(page)}
    assert lines["Đặng Thị Hồng Giám đốc Sở"] == ["Sở Khoa học và Công nghệ", "0220 385 1234"]
    assert lines["Nguyễn Thị Lan Chuyên viên"] == ["Phòng Tổng hợp", "chưa có"]
    assert links(page)["tel:02203851234"] == "0220 385 1234"
    assert links(page)[at("person", people.leader)] == "Đặng Thị Hồng"


def test_the_directory_never_prints_a_private_number_or_a_home(people, enter):  # S-03
    update_staff(people.staff, by=SETUP, seen=1, personal_phone="0977111222", residence="Phố Kín")
    page = enter(people.office).get(at("directory")).content.decode()
    assert "0977" not in page
    assert "Phố Kín" not in page


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("lan", ["Nguyễn Thị Lan"]), ("LAN nguyen", ["Nguyễn Thị Lan"]), ("Đ", ["Phạm Văn Đạt", "Đặng Thị Hồng", "Trần Đức Lộc"]),
        ("thi", ["Đặng Thị Hồng", "Nguyễn Thị Lan"]), ("  quân  ", ["Lê Minh Quân"]), ("%", EVERYBODY), ("_", EVERYBODY),
        ("Nguye\u0302\u0303n", ["Nguyễn Thị Lan"]), ("lan hong", []), ("\x00", EVERYBODY), ("'; DROP TABLE", []),
    ],
)  # fmt: skip
def test_words_are_sought_without_accents_in_any_order_and_carry_no_wildcard(words, found, people, enter):  # ux.md 7
    assert listed(enter(people.staff).get(at("directory"), {"q": words})) == found


def test_what_was_asked_stands_in_the_form_again(land, people, enter):
    page = enter(people.staff).get(at("directory"), {"q": "“lan” <b>", "don-vi": str(land.department.key)})
    assert typed(page) == {"q": "“lan” <b>", "don-vi": str(land.department.key)}


def test_a_unit_brings_the_people_of_the_units_below_it(land, people, enter):  # B1
    browser = enter(people.staff)
    assert listed(browser.get(at("directory"), {"don-vi": str(land.bureau.key)})) == EVERYBODY
    assert listed(browser.get(at("directory"), {"don-vi": str(land.office.key)})) == [
        "Vũ Hải Ân", "Phạm Văn Đạt", "Trần Đức Lộc",
    ]  # fmt: skip


def test_categories_are_counted_before_one_is_chosen_and_keep_the_words(land, people, enter):  # B5
    update_staff(people.staff, by=SETUP, seen=1, category="public_employee")
    update_staff(people.leader, by=SETUP, seen=1, category="civil_servant")
    page = enter(people.staff).get(at("directory"), {"q": "thi", "doi-tuong": "civil_servant"})
    assert listed(page) == ["Đặng Thị Hồng"]
    [shown] = [one for one in read(page).all("ul", class_="filter")]
    choices = {one.text: one.attrs for one in shown.all("a")}
    assert set(choices) == {"Tất cả 2", "Viên chức 1", "Cán bộ, công chức 1"}
    assert choices["Cán bộ, công chức 1"]["aria-current"] == "true"
    asked = parse_qs(urlsplit(choices["Viên chức 1"]["href"]).query)
    assert asked == {"q": ["thi"], "doi-tuong": ["public_employee"]}


def test_the_list_is_cut_at_fifty_and_the_next_page_keeps_what_was_asked(crowd, land, people, enter):
    browser = enter(people.staff)
    first = browser.get(at("directory"), {"q": "thu", "don-vi": str(land.department.key)})
    assert [len(rows(first)), says(first).count("1–50 trong 103 người")] == [50, 1]
    onward = next(one.attrs["href"] for one in read(first).all("a", rel="next"))
    second = browser.get(at("directory") + onward)
    third = browser.get(at("directory") + next(one.attrs["href"] for one in read(second).all("a", rel="next")))
    shown = [*listed(first), *listed(second), *listed(third)]
    assert shown == sorted({person.full_name for person in crowd})
    assert not list(read(third).all("a", rel="next"))


@pytest.mark.parametrize(("page", "first"), [("0", 101), ("99", 101), ("x", 1), ("-1", 101), ("", 1), ("2", 51)])
def test_a_page_that_does_not_exist_is_answered_with_one_that_does(page, first, crowd, people, enter):
    answer = enter(people.staff).get(at("directory"), {"q": "thu", "page": page})
    assert answer.status_code == 200
    assert f"{first}–" in says(answer)


def test_the_questions_to_the_database_do_not_grow_with_the_people(
    crowd, land, people, enter, django_assert_max_num_queries
):
    browser = enter(people.staff)
    browser.get(at("directory"))
    with django_assert_max_num_queries(30):
        page = browser.get(at("directory"), {"page": "2", "q": "nguoi"})
    assert len(rows(page)) == 50


def test_search_in_the_frame_stays_within_a_few_questions(crowd, people, enter, django_assert_max_num_queries):
    browser = enter(people.staff)
    browser.get("/tim", {"q": "nguoi"})
    with django_assert_max_num_queries(30):
        browser.get("/tim", {"q": "nguoi"})


def test_people_stand_in_the_directory_from_their_first_instant_until_their_last(land, people):
    person = register_staff(by=SETUP, unit=land.department, full_name="Ngô Thùy Linh", at=NOW)
    end_service(person, by=SETUP, at=NOW + HOUR)
    who = actor(people.head)
    instant = timedelta(microseconds=1)
    stands = [
        directory(who, moment).filter(person=person).exists()
        for moment in (NOW - instant, NOW, NOW + HOUR - instant, NOW + HOUR)
    ]
    assert stands == [False, True, True, False]


def test_a_person_transferred_inside_the_agency_stands_under_the_new_unit_once(land, people):
    transfer(people.staff, by=SETUP, to=land.office)
    found = directory(actor(people.head), NOW).filter(person=people.staff)
    assert [row.unit for row in found] == [land.office]


def test_a_secondment_does_not_double_a_line(land, people):
    StaffMembership.objects.create(person=people.staff, unit=land.office, starts_at=BEGAN, main=False)
    assert directory(actor(people.head), NOW).filter(person=people.staff).count() == 1


def test_visitors_stand_in_no_directory(land, people):  # E4
    register_outsider(by=SETUP, kind="visitor", registered_in=land.bureau, full_name="Tạ Quang Huy")
    assert directory(actor(people.office), NOW).count() == 6


@pytest.mark.parametrize(
    ("who", "count"),
    [("staff", 6), ("leader", 6), ("superior", 0), ("researcher", 1), ("villager", 1), ("administrator", 9), ("stranger", 1)],
)  # fmt: skip
def test_the_directory_holds_the_own_agency_and_above_it_only_an_administrator_s_range(who, count, people):  # A9
    """The superior body's own list is that of the province, where its capacity shows counts; it is still a colleague there."""
    seen = directory(actor(getattr(people, who)), NOW)
    assert seen.count() == count or (who == "superior" and [row.person for row in seen] == [people.superior])


def test_a_person_of_two_posts_stands_once_with_both_titles(land, people, enter):  # ux.md 1.8
    post(people.leader, land.bureau, PostRole.COMMAND_POST, title="Chỉ huy trưởng")
    lines = [line[0] for line in rows(enter(people.staff).get(at("directory"))) if "Hồng" in line[0]]
    assert lines == ["Đặng Thị Hồng Giám đốc Sở, Chỉ huy trưởng"]


def test_an_office_without_anybody_is_told_how_to_begin_and_a_search_how_to_get_out(land, people, enter):  # ux.md 6
    page = enter(people.staff).get(at("directory"), {"q": "khong co ai"})
    assert "Không có ai khớp" in says(page)
    assert links(page)[at("directory")] == "Bỏ lọc"


@pytest.mark.parametrize(
    ("who", "offered"), [("office", True), ("administrator", True), ("staff", False), ("leader", False)]
)
def test_only_those_who_keep_the_register_are_offered_to_add_people(who, offered, land, people, enter):
    page = enter(getattr(people, who)).get(at("directory"), {"don-vi": str(land.department.key)})
    assert (at("new-person", land.department) in links(page)) is offered
    assert (at("staff-imports") in links(page)) is offered


def test_counts_by_category_add_up_to_the_list(land, people):
    update_staff(people.staff, by=SETUP, seen=1, category="worker")
    seen = directory(actor(people.staff), NOW)
    assert categories_in(seen) == {"": 5, "worker": 1}
    assert sum(categories_in(seen).values()) == seen.count()


SYLLABLE = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạ", min_size=1, max_size=5)
NAME = st.lists(SYLLABLE, min_size=1, max_size=5).map(" ".join)


@given(NAME)
def test_every_name_is_found_by_each_of_its_own_words_typed_with_or_without_accents(name):  # ux.md 7
    assert all(term in fold(name) for term in search_terms(name.upper()))
    assert search_terms(name)[:8] == search_terms(fold(name))[:8]


@given(NAME, NAME)
def test_the_order_of_two_names_is_decided_by_ten_first(one, other):  # ux.md 1.7
    tens = [name_sort_key(name.split()[-1]) for name in (one, other)]
    if tens[0] != tens[1]:
        assert (name_sort_key(one) < name_sort_key(other)) is (tens[0] < tens[1])


@given(NAME)
def test_the_key_of_a_name_does_not_depend_on_how_it_was_typed(name):
    import unicodedata

    for typed_so in (name.upper(), f"  {name} ", unicodedata.normalize("NFD", name), name.replace(" ", "\t")):
        assert name_sort_key(typed_so) == name_sort_key(name)

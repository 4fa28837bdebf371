"""The page of one document, for everyone in the agency that received it (A1, A6)."""

import re
from datetime import date

import pytest

from taicho.directives.actions.measures import withdraw
from taicho.directives.actions.registering import register_by_hand
from taicho.documents.actions.registering import register_incoming
from tests.directives.letters import LETTER
from tests.directives.papers import cap
from tests.organisation.land import SETUP

pytestmark = pytest.mark.django_db
FACTS = {
    "number": "07", "symbol": "BDT-VP", "kind": "letter", "issuer": "Ban Dân tộc", "subject": "phòng, chống dịch",
    "issued_on": date(2026, 11, 16), "addressees": ["Lãnh đạo Ban", "Các phòng"],
}  # fmt: skip


@pytest.fixture
def document(land):
    return register_by_hand(by=SETUP, agency=land.bureau, facts=FACTS, text=LETTER)


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def at(document):
    return f"/van-ban-den/{document.key}"


def test_everyone_in_the_agency_reads_facts_and_clauses(enter, people, document):  # A1
    page = enter(people.staff).get(at(document))
    assert page.status_code == 200
    assert "Công văn 07/BDT-VP" in words(page)
    assert "Số đến 1/2026, đến ngày 20/11/2026" in words(page)
    assert "mục 2, ý thứ 2" in words(page)
    assert "đoạn cuối" in words(page)
    assert "Ngày văn bản 16/11/2026" in words(page)


def test_what_the_paper_does_not_say_is_said_to_be_missing(enter, people, document):  # A1
    facts = {fact.name: fact.text for fact in enter(people.staff).get(at(document)).context["facts"]}
    assert facts["Người ký"] == ""
    assert "Người ký chưa ghi" in words(enter(people.staff).get(at(document)))


def test_a_cited_document_that_is_in_the_register_is_a_link(enter, people, land, document):  # A1
    cited = register_incoming(
        by=SETUP, agency=land.bureau,
        facts={
            "number": "11", "symbol": "CT/TU", "kind": "directive", "issuer": "Ban Thường vụ Thành ủy", "subject": "x",
            "issued_on": date(2021, 2, 3),
        },
    )  # fmt: skip
    html = enter(people.staff).get(at(document)).content.decode()
    assert f'<a href="{at(cited)}">11-CT/TU</a>' in html
    assert "<b>570/QĐ-UBND</b>" in html, "not received here"


def test_a_document_of_the_same_number_and_another_day_is_not_the_cited_one(enter, people, land, document):  # A1
    facts = {"number": "11", "symbol": "CT/TU", "kind": "directive", "issuer": "Tỉnh ủy", "subject": "x"}
    register_incoming(by=SETUP, agency=land.bureau, facts=facts | {"issued_on": date(2020, 2, 3)})
    assert "<b>11-CT/TU</b>" in enter(people.staff).get(at(document)).content.decode()


def test_the_clerk_is_led_to_correct_and_to_confirm_and_staff_are_not(enter, people, document):  # A6
    office = enter(people.office).get(at(document)).content.decode()
    assert f"{at(document)}/sua" in office
    assert f"{at(document)}/bien-phap" in office
    staff = enter(people.staff).get(at(document)).content.decode()
    assert f"{at(document)}/sua" not in staff
    assert f"{at(document)}/bien-phap" not in staff


def test_the_leader_confirms_and_does_not_correct_the_register(enter, people, document):  # A6
    leader = enter(people.leader).get(at(document)).content.decode()
    assert f"{at(document)}/bien-phap" in leader
    assert f"{at(document)}/sua" not in leader


def test_measures_of_the_document_stand_on_its_page_withdrawn_ones_too(enter, people, land):  # A6
    measure = cap(land)
    page = enter(people.staff)
    address = at(measure.clause.document)
    assert f"/bien-phap/{measure.key}" in page.get(address).content.decode()
    withdraw(measure, by=SETUP, reason="nhầm")
    assert "đã rút" in words(page.get(address))


def test_measures_of_another_document_do_not(enter, people, land, document):
    cap(land)
    assert "Chưa xác nhận biện pháp nào." in words(enter(people.staff).get(at(document)))


def test_another_agency_does_not_see_it(enter, people, document):  # B2
    for stranger in (people.researcher, people.superior, people.stranger, people.villager):
        assert enter(stranger).get(at(document)).status_code == 404

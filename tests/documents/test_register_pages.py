"""The pages of the register: the list with its search, a file as it came, corrections (A1; ux.md 3, 7)."""

import re
from datetime import date

import pytest

from taicho.documents.actions.registering import correct_incoming
from taicho.documents.models import IncomingDocument
from taicho.documents.shell import documents_found
from taicho.organisation.enums import PostRole
from taicho.ui.search import find
from tests.documents.papers import entered, paper
from tests.organisation.land import actor, post, staff

pytestmark = pytest.mark.django_db
LIST = "/van-ban-den"


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def listed(response):
    """Numbers in the order shown."""
    return [document.number for document, _ in response.context["documents"]]


@pytest.fixture
def papers(land):
    entered(land.bureau, number="215")
    entered(
        land.bureau, number="58", symbol="VP-HC-QT", issuer="Văn phòng UBND tỉnh Minh Giang", subject="bố trí làm việc"
    )
    entered(
        land.bureau, number="570", symbol="QĐ-UBND", kind="decision", issuer="UBND tỉnh", subject="Đội phản ứng nhanh"
    )


def test_the_latest_arrival_stands_first_with_number_day_issuer_and_subject(enter, people, papers):  # A1
    page = enter(people.staff).get(LIST)
    assert listed(page) == ["570", "58", "215"]
    assert "570/QĐ-UBND Quyết định · 16/11/2026 3 20/11/2026 UBND tỉnh Đội phản ứng nhanh" in words(page)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("58", ["58"]), ("vp-hc-qt", ["58"]), ("58/VP-HC-QT", ["58"]), ("qd-ubnd", ["570"]), ("QĐ", ["570"]),
        ("doi phan ung", ["570"]), ("ĐỘI PHẢN ỨNG", ["570"]), ("dong giang", ["215"]), ("Minh Giang bo tri", ["58"]),
        ("ubnd", ["570", "58", "215"]), ("%", ["570", "58", "215"]), ("không có đâu", []),
    ],
)  # fmt: skip
def test_words_are_found_in_number_issuer_and_subject_whatever_their_accents(enter, people, papers, query, found):  # A1
    assert listed(enter(people.staff).get(LIST, {"q": query})) == found


def test_a_corrected_word_is_found_and_the_old_one_no_longer(enter, people, papers):
    document = IncomingDocument.objects.get(number="58")
    correct_incoming(document, by=actor(people.office), seen=1, subject="trực tại trụ sở")
    desk = enter(people.staff)
    assert listed(desk.get(LIST, {"q": "truc tai"})) == ["58"]
    assert listed(desk.get(LIST, {"q": "bo tri"})) == []


def test_an_empty_search_says_so_and_an_empty_register_says_how_to_begin(enter, people, clerk_page):
    assert "Sổ chưa có văn bản nào. Chọn “Vào sổ văn bản”" in words(clerk_page)
    assert "Không có văn bản nào khớp" in words(enter(people.staff).get(LIST, {"q": "zzz"}))


@pytest.fixture
def clerk_page(enter, people):
    return enter(people.clerk).get(LIST)


def test_fifty_stand_on_a_page(enter, people, land):
    for n in range(51):
        entered(land.bureau, number=str(n))
    desk = enter(people.staff)
    first, second = desk.get(LIST), desk.get(LIST, {"page": 2})
    assert (len(listed(first)), listed(second)) == (50, ["0"])
    assert "1–50 trong 51 văn bản" in words(first)


def test_only_who_keeps_the_register_is_offered_to_enter(enter, people):
    assert "Vào sổ văn bản" in words(enter(people.clerk).get(LIST))
    assert "Vào sổ văn bản" not in words(enter(people.staff).get(LIST))


def test_the_register_of_another_agency_is_not_seen(enter, people, land, papers):  # B2
    entered(land.institute, number="900")
    assert "900" not in listed(enter(people.staff).get(LIST))
    assert listed(enter(people.researcher).get(LIST)) == ["900"]
    assert listed(enter(people.superior).get(LIST)) == [], "the body above reads its own register, not this one's"
    assert listed(enter(people.stranger).get(LIST)) == []


def test_a_file_comes_back_byte_for_byte_as_an_attachment_that_no_browser_opens(enter, people, land):  # D12, S-07
    document = entered(land.bureau, files=[paper(b"<script>alert(1)</script>\xff", "Công văn số 7.txt")])
    answer = enter(people.staff).get(f"/van-ban-den/tep/{document.files.get().key}")
    assert answer.content == b"<script>alert(1)</script>\xff"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "C%C3%B4ng" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_a_file_of_another_agency_is_not_found(enter, people, land):  # B2
    file = entered(land.institute, files=[paper()]).files.get()
    assert enter(people.clerk).get(f"/van-ban-den/tep/{file.key}").status_code == 404


def sent(document, **changes):
    form = {name: getattr(document, name) for name in ("number", "symbol", "kind", "issuer", "urgency", "subject")}
    days = {"issued_on": "16/11/2026", "arrived_on": "20/11/2026"}
    return form | days | {"addressees": "\n".join(document.addressees), "version": "1"} | changes


def test_the_clerk_corrects_a_line_and_comes_back_to_the_document(enter, people, land):  # A1
    document = entered(land.bureau)
    desk = enter(people.clerk)
    assert "UBND thành phố Đông Giang" in desk.get(f"/van-ban-den/{document.key}/sua").content.decode()
    answer = desk.post(f"/van-ban-den/{document.key}/sua", sent(document, signer="Lê Ánh", issued_on="15/11/2026"))
    assert answer["Location"] == f"/van-ban-den/{document.key}"
    document.refresh_from_db()
    assert (document.signer, document.issued_on, document.addressees) == (
        "Lê Ánh", date(2026, 11, 15), ["Các sở, ban, ngành", "UBND các phường"],
    )  # fmt: skip


def test_two_corrections_at_once_are_shown_side_by_side(enter, people, land):  # ux.md 6
    document = entered(land.bureau)
    correct_incoming(document, by=actor(people.office), seen=1, addressees=["Các phường"])
    page = enter(people.clerk).post(f"/van-ban-den/{document.key}/sua", sent(document, addressees="Các sở"))
    assert page.status_code == 409
    assert "Các phường" in words(page)


@pytest.mark.parametrize("role", ["staff", "head", "guard", "leader", "administrator"])
def test_who_does_not_keep_the_register_corrects_nothing(enter, people, land, role):  # B2
    document = entered(land.bureau)
    browser = enter(getattr(people, role))
    assert browser.get(f"/van-ban-den/{document.key}/sua").status_code == 403
    assert browser.post(f"/van-ban-den/{document.key}/sua", sent(document)).status_code == 403


def test_the_clerk_of_one_agency_does_not_correct_the_register_of_another(enter, people, land):  # B2
    document = entered(land.institute)
    assert enter(people.clerk).post(f"/van-ban-den/{document.key}/sua", sent(document)).status_code == 404
    other = staff("Lý Thị Ơn", land.institute)
    post(other, land.institute, PostRole.CLERK)
    assert enter(other).get(f"/van-ban-den/{document.key}/sua").status_code == 200


def test_too_many_addressees_are_refused_with_the_limit(enter, people, land):
    document = entered(land.bureau)
    page = enter(people.clerk).post(f"/van-ban-den/{document.key}/sua", sent(document, addressees="a\n" * 61))
    assert "Nhận tối đa 60 dòng, mỗi dòng tối đa 300 chữ." in words(page)


def test_documents_are_found_in_the_search_box_by_number_and_subject(people, papers):  # ux.md 7
    found = find(actor(people.staff), "qd-ubnd", {"documents": documents_found})
    ((kind, (hit,)),) = found.groups
    document = IncomingDocument.objects.get(number="570")
    assert (kind, hit.title, hit.url) == ("Văn bản đến", "Quyết định 570/QĐ-UBND", f"/van-ban-den/{document.key}")
    assert not find(actor(people.stranger), "570", {"documents": documents_found}).total


def test_the_menu_leads_to_the_register(enter, people):  # ux.md 3.2
    assert "Văn bản &amp; chỉ đạo" in enter(people.staff).get("/").content.decode()

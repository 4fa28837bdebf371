"""A wrong entry is struck out with a reason; the number stays used and the line stays to be read (A1)."""

import re

import pytest
from django.db import IntegrityError, transaction

from taicho.documents import hanging
from taicho.documents.actions.registering import correct_incoming
from taicho.documents.actions.striking import strike_out
from taicho.documents.models import IncomingDocument
from taicho.documents.shell import documents_found
from taicho.kernel import clock
from taicho.kernel.models import AuditEntry, NewsItem
from taicho.kernel.refusals import Conflict, Refusal
from taicho.organisation.actions.posts import end_post
from taicho.organisation.enums import PostRole
from taicho.organisation.models import Post
from tests.documents.papers import entered, paper
from tests.organisation.land import SETUP, actor, post, staff

pytestmark = pytest.mark.django_db
WHY = "Gửi nhầm cơ quan"


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def at(document):
    return f"/van-ban-den/{document.key}/huy"


@pytest.fixture
def wrong(land):
    """A line that should not have been entered."""
    return entered(land.bureau)


@pytest.fixture
def struck(wrong, people):
    return strike_out(wrong, by=actor(people.clerk), reason=WHY)


def test_a_struck_out_line_says_who_when_and_why(wrong, people):  # A1
    strike_out(wrong, by=actor(people.clerk), reason=f"  {WHY} ")
    line = IncomingDocument.objects.get()
    assert (line.struck_out_why, line.struck_out_by, line.struck_out_at) == (WHY, people.clerk.key, clock.now())
    assert line.is_struck_out
    assert line.version == 2, "who is correcting it meanwhile is told"


def test_striking_out_is_in_the_trail_and_in_the_news(struck, people):  # L4
    entry = AuditEntry.objects.get(verb="documents.strike_out")
    assert (entry.actor, entry.object_key) == (people.clerk.key, struck.key)
    assert NewsItem.objects.get(kind__endswith="DocumentStruckOut").payload == {"document": str(struck.key)}


def test_the_number_of_a_struck_out_line_is_not_given_again(struck, land):  # A1
    assert entered(land.bureau).arrival_number == 2


def test_the_right_paper_and_its_file_may_be_entered_anew(land, people):  # A1
    first = entered(land.bureau, files=[paper()])
    strike_out(first, by=actor(people.clerk), reason=WHY)
    again = entered(land.bureau, files=[paper()])
    assert (again.arrival_number, again.files.count(), first.files.count()) == (2, 1, 1)
    with pytest.raises(Conflict):
        entered(land.bureau)


@pytest.mark.parametrize("reason", ["", "  ", "\n\t"])
def test_a_line_is_not_struck_out_without_a_reason(wrong, people, reason):
    with pytest.raises(Refusal, match="Ghi lý do hủy") as refused:
        strike_out(wrong, by=actor(people.clerk), reason=reason)
    assert refused.value.field == "reason"
    assert not IncomingDocument.objects.get().is_struck_out
    assert not AuditEntry.objects.filter(verb="documents.strike_out").exists()


def test_a_line_is_struck_out_once_and_the_first_reason_stays(struck, people):
    with pytest.raises(Conflict, match=f"Số đến 1/2026 đã hủy, lý do: {WHY}") as refused:
        strike_out(struck, by=actor(people.office), reason="Lý do khác")
    assert refused.value.code == "struck-out"
    assert IncomingDocument.objects.get().struck_out_why == WHY


def test_what_hangs_on_the_document_keeps_its_line(wrong, people, monkeypatch):  # A1
    monkeypatch.setattr(hanging, "_hanging", {})
    hanging.register_hanging("nothing", lambda document: "")
    hanging.register_hanging("answers", lambda document: f"Đã có người xác nhận {document.title}.")
    with pytest.raises(Refusal, match="Đã có người xác nhận Công văn 215/UBND-VP") as refused:
        strike_out(wrong, by=actor(people.clerk), reason=WHY)
    assert refused.value.code == "in-use"
    assert IncomingDocument.objects.standing().get() == wrong


def test_two_rooms_cannot_ask_under_one_name(monkeypatch):
    monkeypatch.setattr(hanging, "_hanging", {})
    hanging.register_hanging("measures", str)
    with pytest.raises(ValueError, match="measures"):
        hanging.register_hanging("measures", str)


def test_a_struck_out_line_is_not_corrected_any_more_even_by_who_was_at_it(struck, people):  # ux.md 6
    with pytest.raises(Conflict) as meanwhile:
        correct_incoming(struck, by=actor(people.office), seen=1, signer="Lê Ánh")
    assert meanwhile.value.code == "changed-meanwhile"
    with pytest.raises(Conflict) as refused:
        correct_incoming(struck, by=actor(people.office), seen=2, signer="Lê Ánh")
    assert refused.value.code == "struck-out"
    assert IncomingDocument.objects.get().signer == ""


@pytest.mark.parametrize("broken", [{"struck_out_at": None}, {"struck_out_why": ""}])
def test_the_database_keeps_no_line_struck_out_without_time_or_reason(struck, broken):
    with pytest.raises(IntegrityError, match="documents_struck_out_with_a_reason"), transaction.atomic():
        IncomingDocument.objects.update(**broken)


def test_the_database_lets_one_standing_line_of_a_document_stand_beside_struck_out_ones(land, people):  # A1
    for _ in range(2):
        strike_out(entered(land.bureau), by=actor(people.clerk), reason=WHY)
    entered(land.bureau)
    with pytest.raises(IntegrityError, match="documents_same_document_registered_once"), transaction.atomic():
        IncomingDocument.objects.update(struck_out_at=None, struck_out_why="")


def test_the_clerk_strikes_out_on_a_page_that_says_what_stays(enter, people, wrong):  # A1
    desk = enter(people.clerk)
    page = desk.get(at(wrong))
    assert "Số đến 1/2026 không dùng lại; dòng và lý do vẫn đọc được trong sổ." in words(page)
    answer = desk.post(at(wrong), {"reason": WHY})
    assert answer["Location"] == f"/van-ban-den/{wrong.key}"
    shown = words(desk.get(answer["Location"]))
    assert f"Dòng này đã hủy đã hủy, lý do: {WHY} · 10h00, 20/11/2026 · Ngô Thị Đào" in shown


def test_a_page_without_a_reason_or_with_a_book_for_a_reason_is_asked_back(enter, people, wrong):
    desk = enter(people.clerk)
    assert desk.post(at(wrong), {"reason": " "}).status_code == 400
    long = desk.post(at(wrong), {"reason": "x" * 501})
    assert long.status_code == 400
    assert long.context["form"]["reason"].value() == "x" * 501, "what was typed stays"
    assert desk.post(at(wrong), {"reason": "a\0b"}).status_code == 400
    assert not IncomingDocument.objects.get().is_struck_out


def test_the_register_shows_the_line_as_struck_out_with_its_reason(enter, people, struck, land):  # A1
    entered(land.bureau, number="216")
    page = enter(people.staff).get("/van-ban-den")
    html = page.content.decode()
    assert html.count('<tr class="struck-out">') == 1
    assert f"đã hủy, lý do: {WHY}" in words(page)
    assert [document.number for document, _ in page.context["documents"]] == ["216", "215"]


def test_a_reason_is_words_and_never_markup(enter, people, wrong):
    strike_out(wrong, by=actor(people.clerk), reason="<script>alert(1)</script>")
    for where in ("/van-ban-den", f"/van-ban-den/{wrong.key}"):
        html = enter(people.staff).get(where).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)" in html


def test_the_search_box_says_that_a_hit_is_struck_out(people, struck):  # ux.md 7
    (hit,) = documents_found(actor(people.staff), "215", 5)
    assert hit.note == f"đã hủy, lý do: {WHY}"


@pytest.mark.parametrize("role", ["staff", "head", "guard", "leader", "administrator"])
def test_who_does_not_keep_the_register_strikes_nothing_out(enter, people, wrong, role):  # B2
    browser = enter(getattr(people, role))
    assert browser.get(at(wrong)).status_code == 403
    assert browser.post(at(wrong), {"reason": WHY}).status_code == 403
    assert not IncomingDocument.objects.get().is_struck_out


def test_the_clerk_of_another_agency_finds_nothing_to_strike_out(enter, people, land, wrong):  # B2
    other = staff("Lý Thị Ơn", land.institute)
    post(other, land.institute, PostRole.CLERK)
    for stranger in (other, people.superior, people.stranger):
        assert enter(stranger).post(at(wrong), {"reason": WHY}).status_code == 404


def test_a_clerk_whose_post_has_ended_strikes_nothing_out(enter, people, wrong):  # B2
    end_post(Post.objects.get(person=people.clerk), by=SETUP)
    assert enter(people.clerk).post(at(wrong), {"reason": WHY}).status_code == 403

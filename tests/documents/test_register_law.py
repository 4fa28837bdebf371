"""What the register holds by itself: constraints at the database, who reads it, how many questions a page asks (A1, B2)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from taicho.documents import addresses
from taicho.documents.addresses import Beside, page_of, pages_beside, register_beside, register_pages
from taicho.documents.models import DocumentFile, IncomingDocument
from taicho.documents.policies import may_register
from taicho.documents.queries.register import agencies_registered_by, find_file, find_incoming, register
from taicho.documents.shell import documents_found
from taicho.documents.web.forms.incoming import LONGEST_LINE, IncomingForm
from taicho.kernel import clock
from taicho.organisation.actions.posts import delegate, end_post
from taicho.organisation.actions.staff import end_service, transfer
from taicho.organisation.enums import PostRole
from taicho.organisation.models import Post
from tests.documents.papers import FACTS, entered, paper
from tests.organisation.land import SETUP, actor, post, staff

pytestmark = pytest.mark.django_db


def raw(agency, arrival, **more):
    """A line as a program that knows no action would write it."""
    start = {
        "year": 2026,
        "arrived_on": date(2026, 11, 20),
        "issuer": "A",
        "subject": "B",
        "registered_at": clock.now(),
    }
    return IncomingDocument.objects.create(agency=agency, arrival_number=arrival, **(start | more))


@pytest.mark.parametrize(
    ("second", "name"),
    [
        ({"arrival": 1}, "documents_arrival_number_once_a_year"),
        ({"number": "5", "symbol": "A-B", "issued_on": date(2026, 11, 1)}, "documents_same_document_registered_once"),
        ({"issued_on": date(2026, 11, 21)}, "documents_arrives_after_it_is_issued"),
    ],
)
def test_the_database_itself_refuses_a_second_number_a_twin_and_a_paper_from_tomorrow(land, second, name):  # A1, D8
    raw(land.bureau, 1, number="5", symbol="A-B", issued_on=date(2026, 11, 1))
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        raw(land.bureau, second.pop("arrival", 2), **second)
    assert IncomingDocument.objects.count() == 1


def test_the_database_keeps_one_copy_of_a_file_in_a_document(land):
    document = entered(land.bureau, files=[paper()])
    file = document.files.get()
    with pytest.raises(IntegrityError, match="documents_file_once_in_a_document"), transaction.atomic():
        DocumentFile.objects.create(
            document=document, name="b", kind="txt", size=1, sha256=file.sha256, content=b"", added_at=clock.now()
        )


def test_every_constraint_has_a_sentence_of_its_own():
    for model in (IncomingDocument, DocumentFile):
        for constraint in model._meta.constraints:
            assert str(constraint.get_violation_error_message()).endswith("."), constraint.name
            assert "%(" not in str(constraint.get_violation_error_message())


def test_a_document_arrives_on_the_day_it_is_written_at_the_earliest(land):  # A1
    assert entered(land.bureau, issued_on=date(2026, 11, 20)).arrived_on == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("staff", True), ("head", True), ("guard", True), ("leader", True), ("clerk", True), ("administrator", True),
        ("researcher", False), ("superior", False), ("villager", False), ("stranger", False),
    ],
)  # fmt: skip
def test_a_document_is_read_in_the_agency_that_received_it_and_nowhere_else(land, people, role, sees):  # B2
    document = entered(land.bureau, files=[paper()])
    reader = actor(getattr(people, role))
    assert (document in register(reader)) is sees
    for find, key in ((find_incoming, document.key), (find_file, document.files.get().key)):
        if sees:
            assert find(reader, key)
        else:
            with pytest.raises(ObjectDoesNotExist):
                find(reader, key)
    assert bool(list(documents_found(reader, "215", 5))) is sees


def test_the_body_above_reads_its_own_register_and_not_the_one_below(land, people):  # B2
    above, below = entered(land.province), entered(land.bureau)
    clerk = staff("Mai Thị Ấm", land.province)
    post(clerk, land.province, PostRole.CLERK)
    assert list(register(actor(clerk))) == [above]
    assert list(register(actor(people.clerk))) == [below]


def test_who_leaves_for_another_agency_reads_there_and_no_longer_here(land, people):  # B2
    here, there = entered(land.bureau), entered(land.institute)
    assert list(register(actor(people.staff))) == [here]
    transfer(people.staff, by=SETUP, to=land.institute)
    assert list(register(actor(people.staff))) == [there]


def test_who_has_left_the_service_reads_nothing(land, people):  # B2
    entered(land.bureau)
    account = people.staff.account
    end_service(people.staff, by=SETUP, reason="nghỉ hưu")
    people.staff.account = account
    assert not register(actor(people.staff)).exists()


@pytest.mark.parametrize(
    ("role", "may"),
    [("clerk", True), ("office", True), ("leader", False), ("head", False), ("staff", False), ("superior", False)],
)
def test_the_register_is_kept_by_the_clerk_and_the_office(land, people, role, may):  # A1, B2
    assert may_register.test(actor(getattr(people, role)), land.bureau) is may
    assert may_register.test(actor(getattr(people, role)), entered(land.bureau)) is may
    assert may_register.test(actor(getattr(people, role))) is may


def test_a_clerk_keeps_no_register_of_a_body_below_or_beside(land, people):  # B2
    assert not may_register.test(actor(people.clerk), land.institute)
    assert not may_register.test(actor(people.clerk), land.province)
    assert list(agencies_registered_by(actor(people.clerk), clock.today())) == [land.bureau]


def test_the_register_passes_with_a_delegation_and_comes_back_when_it_ends(land, people):  # B2
    held = Post.objects.get(person=people.clerk)
    end = datetime(2026, 11, 25, tzinfo=UTC)
    delegate(held, by=actor(people.clerk), to=people.staff, matters="vào sổ", document="05/UQ", until=end)
    assert may_register.test(actor(people.staff), land.bureau)
    assert may_register.test(actor(people.staff, end - timedelta(seconds=1)), land.bureau)
    assert not may_register.test(actor(people.staff, end), land.bureau)


def test_with_the_post_the_register_goes(land, people):  # B2
    end_post(Post.objects.get(person=people.clerk), by=SETUP)
    assert not may_register.test(actor(people.clerk), land.bureau)
    assert not agencies_registered_by(actor(people.clerk), clock.today()).exists()


def test_a_page_of_the_register_asks_as_often_for_twenty_lines_as_for_two(enter, people, land):
    desk = enter(people.clerk)

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert desk.get("/van-ban-den").status_code == 200
        return len(queries)

    for n in range(2):
        entered(land.bureau, number=str(n + 1))
    asked()
    few = asked()
    for n in range(2, 20):
        entered(land.bureau, number=str(n + 1))
    assert asked() == few


@pytest.mark.parametrize("page", ["0", "-1", "x", "999", "1e9", ""])
def test_a_page_that_is_not_there_shows_one_that_is(enter, people, land, page):
    entered(land.bureau)
    answer = enter(people.staff).get("/van-ban-den", {"page": page})
    assert answer.status_code == 200
    assert len(answer.context["documents"]) == 1


@pytest.mark.parametrize("query", ["%", "_", "'; DROP TABLE", "\0", "x" * 5000, "Đ\u0323", "<b>", "((("])
def test_a_search_for_anything_answers_with_a_page(enter, people, land, query):
    entered(land.bureau)
    page = enter(people.staff).get("/van-ban-den", {"q": query})
    assert page.status_code == 200
    assert "<b>" not in page.content.decode().split('id="q"')[1][:200]


def test_decomposed_words_find_what_was_entered_composed(enter, people, land):  # ux.md 7
    entered(land.bureau, subject="Đợt trực Tết tại trụ sở")
    page = enter(people.staff).get("/van-ban-den", {"q": "T\u00ea\u0301t tru\u0323 so\u031b\u0309"})
    assert len(page.context["documents"]) == 1


@pytest.mark.parametrize("field", ["number", "symbol", "issuer", "subject", "signer"])
def test_a_field_of_the_paper_that_holds_nothing_printable_is_refused_on_the_form(land, field):
    sent = {"issuer": "A", "subject": "B", "kind": "letter", "urgency": "ordinary", "arrived_on": "20/11/2026"}
    form = IncomingForm(sent | {field: "a\0b"})
    assert not form.is_valid()
    assert set(form.errors) == {field}


def test_the_lines_of_a_list_are_taken_without_blanks_in_the_order_typed():
    sent = {"issuer": "A", "subject": "B", "kind": "letter", "urgency": "ordinary", "arrived_on": "20/11/2026"}
    form = IncomingForm(sent | {"recipients": "  Như trên \r\n\r\n\t\nLưu: VT  "})
    assert form.is_valid(), form.errors
    assert form.changes["recipients"] == ["Như trên", "Lưu: VT"]
    assert not IncomingForm(sent | {"recipients": "x" * (LONGEST_LINE + 1)}).is_valid()


def test_a_page_beside_a_document_is_offered_to_those_who_may_see_it(land, people, monkeypatch):
    monkeypatch.setattr(addresses, "_beside", {})
    clerk = actor(people.clerk)
    register_beside("a", Beside("Sửa", "edit", "documents:correct", lambda who, document: who == clerk))
    document = entered(land.bureau)
    assert pages_beside(clerk, document) == [("Sửa", "edit", f"/van-ban-den/{document.key}/sua")]
    assert pages_beside(actor(people.staff), document) == []
    with pytest.raises(ValueError, match="registered already"):
        register_beside("a", Beside("Khác", "edit", "documents:correct", lambda who, document: True))


def test_documents_are_shown_by_one_room(land):
    register_pages(document="directives:document", entry="directives:take-document")
    with pytest.raises(ValueError, match="shown by directives:document already"):
        register_pages(document="documents:correct", entry="directives:take-document")
    assert page_of(entered(land.bureau)).startswith("/van-ban-den/")


@pytest.mark.parametrize(
    ("number", "symbol", "full"),
    [
        ("58", "VP-HC-QT", "58/VP-HC-QT"),
        ("11", "CT/TU", "11-CT/TU"),
        ("", "KH-SNV", "KH-SNV"),
        ("7", "", "7"),
        ("", "", ""),
    ],
)
def test_a_document_is_named_as_its_paper_writes_it(land, number, symbol, full):  # A1
    document = entered(land.bureau, number=number, symbol=symbol)
    assert document.full_number == full
    assert str(document) == f"Công văn {full or '“' + FACTS['subject'] + '”'}"

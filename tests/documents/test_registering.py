"""The register of incoming documents: one number after the other, each document once (A1)."""

from datetime import date

import pytest

from taicho.documents.actions.registering import AlreadyRegistered, correct_incoming
from taicho.documents.models import DocumentFile, IncomingDocument
from taicho.kernel.models import AuditEntry, NewsItem
from taicho.kernel.refusals import Conflict, Refusal
from tests.documents.papers import entered, paper
from tests.organisation.land import actor

pytestmark = pytest.mark.django_db


def test_documents_are_numbered_one_after_the_other_in_the_order_in_which_they_come(land):  # A1
    numbers = [entered(land.bureau, number=str(n)).arrival_number for n in (31, 7, 12)]
    assert numbers == [1, 2, 3]


def test_each_agency_counts_for_itself(land):  # A1
    entered(land.bureau)
    assert entered(land.institute).arrival_number == 1


def test_each_year_begins_with_one(land, time_machine):  # A1
    entered(land.bureau, number="1")
    time_machine.move_to("2027-01-04T03:00:00Z", tick=False)
    assert (entered(land.bureau, number="2").year, entered(land.bureau, number="3").arrival_number) == (2027, 2)


def test_the_year_turns_at_midnight_in_hanoi(land, time_machine):  # A1
    time_machine.move_to("2026-12-31T17:00:00Z", tick=False)
    document = entered(land.bureau)
    assert (document.arrived_on, document.year) == (date(2027, 1, 1), 2027)


def test_a_document_that_came_in_the_old_year_and_is_entered_late_takes_the_next_number_of_that_year(
    land, time_machine
):
    entered(land.bureau, number="1")
    time_machine.move_to("2027-01-04T03:00:00Z", tick=False)
    late = entered(land.bureau, number="2", arrived_on=date(2026, 12, 31))
    assert (late.year, late.arrival_number) == (2026, 2)


def test_the_same_document_is_refused_and_takes_no_number(land):  # A1
    entered(land.bureau)
    with pytest.raises(Conflict, match="đã có trong sổ văn bản đến") as refused:
        entered(land.bureau, issuer="ubnd THÀNH PHỐ đông giang")
    assert refused.value.code == "documents_same_document_registered_once"
    assert entered(land.bureau, number="216").arrival_number == 2


def test_the_same_number_of_another_body_or_another_day_is_another_document(land):  # A1
    entered(land.bureau)
    entered(land.bureau, issuer="Sở Y tế")
    entered(land.bureau, issued_on=date(2026, 11, 17))
    assert IncomingDocument.objects.count() == 3


def test_documents_without_number_may_look_alike(land):  # A1
    entered(land.bureau, number="")
    assert entered(land.bureau, number="").arrival_number == 2


def test_a_document_cannot_arrive_before_it_was_written_nor_tomorrow(land):  # A1
    with pytest.raises(Refusal, match="Ngày đến không được trước ngày của văn bản"):
        entered(land.bureau, arrived_on=date(2026, 11, 15))
    with pytest.raises(Refusal) as later:
        entered(land.bureau, arrived_on=date(2026, 11, 21))
    assert (later.value.code, later.value.field) == ("arrives-later", "arrived_on")
    assert not IncomingDocument.objects.exists()


def test_a_field_that_is_too_long_is_named(land):
    with pytest.raises(Refusal) as refused:
        entered(land.bureau, number="123456789012")
    assert refused.value.field == "number"


@pytest.mark.parametrize("marked", [{"symbol": "KH-UBND (M)"}, {"symbol": "QĐ-UBND (TM)"}, {"subject": "MẬT"}])
def test_a_secret_paper_typed_by_hand_is_refused(land, marked):  # L1, D12
    with pytest.raises(Refusal, match="dấu MẬT"):
        entered(land.bureau, **marked)
    assert not IncomingDocument.objects.exists()


def test_a_subject_that_speaks_of_secrets_is_no_secret_paper(land):  # L1
    assert entered(land.bureau, subject="Phân công bảo vệ bí mật nhà nước, mật độ làm việc tại phòng")


def test_the_file_is_kept_byte_for_byte(land):  # A1, D12
    document = entered(land.bureau, files=[paper(b"%PDF \x00\xff")])
    file = document.files.get()
    assert (bytes(file.content), file.size, file.name) == (b"%PDF \x00\xff", 7, "cv.txt")


def test_the_same_file_again_is_refused_with_the_number_under_which_it_stands(land):  # A1
    first = entered(land.bureau, files=[paper()])
    with pytest.raises(AlreadyRegistered, match="số đến 1/2026") as refused:
        entered(land.bureau, number="216", files=[paper(name="bản sao.txt")])
    assert refused.value.document == first
    assert (IncomingDocument.objects.count(), DocumentFile.objects.count()) == (1, 1)


def test_the_same_file_in_another_agency_is_its_own_business(land):
    entered(land.bureau, files=[paper()])
    assert entered(land.institute, files=[paper()]).files.count() == 1


def test_the_entry_is_in_the_trail_and_in_the_news(land, people):  # L4
    document = entered(land.bureau, by=actor(people.clerk))
    entry = AuditEntry.objects.get(verb="documents.register_incoming")
    assert (entry.actor, entry.object_key) == (people.clerk.key, document.key)
    assert document.registered_by == people.clerk.key
    assert NewsItem.objects.get(kind__endswith="DocumentRegistered").payload == {"document": str(document.key)}


def test_a_correction_keeps_the_arrival_number(land, people):  # A1
    document = entered(land.bureau)
    correct_incoming(document, by=actor(people.clerk), seen=1, subject="phòng, chống dịch", signer="Đỗ Văn Ánh")
    kept = IncomingDocument.objects.get()
    assert (kept.arrival_number, kept.subject, kept.signer, kept.version) == (1, "phòng, chống dịch", "Đỗ Văn Ánh", 2)
    assert AuditEntry.objects.filter(verb="documents.correct_incoming").count() == 1


def test_who_corrects_an_old_version_is_shown_the_conflict(land, people):  # ux.md 6
    document = entered(land.bureau)
    correct_incoming(document, by=actor(people.clerk), seen=1, signer="Đỗ Văn Ánh")
    with pytest.raises(Conflict) as refused:
        correct_incoming(document, by=actor(people.office), seen=1, signer="Lê Ánh")
    assert refused.value.code == "changed-meanwhile"
    assert IncomingDocument.objects.get().signer == "Đỗ Văn Ánh"


def test_a_correction_cannot_move_the_document_into_another_year(land, people):  # A1
    document = entered(land.bureau, issued_on=date(2025, 12, 30))
    with pytest.raises(Refusal, match="năm 2026") as refused:
        correct_incoming(document, by=actor(people.clerk), seen=1, arrived_on=date(2025, 12, 31))
    assert refused.value.code == "other-year"


def test_a_correction_into_a_document_that_is_registered_is_refused(land, people):  # A1
    entered(land.bureau)
    other = entered(land.bureau, number="216")
    with pytest.raises(Conflict) as refused:
        correct_incoming(other, by=actor(people.clerk), seen=1, number="215")
    assert refused.value.code == "documents_same_document_registered_once"


def test_the_arrival_number_cannot_be_typed(land, people):
    document = entered(land.bureau)
    with pytest.raises(ValueError, match="arrival_number"):
        correct_incoming(document, by=actor(people.clerk), seen=1, arrival_number=9)

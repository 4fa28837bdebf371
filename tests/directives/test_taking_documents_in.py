"""The clerk's way from a file to the register: read, compare, enter, all or nothing (A1, A2, A6, L1; ux.md 4)."""

import re
import unicodedata
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from taicho.directives.actions.registering import drop_reading, purge_readings, register_read
from taicho.directives.jobs import purge_pending_readings
from taicho.directives.models import Citation, Clause, PendingReading
from taicho.documents.models import DocumentFile, IncomingDocument
from taicho.kernel import clock
from taicho.kernel.models import AuditEntry
from taicho.kernel.refusals import Conflict, Refusal
from taicho.organisation.enums import PostRole
from tests.directives.letters import LETTER, PLAN, WITHOUT_HEAD
from tests.kernel.corpus.office import docx, odt
from tests.kernel.corpus.pdf import pdf
from tests.organisation.land import SETUP, actor, post, staff

pytestmark = pytest.mark.django_db
SHARED = Path(__file__).parents[3] / "shared"
needs_seeds = pytest.mark.skipif(
    not (SHARED / "seeds").is_dir(), reason="LEFT OUT: the design folder with the seeds does not lie beside the project"
)
TAKE = "/van-ban-den/vao-so"
FORMATS = {
    "txt": lambda text: text.encode(),
    "docx": lambda text: docx(*text.splitlines()),
    "odt": lambda text: odt(*text.splitlines()),
    "pdf": lambda text: pdf(*pages_of(text)),
}


def pages_of(text):
    """The lines by pages of forty; a line no wider than paper, as a printer breaks it."""
    lines = [piece for line in text.splitlines() for piece in (broken(line) or [""])]
    return [lines[i : i + 40] for i in range(0, len(lines), 40)]


def broken(line, width=90):
    return re.findall(rf"\S.{{0,{width}}}(?=\s|$)", line)


@pytest.fixture
def clerk(people, land):
    person = staff("Ngô Thị Đào", land.office)
    post(person, land.office, PostRole.CLERK)
    return person


@pytest.fixture
def desk(enter, clerk):
    """The clerk's browser."""
    return enter(clerk)


def upload(desk, data, name="cv.txt", **more):
    agency = desk.get(TAKE).context["form"].fields["agency"].initial
    return desk.post(TAKE, {"agency": agency, "file": SimpleUploadedFile(name, data), "text": "", **more})


def read(desk, data, name="cv.txt"):
    """The address of the comparison."""
    response = upload(desk, data, name)
    assert response.status_code == 302, words(response)
    return response["Location"]


def filled(desk, address, **changes):
    """What the form of the comparison sends when the clerk changes nothing else."""
    form = desk.get(address).context["form"]
    sent = {bound.name: bound.value() for bound in form}
    return {name: "" if value is None else value for name, value in (sent | changes).items()}


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def marks(page):
    found = re.findall(r"<mark[^>]*>(.*?)<span class=\"read-key\">(\w)</span></mark>", page.content.decode())
    return {(key, text) for text, key in found}


def test_reading_a_file_enters_nothing_in_the_register(desk):  # A1
    read(desk, LETTER.encode())
    assert not IncomingDocument.objects.exists()
    assert PendingReading.objects.get().is_waiting


def test_the_original_stands_beside_the_form_with_the_same_letters(desk):  # A1
    page = desk.get(read(desk, LETTER.encode()))
    assert ("a", "07") in marks(page)
    assert ("g", "05 tháng 02 năm 2021") in marks(page)
    fields = {one.field.name: one for one in page.context["fields"]}
    assert (fields["number"].key, fields["number"].field.value()) == ("a", "07")
    assert (fields["issued_on"].key, fields["issued_on"].level) == ("g", 4)


def test_what_is_doubtful_says_why_and_what_is_missing_says_so(desk):  # A1
    page = desk.get(read(desk, PLAN.encode()))
    fields = {one.field.name: one for one in page.context["fields"]}
    assert fields["issuer"].doubtful
    assert fields["issued_on"].doubtful
    assert fields["superior"].missing
    assert "lấy từ câu mở đầu của nội dung" in words(page)
    assert "Trong tệp để trống chỗ này" in words(page)
    assert "không có trong tệp" in words(page)
    assert "Còn 3 mục cần xem lại" in words(page)


def test_the_clerk_sees_which_clauses_will_be_kept_and_which_documents_are_cited(desk):  # A6
    page = desk.get(read(desk, LETTER.encode()))
    assert [label for label, text in page.context["clauses"]] == [
        "mục 1",
        "mục 2",
        "mục 2, ý thứ 1",
        "mục 2, ý thứ 2",
        "mục 2, ý thứ 2, ý thứ 1",
        "mục 2, ý thứ 2, ý thứ 2",
        "mục 3",
        "đoạn cuối",
    ]
    assert "11-CT/TU" in words(page)


def test_saving_enters_facts_clauses_citations_and_the_file_at_once(desk, land, clerk):  # A1, A6
    address = read(desk, LETTER.encode(), "công văn 07.txt")
    response = desk.post(address, filled(desk, address))
    document = IncomingDocument.objects.get()
    assert response["Location"] == f"/van-ban-den/{document.key}"
    assert (document.full_number, document.arrival_number, document.agency) == ("07/BDT-VP", 1, land.bureau)
    assert document.addressees == ["Lãnh đạo Ban", "Trưởng các phòng, đơn vị trực thuộc Ban"]
    assert document.signer == "Phạm Thị Ngọc Ánh"
    assert document.registered_by == clerk.key
    assert list(Clause.objects.values_list("path", flat=True)) == [
        "1",
        "2",
        "2/-1",
        "2/-2",
        "2/-2/+1",
        "2/-2/+2",
        "3",
        "KẾT",
    ]
    assert [c.number for c in Citation.objects.all()] == ["11-CT/TU", "570/QĐ-UBND"]
    file = DocumentFile.objects.get()
    assert (file.name, bytes(file.content)) == ("công văn 07.txt", LETTER.encode())


def test_what_the_clerk_corrects_counts(desk):  # A1
    address = read(desk, LETTER.encode())
    desk.post(address, filled(desk, address, number="17", signer="Phạm Ánh", addressees="Lãnh đạo Ban\n\n Các phòng "))
    document = IncomingDocument.objects.get()
    assert (document.number, document.signer, document.addressees) == ("17", "Phạm Ánh", ["Lãnh đạo Ban", "Các phòng"])


def test_once_entered_what_was_read_is_forgotten_and_the_address_leads_to_the_document(desk):
    address = read(desk, LETTER.encode())
    sent = filled(desk, address)
    first = desk.post(address, sent)["Location"]
    pending = PendingReading.objects.get()
    assert (pending.content, pending.text, pending.reading, pending.file_name) == (None, None, None, None)
    assert desk.get(address)["Location"] == first
    assert desk.post(address, sent)["Location"] == first, "sent twice, entered once"
    assert IncomingDocument.objects.count() == 1


def test_a_refused_entry_writes_nothing_and_keeps_what_was_typed(desk):  # A1
    address = read(desk, LETTER.encode())
    page = desk.post(address, filled(desk, address, arrived_on="01/02/2021", signer="Phạm Ánh"))
    assert page.status_code == 400
    assert "Ngày đến không được trước ngày của văn bản." in words(page)
    assert page.context["form"]["signer"].value() == "Phạm Ánh"
    assert not (IncomingDocument.objects.exists() or Clause.objects.exists())
    assert PendingReading.objects.get().is_waiting


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_letter_reads_the_same_from_every_kind_of_file(desk, kind):  # A1
    address = read(desk, FORMATS[kind](LETTER), f"cv.{kind}")
    desk.post(address, filled(desk, address))
    document = IncomingDocument.objects.get()
    assert (document.full_number, document.kind, str(document.issued_on)) == ("07/BDT-VP", "letter", "2021-02-05")
    assert document.subject == "thực hiện các biện pháp phòng, chống dịch tại cơ quan Ban Dân tộc"
    assert [c.path for c in document.clauses.all()] == ["1", "2", "2/-1", "2/-2", "2/-2/+1", "2/-2/+2", "3", "KẾT"]
    assert document.files.get().kind == kind


@pytest.mark.parametrize("kind", FORMATS)
def test_of_a_letter_whose_head_and_signature_were_pictures_they_are_said_to_be_missing(desk, kind):  # A1
    address = read(desk, FORMATS[kind](WITHOUT_HEAD), f"cv.{kind}")
    fields = {one.field.name: one for one in desk.get(address).context["fields"]}
    missing = {name for name, one in fields.items() if one.missing}
    assert missing == {"superior", "signer", "signer_title", "capacity"}
    assert fields["issuer"].doubtful
    desk.post(address, filled(desk, address))
    document = IncomingDocument.objects.get()
    assert (document.full_number, document.signer, document.superior) == ("31/VP-HCTH", "", "")
    assert document.issuer == "Chánh Văn phòng UBND thành phố"
    assert [clause.path for clause in document.clauses.all()] == ["1", "2", "2/-1", "2/-2", "3", "KẾT"]
    assert words(desk.get(f"/van-ban-den/{document.key}")).count("không có trong tệp") == 4


def test_pasted_text_is_read_the_same_and_leaves_no_file(desk):  # A1
    agency = desk.get(TAKE).context["form"].fields["agency"].initial
    address = desk.post(TAKE, {"agency": agency, "text": LETTER})["Location"]
    assert ("a", "07") in marks(desk.get(address))
    desk.post(address, filled(desk, address))
    document = IncomingDocument.objects.get()
    assert (document.clauses.count(), document.files.count()) == (8, 0)


def test_neither_file_nor_text_or_both_is_asked_back(desk):
    agency = desk.get(TAKE).context["form"].fields["agency"].initial
    neither = desk.post(TAKE, {"agency": agency, "text": "  "})
    assert "Chọn một tệp, hoặc dán nội dung vào ô dưới." in words(neither)
    both = upload(desk, LETTER.encode(), text="1. Việc một.")
    assert "Đã chọn tệp thì để trống ô này" in words(both)
    assert not PendingReading.objects.exists()


@pytest.mark.parametrize("way", ["file", "text", "hand"])
def test_a_secret_paper_is_refused_whichever_way_it_comes_and_nothing_is_kept(desk, way):  # L1, D12
    secret = "MẬT\n" + LETTER
    agency = desk.get(TAKE).context["form"].fields["agency"].initial
    if way == "file":
        page = upload(desk, secret.encode())
    elif way == "text":
        page = desk.post(TAKE, {"agency": agency, "text": secret})
        assert page.context["form"]["text"].value() == secret, "what was typed stays"
    else:
        page = desk.post("/van-ban-den/nhap-tay", hand(desk, text=secret, signer="Lê Ánh"))
        assert page.context["form"]["signer"].value() == "Lê Ánh"
    assert "Văn bản có dấu MẬT không được đưa vào hệ thống. Hãy xử lý tại bộ phận văn thư mật." in words(page)
    assert not (PendingReading.objects.exists() or IncomingDocument.objects.exists())


def test_a_file_of_a_wrong_kind_is_refused_at_its_field(desk):  # D12
    page = upload(desk, b"MZ\x90\x00" + bytes(200), "cv.docx")
    assert page.status_code == 400
    assert page.context["form"].errors["file"]


def test_the_same_file_again_is_said_to_be_in_the_register_with_a_link(desk):  # A1
    address = read(desk, LETTER.encode())
    document = desk.post(address, filled(desk, address))["Location"]
    page = upload(desk, LETTER.encode(), "bản sao.txt")
    assert page.status_code == 400
    assert "Tệp này đã có trong sổ văn bản đến, số đến 1/2026." in words(page)
    assert f'href="{document}"' in page.content.decode()


def test_the_same_document_from_another_file_is_refused_with_a_link_to_its_line(desk):  # A1
    address = read(desk, LETTER.encode())
    document = desk.post(address, filled(desk, address))["Location"]
    other = read(desk, docx(*LETTER.splitlines()), "cv.docx")
    page = desk.post(other, filled(desk, other))
    assert page.status_code == 400
    assert "đã có trong sổ văn bản đến" in words(page)
    assert f'href="{document}"' in page.content.decode()
    assert IncomingDocument.objects.count() == 1


def test_two_clerks_who_read_one_file_at_once_enter_it_once(desk, clerk):  # A1, D8
    first, second = read(desk, PLAN.encode()), read(desk, PLAN.encode())
    document = desk.post(first, filled(desk, first, number="1"))["Location"]
    page = desk.post(second, filled(desk, second, number="2"))
    assert "Tệp này đã có trong sổ văn bản đến" in words(page)
    assert f'href="{document}"' in page.content.decode()
    assert IncomingDocument.objects.count() == 1


def hand(desk, **changes):
    form = desk.get("/van-ban-den/nhap-tay").context["form"]
    start = {bound.name: bound.value() for bound in form} | {
        "number": "215", "symbol": "UBND-VP", "issuer": "UBND thành phố Đông Giang", "issued_on": "16/11/2026",
        "subject": "tăng cường phòng, chống dịch", "addressees": "Các sở",
    }  # fmt: skip
    return {name: "" if value is None else value for name, value in (start | changes).items()}


def test_a_document_without_a_file_is_entered_by_hand_with_its_clauses(desk):  # A1
    text = "1. Khai báo y tế hằng ngày.\n2. Chánh Văn phòng có trách nhiệm:\n- Đo thân nhiệt;\n- Chuẩn bị khẩu trang."
    response = desk.post("/van-ban-den/nhap-tay", hand(desk, text=text))
    document = IncomingDocument.objects.get()
    assert response["Location"] == f"/van-ban-den/{document.key}"
    assert [(c.path, c.text) for c in document.clauses.all()] == [
        ("1", "Khai báo y tế hằng ngày."), ("2", "Chánh Văn phòng có trách nhiệm:"), ("2/-1", "Đo thân nhiệt;"),
        ("2/-2", "Chuẩn bị khẩu trang."),
    ]  # fmt: skip


def test_by_hand_without_any_text_the_document_has_no_clauses(desk):  # A1
    desk.post("/van-ban-den/nhap-tay", hand(desk))
    assert IncomingDocument.objects.get().clauses.count() == 0


def test_a_document_that_is_not_wanted_is_dropped_and_forgotten(desk):
    address = read(desk, LETTER.encode())
    assert desk.post(f"{address}/bo")["Location"] == TAKE
    pending = PendingReading.objects.get()
    assert (pending.content, pending.text, pending.reading, pending.file_name) == (None, None, None, None)
    page = desk.get(address)
    assert "đã chờ quá một ngày" in words(page)
    assert "Đang chờ vào sổ" not in words(desk.get(TAKE))


def test_what_nobody_entered_within_a_day_is_forgotten(desk, clerk):
    address = read(desk, LETTER.encode())
    assert purge_readings(by=SETUP, at=clock.now() + timedelta(hours=23)) == 0
    assert purge_readings(by=SETUP, at=clock.now() + timedelta(hours=25)) == 1
    assert purge_readings(by=SETUP, at=clock.now() + timedelta(hours=49)) == 0
    pending = PendingReading.objects.get()
    assert (pending.content, pending.text, pending.reading) == (None, None, None)
    with pytest.raises(Conflict) as over:
        register_read(pending, by=actor(clerk), facts={"subject": "x", "issuer": "y"})
    assert over.value.code == "reading-over"
    assert address


def test_the_purge_runs_each_hour():
    assert purge_pending_readings.name == "directives.purge_readings"


def test_dropping_what_is_entered_is_refused(desk, clerk):
    address = read(desk, LETTER.encode())
    desk.post(address, filled(desk, address))
    with pytest.raises(Refusal) as over:
        drop_reading(PendingReading.objects.get(), by=actor(clerk))
    assert over.value.code == "reading-over"


def test_file_and_text_wait_sealed(desk):  # S-15
    read(desk, LETTER.encode(), "bí mật gia đình.txt")
    row = PendingReading.objects.values("file_name", "content", "text", "reading").get()
    assert "sealed" in repr(row)
    assert not re.search("07|BDT", repr(row))


def test_every_step_is_in_the_trail_and_names_the_clerk(desk, clerk):  # L4
    address = read(desk, LETTER.encode())
    desk.post(address, filled(desk, address))
    verbs = AuditEntry.objects.filter(actor=clerk.key).values_list("verb", flat=True)
    assert {"directives.prepare_reading", "documents.register_incoming", "directives.register_read"} <= set(verbs)


def test_hostile_words_in_a_file_stay_words(desk):
    hostile = LETTER.replace("Ban Dân tộc yêu cầu", "<script>alert(1)</script> {{ 7|add:7 }} yêu cầu")
    page = desk.get(read(desk, hostile.encode()))
    assert b"<script>alert" not in page.content
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7|add:7 }}" in page.content.decode()


def test_on_an_english_screen_the_kind_of_a_vietnamese_paper_is_still_known(desk):
    desk.cookies["django_language"] = "en"
    desk.cookies["language"] = "en"
    page = desk.get(read(desk, PLAN.encode()), headers={"accept-language": "en"})
    assert page.context["form"]["kind"].value() == "plan"


@pytest.mark.parametrize("role", ["staff", "head", "guard", "leader", "administrator"])
def test_who_does_not_keep_the_register_takes_nothing_in(enter, people, role):  # A1, B2
    browser = enter(getattr(people, role))
    assert browser.get(TAKE).status_code == 403
    assert browser.post("/van-ban-den/nhap-tay", {}).status_code == 403


def test_a_document_that_waits_is_seen_by_the_register_of_its_agency_only(desk, enter, people, client, land):  # B2
    address = read(desk, LETTER.encode())
    assert enter(people.office).get(address).status_code == 200
    other = staff("Lý Thị Ơn", land.institute)
    post(other, land.institute, PostRole.CLERK)
    assert enter(other).get(address).status_code == 404
    assert enter(people.staff).get(address).status_code == 404
    assert enter(people.stranger).post(f"{address}/bo").status_code == 404


@pytest.mark.shared
@needs_seeds
@pytest.mark.parametrize("kind", FORMATS)
def test_the_letter_of_the_tet_of_2021_goes_in_from_every_kind_of_file(desk, kind):  # A1, A6
    text = next((SHARED / "seeds").glob("003_*.txt")).read_text(encoding="utf-8")
    address = read(desk, FORMATS[kind](text), f"003.{kind}")
    fields = {one.field.name: one for one in desk.get(address).context["fields"]}
    assert fields["signer"].missing
    assert fields["superior"].missing
    desk.post(address, filled(desk, address))
    document = IncomingDocument.objects.get()
    assert (document.full_number, str(document.issued_on)) == ("58/VP-HC-QT", "2021-02-16")
    assert (document.signer, document.superior) == ("", "")
    assert document.subject.startswith("thực hiện các biện pháp cấp bách phòng, chống dịch Covid-19")
    paths = "1 2 3 4 4/-1 4/-2 4/-3 5 6 6/-1 6/-2 6/-3 KẾT".split()
    assert [clause.path for clause in document.clauses.all()] == paths
    assert "tối đa 50%" in unicodedata.normalize("NFC", document.clauses.get(path="1").text)


@pytest.mark.shared
@needs_seeds
def test_every_seed_can_be_compared_and_entered_when_the_clerk_fills_what_is_missing(desk):  # A1
    for seed in sorted((SHARED / "seeds").glob("*.txt")):
        address = read(desk, seed.read_bytes(), seed.name)
        sent = filled(desk, address)
        sent |= {name: sent[name] or "chưa rõ" for name in ("issuer", "subject")}
        response = desk.post(address, sent)
        assert response.status_code == 302, (seed.name, words(response)[:2000])
    assert IncomingDocument.objects.count() == 5
    assert DocumentFile.objects.count() == 5

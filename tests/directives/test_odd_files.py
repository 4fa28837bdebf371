"""Files as they really arrive at the entry desk: tables, headers, scans, traps; refused in words or read whole (A1, D12, L1)."""

import re
import unicodedata

import pytest

from taicho.directives.models import Clause, PendingReading
from taicho.documents.models import DocumentFile, IncomingDocument
from taicho.kernel.models import AuditEntry
from tests.directives.desks import BY_HAND, TAKE, enter_read, paste, upload, words
from tests.directives.letters import LETTER
from tests.kernel.corpus.clean import table
from tests.kernel.corpus.hostile_archives import climbers, torn
from tests.kernel.corpus.hostile_office import entities, links, macros
from tests.kernel.corpus.hostile_pdf import actions, attachments
from tests.kernel.corpus.office import docx, docx_members, paragraph, zipped
from tests.kernel.corpus.pdf import modern_pdf, pdf
from tests.organisation.land import actor

pytestmark = pytest.mark.django_db


def few(uploads, *kinds, most=2):
    """The first hostile files of a kind that the desk takes at all."""
    return [one for one in uploads if one.name.rsplit(".", 1)[-1] in kinds][:most]


HOSTILE = [
    *few(macros(), "docx"), *few(links(), "docx"), *few(entities(), "docx", most=1), *few(actions(), "pdf"),
    *few(attachments(), "pdf", most=1), *few(climbers(), "docx", most=1), *few(torn(), "docx", "odt", most=1),
]  # fmt: skip


@pytest.fixture
def desk(enter, people):
    """The office's browser."""
    return enter(people.office)


@pytest.mark.parametrize("file", HOSTILE, ids=lambda file: f"{file.trait}-{file.name.rsplit('.', 1)[-1]}")
def test_a_trap_is_refused_at_its_field_with_what_to_do_and_nothing_is_kept(desk, file):  # D12, S-06
    page = upload(desk, file.content, file.name)
    assert page.status_code == 400
    (sentence,) = page.context["form"].errors["file"]
    assert sentence.endswith(".")
    assert not (PendingReading.objects.exists() or DocumentFile.objects.exists())


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("rong.txt", b"", "trống|rỗng"), ("la.docx", b"%PDF-1.4 khong phai", "hỏng"), ("cu.doc", b"\xd0\xcf\x11\xe0" + bytes(600), "Unicode|docx|hỏng"),
        ("trang.html", b"<!DOCTYPE html><html><body>x</body></html>", "docx"), ("a.txt", b"\xff\xfe\x00\xd8\xff", "UTF-8|hỏng"),
        ("anh.png", b"\x89PNG\r\n\x1a\n" + bytes(100), "docx|hỏng|dùng"), ("a.rtf", rb"{\rtf1 x}", "docx"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value and "|" not in value else None,
)  # fmt: skip
def test_a_file_the_desk_does_not_take_says_what_it_takes(desk, name, data, says):  # D12
    page = upload(desk, data, name)
    assert page.status_code == 400
    assert re.search(says, str(page.context["form"].errors["file"]))
    assert not PendingReading.objects.exists()


def test_a_letter_whose_head_stands_in_a_table_is_read_from_its_cells(desk):  # A1
    head = table(
        ("ỦY BAN NHÂN DÂN TỈNH MINH GIANG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Số: 12/UBND-VP", "Minh Giang, ngày 05 tháng 02 năm 2021"),
    )
    body = "".join(
        map(paragraph, ["V/v trực cơ quan", "Kính gửi: Các sở", "Thực hiện nội dung sau:", "1. Một.", "2. Hai./."])
    )
    address = upload(desk, zipped(docx_members(head + body)), "cv.docx")["Location"]
    enter_read(desk, address, issuer="UBND tỉnh Minh Giang", subject="trực cơ quan")
    document = IncomingDocument.objects.get()
    assert (document.number, document.symbol) == ("12", "UBND-VP")
    assert {"1", "2"} <= set(document.clauses.values_list("path", flat=True))


def test_a_compressed_pdf_reads_as_a_plain_one(desk):  # A1
    lines = ["Số: 12/UBND-VP", "V/v trực cơ quan", "1. Việc thứ nhất.", "2. Việc thứ hai."]
    found = []
    for n, data in enumerate((pdf(lines), modern_pdf(lines))):
        page = desk.get(upload(desk, data, f"{n}.pdf")["Location"])
        found.append((page.context["form"]["number"].value(), [label for label, _ in page.context["clauses"]]))
    assert found[0] == found[1] == ("12", ["mục 1", "mục 2"])


def test_a_scan_has_no_letters_and_the_page_says_so_instead_of_guessing(desk):  # A1
    address = upload(desk, pdf([""]), "ban-quet.pdf")["Location"]
    page = desk.get(address)
    assert "Tệp không có chữ nào đọc được." in words(page)
    assert "Không đọc được mục nào." in words(page)
    assert page.context["found"] == 0
    assert enter_read(desk, address, issuer="UBND tỉnh", subject="trực").status_code == 302
    assert DocumentFile.objects.get().document.clauses.count() == 0


@pytest.mark.parametrize(
    ("mark", "kind"),
    [
        ("MẬT", "txt"), ("MẬT", "docx"), ("MẬT", "pdf"), ("TỐI MẬT", "txt"), ("TUYỆT MẬT", "txt"), ("M Ậ T", "docx"),
        (unicodedata.normalize("NFD", "MẬT"), "pdf"),
    ],
)  # fmt: skip
def test_a_secrecy_mark_is_seen_in_every_kind_of_file(desk, mark, kind):  # L1, D12
    lines = [mark, *LETTER.splitlines()[:12]]
    data = {"txt": "\n".join(lines).encode(), "docx": docx(*lines), "pdf": pdf(lines)}[kind]
    page = upload(desk, data, f"cv.{kind}")
    assert page.status_code == 400
    assert "dấu MẬT" in words(page)
    assert not PendingReading.objects.exists()


@pytest.mark.parametrize("name", ["KH 05 (MẬT).txt", "TUYET MAT.txt"])
def test_a_file_whose_name_bears_the_mark_is_refused(desk, name):  # L1
    page = upload(desk, LETTER.encode(), name)
    assert (page.status_code, PendingReading.objects.exists()) == (400, False)


@pytest.mark.parametrize(
    "name", ["mật độ dân cư.txt", "bảo mật.txt", "Kế hoạch, lần 2 (sửa).txt", "tệp " + "dài" * 60 + ".txt"]
)
def test_a_file_with_an_odd_but_honest_name_is_taken(desk, name):
    assert upload(desk, LETTER.encode(), name).status_code == 302
    assert PendingReading.objects.get().file_name.endswith(".txt")


def test_a_refused_file_is_said_to_the_trail_without_its_words(desk, people):  # L4, L1
    upload(desk, ("MẬT\n" + LETTER).encode())
    told = repr(list(AuditEntry.objects.values()))
    assert "BDT-VP" not in told
    assert not AuditEntry.objects.filter(verb="directives.prepare_reading").exists()
    assert actor(people.office).person == people.office.key


TOO_MANY = "\n".join(f"{n % 99 + 1}. Việc thứ {n}" for n in range(2_001))


@pytest.mark.parametrize("way", ["file", "text", "hand"])
def test_a_document_with_more_clauses_than_a_page_shows_is_refused_with_what_to_do(desk, way):  # S-04
    if way == "file":
        page = upload(desk, TOO_MANY.encode())
    elif way == "text":
        page = paste(desk, TOO_MANY)
    else:
        form = desk.get(BY_HAND).context["form"]
        start = {bound.name: bound.value() or "" for bound in form}
        page = desk.post(BY_HAND, start | {"issuer": "A", "subject": "B", "text": TOO_MANY})
    assert page.status_code == 400
    assert "hơn 2.000 mục" in words(page)
    assert "Hãy tách danh sách, phụ lục ra" in words(page)
    field = {"file": "file", "text": "text", "hand": "__all__"}[way]
    assert set(page.context["form"].errors) == {field}
    assert not (PendingReading.objects.exists() or IncomingDocument.objects.exists() or Clause.objects.exists())


def test_the_largest_document_that_fits_is_taken_whole(desk):  # S-04
    fitting = "\n".join(TOO_MANY.splitlines()[:2_000])
    address = upload(desk, fitting.encode())["Location"]
    enter_read(desk, address, issuer="A", subject="B")
    assert IncomingDocument.objects.get().clauses.count() == 2_000


def test_a_text_longer_than_any_decree_is_refused_before_it_is_read(desk):  # S-04
    page = upload(desk, b"x " * 500_001)
    assert page.status_code == 400
    assert "hơn 1.000.000 chữ" in words(page)
    assert not PendingReading.objects.exists()


def test_too_many_citations_are_refused_like_too_many_clauses(desk):  # S-04
    text = "\n".join(f"Căn cứ Quyết định số {n}/QĐ-UB ngày 1/1/2021;" for n in range(1, 2_002))
    page = upload(desk, text.encode())
    assert (page.status_code, PendingReading.objects.exists()) == (400, False)
    assert "văn bản được dẫn" in words(page)


def test_a_struck_out_file_may_come_in_again(desk):  # A1
    first = enter_read(desk, upload(desk, LETTER.encode())["Location"])["Location"]
    desk.post(f"{first}/huy", {"reason": "Chọn nhầm cơ quan nhận"})
    again = upload(desk, LETTER.encode())
    assert again.status_code == 302
    assert enter_read(desk, again["Location"]).status_code == 302
    assert [one.is_struck_out for one in IncomingDocument.objects.order_by("pk")] == [True, False]


def test_a_letter_read_again_under_another_spelling_is_asked_about_on_the_comparison(desk):  # A1
    first = enter_read(desk, upload(desk, LETTER.encode())["Location"], issuer="Ban Dân tộc thành phố Minh Giang")[
        "Location"
    ]
    address = upload(desk, docx(*LETTER.splitlines()), "cv.docx")["Location"]
    page = enter_read(desk, address, issuer="Ban Dân tộc TP. Minh Giang")
    assert page.status_code == 400
    assert "Có thể văn bản này đã có trong sổ." in words(page)
    assert f'href="{first}"' in page.content.decode()
    assert enter_read(desk, address, issuer="Ban Dân tộc TP. Minh Giang", khac="1").status_code == 302
    assert IncomingDocument.objects.count() == 2


def test_the_desk_says_which_documents_wait_and_only_those_of_the_own_register(desk, enter, people):
    upload(desk, LETTER.encode(), "một.txt")
    assert "một.txt" in words(desk.get(TAKE))
    assert enter(people.staff).get(TAKE).status_code == 403

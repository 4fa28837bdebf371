"""One document under two spellings of its issuer is asked about before it gets a second number (A1)."""

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taicho.documents.actions.registering import AlikeRegistered, correct_incoming
from taicho.documents.actions.striking import strike_out
from taicho.documents.models import IncomingDocument
from taicho.documents.queries.register import alike_document
from taicho.documents.rules.spellings import IN_FULL, alike_bodies, bare_number, bare_symbol
from taicho.kernel.models import AuditEntry
from taicho.kernel.refusals import Conflict
from tests.documents.papers import FACTS, entered
from tests.organisation.land import SETUP, actor

SPELLINGS = [
    "Ủy ban nhân dân thành phố Đông Giang", "ỦY BAN NHÂN DÂN THÀNH PHỐ ĐÔNG GIANG", "UBND TP. Đông Giang",
    "UBND TP Đông Giang", "UBND thành phố Đông-Giang", "Uy ban nhan dan thanh pho Dong Giang", "UBND Đông Giang",
    unicodedata.normalize("NFD", "Ủy ban nhân dân thành phố Đông Giang"),
]  # fmt: skip


@pytest.mark.parametrize("spelt", SPELLINGS)
def test_one_body_is_known_in_the_ways_offices_spell_it(spelt):  # A1
    assert alike_bodies("UBND thành phố Đông Giang", spelt)
    assert alike_bodies(spelt, "UBND thành phố Đông Giang")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND xã Đông Hà", "UBND xã Tây Sơn"), ("Sở Y tế", "Sở Nội vụ"), ("UBND tỉnh Minh Giang", "HĐND tỉnh Minh Giang"),
        ("Sở Y tế", ""), ("", ""), ("…", "UBND tỉnh"),
    ],
)  # fmt: skip
def test_two_bodies_are_not_made_one(one, other):  # A1
    assert not alike_bodies(one, other)


@pytest.mark.parametrize(
    ("printed", "bare"), [("07", "7"), ("7", "7"), (" 007 ", "7"), ("0", "0"), ("00", "00"), ("", "")]
)
def test_a_number_is_compared_without_what_fills_it_up(printed, bare):
    assert bare_number(printed) == bare


def test_a_symbol_is_compared_without_blanks_case_and_accents():
    assert bare_symbol("QĐ - ubnd") == bare_symbol("QĐ-UBND") == "qd-ubnd"


names = st.lists(st.sampled_from(["UBND", "TP.", "Sở", "Y", "tế", "Đông", "Giang", *IN_FULL]), min_size=1, max_size=6)


@given(names, names)
def test_being_alike_does_not_depend_on_which_paper_came_first(one, other):
    first, second = " ".join(one), " ".join(other)
    assert alike_bodies(first, second) == alike_bodies(second, first)
    assert alike_bodies(first, first)


@pytest.mark.django_db
class TestTheRegister:
    """What the action and the query say."""

    @pytest.mark.parametrize("issuer", SPELLINGS[2:4] + SPELLINGS[6:7])
    def test_another_spelling_is_refused_with_the_line_that_stands(self, land, issuer):  # A1
        first = entered(land.bureau)
        with pytest.raises(AlikeRegistered, match="Số đến 1/2026 đã ghi văn bản cùng số, ký hiệu, ngày") as refused:
            entered(land.bureau, issuer=issuer)
        assert refused.value.document == first
        assert "“UBND thành phố Đông Giang”" in refused.value.sentence
        assert IncomingDocument.objects.count() == 1

    @pytest.mark.parametrize(
        "other", [{"number": "0215"}, {"symbol": "UBND - VP"}, {"symbol": "ubnd-vp"}, {"issuer": "UBND TP. Đông Giang"}]
    )
    def test_a_number_or_symbol_in_another_form_is_asked_about_too(self, land, other):  # A1
        entered(land.bureau)
        with pytest.raises(AlikeRegistered):
            entered(land.bureau, **other)

    def test_without_a_day_the_same_number_and_symbol_are_asked_about(self, land):  # A1
        entered(land.bureau, issued_on=None)
        with pytest.raises(AlikeRegistered):
            entered(land.bureau, issued_on=None)

    @pytest.mark.parametrize(
        "other",
        [
            {"issuer": "UBND thành phố Tây Giang"}, {"issued_on": date(2026, 11, 17)}, {"issued_on": None}, {"number": "2150"},
            {"number": "15"}, {"symbol": "UBND-NC"}, {"number": ""}, {"symbol": ""},
        ],
    )  # fmt: skip
    def test_another_document_is_entered_without_a_question(self, land, other):  # A1
        entered(land.bureau)
        assert entered(land.bureau, **other).arrival_number == 2

    def test_knowingly_it_is_entered_and_the_trail_names_the_line_beside_it(self, land, people):  # A1, L4
        first = entered(land.bureau)
        second = entered(land.bureau, issuer="UBND TP. Đông Giang", by=actor(people.clerk), knowingly=True)
        assert second.arrival_number == 2
        entry = AuditEntry.objects.get(verb="documents.register_incoming", object_key=second.key)
        assert entry.actor == people.clerk.key
        assert alike_document(land.bureau, FACTS | {"issuer": "UBND Đông Giang"}) == first

    def test_what_the_database_calls_the_same_is_refused_however_knowingly(self, land):  # A1
        entered(land.bureau)
        with pytest.raises(Conflict) as refused:
            entered(land.bureau, issuer="ubnd thành phố ĐÔNG GIANG", knowingly=True)
        assert refused.value.code == "documents_same_document_registered_once"

    def test_a_struck_out_line_is_asked_about_no_more(self, land):  # A1
        strike_out(entered(land.bureau), by=SETUP, reason="nhầm")
        assert entered(land.bureau, issuer="UBND TP. Đông Giang").arrival_number == 2

    def test_the_register_of_another_agency_is_no_reason_to_ask(self, land):  # B2
        entered(land.institute)
        assert entered(land.bureau, issuer="UBND TP. Đông Giang").arrival_number == 1

    def test_a_correction_of_the_spelling_asks_nothing(self, land, people):
        document = entered(land.bureau)
        correct_incoming(document, by=actor(people.clerk), seen=1, issuer="UBND TP. Đông Giang")
        assert IncomingDocument.objects.get().issuer == "UBND TP. Đông Giang"

    def test_a_refused_entry_leaves_no_number_and_no_trail(self, land):  # A1
        entered(land.bureau)
        with pytest.raises(AlikeRegistered):
            entered(land.bureau, number="0215")
        assert AuditEntry.objects.filter(verb="documents.register_incoming").count() == 1
        assert entered(land.bureau, number="216").arrival_number == 2

    def test_asking_takes_one_query_however_many_lines_stand(self, land, django_assert_num_queries):
        for n in range(5):
            entered(land.bureau, number=str(n + 1), issued_on=date(2026, 11, 16))
        with django_assert_num_queries(1):
            assert alike_document(land.bureau, FACTS | {"number": "03"}) is not None


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def by_hand(enter, people):
    """Send the page that enters a document by hand."""
    desk = enter(people.clerk)

    def send(**changes):
        form = desk.get("/van-ban-den/nhap-tay").context["form"]
        start = {bound.name: bound.value() or "" for bound in form} | {
            "number": "215", "symbol": "UBND-VP", "issued_on": "16/11/2026", "subject": "tăng cường phòng, chống dịch",
        }  # fmt: skip
        return desk.post("/van-ban-den/nhap-tay", start | changes)

    return send


@pytest.mark.django_db
def test_the_page_warns_with_a_link_and_offers_to_go_on_knowingly(by_hand, land):  # A1
    first = entered(land.bureau)
    page = by_hand(issuer="UBND TP. Đông Giang")
    assert page.status_code == 400
    assert "Có thể văn bản này đã có trong sổ." in words(page)
    assert f'href="/van-ban-den/{first.key}"' in page.content.decode()
    assert page.context["form"]["issuer"].value() == "UBND TP. Đông Giang", "what was typed stays"
    assert 'name="khac"' in page.content.decode()
    assert by_hand(issuer="UBND TP. Đông Giang", khac="1").status_code == 302
    assert IncomingDocument.objects.count() == 2


@pytest.mark.django_db
def test_the_first_button_of_the_page_never_goes_on_knowingly(by_hand, land):  # A1
    entered(land.bureau)
    html = by_hand(issuer="UBND TP. Đông Giang").content.decode()
    buttons = re.findall(r"<button[^>]*>", html[html.index('id="id_issuer"') :])
    assert "khac" not in buttons[0]


@pytest.mark.django_db
def test_for_the_very_same_document_nobody_is_offered_to_go_on(by_hand, land):  # A1
    entered(land.bureau)
    page = by_hand(issuer="UBND thành phố Đông Giang")
    assert "Văn bản này đã có trong sổ." in words(page)
    assert 'name="khac"' not in page.content.decode()
    assert by_hand(issuer="UBND thành phố Đông Giang", khac="1").status_code == 400
    assert IncomingDocument.objects.count() == 1

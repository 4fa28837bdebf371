"""A clause that the reader took wrongly is corrected while no measure rests on it; what was read stays beside it (A6)."""

import re

import pytest
from django.db import IntegrityError, transaction

from taicho.directives.actions.correcting import correct_clause
from taicho.directives.actions.measures import confirm_measure, withdraw
from taicho.directives.models import Clause, Measure
from taicho.directives.queries.document_page import clauses_of, names_of
from taicho.documents.actions.registering import correct_incoming
from taicho.documents.actions.striking import strike_out
from taicho.kernel import clock
from taicho.kernel.models import AuditEntry
from taicho.kernel.refusals import Conflict, Refusal
from taicho.organisation.enums import PostRole
from tests.directives.papers import by_clerk, cap, clause_of, letter
from tests.organisation.land import SETUP, post, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def clause(land):
    return clause_of(letter(land), "4/-3")


def corrected(clause, people, *, seen=1, **changes):
    return correct_clause(
        clause, by=by_clerk(people), seen=seen, **({"path": clause.path, "text": clause.text} | changes)
    )


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def at(clause):
    return f"/van-ban-den/muc/{clause.key}/sua"


def test_the_words_are_corrected_and_what_was_read_stays_with_who_and_when(clause, people):  # A6
    corrected(clause, people, text="  Bố trí tối đa 50% công chức. ")
    kept = Clause.objects.get(pk=clause.pk)
    assert (kept.path, kept.text) == ("4/-3", "Bố trí tối đa 50% công chức.")
    assert (kept.read_path, kept.read_text) == ("4/-3", "Nội dung mục 4/-3.")
    assert (kept.corrected_by, kept.corrected_at, kept.version) == (people.office.key, clock.now(), 2)
    assert kept.read_label == "mục 4, ý thứ 3"


def test_a_second_correction_keeps_the_first_reading_and_not_the_first_correction(clause, people):  # A6
    corrected(clause, people, text="Một.")
    corrected(clause, people, seen=2, text="Hai.", path="5")
    kept = Clause.objects.get(pk=clause.pk)
    assert (kept.path, kept.text) == ("5", "Hai.")
    assert (kept.read_path, kept.read_text) == ("4/-3", "Nội dung mục 4/-3.")


def test_each_correction_is_in_the_trail_with_who(clause, people):  # L4
    corrected(clause, people, text="Một.")
    corrected(clause, people, seen=2, text="Hai.")
    entries = AuditEntry.objects.filter(verb="directives.correct_clause")
    assert [(entry.actor, entry.object_key) for entry in entries] == [(people.office.key, clause.key)] * 2


def test_saving_what_already_stands_corrects_nothing(clause, people):
    corrected(clause, people)
    kept = Clause.objects.get(pk=clause.pk)
    assert (kept.version, kept.is_corrected, kept.read_label) == (1, False, "")
    assert not AuditEntry.objects.filter(verb="directives.correct_clause").exists()


@pytest.mark.parametrize(
    ("typed", "kept", "said"),
    [
        ("4", "4", "mục 4"), (" II / 1 / a ", "II/1/a", "mục II, mục 1, mục a"), ("2/-3", "2/-3", "mục 2, ý thứ 3"),
        ("Điều 5/1", "Điều 5/1", "mục Điều 5, mục 1"), ("¶2", "¶2", "đoạn 2"), ("KẾT", "KẾT", "đoạn cuối"),
        ("4/-3/+1", "4/-3/+1", "mục 4, ý thứ 3, ý thứ 1"), ("đ", "đ", "mục đ"),
    ],
)  # fmt: skip
def test_a_label_is_written_as_the_paper_prints_it_from_the_top(clause, people, typed, kept, said):  # A6
    assert corrected(clause, people, path=typed).path == kept
    assert Clause.objects.get(pk=clause.pk).label == said


@pytest.mark.parametrize("typed", ["", "/", "4/", "/4", "4//1", "-", "4/-", "+x", "¶", "--1", "(1)", ".", "\u200b"])
def test_a_label_that_names_nothing_is_refused_with_an_example(clause, people, typed):  # A6
    with pytest.raises(Refusal, match="cách nhau bằng dấu /") as refused:
        corrected(clause, people, path=typed)
    assert (refused.value.code, refused.value.field) == ("bad-label", "path")
    assert not Clause.objects.get(pk=clause.pk).is_corrected


def test_a_label_another_clause_bears_is_refused(clause, people):  # A6
    with pytest.raises(Conflict, match="đã có mục mang nhãn đó"):
        corrected(clause, people, path="1")
    assert Clause.objects.get(pk=clause.pk).path == "4/-3"


def test_the_same_label_in_another_document_is_no_hindrance(land, clause, people):
    letter(land, number="59", clauses=("9",))
    assert corrected(clause, people, path="9").path == "9"


@pytest.mark.parametrize("text", ["", " \n "])
def test_a_clause_does_not_lose_all_its_words(clause, people, text):
    with pytest.raises(Refusal) as refused:
        corrected(clause, people, text=text)
    assert (refused.value.code, refused.value.field) == ("bad-field", "text")
    assert Clause.objects.get(pk=clause.pk).text


def test_a_secrecy_mark_typed_into_a_clause_is_refused(clause, people):  # L1, D12
    with pytest.raises(Refusal, match="dấu MẬT"):
        corrected(clause, people, text="TỐI MẬT\nNội dung")
    assert corrected(clause, people, text="Giữ bí mật nhà nước, mật độ làm việc thấp.").version == 2


def test_a_clause_a_measure_rests_on_is_refused_and_the_measure_is_named(land, people):  # A6
    measure = cap(land)
    with pytest.raises(Refusal) as refused:
        corrected(measure.clause, people, text="Khác.")
    assert refused.value.code == "clause-in-use"
    assert refused.value.sentence == (
        "Mục này là căn cứ của biện pháp “tối đa tại cơ quan · max_pct: 50 · binding”. "
        "Rút biện pháp đó rồi mới sửa được mục."
    )
    assert not Clause.objects.get(pk=measure.clause.pk).is_corrected


def test_of_two_measures_one_taken_back_the_other_still_keeps_the_clause(land, people):  # A6
    first = cap(land)
    second = confirm_measure(
        first.clause, by=SETUP, kind="trial.trip", params={"mode": "consent"}, force="require", scope=[land.bureau],
        from_day=first.from_day,
    )  # fmt: skip
    withdraw(first, by=SETUP, reason="Đọc nhầm")
    with pytest.raises(Refusal, match="“đi lại"):
        corrected(first.clause, people, text="Khác.")
    withdraw(second, by=SETUP, reason="Đọc nhầm")
    assert corrected(first.clause, people, text="Khác.").text == "Khác."


def test_the_neighbour_of_a_clause_with_a_measure_is_free(land, people):  # A6
    measure = cap(land)
    assert corrected(clause_of(measure.clause.document, "2"), people, text="Khác.").version == 2


def test_who_corrects_an_old_version_is_told(clause, people):  # ux.md 6
    corrected(Clause.objects.get(pk=clause.pk), people, text="Một.")
    with pytest.raises(Conflict) as refused:
        corrected(clause, people, text="Hai.")
    assert refused.value.code == "changed-meanwhile"
    assert Clause.objects.get(pk=clause.pk).text == "Một."


def test_a_clause_of_a_struck_out_document_stays_as_it_is(clause, people):  # A1
    strike_out(clause.document, by=SETUP, reason="Vào sổ trùng")
    with pytest.raises(Conflict, match="đã hủy, lý do: Vào sổ trùng"):
        corrected(clause, people, text="Khác.")


def test_correcting_the_line_of_the_register_does_not_disturb_a_clause(clause, people):
    correct_incoming(clause.document, by=SETUP, seen=1, subject="khác")
    assert corrected(clause, people, text="Một.").version == 2


@pytest.mark.parametrize("broken", [{"corrected_at": None}, {"read_path": ""}])
def test_the_database_keeps_no_correction_without_what_was_read(clause, people, broken):  # D8
    corrected(clause, people, text="Một.")
    with pytest.raises(IntegrityError, match="directives_corrected_clause_keeps_what_was_read"), transaction.atomic():
        Clause.objects.filter(pk=clause.pk).update(**broken)


def test_the_clerk_corrects_on_one_page_and_comes_back_to_the_clause(enter, people, clause):  # A6
    desk = enter(people.office)
    page = desk.get(at(clause))
    assert page.context["form"]["text"].value() == "Nội dung mục 4/-3."
    answer = desk.post(at(clause), {"path": "4/-3", "text": "Bố trí 50%.", "version": "1"})
    assert answer["Location"] == f"/van-ban-den/{clause.document.key}#muc-{clause.position}"
    shown = words(desk.get(f"/van-ban-den/{clause.document.key}"))
    assert "Bố trí 50%. đã sửa 10h00, 20/11/2026 · Trần Đức Lộc máy đọc: mục 4, ý thứ 3 Nội dung mục 4/-3." in shown


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"text": ""}, "text"), ({"path": ""}, "path"), ({"path": "x" * 61}, "path"), ({"path": "1"}, None),
        ({"path": "//"}, "path"), ({"text": "a\0b"}, "text"), ({"text": "x" * 50_001}, "text"),
    ],
)  # fmt: skip
def test_a_wrong_form_keeps_what_was_typed_and_writes_nothing(enter, people, clause, sent, field):
    typed = {"path": "4/-3", "text": "Bố trí.", "version": "1"} | sent
    page = enter(people.office).post(at(clause), typed)
    assert page.status_code == 400
    assert set(page.context["form"].errors) == {field or "__all__"}
    assert page.context["form"]["text"].value() == typed["text"]
    assert not Clause.objects.get(pk=clause.pk).is_corrected


def test_two_corrections_at_once_are_shown_side_by_side(enter, people, clause):  # ux.md 6
    desk = enter(people.office)
    corrected(Clause.objects.get(pk=clause.pk), people, text="Bản của người kia.")
    page = desk.post(at(clause), {"path": "4/-3", "text": "Bản của tôi.", "version": "1"})
    assert page.status_code == 409
    assert "Bản của tôi. Bản của người kia." in words(page)
    again = desk.post(at(clause), {"path": "4/-3", "text": "Bản của tôi.", "version": "2"})
    assert again.status_code == 302


def test_hostile_words_stay_words(enter, people, clause):
    corrected(clause, people, text="<script>alert(1)</script> {{ 7|add:7 }}")
    html = enter(people.staff).get(f"/van-ban-den/{clause.document.key}").content.decode()
    assert "<script>alert" not in html
    assert "{{ 7|add:7 }}" in html


def test_only_free_clauses_offer_a_correction_and_only_to_who_keeps_the_register(enter, people, land):  # A6, B2
    measure = cap(land)
    document = measure.clause.document
    free = {shown.clause.path for shown in clauses_of(document) if shown.is_free}
    assert free == {"2", "4/-3"}
    html = enter(people.office).get(f"/van-ban-den/{document.key}").content.decode()
    assert (at(measure.clause) in html, at(clause_of(document, "2")) in html) == (False, True)
    assert "/muc/" not in enter(people.staff).get(f"/van-ban-den/{document.key}").content.decode()


@pytest.mark.parametrize(
    ("role", "answer"),
    [("staff", 403), ("leader", 403), ("head", 403), ("administrator", 403), ("researcher", 404), ("superior", 404)],
)
def test_who_does_not_keep_the_register_corrects_no_clause(enter, people, clause, role, answer):  # B2
    browser = enter(getattr(people, role))
    assert browser.get(at(clause)).status_code == answer
    assert browser.post(at(clause), {"path": "1", "text": "x", "version": "1"}).status_code == answer
    assert not Clause.objects.get(pk=clause.pk).is_corrected


def test_a_clerk_of_the_agency_below_finds_no_clause_of_the_one_above(enter, people, land, clause):  # B2
    below = staff("Lý Thị Ơn", land.institute)
    post(below, land.institute, PostRole.CLERK)
    assert enter(below).get(at(clause)).status_code == 404


def test_a_document_asks_as_often_with_many_corrected_clauses_as_with_one(land, people, django_assert_num_queries):
    document = letter(land, clauses=tuple(str(n) for n in range(1, 12)))
    for clause in document.clauses.all():
        corrected(clause, people, text="Khác.")
    with django_assert_num_queries(3):
        assert {shown.corrector for shown in clauses_of(document)} == {"Trần Đức Lộc"}


def test_nobody_has_no_name_and_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert names_of([None, None]) == {}


def test_a_measure_confirmed_after_the_correction_cites_the_corrected_clause(land, clause, people):  # A6
    corrected(clause, people, path="5", text="Bố trí tối đa 50%.")
    measure = confirm_measure(
        clause, by=SETUP, kind="trial.cap", params={"max_pct": 50}, force="require", scope=[land.bureau],
        from_day=clock.today(),
    )  # fmt: skip
    assert Measure.objects.get().clause.label == "mục 5"
    assert measure.clause.read_label == "mục 4, ý thứ 3"


def test_who_confirms_words_that_were_corrected_meanwhile_is_asked_to_read_again(enter, people, land, clause):  # A6
    desk = enter(people.office)
    where = f"/van-ban-den/{clause.document.key}/bien-phap?muc=4/-3&loai=trial.cap"
    form = desk.get(where).context["form"]
    assert form["clause_version"].value() == 1
    corrected(Clause.objects.get(pk=clause.pk), people, text="Bố trí tối đa 30%.")
    sent = {"p_max_pct": "50", "force": "require", "scope": str(land.bureau.key), "from_day": "20/11/2026"}
    page = desk.post(where, sent | {"clause_version": "1"})
    assert page.status_code == 400
    assert "Mục này vừa được sửa." in words(page)
    assert not Measure.objects.exists()
    assert desk.post(where, sent | {"clause_version": "2"}).status_code == 302

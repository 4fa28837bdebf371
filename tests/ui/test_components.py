"""Components say what they show in words, symbol and order (look.md 2 and 7; ux.md 6 and 7)."""

import re

import pytest
from django.core.paginator import Paginator

from taicho.ui import specimens
from taicho.ui.choices import Choice, Step
from tests.ui.rendering import render

HOSTILE = "\"><script>alert(1)</script><b x='"
STATUSES = ["on_time", "late", "missing", "returned", "exempt", "overdue", "new"]


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


@pytest.mark.parametrize("status", STATUSES)
def test_a_badge_has_symbol_and_word_and_cannot_be_clicked(status):
    html = render(f'<c-badge status="{status}">tính từ</c-badge>')
    assert html.count("<svg") == 1
    assert "tính từ" in html
    assert not re.search(r"<(a|button)\b", html)


def test_the_seven_symbols_are_seven_shapes():
    shapes = {
        re.search(r"focusable=\"false\">(.*?)</svg>", render(f'<c-badge status="{s}">x</c-badge>'))[1] for s in STATUSES
    }
    assert len(shapes) == 7


def test_a_button_that_cannot_be_pressed_says_why():
    html = render('<c-button because="chờ đủ 10 đơn vị">Gửi</c-button>')
    assert words(html) == "Gửi: chờ đủ 10 đơn vị"
    assert 'aria-disabled="true"' in html
    assert 'type="button"' in html, "it sends nothing"


def test_a_button_with_an_address_is_a_link():
    assert '<a class="button button-solid" href="/in"' in render('<c-button kind="solid" href="/in">In</c-button>')


def test_both_answers_weigh_the_same_and_none_is_given():
    html = render('<c-answers name="q" sends="và gửi khai báo" />')
    assert html.count('class="answer"') == 2
    assert "checked" not in html
    assert words(html) == "Không và gửi khai báo Có"


def test_the_reason_names_document_clause_and_end():
    html = render('<c-why document="CV 58/VP-HC-QT" clause="mục 1" until="hiệu lực đến hết 02/3/2021" href="/vb/58" />')
    assert words(html) == "vì: CV 58/VP-HC-QT, mục 1 , hiệu lực đến hết 02/3/2021"
    assert '<a href="/vb/58">CV 58/VP-HC-QT, mục 1</a>' in html


def test_an_office_decision_is_no_clause():
    assert words(render('<c-why decision="theo quyết định của cơ quan" />')) == "vì: theo quyết định của cơ quan"


def test_the_hour_stands_in_the_margin_before_the_matter():
    html = render('<c-time-item time="9h40" left="trễ 10 phút" edge="late">Giao việc</c-time-item>')
    assert words(html) == "9h40 trễ 10 phút Giao việc"
    assert "time-late" in html


def test_a_machine_can_read_the_hour_when_it_is_given():
    assert '<time datetime="2021-02-25T09:40">9h40</time>' in render(
        '<c-time-item time="9h40" when="2021-02-25T09:40">x</c-time-item>'
    )


def field(name, extra=""):
    return render(f'<c-field :field="form.{name}" {extra} />', form=specimens.everything()["wrong"])


def test_a_wrong_field_shows_label_hint_error_and_input_in_this_order():
    html = field("temperature")
    places = [html.index(t) for t in ("Thân nhiệt", "Ví dụ 36,5", "Nhập thân nhiệt từ 34,0", "<input")]
    assert places == sorted(places)
    assert 'value="3,65"' in html, "wrong input is kept"


def test_hint_and_error_are_tied_to_the_input():
    html = field("temperature")
    assert 'aria-describedby="id_temperature_helptext id_temperature_error"' in html
    assert 'aria-invalid="true"' in html
    assert all(f'id="{name}"' in html for name in ("id_temperature_helptext", "id_temperature_error", "id_temperature"))


def test_what_is_optional_says_so_and_nothing_carries_an_asterisk():
    assert "(không bắt buộc)" in field("employer")
    assert "(không bắt buộc)" not in field("name")
    assert "*" not in words(field("name"))


def test_a_group_of_choices_is_a_fieldset_with_a_legend():
    html = field("mode")
    assert html.lstrip().startswith("<fieldset")
    assert "<legend" in html


def test_a_private_field_is_marked_so_that_no_draft_keeps_it():
    assert "data-private" in field("phone", "private")
    assert "data-private" not in field("phone")


def test_the_summary_counts_the_mistakes_and_links_to_each():
    html = render('<c-error-summary :form="form" />', form=specimens.everything()["wrong"])
    assert "Có 2 chỗ cần sửa" in html
    assert 'href="#id_temperature"' in html
    assert 'href="#id_phone"' in html
    assert 'tabindex="-1"' in html


def test_a_form_without_mistakes_has_no_summary():
    assert "chỗ cần sửa" not in render('<c-form :form="form" verb="Gửi" />', form=specimens.everything()["plain"])


def test_a_form_carries_the_forgery_token_and_all_its_fields():
    html = render('<c-form :form="form" verb="Gửi" draft="sample" />', form=specimens.everything()["plain"])
    assert "csrfmiddlewaretoken" in html
    assert html.count('class="field') >= 10
    assert 'enctype="multipart/form-data"' in html
    assert "novalidate" in html, "the server judges, in our words"


def test_the_pager_says_totals_in_words():
    html = render(
        '<c-pager :page="page" things="đơn vị" sorted="kém nhất ở trên" query="t=1" />',
        page=Paginator(range(10), 4).page(2),
    )
    assert words(html) == "5–8 trong 10 đơn vị · xếp: kém nhất ở trên Trang trước Trang sau"
    assert "?t=1&amp;page=3" in html


def test_the_chosen_view_is_marked_for_readers():
    choices = [Choice("Chưa gửi", "?a", 3, chosen=True), Choice("Trễ", "?b", 0)]
    for name in ("filter", "segmented"):
        html = render(f'<c-{name} :choices="choices" label="Tình trạng" />', choices=choices)
        assert html.count('aria-current="true"') == 1
        assert words(html) == "Chưa gửi 3 Trễ 0", "a count of nothing is shown, not hidden"


def test_the_step_one_is_at_is_marked_and_only_done_steps_lead_back():
    html = render(
        '<c-steps :steps="steps" :current="2" />',
        steps=[Step("Cơ cấu", "/1"), Step("Nhân sự", "/2"), Step("Cổng", "/3")],
    )
    assert html.count('aria-current="step"') == 1
    assert 'href="/1"' in html
    assert 'href="/3"' not in html


def test_confidence_is_said_in_words_never_in_percent():
    said = [words(render(f'<c-confidence level="{n}" />')) for n in (4, 3, 2, 1)]
    assert said == ["chắc", "khá chắc", "cần xem lại", "cần xem lại"]


def test_a_bar_over_its_cap_looks_different_and_says_it():
    over = render('<c-bar :value="78" :of="90" :cap="75" label="78 người, quá mức tối đa 75" />')
    under = render('<c-bar :value="70" :of="90" :cap="75" label="70 người" />')
    assert "bar-over" in over
    assert "bar-over" not in under
    assert 'aria-label="78 người, quá mức tối đa 75"' in over


@pytest.mark.parametrize("kind", ["good", "start", "waiting", "saved", "refused", "not_allowed", "conflict", "offline",
                                  "stale", "locked", "secret", "failure", "invalid"])  # fmt: skip
def test_every_state_has_a_sign_besides_its_colour(kind):
    html = render(f'<c-state kind="{kind}">Câu nói rõ.</c-state>')
    assert "<svg" in html
    assert "Câu nói rõ." in html


def test_a_drill_is_said_in_words():
    assert "DIỄN TẬP – không phải tình huống thật" in render('<c-state kind="drill">x</c-state>')


def test_the_signature_block_names_the_capacity():
    html = render(
        '<c-signature capacity="KT." office="Chánh Văn phòng" post="Phó Chánh Văn phòng" name="Trần Đức Lộc" />'
    )
    assert words(html) == "KT. Chánh Văn phòng Phó Chánh Văn phòng Trần Đức Lộc"


def test_the_national_heading_dates_a_paper_the_official_way():
    html = render(
        '<c-paper-head issuer="Văn phòng" parent="UBND tỉnh" place="Minh Giang" :on="at" />', at=specimens.MOMENT
    )
    assert "UBND TỈNH" in html
    assert "VĂN PHÒNG" in html
    assert "Minh Giang, ngày 25 tháng 02 năm 2021" in html


HOSTILE_CALLS = {
    "sheet": '<c-sheet title="{{ x }}" note="{{ x }}">{{ x }}</c-sheet>',
    "sheet, bound": '<c-sheet :title="x" :note="x">{{ x }}</c-sheet>',
    "page head, bound": '<c-page-head :title="x" :subtitle="x" />',
    "why, bound": '<c-why :document="x" :until="x" />',
    "tile, bound": '<c-tile :name="x" :number="x" :note="x" />',
    "time item, bound": '<c-time-item :time="x" :left="x">{{ x }}</c-time-item>',
    "plain attribute, bound": '<c-badge status="new" :title="x" :data-name="x">{{ x }}</c-badge>',
    "plain attribute, quoted": '<c-badge status="new" title="{{ x }}">{{ x }}</c-badge>',
    "bar, bound": '<c-bar :value="1" :of="2" :label="x" />',
    "table, bound": '<c-table :label="x" :caption="x"></c-table>',
    "fact, bound": '<c-fact :name="x" :note="x">{{ x }}</c-fact>',
    "button, bound": '<c-button :because="x">{{ x }}</c-button>',
    "signature, bound": '<c-signature :office="x" :name="x" />',
}  # fmt: skip


@pytest.mark.parametrize("template", HOSTILE_CALLS.values(), ids=HOSTILE_CALLS)
def test_hostile_words_stay_words(template):
    html = render(template, x=HOSTILE)
    assert "<script" not in html
    assert "<b x=" not in html
    assert "&lt;script&gt;" in html

"""A form with mistakes keeps what was typed, says each mistake at its place, and gives no secret back. # L3, ux.md 6, 7"""

import re

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ui.rendering import compiled, render
from tests.ui.structure import read

TYPED = {
    "name": 'Nguyễn Đỗ Ễ <b>Ộ</b> "Hằng" & con',
    "notes": "dòng một\ndòng hai </textarea><script>x</script>",
    "day": "31/02/2021",
    "count": "ba mươi",
    "category": "b",
    "many": ["x", "z"],
    "mode": "on",
    "agreed": "on",
    "secret": "con trâu đi cày ruộng",
    "place": "hidden-7",
}


class Report(forms.Form):
    """One field of every widget that pages use."""

    name = forms.CharField(label="Họ và tên", max_length=10)
    notes = forms.CharField(label="Ghi chú", widget=forms.Textarea)
    day = forms.DateField(label="Ngày", input_formats=["%d/%m/%Y"], widget=forms.TextInput)
    count = forms.IntegerField(label="Số người", widget=forms.TextInput)
    category = forms.ChoiceField(label="Loại", choices=[("a", "công chức"), ("b", "viên chức")])
    many = forms.MultipleChoiceField(
        label="Khung giờ", choices=[(k, k) for k in "xyz"], widget=forms.CheckboxSelectMultiple
    )
    mode = forms.ChoiceField(label="Hình thức", choices=[("in", "tại chỗ"), ("on", "từ xa")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Đã đọc")
    secret = forms.CharField(label="Mật khẩu", widget=forms.PasswordInput)
    place = forms.CharField(widget=forms.HiddenInput)
    paper = forms.FileField(label="Tệp")

    def clean(self):
        """Refuse the whole, besides what the fields refuse."""
        raise forms.ValidationError("Số liệu <chưa> khớp với báo cáo trước.")


FORM = compiled('<c-form :form="form" verb="Gửi" />')


def shown(**changes):
    data = {key: value for key, value in (TYPED | changes).items() if value is not None}
    return FORM.render({"form": Report(data)})


@pytest.mark.parametrize("field", ["name", "day", "count"])
def test_wrong_words_in_a_line_stay_as_they_were_typed(field):
    assert TYPED[field] in read(shown()).values


def test_a_text_of_several_lines_stays_and_does_not_leave_its_box():
    inside = re.search(r"<textarea[^>]*>(.*?)</textarea>", shown(), re.DOTALL)[1]
    assert read(inside).words_together().strip("\n") == TYPED["notes"]
    assert "<script" not in shown()


def test_what_was_chosen_stays_chosen():
    html = shown()
    assert '<option value="b" selected>' in html
    assert len(re.findall(r'<input type="checkbox" name="many"[^>]*checked', html)) == 2
    assert re.search(r'<input type="radio" name="mode" value="on"[^>]*checked', html)
    assert re.search(r'<input type="checkbox" name="agreed"[^>]*checked', html)
    assert 'value="hidden-7"' in html


@pytest.mark.parametrize("category", ["zzz", "<script>", "", "b' selected x='"])
def test_a_choice_that_does_not_exist_chooses_nothing_and_adds_nothing(category):
    html = shown(category=category)
    assert not re.search(r"<option[^>]* selected", html)
    assert html.count("<option") == 2


def test_a_password_is_never_given_back():
    assert TYPED["secret"] not in shown()


def test_nothing_that_was_not_ticked_is_ticked_by_us():
    html = shown(many=None, mode=None, agreed=None)
    assert "checked" not in html


def test_a_file_cannot_be_kept_so_its_field_says_so_again():
    form = Report(TYPED, {"paper": SimpleUploadedFile("danh sach.xlsx", b"")})
    html = FORM.render({"form": form})
    assert 'enctype="multipart/form-data"' in html
    assert "danh sach" not in html
    assert 'id="id_paper_error"' in html


def test_every_mistake_is_named_twice_above_and_at_its_field():
    form = Report(TYPED)
    html = FORM.render({"form": form})
    for field in ("name", "day", "count", "paper"):
        (sentence,) = form.errors[field]
        assert read(html).words.count(sentence) == 2, field
        assert f'href="#id_{field}"' in html
        assert f'id="id_{field}_error"' in html


def test_a_mistake_of_the_whole_form_is_said_first_and_escaped():
    html = FORM.render({"form": Report(TYPED)})
    said = html.index("Số liệu &lt;chưa&gt; khớp")
    assert html.index('role="alert"') < said < html.index("<ul>")


def test_the_summary_leads_to_the_first_box_of_a_group():
    html = shown(mode=None, many=None)
    for field in ("mode", "many"):
        assert f'href="#id_{field}_0"' in html
        assert f'id="id_{field}_0"' in html


def test_a_right_form_is_shown_without_a_single_sign_of_a_mistake():
    class Right(forms.Form):
        name = forms.CharField(label="Họ và tên")

    html = FORM.render({"form": Right({"name": "An"})})
    assert "field-wrong" not in html
    assert "aria-invalid" not in html
    assert 'role="alert"' not in html


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=11, max_size=80))
def test_whatever_was_typed_into_a_line_comes_back(words):
    form = Report(TYPED | {"name": words})
    html = FORM.render({"form": form})
    assert "name" in form.errors or len(words.strip()) <= 10
    assert words in read(html).values


@pytest.mark.django_db
def test_a_wrong_form_says_so_in_the_title_before_anything_else():
    page = '{% extends "ui/base.html" %}{% block title %}Báo cáo{% endblock %}{% block page %}<c-form :form="form" />{% endblock %}'
    assert "<title>Lỗi: Báo cáo" in render(page, form=Report(TYPED))
    assert "<title>Báo cáo" in render(page, form=Report())


def test_a_form_that_reads_sends_no_token_of_forgery():
    form = Report()
    reading = compiled('<c-form :form="form" method="get" verb="Lọc" />').render({"form": form, "csrf_token": "abc"})
    writing = compiled('<c-form :form="form" verb="Lưu" />').render({"form": form, "csrf_token": "abc"})
    assert "csrfmiddlewaretoken" not in reading, "an address must not carry the token"
    assert 'method="get"' in reading
    assert 'method="post"' in writing


def test_only_a_form_that_asks_for_a_draft_keeps_one():
    assert "data-draft" not in shown()
    kept = compiled('<c-form :form="form" draft="khach" verb="Lưu" />').render({"form": Report()})
    assert 'data-draft="khach"' in kept

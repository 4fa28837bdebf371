"""Small tags of the templates: controls tied to their words, rows of a form, addresses that change with the content. # ux.md 7"""

import re

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from taicho.ui.contracts import MisusedPart
from taicho.ui.templatetags import parts
from tests.ui.rendering import render


class Sheet(forms.Form):
    """A form with a hint, a box, a group and a layout."""

    rows = (("name", "phone"), ("missing",))
    name = forms.CharField(help_text="Viết đủ họ tên.", max_length=5)
    phone = forms.CharField(required=False)
    agreed = forms.BooleanField(required=False)
    times = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple)


def drawn(field, data=None, private=""):
    return parts.control(Sheet(data)[field], private)


def test_a_control_without_hint_or_mistake_points_at_nothing():
    assert "aria-" not in drawn("phone")


def test_a_hint_is_read_with_its_control_and_a_mistake_after_it():
    assert 'aria-describedby="id_name_helptext"' in drawn("name") and "aria-invalid" not in drawn("name")
    wrong = drawn("name", {"name": "quá dài"})
    assert 'aria-describedby="id_name_helptext id_name_error"' in wrong and 'aria-invalid="true"' in wrong


@pytest.mark.parametrize(("private", "marked"), [("", False), (False, False), (True, True), ("private", True)])
def test_only_a_private_control_is_kept_out_of_the_draft(private, marked):
    assert ("data-private" in drawn("phone", private=private)) is marked


@pytest.mark.parametrize(("field", "box"), [("agreed", True), ("times", False), ("name", False)])
def test_one_box_alone_has_its_label_behind_it(field, box):
    assert parts.is_check(Sheet()[field]) is box


@pytest.mark.parametrize(("field", "target"), [("name", "id_name"), ("times", "id_times_0"), ("agreed", "id_agreed")])
def test_a_mistake_links_to_the_control_or_the_first_of_its_group(field, target):
    assert parts.first_control(Sheet()[field]) == target
    assert f'id="{target}"' in str(Sheet()[field])


def test_rows_stand_as_laid_out_and_every_other_field_alone_after_them():
    assert [[field.name for field in row] for row in parts.rows(Sheet())] == [
        ["name", "phone"], [], ["agreed"], ["times"],
    ]  # fmt: skip


def test_a_form_without_a_layout_has_one_field_a_row_and_none_is_lost():
    class Plain(forms.Form):
        one = forms.CharField()
        two = forms.CharField()

    assert [[field.name for field in row] for row in parts.rows(Plain())] == [["one"], ["two"]]


@pytest.mark.parametrize("name", ["", "../secret", "check.svg", "CHECK", "a b", "rocket-that-is-not-there"])
def test_an_icon_is_one_of_ours_and_never_a_path(name):
    with pytest.raises(MisusedPart, match="There is no icon"):
        parts.icon(name)


def test_an_icon_is_hidden_from_readers_because_words_stand_beside_it():
    assert 'aria-hidden="true"' in parts.icon("check") and "<path" in parts.icon("check")


def test_a_symbol_nobody_drew_is_refused():
    with pytest.raises(MisusedPart):
        parts.symbol("fine")
    assert 'class="symbol symbol-near"' in parts.symbol("late", "near")


@pytest.mark.parametrize(("count", "said"), [(0, ""), (3, "xxx"), ("2", "xx")])
def test_something_is_repeated_as_often_as_asked(count, said):
    assert render("{% load parts %}{% for _ in n|times %}x{% endfor %}", n=count) == said


def test_the_address_of_a_file_carries_the_mark_of_its_content():
    assert re.fullmatch(r".*ui/mark\.svg\?v=[0-9a-f]{10}", parts.asset("ui/mark.svg"))
    assert parts.asset("ui/mark.svg") == parts.asset("ui/mark.svg")
    assert parts.asset("ui/mark.svg")[-10:] != parts.asset("ui/chevron.svg")[-10:]


@pytest.mark.parametrize("debug", [True, False])
def test_a_file_that_is_not_there_is_found_out_while_building_the_page(settings, debug):
    settings.DEBUG = debug
    with pytest.raises(MisusedPart, match="There is no static file"):
        parts.asset("ui/not-there.css")


@given(st.floats(-1e6, 1e6), st.floats(0, 1e6))
def test_a_share_is_never_outside_its_ground(value, of):
    written = parts.share(value, of)
    assert written.endswith("%") and 0 <= float(written[:-1]) <= 100


@given(st.text(max_size=30), st.text(max_size=10))
def test_marking_what_was_searched_never_makes_markup_of_a_name(title, query):
    shown = parts.marked(title, query)
    assert set(re.findall(r"<[^>]*>", shown)) <= {"<mark>", "</mark>"}

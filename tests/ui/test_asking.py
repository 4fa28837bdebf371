"""Asking with a form: done and gone, refused and kept, changed meanwhile and shown; back to where one came from. # ux.md 6"""

from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.messages.storage.base import BaseStorage
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from taicho.kernel.refusals import Conflict, NotPermitted, Refusal
from taicho.ui.asking import FROM, Question, ask, came_from, day_asked, put, settle

QUESTION = Question("Đổi tên phòng", "Lưu tên", "/phong", done="Đã đổi lúc %(clock)s.")


class Spoken(BaseStorage):
    """Messages kept in memory."""

    def _get(self, *args, **kwargs):
        return [], True

    def _store(self, messages, response, *args, **kwargs):
        return []


class Rename(forms.Form):
    """One line, and a field that an action knows under another name."""

    name = forms.CharField(max_length=20)
    when = forms.CharField(required=False)
    stands_for = {"from_day": "when"}


def request(data=None, query="", path="/doi-ten"):
    """A request to that page, with somewhere to leave a message."""
    made = (
        RequestFactory().get(path + query) if data is None else RequestFactory().post(path + query, data)
    )  # fmt: skip
    made._messages = Spoken(made)
    made.actor = SimpleNamespace()
    return made


@pytest.fixture
def asked(monkeypatch):
    """Ask, and look at what would be shown."""
    seen = {}

    def show(_request, template, facts, status=200):
        seen.update(facts, template=template, status=status)
        return SimpleNamespace(status_code=status, headers={})

    monkeypatch.setattr("taicho.ui.asking.render", show)

    def go(act, data=None, query="", form=Rename):
        seen.clear()
        sent = request(data, query)
        answer = ask(sent, form(sent.POST or None), QUESTION, act)
        return SimpleNamespace(answer=answer, said=[str(one) for one in sent._messages._queued_messages], **seen)

    return go


def refuse(error):
    def act(_data):
        raise error

    return act


pytestmark = pytest.mark.django_db


def test_a_first_look_asks_and_does_nothing(asked):
    shown = asked(refuse(AssertionError("nothing may be called")))
    assert (shown.status, shown.form.errors, shown.said) == (200, {}, [])


def test_done_leads_on_and_says_when(asked, time_machine):
    time_machine.move_to("2026-11-20T03:05:00+00:00", tick=False)
    done = asked(lambda data: f"/phong/{data['name']}", {"name": "Ba"})
    assert (done.answer.status_code, done.answer.headers["Location"]) == (302, "/phong/Ba")
    assert done.said == ["Đã đổi lúc 10h05."]


def test_what_is_wrong_is_shown_without_calling_the_action(asked):
    shown = asked(refuse(AssertionError("nothing may be called")), {"name": "x" * 21})
    assert shown.status == 400 and "name" in shown.form.errors and shown.form["name"].value() == "x" * 21


@pytest.mark.parametrize(
    ("field", "where"),
    [("name", "name"), ("from_day", "when"), ("not_here", "__all__"), (None, "__all__")],
)
def test_a_refusal_stands_at_its_field_or_above_the_form_and_what_was_typed_stays(asked, field, where):
    shown = asked(refuse(Refusal("Tên đã có.", code="taken", field=field)), {"name": "Ba", "when": "mai"})
    assert (shown.status, shown.form.errors) == (400, {where: ["Tên đã có."]})
    assert (shown.form["name"].value(), shown.form["when"].value()) == ("Ba", "mai")
    assert shown.said == []


def test_who_may_not_gets_no_form_again_but_the_page_that_says_so(asked):
    with pytest.raises(NotPermitted):
        asked(refuse(NotPermitted("Chỉ Văn phòng.", code="not-permitted")), {"name": "Ba"})


def test_a_conflict_without_a_record_is_said_like_any_refusal(asked):
    shown = asked(refuse(Conflict("Vừa có người nhận.", code="taken-meanwhile")), {"name": "Ba"})
    assert (shown.status, shown.form.errors, shown.differences) == (400, {"__all__": ["Vừa có người nhận."]}, [])


class Kept(SimpleNamespace):
    """A record that somebody has saved meanwhile."""

    def refresh_from_db(self):
        self.name, self.version = "Phòng Ba Mươi", 8


class Edit(Rename):
    """The same form over a record."""

    changeable = ("name", "when")
    version = forms.IntegerField()

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, **kwargs)
        self.record = record


def settled(**typed):
    """The form after a conflict, and the differences."""
    sent = request({"name": "Phòng Ba", "when": "", "version": "7"} | typed)
    form = Edit(sent.POST, record=Kept(name="", when="", version=7))
    assert form.is_valid()
    return form, settle(form, Conflict("Đã đổi.", code="changed-meanwhile"))


def test_two_versions_stand_beside_each_other_and_keeping_ones_own_carries_the_version_seen():
    form, differences = settled()
    assert [(one.mine, one.theirs) for one in differences] == [("Phòng Ba", "Phòng Ba Mươi")]
    assert form["version"].value() == "8" and form["name"].value() == "Phòng Ba"


def test_an_empty_value_is_said_and_not_shown_as_nothing():
    _form, (_name, when) = settled(when="mai")
    assert (when.mine, when.theirs) == ("mai", "(để trống)")


def test_both_saved_the_same_so_there_is_nothing_to_choose():
    form, differences = settled(name="Phòng Ba Mươi")
    assert differences == []
    assert form.errors["__all__"] == ["Người khác vừa lưu đúng nội dung này. Không còn gì để lưu."]


def test_a_refusal_without_a_field_of_the_form_is_never_lost():
    form = Rename({"name": "Ba"})
    put(form, Refusal("Không được.", code="no", field="hidden_thing"))
    assert form.non_field_errors() == ["Không được."]


# Where one came from


def test_who_came_from_a_page_goes_back_to_it_whether_done_or_not(asked):
    query = f"?{FROM}=%2Fphong-toi%2F2026-11-20"
    assert asked(lambda _data: "/khac", {"name": "Ba"}, query).answer.headers["Location"] == "/phong-toi/2026-11-20"
    assert asked(lambda _data: "/khac", None, query).question.back == "/phong-toi/2026-11-20"
    assert asked(lambda _data: "/khac", None).question.back == "/phong"


@pytest.mark.parametrize(
    "place",
    [
        "https://evil.example", "//evil.example/x", "/\\evil.example", "///evil.example", "javascript:alert(1)",
        "phong-toi", " /phong-toi", "", "http:///evil.example", "/\x00/evil", "\\\\evil.example",
    ],
)  # fmt: skip
def test_an_address_of_another_house_is_none(place):
    assert came_from(RequestFactory().get("/x", {FROM: place})) == ""


@given(st.text(max_size=40))
def test_whatever_stands_there_the_way_back_begins_at_our_own_root(place):
    back = came_from(RequestFactory().get("/x", {FROM: place}))
    assert back == "" or (back == place and back[0] == "/" and not back.startswith(("//", "/\\")))


# The day asked for


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-11-03", "2026-11-03"), ("3/11/2026", "2026-11-03"), ("03-11-26", "2026-11-03"), ("hôm nay", "2026-11-20"),
        ("", "2026-11-20"), ("   ", "2026-11-20"), ("2026-02-30", "2026-11-20"), ("mười", "2026-11-20"),
        ("9999-12-31", "2026-11-20"), ("0001-01-01", "2026-11-20"), ("1900-01-01", "1900-01-01"), ("\x00", "2026-11-20"),
        ("x" * 5000, "2026-11-20"),
    ],
)  # fmt: skip
def test_a_day_in_the_address_is_read_as_people_write_it_and_nonsense_is_today(time_machine, written, day):
    time_machine.move_to("2026-11-20T03:00:00+00:00", tick=False)
    assert day_asked(RequestFactory().get("/x", {"ngay": written})).isoformat() == day


def test_just_before_midnight_of_greenwich_today_is_the_day_of_ha_noi(time_machine):
    time_machine.move_to("2026-11-20T17:00:00+00:00", tick=False)
    assert day_asked(RequestFactory().get("/x")).isoformat() == "2026-11-21"

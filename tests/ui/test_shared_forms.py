"""Fields that forms share: days as people write them, one of a list by key, a record with the version that was read. # ux.md 6"""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from taicho.kernel import clock
from taicho.kernel.dates import official_date
from taicho.organisation.models import Unit
from taicho.ui.forms import LONGEST_REASON, ClientIdField, DayField, KeyField, ReasonForm, RecordForm, not_past
from tests.organisation.conftest import _keys, _now, land  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("3/9/2026", date(2026, 9, 3)), ("03-9-26", date(2026, 9, 3)), (" 03/09/2026 ", date(2026, 9, 3)),
        ("hôm nay", TODAY), ("HÔM NAY", TODAY), ("29/02/2024", date(2024, 2, 29)), ("", None), ("   ", None),
    ],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(written, day):
    assert DayField(required=False).clean(written) == day


@pytest.mark.parametrize("written", ["31/02/2026", "29/02/2026", "mai mốt", "99/99/9999", "3/9/26/1", "0/0/0", "-1"])
def test_a_day_that_is_none_is_asked_about_and_never_guessed(written):
    with pytest.raises(ValidationError) as wrong:
        DayField().clean(written)
    assert all(message.strip().endswith((".", "?")) for message in wrong.value.messages), "a whole sentence"


@pytest.mark.parametrize("written", ["1\x00/9/2026", "x" * 41, "<b>3/9/2026</b>" * 4])
def test_hostile_words_are_no_day(written):
    with pytest.raises(ValidationError):
        DayField().clean(written)


def test_a_day_that_must_be_given_is_missed_in_words():
    with pytest.raises(ValidationError, match=r"\."):
        DayField().clean("")


@settings(max_examples=30)
@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_what_the_form_shows_it_reads_back_as_the_same_day(day):
    field = DayField()
    assert field.prepare_value(day) == official_date(day)
    assert field.clean(field.prepare_value(day)) == day


@pytest.mark.parametrize(("typed", "changed"), [("20/11/2026", False), ("21/11/2026", True), ("", True)])
def test_a_form_knows_whether_the_day_was_changed(typed, changed):
    assert DayField(required=False).has_changed(TODAY, typed) is changed


@pytest.mark.parametrize("days", [0, 1, 400])
def test_today_and_later_are_not_past(days):
    assert not_past(clock.today() + timedelta(days=days)) == clock.today() + timedelta(days=days)


def test_yesterday_is_past_and_no_day_at_all_is_not():
    assert not_past(None) is None
    with pytest.raises(ValidationError, match="Chọn hôm nay hoặc một ngày sau hôm nay"):
        not_past(clock.today() - timedelta(days=1))


def test_at_midnight_in_ha_noi_today_becomes_yesterday(time_machine):
    time_machine.move_to("2026-11-20T16:59:59+00:00", tick=False)
    assert not_past(TODAY) == TODAY
    time_machine.move_to("2026-11-20T17:00:00+00:00", tick=False)
    with pytest.raises(ValidationError):
        not_past(TODAY)


# One of a list


class Pick(forms.Form):
    """One room of those given."""

    room = KeyField(Unit.objects.none())

    def __init__(self, *args, rooms, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["room"].queryset = rooms


@pytest.fixture
def rooms(land):
    """Two rooms of the agency, of which one may be chosen."""
    return [land.office, land.department]


def test_a_record_is_chosen_by_its_public_key(rooms):
    form = Pick({"room": str(rooms[0].key)}, rooms=Unit.objects.all())
    assert form.is_valid() and form.cleaned_data["room"] == rooms[0]
    page = str(form["room"])
    assert f'value="{rooms[0].key}"' in page and f'value="{rooms[0].pk}"' not in page


@pytest.mark.parametrize(
    "written", ["zz", "1", "\x00", "' OR 1=1 --", "x" * 5000, "00000000-0000-0000-0000-00000000000g"]
)
def test_whatever_is_no_key_gets_the_one_sentence(rooms, written):
    form = Pick({"room": written}, rooms=Unit.objects.all())
    assert form.errors["room"] == ["Chọn một mục trong danh sách."]


def test_a_record_outside_the_list_is_refused_like_one_that_is_not_there(rooms):
    listed = Unit.objects.filter(pk=rooms[0].pk)
    said = [Pick({"room": key}, rooms=listed).errors["room"] for key in (str(rooms[1].key), str(uuid4()))]
    assert said[0] == said[1] == ["Chọn một mục trong danh sách."]


# A record with its version


class RoomForm(RecordForm):
    """Names and first day of a unit."""

    model = Unit
    changeable = ("name", "short_name", "valid_from")


def test_a_form_for_a_new_record_asks_for_the_fields_in_order_and_for_no_version():
    assert list(RoomForm().fields) == ["name", "short_name", "valid_from"]
    assert isinstance(RoomForm().fields["valid_from"], DayField)


def test_a_form_over_a_record_shows_it_and_carries_the_version_that_was_read(rooms):
    form = RoomForm(record=rooms[0])
    assert (form["name"].value(), form["valid_from"].value()) == ("Văn phòng", "01/01/2026")
    assert form["version"].value() == rooms[0].version and form["version"].is_hidden


def test_what_was_typed_comes_out_as_the_action_takes_it(rooms):
    typed = {"name": "Nhà B", "short_name": "VP", "valid_from": "3/9/2026", "version": "4"}
    form = RoomForm(typed, record=rooms[0])
    assert form.is_valid()
    assert form.changes == {"name": "Nhà B", "short_name": "VP", "valid_from": date(2026, 9, 3)}
    assert form.seen == 4


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "1.5", "\x00"])
def test_a_version_that_is_none_stops_the_saving(rooms, version):
    typed = {"name": "Nhà B", "short_name": "VP", "valid_from": "3/9/2026", "version": version}
    assert "version" in RoomForm(typed, record=rooms[0]).errors


def test_what_a_caller_proposes_stands_before_what_is_saved(rooms):
    assert RoomForm(record=rooms[0], initial={"name": "Đề nghị"})["name"].value() == "Đề nghị"


def test_a_length_of_the_column_is_a_length_of_the_field(land):
    longest = Unit._meta.get_field("name").max_length
    typed = {"name": "x" * (longest + 1), "short_name": "VP", "valid_from": "3/9/2026"}
    assert "name" in RoomForm(typed).errors
    assert "name" not in RoomForm(typed | {"name": "x" * longest}).errors


class Once(forms.Form):
    """Something sent once."""

    client_id = ClientIdField()


def test_every_form_that_is_opened_carries_an_id_of_its_own_unseen():  # house D9
    one, other = (Once()["client_id"].value() for _ in range(2))
    assert one != other
    assert Once()["client_id"].is_hidden
    assert Once({"client_id": str(one)}).is_valid()


@pytest.mark.parametrize("broken", ["", "x", "\x00", "0" * 33, "<script>"])
def test_an_id_that_is_none_is_said_in_words_a_visitor_understands(broken):  # ux.md 6
    assert Once({"client_id": broken}).errors == {"client_id": ["Trang đã cũ hoặc bị sửa. Mở lại trang rồi gửi lại."]}


def test_a_reason_is_asked_for_in_the_words_of_the_page_and_must_be_given():
    asked = ReasonForm({"reason": "  "}, label="Lý do hủy", hint="Hiện trong sổ.")["reason"]
    assert (asked.label, asked.help_text, bool(asked.errors)) == ("Lý do hủy", "Hiện trong sổ.", True)
    assert (ReasonForm()["reason"].label, ReasonForm()["reason"].help_text) == ("Lý do", "")


@pytest.mark.parametrize(("letters", "fits"), [(LONGEST_REASON, True), (LONGEST_REASON + 1, False)])
def test_a_reason_is_as_long_as_its_column(letters, fits):
    assert ReasonForm({"reason": "x" * letters}).is_valid() is fits

"""Forms about people: the register, transfer, end of service, posts, own details."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from taicho.kernel import clock
from taicho.kernel.actor import Actor
from taicho.kernel.refusals import Refusal
from taicho.organisation.enums import APPOINTABLE_ROLES, HEAD_ROLES, PostRole, StaffCategory
from taicho.organisation.models import HomeWorkingMeans, Person, Room, Unit
from taicho.organisation.rules.staff_sheet.births import check_year
from taicho.organisation.web.fields import CommuneField, UnitField
from taicho.ui.forms import DayField, KeyField, RecordForm, not_past

YES_NO_UNKNOWN = [("", _("Chưa rõ")), ("True", _("Có")), ("False", _("Không"))]


class YesNoField(forms.TypedChoiceField):
    """Yes, no or not known; not known is not no."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=YES_NO_UNKNOWN, coerce=lambda v: v == "True", empty_value=None, required=False, **kwargs
        )

    def prepare_value(self, value: Any) -> Any:
        return "" if value is None else str(value)


class HomesForm(RecordForm):
    """What forms about where a person lives share."""

    model = Person
    residence_division = CommuneField(label=_("Xã, phường nơi cư trú"), required=False)
    lodging_division = CommuneField(label=_("Xã, phường nơi lưu trú"), required=False)


class StaffForm(HomesForm):
    """Everything the register knows of a member of staff."""

    model = Person
    changeable = (
        "full_name", "birth_year", "birth_date", "category", "position", "party_member", "official_phone",
        "personal_phone", "email", "work_room", "residence", "residence_division", "lodging", "lodging_division",
    )  # fmt: skip
    rows = (
        ("full_name",), ("birth_year", "birth_date"), ("category", "party_member"), ("position", "work_room"),
        ("official_phone", "personal_phone"), ("email",), ("residence",), ("residence_division",),
        ("lodging",), ("lodging_division",),
    )  # fmt: skip
    full_name = forms.CharField(
        label=_("Họ và tên"), max_length=100, widget=forms.TextInput(attrs={"spellcheck": "false"})
    )
    category = forms.ChoiceField(label=_("Đối tượng"), choices=[("", "—"), *StaffCategory.choices], required=False)
    party_member = YesNoField(label=_("Đảng viên"))
    official_phone = forms.CharField(label=_("Điện thoại cơ quan"), max_length=60, required=False)
    personal_phone = forms.CharField(label=_("Điện thoại riêng"), max_length=60, required=False)
    email = forms.EmailField(
        label=_("Thư điện tử"), required=False, max_length=254,  # not a rule: column width
        error_messages={"invalid": _("Địa chỉ thư điện tử không đúng, ví dụ đúng: ten@coquan.gov.vn.")},
    )  # fmt: skip
    birth_year = forms.IntegerField(
        label=_("Năm sinh"), required=False,
        error_messages={"invalid": _("Ghi năm sinh bằng bốn chữ số, ví dụ 1985.")},
    )  # fmt: skip
    work_room = KeyField(Room.objects.none(), label=_("Phòng làm việc"), required=False, empty_label="—")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rooms = Room.objects.visible_to(actor).filter(closed_on__isnull=True).select_related("site")
        self.fields["work_room"].queryset = rooms  # type: ignore[attr-defined]
        self.fields["work_room"].label_from_instance = lambda room: f"{room.name} · {room.site.name}"  # type: ignore[attr-defined]

    def clean_birth_year(self) -> Any:
        """A year in which somebody who works can be born."""
        return _likely(self.cleaned_data["birth_year"], self.cleaned_data["birth_year"])

    def clean_birth_date(self) -> Any:
        """A day of such a year."""
        day = self.cleaned_data["birth_date"]
        return _likely(day, day.year if day else None)

    def clean(self) -> dict[str, Any]:
        """Year and day of birth agree: neither is dropped in silence."""
        data = super().clean() or {}
        year, day = data.get("birth_year"), data.get("birth_date")
        if year and day and year != day.year:
            self.add_error("birth_year", _("Năm sinh không khớp với ngày sinh."))
        return data


class OwnDetailsForm(HomesForm):
    """What a person states about oneself: phone, residence, lodging, means at home."""

    model = Person
    changeable = ("personal_phone", "residence", "residence_division", "lodging", "lodging_division")
    rows = (
        ("personal_phone",), ("residence",), ("residence_division",), ("lodging",), ("lodging_division",),
        ("has_computer", "has_phone"), ("has_internet", "note"),
    )  # fmt: skip
    personal_phone = forms.CharField(label=_("Điện thoại riêng"), max_length=60, required=False)
    has_computer = YesNoField(label=_("Ở nhà có máy tính"))
    has_phone = YesNoField(label=_("Có điện thoại thông minh"))
    has_internet = YesNoField(label=_("Ở nhà có mạng internet"))
    note = forms.CharField(label=_("Ghi chú"), max_length=200, required=False)

    def __init__(self, *args: Any, means: HomeWorkingMeans | None, **kwargs: Any) -> None:
        stated = {name: getattr(means, name, None) for name in ("has_computer", "has_phone", "has_internet", "note")}
        super().__init__(*args, initial=stated, **kwargs)

    @property
    def means(self) -> dict[str, Any]:
        """What was stated about working at home."""
        return {name: self.cleaned_data[name] for name in ("has_computer", "has_phone", "has_internet", "note")}


class TransferForm(forms.Form):
    """Where to, from which day, by which decision."""

    stands_for = {"unit": "to"}

    to = UnitField(queryset=Unit.objects.none(), label=_("Chuyển đến đơn vị"))
    day = DayField(label=_("Từ ngày"), required=False, help_text=_("Để trống: ngay bây giờ. Không chọn ngày đã qua."))
    decision = forms.CharField(label=_("Quyết định số"), max_length=100, required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = units  # type: ignore[attr-defined]

    def clean_day(self) -> Any:
        """Not in the past: rights that were used cannot be taken back afterwards."""
        return not_past(self.cleaned_data["day"])


class EndServiceForm(forms.Form):
    """Why, and from when."""

    reason = forms.CharField(label=_("Lý do"), max_length=200)
    day = DayField(label=_("Từ ngày"), required=False, help_text=_("Để trống: ngay bây giờ. Không chọn ngày đã qua."))

    def clean_day(self) -> Any:
        """Not in the past."""
        return not_past(self.cleaned_data["day"])


class PostForm(forms.Form):
    """A post for a person: where, as what, by which decision, from when until when."""

    rows = (
        ("unit",), ("role", "title"), ("accountable_head",), ("portfolio", "decision"), ("first_day", "last_day"),
    )  # fmt: skip

    unit = UnitField(queryset=Unit.objects.none(), label=_("Đơn vị"))
    role = forms.ChoiceField(
        label=_("Vai trò trong hệ thống"), choices=[(role.value, role.label) for role in APPOINTABLE_ROLES]
    )
    title = forms.CharField(label=_("Chức vụ ghi trên văn bản"), max_length=120, required=False)
    accountable_head = forms.BooleanField(label=_("Là người đứng đầu đơn vị"), required=False)
    portfolio = forms.CharField(label=_("Lĩnh vực, địa bàn phụ trách"), max_length=250, required=False)
    decision = forms.CharField(label=_("Quyết định số"), max_length=100, required=False)
    first_day = DayField(label=_("Từ ngày"), required=False, help_text=_("Để trống: ngay bây giờ."))
    last_day = DayField(label=_("Đến hết ngày"), required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean_first_day(self) -> Any:
        """Not in the past."""
        return not_past(self.cleaned_data["first_day"])

    def clean(self) -> dict[str, Any]:
        """A head has a head's role; administrator rights have an end."""
        data = super().clean() or {}
        if data.get("accountable_head") and data.get("role") not in HEAD_ROLES:
            self.add_error("role", _("Người đứng đầu phải giữ vai trò lãnh đạo, trưởng hoặc phó của đơn vị."))
        if data.get("role") == PostRole.ADMINISTRATOR and not data.get("last_day"):
            self.add_error("last_day", _("Quyền quản trị phải có ngày kết thúc."))
        return data


def _likely(value: Any, year: int | None) -> Any:
    """The value, when its year of birth is one of somebody who works, or none."""
    if year is not None:
        try:
            check_year(year, clock.today())
        except Refusal as refusal:
            raise forms.ValidationError(refusal.sentence, code=refusal.code) from refusal
    return value

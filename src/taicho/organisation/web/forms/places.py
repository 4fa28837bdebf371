"""Forms about outside authorities, service areas, sites, gates and rooms."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from taicho.organisation.enums import AuthorityKind
from taicho.organisation.models import Gate, OutsideAuthority, Room, Site, Unit
from taicho.organisation.web.fields import DayField, UnitField
from taicho.organisation.web.forms.base import RecordForm


class AuthorityFactsForm(RecordForm):
    """What the directory says of an authority."""

    model = OutsideAuthority
    changeable: ClassVar[tuple[str, ...]] = ("name", "phone", "other_phone", "email", "address")
    phone = forms.CharField(label=_("Điện thoại trực"), max_length=60, help_text=_("Số gọi được cả ngoài giờ, nếu có."))
    other_phone = forms.CharField(label=_("Điện thoại khác"), max_length=60, required=False)


class AuthorityForm(AuthorityFactsForm):
    """A new authority."""

    changeable: ClassVar[tuple[str, ...]] = ("kind", "name", "phone", "other_phone", "email", "address", "valid_from")
    rows = (("kind", "valid_from"), ("name",), ("phone", "other_phone"), ("email", "address"))
    kind = forms.ChoiceField(label=_("Loại"), choices=AuthorityKind.choices)


class CommuneField(forms.RegexField):
    """Code of a commune: exactly five digits."""

    def __init__(self, **kwargs: Any) -> None:
        wrong = _("Mã xã, phường gồm đúng 5 chữ số, ví dụ 00004.")
        super().__init__(r"\A[0-9]{5}\Z", strip=True, error_messages={"invalid": wrong}, **kwargs)


class AreaForm(forms.Form):
    """Which commune an authority serves, from when."""

    division = CommuneField(label=_("Mã xã, phường"), help_text=_("Mã 5 chữ số của đơn vị hành chính cấp xã."))
    valid_from = DayField(label=_("Từ ngày"))


class SiteFactsForm(RecordForm):
    """Name and address of a site."""

    model = Site
    changeable: ClassVar[tuple[str, ...]] = ("name", "address", "division")
    division = CommuneField(label=_("Xã, phường"), required=False)


class SiteForm(SiteFactsForm):
    """A new site of a unit."""

    unit = UnitField(queryset=Unit.objects.none(), label=_("Của đơn vị"))

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class GateForm(RecordForm):
    """A gate."""

    model = Gate
    changeable: ClassVar[tuple[str, ...]] = ("name",)


class GateFactsForm(RecordForm):
    """A gate that exists; it can be closed."""

    model = Gate
    changeable: ClassVar[tuple[str, ...]] = ("name", "closed_on")


class RoomForm(RecordForm):
    """A room."""

    model = Room
    changeable: ClassVar[tuple[str, ...]] = ("name", "floor", "area_m2", "seats")
    rows = (("name", "floor"), ("area_m2", "seats"))
    area_m2 = forms.DecimalField(
        label=_("Diện tích (m²)"),
        max_digits=7,
        decimal_places=1,
        localize=True,
        required=False,
        help_text=_("Ví dụ 36,5."),
    )


class RoomFactsForm(RoomForm):
    """A room that exists; it can be closed."""

    changeable: ClassVar[tuple[str, ...]] = ("name", "floor", "area_m2", "seats", "closed_on")

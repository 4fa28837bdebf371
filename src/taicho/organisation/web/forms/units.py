"""Forms about units: create, correct, rename, end, merge."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from taicho.kernel import clock
from taicho.organisation.enums import UnitKind
from taicho.organisation.models import Unit
from taicho.organisation.queries.merger_plan import NewUnit
from taicho.organisation.rules.levels import levels_at
from taicho.organisation.web.fields import DayField, UnitField
from taicho.organisation.web.forms.base import RecordForm

DIVISION_CODE = r"\A(?:[0-9]{2,3}|[0-9]{5})\Z"


def level_choices(day: date | None = None) -> list[tuple[str, str]]:
    """The administrative levels in force on `day` (today), by name."""
    return [("", "—"), *((level.key, str(level)) for level in levels_at(day or clock.today()))]


class DivisionField(forms.RegexField):
    """Code of an administrative division: 2 digits for a province, 3 for a district of before, 5 for a commune."""

    def __init__(self, **kwargs: Any) -> None:
        wrong = _("Mã đơn vị hành chính gồm 2, 3 hoặc 5 chữ số, ví dụ 00004.")
        label = _("Mã đơn vị hành chính")
        errors = {"invalid": wrong}
        super().__init__(DIVISION_CODE, strip=True, label=label, required=False, error_messages=errors, **kwargs)


class UnitForm(RecordForm):
    """A new unit."""

    model = Unit
    changeable = ("kind", "name", "short_name", "symbol", "identifier", "level", "division", "valid_from")
    rows = (("kind", "level"), ("name",), ("short_name", "symbol"), ("identifier", "division"), ("valid_from",))
    kind = forms.ChoiceField(label=_("Loại đơn vị"), choices=UnitKind.choices, initial=UnitKind.DEPARTMENT)
    level = forms.ChoiceField(label=_("Cấp hành chính"), choices=level_choices, required=False)
    identifier = forms.CharField(
        label=_("Mã định danh"), max_length=60, required=False, help_text=_("Ví dụ H26.15 hoặc 000.00.15.H26.")
    )

    division = DivisionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = self.fields["valid_from"].initial or clock.today()


class TopUnitForm(UnitForm):
    """A unit at the top is an agency; which kind, its administrator says."""

    kind = forms.ChoiceField(
        label=_("Loại đơn vị"),
        choices=[("", _("Chưa chọn")), *((kind.value, kind.label) for kind in UnitKind if kind.is_agency)],
        error_messages={"required": _("Chọn loại đơn vị.")},
    )


class UnitFactsForm(RecordForm):
    """Corrections of a unit; its name has a form of its own."""

    model = Unit
    changeable = ("short_name", "symbol", "identifier", "level", "division")
    level = forms.ChoiceField(label=_("Cấp hành chính"), choices=level_choices, required=False)
    identifier = forms.CharField(
        label=_("Mã định danh"), max_length=60, required=False, help_text=_("Ví dụ H26.15 hoặc 000.00.15.H26.")
    )
    division = DivisionField()

    def __init__(self, *args: Any, record: Unit, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        self.fields["level"].choices = level_choices(record.valid_from)  # type: ignore[attr-defined]


class RenameForm(RecordForm):
    """Another name from a day on."""

    model = Unit
    changeable = ("name", "short_name", "symbol")
    on = DayField(label=_("Từ ngày"))
    document = forms.CharField(label=_("Theo văn bản"), max_length=200, required=False)


class EndUnitForm(forms.Form):
    """The last day of a unit."""

    last_day = DayField(label=_("Đến hết ngày"))


class MergerForm(forms.Form):
    """Which units, into what, from which day, by which document."""

    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label=_("Các đơn vị sẽ sáp nhập"), to_field_name="key", widget=forms.CheckboxSelectMultiple
    )
    existing = UnitField(
        queryset=Unit.objects.none(), label=_("Nhập vào đơn vị đang có"), required=False,
        empty_label=_("— Lập đơn vị mới —"),
    )  # fmt: skip
    name = forms.CharField(label=_("Tên đơn vị mới"), max_length=200, required=False)
    symbol = forms.CharField(label=_("Ký hiệu văn bản"), max_length=20, required=False)
    identifier = forms.CharField(label=_("Mã định danh"), max_length=60, required=False)
    on = DayField(label=_("Ngày bắt đầu của đơn vị sau sáp nhập"))
    document = forms.CharField(label=_("Theo văn bản"), max_length=200)

    def __init__(self, *args: Any, parent: Unit, candidates: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parent = parent
        self.fields["units"].queryset = candidates  # type: ignore[attr-defined]
        self.fields["existing"].queryset = candidates  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Either an existing unit or the name of a new one."""
        data = super().clean() or {}
        if not data.get("existing") and not data.get("name"):
            self.add_error("name", _("Nhập tên đơn vị mới hoặc chọn đơn vị đang có."))
        return data

    @property
    def into(self) -> Unit | NewUnit:
        """The successor: the existing unit, or a new one of the same kind and level as the first that ends."""
        data = self.cleaned_data
        if data["existing"]:
            return data["existing"]
        like: Unit = data["units"][0]
        return NewUnit(
            parent=self.parent, kind=like.kind, name=data["name"], symbol=data["symbol"],
            identifier=data["identifier"], level=like.level,
        )  # fmt: skip

"""What forms share: days as people write them, reasons, ids of a sending, fields of the model, the version read."""

from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.forms.models import fields_for_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taicho.kernel import clock
from taicho.kernel.dates import official_date, parse_sure_date
from taicho.kernel.refusals import Refusal

LONGEST_REASON = 500  # not a rule: characters, what every column of a reason takes


class DayField(forms.CharField):
    """A day as people write it: 3/9/2026, 03-9-26, hôm nay. Unclear days are asked about, never guessed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("Ví dụ 03/9/2026."))
        super().__init__(max_length=40, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return official_date(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_sure_date(text, clock.today())
        except Refusal as refusal:
            raise forms.ValidationError(refusal.sentence, code=refusal.code) from refusal

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


def not_past(day: Any) -> Any:
    """The day when it is today or later, or none; otherwise refused."""
    if day is not None and day < clock.today():
        raise forms.ValidationError(_("Chọn hôm nay hoặc một ngày sau hôm nay."))
    return day


class KeyField(forms.ModelChoiceField):
    """One of the records given, by key; whatever is not among them gets one sentence."""

    default_error_messages = {"invalid_choice": gettext_lazy("Chọn một mục trong danh sách.")}

    def __init__(self, queryset: QuerySet[Any], **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", gettext_lazy("Chọn"))
        super().__init__(queryset, to_field_name="key", **kwargs)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except forms.ValidationError as no_key:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from no_key


class ClientIdField(forms.UUIDField):
    """The id of one sending, made with the form and carried unseen: the same form sent twice is one row (house D9)."""

    default_error_messages = dict.fromkeys(
        ("invalid", "required"), gettext_lazy("Trang đã cũ hoặc bị sửa. Mở lại trang rồi gửi lại.")
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.HiddenInput, initial=uuid4, **kwargs)


class ReasonForm(forms.Form):
    """Why. `label` and `hint` where a page asks more narrowly, or says who will read it."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, label: Any = "", hint: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label or self.fields["reason"].label
        self.fields["reason"].help_text = hint


def _as_people_write(field: "models.Field[Any, Any]", **kwargs: Any) -> forms.Field | None:
    """Days are typed; everything else is the model's own choice."""
    if isinstance(field, models.DateField):
        return DayField(label=str(field.verbose_name).capitalize(), required=not field.blank)
    made = field.formfield(**kwargs)
    if made is not None and isinstance(field, models.BooleanField) and not field.null:
        made.required = False
    return made


class RecordForm(forms.Form):
    """A form for the fields `changeable` of `model`; with a record it edits it, from the version that was read."""

    model: ClassVar[type[models.Model]]
    changeable: ClassVar[tuple[str, ...]]
    rows: ClassVar[tuple[tuple[str, ...], ...]] = ()

    def __init__(self, *args: Any, record: models.Model | None = None, **kwargs: Any) -> None:
        self.record = record
        if record is not None:
            kwargs["initial"] = {name: getattr(record, name) for name in self.changeable} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        own = self.fields
        taken = fields_for_model(self.model, fields=self.changeable, formfield_callback=_as_people_write)
        self.fields = {name: own.pop(name, None) or taken[name] for name in self.changeable} | own
        if record is not None:
            self.fields["version"] = forms.IntegerField(
                widget=forms.HiddenInput,
                initial=record.version,  # type: ignore[attr-defined]
                min_value=1,
            )

    @property
    def changes(self) -> dict[str, Any]:
        """The values of the model's own fields, as the action takes them."""
        return {name: self.cleaned_data[name] for name in self.changeable}

    @property
    def seen(self) -> int:
        """The version this form was made from."""
        return int(self.cleaned_data["version"])

"""Forms of the health post: a reading, a restriction, a lift, a step on an alert."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from taicho.health.enums import AlertStepKind, RestrictionKind
from taicho.health.models.declaration import REASON_LENGTH
from taicho.health.rules.questionnaire import latest
from taicho.health.rules.temperature import parse_celsius
from taicho.kernel.refusals import Refusal
from taicho.organisation.models import OutsideAuthority
from taicho.ui.forms import ClientIdField, KeyField, ReasonForm


class CelsiusField(forms.CharField):
    """A body temperature as people type it: 36,5 · 36.5 · 365."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=12, widget=widget, **kwargs)

    def clean(self, value: Any) -> Decimal:
        typed = super().clean(value)
        try:
            return parse_celsius(typed, latest())
        except Refusal as refusal:
            raise forms.ValidationError(refusal.sentence, code=refusal.code) from refusal


class TemperatureForm(forms.Form):
    """One reading. The id is made with the form, so that a double tap records once."""

    stands_for = {"temperature": "celsius"}

    celsius = CelsiusField(label=_("Thân nhiệt (°C)"), help_text=_("Ví dụ 36,5. Nhập 365 cũng được."))
    client_id = ClientIdField()

    @property
    def once(self) -> UUID:
        """The id of this reading."""
        return UUID(str(self.cleaned_data["client_id"]))


READ_BY = _("Chỉ y tế cơ quan và người được ghi đọc được.")
"""Who reads the reason of a restriction, said where it is asked."""


class RestrictionForm(ReasonForm):
    """What the person may not do for the time being."""

    field_order = ("kind", "reason")
    kind = forms.ChoiceField(label=_("Hạn chế"), choices=RestrictionKind.choices, widget=forms.RadioSelect)


class StepForm(forms.Form):
    """One step on an alert."""

    kind = forms.ChoiceField(label=_("Việc đã làm"), choices=AlertStepKind.choices, widget=forms.RadioSelect)
    authority = KeyField(
        OutsideAuthority.objects.none(), label=_("Cơ quan đã gọi"), required=False, empty_label=_("Chọn cơ quan đã gọi")
    )  # fmt: skip
    note = forms.CharField(
        label=_("Ghi chú, lý do kết thúc"), max_length=REASON_LENGTH, required=False,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Ví dụ lời khuyên của cơ quan y tế."),
    )  # fmt: skip

    def __init__(self, *args: Any, authorities: Iterable[OutsideAuthority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [one.pk for one in authorities]
        self.fields["authority"].queryset = OutsideAuthority.objects.filter(pk__in=known)  # type: ignore[attr-defined]

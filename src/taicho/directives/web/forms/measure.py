"""Forms about measures: confirm one from a clause, decide one for the office, take one back, relate two."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from taicho.directives.enums import Force, RelationKind
from taicho.directives.models import Measure
from taicho.directives.queries.in_force import reason_of
from taicho.directives.rules.kinds import KINDS, Kind
from taicho.directives.web.parameter_fields import PREFIX, parameter_fields, stated_in
from taicho.organisation.models import Unit
from taicho.ui.forms import DayField, KeyField

MOST_WEEKS = 2000  # not a rule: about forty years, the oldest paper a drill would take


class ScopeField(forms.ModelMultipleChoiceField):
    """Units of the agency, by key; the agency itself stands for everything under it."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Unit.objects.none(), to_field_name="key", **kwargs)

    def label_from_instance(self, unit: Any) -> str:
        return str(unit.name)


class MeasureForm(forms.Form):
    """What both sources share: the parameters of the kind, the scope, the days."""

    scope = ScopeField(label=_("Phạm vi"), help_text=_("Chọn cơ quan là gồm mọi đơn vị trực thuộc."))
    from_day = DayField(label=_("Từ ngày"), required=False)
    until_day = DayField(label=_("Đến hết ngày"), required=False, help_text=_("Để trống: đến khi có văn bản thay thế."))

    def __init__(self, *args: Any, kind: type[Kind], units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        own = self.fields
        self.fields = parameter_fields(kind) | own
        self.fields["scope"].queryset = units  # type: ignore[attr-defined]

    @property
    def stands_for(self) -> dict[str, str]:
        """Under which field a refused parameter is shown."""
        return {name: PREFIX + name for name in self.kind.parameters}

    @property
    def stated(self) -> dict[str, Any]:
        """The parameters as they are written."""
        return stated_in(self.kind, self.cleaned_data)


class ClauseMeasureForm(MeasureForm):
    """What a clause orders; in a drill also by how many weeks its days are moved."""

    force = forms.ChoiceField(label=_("Mức độ"), choices=Force.choices)
    clause_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)
    shift_weeks = forms.IntegerField(
        label=_("Dời sang lịch diễn tập, số tuần"), required=False, min_value=-MOST_WEEKS, max_value=MOST_WEEKS,
        help_text=_("Dời tròn tuần để giữ đúng thứ; ngày gốc vẫn hiện."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not settings.TAICHO_DRILL:
            del self.fields["shift_weeks"]


class DecisionForm(MeasureForm):
    """What the office decides itself: also what about, and why."""

    subject = forms.CharField(label=_("Quyết định về việc"), max_length=250)
    reason = forms.CharField(label=_("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_day"].required = True


class MeasureChoiceField(KeyField):
    """A measure, in the words of its source and parameters."""

    def label_from_instance(self, measure: Any) -> str:
        return (
            f"{KINDS[measure.kind].label} · {KINDS[measure.kind].describe(measure.params)} · {reason_of(measure).text}"
        )


class RelationForm(forms.Form):
    """Which other measure this one replaces or suspends."""

    what = MeasureChoiceField(Measure.objects.none(), label=_("Biện pháp cũ"), empty_label=_("Chưa chọn"))
    kind = forms.ChoiceField(label=_("Quan hệ"), choices=RelationKind.choices)

    def __init__(self, *args: Any, others: QuerySet[Measure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].queryset = others  # type: ignore[attr-defined]

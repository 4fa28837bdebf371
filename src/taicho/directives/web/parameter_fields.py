"""Ask for the parameters of a kind of measure: one form field a parameter, made from its shape."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taicho.directives.rules.kinds import Kind
from taicho.directives.rules.parameters import Parameter, Shape
from taicho.ui.forms import DayField

PREFIX = "p_"
NOT_STATED = gettext_lazy("Không nêu")


class NumberField(forms.CharField):
    """A number as people write it: 50, 37,5. Cleans to int or float; empty = not stated."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=12, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return str(value).replace(".", ",") if isinstance(value, int | float) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value).replace(",", ".").rstrip("% ")
        if not text:
            return None
        try:
            number = float(text)
        except ValueError as wrong:
            raise forms.ValidationError(_("Nhập một số, ví dụ 50 hoặc 37,5.")) from wrong
        return int(number) if number.is_integer() else number


class ListField(forms.CharField):
    """Several words, one a line. Cleans to a list."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("Mỗi dòng một mục."))
        super().__init__(max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class HoursField(ListField):
    """Hours of the day: 06:00, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(help_text=gettext_lazy("Mỗi dòng một giờ, ví dụ 06:00."), **kwargs)


def parameter_fields(kind: type[Kind]) -> dict[str, forms.Field]:
    """The fields that ask for the parameters of `kind`, by field name."""
    return {PREFIX + name: _field(kind, name, parameter) for name, parameter in kind.parameters.items()}


def stated_in(kind: type[Kind], cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """What the form states: empty fields and unticked flags are not stated."""
    written = {name: cleaned.get(PREFIX + name) for name in kind.parameters}
    return {name: value for name, value in written.items() if value not in (None, "", [], False)}


def _field(kind: type[Kind], name: str, parameter: Parameter) -> forms.Field:
    label = str(kind.says.get(name, name))
    shown = label[:1].upper() + label[1:]
    said = [(word, str(kind.says.get(word, word))) for word in parameter.words]
    facts: dict[str, Any] = {"label": shown, "required": parameter.required}
    if parameter.shape is Shape.CHOICE:
        return forms.ChoiceField(choices=said if parameter.required else [("", NOT_STATED), *said], **facts)
    if parameter.shape is Shape.SET and said:
        return forms.MultipleChoiceField(choices=said, widget=forms.CheckboxSelectMultiple, **facts)
    if parameter.shape is Shape.FLAG:
        return forms.BooleanField(label=shown, required=False)
    makers: dict[Shape, Any] = {
        Shape.NUMBER: NumberField, Shape.SET: ListField, Shape.TIMES: HoursField, Shape.DAY: DayField,
    }  # fmt: skip
    return makers[parameter.shape](**facts) if parameter.shape in makers else forms.CharField(max_length=500, **facts)

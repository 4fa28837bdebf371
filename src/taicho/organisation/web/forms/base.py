"""What forms about one kind of record share: fields taken from the model, and the version that was read."""

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.forms.models import fields_for_model

from taicho.organisation.web.fields import DayField


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

"""Forms of the staff list import: the file, and the answers to what the list leaves open."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from taicho.kernel.dates import official_date
from taicho.organisation.models import Person, Unit
from taicho.organisation.queries.staff_import import NEW, SKIP, Judged, Preview, UnknownUnit
from taicho.ui.forms import KeyField

MOST_ASKED = 50
"""So many rows ask on one page; the next ones follow when these are answered."""


class ListForm(forms.Form):
    """Which agency, and the file."""

    agency = KeyField(
        Unit.objects.none(), label=_("Cơ quan"), empty_label=None,
        error_messages={"invalid_choice": _("Chọn một cơ quan trong danh sách."), "required": _("Chọn cơ quan.")},
    )  # fmt: skip
    file = forms.FileField(
        label=_("Danh sách (.xlsx hoặc .csv)"),
        help_text=_("Danh sách sẵn có của cơ quan cũng được, không cần sửa theo mẫu. Tối đa 5.000 người."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": _("Chọn tệp danh sách, loại .xlsx hoặc .csv."), "empty": _("Tệp trống.")},
        allow_empty_file=True,
    )

    def __init__(self, *args: Any, agencies: QuerySet[Unit], home: Unit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: forms.ModelChoiceField[Unit] = self.fields["agency"]  # type: ignore[assignment]
        choices.queryset = agencies
        choices.initial = home.key if home else None


class AnswersForm(forms.Form):
    """One choice per unknown department, one per row that may be somebody on the register."""

    def __init__(self, *args: Any, preview: Preview, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = list(units)
        self.unknown = {_place(unknown.key): unknown for unknown in preview.unknown_units}
        self.asking = {f"row-{one.index}": one for one in preview.rows if one.code == "ambiguous"}
        self.by_key = {str(unit.key): unit for unit in units}
        for name, unknown in self.unknown.items():
            self.fields[name] = _unit_field(unknown, units)
        for name, one in list(self.asking.items())[:MOST_ASKED]:
            self.fields[name] = _row_field(one)

    def unit_answers(self) -> dict[str, Unit]:
        """Written key → unit, for the names that were answered."""
        chosen = {unknown.key: self.cleaned_data.get(name) for name, unknown in self.unknown.items()}
        return {key: self.by_key[unit] for key, unit in chosen.items() if unit}

    def row_answers(self) -> dict[str, str]:
        """Row index → key of a person, "new" or "skip"."""
        chosen = {str(one.index): self.cleaned_data.get(name) for name, one in self.asking.items()}
        return {index: answer for index, answer in chosen.items() if answer}

    @property
    def unit_fields(self) -> list[forms.BoundField]:
        """The choices of departments."""
        return [self[name] for name in self.unknown]

    @property
    def row_fields(self) -> list[forms.BoundField]:
        """The choices of people."""
        return [self[name] for name in self.asking if name in self.fields]


def _place(key: str) -> str:
    return f"unit-{sha256(key.encode()).hexdigest()[:12]}"


def _unit_field(unknown: UnknownUnit, units: list[Unit]) -> forms.ChoiceField:
    choices = [("", gettext("Chưa chọn")), *((str(unit.key), unit.name) for unit in units)]
    return forms.ChoiceField(
        choices=choices, required=False, label=f"“{unknown.written}”",
        help_text=gettext("%(count)d người trong danh sách ghi tên này.") % {"count": unknown.rows},
        initial=str(unknown.suggestion.key) if unknown.suggestion else "",
    )  # fmt: skip


def _row_field(one: Judged) -> forms.ChoiceField:
    people = [(str(person.key), _described(person)) for person in one.candidates]
    choices = [
        ("", gettext("Chưa chọn")),
        *people,
        (NEW, gettext("Người khác: thêm mới")),
        (SKIP, gettext("Bỏ qua hàng này")),
    ]
    label = gettext("Hàng %(number)d: %(name)s") % {"number": one.row.number, "name": one.row.name}
    return forms.ChoiceField(choices=choices, required=False, label=label, help_text=" ".join(one.sentences))


def _described(person: Person) -> str:
    """Somebody on the register, told apart from namesakes."""
    born = official_date(person.birth_date) if person.birth_date else person.birth_year
    unit = person.home_unit
    return " · ".join(str(part) for part in (person.full_name, born, unit and unit.name, person.position) if part)

"""Forms of the roster: where people work on a day, where one works oneself, who holds a post."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from taicho.kernel.dates import weekday_date
from taicho.organisation.models import Person
from taicho.roster.actions.registering import Place
from taicho.roster.enums import Absence, Mode
from taicho.roster.queries.days import PersonDay

NOTHING = ("", _("Chưa đăng ký"))
CHOICES = [
    (Mode.ON_SITE.value, Mode.ON_SITE.label),
    (Mode.REMOTE.value, Mode.REMOTE.label),
    (f"{Mode.ABSENT}:{Absence.LEAVE}", _("Vắng: nghỉ phép")),
    (f"{Mode.ABSENT}:{Absence.TRIP}", _("Vắng: đi công tác")),
    (f"{Mode.ABSENT}:{Absence.OTHER}", _("Vắng: lý do khác")),
]


SEEN = "s-"
"""What stood in a choice when the page was opened goes back with it, under this before the name of the choice."""


def chosen_in(form: forms.Form, names: Iterable[str]) -> list[str]:
    """The fields of `names` in which something else is chosen than stood there, or of which nothing is told."""
    return [name for name in names if form.data.get(name) != form.data.get(SEEN + name)]


class PlaceField(forms.ChoiceField):
    """Where somebody works. Cleans to a Place; None when nothing is chosen. What is registered stays registered."""

    def __init__(self, row: PersonDay, **kwargs: Any) -> None:
        choices = CHOICES if row.row else [NOTHING, *CHOICES]
        super().__init__(choices=choices, initial=row.value, required=False, **kwargs)

    def clean(self, value: Any) -> Place | None:
        chosen = super().clean(value)
        mode, _colon, absence = chosen.partition(":")
        return Place(mode, absence) if chosen else None


class UnitDayForm(forms.Form):
    """One choice a person; the reason for whoever comes though the cap is full."""

    exception = forms.CharField(
        label=_("Lý do cho người đến thêm"), max_length=250, required=False,
        help_text=_("Chỉ ghi khi có người cần đến ngoài mức cho phép."),
    )  # fmt: skip

    def __init__(self, *args: Any, rows: Iterable[PersonDay], capped: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.fields if capped else {}
        self.rows = list(rows)
        self.fields = {self.name_of(row): PlaceField(row, label=row.person.full_name) for row in self.rows} | own

    @staticmethod
    def name_of(row: PersonDay) -> str:
        """The field of a person."""
        return f"p-{row.person.key}"

    @property
    def lines(self) -> list[tuple[PersonDay, Any]]:
        """Each person with the field."""
        return [(row, self[self.name_of(row)]) for row in self.rows]

    @property
    def places(self) -> dict[Person, Place]:
        """What was chosen anew."""
        chosen = {row.person: self.cleaned_data[name] for name, row in self.changed.items()}
        return {person: place for person, place in chosen.items() if place is not None}

    @property
    def changed(self) -> dict[str, PersonDay]:
        """The people for whom something else was chosen, by name of the field."""
        names = {self.name_of(row): row for row in self.rows}
        return {name: names[name] for name in chosen_in(self, names)}

    @property
    def seen(self) -> dict[int, str]:
        """What stood there when the page was opened, by person."""
        stood = {row.person.pk: self.data.get(SEEN + self.name_of(row)) for row in self.rows}
        return {person: place for person, place in stood.items() if place is not None}


class OwnScheduleForm(forms.Form):
    """One choice a day, for the days that are not over."""

    def __init__(self, *args: Any, rows: Iterable[PersonDay], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        self.open = [row for row in self.rows if row.day >= today]
        self.fields = {row.day.isoformat(): PlaceField(row, label=weekday_date(row.day)) for row in self.open}

    @property
    def lines(self) -> list[tuple[PersonDay, Any]]:
        """Each day with its field; None for a day that is over."""
        return [(row, self[row.day.isoformat()] if row in self.open else None) for row in self.rows]

    @property
    def places(self) -> dict[date, Place]:
        """What was chosen anew, by day."""
        names = {row.day.isoformat(): row.day for row in self.open}
        chosen = {names[name]: self.cleaned_data[name] for name in chosen_in(self, names)}
        return {day: place for day, place in chosen.items() if place is not None}

    def seen(self, day: date) -> str | None:
        """What stood there when the page was opened; None where it is not told."""
        return self.data.get(SEEN + day.isoformat())


class HoldersForm(forms.Form):
    """Who holds one post of a measure: people of the agency, by key."""

    people = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, required=False, label=_("Người thường trực"),
        error_messages={"invalid_choice": _("Chọn người trong danh sách.")},
    )  # fmt: skip

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(person.key): person for person in people}
        self.fields["people"].choices = [  # type: ignore[attr-defined]
            (key, f"{person.full_name} · {person.home_unit}") for key, person in self.known.items()
        ]

    @property
    def chosen(self) -> list[Person]:
        """The people ticked."""
        return [self.known[key] for key in self.cleaned_data["people"]]

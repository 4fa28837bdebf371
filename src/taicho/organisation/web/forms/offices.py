"""Forms about delegations and standing bodies."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from taicho.kernel import clock
from taicho.organisation.actions.standing_bodies import Seat
from taicho.organisation.enums import BodyFunction, StandingBodyKind
from taicho.organisation.web.fields import PersonField, suggestions_from
from taicho.ui.forms import DayField, not_past


class DelegationForm(forms.Form):
    """To whom, for what, by which paper, until when."""

    stands_for = {"until": "last_day"}

    to = PersonField(label=_("Ủy quyền cho"))
    matters = forms.CharField(label=_("Nội dung ủy quyền"), max_length=250)
    document = forms.CharField(label=_("Văn bản ủy quyền"), max_length=200)
    first_day = DayField(label=_("Từ ngày"), required=False, help_text=_("Để trống: ngay bây giờ."))
    last_day = DayField(label=_("Đến hết ngày"))

    def __init__(self, *args: Any, among: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choose_among(among)  # type: ignore[attr-defined]

    def clean_first_day(self) -> Any:
        """Not in the past: a paper of today covers nothing that was signed yesterday."""
        return not_past(self.cleaned_data["first_day"])

    def clean_last_day(self) -> Any:
        """Not over before it begins."""
        if self.cleaned_data["last_day"] < clock.today():
            raise forms.ValidationError(_("Ngày kết thúc không được ở trước hôm nay."))
        return self.cleaned_data["last_day"]


class DecisionForm(forms.Form):
    """The decision that sets up or recomposes a body."""

    decision = forms.CharField(label=_("Quyết định số"), max_length=100)
    decided_on = DayField(label=_("Ngày quyết định"))


class BodyForm(DecisionForm):
    """A new standing body."""

    field_order = ("kind", "name", "decision", "decided_on")
    kind = forms.ChoiceField(label=_("Loại"), choices=StandingBodyKind.choices)
    name = forms.CharField(label=_("Tên"), max_length=200)


class SeatForm(forms.Form):
    """One member."""

    person = PersonField(label=_("Họ và tên"), required=False, help_text="")
    function = forms.ChoiceField(label=_("Nhiệm vụ"), choices=BodyFunction.choices, initial=BodyFunction.MEMBER)
    portfolio = forms.CharField(label=_("Lĩnh vực, địa bàn phụ trách"), max_length=250, required=False)


class SeatsFormSet(forms.BaseFormSet):
    """The members of a composition; empty lines do not count."""

    def __init__(self, *args: Any, among: Any, **kwargs: Any) -> None:
        self.among = among
        self.suggestions = suggestions_from(among)
        super().__init__(*args, **kwargs)

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        form.fields["person"].choose_among(self.among, self.suggestions)
        for name, field in form.fields.items():
            field.widget.attrs["aria-label"] = f"{field.label} {i + 1}" if name == "person" else str(field.label)
        return form

    @property
    def seats(self) -> list[Seat]:
        """The seats that were filled in."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("person")]
        return [Seat(row["person"], row["function"], row["portfolio"]) for row in rows]


SEATS: Any = forms.formset_factory(SeatForm, formset=SeatsFormSet, extra=8, max_num=60, absolute_max=60)


class DocumentForm(forms.Form):
    """The paper that activates a body or stands it down."""

    document = forms.CharField(label=_("Theo văn bản"), max_length=200)

"""Forms of the gate."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from taicho.gate.actions.entries import Passing
from taicho.gate.actions.visits import VisitorFacts
from taicho.gate.enums import Direction, Need, Purpose
from taicho.gate.models.gate_exception import REASON_LENGTH
from taicho.health.rules.questionnaire import Questionnaire, latest
from taicho.health.rules.temperature import parse_celsius
from taicho.kernel import clock
from taicho.kernel.phone import parse_phone
from taicho.kernel.refusals import Refusal
from taicho.kernel.vietnamese import search_terms
from taicho.organisation.models import Gate, Person
from taicho.ui.forms import ClientIdField, KeyField

FIRST_YEAR = 1900
FEWEST_LETTERS = 2
YES_NO = (("no", _("Không")), ("yes", _("Có")))


def _auto(name: str, **attributes: str) -> forms.TextInput:
    """A line the browser may fill in for its owner."""
    return forms.TextInput(attrs={"autocomplete": name, **attributes})


def to_visitor(words: str) -> str:
    """The question of the pack, which says "đồng chí" to colleagues, said to a visitor (look.md 8)."""
    return words.replace("Đồng chí", "Ông/bà").replace("đồng chí", "ông/bà")


class PassingForm(forms.Form):
    """What the guard has seen and measured of somebody who wants to come in. The id is made with the form.

    The key under the verdict names what the guard attests by pressing it (`asks`: what the screen asked to look at);
    a tick takes back what is missing. So a person with mask and clean hands costs one press (ux.md 4, tasks 2 and 3).
    """

    client_id = ClientIdField()
    asks = forms.MultipleChoiceField(required=False, choices=[(need, need) for need in (Need.MASK, Need.HAND_RUB)])
    no_mask = forms.BooleanField(required=False, label=_("Không đeo khẩu trang"))
    no_hand_rub = forms.BooleanField(required=False, label=_("Chưa sát khuẩn tay"))
    temperature = forms.CharField(required=False, max_length=12, label=_("Thân nhiệt"))

    def clean_temperature(self) -> Any:
        """Degrees Celsius, or None when nothing was typed."""
        typed = self.cleaned_data["temperature"]
        if not typed:
            return None
        try:
            return parse_celsius(typed, latest())
        except Refusal as refusal:
            raise forms.ValidationError(refusal.sentence, code=refusal.code) from refusal

    def passing(self, direction: Direction, *, again: bool = False) -> Passing:
        """The passing as the action takes it."""
        said = self.cleaned_data
        seen = frozenset(Need(need) for need in said["asks"] if not said[f"no_{need}"])
        return Passing(said["client_id"], direction, seen, said["temperature"], again)


class OnceForm(forms.Form):
    """One press of a key; the id is made with the form."""

    client_id = ClientIdField()


class EvidenceForm(OnceForm):
    """Which declaration made elsewhere somebody shows."""

    shown = forms.ChoiceField(label=_("Đã xem khai báo ở"))

    def __init__(self, *args: Any, accepted: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shown"].choices = [(one, one) for one in accepted]  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    """What the leader decides, and why."""

    allowed = forms.ChoiceField(
        label=_("Quyết định"),
        choices=(("yes", _("Cho vào hôm nay")), ("no", _("Không cho vào"))),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Lý do"), max_length=REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 3}))

    @property
    def decided(self) -> dict[str, Any]:
        """The decision as the action takes it."""
        return {"allowed": self.cleaned_data["allowed"] == "yes", "reason": self.cleaned_data["reason"]}


class TelephoneForm(DecisionForm):
    """What a leader said by telephone, written down by the guard."""

    field_order = ("leader", "allowed", "reason")
    leader = KeyField(Person.objects.none(), label=_("Lãnh đạo đã trả lời"))

    def __init__(self, *args: Any, leaders: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leader"].queryset = leaders  # type: ignore[attr-defined]


class DeviceForm(forms.Form):
    """A device to invite."""

    gate = KeyField(Gate.objects.none(), label=_("Cổng"))
    name = forms.CharField(label=_("Tên thiết bị"), max_length=80, help_text=_("Ví dụ: Máy tính bảng cổng 1."))

    def __init__(self, *args: Any, gates: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gate"].queryset = gates  # type: ignore[attr-defined]


class EnrolForm(forms.Form):
    """The code of an invitation."""

    code = forms.CharField(
        label=_("Mã ghi nhận thiết bị"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Mã 10 ký tự do Văn phòng cấp, dùng một lần."),
    )  # fmt: skip


class NameForm(forms.Form):
    """The name of somebody who has neither telephone nor card with them."""

    words = forms.CharField(label=_("Họ và tên"), max_length=100, widget=_auto("off", spellcheck="false"))

    def clean_words(self) -> str:
        """At least two letters, so that one key does not turn over the whole list."""
        words: str = self.cleaned_data["words"]
        if not any(len(term) >= FEWEST_LETTERS for term in search_terms(words)):
            raise forms.ValidationError(gettext("Gõ ít nhất 2 chữ cái của tên, ví dụ: Lan."), code="too-short")
        return words


class ChosenForm(forms.Form):
    """The person the guard chose from the names."""

    person = forms.UUIDField()


class AnswersForm(OnceForm):
    """The questions of the day for a visitor at the gate; nothing is pre-answered."""

    def __init__(self, *args: Any, asked: Questionnaire, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        for question in asked.questions:
            words = to_visitor(str(question.ask))
            self.fields[question.key] = forms.ChoiceField(label=words, choices=YES_NO, widget=forms.RadioSelect)

    @property
    def answers(self) -> dict[str, bool]:
        """The answers by question."""
        return {question.key: self.cleaned_data[question.key] == "yes" for question in self.asked.questions}


class VisitorForm(OnceForm):
    """The five fields of the visitor book, whom the visitor comes to and why; nothing more is asked (S2 III/1/-3)."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=100, widget=_auto("name"))
    birth_year = forms.IntegerField(label=_("Năm sinh"), widget=_auto("bday-year", inputmode="numeric"))
    residence = forms.CharField(label=_("Nơi cư trú"), max_length=250, widget=_auto("street-address"))
    employer = forms.CharField(label=_("Đơn vị công tác"), max_length=150, widget=_auto("organization"))
    phone = forms.CharField(label=_("Số điện thoại"), max_length=60, widget=_auto("tel", inputmode="tel"))
    host = forms.CharField(label=_("Gặp ai, phòng nào"), max_length=150)
    purpose = forms.ChoiceField(label=_("Đến vì"), choices=Purpose.choices, widget=forms.RadioSelect)

    def clean_birth_year(self) -> int:
        """A year in which somebody who comes alone can be born."""
        year: int = self.cleaned_data["birth_year"]
        if not FIRST_YEAR <= year <= clock.today().year:
            raise forms.ValidationError(gettext("Nhập năm sinh gồm 4 chữ số, ví dụ 1980."), code="bad-year")
        return year

    def clean_phone(self) -> str:
        """One Vietnamese number in its kept form."""
        try:
            return parse_phone(self.cleaned_data["phone"])
        except Refusal as refusal:
            raise forms.ValidationError(refusal.sentence, code=refusal.code) from refusal

    @property
    def facts(self) -> VisitorFacts:
        """The visitor as the action takes it."""
        names = ("full_name", "birth_year", "residence", "employer", "phone", "host", "purpose")
        return VisitorFacts(**{name: self.cleaned_data[name] for name in names})


class DeclaringVisitorForm(AnswersForm, VisitorForm):
    """The same with the questions of the day."""

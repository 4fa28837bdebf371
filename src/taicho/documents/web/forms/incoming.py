"""The form of one line of the register."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taicho.documents.actions.registering import FACTS
from taicho.documents.models import IncomingDocument
from taicho.ui.forms import RecordForm

MOST_LINES, LONGEST_LINE = 60, 300


class LinesField(forms.CharField):
    """Several bodies, one a line. Cleans to a list; accepts a list to start with."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("Mỗi dòng một nơi."))
        widget = forms.Textarea(attrs={"rows": 3})
        super().__init__(required=False, max_length=MOST_LINES * LONGEST_LINE, widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE for line in lines):
            raise forms.ValidationError(
                _("Nhận tối đa %(lines)s dòng, mỗi dòng tối đa %(letters)s chữ."),
                params={"lines": MOST_LINES, "letters": LONGEST_LINE},
            )
        return lines

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class IncomingForm(RecordForm):
    """What the paper says of itself, and the day it came."""

    model = IncomingDocument
    changeable: ClassVar[tuple[str, ...]] = FACTS
    rows: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("number", "symbol"), ("kind", "urgency"), ("issuer",), ("superior",), ("place", "issued_on"), ("subject",),
        ("addressees",), ("recipients",), ("signer", "signer_title"), ("capacity",), ("arrived_on",),
    )  # fmt: skip
    subject = forms.CharField(
        label=gettext_lazy("Trích yếu"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Nội dung chính của văn bản, như văn bản ghi."),
    )  # fmt: skip
    addressees = LinesField(label=gettext_lazy("Kính gửi"))
    recipients = LinesField(label=gettext_lazy("Nơi nhận"))

"""Forms that take a document in: a file, pasted text, or the facts typed by hand."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taicho.documents.web.forms.incoming import IncomingForm
from taicho.organisation.models import Unit
from taicho.organisation.web.fields import UnitField

LONGEST_TEXT = 200_000


def text_field(**kwargs: Any) -> forms.CharField:
    """The words of a document, as they are typed or pasted."""
    return forms.CharField(
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        **kwargs,
    )


class TakeForm(forms.Form):
    """A file or pasted text, one of the two; the agency only where one keeps the register of several."""

    agency = UnitField(Unit.objects.none(), label=gettext_lazy("Cơ quan nhận"))
    file = forms.FileField(
        label=gettext_lazy("Tệp văn bản"), help_text=".docx, .odt, .pdf, .txt",
        error_messages={"required": gettext_lazy("Chọn một tệp, hoặc dán nội dung vào ô dưới.")},
    )  # fmt: skip
    text = text_field(
        label=gettext_lazy("Nội dung văn bản"), help_text=gettext_lazy("Dán toàn văn khi không có tệp.")
    )  # fmt: skip

    def __init__(self, *args: Any, agencies: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        only_one(self, agencies)
        self.fields["file"].required = not self.data.get("text", "").strip()

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("file") and found.get("text"):
            self.add_error("text", _("Đã chọn tệp thì để trống ô này; hoặc bỏ tệp và chỉ dán nội dung."))
        return found


class HandForm(IncomingForm):
    """The facts of a document without a file, and its body where there is one to type."""

    agency = UnitField(Unit.objects.none(), label=gettext_lazy("Cơ quan nhận"))
    text = text_field(
        label=gettext_lazy("Nội dung"), help_text=gettext_lazy("Gõ hoặc dán các mục, ghi số mục như văn bản ghi.")
    )  # fmt: skip

    def __init__(self, *args: Any, agencies: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        only_one(self, agencies)


def only_one(form: forms.Form, agencies: QuerySet[Unit]) -> None:
    """Do not ask for the agency where there is only one to name."""
    if agencies.count() == 1:
        form.fields["agency"].initial = agencies.get().key
        form.fields["agency"].widget = forms.HiddenInput()

"""The form that strikes a wrong entry out."""

from django import forms
from django.utils.translation import gettext_lazy as _

from taicho.documents.models.incoming_document import REASON_LENGTH


class StrikeOutForm(forms.Form):
    """Why the entry is wrong."""

    reason = forms.CharField(
        label=_("Lý do hủy"), max_length=REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ví dụ: vào sổ trùng, gửi nhầm cơ quan. Lý do hiện trong sổ."),
    )  # fmt: skip

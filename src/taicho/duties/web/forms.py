"""Forms about duties."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NothingToAsk(forms.Form):
    """A button alone."""


class ResultForm(forms.Form):
    """What came of a task."""

    words = forms.CharField(
        label=_("Kết quả"), help_text=_("Ghi ngắn gọn: đã làm gì, sản phẩm ở đâu."), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


class ExemptForm(forms.Form):
    """Why somebody is excused."""

    why = forms.CharField(
        label=_("Lý do miễn"), max_length=300,
        help_text=_("Ví dụ: nghỉ phép đã duyệt từ 16 đến 20/11. Không ghi tình trạng sức khỏe."),
    )  # fmt: skip

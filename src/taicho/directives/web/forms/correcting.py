"""The form that corrects a clause."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from taicho.directives.models import Clause
from taicho.directives.models.clause import PATH_LENGTH
from taicho.ui.forms import RecordForm

LONGEST_CLAUSE = 50_000  # not a rule: letters of one clause


class ClauseForm(RecordForm):
    """Label and words of one clause."""

    model = Clause
    changeable: ClassVar[tuple[str, ...]] = ("path", "text")
    path = forms.CharField(
        label=_("Nhãn"), max_length=PATH_LENGTH,
        help_text=_("Các số mục từ ngoài vào, cách nhau bằng dấu /: 4, II/1/a, 2/-3 (ý thứ 3 của mục 2)."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Nội dung"), max_length=LONGEST_CLAUSE, widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("Như bản giấy ghi, không kèm số mục."),
    )  # fmt: skip

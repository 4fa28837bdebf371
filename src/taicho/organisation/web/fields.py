"""Form fields of this area: units by path, people by name."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taicho.kernel import clock
from taicho.kernel.vietnamese import fold
from taicho.organisation.models import StaffMembership, Unit
from taicho.organisation.queries.communes import commune_name, communes_named
from taicho.ui.forms import KeyField

MOST_SUGGESTIONS = 200
MOST_NAMED = 4
EM_SPACE = "\N{EM SPACE}"


class UnitField(KeyField):
    """A unit out of those given, by key, indented as in the tree."""

    def __init__(self, queryset: QuerySet[Unit], **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", gettext_lazy("Chưa chọn"))
        super().__init__(queryset, **kwargs)

    def label_from_instance(self, unit: Any) -> str:
        return EM_SPACE * (unit.depth - 1) + str(unit.name)


class Suggesting(forms.TextInput):
    """A text input with suggestions of the browser's own; works without scripts."""

    def __init__(self) -> None:
        super().__init__(attrs={"autocomplete": "off", "spellcheck": "false"})
        self.suggestions: list[str] = []

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        control = super().render(name, value, attrs, renderer)
        if not self.suggestions:
            return control
        options = format_html_join("", "<option>{}</option>", ((text,) for text in self.suggestions))
        return format_html('{}<datalist id="{}">{}</datalist>', control, self.attrs["list"], options)


def suggestions_from(memberships: QuerySet[StaffMembership]) -> list[str]:
    """Names with units to suggest; none when there are too many to send with a page."""
    short = list(memberships.values_list("person__full_name", "unit__name")[: MOST_SUGGESTIONS + 1])
    return [f"{name}, {unit}" for name, unit in short] if len(short) <= MOST_SUGGESTIONS else []


class PersonField(forms.CharField):
    """A member of staff by name: "Nguyễn Thị Lan", or "Nguyễn Thị Lan, Phòng Tổng hợp" where two share it.

    `among` are the memberships to choose from; accents and case do not count; an ambiguous name is answered with the
    ways to say it clearly. Cleans to the membership's Person.
    """

    widget = Suggesting

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("Gõ họ tên; nếu trùng tên thì thêm dấu phẩy và tên đơn vị."))
        super().__init__(max_length=320, **kwargs)
        self.among: QuerySet[StaffMembership] = StaffMembership.objects.none()

    def choose_among(self, memberships: QuerySet[StaffMembership], suggestions: list[str] | None = None) -> None:
        """Take names out of these memberships; a short list is also suggested while typing.

        With `suggestions` given another field of the page prints the list, and this one only refers to it.
        """
        self.among = memberships
        short = suggestions_from(memberships) if suggestions is None else suggestions
        if short:
            self.widget.attrs["list"] = "people_to_choose"
            self.widget.suggestions = short if suggestions is None else []

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = list(self._matching(text))
        if len(found) == 1:
            return found[0].person
        if not found:
            raise forms.ValidationError(_("Không có ai tên “%(name)s” trong phạm vi của đồng chí.") % {"name": text})
        ways = "; ".join(f"{one.person.full_name}, {one.unit.name}" for one in found[:MOST_NAMED])
        raise forms.ValidationError(_("Có nhiều người trùng tên. Hãy ghi rõ: %(ways)s.") % {"ways": ways})

    def _matching(self, text: str) -> Iterator[StaffMembership]:
        """Memberships whose name, or name and unit, is the text without accents and case."""
        wanted = fold(text)
        for membership in self.among.filter(person__name_folded=fold(text.split(",", maxsplit=1)[0])):
            name = membership.person.name_folded
            if wanted in (name, f"{name}, {membership.unit.name_folded}"):
                yield membership


class Typed(str):
    """What a person typed; shown again as it is."""


class CommuneField(forms.CharField):
    """A commune by name, with the units above where several share it, or by its code. Cleans to the code."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("Ví dụ Phường Ba Đình, Hà Nội; hoặc mã 5 chữ số."))
        super().__init__(max_length=200, **kwargs)

    def bound_data(self, data: Any, initial: Any) -> Any:
        return Typed(data) if data else data

    def prepare_value(self, value: Any) -> Any:
        return commune_name(value, clock.today()) if value and not isinstance(value, Typed) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        found = communes_named(text, clock.today()) if text else ("",)
        if not found:
            raise forms.ValidationError(
                _("Không có xã, phường nào là “%(text)s”. Hãy ghi tên và tỉnh, ví dụ Phường Ba Đình, Hà Nội."),
                params={"text": text},
            )
        if len(found) > 1:
            ways = "; ".join(commune_name(code, clock.today()) for code in found[:MOST_NAMED])
            raise forms.ValidationError(
                _("Có %(count)s nơi mang tên này. Hãy ghi rõ, ví dụ: %(ways)s."),
                params={"count": len(found), "ways": ways},
            )
        return found[0]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)

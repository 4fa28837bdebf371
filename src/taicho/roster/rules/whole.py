"""A number of people or places is a whole one: nobody sends half a person home (D3, D4, D8)."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from taicho.directives.rules.parameters import Parameter


def whole(parameter: Parameter) -> Parameter:
    """The same parameter, but only whole numbers are taken; 3.0, as some files write it, is 3."""

    def read(written: Any) -> int:
        value = parameter.read(written)
        if value != int(value):
            raise ValueError(_("cần một số nguyên."))
        return int(value)

    return replace(parameter, read=read)

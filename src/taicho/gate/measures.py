"""Kinds of measures at the gate (E1–E6; measures.md). Their figures come from documents, none stands here."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from taicho.directives.rules.kinds import Kind, register
from taicho.directives.rules.parameters import Parameter, at_least, needed, ordered, several
from taicho.gate.enums import ENTRY_KIND, EVERYBODY, VISITS_KIND, Direction, IfMissing, Need, Purpose, VisitMode

BOTH_WAYS = "in_out"


@register
class EntryRequirements(Kind):
    """What is asked of whoever comes in. Kept apart by clause: a mask for all and a book for visitors are not one rule.

    Nobody is refused the way out, whatever `direction` says: on the way out things are only noted.
    """

    name = ENTRY_KIND
    label = _("Điều kiện vào cơ quan")
    each = True
    parameters: ClassVar[Mapping[str, Parameter]] = {
        "who": needed(ordered("staff", "visitors", EVERYBODY)),
        "need": needed(several(*Need.values)),
        "direction": ordered(Direction.IN.value, BOTH_WAYS),
        "if_missing": ordered(*IfMissing.values),
        "book_fields": several(),
        "min_m": at_least(),
    }
    says: ClassVar[Mapping[str, Any]] = {
        "who": _("với"),
        "need": _("cần"),
        "direction": _("khi"),
        "if_missing": _("nếu thiếu"),
        "book_fields": _("sổ ghi"),
        "min_m": _("cách nhau, m"),
        "staff": _("cán bộ, nhân viên"),
        "visitors": _("khách"),
        EVERYBODY: _("tất cả mọi người"),
        BOTH_WAYS: _("vào và ra"),
        **{member.value: member.label for member in (*Need, *IfMissing, Direction.IN)},
    }
    phrases: ClassVar[Mapping[str, Any]] = {
        "who": _("đối với %(value)s"),
        "need": _("phải %(value)s"),
        "direction": _("khi %(value)s"),
        "if_missing": _("nếu thiếu thì %(value)s"),
        "book_fields": _("sổ ghi %(value)s"),
    }


@register
class Visits(Kind):
    """How visitors are received; "hạn chế" asks the host and refuses nobody."""

    name = VISITS_KIND
    label = _("Tiếp khách")
    each = True
    parameters: ClassVar[Mapping[str, Parameter]] = {
        "mode": needed(ordered(*VisitMode.values)),
        "purpose": ordered(Purpose.OFFICIAL.value, Purpose.PERSONAL.value, EVERYBODY),
    }
    says: ClassVar[Mapping[str, Any]] = {
        "mode": _("cách tiếp"),
        "purpose": _("với khách"),
        EVERYBODY: _("mọi khách"),
        Purpose.OFFICIAL.value: _("khách đến liên hệ công tác"),
        Purpose.PERSONAL.value: _("khách đến vì việc cá nhân"),
        **{member.value: member.label for member in VisitMode},
    }
    phrases: ClassVar[Mapping[str, Any]] = {"mode": "%(value)s", "purpose": _("đối với %(value)s")}

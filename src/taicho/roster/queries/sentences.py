"""The arithmetic of a cap in words: "7 người · tối đa 50% → 3 người tại cơ quan" (D3)."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from taicho.roster.enums import AlwaysOn, Mode
from taicho.roster.models import Registration
from taicho.roster.queries.cap import Cap
from taicho.roster.rules.cap import Reading


def arithmetic(cap: Cap) -> list[str]:
    """One line for each way to read the documents, the one that holds alone when it is known; empty without a figure."""
    if cap.reading is not None:
        return [sentence(cap, cap.reading)]
    return [sentence(cap, reading) for reading in cap.readings]


def refusing_sentence(cap: Cap) -> str:
    """The line by which more people are refused: of the reading that allows most."""
    return sentence(cap, cap.reading or max(cap.readings, key=lambda one: one.allowed))


def sentence(cap: Cap, reading: Reading) -> str:
    """One reading, step by step."""
    facts = {
        "base": reading.base, "share": cap.share, "allowed": reading.allowed, "posts": reading.on_post,
        "rest": reading.base - reading.on_post, "others": reading.others, "limit": reading.limit,
    }  # fmt: skip
    if reading.on_post == 0:
        return _("%(base)s người · tối đa %(share)s → %(allowed)s người tại cơ quan") % facts
    if reading.way is AlwaysOn.APART:
        return (
            _(
                "%(posts)s người thường trực tách ra; còn %(rest)s người · tối đa %(share)s → %(others)s; cộng lại %(allowed)s người tại cơ quan"
            )
            % facts
        )
    if reading.short_by:
        return (
            _(
                "%(base)s người · tối đa %(share)s → %(limit)s, ít hơn %(posts)s người thường trực; chỉ những người này tại cơ quan"
            )
            % facts
        )
    return (
        _("%(base)s người · tối đa %(share)s → %(allowed)s người tại cơ quan, kể cả %(posts)s người thường trực")
        % facts
    )


def shared_sentence(cap: Cap) -> str:
    """How far a bound is used that other units share; empty where the unit is counted alone."""
    if cap.over == cap.unit or cap.asks_above is None:
        return ""
    there = Registration.objects.filter(day=cap.day, mode=Mode.ON_SITE, person__in=[one.pk for one in cap.people])
    return _("Tính chung cả %(unit)s: đã đăng ký %(there)s người tại cơ quan") % {
        "unit": cap.over.name, "there": there.count(),
    }  # fmt: skip


def target_sentence(cap: Cap) -> str:
    """A figure that does not bind; empty where there is none."""
    if cap.target is None:
        return ""
    return ngettext(
        "Khoảng %(target)s người tại cơ quan (mức hướng tới, không bắt buộc)",
        "Khoảng %(target)s người tại cơ quan (mức hướng tới, không bắt buộc)",
        cap.target,
    ) % {"target": cap.target}

"""Kinds of measures about who works where: cap, posts always held, how the office reads the two; sites (D3, D4, D8)."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taicho.directives.rules.kinds import Kind, register
from taicho.directives.rules.parameters import Parameter, at_least, flag, most, needed, ordered, share_at_most
from taicho.directives.rules.wording import in_words
from taicho.roster.enums import AlwaysOn
from taicho.roster.rules.names import ALWAYS_ON, CAP_BASE, ONSITE_CAP, SPLIT_SITES
from taicho.roster.rules.posts import in_words as post_in_words
from taicho.roster.rules.posts import posts
from taicho.roster.rules.whole import whole


@register
class OnsiteCap(Kind):
    """At most so many on site. A figure with "khoảng" is not binding: a target shown beside, it never enters the bound."""

    name = ONSITE_CAP
    label = gettext_lazy("Tối đa tại cơ quan")
    parameters: ClassVar[Mapping[str, Parameter]] = {
        "max_pct": share_at_most(),
        "max_n": whole(most()),
        "binding": flag(),
        "per": ordered("office", "unit"),
        "base": ordered("posts_held", "without_leave"),
        "rounding": ordered("up", "down"),
    }
    says: ClassVar[Mapping[str, Any]] = {
        "max_pct": gettext_lazy("tối đa, % số người"),
        "max_n": gettext_lazy("tối đa, số người"),
        "binding": gettext_lazy("bắt buộc (không phải “khoảng”)"),
        "per": gettext_lazy("tính theo"),
        "unit": gettext_lazy("từng đơn vị"),
        "office": gettext_lazy("cả cơ quan"),
        "base": gettext_lazy("trên số"),
        "posts_held": gettext_lazy("người trong danh sách"),
        "without_leave": gettext_lazy("người không nghỉ phép"),
        "rounding": gettext_lazy("làm tròn"),
        "up": gettext_lazy("lên"),
        "down": gettext_lazy("xuống"),
    }
    phrases: ClassVar[Mapping[str, Any]] = {
        "max_pct": gettext_lazy("không quá %(value)s%% số người tại trụ sở"),
        "max_n": gettext_lazy("không quá %(value)s người tại trụ sở"),
        "binding": gettext_lazy("bắt buộc"),
        "per": gettext_lazy("tính cho %(value)s"),
        "base": gettext_lazy("trên số %(value)s"),
        "rounding": gettext_lazy("làm tròn %(value)s"),
    }
    about: ClassVar[Mapping[str, Any]] = {
        "max_pct": gettext_lazy("khoảng %(value)s%% số người tại trụ sở"),
        "max_n": gettext_lazy("khoảng %(value)s người tại trụ sở"),
    }

    @classmethod
    def combine(cls, stated: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
        """The strictest of the binding ones; where there is none, the target that the others set together."""
        every = list(stated)
        return super().combine([one for one in every if one.get("binding")] or every)

    @classmethod
    def describe(cls, params: Mapping[str, Any]) -> str:
        """A figure that does not bind is said as the document says it: "khoảng", never "không quá"."""
        phrases = cls.phrases if params.get("binding") else {**cls.phrases, **cls.about}
        return in_words(cls.parameters, cls.says, params, phrases)


@register
class AlwaysOnPosts(Kind):
    """Posts that must be held on every day. `ready` is on call and not on site; `min_n` how many at least, else all."""

    name = ALWAYS_ON
    label = gettext_lazy("Bộ phận thường trực")
    parameters: ClassVar[Mapping[str, Parameter]] = {
        "posts": needed(posts()),
        "presence": ordered("ready", "on_site"),
        "min_n": whole(at_least(least=1)),
        "hours": ordered("work", "24x7"),
    }
    says: ClassVar[Mapping[str, Any]] = {
        "posts": gettext_lazy("người, đơn vị, bộ phận thường trực"),
        "presence": gettext_lazy("có mặt"),
        "on_site": gettext_lazy("tại cơ quan"),
        "ready": gettext_lazy("sẵn sàng, không cần tại cơ quan"),
        "min_n": gettext_lazy("ít nhất, số người"),
        "hours": gettext_lazy("thời gian"),
        "work": gettext_lazy("trong giờ làm việc"),
        "24x7": gettext_lazy("24/24 giờ, cả 7 ngày trong tuần"),
    }
    phrases: ClassVar[Mapping[str, Any]] = {"presence": gettext_lazy("trực %(value)s"), "hours": "%(value)s"}
    each = True

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> dict[str, Any]:
        """As every kind; `min_n: all` means that nobody may be missing, which is what no figure means too."""
        return super().read({name: value for name, value in written.items() if (name, value) != ("min_n", "all")})

    @classmethod
    def describe(cls, params: Mapping[str, Any]) -> str:
        """The posts one after the other, then the rest."""
        rest = {name: parameter for name, parameter in cls.parameters.items() if name != "posts"}
        named = "; ".join(post_in_words(post) for post in params.get("posts", ()))
        return " · ".join(part for part in (named, in_words(rest, cls.says, params, cls.phrases)) if part)


@register
class CapBase(Kind):
    """Whether people on post count in the cap: no document says it, the office decides. Two decisions that differ: counted."""

    name = CAP_BASE
    label = gettext_lazy("Người thường trực có tính trong mức tối đa không")
    by_office = True
    parameters: ClassVar[Mapping[str, Parameter]] = {
        "always_on": needed(ordered(AlwaysOn.APART.value, AlwaysOn.COUNTED.value))
    }
    says: ClassVar[Mapping[str, Any]] = {
        "always_on": gettext_lazy("người thường trực"),
        AlwaysOn.COUNTED.value: AlwaysOn.COUNTED.label,
        AlwaysOn.APART.value: AlwaysOn.APART.label,
    }
    phrases: ClassVar[Mapping[str, Any]] = {"always_on": gettext_lazy("người thường trực được %(value)s")}


@register
class SplitSites(Kind):
    """People work at several sites apart. `prepare`: only a plan is asked, and nobody is kept from anywhere.

    Each document for itself: `queries.splits` puts together those that say the same state.
    """

    name = SPLIT_SITES
    label = gettext_lazy("Chia tách địa điểm làm việc")
    parameters: ClassVar[Mapping[str, Parameter]] = {
        "sites": whole(at_least(least=2)),
        "state": needed(ordered("prepare", "run")),
        "mixing": ordered("allowed", "forbidden"),
    }
    says: ClassVar[Mapping[str, Any]] = {
        "sites": gettext_lazy("số địa điểm"),
        "state": gettext_lazy("tình trạng"),
        "prepare": gettext_lazy("chuẩn bị phương án"),
        "run": gettext_lazy("đang thực hiện"),
        "mixing": gettext_lazy("qua lại giữa các địa điểm"),
        "allowed": gettext_lazy("được phép"),
        "forbidden": gettext_lazy("không được phép"),
    }
    phrases: ClassVar[Mapping[str, Any]] = {
        "sites": gettext_lazy("tại %(value)s địa điểm"),
        "state": "%(value)s",
        "mixing": gettext_lazy("%(value)s qua lại giữa các địa điểm"),
    }
    each = True

    @classmethod
    def describe(cls, params: Mapping[str, Any]) -> str:
        """How many and how far first: "Chia 02 địa điểm: chuẩn bị phương án"; without a figure as every kind."""
        if "sites" not in params or "state" not in params:
            return super().describe(params)
        split = {"sites": f"{params['sites']:02}", "state": cls.says[params["state"]]}
        rest = {name: value for name, value in params.items() if name not in split}
        sentence = _("Chia %(sites)s địa điểm: %(state)s") % split
        return " · ".join(part for part in (sentence, super().describe(rest)) if part)

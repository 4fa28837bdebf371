"""What this area puts into the frame of every page: menu, search, who sits there."""

from collections.abc import Iterator
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taicho.kernel import clock
from taicho.kernel.actor import Actor
from taicho.kernel.vietnamese import search_terms
from taicho.organisation.models import Unit
from taicho.organisation.queries.authorities import authorities_by_kind
from taicho.organisation.queries.directory import directory
from taicho.organisation.queries.hats import wearer_of
from taicho.ui import shell
from taicho.ui.search import Hit
from taicho.ui.shell import Wearer


def register() -> None:
    """Take the places in the shell."""
    for entry in (
        shell.MenuEntry("directory", gettext_lazy("Danh bạ"), "users", "organisation:directory", 60, under=("/nguoi",)),
        shell.MenuEntry("tree", gettext_lazy("Cơ cấu"), "sitemap", "organisation:tree", 62, under=("/don-vi",)),
        shell.MenuEntry("bodies", gettext_lazy("Ban, tổ chỉ đạo"), "shield", "organisation:bodies", 64),
        shell.MenuEntry("authorities", gettext_lazy("Cơ quan ngoài"), "phone", "organisation:authorities", 66),
        shell.MenuEntry("sites", gettext_lazy("Địa điểm làm việc"), "building", "organisation:sites", 68),
        shell.MenuEntry("delegations", gettext_lazy("Ủy quyền"), "arrows-exchange", "organisation:delegations", 70),
        shell.MenuEntry("my-data", gettext_lazy("Dữ liệu của tôi"), "id", "organisation:my-data", 72),
    ):
        shell.register_menu(entry)
    for entry in (
        shell.MenuEntry("directory", gettext_lazy("Danh bạ"), "users", "organisation:directory", 60, under=("/nguoi",)),
        shell.MenuEntry("authorities", gettext_lazy("Gọi ngoài"), "phone", "organisation:authorities", 66),
        shell.MenuEntry("my-data", gettext_lazy("Của tôi"), "id", "organisation:my-data", 72),
    ):
        shell.register_phone_bar(entry)
    shell.register_search("people", people_found)
    shell.register_search("units", units_found)
    shell.register_search("authorities", authorities_found)
    shell.register_wearer(wearer)


def wearer(actor: Actor) -> Wearer:
    """Who sits there, with the links under the hats."""
    links = ((_("Dữ liệu của tôi"), reverse("organisation:my-data")), (_("Tài khoản"), reverse("mfa_index")))
    out = (_("Đăng xuất"), reverse("account_logout"))
    return replace(wearer_of(actor), switch_url=reverse("organisation:wear"), links=(*links, out))


def people_found(actor: Actor, query: str, limit: int) -> Iterator[Hit]:
    """Colleagues by name."""
    for row in directory(actor, clock.now(), terms=search_terms(query))[:limit]:
        url = reverse("organisation:person", args=[row.person.key])
        yield Hit(row.person.full_name, url, note=row.unit.name, icon="user", kind=_("Người"))


def units_found(actor: Actor, query: str, limit: int) -> Iterator[Hit]:
    """Units by name."""
    seen = Unit.objects.visible_to(actor).in_force(clock.today())
    for term in search_terms(query):
        seen = seen.filter(name_folded__contains=term)
    for unit in seen[:limit]:
        yield Hit(unit.name, reverse("organisation:unit", args=[unit.key]), icon="sitemap", kind=_("Đơn vị"))


def authorities_found(actor: Actor, query: str, limit: int) -> Iterator[Hit]:
    """Outside authorities by name, with the number to call."""
    for kind, members in authorities_by_kind(clock.today(), query):
        for one in members[:limit]:
            url = reverse("organisation:authority", args=[one.key])
            yield Hit(one.name, url, note=f"{kind} · {one.phone}", icon="phone", kind=_("Cơ quan ngoài"))

"""What the templates of the shell need, built from the registry for one request and only as far as it is used."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.functional import SimpleLazyObject

from taicho.kernel import clock
from taicho.kernel.actor import ANONYMOUS, Actor
from taicho.ui.day import Day
from taicho.ui.shell import BAR_ENTRIES, RAIL_ENTRIES, MenuEntry, Registry, Wearer, registry


@dataclass(frozen=True, slots=True)
class Link:
    """A menu entry as the page shows it."""

    label: str
    icon: str
    url: str
    current: bool
    count: int | None
    alarm: bool = False


class Frame:
    """The shell of one request. Every property asks the registry when a template first needs it."""

    def __init__(self, request: HttpRequest, using: Registry = registry) -> None:
        self.path = request.path
        self.actor: Actor = getattr(request, "actor", ANONYMOUS)
        self.using = using
        self._counted: dict[Any, int | None] = {}

    @property
    def signed_in(self) -> bool:
        """Whether somebody has signed in."""
        return self.actor.signed_in

    @cached_property
    def wearer(self) -> Wearer | None:
        """Who sits there, in display words; None for a visitor, or when organisation has not registered yet."""
        provider = self.using.wearer
        return provider(self.actor) if provider and self.signed_in else None

    @cached_property
    def menu(self) -> list[Link]:
        """Entries of the rail: seven at most, or six and "Thêm"."""
        links = self._entries
        return links if len(links) <= RAIL_ENTRIES else links[: RAIL_ENTRIES - 1]

    @cached_property
    def more(self) -> list[Link]:
        """What stands under "Thêm"."""
        return self._entries[len(self.menu) :]

    @property
    def more_open(self) -> bool:
        """Whether the current page is under "Thêm", so it stands open."""
        return any(link.current for link in self.more)

    @cached_property
    def bar(self) -> list[Link]:
        """The phone bar: the first four entries the actor may see."""
        return self._links(self.using.entries("bar", self.actor))[:BAR_ENTRIES]

    @cached_property
    def guard_keys(self) -> list[Link]:
        """The keys at the foot of the guard's pages."""
        return self._links(self.using.entries("guard", self.actor))

    @cached_property
    def day(self) -> Day:
        """The ruler: the actor's slots when reports fills them, else the bare moment."""
        at = clock.now()
        provider = self.using.day
        return (provider(self.actor, at) if provider and self.signed_in else None) or Day(at)

    @cached_property
    def owner(self) -> str:
        """A mark of the person that tells nothing; local drafts of another mark are thrown away."""
        return salted_hmac("ui.draft-owner", str(self.actor.person)).hexdigest()[:16] if self.signed_in else ""

    @cached_property
    def _entries(self) -> list[Link]:
        return self._links(self.using.entries("menu", self.actor))

    def _links(self, entries: list[MenuEntry]) -> list[Link]:
        addresses = [reverse(entry.url_name) for entry in entries]
        current = self._current(entries, addresses)
        return [
            Link(
                label=str(entry.label),
                icon=entry.icon,
                url=url,
                current=entry.key == current,
                count=self._count(entry),
                alarm=entry.alarm,
            )
            for entry, url in zip(entries, addresses, strict=True)
        ]

    def _count(self, entry: MenuEntry) -> int | None:
        """What waits at an entry; counted once, although rail and bar both show it."""
        if entry.count is None:
            return None
        if entry.count not in self._counted:
            self._counted[entry.count] = entry.count(self.actor)
        return self._counted[entry.count] or None

    def _current(self, entries: list[MenuEntry], addresses: list[str]) -> str:
        """Key of the entry whose address is the longest beginning of this page's path; empty when none is."""
        best, length = "", 0
        for entry, address in zip(entries, addresses, strict=True):
            for prefix in (address, *entry.under):
                if _begins(self.path, prefix) and len(prefix) > length:
                    best, length = entry.key, len(prefix)
        return best


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `shell` (lazy), and `drill` for the frame and the words around a drill."""
    return {"shell": SimpleLazyObject(lambda: Frame(request)), "drill": settings.TAICHO_DRILL}


def _begins(path: str, prefix: str) -> bool:
    return path == prefix or (prefix != "/" and path.startswith(prefix.rstrip("/") + "/"))

"""The shell registry: areas above announce what stands in the frame around every page.

An area registers in its own `shell.py`, called from its AppConfig.ready():

    from taicho.ui import shell
    shell.register_menu(shell.MenuEntry(key="directory", label=_("Danh bạ"), icon="users",
                                        url_name="organisation:directory", order=40, may_see=policies.may_read))

Nothing here knows those areas. Every entry carries a predicate on the actor; what it refuses is not shown.
Registering the same key again raises, so two areas cannot take one place by accident.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from taicho.kernel.actor import Actor
from taicho.ui.day import Day
from taicho.ui.search import Provider

Predicate = Callable[[Actor], bool]
Counter = Callable[[Actor], int | None]

RAIL_ENTRIES = 7
"""Most entries the rail shows (ux.md 3); what is beyond stands under "Thêm"."""
BAR_ENTRIES = 4
"""Entries of the phone bar."""


def everyone(actor: Actor) -> bool:
    """Predicate: shown to every person who has signed in."""
    return actor.signed_in


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One place in the rail or the phone bar.

    `icon` names a vendored Tabler icon, `url_name` a route without arguments, `order` sorts, `count` is the number
    beside the label (None or 0 shows none), `under` are further path prefixes for which this entry is the current one,
    `alarm` draws a guard's key red.
    """

    key: str
    label: Any
    icon: str
    url_name: str
    order: int
    may_see: Predicate = everyone
    count: Counter | None = None
    under: tuple[str, ...] = ()
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class Hat:
    """A capacity (*tư cách*) of the person: its key, title, what stands under it, a note at the right."""

    key: str
    title: str
    detail: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Wearer:
    """Who sits there, in display words: name, unit, the hat worn and the ones that can be worn.

    `switch_url` takes a POST with `hat=<key>` and `next`; without it the hats are shown but not changed here.
    `links` are (label, address) pairs under the hats: own account, signing out and the like.
    """

    name: str
    unit: str
    hat: Hat | None = None
    hats: tuple[Hat, ...] = ()
    switch_url: str = ""
    links: tuple[tuple[Any, str], ...] = ()


WearerProvider = Callable[[Actor], Wearer | None]
DayProvider = Callable[[Actor, datetime], Day | None]


@dataclass
class Registry:
    """What has been registered; one instance for the process, a fresh one in tests."""

    menu: dict[str, MenuEntry] = field(default_factory=dict)
    bar: dict[str, MenuEntry] = field(default_factory=dict)
    guard: dict[str, MenuEntry] = field(default_factory=dict)
    search: dict[str, Provider] = field(default_factory=dict)
    wearer: WearerProvider | None = None
    day: DayProvider | None = None

    def entries(self, place: str, actor: Actor) -> list[MenuEntry]:
        """Entries of the rail ("menu"), the phone bar ("bar") or the guard's keys ("guard") that `actor` may see."""
        chosen = {"menu": self.menu, "bar": self.bar, "guard": self.guard}[place]
        return sorted((e for e in chosen.values() if e.may_see(actor)), key=lambda e: (e.order, e.key))


registry = Registry()


def register_menu(entry: MenuEntry) -> None:
    """Put an entry into the rail. Raises ValueError when the key is taken."""
    _add(registry.menu, entry.key, entry)


def register_phone_bar(entry: MenuEntry) -> None:
    """Put an entry into the phone bar; the first four that an actor may see are shown."""
    _add(registry.bar, entry.key, entry)


def register_guard_key(entry: MenuEntry) -> None:
    """Put a key at the foot of the guard's pages (five at most fit a tablet)."""
    _add(registry.guard, entry.key, entry)


def register_search(key: str, provider: Provider) -> None:
    """Let a provider answer the search box. It applies `visible_to(actor)` itself."""
    _add(registry.search, key, provider)


def register_wearer(provider: WearerProvider) -> None:
    """Say who the actor is in display words; organisation registers the one provider."""
    if registry.wearer is not None:
        raise ValueError("Another area already names the wearer of the hat.")
    registry.wearer = provider


def register_day(provider: DayProvider) -> None:
    """Give the ruler the actor's slots of the day; reports registers the one provider."""
    if registry.day is not None:
        raise ValueError("Another area already fills the day ruler.")
    registry.day = provider


def _add(place: dict[str, Any], key: str, thing: Any) -> None:
    if key in place:
        raise ValueError(f"The key {key!r} is already registered in the shell.")
    place[key] = thing

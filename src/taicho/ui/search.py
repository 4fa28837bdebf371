"""The search box: one service, accent-blind; areas register providers that obey `visible_to(actor)`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from taicho.kernel.actor import Actor
from taicho.kernel.vietnamese import fold

SHORTEST_QUERY = 2
"""Letters below which nothing is asked of any provider."""
LONGEST_QUERY = 100
LIMIT_PER_PROVIDER = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its title, where it is, a note, the icon of its kind, and the heading it stands under."""

    title: str
    url: str
    note: str = ""
    icon: str = "search"
    kind: Any = ""


Provider = Callable[[Actor, str, int], Iterable[Hit]]
"""(actor, folded query, most hits wanted) -> hits. The provider asks only what `visible_to(actor)` shows."""


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a query: hits grouped by kind in the order of the providers."""

    query: str
    folded: str
    groups: tuple[tuple[str, tuple[Hit, ...]], ...] = ()

    @property
    def asked(self) -> bool:
        """Whether the query was long enough to be asked."""
        return len(self.folded) >= SHORTEST_QUERY

    @property
    def total(self) -> int:
        """How many things were found."""
        return sum(len(hits) for _kind, hits in self.groups)


def find(actor: Actor, query: str, providers: Mapping[str, Provider], limit: int = LIMIT_PER_PROVIDER) -> Found:
    """Ask every provider for `query`, ignoring accents and case; too short a query asks nobody."""
    query = query.strip()[:LONGEST_QUERY]
    found = Found(query, fold(query).strip())
    if not found.asked:
        return found
    groups: dict[str, list[Hit]] = {}
    for provider in providers.values():
        for hit in islice(provider(actor, found.folded, limit), limit):
            groups.setdefault(str(hit.kind), []).append(hit)
    return Found(query, found.folded, tuple((kind, tuple(hits)) for kind, hits in groups.items()))


def marked(title: str, folded_query: str) -> SafeString:
    """The title as HTML with the part that matches the folded query marked; escaped, whole when nothing matches."""
    folded = fold(title)
    start = folded.find(folded_query)
    if not folded_query or start < 0 or len(folded) != len(title):
        return format_html("{}", title)
    end = start + len(folded_query)
    return format_html("{}<mark>{}</mark>{}", title[:start], title[start:end], title[end:])

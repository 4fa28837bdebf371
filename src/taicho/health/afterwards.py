"""What rooms above put under "Đã gửi khai báo": the gate shows the pass there.

    afterwards.register("pass", lambda actor, declaration: Part("gate/pass_card.html", {...}))

Nothing here knows those rooms; a provider that has nothing to show returns None.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from taicho.kernel.actor import Actor

Provider = Callable[[Actor, Any], "Part | None"]


@dataclass(frozen=True, slots=True)
class Part:
    """A template of the room that registered it, rendered with `part.facts`."""

    template: str
    facts: Mapping[str, Any] = field(default_factory=dict)


_providers: dict[str, Provider] = {}


def register(key: str, provider: Provider) -> None:
    """Put a part under every confirmation. Raises ValueError when the key is taken."""
    if key in _providers:
        raise ValueError(f"The key {key!r} is registered already.")
    _providers[key] = provider


def afterwards(actor: Actor, declaration: Any) -> list[Part]:
    """The parts for this declaration, in the order of their keys."""
    found = (_providers[key](actor, declaration) for key in sorted(_providers))
    return [part for part in found if part is not None]

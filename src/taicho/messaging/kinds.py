"""Kinds of messages: an area registers its own in `<area>/messages.py`, imported by its AppConfig.ready().

CALLED_IN = register(MessageKind("duties.called_in", _("Triệu tập"), Level.URGENT))
"""

from dataclasses import dataclass
from typing import Any

from taicho.messaging.enums import Level


@dataclass(frozen=True, slots=True)
class MessageKind:
    """One kind of message. `key`: area and word, never changed once it is in a database; `label` is lazy Vietnamese."""

    key: str
    label: Any
    level: Level


KINDS: dict[str, MessageKind] = {}


def register(kind: MessageKind) -> MessageKind:
    """Make a kind known; a second kind of the same key is a programming error."""
    if kind.key in KINDS:
        raise ValueError(f"the message kind {kind.key} is registered already")
    KINDS[kind.key] = kind
    return kind


def kind_named(key: str) -> MessageKind:
    """The kind of that key; KeyError for one that no area registers."""
    return KINDS[key]

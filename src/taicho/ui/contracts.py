"""What each component takes. A page that misuses one fails loudly while it is being built, not on the wall.

`{% part "badge" %}` in the component checks the call; `{% rest %}` prints the plain HTML attributes that were left.
The components page and docs/components.md are made from this table, so it cannot lag behind.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

PLAIN_ATTRIBUTE = re.compile(
    r"(id|title|name|value|type|form|for|lang|role|tabindex|autofocus|autocomplete|inputmode|method|action|enctype"
    r"|accept|target|rel|download|hidden|novalidate|formaction|formnovalidate|popovertarget|command|commandfor|hreflang"
    r"|data-[a-z-]+|aria-[a-z-]+|hx-(?!on)[a-z-]+)"
)
"""HTML attributes a call may add. `class` and `style` are the
component's own business, and every `on…` is refused: the content policy would drop it anyway."""


class MisusedPart(Exception):
    """A component was called without something it needs, with an unknown word, or with a forbidden attribute."""


@dataclass(frozen=True)
class Part:
    """The contract of a component.

    `about`: one line for the builder. `needs`: attributes or slots that must not be empty. `takes`: optional ones.
    `words`: allowed values of an attribute. `slots`: named slots besides the default one. `either`: exactly one
    of these must be given.
    """

    about: str
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    slots: tuple[str, ...] = ()
    either: tuple[str, ...] = ()

    @property
    def known(self) -> set[str]:
        """Every name the component declares."""
        return {*self.needs, *self.takes, *self.words, *self.slots}


STATUSES = ("on_time", "late", "missing", "returned", "exempt", "overdue", "new")
STATE_KINDS = (
    "good", "start", "waiting", "saved", "refused", "not_allowed", "conflict", "offline", "stale", "locked",
    "secret", "failure", "invalid", "drill",
)  # fmt: skip
EDGES = ("", "action", "time", "danger", "alarm")

PARTS: dict[str, Part] = {
    "answers": Part("Two answers of equal weight; nothing is pre-answered.", ("name",), ("sends",)),
    "badge": Part("A status: adjective, symbol first, never clickable.", ("status",), (), {"status": STATUSES}),
    "bar": Part(
        "A progress bar with its value in words beside it; `cap` draws the limit.",
        ("value", "of", "label"), ("cap",),
    ),
    "button": Part(
        "A verb. One solid per sheet; alarm only for a call or a situation. `because` disables it and says why.",
        (), ("href", "icon", "because", "wide"),
        {"kind": ("plain", "solid", "danger", "alarm", "quiet"), "type": ("submit", "button", "reset")},
    ),
    "confidence": Part("Four squares and a word; never percent.", ("level",), (), {"level": ("1", "2", "3", "4")}),
    "crumbs": Part("Where the page stands: (label, address) pairs, the last one without address.", ("trail",)),
    "day_ruler": Part("The 24-hour ruler of a `ui.day.Day`; beside it belongs the slot clock.", ("day",), ("thin",)),
    "dialog": Part("A native dialog; open it with a button that carries data-opens=<id>.", ("id", "title")),
    "error_summary": Part("The list of what to correct, first on the page, takes the focus.", ("form",)),
    "fact": Part("One row of a key-value list.", ("name",), ("note",)),
    "facts": Part("A key-value list; `prose` for sentences.", (), (), {"kind": ("", "prose")}),
    "field": Part(
        "A bound form field: label, hint, error, control. `private` keeps it out of the local draft.",
        ("field",), ("unit", "narrow", "private", "label", "hint"),
    ),
    "figures": Part("A strip of small key figures: (number, words) pairs.", ("items",)),
    "filter": Part(
        "State with counts first, then choices; `choices` are ui.choices.Choice values, `clear` the bare address.",
        ("choices", "label"), ("clear",),
    ),
    "form": Part(
        "A form with summary, fields and actions. `draft` is the key of its local draft; never for health answers.",
        ("form",), ("action", "method", "draft", "verb", "icon"), slots=("fields", "actions"),
    ),
    "letter": Part("Roster letter: C on site, N home, T duty, V absent.", ("letter",), (), {"letter": ("C", "N", "T", "V")}),
    "menu": Part("A small menu behind a button.", ("label",), ("icon",)),
    "more": Part("Details that may stay folded.", ("label",), ("open",)),
    "page_head": Part(
        "Title of the page, crumbs above, subtitle under it, actions at the right.",
        ("title",), ("subtitle", "trail"), slots=("actions", "badge"),
    ),
    "pager": Part("Pages of a list with totals in words.", ("page", "things"), ("sorted", "query")),
    "paper_foot": Part("Foot of a print sheet: when, by whom, record, version, check code.", ("at", "by"), ("record", "version", "code")),
    "paper_head": Part("National heading, issuer, number, place and date.", ("issuer", "place", "on"), ("parent", "number", "subject")),
    "recipients": Part("Nơi nhận: one line each.", ("lines",)),
    "segmented": Part("Tabs or views of one thing; `choices` as in filter.", ("choices", "label")),
    "sheet": Part(
        "Ruled paper: title, note, actions, body, foot. `flush` leaves the body without padding.",
        (), ("title", "note", "flush", "level"), {"edge": EDGES}, ("actions", "foot", "head"),
    ),
    "signature": Part("Signature block with its capacity (TM., KT., TL., TUQ., Q.).", ("office", "name"), ("capacity", "post")),
    "slot_clock": Part("Words of the running slot and the moment; without a slot, only the moment.", ("day",)),
    "stamp": Part("The urgency of a paper, as on paper. Not for own emphasis.", (), (), {"urgency": ("urgent", "very_urgent", "express")}),
    "state": Part("What happened or what is missing, with what to do next.", (), ("title", "live"), {"kind": STATE_KINDS}),
    "steps": Part("Where one is in a guided journey.", ("steps", "current"), ("label",)),
    "table": Part(
        "A list in rows. First column is the link; numbers right; `frozen` keeps it in sight on a phone.",
        ("label",), ("frozen", "caption"), slots=("head", "foot"),
    ),
    "tile": Part("A figure, what it is of, what it means.", ("name", "number"), ("of", "note", "href", "words"), {"edge": ("", "time", "danger")}),
    "tiles": Part("A grid of tiles."),
    "time_item": Part(
        "One row with its hour in the margin. `edge`: now or late.",
        ("time",), ("left", "when", "chosen"), {"edge": ("", "now", "late")}, ("actions",),
    ),
    "time_list": Part("The list with its hours in the margin.", (), ("label",)),
    "two_pane": Part("Two panes on the desk, one under the other on a phone.", (), (), {"widths": ("list", "report", "fields", "aside")}, ("aside",)),
    "why": Part(
        "The line “vì:”: document, clause and end of effect, or the office's own decision. Never for help text.",
        (), ("document", "clause", "until", "href", "decision"), either=("document", "decision"),
    ),
}  # fmt: skip


def check(name: str, given: Mapping[str, Any], present: Mapping[str, Any]) -> dict[str, Any]:
    """Check one call and return the plain HTML attributes it adds.

    `given`: attributes written in the call. `present`: what the component can see (defaults and slots included).
    Raises MisusedPart.
    """
    part = PARTS[name]
    for need in part.needs:
        if present.get(need) in (None, ""):
            raise MisusedPart(f"<c-{_dashed(name)}> needs {need!r}.")
    if part.either and sum(present.get(each) not in (None, "") for each in part.either) != 1:
        raise MisusedPart(f"<c-{_dashed(name)}> needs one of {_joined(part.either)}.")
    for attribute, words in part.words.items():
        if str(present.get(attribute, "")) not in words:
            raise MisusedPart(
                f"<c-{_dashed(name)}> {attribute}={present.get(attribute)!r}: use one of {_joined(words)}."
            )
    rest = {key: value for key, value in given.items() if key.replace("-", "_") not in part.known}
    for key in rest:
        if PLAIN_ATTRIBUTE.fullmatch(key) is None:
            raise MisusedPart(f"<c-{_dashed(name)}> does not take {key!r}.")
    return rest


def _dashed(name: str) -> str:
    return name.replace("_", "-")


def _joined(words: Iterable[str]) -> str:
    return ", ".join(repr(word) for word in words)

"""How many of a unit may be on site on a day, why, and what the office still has to decide (D3, D4, D6)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from taicho.directives.models import Measure
from taicho.directives.queries.in_force import InForce, Reason, as_stated, everything_on
from taicho.kernel.numbers import number
from taicho.organisation.models import Person, Unit
from taicho.organisation.rules.reach import path_of_depth
from taicho.roster.enums import AlwaysOn, Mode
from taicho.roster.queries.people import OnPost, on_post, people_of, registrations_of
from taicho.roster.rules.cap import Limit, Reading, outranks, readings
from taicho.roster.rules.names import ALWAYS_ON, CAP_BASE, ONSITE_CAP

KINDS = (ONSITE_CAP, ALWAYS_ON, CAP_BASE)


@dataclass(frozen=True, slots=True)
class Cap:
    """The cap of a unit on a day, over the `people` counted together: those of `over`, the unit itself or one above it.

    `base` of them count; `always_on` must be on post.
    `readings`: how the documents can be read (none without a binding figure); `decided`: which one the office chose.
    `target`: a figure that does not bind ("khoảng"). `conflict`: why the documents cannot be met together; then no plan is
    refused, and each further person is confirmed by name. `unnamed`: posts for which nobody has been named; `by_name`:
    keys of the measures for whose posts the office names people, or has named them.
    """

    unit: Unit
    over: Unit
    day: date
    people: tuple[Person, ...]
    base: int
    share: str = ""
    always_on: tuple[Person, ...] = ()
    unnamed: tuple[str, ...] = ()
    by_name: tuple[UUID, ...] = ()
    readings: tuple[Reading, ...] = ()
    decided: AlwaysOn | None = None
    target: int | None = None
    conflict: str = ""
    reasons: tuple[Reason, ...] = ()
    post_reasons: tuple[Reason, ...] = ()
    decision_reasons: tuple[Reason, ...] = ()
    requests: tuple[Reason, ...] = ()

    @property
    def binding(self) -> bool:
        """Whether a figure is ordered."""
        return bool(self.readings)

    @property
    def asks_decision(self) -> bool:
        """Whether the readings differ and the office has not chosen one."""
        return self.decided is None and len({reading.allowed for reading in self.readings}) > 1

    @property
    def reading(self) -> Reading | None:
        """The reading that holds; None while the office has to choose, and without a binding figure."""
        if self.asks_decision or not self.readings:
            return None
        return next((one for one in self.readings if one.way is self.decided), self.readings[0])

    @property
    def allowed(self) -> int | None:
        """How many may be on site; None without a binding figure, and while the office has to choose."""
        return self.reading.allowed if self.reading else None

    @property
    def refused_above(self) -> int | None:
        """Above how many a plan is refused: what no reading allows. None where nothing may be refused."""
        if self.conflict or not self.readings:
            return None
        return self.allowed if self.allowed is not None else max(one.allowed for one in self.readings)

    @property
    def asks_above(self) -> int | None:
        """Above how many each further person needs a reason, refused or not: what some way to read forbids."""
        if self.allowed is not None or not self.readings:
            return self.allowed
        return min(one.allowed for one in self.readings)

    @property
    def needs_exception(self) -> bool:
        """Whether nobody at all may come: one person, half of one is none."""
        return self.reading is not None and self.reading.needs_exception


def caps_over(units: Iterable[Unit], day: date, planned: Mapping[int, str] | None = None) -> list[Cap]:
    """The caps under which the people of `units` stand, each once: of the unit and of the departments above it."""
    asked = list(units)
    paths = {
        path_of_depth(unit.path, depth) for unit in asked for depth in range(unit.agency_depth + 1, unit.depth)
    } - {unit.path for unit in asked}
    line = [*asked, *(Unit.objects.filter(path__in=paths) if paths else ())]
    caps = [cap_of(unit, day, planned) for unit in sorted(line, key=lambda unit: unit.path)]
    once = {(cap.over.pk, *(reason.measure for reason in cap.reasons)): cap for cap in caps}
    return list(once.values())


def cap_of(unit: Unit, day: date, planned: Mapping[int, str] | None = None) -> Cap:
    """The cap of `unit` on the local day `day`; `planned` modes, by person, stand in the place of registered ones.

    The base is the staff list of the unit (posts held) unless the document says otherwise: a department is counted with
    its teams, and where the cap is for the office as a whole it is everyone of the agency. People on leave leave the
    base only where the document says so.
    """
    effects: dict[str, list[InForce]] = {kind: [] for kind in KINDS}
    for effect in everything_on(unit, day, kinds=KINDS):
        effects[effect.kind].append(effect)
    cap = next((one for one in effects[ONSITE_CAP]), None)
    params = cap.params if cap else {}
    over = _counted_together(unit, cap) if cap else unit
    people = people_of(over, day, whole_agency=params.get("per") == "office")
    base = people
    if params.get("base") == "without_leave":
        modes = {pk: row.mode for pk, row in registrations_of(people, day).items()} | dict(planned or {})
        base = [person for person in people if modes.get(person.pk) != Mode.ABSENT]
    posts = [one for one in effects[ALWAYS_ON] if one.binding and one.params.get("presence") != "ready"]
    found = on_post({one.measures[0]: one.params["posts"] for one in posts}, base)
    plain = Cap(
        unit, over, day, tuple(people), len(base), share=_share(params), requests=cap.requests if cap else (),
        always_on=_holders(found), unnamed=tuple(line for lines in found.unnamed.values() for line in lines),
        by_name=tuple(found.by_name),
        post_reasons=tuple(reason for one in posts for reason in one.reasons),
    )  # fmt: skip
    return _with_limit(plain, cap, posts, found, effects[CAP_BASE]) if cap else plain


def _counted_together(unit: Unit, cap: InForce) -> Unit:
    """The unit whose people a cap counts together.

    The agency where the document caps the office as a whole. Else the department with the teams below it, for a team
    alone no document has set a share; but a team where the document addresses that team itself.
    """
    if cap.params.get("per") == "office":
        return unit.agency
    department = path_of_depth(unit.path, unit.agency_depth + 1)
    named = (path for reason in cap.reasons for path in reason.addressed if unit.path.startswith(path))
    path = max([department, *named], key=len)
    return unit if unit.is_agency or path == unit.path else Unit.objects.get(path=path)


def _with_limit(plain: Cap, cap: InForce, posts: list[InForce], found: OnPost, decisions: list[InForce]) -> Cap:
    """The cap with its figures: ways to read it, or a target where the document only says "khoảng"."""
    params = cap.params
    limit = Limit(params.get("max_pct"), params.get("max_n"), rounds_up=params.get("rounding") == "up")
    if not (cap.binding and params.get("binding")):
        return replace(plain, target=limit.of(plain.base), reasons=cap.reasons)
    ways = readings(limit, base=plain.base, on_post=_needed(posts, found))
    decision = next((one for one in decisions if one.binding), None)
    facts: dict[str, Any] = {"reasons": cap.reasons, "readings": ways}
    if len(ways) > 1 and _is_outranked(cap, posts):
        counted = ways[0]
        return replace(plain, **facts | {"readings": (counted,), "conflict": _conflict(counted)})
    if decision is not None and len(ways) > 1:
        facts |= {"decided": AlwaysOn(decision.params["always_on"]), "decision_reasons": decision.reasons}
    return replace(plain, **facts)


def _needed(posts: list[InForce], found: OnPost) -> int:
    """How many must be there at least: everyone who holds a post, or the number the document names."""
    least = sum(
        min(len(found.people[one.measures[0]]), one.params.get("min_n", len(found.people[one.measures[0]])))
        for one in posts
    )
    return int(min(len(_holders(found)), least))


def _holders(found: OnPost) -> tuple[Person, ...]:
    """Everyone who holds a post, once, in the order of the list."""
    every = {person.pk: person for people in found.people.values() for person in people}
    return tuple(sorted(every.values(), key=lambda person: (person.name_key, person.pk)))


def _is_outranked(cap: InForce, posts: list[InForce]) -> bool:
    """Whether a cap comes from a higher issuer than posts that must be held: then it holds for them too."""
    keys = [*cap.measures, *(key for one in posts for key in one.measures)]
    found = (
        Measure.objects.filter(key__in=keys).select_related("clause__document", "decision").prefetch_related("scope")
    )
    said = {measure.key: as_stated(measure) for measure in found}
    caps = [said[reason.measure] for reason in cap.reasons]
    held = [said[reason.measure] for one in posts for reason in one.reasons]
    return not all(
        outranks(post_rank=post.rank, post_issuer=post.issuer, cap_rank=top.rank, cap_issuer=top.issuer)
        for post in held
        for top in caps
    )


def _conflict(counted: Reading) -> str:
    """Why the two cannot both be kept; empty where they can."""
    if not counted.short_by:
        return ""
    return _(
        "Văn bản cấp trên cho tối đa %(limit)s người tại cơ quan, nhưng %(posts)s người phải thường trực. "
        "Chưa có quyết định thì không kế hoạch nào bị từ chối; người có thẩm quyền xác nhận từng người."
    ) % {"limit": counted.limit, "posts": counted.on_post}


def _share(params: Mapping[str, Any]) -> str:
    """The bound as the document writes it: "50%", "3 người", "50%, không quá 3 người"."""
    share = (
        f"{number(params['max_pct'], 0 if float(params['max_pct']).is_integer() else 1)}%"
        if "max_pct" in params
        else ""
    )
    if "max_n" not in params:
        return share
    people = _("%(people)s người") % {"people": int(params["max_n"])}
    return _("%(share)s, không quá %(people)s") % {"share": share, "people": people} if share else people

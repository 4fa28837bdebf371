"""What a staff list would do to the register if it were confirmed now (B5, ux.md 14). Nothing is written here."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from taicho.kernel import clock
from taicho.kernel.actor import Actor
from taicho.kernel.vietnamese import fold
from taicho.organisation.models import FormerUnitName, Person, Post, StaffImport, StaffMembership, Unit, UnitAlias
from taicho.organisation.models.unit import agencies_of, in_ranges
from taicho.organisation.policies import ADMINISTRATORS, REGISTRARS
from taicho.organisation.queries.staff_communes import commune_finder
from taicho.organisation.rules.reach import path_of_depth
from taicho.organisation.rules.staff_sheet import ReadRow
from taicho.organisation.rules.staff_sheet.changes import changed_facts, changed_means
from taicho.organisation.rules.staff_sheet.communes import commune_in
from taicho.organisation.rules.staff_sheet.people import Known, Match, match
from taicho.organisation.rules.staff_sheet.units import UnitName, UnitNames, written_key

NEW, SKIP = "new", "skip"
"""Answers to a row that asks, besides the key of a person."""


class Verdict(StrEnum):
    """What happens to a row when the list is confirmed."""

    NEW = "new"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    ASKS = "asks"
    REFUSED = "refused"


@dataclass(slots=True)
class Judged:
    """One row with its verdict. `person` is whom it updates, `unit` where they belong, `moves` that they move there."""

    index: int
    row: ReadRow
    verdict: Verdict
    sentences: list[str] = field(default_factory=list)
    code: str = ""
    person: Person | None = None
    unit: Unit | None = None
    moves: bool = False
    changes: dict[str, Any] = field(default_factory=dict)
    means: dict[str, bool] = field(default_factory=dict)
    candidates: tuple[Person, ...] = ()

    @property
    def is_taken(self) -> bool:
        """Whether the row goes into the register."""
        return self.verdict in (Verdict.NEW, Verdict.UPDATE, Verdict.UNCHANGED)


@dataclass(frozen=True)
class Preview:
    """Every row of a pending list with its verdict, and the department names nobody could place."""

    rows: tuple[Judged, ...]
    unknown_units: tuple["UnknownUnit", ...]

    @cached_property
    def counts(self) -> Counter[Verdict]:
        """How many rows of each verdict."""
        return Counter(one.verdict for one in self.rows)

    @property
    def moves(self) -> int:
        """How many people change their department."""
        return sum(one.moves and one.is_taken for one in self.rows)


@dataclass(frozen=True, slots=True)
class UnknownUnit:
    """A department as the list writes it, that is no unit of the agency; how many rows; the unit that looks like it."""

    key: str
    written: str
    rows: int
    suggestion: Unit | None


def agencies_kept_by(actor: Actor, day: date) -> QuerySet[Unit]:
    """Agencies in force on `day` whose register the actor keeps."""
    kept = Q(path__in=agencies_of(actor, REGISTRARS)) | in_ranges("path", actor.reach(ADMINISTRATORS))
    return Unit.objects.visible_to(actor).in_force(day).filter(kept, path=F("agency_path"))


def units_of_agency(agency: Unit, day: date) -> QuerySet[Unit]:
    """The agency and its departments in force on `day`, in the order of the tree."""
    return Unit.objects.in_force(day).filter(agency_path=agency.path)


def lists_waiting_for(actor: Actor) -> QuerySet[StaffImport]:
    """Lists that were read and are neither confirmed nor dropped, the latest first."""
    waiting = StaffImport.objects.visible_to(actor).filter(confirmed_at__isnull=True, rows__isnull=False)
    return waiting.select_related("agency").defer("rows", "answers").order_by("-prepared_at")


def judge(pending: StaffImport, *, at: datetime | None = None) -> Preview:
    """Hold every row of the pending list against the register as it is at `at` (now)."""
    return _Judge(pending, at or clock.now()).preview()


class _Judge:
    """The register of one agency, held ready for all rows of a list in a handful of queries."""

    def __init__(self, pending: StaffImport, at: datetime) -> None:
        self.pending, self.at, self.agency = pending, at, pending.agency
        self.rows = [ReadRow.from_json(kept) for kept in pending.rows or ()]
        self.answers: Mapping[str, str] = pending.answers or {}
        self.units = {unit.key: unit for unit in units_of_agency(self.agency, clock.today(at))}
        self.names = _unit_names(self.agency, self.units.values())
        self.people = {person.key: person for person in _people(self.agency, self.rows)}
        self.home = _homes(self.people.values(), at)
        self.holders = set(
            Post.objects.in_force(at).filter(person__in=list(self.people.values())).values_list("person", flat=True)
        )
        self.by_name, self.by_phone = _indexes(self._known(person) for person in self.people.values())
        self.claimed: dict[UUID, ReadRow] = {}
        self.find_commune = commune_finder(clock.today(at))
        self.province = Unit.objects.get(path=path_of_depth(self.agency.path, 1)).name

    def preview(self) -> Preview:
        judged = tuple(self._judge(index, row) for index, row in enumerate(self.rows))
        return Preview(judged, self._unknown(judged))

    def _judge(self, index: int, row: ReadRow) -> Judged:
        if row.faults:
            return Judged(index, row, Verdict.REFUSED, [f.sentence for f in row.faults], row.faults[0].code)
        unit_key, problem = self._unit_of(row)
        if problem is not None:
            return Judged(index, row, Verdict.ASKS, [problem], "unknown-unit")
        found = match(row, unit_key, self._candidates(row))
        answer = self.answers.get(str(index), "")
        if answer == SKIP:
            return Judged(index, row, Verdict.REFUSED, [_("Bỏ qua theo lựa chọn của đồng chí.")], "skipped")
        found = _answered(found, answer)
        if question := self._question(found, row):
            people = tuple(self.people[one.key] for one in found.candidates)
            return Judged(index, row, Verdict.ASKS, [question], "ambiguous", candidates=people)
        if found.person is None:
            return self._new(index, row, unit_key)
        return self._known_person(index, row, self.people[found.person.key], unit_key)

    def _unit_of(self, row: ReadRow) -> tuple[UUID | None, str | None]:
        """The unit the row names (None: it names none), and the question when the name is nobody's."""
        if not row.unit:
            leader = self.names.of_leader(str(row.facts.get("position", "")))
            return (leader if row.unit_missing else None), None
        key = self.names.find(row.unit)
        if key in self.units:
            return key, None
        return None, _("Chưa rõ “%(unit)s” là phòng, đơn vị nào của cơ quan.") % {"unit": row.unit}

    def _candidates(self, row: ReadRow) -> list[Known]:
        found = {one.key: one for one in self.by_name[fold(row.name)]}
        for phone in row.phones:
            found |= {one.key: one for one in self.by_phone[phone]}
        return list(found.values())

    def _question(self, found: Match, row: ReadRow) -> str | None:
        if found.candidates:
            return _("Có thể là người đã có trong sổ. Chọn đúng người, hoặc “thêm mới”.")
        if found.person is None:
            return None
        if found.person.unit is None:
            return _("Trùng với người đã thôi thuộc cơ quan. Chọn “thêm mới” hoặc “bỏ qua”.")
        other = self.claimed.get(found.person.key)
        if other is not None:
            return _("Hàng %(number)d của danh sách đã là người này. Chọn “thêm mới” hoặc “bỏ qua”.") % {
                "number": other.number
            }
        return None

    def _new(self, index: int, row: ReadRow, unit_key: UUID | None) -> Judged:
        if unit_key is None and row.unit_missing:
            return Judged(index, row, Verdict.REFUSED, [_("Chưa ghi phòng, đơn vị.")], "no-unit")
        unit = self.units[unit_key] if unit_key else self.pending.unit
        facts = {key: value for key, value in self._facts(row).items() if value != ""}
        return Judged(index, row, Verdict.NEW, list(row.notes), unit=unit, changes=facts, means=dict(row.means))

    def _known_person(self, index: int, row: ReadRow, person: Person, unit_key: UUID | None) -> Judged:
        self.claimed[person.key] = row
        home = self.home[person.pk]
        unit = self.units[unit_key] if unit_key else home
        moves = home.path != unit.path and not unit.is_agency and not home.path.startswith(unit.path)
        judged = Judged(index, row, Verdict.UNCHANGED, list(row.notes), person=person, unit=unit, moves=moves)
        if moves:
            judged.sentences.append(_("Chuyển từ %(old)s sang %(new)s.") % {"old": home.name, "new": unit.name})
            if person.pk in self.holders:
                judged.moves = False
                judged.sentences[-1] = _(
                    "Danh sách ghi %(new)s nhưng người này đang giữ chức vụ ở %(old)s; không tự chuyển. "
                    "Hãy chuyển ở trang của người đó."
                ) % {"old": home.name, "new": unit.name}
        judged.changes = changed_facts(person, self._facts(row))
        judged.means = changed_means(getattr(person, "home_working", None), row.means)
        if judged.changes or judged.means or judged.moves:
            judged.verdict = Verdict.UPDATE
        return judged

    def _facts(self, row: ReadRow) -> dict[str, Any]:
        """The facts of the row as the register keeps them; an address brings the commune it clearly names."""
        facts = dict(row.facts)
        if "birth_date" in facts:
            facts["birth_date"] = row.birth_date
        for key in ("residence", "lodging"):
            if key in facts:
                facts[f"{key}_division"] = commune_in(facts[key], self.find_commune, self.province)
        return facts

    def _known(self, person: Person) -> Known:
        home = self.home.get(person.pk)
        phones = frozenset(phone for phone in (person.personal_phone, person.official_phone) if phone)
        return Known(
            person.key, person.full_name, person.birth_year, person.birth_date, phones, home.key if home else None
        )

    def _unknown(self, judged: Sequence[Judged]) -> tuple[UnknownUnit, ...]:
        written: dict[str, list[str]] = defaultdict(list)
        for one in judged:
            if one.code == "unknown-unit":
                written[written_key(one.row.unit)].append(one.row.unit)
        unknown = []
        for key, names in written.items():
            near = self.names.suggest(names[0])
            unknown.append(UnknownUnit(key, names[0], len(names), self.units.get(near) if near else None))
        return tuple(unknown)


def _answered(found: Match, answer: str) -> Match:
    """Whom a person chose in the preview, among those asked about, or nobody; else what was found."""
    if answer == NEW:
        return Match()
    chosen = next((one for one in found.candidates if str(one.key) == answer), None)
    return Match(chosen) if chosen else found


def _people(agency: Unit, rows: Iterable[ReadRow]) -> QuerySet[Person]:
    """Everyone who serves or has served in the agency and shares a name or a number with the list."""
    names = {fold(row.name) for row in rows if row.name}
    phones = {phone for row in rows for phone in row.phones}
    units = Unit.objects.filter(agency_path=agency.path)
    alike = Q(name_folded__in=names) | Q(personal_phone__in=phones) | Q(official_phone__in=phones)
    return (
        Person.objects.staff()
        .serving_in(units.order_by().values("pk"), None)
        .filter(alike)
        .select_related("home_working")
    )


def _homes(people: Iterable[Person], at: datetime) -> dict[int, Unit]:
    """The main unit at `at` of each person who is on staff, by primary key."""
    memberships = StaffMembership.objects.in_force(at).filter(person__in=list(people), main=True)
    return {one.person_id: one.unit for one in memberships.select_related("unit")}


def _indexes(known: Iterable[Known]) -> tuple[dict[str, list[Known]], dict[str, list[Known]]]:
    by_name: dict[str, list[Known]] = defaultdict(list)
    by_phone: dict[str, list[Known]] = defaultdict(list)
    for one in known:
        by_name[fold(one.name)].append(one)
        for phone in one.phones:
            by_phone[phone].append(one)
    return by_name, by_phone


def _unit_names(agency: Unit, units: Iterable[Unit]) -> UnitNames:
    """Every name of the agency's units: today's, short, former; and what earlier lists called them."""
    names = []
    for unit in units:
        depth = unit.depth - agency.depth
        names += [UnitName(unit.key, name, depth) for name in (unit.name, unit.short_name) if name]
    former = FormerUnitName.objects.filter(unit__in=list(units)).select_related("unit")
    names += [UnitName(old.unit.key, old.name) for old in former]
    told = {alias.written: alias.unit.key for alias in UnitAlias.objects.filter(agency=agency).select_related("unit")}
    return UnitNames(names, agency=agency.key, told=told)

"""The exam: a made staff list goes through the real door and the real import, and is held against its truths (B5)."""

from dataclasses import dataclass, field

from taicho.kernel.intake import Kind, Read, take_in
from taicho.organisation.actions.import_staff import confirm_import, prepare_import
from taicho.organisation.enums import UnitKind
from taicho.organisation.models import Person
from taicho.organisation.queries.staff_import import judge
from tests.organisation.corpus.make_messy_staff import DEPARTMENTS
from tests.organisation.corpus.staff_truth import Outcome
from tests.organisation.land import SETUP, unit

TABLES = frozenset({Kind.XLSX, Kind.CSV})


def agency():
    """The office of the lists: its departments with official and short names."""
    top = unit("Sở Mẫu", None, UnitKind.AGENCY)
    for name, short in DEPARTMENTS.items():
        unit(name, top, UnitKind.DEPARTMENT, short_name=short)
    top.refresh_from_db()
    return top


def prepared(file, of, by=SETUP):
    """The list as a pending import."""
    accepted = take_in(file.content, name=file.name, accept=TABLES, read=Read.ROWS)
    return prepare_import(accepted, by=by, agency=of)


@dataclass
class Marks:
    """What the import did with a file, against the truths."""

    people: int = 0
    right: int = 0
    unsaid: list = field(default_factory=list)
    wrong: list = field(default_factory=list)

    @property
    def share(self):
        """Rows that hold a person and came out as they should, of all such rows."""
        return self.right / self.people


def examine(file, of):
    """Read, judge and confirm a file; compare every row with its truth."""
    pending = prepared(file, of)
    judged = {(one.row.sheet, one.row.number): one for one in judge(pending).rows}
    confirm_import(pending, by=SETUP)
    marks = Marks()
    for truth in file.rows:
        one = judged.pop((truth.sheet if file.name.endswith("xlsx") else "", truth.number), None)
        outcome = Outcome.SKIPPED if one is None else Outcome.IMPORTED if one.is_taken else Outcome.REJECTED
        problems = (
            []
            if truth.agrees(outcome)
            else [f"{outcome} instead of {truth.outcome} ({truth.reason}): {one and (one.code, one.sentences)}"]
        )
        if one is not None and not one.is_taken and not "".join(one.sentences):
            marks.unsaid.append(truth.number)
        if truth.outcome is Outcome.IMPORTED and outcome is Outcome.IMPORTED:
            problems += differences(truth, one)
        if truth.outcome is not Outcome.SKIPPED:
            marks.people += 1
            marks.right += not problems
        marks.wrong += [(truth.number, truth.name, problem) for problem in problems]
    marks.wrong += [(number, one.row.cells, "not in the truths") for (_, number), one in judged.items()]
    return marks


def differences(truth, one):
    """What the register holds otherwise than the truth says."""
    found = Person.objects.filter(name_folded=Person(full_name=truth.name) and _folded(truth.name))
    wanted = {
        "phones": set(truth.phones), "position": truth.position, "category": truth.category or "",
        "party": truth.party_member, "email": truth.email, "residence": truth.residence, "lodging": truth.lodging,
        "department": truth.department, "computer": truth.home_computer, "internet": truth.home_internet,
    }  # fmt: skip
    near = [held(person) for person in found if truth.same_birth(person.birth_date or person.birth_year)]
    if not near:
        return [f"nobody with this name and birth {truth.birth}; {one.row.facts}"]
    best = min(near, key=lambda has: sum(has[key] != value for key, value in wanted.items()))
    return [f"{key}: {best[key]!r} instead of {value!r}" for key, value in wanted.items() if best[key] != value]


def held(person):
    """What the register holds of a person, in the words of the truths."""
    means = getattr(person, "home_working", None)
    return {
        "phones": {phone for phone in (person.personal_phone, person.official_phone) if phone},
        "position": person.position, "category": person.category, "party": person.party_member,
        "email": person.email, "residence": person.residence, "lodging": person.lodging,
        "department": person.home_unit.name, "computer": means and means.has_computer,
        "internet": means and means.has_internet,
    }  # fmt: skip


def _folded(name):
    person = Person(full_name=name)
    from taicho.kernel.vietnamese import fold

    return fold(person.full_name)

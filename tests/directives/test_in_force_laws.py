"""Laws of what is in force, whatever documents came in: one answer, and each with a clause that says so (A6, A7)."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taicho.directives.enums import Force, RelationKind
from taicho.directives.rules import in_force as asked
from taicho.directives.rules.in_force import Relation, may_lift
from tests.directives.measures import CITY, OFFICE, OTHER, ROOM, Cap, Entry, Report, Trip, held, known, stated

FIRST = date(2021, 2, 17)
DAY = timedelta(days=1)
MODES = ("free", "consent", "essential", "forbidden")
PATHS = (CITY, OFFICE, ROOM)


@pytest.fixture(autouse=True, scope="module")
def trial_kinds():
    """The house with the kinds of an invented area."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(asked, "KINDS", known())
        yield


def params_of(kind):
    """Parameters a document of the kind may state."""
    if kind is Cap:
        return st.fixed_dictionaries({"max_pct": st.integers(0, 100)}, optional={"binding": st.booleans()})
    if kind is Trip:
        return st.fixed_dictionaries({"mode": st.sampled_from(MODES)})
    if kind is Report:
        return st.fixed_dictionaries({"to": st.sampled_from(["UBND", "Sở Y tế"])})
    return st.fixed_dictionaries({"need": st.lists(st.sampled_from(["mask", "temperature"]), min_size=1)})


@st.composite
def measures(draw, kinds=(Cap, Trip, Report, Entry)):
    """A confirmed measure of some kind, issuer, force, scope and time; now and then without a first day."""
    kind = draw(st.sampled_from(kinds))
    start, length = draw(st.integers(-20, 20)), draw(st.one_of(st.none(), st.integers(0, 20)))
    since = None if draw(st.integers(0, 9)) == 0 else FIRST + start * DAY
    return stated(
        kind, draw(params_of(kind)), by=draw(st.sampled_from(PATHS)), force=draw(st.sampled_from(list(Force))),
        since=since, until=None if since is None or length is None else since + length * DAY,
        issued=FIRST + draw(st.integers(-30, 0)) * DAY, scope=[draw(st.sampled_from((*PATHS, OTHER)))],
        clause=str(draw(st.integers(1, 9))),
    )  # fmt: skip


@st.composite
def registers(draw):
    """Measures and what some of them were recorded to do to others."""
    found = draw(st.lists(measures(), max_size=7))
    pairs = [(one, other) for one in found for other in found if one is not other and one.kind == other.kind]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=4)) if pairs else []
    kinds = draw(st.lists(st.sampled_from(list(RelationKind)), min_size=len(chosen), max_size=len(chosen)))
    return found, [Relation(kind, one.key, other.key) for kind, (one, other) in zip(kinds, chosen, strict=True)]


days = st.integers(-25, 45).map(lambda n: FIRST + n * DAY)
paths = st.sampled_from(PATHS)


@given(registers(), paths, days)
def test_of_a_kind_that_is_made_one_there_is_one_answer(register, path, day):  # A7
    found, relations = register
    resolution = held(found, *relations, path=path, day=day)
    for kind in (Cap, Trip, Entry):
        assert len(resolution.of(kind.name)) <= 1


@given(registers(), paths, days)
def test_every_answer_is_explained_by_measures_that_hold_here_and_today(register, path, day):  # A6
    found, relations = register
    resolution = held(found, *relations, path=path, day=day)
    for effect in resolution.effects:
        behind = (*effect.sources, *effect.requests)
        assert behind, "no answer without a source"
        for one in behind:
            assert one in found
            assert one.clause
            assert one.kind == effect.kind
            assert one.covers(path, day)
            assert one.key not in resolution.left_out


@given(registers(), paths, days)
def test_no_measure_is_lost_each_is_an_answer_or_left_out_or_does_not_hold(register, path, day):  # A6
    found, relations = register
    resolution = held(found, *relations, path=path, day=day)
    told = {one.key for effect in resolution.effects for one in (*effect.sources, *effect.requests)}
    for one in found:
        assert (one.key in told) + (one.key in resolution.left_out) == one.covers(path, day)


@given(registers(), paths, days)
def test_what_is_left_out_was_lifted_by_a_binding_measure_of_the_same_issuer_or_a_higher_one(register, path, day):  # A7
    found, relations = register
    by_key = {one.key: one for one in found}
    for key, relation in held(found, *relations, path=path, day=day).left_out.items():
        new, old = by_key[relation.by], by_key[key]
        assert relation in relations
        assert new.covers(path, day)
        assert new.force.binds
        assert new.issuer == old.issuer or new.rank < old.rank


@given(registers(), paths, days)
def test_the_answer_satisfies_every_document_that_stands_behind_it(register, path, day):  # A7
    found, relations = register
    resolution = held(found, *relations, path=path, day=day)
    for effect in resolution.of("trial.cap"):
        assert all(effect.params["max_pct"] <= one.params["max_pct"] for one in effect.sources)
    for effect in resolution.of("trial.trip"):
        assert all(MODES.index(effect.params["mode"]) >= MODES.index(one.params["mode"]) for one in effect.sources)
    for effect in resolution.of("trial.entry"):
        assert all(set(one.params["need"]) <= set(effect.params["need"]) for one in effect.sources)


@given(registers(), paths, days)
def test_a_request_never_changes_what_is_ordered(register, path, day):  # A7, edge 13
    found, relations = register
    ordered = [one for one in found if one.force.binds]
    with_requests, without = (held(those, *relations, path=path, day=day) for those in (found, ordered))
    for kind in (Cap, Trip, Entry):
        one = [effect.params for effect in with_requests.of(kind.name) if effect.sources]
        assert one == [effect.params for effect in without.of(kind.name)]


@settings(max_examples=60)
@given(st.lists(measures(kinds=(Cap,)), max_size=5), measures(kinds=(Cap,)), paths, days)
def test_one_more_document_never_loosens_without_a_recorded_replacement(before, more, path, day):  # A7
    def bound(those):
        effects = held(those, path=path, day=day).of("trial.cap")
        return next((effect.params["max_pct"] for effect in effects if effect.sources), 101)

    assert bound([*before, more]) <= bound(before)


@given(registers(), paths, days, st.randoms())
def test_the_order_of_registering_and_of_recording_changes_no_answer(register, path, day, luck):  # A7
    found, relations = register
    shuffled, others = list(found), list(relations)
    luck.shuffle(shuffled)
    luck.shuffle(others)
    one, other = held(found, *relations, path=path, day=day), held(shuffled, *others, path=path, day=day)
    assert set(one.left_out) == set(other.left_out)
    for kind in (Cap, Trip):
        assert [effect.params for effect in one.of(kind.name)] == [effect.params for effect in other.of(kind.name)]


@given(registers(), days)
def test_another_agency_is_bound_only_by_what_names_it(register, day):  # B2
    found, relations = register
    for effect in held(found, *relations, path=OTHER, day=day).effects:
        assert all(any(OTHER in reach for reach in one.scope) for one in (*effect.sources, *effect.requests))


@given(measures(kinds=(Cap,)), st.integers(0, 40))
def test_a_measure_holds_on_an_unbroken_run_of_days(measure, n):
    path = next(p for p in (*PATHS, OTHER) if any(p in reach for reach in measure.scope))
    holding = [day for day in (FIRST + k * DAY for k in range(-30, 50)) if measure.covers(path, day)]
    assert all(later - earlier == DAY for earlier, later in pairwise(holding))
    assert measure.covers(path, FIRST + n * DAY) is (FIRST + n * DAY in holding)


@given(measures(kinds=(Cap,)), measures(kinds=(Cap,)))
def test_two_measures_lift_each_other_only_when_they_are_of_one_issuer(one, other):
    if may_lift(one, other) and may_lift(other, one):
        assert one.issuer == other.issuer
    assert not (one.force is Force.REQUEST and may_lift(one, other))


def test_two_measures_of_one_issuer_recorded_against_each_other_still_leave_an_answer():  # A7
    one, other = stated(Cap, {"max_pct": 30}), stated(Cap, {"max_pct": 60})
    relations = [
        Relation(RelationKind.REPLACES, one.key, other.key),
        Relation(RelationKind.REPLACES, other.key, one.key),
    ]
    assert held([one, other], *relations).of("trial.cap"), "a circle of replacements must not lift every document"

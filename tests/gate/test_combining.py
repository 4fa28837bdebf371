"""How clauses are put together and judged, as laws that hold for any clauses (E1–E5; measures.md). Pure."""

from itertools import permutations
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taicho.gate.enums import (
    ENTRY_KIND,
    VISITS_KIND,
    Audience,
    GateVerdict,
    Ground,
    IfMissing,
    Need,
    Purpose,
    VisitMode,
)
from taicho.gate.measures import EntryRequirements, Visits
from taicho.gate.rules.codes import LONGEST_INPUT, grouped, new_code, new_token, payload, read_code, read_shown
from taicho.gate.rules.requirements import Ordered, Requirements, as_columns, combine, from_columns
from taicho.gate.rules.verdicts import Facts, judge, still_missing
from taicho.kernel.refusals import Refusal

STRICTNESS, MODES = list(IfMissing), list(VisitMode)
ENTRY = st.builds(
    lambda who, need, missing, binds, number: Ordered(
        ENTRY_KIND, {"who": who, "need": need} | ({"if_missing": missing} if missing else {}), UUID(int=number), binds
    ),
    st.sampled_from(["staff", "visitors", "all"]),
    st.lists(st.sampled_from(Need.values), min_size=1, max_size=3, unique=True),
    st.none() | st.sampled_from(IfMissing.values), st.booleans(), st.integers(1, 5),
)  # fmt: skip
VISIT = st.builds(
    lambda mode, purpose, binds, number: Ordered(VISITS_KIND, {"mode": mode} | purpose, UUID(int=number), binds),
    st.sampled_from(VisitMode.values), st.sampled_from([{}, *({"purpose": one} for one in ("official", "personal", "all"))]),
    st.booleans(), st.integers(6, 9),
)  # fmt: skip
CLAUSES = st.lists(ENTRY | VISIT, max_size=4)
AUDIENCES = st.sampled_from(list(Audience))
FACTS = st.builds(
    Facts, audience=AUDIENCES, serving=st.booleans(), declared=st.booleans(), restricted=st.booleans(), high=st.booleans(),
    alert=st.booleans(), inside=st.booleans(), purpose=st.sampled_from(Purpose.values), host_confirmed=st.booleans(),
    excepted=st.frozensets(st.sampled_from([GateVerdict.NOT_DECLARED, GateVerdict.RECHECK])),
)  # fmt: skip


def together(clauses, audience):
    return combine(clauses, audience, entry=ENTRY_KIND, visits=VISITS_KIND)


@given(CLAUSES, AUDIENCES)
def test_in_whatever_order_clauses_come_they_ask_the_same(clauses, audience):
    """The order may only change in which order reasons are read out."""
    first = together(clauses, audience)
    for turned in permutations(clauses):
        other = together(turned, audience)
        assert (other.needs, other.modes) == (first.needs, first.modes)
        for need in Need:
            assert set(other.because(need)) == set(first.because(need))


@given(CLAUSES, ENTRY | VISIT, AUDIENCES)
def test_one_clause_more_never_asks_less(clauses, more, audience):
    before, after = together(clauses, audience), together([*clauses, more], audience)
    for need in Need:
        assert after.asks(need) or not before.asks(need)
        assert STRICTNESS.index(after.if_missing(need)) >= STRICTNESS.index(before.if_missing(need))
    for purpose in Purpose:
        assert MODES.index(after.mode(purpose)) >= MODES.index(before.mode(purpose))


@given(CLAUSES, AUDIENCES)
def test_a_request_stops_nobody_and_closes_no_door(clauses, audience):  # house D6
    asked = together([Ordered(one.kind, one.params, one.measure, binds=False) for one in clauses], audience)
    assert all(asked.if_missing(need) is IfMissing.NOTE for need in Need) and not asked.modes
    said = judge(Facts(audience=audience, serving=True), asked)
    assert said.verdict is GateVerdict.ADMIT and still_missing(asked, frozenset()) == ()


@given(CLAUSES, AUDIENCES)
def test_what_is_asked_has_a_reason_that_asks_it(clauses, audience):
    asked = together(clauses, audience)
    for need in asked.needs:
        reasons = asked.because(Need(need))
        assert reasons and all(
            any(one.measure == key and need in one.params.get("need", ()) for one in clauses) for key in reasons
        )


@given(CLAUSES)
def test_visits_are_no_matter_of_the_staff(clauses):
    assert together(clauses, Audience.STAFF).modes == {}


@given(CLAUSES, AUDIENCES)
def test_the_store_keeps_requirements_whole(clauses, audience):
    asked = together(clauses, audience)
    columns = as_columns(asked)
    assert from_columns(*(columns[name] for name in ("needs", "reasons", "modes", "mode_reasons"))) == asked


@given(FACTS, CLAUSES)
def test_nobody_is_stopped_for_a_document_that_there_is_not(facts, clauses):
    """Without clauses only standing, the health post's word, and being inside already count."""
    said = judge(facts, Requirements())
    standing = {GateVerdict.UNKNOWN_CODE, GateVerdict.WAIT, GateVerdict.HIGH_TEMPERATURE, GateVerdict.STILL_INSIDE}
    assert said.verdict in standing | {GateVerdict.ADMIT}
    well = facts.serving and not (facts.restricted or facts.high or facts.alert or facts.inside)
    assert (said.verdict is GateVerdict.ADMIT) == well


@given(FACTS, CLAUSES)
def test_a_stop_of_the_health_post_shows_no_clause_but_the_one_on_measuring(facts, clauses):  # L3, F8
    asked = together(clauses, facts.audience)
    said = judge(facts, asked)
    if said.verdict is GateVerdict.WAIT:
        assert said.because == () == said.needs
    if said.verdict is GateVerdict.HIGH_TEMPERATURE:
        assert said.because == asked.because(Need.TEMPERATURE)


@given(FACTS, CLAUSES)
def test_no_exception_lifts_a_restriction_an_alert_or_a_temperature(facts, clauses):  # F8
    said = judge(facts, together(clauses, facts.audience)).verdict
    if facts.serving and (facts.restricted or facts.high or facts.alert):
        assert said in (GateVerdict.WAIT, GateVerdict.HIGH_TEMPERATURE) and said.ground is Ground.CALL


@given(FACTS, CLAUSES)
def test_with_every_exception_whoever_is_well_and_outside_comes_in(facts, clauses):
    free = Facts(
        audience=facts.audience, serving=True, purpose=facts.purpose,
        excepted=frozenset({GateVerdict.NOT_DECLARED, GateVerdict.RECHECK}),
    )  # fmt: skip
    assert judge(free, together(clauses, facts.audience)).verdict is GateVerdict.ADMIT


@given(CLAUSES, AUDIENCES, st.frozensets(st.sampled_from([Need.TEMPERATURE, Need.MASK, Need.HAND_RUB])))
def test_only_what_a_clause_refuses_without_is_missing_and_never_what_was_seen(clauses, audience, done):
    asked = together(clauses, audience)
    missing = still_missing(asked, done)
    assert not done & set(missing)
    assert all(asked.if_missing(need) is IfMissing.REFUSE for need in missing)
    assert Need.DECLARATION not in missing and Need.BOOK not in missing


@pytest.mark.parametrize(
    "mode, purpose, confirmed, comes",
    [
        ("free", "personal", False, True), ("limited", "personal", False, False), ("limited", "personal", True, True),
        ("appointment", "official", False, False), ("appointment", "official", True, True),
        ("official_only", "official", False, True), ("official_only", "personal", True, False),
        ("closed", "official", True, False),
    ],
)  # fmt: skip
def test_how_a_visit_is_received(mode, purpose, confirmed, comes):  # E5
    measure = uuid4()
    asked = together([Ordered(VISITS_KIND, {"mode": mode, "purpose": "all"}, measure)], Audience.VISITORS)
    facts = Facts(audience=Audience.VISITORS, serving=True, purpose=purpose, host_confirmed=confirmed)
    said = judge(facts, asked)
    assert (said.verdict is GateVerdict.ADMIT) == comes
    assert comes or (said.verdict, said.because) == (GateVerdict.RECHECK, (measure,))


@given(st.text(max_size=200))
def test_whatever_is_held_before_the_scanner_is_a_pass_a_code_or_nothing(words):
    read = read_shown(words)
    if read is not None:
        assert bool(read.token) != bool(read.code) and len(words) <= LONGEST_INPUT
        assert read.code == "" or read_code(read.code) == read.code


@given(st.integers(0, 40), st.sampled_from([" ", "-", ".", "–", " \n"]))
def test_what_the_gate_has_made_it_reads_back(place, between):
    token, code = new_token(), new_code()
    assert read_shown(payload(token)).token == token == read_shown(payload(token).lower()).token
    cut = place % len(code)
    assert read_shown(code[:cut] + between + code[cut:]).code == code == read_shown(grouped(code)).code


@pytest.mark.parametrize("kind, wrong", [
    (EntryRequirements, {"need": ["mask"]}), (EntryRequirements, {"who": "all"}), (EntryRequirements, {"who": "dogs", "need": ["mask"]}),
    (EntryRequirements, {"who": "all", "need": ["passport"]}), (EntryRequirements, {"who": "all", "need": ["mask"], "if_missing": "arrest"}),
    (Visits, {}), (Visits, {"mode": "maybe"}), (Visits, {"mode": "closed", "purpose": "love"}),
])  # fmt: skip
def test_a_measure_that_says_nothing_the_gate_can_do_is_refused(kind, wrong):
    with pytest.raises(Refusal):
        kind.read(wrong)


@pytest.mark.parametrize("verdict", list(GateVerdict), ids=str)
def test_the_ground_of_the_screen_calls_somebody_only_where_somebody_must_come(verdict):  # look.md 2
    called = verdict in (GateVerdict.WAIT, GateVerdict.HIGH_TEMPERATURE, GateVerdict.LOCKDOWN)
    assert (verdict.ground is Ground.CALL) == called
    assert (verdict.ground is Ground.ADMIT) == (verdict is GateVerdict.ADMIT)

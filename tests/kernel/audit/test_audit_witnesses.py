"""What was told outside the database bears witness: which contradiction is which, and that none is invented (A17)."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from taicho.kernel.audit.anchors import ANCHOR, RESTORE, AnchorFile, Line
from taicho.kernel.audit.damage import Damage
from taicho.kernel.audit.heads import Head, hand_over_head
from taicho.kernel.audit.sealing import seal_once
from taicho.kernel.audit.witnesses import Told, Witness, confront, confront_file, gather, told

ROOT, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
NOON = datetime(2021, 9, 4, 5, 0, tzinfo=UTC)
NOTHING_TOLD = Told(0, {})


def hash_at(position):
    return bytes([position]) * 32


def head(position, root=ROOT):
    return Head(root, position, hash_at(position))


def anchored(position, line):
    return Witness(head(position), NOON + timedelta(minutes=line), line)


def heard(*witnesses, end, hashes=None, known=NOTHING_TOLD, waiting=0):
    """Findings as (kind, facts) for one chain that holds what `hashes` say (by default what every witness says)."""
    hashes = {p: [hash_at(p)] for p in range(1, end + 1)} if hashes is None else hashes
    found = confront(ROOT, list(witnesses), end=end, hashes=hashes, known=known, waiting=waiting)
    return [(finding.damage, finding.facts) for finding in found]


def test_witnesses_who_agree_say_nothing():
    assert heard(anchored(2, 1), anchored(5, 2), end=5) == []
    assert heard(end=5) == []


def test_a_contradiction_is_placed_between_the_last_agreement_and_the_first_witness_against():
    found = heard(anchored(2, 1), anchored(5, 2), anchored(7, 3), end=9, hashes={2: [hash_at(2)], 5: [b"x"], 7: [b"x"]})
    assert found == [
        (Damage.CHAIN_REWRITTEN, {"chain": ROOT, "first": 2, "position": 5, "at": NOON + timedelta(minutes=2)})
    ]


def test_a_contradiction_with_the_first_witness_begins_at_the_beginning():
    ((damage, facts),) = heard(anchored(5, 1), end=5, hashes={5: [b"x"]})
    assert (damage, facts["first"]) == (Damage.CHAIN_REWRITTEN, 0)


def test_of_two_contents_at_one_place_one_that_the_witness_knows_is_enough():
    assert heard(anchored(5, 1), end=5, hashes={5: [b"x", hash_at(5)]}) == []


def test_a_place_that_was_not_read_is_not_held_against_the_chain():
    assert heard(anchored(5, 1), end=9, hashes={}) == []


def test_a_chain_that_ends_before_what_the_database_itself_anchored_was_cut():  # S-14 cut tail
    ((damage, facts),) = heard(anchored(3, 1), anchored(8, 2), end=5, known=Told(2, {}))
    at = NOON + timedelta(minutes=2)
    assert damage is Damage.TAIL_CUT
    assert facts == {"chain": ROOT, "position": 5, "original": 8, "at": at, "count": 3}


def test_a_chain_that_ends_before_an_anchor_the_database_has_never_heard_of_is_an_old_database():  # S-14 replay
    ((damage, _),) = heard(anchored(3, 1), anchored(8, 2), end=5, known=Told(1, {}))
    assert damage is Damage.DATABASE_REPLAYED


def test_a_head_from_a_report_has_no_line_in_the_file_and_tells_of_a_cut_tail():
    ((damage, facts),) = heard(Witness(head(8)), end=5)
    assert (damage, facts["at"]) == (Damage.TAIL_CUT, None)


@pytest.mark.parametrize(("waiting", "damage"), [(2, Damage.TAIL_CUT), (3, Damage.TABLE_ROLLED_BACK)])
def test_when_as_many_entries_wait_for_links_as_links_are_missing_the_table_of_links_is_old(waiting, damage):
    ((found, facts),) = heard(anchored(8, 1), end=5, known=Told(1, {}), waiting=waiting)
    assert found is damage
    assert facts["count"] == 3
    if damage is Damage.TABLE_ROLLED_BACK:
        assert facts == {"table": "kernel_auditlink", "count": 3, "first": 6}


def test_a_rewritten_and_shortened_chain_is_both():
    found = heard(anchored(3, 1), anchored(8, 2), end=5, hashes={3: [b"x"]}, known=Told(2, {}))
    assert [damage for damage, _ in found] == [Damage.CHAIN_REWRITTEN, Damage.TAIL_CUT]


# --- who is called as a witness ---


def line(number, position, *, kind=ANCHOR, root=ROOT, at=NOON):
    return Line(number, kind, at, head(position, root), b"")


def test_witnesses_of_all_sources_are_heard_in_the_order_of_the_chain():
    file = AnchorFile([line(1, 4), line(2, 9), line(3, 2, root=OTHER)])
    known = Told(3, {ROOT: [Witness(head(6), NOON)]})
    called = gather(file, known, [head(1)])
    assert [(w.head.position, w.line) for w in called[ROOT]] == [(1, None), (4, 1), (6, None), (9, 2)]
    assert [w.head.position for w in called[OTHER]] == [2]


def test_a_head_of_length_nothing_is_no_witness():
    assert gather(AnchorFile(), NOTHING_TOLD, [Head(ROOT, 0, bytes(32))]) == {ROOT: []}


def test_calling_witnesses_does_not_change_what_the_database_told():
    known = Told(0, {ROOT: [Witness(head(6), NOON)]})
    gather(AnchorFile([line(1, 4)]), known, [head(1)])
    assert len(known.heads[ROOT]) == 1


def test_the_database_tells_the_heads_it_handed_over_and_its_last_line(trail):  # A17
    assert told() == Told(0, {})
    trail.sealed(3)
    trail.sealed(2)
    handed = hand_over_head(trail.root, to=uuid.uuid4())
    found = told()
    assert found.line == 2
    (witness,) = found.heads[trail.root]
    assert (witness.head, witness.line) == (handed, None)
    assert witness.at is not None


def test_the_head_of_those_without_an_office_is_told_under_no_office(trail):
    from taicho.kernel.actor import system

    trail.write(1, by=system("start"))
    seal_once()
    hand_over_head(None, to=uuid.uuid4())
    assert list(told().heads) == [None]


# --- the anchor file itself ---


def of_file(file, *, last_line, known=NOTHING_TOLD, replayed=False):
    return [(f.damage, f.facts) for f in confront_file(file, last_line, known, replayed=replayed)]


def test_a_whole_file_that_the_database_knows_is_in_order():
    assert of_file(AnchorFile([line(1, 4), line(2, 5)]), last_line=2, known=Told(2, {})) == []


def test_lines_that_are_forged_gone_or_cut_off_are_numbered():
    file = AnchorFile([line(1, 4)], forged=[3], gone=[range(5, 8)])
    assert of_file(file, last_line=8, known=Told(10, {})) == [
        (Damage.ANCHOR_FORGED, {"first": 3}),
        (Damage.ANCHOR_REMOVED, {"first": 5, "last": 7}),
        (Damage.ANCHOR_REMOVED, {"first": 9, "last": 10}),
    ]


def test_lines_of_one_moment_unknown_to_the_database_are_a_kill_between_file_and_table():  # F-01
    file = AnchorFile([line(1, 4), line(2, 5), line(3, 5, root=OTHER)])
    assert of_file(file, last_line=3, known=Told(1, {})) == []


def test_lines_of_two_moments_unknown_to_the_database_are_an_old_table_of_heads():
    file = AnchorFile([line(1, 4), line(2, 5), line(3, 6, at=NOON + timedelta(minutes=1))])
    facts = {"table": "kernel_audithead", "count": 2, "first": 2}
    assert of_file(file, last_line=3, known=Told(1, {})) == [(Damage.TABLE_ROLLED_BACK, facts)]
    assert of_file(file, last_line=3, known=Told(1, {}), replayed=True) == []


def test_a_declared_restore_takes_back_the_anchors_beyond_it_and_no_others():  # F-16
    lines = [line(1, 4), line(2, 9), line(3, 9, root=OTHER), line(4, 6, kind=RESTORE), line(5, 8)]
    standing = AnchorFile(lines).standing()
    assert [kept.head.position for kept in standing[ROOT]] == [4, 6, 8]
    assert [kept.head.position for kept in standing[OTHER]] == [9]


def test_an_anchor_exactly_where_the_restore_stands_goes_on_bearing_witness():
    assert len(AnchorFile([line(1, 6), line(2, 6, kind=RESTORE)]).standing()[ROOT]) == 2


def test_a_restore_to_an_empty_chain_leaves_no_witness():
    assert AnchorFile([line(1, 6), line(2, 0, kind=RESTORE)]).standing()[ROOT] == []


def test_restores_are_told_once_each_in_order():
    later = NOON + timedelta(days=1)
    file = AnchorFile(
        [line(1, 6, kind=RESTORE, at=later), line(2, 6, kind=RESTORE), line(3, 6, kind=RESTORE), line(4, 7)]
    )
    assert file.restores() == [NOON, later]
    assert (file.last, AnchorFile().last) == (4, 0)

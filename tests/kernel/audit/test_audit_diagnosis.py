"""What is wrong with a chain is named exactly: which row, which kind, which column, and nothing besides (S-14)."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from taicho.kernel.audit import diagnosis
from taicho.kernel.audit.damage import Damage
from taicho.kernel.audit.diagnosis import NEAR
from taicho.kernel.audit.walking import walk
from tests.kernel.audit.paper_chain import FACTS, KEY, NOON, ROOT, chain_of, entry_of

LATER = NOON + timedelta(hours=1)


def walked(*links, wanted=(), key=KEY):
    return walk((link.row for link in links), root=ROOT, chain=ROOT.bytes, key=key, wanted=wanted)


def named(*links, **options):
    """The findings as (kind, position, other facts)."""
    found = walked(*links, **options).suspects.findings()
    besides = ("position", "chain", "entry")
    return [(f.damage, f.facts.get("position"), {k: v for k, v in f.facts.items() if k not in besides}) for f in found]


def with_entry(link, **changes):
    """The link as sealed, over an entry that was changed afterwards by somebody who has no key."""
    stamp = link.entry[-20:]
    return replace(link, entry=entry_of(**{"number": link.position} | changes)[:-20] + stamp)


def test_a_sound_chain_has_an_end_and_no_suspects():
    links = chain_of(4)
    found = walked(*links, wanted={1, 4, 6})
    assert (found.end, found.suspects.seen, list(found.suspects.findings())) == (4, 0, [])
    assert found.hashes == {1: [links[0].hash], 4: [links[3].hash]}


@pytest.mark.parametrize(
    ("changes", "damage", "columns"),
    [
        ({"verb": "gate.turn_away"}, Damage.EDITED, ["verb"]),
        ({"verb": "gate.turn_away", "machine": "x"}, Damage.EDITED, ["machine", "verb"]),
        ({"actor": uuid.UUID(int=99)}, Damage.ACTOR_SWAPPED, ["actor"]),
        ({"actor": uuid.UUID(int=99), "verb": "x"}, Damage.EDITED, ["actor", "verb"]),
        ({"happened_at": LATER}, Damage.TIME_SWAPPED, ["happened_at"]),
        ({"happened_at": LATER, "shown_at": LATER}, Damage.TIME_SWAPPED, ["happened_at", "shown_at"]),
        ({"happened_at": LATER, "verb": "x"}, Damage.EDITED, ["happened_at", "verb"]),
        ({"commitment": b"d" * 32}, Damage.COMMITMENT_EDITED, ["commitment"]),
        ({"commitment": b"d" * 32, "actor": uuid.UUID(int=99)}, Damage.EDITED, ["actor", "commitment"]),
        ({"actor": None}, Damage.BLANKED, ["actor"]),
        ({"commitment": None}, Damage.BLANKED, ["commitment"]),
        ({"verb": "", "unit": None}, Damage.BLANKED, ["verb", "unit"]),
        ({"verb": "", "unit": uuid.UUID(int=99)}, Damage.EDITED, ["verb", "unit"]),
    ],
)
def test_a_change_after_sealing_is_named_by_its_columns(changes, damage, columns):  # S-14 edit
    links = chain_of(3)
    links[1] = with_entry(links[1], object_key=uuid.UUID(int=1002), **changes)
    assert named(*links) == [(damage, 2, {"fields": columns})]


def test_an_edit_whose_checksums_say_nothing_is_still_an_edit():
    first = chain_of(1)[0]
    forged = replace(first, entry=entry_of(verb="x", number=1))
    (finding,) = walked(forged).suspects.findings()
    assert finding.damage is Damage.EDITED
    assert "dấu xác thực" in finding.sentence  # the stamp differs as well, and is named


def test_a_row_that_is_gone_is_handed_on_to_be_named_over_all_chains():
    links = chain_of(3)
    found = walked(links[0], replace(links[1], entry=None), links[2])
    assert [row.entry_id for row in found.suspects.gone] == [102]
    assert (list(found.suspects.findings()), found.suspects.bad_stamps, found.end) == ([], 0, 3)


@pytest.mark.parametrize("lost", [{1}, {3}, {2, 3}, {1, 4}])
def test_links_that_are_missing_are_deletions_at_their_places(lost):  # S-14 delete
    links = [link for link in chain_of(5) if link.position not in lost]
    assert named(*links) == [(Damage.DELETED, position, {}) for position in sorted(lost)]


def test_of_a_very_long_gap_only_the_beginning_is_listed(monkeypatch):
    monkeypatch.setattr(diagnosis, "LIMIT", 4)
    links = chain_of(12)
    assert [place for _, place, _ in named(links[0], *links[9:])] == [2, 3, 4, 5]


def test_of_a_chain_damaged_all_over_only_the_beginning_is_looked_at(monkeypatch):
    monkeypatch.setattr(diagnosis, "LIMIT", 3)
    links = [with_entry(link, verb="x", object_key=uuid.UUID(int=1000 + link.position)) for link in chain_of(6)]
    found = walked(*links)
    assert [f.facts["position"] for f in found.suspects.findings()] == [1, 2, 3]
    assert (found.suspects.seen, found.suspects.bad_stamps) == (6, 6)


def test_one_edit_is_one_finding_and_not_also_a_tear_behind_it():
    links = chain_of(4)
    links[1] = replace(links[1], hash=b"\x01" * 32)
    assert named(*links) == [(Damage.LINK_EDITED, 2, {})]


def test_an_edit_in_the_last_link_is_found():
    links = chain_of(3)
    links[2] = replace(links[2], hash=b"\x01" * 32)
    assert named(*links) == [(Damage.LINK_EDITED, 3, {})]


def test_a_chain_recomputed_from_the_middle_is_torn_exactly_there():  # S-14 recompute
    links = chain_of(5)
    links[2] = replace(links[2], previous=b"\x01" * 32).hashed()
    links[3] = replace(links[3], previous=links[2].hash).hashed()
    links[4] = replace(links[4], previous=links[3].hash).hashed()
    assert named(*links) == [(Damage.CHAIN_TORN, 3, {})]


def test_two_tears_are_two_findings():
    links = chain_of(5)
    for torn in (1, 3):
        links[torn] = replace(links[torn], previous=bytes([torn]) * 32).hashed()
        links[torn + 1] = replace(links[torn + 1], previous=links[torn].hash).hashed()
    assert named(*links) == [(Damage.CHAIN_TORN, 2, {}), (Damage.CHAIN_TORN, 4, {})]


def test_an_entry_without_the_stamp_of_the_system_is_an_insertion_though_perfectly_sealed():  # S-14 insert
    links = chain_of(3)
    forged = replace(links[2], entry=entry_of(key=b"z" * 32), sealed=b"").hashed()
    assert named(*links[:2], forged) == [(Damage.INSERTED, 3, {})]
    assert walked(*links[:2], forged).suspects.bad_stamps == 1


@pytest.mark.parametrize("count", [10, 3 * NEAR])
def test_neighbours_and_links_far_apart_that_changed_places_are_both_named_with_their_homes(count):  # S-14 reorder
    links = chain_of(count)
    links[1], links[count - 2] = (
        replace(links[count - 2], position=2),
        replace(links[1], position=count - 1),
    )
    assert named(*links) == [
        (Damage.REORDERED, 2, {"original": count - 1}),
        (Damage.REORDERED, count - 1, {"original": 2}),
    ]


def test_a_link_taken_out_and_the_rest_moved_up_is_one_deletion():  # S-14 delete
    links = chain_of(8)
    moved = [*links[:3], *(replace(link, position=link.position - 1) for link in links[4:])]
    assert named(*moved) == [(Damage.DELETED, 4, {})]


def test_a_link_pushed_in_and_the_rest_moved_down_is_one_insertion():  # S-14 insert
    links = chain_of(6)
    pushed = replace(links[2], entry_id=999, hash=b"\x03" * 32)
    moved = [*links[:2], pushed, *(replace(link, position=link.position + 1) for link in links[2:])]
    assert [(kind, place) for kind, place, _ in named(*moved)] == [(Damage.INSERTED, 3)]


def test_two_links_at_one_place_are_a_fork_and_both_contents_are_kept_for_the_witnesses():  # S-14 fork
    links = chain_of(4)
    other = replace(links[3], entry=entry_of(verb="x"), sealed=b"").hashed()
    found = walked(*links, other, wanted={4})
    assert [(f.damage, f.facts["position"]) for f in found.suspects.findings()] == [(Damage.FORKED, 4)]
    assert found.hashes == {4: [links[3].hash, other.hash]}
    assert found.end == 4


def test_every_finding_says_which_chain_and_which_row():
    links = chain_of(3)
    links[1] = with_entry(links[1], object_key=uuid.UUID(int=1002), verb="x")
    (finding,) = walked(*links).suspects.findings()
    assert finding.facts == {"chain": ROOT, "position": 2, "entry": 102, "fields": ["verb"]}
    assert FACTS["verb"] != "x"

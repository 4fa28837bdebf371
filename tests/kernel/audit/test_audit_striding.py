"""The quick pass over all chains: it may never call an unsound chain sound, nor a sound one unsound (S-14)."""

import uuid
from dataclasses import replace

import pytest

from taicho.kernel.audit import striding
from taicho.kernel.audit.encoding import START, fingerprint
from taicho.kernel.audit.striding import stride
from tests.kernel.audit.paper_chain import KEY, ROOT, chain_of, entry_of

OTHER = uuid.UUID(int=77)


def passed(*links, wanted=(), key=KEY):
    """The strands of all chains after one pass."""
    return stride(
        (link.full_row for link in links), key=key, wanted={ROOT.bytes: set(wanted)}, stepped=lambda rows: None
    )


def strand(*links, **options):
    return passed(*links, **options)[ROOT.bytes]


def test_a_sound_chain_is_followed_to_its_end():
    links = chain_of(5)
    found = strand(*links)
    assert (found.sound, found.end, found.last) == (True, 5, links[4].hash)


def test_where_no_row_is_there_is_no_chain():
    assert passed() == {}


def test_the_hashes_at_the_places_of_witnesses_are_kept_and_no_others():
    links = chain_of(5)
    assert strand(*links, wanted={2, 5, 9}).hashes == {2: [links[1].hash], 5: [links[4].hash]}


def test_chains_that_grew_side_by_side_are_told_apart():
    ours, theirs = chain_of(3), chain_of(2, chain=OTHER)
    found = passed(ours[0], theirs[0], ours[1], theirs[1], ours[2])
    assert {chain: (s.sound, s.end) for chain, s in found.items()} == {ROOT.bytes: (True, 3), OTHER.bytes: (True, 2)}


def test_damage_in_one_chain_says_nothing_of_another():
    ours, theirs = chain_of(3), chain_of(3, chain=OTHER)
    found = passed(ours[0], replace(ours[1], hash=bytes(32)), ours[2], *theirs)
    assert (found[ROOT.bytes].sound, found[OTHER.bytes].sound) == (False, True)


@pytest.mark.parametrize("order", [(0, 2, 1, 3), (3, 2, 1, 0), (1, 0, 3, 2)])
def test_rows_that_committed_late_have_high_places_and_low_ids_and_that_is_sound(order):
    links = chain_of(4)
    found = strand(*(links[n] for n in order), wanted={3})
    assert (found.sound, found.end, found.last, found.held) == (True, 4, links[3].hash, {})
    assert found.hashes == {3: [links[2].hash]}


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_a_link_that_is_missing_before_others_makes_the_chain_unsound(lost):
    links = chain_of(4)
    assert not strand(*links[:lost], *links[lost + 1 :]).sound


def test_a_cut_tail_is_sound_in_itself_and_ends_early():
    found = strand(*chain_of(4)[:3])
    assert (found.sound, found.end) == (True, 3)


@pytest.mark.parametrize("again", [0, 2])
def test_a_place_that_is_taken_twice_makes_the_chain_unsound(again):
    links = chain_of(3)
    assert not strand(*links, links[again]).sound


def test_a_place_that_is_taken_twice_while_waiting_makes_the_chain_unsound():
    links = chain_of(3)
    assert not strand(links[2], links[2], links[0], links[1]).sound


@pytest.mark.parametrize("late", [False, True])
def test_a_link_that_does_not_name_the_link_before_it_makes_the_chain_unsound(late):
    links = chain_of(3)
    torn = replace(links[1], previous=b"\x01" * 32).hashed()
    assert not strand(*((torn, links[0]) if late else (links[0], torn))).sound


def test_a_first_link_that_names_a_predecessor_makes_the_chain_unsound():
    first = replace(chain_of(1)[0], previous=b"\x01" * 32).hashed()
    assert first.previous != START
    assert not strand(first).sound


def test_a_tear_is_not_forgotten_when_the_links_after_it_are_sound():
    links = chain_of(4)
    torn = replace(links[1], previous=b"\x01" * 32).hashed()
    after = replace(links[2], previous=torn.hash).hashed()
    assert not strand(links[0], after, torn).sound


@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_entry_that_was_edited_makes_the_chain_unsound(place):
    links = chain_of(3)
    links[place] = replace(links[place], entry=entry_of(verb="gate.turn_away"))
    assert not strand(*links).sound


def test_an_entry_that_is_gone_makes_the_chain_unsound():
    links = chain_of(3)
    assert not strand(links[0], replace(links[1], entry=None), links[2]).sound


def test_an_entry_stamped_with_another_key_makes_the_chain_unsound_however_well_it_is_linked():
    first = chain_of(1)[0]
    forged = replace(first, entry=entry_of(key=b"z" * 32), sealed=b"").hashed()
    assert not strand(forged).sound
    assert strand(forged, key=b"z" * 32).sound


def test_an_edited_link_makes_the_chain_unsound():
    links = chain_of(3)
    assert not strand(links[0], replace(links[1], hash=b"\x02" * 32), links[2]).sound
    assert not strand(links[0], replace(links[1], entry_id=999), links[2]).sound
    assert fingerprint(links[1].entry) != fingerprint(links[2].entry)


def test_more_links_than_may_wait_for_one_predecessor_are_left_to_the_slow_walk(monkeypatch):
    links = chain_of(5)
    monkeypatch.setattr(striding, "HELD", 5)
    assert strand(*links[1:], links[0]).sound
    monkeypatch.setattr(striding, "HELD", 3)
    assert not strand(*links[1:], links[0]).sound


def test_progress_is_told_in_steps_and_at_the_end_for_the_rest(monkeypatch):
    monkeypatch.setattr(striding, "STEP", 4)
    heard = []
    stride((link.full_row for link in chain_of(10)), key=KEY, wanted={}, stepped=heard.append)
    assert heard == [4, 4, 2]

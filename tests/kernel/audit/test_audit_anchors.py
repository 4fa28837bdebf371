"""Heads leave the database: into a file, onto paper, to the level above (A17)."""

import uuid

import pytest

from taicho.kernel.audit.anchors import anchor_path, read_anchors
from taicho.kernel.audit.damage import Damage
from taicho.kernel.audit.heads import Head, chain_head, chain_heads, hand_over_head
from taicho.kernel.audit.sealing import anchor, seal_and_anchor, seal_once
from taicho.kernel.models import AuditHead
from taicho.kernel.refusals import Refusal


def test_the_anchor_file_is_private(trail):
    trail.sealed()
    assert anchor_path().stat().st_mode & 0o777 == 0o600


def test_only_chains_that_grew_are_anchored_again(trail):
    from taicho.kernel.actor import Actor

    trail.sealed(2)
    trail.sealed(3, by=Actor(root=uuid.uuid4()))
    assert [(line.number, line.head.position) for line in read_anchors().lines] == [(1, 2), (2, 3)]


def test_nothing_unsealed_is_anchored(trail):
    trail.write(3)
    assert anchor(wait=True) == 0
    assert not anchor_path().exists()


def test_before_a_backup_all_is_sealed_and_anchored(trail):  # L3
    trail.write(3)
    assert seal_and_anchor() == 3
    assert read_anchors().lines[-1].head == chain_head(trail.root)


def test_a_line_torn_by_a_power_cut_is_no_damage_and_is_written_again(trail):  # F-03
    trail.sealed(2)
    trail.sealed(2)
    content = anchor_path().read_bytes()
    anchor_path().write_bytes(content[: content.index(b"\n") + 30])
    trail.tamper("DELETE FROM kernel_audithead WHERE line = 2")
    assert trail.verify().ok
    trail.sealed(2)
    assert [line.number for line in read_anchors().lines] == [1, 2]
    assert trail.verify().ok


def test_a_line_written_before_a_kill_that_the_table_does_not_know_is_no_damage(trail):  # F-01
    trail.sealed(2)
    trail.sealed(2)
    trail.tamper("DELETE FROM kernel_audithead WHERE line = 2")
    assert trail.verify().ok
    trail.sealed(2)
    assert [line.number for line in read_anchors().lines] == [1, 2, 3]
    assert trail.verify().ok


def test_a_head_can_be_printed_and_typed_in_again(trail):
    trail.sealed(12)
    head = chain_head(trail.root)
    typed = Head.parse(trail.root, f" {str(head).lower()} ")
    assert str(head).startswith("12-")
    assert len(str(head)) == 22
    assert typed.position == 12
    assert typed.agrees(head.hash)
    assert not typed.agrees(b"\x00" * 32)
    assert trail.verify(known_heads=[typed]).ok


@pytest.mark.parametrize("typed", ["", "12", "x-AAAA-AAAA-AAAA-AAAA", "1-AAAA-AAAA-AAAA", "1-AAA1-AAAA-AAAA-AAAA"])
def test_what_is_not_a_printed_head_is_refused_with_an_example(typed):
    with pytest.raises(Refusal, match="ví dụ"):
        Head.parse(None, typed)


def test_the_head_handed_to_the_level_above_is_noted_and_witnesses(trail):  # A17
    trail.write(5)
    seal_once()
    above = uuid.uuid4()
    head = hand_over_head(trail.root, to=above)
    assert AuditHead.objects.get().given_to == above
    assert head == chain_head(trail.root)
    trail.tamper("TRUNCATE kernel_auditlink, kernel_auditentry")
    assert trail.only(Damage.TAIL_CUT).facts["original"] == 5


def test_a_chain_without_rows_has_a_head_at_zero_that_witnesses_nothing(trail):
    head = chain_head(uuid.uuid4())
    assert head.position == 0
    assert chain_heads() == []
    assert trail.verify(known_heads=[head]).ok

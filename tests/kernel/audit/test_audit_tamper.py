"""Whoever changes the trail behind the system's back is found, and the damage is named (L4, S-14, A12, A17)."""

import base64

import pytest

from taicho.kernel.audit.anchors import anchor_path, declare_restore
from taicho.kernel.audit.damage import Damage, Finding
from taicho.kernel.audit.encoding import FIELDS, START, digest, fingerprint, link_body, link_hash
from taicho.kernel.audit.heads import Head, chain_head
from taicho.kernel.audit.rows import ENTRY, copied
from taicho.kernel.audit.sealing import anchor, seal_once
from taicho.kernel.models import AuditEntry, AuditLink


def names_row(finding, entry, position):
    """The finding says which row, in numbers and in its sentence."""
    assert (finding.facts["entry"], finding.facts["position"]) == (entry.pk, position)
    assert str(entry.pk) in finding.sentence
    return True


def edit(entry, column, value):
    return f"UPDATE kernel_auditentry SET {column} = {value} WHERE id = {entry.pk}"


def test_a_healthy_trail_has_no_findings(trail):  # S-14
    trail.sealed(50)
    result = trail.verify()
    assert (result.ok, result.sealed, result.unsealed, result.chains, result.anchors) == (True, 50, 0, 1, 1)


def test_an_edited_row_is_found_and_its_column_named(trail):  # S-14 edit
    entry = trail.sealed()[4]
    trail.tamper(edit(entry, "verb", "'organisation.end_unit'"))
    finding = trail.only(Damage.EDITED)
    assert names_row(finding, entry, 5)
    assert finding.facts["fields"] == ["verb"]
    assert "việc đã làm" in finding.sentence


def test_a_deleted_row_is_found(trail):  # S-14 delete
    entry = trail.sealed()[4]
    trail.tamper(f"DELETE FROM kernel_auditentry WHERE id = {entry.pk}")
    assert names_row(trail.only(Damage.DELETED), entry, 5)


def test_a_row_deleted_with_its_link_is_found(trail):  # S-14 delete
    entry = trail.sealed()[4]
    trail.tamper(
        f"DELETE FROM kernel_auditentry WHERE id = {entry.pk}",
        f"DELETE FROM kernel_auditlink WHERE entry_id = {entry.pk}",
    )
    assert trail.only(Damage.DELETED).facts["position"] == 5


def test_a_deleted_row_is_found_though_later_positions_were_moved_up(trail):  # S-14 delete
    entry = trail.sealed()[4]
    trail.tamper(
        f"DELETE FROM kernel_auditentry WHERE id = {entry.pk}",
        f"DELETE FROM kernel_auditlink WHERE entry_id = {entry.pk}",
        *(f"UPDATE kernel_auditlink SET position = {p - 1} WHERE position = {p}" for p in range(6, 11)),
    )
    found = trail.found()
    assert [finding.facts["position"] for finding in found[Damage.DELETED]] == [5]
    assert set(found) == {Damage.DELETED, Damage.TAIL_CUT}


def test_a_deleted_row_that_waited_for_its_seal_is_found_when_its_writer_has_written_since(trail):  # S-14 delete
    entries = trail.write(3)
    trail.tamper(f"DELETE FROM kernel_auditentry WHERE id = {entries[1].pk}")
    seal_once()
    finding = trail.only(Damage.DELETED_UNSEALED)
    assert (finding.facts["count"], finding.facts["first"]) == (1, 2)


def test_a_row_inserted_by_sql_is_found_although_the_sealer_took_it(trail):  # S-14 insert
    trail.sealed(3)
    trail.tamper(
        "INSERT INTO kernel_auditentry (chain, writer, number, happened_at, shown_at, machine, verb, object_kind,"
        f" stamp) VALUES ('{trail.root}', 7, 1, now(), now(), '', 'gate.let_in', 'x', decode(repeat('ab', 16), 'hex'))"
    )
    seal_once()
    assert names_row(trail.only(Damage.INSERTED), AuditEntry.objects.latest("pk"), 4)


def test_a_copy_of_a_genuine_row_is_found(trail):  # S-14 insert
    first = trail.sealed(3)[0]
    columns = ", ".join(FIELDS)
    with trail.without_constraint("kernel_auditentry", "kernel_audit_number_once"):
        trail.tamper(
            f"INSERT INTO kernel_auditentry ({columns}) SELECT {columns} FROM kernel_auditentry WHERE id = {first.pk}"
        )
        seal_once()
        finding = trail.only(Damage.COPIED)
    assert finding.facts["entry"] > first.pk
    assert (finding.facts["writer"], finding.facts["first"]) == (first.writer, 1)


def test_a_link_pushed_in_between_is_found(trail):  # S-14 insert
    trail.sealed(6)
    trail.tamper(
        *(f"UPDATE kernel_auditlink SET position = {p + 1} WHERE position = {p}" for p in range(6, 2, -1)),
        "INSERT INTO kernel_auditlink SELECT 999999, chain, 3, previous, digest, fingerprint, digest"
        " FROM kernel_auditlink WHERE position = 4",
    )
    assert [finding.facts["position"] for finding in trail.found()[Damage.INSERTED]] == [3]


@pytest.mark.parametrize(("here", "there"), [(4, 5), (2, 9)])
def test_rows_whose_places_in_the_chain_were_exchanged_are_found(trail, here, there):  # S-14 reorder
    trail.sealed()
    move = "UPDATE kernel_auditlink SET position = {} WHERE position = {}"
    trail.tamper(move.format(1000, here), move.format(here, there), move.format(there, 1000))
    found = trail.found()
    assert set(found) == {Damage.REORDERED} or set(found) == {Damage.REORDERED, Damage.CHAIN_REWRITTEN}
    assert {(f.facts["position"], f.facts["original"]) for f in found[Damage.REORDERED]} == {
        (here, there),
        (there, here),
    }


def test_rows_whose_contents_were_exchanged_are_found(trail):  # S-14 reorder
    first, second = trail.sealed()[2:4]
    trail.tamper(
        f"UPDATE kernel_auditentry SET id = 0 WHERE id = {first.pk}",
        f"UPDATE kernel_auditentry SET id = {first.pk} WHERE id = {second.pk}",
        f"UPDATE kernel_auditentry SET id = {second.pk} WHERE id = 0",
    )
    found = trail.found()
    assert set(found) == {Damage.REORDERED}
    assert {(f.facts["position"], f.facts["original"]) for f in found[Damage.REORDERED]} == {(3, 4), (4, 3)}


def test_links_that_name_each_others_row_are_found(trail):  # S-14 reorder
    first, second = trail.sealed()[2:4]
    trail.tamper(
        f"UPDATE kernel_auditlink SET entry_id = 0 WHERE entry_id = {first.pk}",
        f"UPDATE kernel_auditlink SET entry_id = {first.pk} WHERE entry_id = {second.pk}",
        f"UPDATE kernel_auditlink SET entry_id = {second.pk} WHERE entry_id = 0",
    )
    assert set(trail.found()) == {Damage.REORDERED}


def test_a_cut_tail_is_found_by_the_anchor_file(trail):  # S-14 cut tail
    entries = trail.sealed()
    trail.tamper(
        f"DELETE FROM kernel_auditentry WHERE id >= {entries[7].pk}",
        f"DELETE FROM kernel_auditlink WHERE entry_id >= {entries[7].pk}",
    )
    finding = trail.only(Damage.TAIL_CUT)
    assert (finding.facts["position"], finding.facts["original"]) == (7, 10)


def test_a_chain_that_was_cut_off_whole_is_found(trail):  # S-14 cut tail
    trail.sealed()
    trail.tamper("TRUNCATE kernel_auditentry, kernel_auditlink")
    assert trail.only(Damage.TAIL_CUT).facts["position"] == 0


def test_a_swapped_actor_is_found(trail):  # S-14 swap actor
    entry = trail.sealed()[4]
    trail.tamper(edit(entry, "actor", "gen_random_uuid()"))
    assert names_row(trail.only(Damage.ACTOR_SWAPPED), entry, 5)


@pytest.mark.parametrize("column", ["happened_at", "shown_at"])
def test_a_swapped_time_is_found(trail, column):  # S-14 swap time
    entry = trail.sealed()[4]
    trail.tamper(edit(entry, column, f"{column} - interval '1 microsecond'"))
    finding = trail.only(Damage.TIME_SWAPPED)
    assert names_row(finding, entry, 5)
    assert finding.facts["fields"] == [column]


@pytest.mark.parametrize(
    ("column", "blank"), [("actor", "NULL"), ("verb", "''"), ("object_key", "NULL"), ("unit", "NULL")]
)
def test_a_blanked_field_is_found(trail, column, blank):  # S-14 blank a field
    entry = trail.sealed()[4]
    trail.tamper(edit(entry, column, blank))
    finding = trail.only(Damage.BLANKED)
    assert names_row(finding, entry, 5)
    assert finding.facts["fields"] == [column]


def test_an_old_entry_table_put_back_is_found(trail):  # S-14 roll back one table
    entries = trail.sealed()
    trail.tamper(f"DELETE FROM kernel_auditentry WHERE id >= {entries[6].pk}")
    finding = trail.only(Damage.TABLE_ROLLED_BACK)
    assert finding.facts == {"table": "kernel_auditentry", "count": 4, "first": entries[6].pk}


def test_an_old_link_table_put_back_is_found(trail):  # S-14 roll back one table
    trail.sealed()
    trail.tamper("DELETE FROM kernel_auditlink WHERE position > 6")
    found = trail.found()
    assert found[Damage.TABLE_ROLLED_BACK][0].facts == {"table": "kernel_auditlink", "count": 4, "first": 7}


def test_an_old_link_table_sealed_again_is_no_damage_because_the_same_chain_results(trail):
    trail.sealed()
    trail.tamper("DELETE FROM kernel_auditlink WHERE position > 6")
    assert seal_once() == 4
    assert trail.verify().ok


def test_an_old_table_of_heads_put_back_is_found(trail):  # S-14 roll back one table
    for _ in range(4):
        trail.sealed(2)
    trail.tamper("DELETE FROM kernel_audithead WHERE line > 2")
    assert trail.only(Damage.TABLE_ROLLED_BACK).facts["table"] == "kernel_audithead"


def test_an_old_database_put_back_whole_is_found(trail):  # S-14 replay old database
    trail.sealed()
    entries = trail.sealed(5)
    trail.tamper(
        f"DELETE FROM kernel_auditentry WHERE id >= {entries[0].pk}",
        "DELETE FROM kernel_auditlink WHERE position > 10",
        "DELETE FROM kernel_audithead WHERE line > 1",
    )
    finding = trail.only(Damage.DATABASE_REPLAYED)
    assert (finding.facts["position"], finding.facts["original"]) == (10, 15)


def test_an_old_database_is_still_found_after_work_went_on_in_it(trail):  # S-14 replay old database
    trail.sealed()
    entries = trail.sealed(5)
    trail.tamper(
        f"DELETE FROM kernel_auditentry WHERE id >= {entries[0].pk}",
        "DELETE FROM kernel_auditlink WHERE position > 10",
        "DELETE FROM kernel_audithead WHERE line > 1",
    )
    trail.sealed(8)
    assert Damage.CHAIN_REWRITTEN in trail.found()


def recompute_chain(trail):
    """The operator hashes the whole chain again; the way of hashing is public, only the key file is not his."""
    with trail.guards_down():
        from django.db import connection
        from psycopg import sql

        query = (
            "SELECT e.id, {} FROM kernel_auditentry e JOIN kernel_auditlink l ON l.entry_id = e.id ORDER BY l.position"
        )
        with connection.cursor() as cursor:
            rows = list(copied(cursor, sql.SQL(query).format(ENTRY)))
        previous = START
        for position, row in enumerate(rows, 1):
            entry, pk = row[12:], int.from_bytes(row[4:12], "big")
            made = digest(entry), fingerprint(entry)
            hash_ = link_hash(trail.root.bytes, link_body(position, pk, previous, *made))
            AuditLink.objects.filter(entry_id=pk).update(
                position=position, previous=previous, digest=made[0], fingerprint=made[1], hash=hash_
            )
            previous = hash_


def test_a_whole_chain_recomputed_is_found_by_the_anchor_and_the_edited_row_by_its_stamp(trail):  # S-14 recompute
    entry = trail.sealed()[4]
    trail.tamper(edit(entry, "actor", "gen_random_uuid()"))
    recompute_chain(trail)
    found = trail.found()
    assert set(found) == {Damage.CHAIN_REWRITTEN, Damage.INSERTED}
    assert names_row(found[Damage.INSERTED][0], entry, 5)


def test_a_whole_chain_recomputed_without_anchors_is_found_by_the_head_in_the_last_report(trail):  # A17
    entry = trail.sealed()[4]
    printed = str(chain_head(trail.root))
    trail.tamper(edit(entry, "actor", "gen_random_uuid()"))
    recompute_chain(trail)
    trail.tamper("TRUNCATE kernel_audithead")
    anchor_path().unlink()
    assert Damage.CHAIN_REWRITTEN not in trail.found()
    assert Damage.CHAIN_REWRITTEN in trail.found(known_heads=[Head.parse(trail.root, printed)])


def test_a_chain_recomputed_from_the_middle_is_found_where_it_tears(trail):  # S-14 recompute
    trail.sealed()
    link = AuditLink.objects.get(position=6)
    body = link_body(6, link.entry_id, b"\x01" * 32, bytes(link.digest), bytes(link.fingerprint))
    made = link_hash(trail.root.bytes, body).hex()
    trail.tamper(
        f"UPDATE kernel_auditlink SET previous = decode(repeat('01', 32), 'hex'), hash = '\\x{made}' WHERE position = 6"
    )
    assert trail.found()[Damage.CHAIN_TORN][0].facts["position"] == 6


def test_a_removed_anchor_file_is_found(trail):  # S-14 remove anchor
    trail.sealed()
    anchor_path().unlink()
    assert trail.only(Damage.ANCHOR_REMOVED).facts == {"first": 1, "last": 1}


def test_the_last_anchors_cut_from_the_file_are_found(trail):  # S-14 remove anchor
    for _ in range(3):
        trail.sealed(2)
    anchor_path().write_bytes(b"".join(anchor_path().read_bytes().splitlines(keepends=True)[:2]))
    assert trail.only(Damage.ANCHOR_REMOVED).facts == {"first": 3, "last": 3}


def test_a_removed_anchor_stays_found_after_new_ones_were_written(trail):  # S-14 remove anchor
    trail.sealed()
    anchor_path().unlink()
    trail.sealed()
    assert trail.only(Damage.ANCHOR_REMOVED).facts == {"first": 1, "last": 1}


def test_an_anchor_taken_from_the_middle_is_found(trail):  # S-14 remove anchor
    for _ in range(3):
        trail.sealed(2)
    lines = anchor_path().read_bytes().splitlines(keepends=True)
    anchor_path().write_bytes(lines[0] + lines[2])
    assert trail.found()[Damage.ANCHOR_REMOVED][0].facts == {"first": 2, "last": 2}


@pytest.mark.parametrize("line", [b"nonsense\n", None])
def test_an_edited_anchor_is_found(trail, line):  # S-14 remove anchor
    trail.sealed()
    content = anchor_path().read_bytes()
    anchor_path().write_bytes(line or content.replace(b" 10 ", b" 11 "))
    assert trail.found()[Damage.ANCHOR_FORGED][0].facts == {"first": 1}


def test_an_edited_commitment_is_found(trail):  # S-14 edit ciphertext
    entry = trail.sealed(facts={"temperature": "37.9"})[4]
    trail.tamper(edit(entry, "commitment", "decode(repeat('00', 32), 'hex')"))
    assert names_row(trail.only(Damage.COMMITMENT_EDITED), entry, 5)


def test_a_fork_is_found(trail):  # S-14 fork
    trail.sealed()
    trail.write(1)
    seal_once()
    fork = AuditLink.objects.get(position=11)
    with trail.without_constraint("kernel_auditlink", "kernel_audit_position_once"):
        trail.tamper(f"UPDATE kernel_auditlink SET position = 10 WHERE entry_id = {fork.entry_id}")
        assert trail.found()[Damage.FORKED][0].facts["position"] == 10
        trail.tamper(f"UPDATE kernel_auditlink SET position = 11 WHERE entry_id = {fork.entry_id}")
        assert trail.verify().ok


def test_two_databases_that_went_apart_are_told_by_their_anchors(trail):  # S-14 fork
    trail.sealed()
    other = Head(trail.root, 10, base64.b32decode("A" * 16))
    assert trail.only(Damage.CHAIN_REWRITTEN, known_heads=[other]).facts["position"] == 10


@pytest.mark.parametrize("column", ["digest", "hash", "fingerprint", "previous"])
def test_an_edited_link_is_found(trail, column):
    trail.sealed()
    size = 52 if column == "fingerprint" else 32
    trail.tamper(f"UPDATE kernel_auditlink SET {column} = decode(repeat('00', {size}), 'hex') WHERE position = 5")
    assert trail.found()[Damage.LINK_EDITED][0].facts["position"] == 5


def test_every_one_of_the_rows_is_protected_against_every_single_change(trail):
    """Mutation in small: each row of a trail, each hashed column, one change: always found, always the right row."""
    entries = trail.sealed(13)
    changes = [
        ("chain", "NULL"), ("writer", "writer + 1"), ("number", "number + 100"), ("happened_at", "now()"),
        ("shown_at", "now()"), ("actor", "NULL"), ("machine", "'x'"), ("verb", "verb || ' '"), ("object_kind", "'x'"),
        ("object_key", "unit"), ("unit", "NULL"), ("commitment", "'\\x00'"),
        ("stamp", "decode(repeat('00', 16), 'hex')"),
    ]  # fmt: skip
    for position, (entry, (column, value)) in enumerate(zip(entries, changes, strict=True), 1):
        trail.tamper("CREATE TEMPORARY TABLE kept AS SELECT * FROM kernel_auditentry", edit(entry, column, value))
        rows = [f for f in trail.verify().findings if f.facts.get("entry")]
        assert names_row(rows[0], entry, position)
        assert rows[0].facts.get("fields", [column]) == [column]
        trail.tamper(
            f"UPDATE kernel_auditentry e SET {column} = kept.{column} FROM kept"
            f" WHERE kept.id = e.id AND e.id = {entry.pk}",
            "DROP TABLE kept",
        )
    assert trail.verify().ok


def test_lifted_guards_are_found(trail):
    with trail.guards_down():
        assert len(trail.found()[Damage.GUARD_OFF]) == 8


def test_a_wrong_key_file_is_told_from_damage(trail, settings, tmp_path):
    trail.sealed()
    anchor_path().unlink()
    settings.TAICHO_KEYS = tmp_path / "other"
    assert Damage.KEY_LOST in trail.found()
    assert Damage.INSERTED not in trail.found()


def test_a_declared_restore_of_a_backup_is_no_damage_but_stays_visible(trail):  # L3, F-16
    trail.sealed()
    entries = trail.sealed(5)
    trail.tamper(
        f"DELETE FROM kernel_auditentry WHERE id >= {entries[0].pk}",
        "DELETE FROM kernel_auditlink WHERE position > 10",
        "DELETE FROM kernel_audithead WHERE line > 1",
    )
    declare_restore()
    result = trail.verify()
    assert result.ok, [finding.sentence for finding in result.findings]
    assert len(result.restores) == 1


def test_a_restore_with_an_older_copy_of_the_anchor_file_is_no_damage(trail):  # F-16
    trail.sealed()
    older = anchor_path().read_bytes()
    trail.sealed(5)
    anchor_path().write_bytes(older)
    declare_restore()
    assert trail.verify().ok


def test_every_kind_of_damage_has_a_sentence_with_every_place_filled():
    facts = {
        "chain": None, "position": 3, "entry": None, "fields": ["actor"], "writer": 1, "count": 2, "first": 3,
        "last": 4, "original": 5, "at": None, "table": "kernel_auditlink", "age": 6, "trigger": "x",
    }  # fmt: skip
    for damage in Damage:
        assert Finding(damage, facts).sentence.endswith((".", ")."))


def test_anchoring_twice_without_news_writes_nothing(trail):
    trail.sealed()
    assert anchor(wait=True) == 0

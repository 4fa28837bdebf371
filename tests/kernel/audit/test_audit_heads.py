"""A head is short enough for paper and long enough that nobody finds a second chain with it (A17)."""

import threading
import uuid

import pytest

from taicho.kernel.actor import Actor, system
from taicho.kernel.audit import keys
from taicho.kernel.audit.damage import FIELD_WORDS, SENTENCES, TABLE_WORDS, Damage, Finding
from taicho.kernel.audit.encoding import FIELDS, START
from taicho.kernel.audit.guards import GUARDED
from taicho.kernel.audit.heads import Head, chain_head, chain_heads, hand_over_head
from taicho.kernel.audit.keys import key_for
from taicho.kernel.audit.sealing import seal_once
from taicho.kernel.models import AuditHead, AuditLink
from taicho.kernel.models.audit_link import NO_ROOT
from taicho.kernel.refusals import Refusal
from tests.kernel.audit.paper_chain import NOON, ROOT


def test_the_printed_head_holds_the_position_and_eighty_bits():
    assert str(Head(ROOT, 1234, bytes(range(32)))) == "1234-AAAQ-EAYE-AUDA-OCAJ"


def test_a_printed_head_agrees_with_the_one_hash_it_was_printed_from():
    full = bytes(range(32))
    typed = Head.parse(ROOT, str(Head(ROOT, 7, full)))
    assert (typed.chain, typed.position, typed.hash) == (ROOT, 7, full[:10])
    assert typed.agrees(full)
    assert not typed.agrees(full[:9] + b"\xff" + full[10:])
    assert not Head(ROOT, 7, full).agrees(full[:31] + b"\xff")


@pytest.mark.parametrize(
    "typed", ["7-AAAQ-EAYE-AUDA-OCAJ-AAAA", "7-AAAQ-EAYE-AUDA-OCA1", "-AAAQ-EAYE-AUDA-OCAJ", "7 AAAQ EAYE AUDA OCAJ"]
)
def test_a_head_with_a_letter_too_many_or_a_wrong_one_is_refused_by_name(typed):
    with pytest.raises(Refusal) as refused:
        Head.parse(ROOT, typed)
    assert refused.value.code == "audit-head-unreadable"


def test_the_heads_of_all_chains_are_told_however_many_there_are(trail):
    offices = [trail.root, uuid.uuid4(), uuid.uuid4()]
    for count, office in enumerate(offices, 1):
        trail.write(count, by=Actor(root=office))
    trail.write(4, by=system("start"))
    seal_once()
    told = {head.chain: head for head in chain_heads()}
    assert {chain: head.position for chain, head in told.items()} == dict(
        zip([*offices, None], (1, 2, 3, 4), strict=True)
    )
    assert told == {chain: chain_head(chain) for chain in told}
    last = AuditLink.objects.get(chain=NO_ROOT, position=4)
    assert told[None].hash == bytes(last.hash)


def test_the_head_of_a_chain_that_has_not_begun_is_the_start(trail):
    assert chain_head(ROOT) == Head(ROOT, 0, START)


def test_what_was_handed_over_is_kept_with_receiver_and_time(trail):
    trail.sealed(3)
    above = uuid.uuid4()
    head = hand_over_head(trail.root, to=above)
    kept = AuditHead.objects.get(given_to=above)
    assert (kept.chain, kept.position, bytes(kept.hash), kept.line) == (trail.root, 3, head.hash, None)
    assert kept.given_at is not None


# --- the key ---


def test_every_purpose_has_a_key_of_its_own(settings, tmp_path):
    settings.TAICHO_KEYS = tmp_path
    made = {purpose: key_for(purpose) for purpose in ("stamp", "commitment", "anchor")}
    assert len(set(made.values())) == 3
    assert {len(key) for key in made.values()} == {32}


def test_the_keys_are_the_same_after_a_restart_and_others_in_another_house(settings, tmp_path):
    settings.TAICHO_KEYS = tmp_path / "one"
    before = key_for("stamp")
    keys._derived.cache_clear()
    assert key_for("stamp") == before
    settings.TAICHO_KEYS = tmp_path / "two"
    assert key_for("stamp") != before


def test_many_who_need_the_key_first_agree_on_one(tmp_path):
    file, found, ready = tmp_path / "keys" / "audit-key", [], threading.Barrier(8)

    def first_use():
        ready.wait()
        found.append(keys._read_or_make(file))

    together = [threading.Thread(target=first_use) for _ in range(8)]
    for one in together:
        one.start()
    for one in together:
        one.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    assert [entry.name for entry in file.parent.iterdir()] == ["audit-key"]
    assert len(found[0]) == 32


def test_a_key_that_came_back_from_a_backup_with_a_line_end_is_the_same_key(tmp_path):
    secret = keys._read_or_make(tmp_path / "audit-key")
    (tmp_path / "audit-key").write_text(f"{secret.hex()}\n")
    assert keys._read_or_make(tmp_path / "audit-key") == secret


def test_the_directory_of_the_key_is_private(tmp_path):
    keys._read_or_make(tmp_path / "deep" / "keys" / "audit-key")
    assert (tmp_path / "deep" / "keys").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "deep" / "keys" / "audit-key").stat().st_mode & 0o777 == 0o600


# --- the sentences ---


def test_every_kind_of_damage_column_and_table_has_its_words():
    assert set(SENTENCES) == set(Damage)
    assert set(FIELD_WORDS) == set(FIELDS)
    assert set(TABLE_WORDS) == set(GUARDED)


def test_a_finding_names_columns_tables_and_times_as_people_do():
    edited = Finding(Damage.EDITED, {"entry": 5, "position": 3, "chain": ROOT, "fields": ["verb", "unit"]})
    assert edited.sentence.endswith("đã bị sửa sau khi niêm: việc đã làm, đơn vị.")
    rolled = Finding(Damage.TABLE_ROLLED_BACK, {"table": "kernel_auditlink", "count": 4, "first": 7})
    assert rolled.sentence == "Bảng mắt xích đã bị khôi phục từ bản cũ: thiếu 4 dòng cuối, từ 7."
    cut = Finding(Damage.TAIL_CUT, {"chain": None, "position": 5, "original": 8, "at": NOON})
    assert "Chuỗi (không có đơn vị gốc) bị cắt đuôi" in cut.sentence
    assert "neo lúc 12:00:00 04/09/2021 ghi vị trí 8" in cut.sentence


def test_what_is_not_known_is_said_to_be_unknown():
    torn = Finding(Damage.EDITED, {"entry": None, "position": 3, "chain": ROOT, "fields": []})
    assert torn.sentence.startswith("Dòng (không rõ) (vị trí 3")
    assert torn.sentence.endswith("không rõ cột nào.")
    brought = Finding(Damage.TAIL_CUT, {"chain": ROOT, "position": 5, "original": 8, "at": None})
    assert "neo lúc (không rõ)" in brought.sentence

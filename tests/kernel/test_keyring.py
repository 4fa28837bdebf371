"""The key ring: secrets in private files, renewed without forgetting, carried by a passphrase (house § 7, S-15)."""

import json
import os
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest

from taicho.kernel.key_backup import export_keys, import_keys
from taicho.kernel.keyring import FIELD, INDEX, Key, KeyProblem, KeyRing, ring
from taicho.kernel.refusals import Refusal
from tests.cli.conftest import can_ordinary_people_run_us

PASSPHRASE = "một câu dài để giữ bộ khóa"


def mode_of(path):
    return oct(path.stat().st_mode & 0o777)


def files(ring_of_keys, pattern="*.key"):
    return sorted(ring_of_keys.directory.glob(pattern))


# --- files ---


def test_a_new_ring_has_one_key_for_fields_and_another_for_indexes(keys):
    assert len(files(keys)) == 2
    assert keys.active(FIELD).secret != keys.active(INDEX).secret
    assert len(keys.active(FIELD).secret) == len(keys.active(INDEX).secret) == 32


def test_key_files_are_private(keys):
    assert mode_of(keys.directory) == "0o700"
    assert {mode_of(file) for file in files(keys, "*")} == {"0o600"}


def test_key_files_are_private_under_a_careless_umask(tmp_path):
    careless = os.umask(0)
    try:
        (made := KeyRing(tmp_path / "keys")).prepare()
    finally:
        os.umask(careless)
    assert mode_of(made.directory) == "0o700"
    assert {mode_of(file) for file in files(made, "*")} == {"0o600"}


def test_directories_above_keep_their_modes(tmp_path):
    tmp_path.chmod(0o755)
    KeyRing(tmp_path / "keys").prepare()
    assert mode_of(tmp_path) == "0o755"


def test_preparing_twice_makes_no_second_key(keys):
    before = files(keys)
    keys.prepare()
    KeyRing(keys.directory).prepare()
    assert files(keys) == before


def test_many_who_prepare_at_once_agree_on_one_key(tmp_path):
    rings = [KeyRing(tmp_path / "keys") for _ in range(8)]
    with ThreadPoolExecutor(8) as together:
        list(together.map(KeyRing.prepare, rings))
    assert len({one.active(FIELD).id for one in rings}) == 1
    assert len(files(rings[0])) == 2


def test_the_ring_of_the_installation_is_where_the_settings_say(keys, settings):
    assert ring().directory == settings.TAICHO_KEYS


# --- renewal ---


def test_a_new_key_writes_and_the_old_one_still_reads(keys):
    old = keys.active(FIELD)
    new = keys.renew(FIELD)
    assert keys.active(FIELD) == new != old
    assert keys.key(FIELD, old.id) == old
    assert keys.keys(FIELD) == [new, old]
    assert len(keys.keys(INDEX)) == 1


def test_a_running_process_notices_the_new_key_of_another(keys):
    running = KeyRing(keys.directory)
    running.active(FIELD)
    new = keys.renew(FIELD)
    assert running.active(FIELD) == new


def test_the_key_that_writes_cannot_be_destroyed(keys):
    with pytest.raises(KeyProblem) as refused:
        keys.drop(FIELD, keys.active(FIELD).id)
    assert refused.value.code == "key-in-use"
    assert keys.active(FIELD) in keys.keys(FIELD)


def test_a_destroyed_key_is_gone_from_disk_and_memory(keys):
    old = keys.active(FIELD)
    keys.renew(FIELD)
    keys.drop(FIELD, old.id)
    assert old.id.hex() not in " ".join(file.name for file in files(keys))
    with pytest.raises(KeyProblem, match="Không tìm thấy khóa"):
        keys.key(FIELD, old.id)


# --- what goes wrong is said ---


def refusal_of(directory) -> KeyProblem:
    with pytest.raises(KeyProblem) as refused:
        KeyRing(directory).active(FIELD)
    return refused.value


def test_an_installation_without_keys_says_so(tmp_path):
    problem = refusal_of(tmp_path / "nowhere")
    assert problem.code == "key-missing"
    assert "bản sao lưu khóa" in problem.sentence
    assert not (tmp_path / "nowhere").exists()


def test_a_lost_active_key_is_not_silently_replaced(keys):
    (keys.directory / "field.active").unlink()
    assert refusal_of(keys.directory).code == "key-missing"
    with pytest.raises(KeyProblem) as refused:
        KeyRing(keys.directory).prepare()
    assert refused.value.code == "key-missing"


def test_a_key_file_that_vanished_is_missing(keys):
    files(keys, "field-*.key")[0].unlink()
    assert refusal_of(keys.directory).code == "key-missing"


@pytest.mark.parametrize(
    "damage", [b"", b"taicho-key-1 field", b"taicho-key-1 field AAAA\n", b"\xff\xfe", b"no key at all\n"]
)
def test_a_damaged_key_file_is_broken(keys, damage):
    files(keys, "field-*.key")[0].write_bytes(damage)
    problem = refusal_of(keys.directory)
    assert problem.code == "key-broken"
    assert "field-" in problem.sentence


def test_one_changed_letter_in_a_key_file_is_noticed(keys):
    file = files(keys, "field-*.key")[0]
    text = file.read_text()
    file.write_text(text[:25] + ("A" if text[25] != "A" else "B") + text[26:])
    assert refusal_of(keys.directory).code == "key-broken"


def test_a_key_under_the_name_of_another_is_noticed(keys):
    old = files(keys, "field-*.key")[0]
    keys.renew(FIELD)
    new = next(file for file in files(keys, "field-*.key") if file != old)
    new.write_bytes(old.read_bytes())
    assert refusal_of(keys.directory).code == "key-broken"


def test_an_index_key_does_not_serve_as_a_field_key(keys):
    other = files(keys, "index-*.key")[0]
    fake = keys.directory / other.name.replace("index", "field")
    fake.write_bytes(other.read_bytes())
    fake.chmod(0o600)
    (keys.directory / "field.active").write_text(other.stem.partition("-")[2])
    assert refusal_of(keys.directory).code == "key-broken"


@pytest.mark.parametrize("written", ["", "zz", "12", "0011223344"])
def test_a_damaged_pointer_is_broken(keys, written):
    (keys.directory / "field.active").write_text(written)
    assert refusal_of(keys.directory).code == "key-broken"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_a_key_that_others_can_read_is_refused_with_the_remedy(keys, mode):
    files(keys, "field-*.key")[0].chmod(mode)
    problem = refusal_of(keys.directory)
    assert problem.code == "key-open"
    assert "chmod 600" in problem.sentence


def test_a_directory_where_others_can_put_keys_is_refused(keys):
    keys.directory.chmod(0o770)
    assert refusal_of(keys.directory).code == "key-open"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can try as somebody else")
def test_a_key_of_another_account_says_which_account_to_use(keys):
    if not can_ordinary_people_run_us():
        pytest.skip("LEFT OUT: no ordinary user reaches this checkout (it lies in a closed home)")
    attempt = (
        "import os; from pathlib import Path\n"
        "import django; from django.conf import settings; settings.configure(USE_I18N=False); django.setup()\n"
        "from taicho.kernel.keyring import KeyRing, KeyProblem\n"
        "os.setuid(65534)\n"
        "try:\n KeyRing(Path(os.environ['RING'])).active('field')\n"
        "except KeyProblem as problem:\n print(problem.code)\n"
    )
    environment = os.environ | {"RING": str(keys.directory), "PYTHONPATH": os.pathsep.join(sys.path)}
    said = subprocess.run([sys.executable, "-c", attempt], env=environment, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "key-unreadable"


def test_no_representation_shows_a_secret(keys):
    key = keys.active(FIELD)
    shown = f"{key!r} {key} {keys!r} {vars(keys)!r}"
    assert repr(key.secret)[2:-1] not in shown
    assert key.secret.hex() not in shown


# --- backup with a passphrase ---


@pytest.fixture
def backup(keys):
    keys.renew(FIELD)
    return export_keys(PASSPHRASE)


def restored(backup, directory, passphrase=PASSPHRASE):
    import_keys(backup, passphrase, into := KeyRing(directory))
    return into


def test_all_keys_come_back_into_an_empty_installation(keys, backup, tmp_path):
    again = restored(backup, tmp_path / "new")
    assert again.keys(FIELD) == keys.keys(FIELD)
    assert again.keys(INDEX) == keys.keys(INDEX)
    assert {mode_of(file) for file in files(again, "*")} == {"0o600"}


def test_a_passphrase_typed_with_decomposed_letters_is_the_same(backup, tmp_path):
    assert restored(backup, tmp_path / "new", unicodedata.normalize("NFD", PASSPHRASE)).active(FIELD)


def test_a_ring_in_use_gains_keys_to_read_with_and_keeps_writing_with_its_own(keys, backup, tmp_path):
    used = KeyRing(tmp_path / "used")
    used.prepare()
    own = used.active(FIELD)
    import_keys(backup, PASSPHRASE, used)
    assert used.active(FIELD) == own
    assert set(keys.keys(FIELD)) < set(used.keys(FIELD))


def test_importing_twice_changes_nothing(backup, tmp_path):
    again = restored(backup, tmp_path / "new")
    before = {file.name: file.read_bytes() for file in files(again, "*")}
    import_keys(backup, PASSPHRASE, again)
    assert {file.name: file.read_bytes() for file in files(again, "*")} == before


def test_a_wrong_passphrase_is_refused_and_nothing_is_written(backup, tmp_path):
    with pytest.raises(Refusal) as refused:
        restored(backup, tmp_path / "new", "một câu dài nhưng mà sai rồi")
    assert refused.value.code == "wrong-passphrase"
    assert "Mật khẩu bảo vệ khóa không đúng" in refused.value.sentence
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("part", ["salt", "nonce", "keys"])
def test_a_changed_backup_is_refused(backup, tmp_path, part):
    changed = json.loads(backup)
    changed[part] = ("B" if changed[part][0] != "B" else "C") + changed[part][1:]
    with pytest.raises(Refusal) as refused:
        restored(json.dumps(changed).encode(), tmp_path / "new")
    assert refused.value.code == "wrong-passphrase"


@pytest.mark.parametrize(
    "forged",
    [
        b"",
        b"no json",
        b"[]",
        b"{}",
        b'{"keys": 7}',
        b"[" * 100_000,
        b"{" + b" " * 2_000_000 + b"}",
    ],
)
def test_what_is_no_key_backup_is_refused(forged, tmp_path):
    with pytest.raises(Refusal) as refused:
        restored(forged, tmp_path / "new")
    assert refused.value.code == "bad-key-backup"


@pytest.mark.parametrize(
    ("name", "value"), [("n", 2**40), ("r", 4096), ("n", 2), ("format", "taicho-keys-9"), ("salt", "AA==")]
)
def test_foreign_parameters_are_refused_before_they_cost_memory(backup, tmp_path, name, value):
    forged = json.dumps(json.loads(backup) | {name: value}).encode()
    with pytest.raises(Refusal) as refused:
        restored(forged, tmp_path / "new")
    assert refused.value.code == "bad-key-backup"


def test_a_short_passphrase_is_refused(keys):
    with pytest.raises(Refusal) as refused:
        export_keys("quá ngắn")
    assert refused.value.code == "short-passphrase"


def test_a_backup_holds_no_secret_in_clear(keys, backup):
    for file in files(keys):
        assert file.read_text().split()[2].encode() not in backup


def test_two_backups_of_one_ring_share_nothing(keys):
    one, other = json.loads(export_keys(PASSPHRASE)), json.loads(export_keys(PASSPHRASE))
    assert all(one[part] != other[part] for part in ("salt", "nonce", "keys"))


def test_key_ids_tell_nothing_of_other_keys():
    ids = {Key.new(FIELD).id for _ in range(1000)}
    assert len(ids) == 1000


# --- where one rule ends and the next begins ---


def test_a_passphrase_of_fifteen_letters_is_long_enough_and_fourteen_are_not(keys):
    assert export_keys("một câu dài đủ1")
    with pytest.raises(Refusal, match="15 ký tự") as refused:
        export_keys("một câu dài đủ")
    assert refused.value.code == "short-passphrase"


def test_letters_are_counted_not_their_marks(keys):
    with pytest.raises(Refusal):
        export_keys(unicodedata.normalize("NFD", "một câu dài đủ"))


def test_import_tells_which_keys_came_in(keys, backup, tmp_path):
    told = import_keys(backup, PASSPHRASE, KeyRing(tmp_path / "new"))
    assert set(told) == {key.id for purpose in (FIELD, INDEX) for key in keys.keys(purpose)}
    assert len(told) == 3


def test_the_active_key_of_the_backup_writes_in_an_empty_installation(keys, backup, tmp_path):
    again = restored(backup, tmp_path / "new")
    assert again.active(FIELD) == keys.active(FIELD)
    assert again.active(INDEX) == keys.active(INDEX)


def test_the_keys_of_one_purpose_are_told_with_the_active_one_first_however_many(keys):
    made = [keys.active(FIELD), *(keys.renew(FIELD) for _ in range(4))]
    told = keys.keys(FIELD)
    assert told[0] == made[-1]
    assert sorted(key.id for key in told) == sorted(key.id for key in made)


def test_a_foreign_file_named_like_a_key_is_broken_and_said_to_be(keys):
    (keys.directory / "field-xyz.key").write_text("?")
    with pytest.raises(KeyProblem) as refused:
        keys.keys(FIELD)
    assert refused.value.code == "key-broken"
    assert "field-xyz.key" in refused.value.sentence


def test_destroying_a_key_that_is_gone_already_is_no_fault(keys):
    old = keys.active(FIELD)
    keys.renew(FIELD)
    keys.drop(FIELD, old.id)
    keys.drop(FIELD, old.id)
    assert keys.keys(FIELD) == [keys.active(FIELD)]


def test_a_ring_without_keys_is_not_renewed(tmp_path):
    (tmp_path / "keys").mkdir(mode=0o700)
    with pytest.raises(KeyProblem) as refused:
        KeyRing(tmp_path / "keys").renew(FIELD)
    assert refused.value.code == "key-missing"
    assert list((tmp_path / "keys").iterdir()) == []


def test_a_purpose_whose_first_key_is_missing_gets_one_and_the_other_is_left_alone(keys):
    before = keys.active(FIELD)
    for file in files(keys, "index*"):
        file.unlink()
    again = KeyRing(keys.directory)
    again.prepare()
    assert again.active(FIELD) == before
    assert len(again.active(INDEX).secret) == 32


def test_a_write_that_fails_leaves_the_key_before_in_force(keys, monkeypatch):
    before = keys.active(FIELD)

    def full_disk(handle):
        raise OSError("full")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="full"):
        keys.renew(FIELD)
    monkeypatch.undo()
    assert KeyRing(keys.directory).active(FIELD) == before


def test_the_same_secret_has_another_name_for_another_purpose():
    assert Key(FIELD, b"s" * 32).id != Key(INDEX, b"s" * 32).id
    assert len(Key(FIELD, b"s" * 32).id) == 4


@pytest.mark.parametrize("mode", [0o720, 0o702])
def test_a_directory_in_which_one_other_may_write_is_refused(keys, mode):
    keys.directory.chmod(mode)
    assert refusal_of(keys.directory).code == "key-open"


def test_a_directory_that_others_may_only_look_into_is_borne(keys):
    keys.directory.chmod(0o755)
    assert KeyRing(keys.directory).active(FIELD)

"""`taicho read`: a document is read and printed, nothing is stored, nothing else of the installation is touched (A1, A6)."""

import json

import pytest

from tests.directives.letters import LETTER, PLAN


@pytest.fixture
def letter(tmp_path):
    file = tmp_path / "cong-van.txt"
    file.write_text(LETTER, encoding="utf-8")
    return file


def test_the_fields_are_printed_and_missing_ones_are_said_to_be_missing(taicho, letter, home, tmp_path):
    plan = tmp_path / "ke-hoach.txt"
    plan.write_text(PLAN, encoding="utf-8")
    done = taicho("read", str(letter), str(plan))
    assert done.returncode == 0, done.stderr
    assert "BAN DÂN TỘC" in done.stdout
    assert "05/02/2021" in done.stdout
    assert "2/-2/+1" in done.stdout
    assert "Sở Nội vụ (cần xem lại)" in done.stdout
    assert "không có trong tệp" in done.stdout
    assert not home.exists(), "reading needs no installation and makes none"


def test_with_json_each_file_is_one_line_that_a_program_reads(taicho, letter):
    done = taicho("read", "--json", str(letter), str(letter))
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(one["id"], one["number"], one["symbol"], one["date"]) for one in found] == [
        ("cong-van", "07", "BDT-VP", "2021-02-05")
    ] * 2
    assert found[0]["obligations"] is None, "not looked for is not the same as none"


def test_a_paper_with_a_secrecy_mark_is_refused_and_the_others_are_read(taicho, letter, tmp_path):  # L1, D12
    secret = tmp_path / "secret.txt"
    secret.write_text("MẬT\n" + LETTER, encoding="utf-8")
    done = taicho("read", str(secret), str(letter))
    assert done.returncode == 1
    assert "secret.txt" in done.stderr
    assert "BAN DÂN TỘC" in done.stdout
    assert "Traceback" not in done.stderr

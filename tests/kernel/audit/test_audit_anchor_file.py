"""The anchor file: every line keyed to the one before it, so that nobody without the key writes, edits or removes one."""

import pytest
from django.db import transaction

from taicho.kernel.audit.anchors import ANCHOR, RESTORE, anchor_path, read_anchors, write_anchors
from taicho.kernel.audit.heads import Head
from taicho.kernel.audit.keys import key_for
from taicho.kernel.models import AuditHead
from tests.kernel.audit.paper_chain import ROOT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    settings.TAICHO_HOME, settings.TAICHO_KEYS = tmp_path / "home", tmp_path / "keys"


def told(position):
    return Head(ROOT, position, bytes([position % 256]) * 32)


def write(*positions, kind=ANCHOR):
    return write_anchors(kind=kind, heads=[told(position) for position in positions])


def lines():
    return anchor_path().read_bytes().splitlines(keepends=True)


def rewrite(content):
    anchor_path().write_bytes(b"".join(content) if isinstance(content, list) else content)


def test_what_was_written_is_read_again_line_by_line():
    assert (write(3, 4), write(9)) == (2, 1)
    found = read_anchors()
    assert [(line.number, line.kind, line.head) for line in found.lines] == [
        (1, ANCHOR, told(3)), (2, ANCHOR, told(4)), (3, ANCHOR, told(9)),
    ]  # fmt: skip
    assert (found.forged, found.gone, found.last) == ([], [], 3)
    assert list(AuditHead.objects.order_by("line").values_list("line", "position")) == [(1, 3), (2, 4), (3, 9)]


def test_without_a_file_nothing_was_anchored_and_nothing_is_wrong():
    found = read_anchors()
    assert (found.lines, found.forged, found.gone, found.last) == ([], [], [], 0)
    assert write() == 0
    assert not anchor_path().exists()


def test_the_home_is_private_when_the_file_makes_it():
    write(1)
    assert anchor_path().parent.stat().st_mode & 0o777 == 0o700
    assert anchor_path().stat().st_mode & 0o777 == 0o600


def test_a_chain_without_an_office_is_anchored_under_no_office():
    write_anchors(heads=[Head(None, 5, b"x" * 32)])
    assert read_anchors().lines[0].head.chain is None


@pytest.mark.parametrize(
    ("word", "edited"),
    [
        (1, b"phuc-hoi"),
        (2, b"2020-01-01T00:00:00.000000+00:00"),
        (3, b"00000000-0000-0000-0000-000000000099"),
        (4, b"40"),
    ],
    ids=["kind", "time", "chain", "position"],
)
def test_a_line_with_an_edited_word_is_a_forgery_and_the_others_are_not(word, edited):
    write(3, 4, 5)
    content = lines()
    words = content[1].split(b" ")
    words[word] = edited
    content[1] = b" ".join(words)
    rewrite(content)
    assert (read_anchors().forged, len(read_anchors().lines)) == ([2], 2)


def test_an_edited_number_is_a_forgery_and_makes_a_gap():
    write(3, 4, 5)
    one, two, three = lines()
    rewrite([one, b"7" + two[1:], three])
    found = read_anchors()
    assert (found.gone, found.forged) == ([range(2, 7)], [7, 3])


def test_an_edited_hash_or_mark_is_a_forgery_and_what_follows_an_edited_mark_too():
    write(3, 4, 5)
    whole = lines()
    head, _, mark = whole[1].rstrip().rpartition(b" ")
    rewrite([whole[0], head.rpartition(b" ")[0] + b" " + b"ab" * 32 + b" " + mark + b"\n", whole[2]])
    assert read_anchors().forged == [2]
    rewrite([whole[0], head + b" " + b"ab" * 32 + b"\n", whole[2]])
    assert read_anchors().forged == [2, 3]


def test_lines_that_changed_places_are_forgeries():
    write(3, 4, 5)
    one, two, three = lines()
    rewrite([one, three, two])
    found = read_anchors()
    assert (len(found.lines), set(found.forged)) == (1, {2, 3})


def test_a_line_written_twice_is_a_forgery():
    write(3, 4)
    one, two = lines()
    rewrite([one, two, two])
    assert read_anchors().forged == [2]


@pytest.mark.parametrize(
    ("removed", "gone", "forged"),
    [({0}, [range(1, 2)], [2]), ({1}, [range(2, 3)], [3]), ({1, 2}, [range(2, 4)], [4]), ({3}, [], [])],
)
def test_removed_lines_are_numbered_and_the_one_behind_them_has_lost_its_predecessor(removed, gone, forged):
    write(3, 4, 5, 6)
    rewrite([line for number, line in enumerate(lines()) if number not in removed])
    found = read_anchors()
    assert (found.gone, found.forged) == (gone, forged)


@pytest.mark.parametrize(
    "line",
    [
        b"nothing at all\n",
        b"\xff\xfe\n",
        b"1 neo\n",
        b"\n",
        b"1 khac 2021-09-04T05:00:00.000000+00:00 00000000-0000-0000-0000-000000000007 3 " + b"03" * 32 + b" aa\n",
        b"1 neo 2021-09-04T05:00:00.000000+00:00 00000000-0000-0000-0000-000000000007 3 " + b"03" * 31 + b" aa\n",
        b"1 neo yesterday 00000000-0000-0000-0000-000000000007 3 " + b"03" * 32 + b" aa\n",
    ],
)
def test_what_is_no_line_at_all_is_a_forgery_and_the_true_lines_behind_it_are_judged_by_themselves(line):
    write(3)
    rewrite([line, *lines()])
    found = read_anchors()
    assert found.forged[0] == 1
    assert len(found.forged) + len(found.lines) == 2


def test_a_file_written_with_another_key_is_a_forgery_from_its_first_line(settings, tmp_path):
    write(3, 4)
    own = key_for("anchor")
    settings.TAICHO_KEYS = tmp_path / "thief"
    assert key_for("anchor") != own
    assert read_anchors().forged == [1, 2]


def test_a_torn_last_line_does_not_count_and_is_taken_away_by_the_next_one():  # F-03
    write(3)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write(4)
        raise ZeroDivisionError
    rewrite(anchor_path().read_bytes()[:-1])
    assert (len(read_anchors().lines), read_anchors().forged) == (1, [])
    write(9)
    found = read_anchors()
    assert [(line.number, line.head.position) for line in found.lines] == [(1, 3), (2, 9)]
    assert (found.forged, found.gone) == ([], [])


def test_a_file_that_is_torn_in_its_very_first_line_begins_anew():
    write(3)
    rewrite(lines()[0][:20])
    assert read_anchors().lines == []
    write(4)
    assert [line.head.position for line in read_anchors().lines] == [4]


def test_a_long_file_is_continued_at_its_end_torn_or_not():
    write(*range(1, 41))
    assert anchor_path().stat().st_size > 4096
    write(41)
    rewrite(anchor_path().read_bytes() + b"42 neo 20")
    write(42)
    found = read_anchors()
    assert [line.head.position for line in found.lines] == list(range(1, 43))
    assert (found.forged, found.gone) == ([], [])


def test_after_a_restore_with_an_older_file_the_numbers_go_on_where_the_database_was():  # F-16
    write(3)
    older = anchor_path().read_bytes()
    write(4, 5)
    rewrite(older)
    write(4, kind=RESTORE)
    found = read_anchors()
    assert [line.number for line in found.lines] == [1, 4]
    assert (found.gone, found.forged) == ([], [])


def test_a_missing_line_is_not_excused_by_a_restore_that_came_later():
    write(3, 4, 5)
    one, _, three = lines()
    rewrite([one, three])
    write(5, kind=RESTORE)
    assert read_anchors().gone == [range(2, 3)]

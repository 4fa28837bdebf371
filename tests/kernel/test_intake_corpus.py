"""The whole corpus at the door: hostile refused, clean taken, marked refused without a trace (S-07, S-17).

The corpus was made by someone who did not read the door's code. An ordinary run takes every seventh file; the trial
takes all, in a process whose every opening of a file for writing is watched.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from taicho.kernel.intake import Accepted, Kind, Read, limits, take_in
from taicho.kernel.intake.exports import neutral
from taicho.kernel.intake.liveness import is_formula, is_live
from taicho.kernel.refusals import Refusal
from tests.kernel.corpus.make_hostile_uploads import (
    Outcome,
    Upload,
    clean,
    every,
    marked,
    name_is_safe,
    seeds,
    unmarked,
)

EVERYTHING = frozenset(Kind)
PROJECT = Path(__file__).parents[2]
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND


class Watch:
    """Every file this process opened for writing while the watch was on."""

    def __init__(self) -> None:
        self.on = False
        self.opened: list[str] = []
        sys.addaudithook(self._see)

    def _see(self, event: str, arguments: tuple) -> None:
        named = event == "open" and isinstance(arguments[0], str | bytes)  # a number is a pipe already open
        if self.on and named and isinstance(arguments[2], int) and arguments[2] & WRITING:
            self.opened.append(str(arguments[0]))


WATCH = Watch()


def reading_for(upload: Upload) -> Read:
    """Tables are read as rows, texts as text: the most that a caller can ask of the file."""
    ending = upload.name.lower().rpartition(".")[2]
    if ending in {"xlsx", "csv"}:
        return Read.ROWS
    return Read.TEXT if ending in {"docx", "odt", "pdf", "txt"} else Read.NOTHING


def answer(upload: Upload) -> Accepted | Refusal:
    """What the door says, with the time it may take."""
    started = time.monotonic()
    try:
        return take_in(upload.content, name=upload.name, accept=EVERYTHING, read=reading_for(upload))
    except Refusal as refusal:
        return refusal
    finally:
        assert time.monotonic() - started <= limits.CHILD_WALL_SECONDS + 1, upload


def is_without_effect(upload: Upload, accepted: Accepted) -> bool:
    """Whether a file that was taken in has lost its trait: a safe name, and no cell that still runs."""
    cells = [cell for sheet in accepted.sheets for row in sheet.rows for cell in row if isinstance(cell, str)]
    from_text = accepted.kind is Kind.CSV
    return (
        name_is_safe(accepted.name)
        and not any(is_formula(cell) for cell in cells if from_text)
        and all(not is_live(cell) or neutral(cell).startswith("'") for cell in cells)
    )


def wrong(upload: Upload) -> str | None:
    """What is wrong with the door's answer to one file; None when it is right."""
    said = answer(upload)
    code = said.code if isinstance(said, Refusal) else "accepted"
    if upload.outcome is Outcome.ACCEPTED:
        right = isinstance(said, Accepted) and said.data == upload.content
    elif upload.outcome is Outcome.NEUTRALISED:
        right = isinstance(said, Refusal) or is_without_effect(upload, said)
    elif upload.outcome is Outcome.SECRET:
        right = code == "intake.secret"
    else:
        right = isinstance(said, Refusal) and code != "intake.busy"
    return None if right else f"{upload!r} → {code}"


def sizes_below(*places: Path) -> dict[str, tuple[int, int]]:
    """Every file below the places with its size and its last change."""
    found = {}
    for place in places:
        for path in place.rglob("*"):
            if path.is_file() and not {"__pycache__", ".git", ".pytest_cache"} & set(path.parts):
                found[str(path)] = (path.stat().st_size, path.stat().st_mtime_ns)
    return found


@contextmanager
def traceless(*empty: Path) -> Iterator[None]:
    """Fails when the door opens any file for writing, or when one appears or changes in the given folders."""
    take_in(b"abc", name="a.txt", accept=EVERYTHING)  # whatever is loaded only once is loaded now
    places = [*empty, PROJECT / "src", PROJECT / "tests"]
    before = sizes_below(*places)
    WATCH.opened.clear()
    WATCH.on = True
    try:
        yield
    finally:
        WATCH.on = False
    assert [place for place in WATCH.opened if place != os.devnull] == []
    assert sizes_below(*places) == before


SAMPLE = list(every())[::7]


@pytest.mark.parametrize("upload", SAMPLE, ids=lambda upload: upload.trait)
def test_a_sample_of_the_corpus_gets_the_right_answer(upload: Upload) -> None:
    assert wrong(upload) is None


def test_the_watch_sees_a_file_that_is_written(tmp_path: Path) -> None:
    with pytest.raises(AssertionError), traceless(tmp_path):
        (tmp_path / "left behind").write_bytes(b"a")


def test_of_a_marked_paper_nothing_is_written_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    uploads = list(marked())[::9]
    with traceless(tmp_path):
        assert [fault for fault in map(wrong, uploads) if fault] == []


@pytest.mark.trial
def test_every_hostile_file_is_refused_or_has_no_effect_within_its_limits(tmp_path: Path) -> None:
    hostile = [upload for upload in every() if upload.outcome in {Outcome.REFUSED, Outcome.NEUTRALISED}]
    assert len(hostile) >= 60
    with traceless(tmp_path):
        assert [fault for fault in map(wrong, hostile) if fault] == []


@pytest.mark.trial
def test_every_clean_file_is_taken_unchanged() -> None:
    uploads = list(clean())
    assert len(uploads) >= 60
    assert [fault for fault in map(wrong, uploads) if fault] == []


@pytest.mark.trial
def test_every_marked_paper_is_refused_and_not_a_byte_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    uploads = list(marked())
    assert len(uploads) >= 60
    with traceless(tmp_path):
        assert [fault for fault in map(wrong, uploads) if fault] == []
    logged = "\n".join(record.getMessage() for record in caplog.records)
    assert not [upload.name for upload in uploads if upload.name in logged]


@pytest.mark.trial
def test_at_most_one_unmarked_paper_in_a_hundred_is_refused() -> None:
    uploads = list(unmarked())
    assert len(uploads) >= 100
    faults = [fault for fault in map(wrong, uploads) if fault]
    assert len(faults) <= len(uploads) // 100, faults


@pytest.mark.shared
def test_the_seeds_come_in_as_text_word_and_pdf() -> None:
    """000 speaks of "văn bản mật" and "bí mật nhà nước" in running text: 0 false refusals on the seeds (S-17)."""
    folder = next((place for place in (p / "shared" / "seeds" for p in PROJECT.parents) if place.is_dir()), None)
    if folder is None:
        pytest.skip("LEFT OUT: the design folder with the seeds does not lie beside the project")
    uploads = list(seeds(folder))
    assert len(uploads) >= 5
    assert [fault for fault in map(wrong, uploads) if fault] == []

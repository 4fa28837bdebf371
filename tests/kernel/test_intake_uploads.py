"""An upload stays in memory, up to 25 MB, and never becomes a temporary file (house.md § 7)."""

import io
import tempfile
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import InMemoryUploadedFile, TemporaryUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from taicho.kernel.intake import Kind, Read, from_upload, uploads
from taicho.kernel.refusals import Refusal

HANDLER = "taicho.kernel.intake.uploads.MemoryUploadHandler"


@pytest.fixture(autouse=True)
def our_handler(settings, tmp_path: Path) -> Path:
    """The handler as settings name it, and a temporary folder that must stay empty."""
    settings.FILE_UPLOAD_HANDLERS = [HANDLER]
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    return tmp_path


def posted(**files: tuple[str, bytes]) -> HttpRequest:
    """A form with a field before and one after its files, as a browser sends it."""
    parts: dict[str, object] = {"before": "trước"}
    for field, (name, content) in files.items():
        stream = io.BytesIO(content)
        stream.name = name
        parts[field] = stream
    return RequestFactory().post("/", parts | {"zz_after": "sau"})


def test_a_file_is_held_in_memory_however_small_djangos_own_limit(our_handler: Path) -> None:
    upload = posted(tep=("ds.csv", b"a,b\n" * 50_000)).FILES["tep"]
    assert isinstance(upload, InMemoryUploadedFile)
    assert upload.size == 200_000
    assert list(our_handler.iterdir()) == []
    sheet = from_upload(upload, accept={Kind.CSV}, read=Read.ROWS).sheets[0]
    assert len(sheet.rows) == 50_000


def test_a_file_over_the_limit_is_read_past_and_the_rest_of_the_form_survives(
    our_handler: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MAX_BYTES", 200_000)
    monkeypatch.setattr(uploads, "DRAIN_BYTES", 600_000)
    request = posted(tep=("dai.txt", b"a" * 500_000))
    upload = request.FILES["tep"]
    assert upload.size == 500_000
    assert upload.read() == b""
    assert (request.POST["before"], request.POST["zz_after"]) == ("trước", "sau")
    with pytest.raises(Refusal) as caught:
        from_upload(upload, accept={Kind.TXT})
    assert caught.value.code == "intake.too_large"
    assert list(our_handler.iterdir()) == []


def test_the_limit_is_for_all_files_of_one_form_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_BYTES", 200_000)
    files = posted(a=("a.txt", b"a" * 150_000), b=("b.txt", b"b" * 150_000), c=("c.txt", b"c" * 40_000)).FILES
    assert files["a"].read() == b"a" * 150_000
    assert isinstance(files["b"], uploads.TooLargeUpload)
    assert files["c"].read() == b"c" * 40_000


@pytest.mark.parametrize("announced", [True, False])
def test_a_sender_who_does_not_stop_is_cut_off(announced: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not announced:
        monkeypatch.setattr(uploads.MemoryUploadHandler, "handle_raw_input", lambda *a, **k: None)
    monkeypatch.setattr(uploads, "MAX_BYTES", 100_000)
    monkeypatch.setattr(uploads, "DRAIN_BYTES", 200_000)
    request = posted(tep=("dai.txt", b"a" * 2_000_000))
    assert "tep" not in request.FILES
    assert "zz_after" not in request.POST


def test_over_the_limit_nothing_of_the_file_is_still_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_BYTES", 100_000)
    handler = uploads.MemoryUploadHandler()
    with pytest.raises(uploads.StopFutureHandlers):
        handler.new_file("tep", "a.txt", "text/plain", 0)
    handler.receive_data_chunk(b"a" * 90_000, 0)
    handler.receive_data_chunk(b"a" * 90_000, 90_000)
    assert (handler._buffer, handler._held) == (None, 0)


def test_a_spooled_upload_is_an_error_of_the_installation_and_never_read(our_handler: Path) -> None:
    with (
        TemporaryUploadedFile("a.txt", "text/plain", 3, "utf-8") as upload,
        pytest.raises(ImproperlyConfigured, match="FILE_UPLOAD_HANDLERS"),
    ):
        from_upload(upload, accept={Kind.TXT})


def test_what_the_browser_says_of_type_and_name_is_not_believed() -> None:
    upload = posted(tep=("anh.png", b"MZ\x90\x00" + bytes(300))).FILES["tep"]
    with pytest.raises(Refusal) as caught:
        from_upload(upload, accept={Kind.PNG})
    assert caught.value.code == "intake.program"


def test_no_temporary_file_is_made_on_the_whole_way(our_handler: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for maker in ("NamedTemporaryFile", "TemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, maker, lambda *a, **k: pytest.fail("a temporary file was made"))
    upload = posted(tep=("kh.txt", "Kế hoạch".encode() * 10_000)).FILES["tep"]
    assert from_upload(upload, accept={Kind.TXT}).size == len("Kế hoạch".encode()) * 10_000

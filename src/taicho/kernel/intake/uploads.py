"""Django's side of the door: uploads stay in memory, up to 25 MB a request, and never touch a disk (house.md § 7)."""

import io
from collections.abc import Collection

from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import InMemoryUploadedFile, TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers, StopUpload
from django.views.decorators.debug import sensitive_variables

from taicho.kernel.refusals import Refusal

from .door import Accepted, take_in
from .kinds import Kind, Read
from .limits import MAX_BYTES
from .sentences import sentence_for
from .verdicts import Fault, Unfit

DRAIN_BYTES = 3 * MAX_BYTES
"""So much too much is still read and dropped, so that the form comes back with the sentence; then we hang up."""


class TooLargeUpload(UploadedFile):
    """Stands in the form's place of a file over the limit: its true size, none of its bytes."""


class MemoryUploadHandler(FileUploadHandler):
    """Holds the files of one request in memory, together at most 25 MB; what is over is read past and forgotten.

    The rest of the form survives, so the page can answer with a sentence. A sender who goes on for more than 75 MB is
    cut off.
    """

    def __init__(self, request=None) -> None:
        super().__init__(request)
        self._held = 0
        self._dropped = 0
        self._hopeless = False
        self._buffer: io.BytesIO | None = None

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803 (Django's word)
        """Note when the announced length is far beyond what is worth reading past."""
        self._hopeless = content_length > MAX_BYTES + DRAIN_BYTES

    def new_file(self, *args, **kwargs) -> None:
        """Take every file ourselves: no later handler may spool it."""
        super().new_file(*args, **kwargs)
        self._buffer = io.BytesIO()
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep the piece, or drop it and all held of this file over the limit; hang up on the endless."""
        if self._hopeless:
            raise StopUpload(connection_reset=True)
        if self._buffer is not None and self._held + len(raw_data) <= MAX_BYTES:
            self._held += len(raw_data)
            self._buffer.write(raw_data)
            return
        if self._buffer is not None:
            self._held -= self._buffer.tell()
            self._buffer = None
        self._dropped += len(raw_data)
        if self._dropped > DRAIN_BYTES:
            raise StopUpload(connection_reset=True)

    def file_complete(self, file_size: int) -> UploadedFile:
        """The file in memory, or the stand-in that `from_upload` refuses."""
        if self._buffer is None:
            return TooLargeUpload(io.BytesIO(), self.file_name, self.content_type, file_size, self.charset)
        self._buffer.seek(0)
        return InMemoryUploadedFile(
            self._buffer,
            self.field_name,
            self.file_name,
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )


@sensitive_variables("upload")
def from_upload(
    upload: UploadedFile, *, accept: Collection[Kind], read: Read = Read.NOTHING, actor: object = "-"
) -> Accepted:
    """`take_in` for a file of a form (`request.FILES[…]`); the type and size the browser claims are not looked at.

    Refused as `take_in` refuses, and over 25 MB. Raises ImproperlyConfigured when settings let Django spool uploads.
    """
    if isinstance(upload, TooLargeUpload):
        raise Refusal(sentence_for(Unfit(Fault.TOO_LARGE), accept), code="intake.too_large")
    if isinstance(upload, TemporaryUploadedFile):
        raise ImproperlyConfigured("FILE_UPLOAD_HANDLERS must be taicho.kernel.intake.uploads.MemoryUploadHandler")
    return take_in(upload.read(), name=upload.name or "", accept=accept, read=read, actor=actor)

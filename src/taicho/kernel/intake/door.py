"""The door: bytes come in here or not at all (house.md § 7, D12)."""

import hashlib
import logging
from collections.abc import Collection
from dataclasses import dataclass

from django.views.decorators.debug import sensitive_variables

from taicho.kernel.refusals import Refusal

from .answers import Answer, Sheet
from .kinds import PLAIN, TABLES, WRITTEN, Kind, Read
from .limits import MAX_BYTES
from .names import clean_name, ending_of, honest_name
from .secrecy import mark_in_name
from .sentences import sentence_for
from .verdicts import Fault, Unfit
from .worker import ask_child

log = logging.getLogger("taicho.intake")


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that may be stored: its bytes, its honest name, and what was read on the way."""

    name: str
    kind: Kind
    data: bytes
    sha256: str
    text: str | None = None
    sheets: tuple[Sheet, ...] = ()
    pixels: tuple[int, int] | None = None

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.data)

    def __repr__(self) -> str:
        """Without name and content: a repr ends in logs and error pages."""
        return f"<Accepted {self.kind.value}, {self.size} bytes>"


@sensitive_variables("data", "name")
def take_in(
    data: bytes, *, name: str, accept: Collection[Kind], read: Read = Read.NOTHING, actor: object = "-"
) -> Accepted:
    """Let a file in, or raise a `Refusal` whose sentence says what to do; nothing of a refused file is kept.

    `name` is what the sender calls it; `accept` the kinds this place can use; `read` what is wanted besides the bytes:
    `Read.TEXT` (docx, odt, pdf, txt, csv) or `Read.ROWS` (xlsx, csv). `actor` is an opaque key for the log. The bytes
    are opened only in a child process with limits. Refusal codes: `intake.` + a value of `Fault`.
    Source: L1, D12; trust.md 5.3.6, S-07, S-17.
    """
    try:
        accepted = _examine(data, name, frozenset(accept), read)
    except Unfit as unfit:
        # Neither name nor hash: a refused file may be a secret paper nobody has recognised yet.
        log.info("refused code=%s size=%s actor=%s", unfit.fault.value, len(data), actor)
        raise Refusal(sentence_for(unfit, accept), code=f"intake.{unfit.fault.value}") from None
    log.info("accepted kind=%s size=%s sha256=%s actor=%s", accepted.kind, len(data), accepted.sha256, actor)
    return accepted


@sensitive_variables("data", "name", "shown")
def _examine(data: bytes, name: str, accept: frozenset[Kind], read: Read) -> Accepted:
    if mark_in_name(clean_name(name)) is not None:
        raise Unfit(Fault.SECRET)
    if not data:
        raise Unfit(Fault.EMPTY)
    if len(data) > MAX_BYTES:
        raise Unfit(Fault.TOO_LARGE)
    shown = clean_name(name)
    question = {"read": read.value, "plain": _plain_kind(shown, accept).value}
    found = ask_child(data, question, log=log)
    shown = honest_name(shown, found.kind)
    _check_wanted(found, accept, read)
    digest = hashlib.sha256(data).hexdigest()
    return Accepted(shown, found.kind, data, digest, found.text, found.sheets, found.pixels)


def _plain_kind(name: str, accept: frozenset[Kind]) -> Kind:
    """Text is what its ending says, or the one of the two kinds that is wanted here."""
    wanted = PLAIN & accept
    if len(wanted) == 1:
        return next(iter(wanted))
    return Kind.CSV if ending_of(name) in {"csv", "tsv"} else Kind.TXT


def _check_wanted(found: Answer, accept: frozenset[Kind], read: Read) -> None:
    if found.kind not in accept:
        raise Unfit(Fault.KIND_UNWANTED)
    if read is Read.ROWS and found.kind not in TABLES:
        raise Unfit(Fault.KIND_UNWANTED)
    if read is Read.TEXT and found.kind not in WRITTEN | {Kind.CSV}:
        raise Unfit(Fault.KIND_UNWANTED)

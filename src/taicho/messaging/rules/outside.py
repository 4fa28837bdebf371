"""What leaves the system: one sentence and an address. No name, no matter, no word about anybody's health (ux.md 11)."""

from dataclasses import dataclass

INBOX = "/viec-cua-toi"
SUBJECT = "Tại Chỗ: đồng chí có việc cần làm"
WORDS = "Đồng chí có việc cần làm trên Tại Chỗ."
DRILL = "DIỄN TẬP – "


@dataclass(frozen=True, slots=True)
class Letter:
    """Subject and words of a copy outside."""

    subject: str
    words: str


def letter(base: str, *, drill: bool) -> Letter:
    """The same letter for every message, so that it cannot tell anything; `base` is the address of the installation.

    Vietnamese whatever the language of the pages: it is an official notice, and it says nothing of the person either.
    """
    mark = DRILL if drill else ""
    return Letter(mark + SUBJECT, f"{mark}{WORDS}\n\n{base.rstrip('/')}{INBOX}\n")

"""What one file of the upload corpus is, and what must become of it at the door for bytes."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What the door must answer.

    ACCEPTED     taken, content unchanged.
    REFUSED      refused with a sentence; nothing of it is kept.
    NEUTRALISED  refused, or taken in a form where the trait has no effect (a safe name, a formula kept as
                 text). Either is right; a crash, a hang or an unsafe name is wrong.
    SECRET       refused because of a secrecy mark; nothing of it is kept, not even its name.
    """

    ACCEPTED = "accepted"
    REFUSED = "refused"
    NEUTRALISED = "neutralised"
    SECRET = "secret"


@dataclass(frozen=True)
class Upload:
    """One file as a browser would send it, with the truth beside it.

    `trait` is a unique key of what is special in the file; `group` is the family of traits: archive, entity,
    macro, link, password, pdf, image, type, name, formula, size, damaged, empty, clean, mark, innocent.
    """

    trait: str
    group: str
    name: str
    content: bytes
    outcome: Outcome

    def __repr__(self) -> str:
        return f"Upload({self.group}/{self.trait}, {len(self.content)} bytes, {self.outcome})"


LONGEST_NAME_IN_BYTES = 255


def name_is_safe(name: str) -> bool:
    """Whether a stored name can hurt nobody: no path, no control or direction letters, NFC, not too long."""
    categories = {unicodedata.category(letter) for letter in name}
    return (
        bool(name)
        and name == name.strip()
        and not name.startswith((".", "-"))
        and not set(name) & set('/\\:<>"|?*')
        and not categories & {"Cc", "Cf", "Cs", "Zl", "Zp"}
        and unicodedata.is_normalized("NFC", name)
        and len(name.encode()) <= LONGEST_NAME_IN_BYTES
    )

"""What documents announces."""

from dataclasses import dataclass

from taicho.kernel.news import News


@dataclass(frozen=True)
class DocumentRegistered(News):
    """A document was entered in the register of incoming documents."""

    document: str


@dataclass(frozen=True)
class DocumentStruckOut(News):
    """A line of the register was entered wrongly and counts no longer."""

    document: str

"""What directives announces."""

from dataclasses import dataclass

from taicho.kernel.news import News


@dataclass(frozen=True)
class MeasureConfirmed(News):
    """A measure was confirmed (by a clause or an office decision); it may begin on a later day."""

    measure: str
    kind: str


@dataclass(frozen=True)
class MeasureWithdrawn(News):
    """A measure confirmed by mistake was taken back."""

    measure: str
    kind: str

"""What health announces: keys only, never what somebody answered."""

from dataclasses import dataclass

from taicho.kernel.news import News


@dataclass(frozen=True)
class HealthAlertOpened(News):
    """Somebody answered "có", or a temperature reached the threshold in force."""

    alert: str


@dataclass(frozen=True)
class RestrictionSet(News):
    """Somebody may not enter, or must stay apart, from now on."""

    restriction: str


@dataclass(frozen=True)
class RestrictionLifted(News):
    """A restriction is over."""

    restriction: str

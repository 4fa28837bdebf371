"""How a duty stands at an instant, out of its steps (house D7: status is derived, time is an argument)."""

from dataclasses import dataclass
from datetime import datetime

from taicho.duties.enums import DutyState


@dataclass(frozen=True, slots=True)
class Clock:
    """The instants of one duty. `due_at` None: no document gives a time, so it is never late. After `closes_at` it
    cannot be done any more. A duty opened after it was due passed unseen, while the system stood still.
    """

    opened_at: datetime
    due_at: datetime | None
    closes_at: datetime | None
    binding: bool

    @property
    def is_unseen(self) -> bool:
        """Whether nobody could have done it in time, because it was not there."""
        return self.due_at is not None and self.opened_at >= self.due_at


def state_of(clock: Clock, at: datetime, *, done_at: datetime | None = None, exempt: bool = False) -> DutyState:
    """The state at `at`. What was done stays done, also where an exemption followed; a request is never late."""
    if done_at is not None:
        return DutyState.DONE_LATE if _passed(clock, done_at) and not clock.is_unseen else DutyState.DONE
    if exempt:
        return DutyState.EXEMPT
    if clock.closes_at is not None and at >= clock.closes_at:
        return DutyState.UNSEEN if clock.is_unseen else DutyState.MISSED if clock.binding else DutyState.ASKED
    if clock.is_unseen and clock.due_at is not None and at >= clock.due_at:  # also where the clock went back meanwhile
        return DutyState.UNSEEN
    if _passed(clock, at):
        return DutyState.LATE
    return DutyState.OPEN if clock.binding else DutyState.ASKED


def _passed(clock: Clock, at: datetime) -> bool:
    """Whether a binding due time has passed; the due instant itself is already too late ("24h00" is the next day)."""
    return clock.binding and clock.due_at is not None and at >= clock.due_at

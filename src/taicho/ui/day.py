"""The day ruler (*thước ngày*) and the slot clock: positions and words. Pure; no database, no request."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taicho.kernel.clock import HANOI, local
from taicho.kernel.dates import clock_time, duration, weekday_date

DAY_MINUTES = 24 * 60
NEAR_MINUTES = 10
"""Below this many minutes the slot clock turns brass (look.md 7); a matter of display, no rule of any document."""


class SlotState(StrEnum):
    """How a report slot stands, in the words of look.md 2."""

    ON_TIME = "on_time"
    LATE = "late"
    DUE = "due"
    AHEAD = "ahead"
    MISSING = "missing"
    EXEMPT = "exempt"

    @property
    def words(self) -> str:
        """The state in the language of the page."""
        return str(STATE_WORDS[self])


STATE_WORDS = {
    SlotState.ON_TIME: gettext_lazy("đúng hạn"),
    SlotState.LATE: gettext_lazy("trễ"),
    SlotState.DUE: gettext_lazy("chưa gửi"),
    SlotState.AHEAD: gettext_lazy("chưa đến giờ"),
    SlotState.MISSING: gettext_lazy("chưa gửi, đã qua giờ"),
    SlotState.EXEMPT: gettext_lazy("miễn"),
}


@dataclass(frozen=True, slots=True)
class Slot:
    """One report slot of the day: its label ("12h00"), when it closes, how it stands, the unit's own cut-off."""

    label: str
    closes_at: datetime
    state: SlotState
    feeder_at: datetime | None = None

    @property
    def share(self) -> str:
        """Place on the ruler in percent of the day."""
        return share_of_day(self.closes_at)

    @property
    def feeder_share(self) -> str:
        """Place of the unit's cut-off in percent of the day; empty without one."""
        return share_of_day(self.feeder_at) if self.feeder_at else ""

    @property
    def closes_minute(self) -> int:
        """Minute of the Vietnamese day at which the slot closes, 0 to 1439."""
        return minute_of_day(self.closes_at)


@dataclass(frozen=True, slots=True)
class Day:
    """What the ruler shows: the moment and the slots of its day, earliest first."""

    at: datetime
    slots: tuple[Slot, ...] = ()

    @property
    def share(self) -> str:
        """Place of the needle in percent of the day."""
        return share_of_day(self.at)

    @property
    def minute(self) -> int:
        """Minute of the Vietnamese day, 0 to 1439."""
        return minute_of_day(self.at)

    @property
    def hours(self) -> tuple[tuple[int, str], ...]:
        """The 24 ticks: hour and place in percent."""
        return tuple((hour, f"{hour * 100 / 24:.3f}%") for hour in range(24))

    @property
    def running(self) -> Slot | None:
        """The earliest slot still to be sent; None when none is left today or nothing registered any."""
        waiting = (slot for slot in self.slots if slot.state in (SlotState.DUE, SlotState.AHEAD))
        return next(waiting, None)

    @property
    def clock(self) -> "SlotClock":
        """The words beside the ruler."""
        return SlotClock(self)

    @property
    def twin(self) -> str:
        """The ruler in one sentence, for those who do not see it."""
        parts = [_("Bây giờ %(time)s") % {"time": clock_time(local(self.at).time())}]
        parts += [_slot_words(slot) for slot in self.slots]
        return ". ".join(parts) + "."


@dataclass(frozen=True, slots=True)
class SlotClock:
    """The words "Khung 12h00 còn 34 phút", its tone (plain, calm, near, past) and the moment under it."""

    day: Day

    @property
    def left(self) -> int | None:
        """Whole minutes until the running slot closes, negative after; None without one."""
        running = self.day.running
        return None if running is None else running.closes_minute - self.day.minute

    @property
    def tone(self) -> str:
        """plain: no slot · calm · near: under ten minutes · past."""
        if self.left is None:
            return "plain"
        if self.left <= 0:
            return "past"
        return "near" if self.left < NEAR_MINUTES else "calm"

    @property
    def words(self) -> str:
        """The sentence in words, never in seconds; empty when there is no slot."""
        running, left = self.day.running, self.left
        if running is None or left is None:
            return ""
        shape = _("Khung %(slot)s còn %(time)s") if left > 0 else _("Khung %(slot)s quá %(time)s")
        if left == 0:
            return _("Khung %(slot)s đến giờ chốt") % {"slot": running.label}
        return shape % {"slot": running.label, "time": duration(timedelta(minutes=abs(left)))}

    @property
    def when(self) -> str:
        """The moment: 11h26 · Thứ Năm, 25/02."""
        at = local(self.day.at)
        return f"{clock_time(at.time())} · {self.date}"

    @property
    def date(self) -> str:
        """The day: Thứ Năm, 25/02."""
        return weekday_date(local(self.day.at).date())


def slot_at(label: str, closes: time, state: SlotState, on: datetime, feeder: time | None = None) -> Slot:
    """A slot of the Vietnamese day of `on`, from wall-clock times."""
    today = local(on).date()
    feeder_at = datetime.combine(today, feeder, HANOI) if feeder else None
    return Slot(label, datetime.combine(today, closes, HANOI), state, feeder_at)


def minute_of_day(instant: datetime) -> int:
    """Whole minutes since midnight in Việt Nam, 0 to 1439."""
    at = local(instant)
    return at.hour * 60 + at.minute


def share_of_day(instant: datetime) -> str:
    """Place of an instant on the 24-hour ruler, as an SVG percentage."""
    return f"{minute_of_day(instant) * 100 / DAY_MINUTES:.3f}%"


def _slot_words(slot: Slot) -> str:
    words = _("Khung %(slot)s: %(state)s") % {"slot": slot.label, "state": slot.state.words}
    if slot.feeder_at is None:
        return words
    return _("%(slot)s, hạn của đơn vị %(time)s") % {
        "slot": words,
        "time": clock_time(local(slot.feeder_at).time()),
    }

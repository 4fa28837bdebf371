"""A piece of news and a listener for the trials of the queue; imported by the test and by its worker processes."""

import os
import sys
import time
from dataclasses import dataclass

from taicho.kernel import clock, news
from taicho.kernel.models import DrillClock


@dataclass(frozen=True)
class UnitPainted(news.News):
    unit: str


@news.listens_to(UnitPainted)
def remember_paint(painted: UnitPainted) -> None:
    """Write one row; in a worker that is to be killed, say so and never come back."""
    now = clock.real_now()
    DrillClock.objects.create(offset=now - now, set_at=now, set_by=painted.unit)
    if os.environ.get("HANG_IN_THE_MIDDLE"):
        sys.stdout.write("taken\n")
        sys.stdout.flush()
        time.sleep(600)

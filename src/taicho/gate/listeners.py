"""What the gate does when it hears news."""

from taicho.directives.news import MeasureConfirmed, MeasureWithdrawn
from taicho.gate.actions.rules import rebuild_all
from taicho.gate.enums import KINDS_AT_THE_GATE
from taicho.kernel import clock
from taicho.kernel.news import listens_to


@listens_to(MeasureConfirmed)
def on_measure_confirmed(news: MeasureConfirmed) -> None:
    """A measure at the gate was confirmed, replaced or suspended."""
    if news.kind in KINDS_AT_THE_GATE:
        rebuild_all(clock.now())


@listens_to(MeasureWithdrawn)
def on_measure_withdrawn(news: MeasureWithdrawn) -> None:
    """A measure at the gate was taken back."""
    if news.kind in KINDS_AT_THE_GATE:
        rebuild_all(clock.now())

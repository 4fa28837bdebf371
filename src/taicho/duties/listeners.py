"""What this area does when it hears news."""

from taicho.directives.news import MeasureConfirmed, MeasureWithdrawn
from taicho.duties.actions.opening import open_duties
from taicho.kernel import clock
from taicho.kernel.news import listens_to


@listens_to(MeasureConfirmed)
def on_measure_confirmed(news: MeasureConfirmed) -> None:
    """What a new measure asks is owed at once."""
    open_duties(clock.now())


@listens_to(MeasureWithdrawn)
def on_measure_withdrawn(news: MeasureWithdrawn) -> None:
    """What a withdrawn measure asked is owed no more."""
    open_duties(clock.now())

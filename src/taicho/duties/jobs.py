"""Schedules of this area."""

from asgiref.sync import sync_to_async
from procrastinate.contrib.django import app

from taicho.duties.actions.clocks import run_clocks
from taicho.duties.actions.opening import open_duties
from taicho.kernel import clock


@app.periodic(cron="* * * * *")
@app.task(name="duties.run", queueing_lock="duties.run")
async def run_duties(timestamp: int) -> None:
    """Each minute: open what is owed and take the steps that are due, whatever happened to clock and worker meanwhile."""
    await sync_to_async(_run)()


def _run() -> None:
    """The clocks run also where the sweep fails as a whole; the job then fails, which the administrator sees."""
    at = clock.now()
    try:
        open_duties(at)
    finally:
        run_clocks(at)

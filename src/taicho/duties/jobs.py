"""Schedules of this area."""

from asgiref.sync import sync_to_async
from procrastinate.contrib.django import app

from taicho.duties.actions.opening import open_duties
from taicho.kernel import clock


@app.periodic(cron="* * * * *")
@app.task(name="duties.open", queueing_lock="duties.open")
async def open_what_is_owed(timestamp: int) -> None:
    """Each minute: open what is owed and was not opened, whatever happened to the clock or the worker meanwhile."""
    await sync_to_async(open_duties)(clock.now())

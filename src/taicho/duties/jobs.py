"""Schedules of this area."""

from asgiref.sync import sync_to_async
from procrastinate.contrib.django import app

from taicho.duties.actions.clocks import run_clocks
from taicho.duties.actions.opening import open_duties
from taicho.kernel import clock


@app.periodic(cron="* * * * *")
@app.task(name="duties.open", queueing_lock="duties.open")
async def open_what_is_owed(timestamp: int) -> None:
    """Each minute: open what is owed and was not opened, whatever happened to the clock or the worker meanwhile."""
    await sync_to_async(open_duties)(clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="duties.run_clocks", queueing_lock="duties.run_clocks")
async def take_steps(timestamp: int) -> None:
    """Each minute: the reminders and lines to superiors whose time has come."""
    await sync_to_async(run_clocks)(clock.now())

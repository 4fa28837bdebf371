"""Schedules of this area."""

from asgiref.sync import sync_to_async
from procrastinate.contrib.django import app

from taicho.directives.actions.registering import purge_readings
from taicho.kernel.actor import system


@app.periodic(cron="37 * * * *")
@app.task(name="directives.purge_readings", queueing_lock="directives.purge_readings")
async def purge_pending_readings(timestamp: int) -> None:
    """Each hour: forget what was read of documents that nobody entered within a day."""
    await sync_to_async(purge_readings)(by=system("purge"))

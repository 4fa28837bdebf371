"""Schedule of this area: copies that are due leave each minute, and those due at once as soon as the message commits."""

from asgiref.sync import sync_to_async
from procrastinate.contrib.django import app

from taicho.messaging.actions.outside import JOB, deliver_due


@app.task(name=JOB, lock=JOB)
async def deliver_copies() -> None:
    """Send what is due now."""
    await sync_to_async(deliver_due)()


@app.periodic(cron="* * * * *")
@app.task(name="messaging.deliver_copies_each_minute", lock=JOB, queueing_lock="messaging.deliver_copies_each_minute")
async def deliver_copies_each_minute(timestamp: int) -> None:
    """Each minute: send what has come due, what was refused before, and what a lost job left behind."""
    await sync_to_async(deliver_due)()

"""Schedule of this area: copies that are due leave each minute, and those due at once as soon as the message commits.

What is urgent and seen by nobody is looked for each minute too, and said again by the rhythm.
"""

from asgiref.sync import sync_to_async
from procrastinate.contrib.django import app

from taicho.messaging.actions.outside import JOB, deliver_due
from taicho.messaging.actions.resending import repeat_unseen

REPEAT = "messaging.repeat_unseen"


@app.task(name=JOB, lock=JOB)
async def deliver_copies() -> None:
    """Send what is due now."""
    await sync_to_async(deliver_due)()


@app.periodic(cron="* * * * *")
@app.task(name="messaging.deliver_copies_each_minute", lock=JOB, queueing_lock="messaging.deliver_copies_each_minute")
async def deliver_copies_each_minute(timestamp: int) -> None:
    """Each minute: send what has come due, what was refused before, and what a lost job left behind."""
    await sync_to_async(deliver_due)()


@app.periodic(cron="* * * * *")
@app.task(name=REPEAT, lock=REPEAT, queueing_lock=REPEAT)
async def repeat_unseen_each_minute(timestamp: int) -> None:
    """Each minute: say again what is urgent and nobody has seen."""
    await sync_to_async(repeat_unseen)()

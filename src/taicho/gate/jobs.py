"""Schedules of the gate."""

from asgiref.sync import sync_to_async
from procrastinate.contrib.django import app

from taicho.gate.actions.passes import issue_to_staff
from taicho.gate.actions.rules import rebuild_all
from taicho.gate.actions.tallies import forget_tallies
from taicho.kernel import clock
from taicho.kernel.actor import system


@app.periodic(cron="*/10 * * * *")
@app.task(name="gate.rebuild_rules", queueing_lock="gate.rebuild_rules")
async def rebuild_rules(timestamp: int) -> None:
    """Every ten minutes, so also right after midnight in Việt Nam and after a jump of the drill clock."""
    await sync_to_async(lambda: rebuild_all(clock.now()))()


@app.periodic(cron="*/10 * * * *")
@app.task(name="gate.issue_codes", queueing_lock="gate.issue_codes")
async def issue_codes(timestamp: int) -> None:
    """Every ten minutes: passes for new staff, and a new typed code before the old one is over."""
    await sync_to_async(lambda: issue_to_staff(by=system("gate-passes"), at=clock.now()))()


@app.periodic(cron="29 * * * *")
@app.task(name="gate.forget_tallies", queueing_lock="gate.forget_tallies")
async def forget(timestamp: int) -> None:
    """Each hour: forget how often the public page was sent yesterday."""
    await sync_to_async(lambda: forget_tallies(clock.real_now()))()

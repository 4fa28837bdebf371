"""Schedules of this area."""

from asgiref.sync import sync_to_async
from procrastinate.contrib.django import app

from taicho.kernel.actor import system
from taicho.organisation.actions.import_staff import purge_imports
from taicho.organisation.actions.staff import close_accounts_of_leavers


@app.periodic(cron="23 * * * *")
@app.task(name="organisation.purge_staff_imports", queueing_lock="organisation.purge_staff_imports")
async def purge_staff_imports(timestamp: int) -> None:
    """Each hour: forget what was read of staff lists older than a day."""
    await sync_to_async(purge_imports)(by=system("purge"))


@app.periodic(cron="1 * * * *")
@app.task(name="organisation.close_accounts_of_leavers", queueing_lock="organisation.close_accounts_of_leavers")
async def shut_out_leavers(timestamp: int) -> None:
    """Each hour, so also right after midnight in Việt Nam: close the accounts of those whose last day has passed."""
    await sync_to_async(close_accounts_of_leavers)(by=system("service-ends"))

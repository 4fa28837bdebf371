"""Schedules of the house itself: jobs whose worker died are tried again, finished ones are cleared away."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

KEEP_FINISHED_HOURS = 24 * 7


@app.periodic(cron="* * * * *")
@app.task(name="kernel.sweep_stalled_jobs", queueing_lock="kernel.sweep_stalled_jobs", pass_context=True)
async def sweep_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Each minute: put jobs whose worker has stopped its heartbeat back in the queue (house D3, at least once)."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)


@app.periodic(cron="17 3 * * *")
@app.task(name="kernel.clear_finished_jobs", queueing_lock="kernel.clear_finished_jobs", pass_context=True)
async def clear_finished_jobs(context: JobContext, timestamp: int) -> None:
    """Each night: forget jobs that ended well a week ago; failed ones stay for a person to look at."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEEP_FINISHED_HOURS)

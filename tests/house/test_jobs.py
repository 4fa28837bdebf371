"""Every schedule of every room runs as the worker runs it: inside an event loop, in a drill as well (house D3)."""

import asyncio

import pytest
from asgiref.sync import sync_to_async
from django.db import connections
from procrastinate.contrib.django import app

from taicho.kernel.keyring import ring

pytestmark = pytest.mark.django_db(transaction=True)
OURS = sorted({one.task.name for one in app.periodic_registry.periodic_tasks.values()})


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.TAICHO_KEYS = tmp_path / "keys"
    ring().prepare()


@pytest.mark.parametrize("drill", [False, True])
@pytest.mark.parametrize("name", OURS)
def test_a_schedule_runs_in_the_loop_of_the_worker(name, drill, settings):
    settings.TAICHO_DRILL = drill
    schedule = app.tasks[name]
    if schedule.pass_context:
        pytest.skip("takes the job itself; tried by the worker's own tests")
    asyncio.run(minute(schedule))


async def minute(schedule):
    """What the worker does, and the end of its thread's connection."""
    await schedule.func(timestamp=0)
    await sync_to_async(connections.close_all)()

"""Defer the sweep of duties again and again, as the clock of each minute would, until killed (run as a program).

With the word `once`: sweep here and now, in peace.
"""

import contextlib
import sys
import time

EVERY_SECONDS = 0.4


def relay():
    """Defer; the worker does it."""
    from procrastinate.exceptions import AlreadyEnqueued

    from taicho.duties.jobs import run_duties

    while True:
        with contextlib.suppress(AlreadyEnqueued):
            run_duties.defer(timestamp=0)
        time.sleep(EVERY_SECONDS)


def sweep_in_peace():
    """Open whatever is owed and not there yet."""
    from taicho.duties.actions.opening import open_duties
    from taicho.kernel import clock

    open_duties(clock.now())


if __name__ == "__main__":
    import django

    django.setup()
    sweep_in_peace() if "once" in sys.argv else relay()

"""No process outlives the command that started it, even when that is killed with -9 (house § 8)."""

import ctypes
import os
import signal
import threading
import time
from collections.abc import Callable

SET_PARENT_DEATH_SIGNAL = 1
CREW = "TAICHO_CREW"
"""Variable in which a child of `serve` or `demo` finds the pid of that command."""


def tied_to(parent: int, number: signal.Signals = signal.SIGTERM) -> Callable[[], None]:
    """What a child does first: ask the kernel for the signal `number` when `parent` dies; end when it is gone already."""
    prctl = ctypes.CDLL(None).prctl

    def tie() -> None:
        prctl(SET_PARENT_DEATH_SIGNAL, number)
        if os.getppid() != parent:
            os._exit(1)

    return tie


def leave_late(patience: float) -> None:
    """In a child of the crew: `patience` seconds after the command is gone, leave whatever still hangs.

    A job in a thread cannot be cancelled; it runs again elsewhere (house D3, at least once). Nothing for a process
    that somebody started alone.
    """
    if os.environ.get(CREW) == str(parent := os.getppid()):
        threading.Thread(target=_leave_after, args=(parent, patience), name="leash", daemon=True).start()


def _leave_after(parent: int, patience: float) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    time.sleep(patience)
    os._exit(1)

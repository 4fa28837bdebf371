"""What the child may do, taken away before it looks at the bytes (trust.md 5.3.6).

Held by the kernel, everywhere: memory, CPU time, no growing file, and `RLIMIT_NOFILE` 0: no file, pipe or socket can
be opened any more, so there is neither disk nor network. Held by Linux as well: no new privileges, not readable by
other processes, killed with its parent, an own empty network where namespaces are allowed, no new process unless the
child had to stay root. Held by Python only, as the last net: the audit hook.
"""

import contextlib
import os
import resource
import signal
import sys

from .limits import CHILD_CPU_SECONDS, CHILD_MEMORY, CHILD_WALL_SECONDS

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_CAPABILITY_VERSION_3 = 0x20080522
_NOBODY = 65534
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "ctypes.",
              "os.remove", "os.rename", "os.mkdir", "os.symlink", "os.link", "shutil.", "pty.")  # fmt: skip


def limit_early() -> None:
    """Right after the start, before a byte is read: memory, CPU time, wall clock, no core."""
    _limit(resource.RLIMIT_AS, CHILD_MEMORY)
    _limit(resource.RLIMIT_CPU, CHILD_CPU_SECONDS)
    _limit(resource.RLIMIT_CORE, 0)
    signal.alarm(CHILD_WALL_SECONDS + 1)
    os.umask(0o077)


def lock() -> list[str]:
    """After all modules are loaded: nothing can be opened, connected or started. Returns what took hold."""
    linux = sys.platform == "linux"
    held = _cut_network() if linux else []
    held += _leave_root()
    if linux:
        held += _cut_network() if "no-network" not in held else []
        held += _give_up_powers()
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_NPROC, 0)
    _limit(resource.RLIMIT_NOFILE, 0)
    sys.addaudithook(_refuse)
    return [*held, "no-files", "audit-hook"]


def _limit(what: int, value: int) -> None:
    hard = resource.getrlimit(what)[1]
    wanted = value if hard == resource.RLIM_INFINITY else min(value, hard)
    with contextlib.suppress(ValueError, OSError):  # systems without this limit keep the others
        resource.setrlimit(what, (wanted, wanted))


def _cut_network() -> list[str]:
    """An own, empty network: root may make one at once, others inside a namespace of their own where allowed."""
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    flags = _CLONE_NEWNET if os.geteuid() == 0 else _CLONE_NEWNET | _CLONE_NEWUSER
    return ["no-network"] if libc.unshare(flags) == 0 else []


def _give_up_powers() -> list[str]:
    """After the last change of identity, which would undo these: no capability, no privilege, no reader, no orphan."""
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    held = []
    header, nothing = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0), (ctypes.c_uint32 * 6)()
    if libc.capset(header, nothing) == 0:
        held.append("no-capabilities")
    for name, option, value in (
        ("dies-with-parent", _PR_SET_PDEATHSIG, int(signal.SIGKILL)),
        ("no-new-privileges", _PR_SET_NO_NEW_PRIVS, 1),
        ("not-dumpable", _PR_SET_DUMPABLE, 0),
    ):
        if libc.prctl(option, value, 0, 0, 0) == 0:
            held.append(name)
    return held


def _leave_root() -> list[str]:
    if os.geteuid() != 0:
        return ["not-root"]
    with contextlib.suppress(OSError):
        os.setgroups([])
        os.setresgid(_NOBODY, _NOBODY, _NOBODY)
        os.setresuid(_NOBODY, _NOBODY, _NOBODY)
        return ["not-root"]
    return []


def _refuse(event: str, _arguments: tuple[object, ...]) -> None:
    if event == "open" or event.startswith(_FORBIDDEN):
        raise PermissionError(event)

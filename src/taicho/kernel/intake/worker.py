"""The parent's side: start one child per file, feed it, bound it, and outlive whatever it does."""

import importlib.util
import json
import os
import selectors
import subprocess
import sys
import threading
import time
from functools import cache
from pathlib import Path
from typing import Any

from .answers import Answer, believe, surprise_in
from .limits import CHILD_ANSWER_BYTES, CHILD_WALL_SECONDS, CHILDREN_AT_ONCE, WAIT_FOR_A_CHILD_SECONDS
from .verdicts import Fault, Unfit

_SEATS = threading.BoundedSemaphore(CHILDREN_AT_ONCE)
_CHILD = Path(__file__).with_name("child.py")
_READERS = ("python_calamine", "pypdf")


def ask_child(data: bytes, question: dict[str, Any], *, log: Any) -> Answer:
    """What an own process finds in `data`. Raises `Unfit` for its verdict, its silence, its crash or its babble.

    At most two files are open at once in one web process; a third waits up to 20 s, then hears that we are busy.
    """
    if not _SEATS.acquire(timeout=WAIT_FOR_A_CHILD_SECONDS):
        raise Unfit(Fault.BUSY)
    try:
        raw, ended = _run(_payload(data, question))
    finally:
        _SEATS.release()
    surprise = surprise_in(raw)
    if surprise:
        log.warning("intake child fell over: %s, exit %s, %s bytes", surprise, ended, len(data))
    return believe(raw)


def _payload(data: bytes, question: dict[str, Any]) -> bytes:
    asked = json.dumps(question | {"size": len(data), "paths": _reader_places()}).encode()
    return len(asked).to_bytes(4, "big") + asked + data


@cache
def _reader_places() -> list[str]:
    """Where the reading libraries are installed; the child has no other site-packages."""
    specs = [importlib.util.find_spec(name) for name in _READERS]
    return sorted({str(Path(spec.origin).parent.parent) for spec in specs if spec and spec.origin})


def _run(payload: bytes) -> tuple[bytes, int | None]:
    """Start, converse, kill: the child never outlives this call."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    child = subprocess.Popen(
        [sys.executable, "-I", "-S", str(_CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env=kept,
        start_new_session=True,
    )
    try:
        return _converse(child, payload, time.monotonic() + CHILD_WALL_SECONDS), child.poll()
    finally:
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()


def _converse(child: "subprocess.Popen[bytes]", payload: bytes, deadline: float) -> bytes:
    """Feed and listen at once; nothing heard counts when the child is late or talks too much."""
    unsent, heard = memoryview(payload), bytearray()
    pipes = [(child.stdin, selectors.EVENT_WRITE), (child.stdout, selectors.EVENT_READ)]
    with selectors.DefaultSelector() as ready:
        for pipe, what in pipes:
            if pipe is not None:
                os.set_blocking(pipe.fileno(), False)
                ready.register(pipe, what)
        while len(heard) <= CHILD_ANSWER_BYTES and (left := deadline - time.monotonic()) > 0:
            for key, event in ready.select(left):
                if event & selectors.EVENT_WRITE:
                    unsent = _feed(ready, key, unsent)
                    continue
                piece = os.read(key.fd, 1 << 20)
                heard += piece
                if not piece:
                    return bytes(heard)
    return b""


def _feed(ready: selectors.BaseSelector, key: selectors.SelectorKey, unsent: memoryview) -> memoryview:
    try:
        unsent = unsent[os.write(key.fd, unsent[: 1 << 20]) :]
    except BlockingIOError:
        return unsent
    except BrokenPipeError:
        unsent = memoryview(b"")
    if not unsent:
        ready.unregister(key.fileobj)
        key.fileobj.close()  # type: ignore[union-attr]
    return unsent

"""The child: one file comes in over a pipe, one JSON answer goes out, nothing else.

Started by `worker.py` as a bare interpreter without site-packages. It gives itself empty stand-ins for the packages
above it, so that opening a file loads neither Django nor any other room.
"""

import json
import os
import sys
import types
from pathlib import Path


def main() -> None:
    """Read the question and the file, lock the doors, look, answer."""
    _stand_in()
    from taicho.kernel.intake import lockdown

    lockdown.limit_early()
    question = json.loads(_read_exactly(int.from_bytes(_read_exactly(4), "big")))
    sys.path += question["paths"]
    data = _read_exactly(question["size"])
    from taicho.kernel.intake import examine

    examine.load_readers(data)
    held = lockdown.lock()
    answer = examine.answer(data, question)
    if question.get("tell"):
        answer["held"] = held
    _write(json.dumps(answer, ensure_ascii=True).encode("ascii"))


def _stand_in() -> None:
    here = Path(__file__).resolve().parent
    for name, place in (("taicho", here.parents[1]), ("taicho.kernel", here.parent), ("taicho.kernel.intake", here)):
        module = types.ModuleType(name)
        module.__path__ = [str(place)]
        sys.modules[name] = module


def _read_exactly(count: int) -> bytes:
    pieces, missing = [], count
    while missing:
        piece = os.read(0, min(missing, 1 << 20))
        if not piece:
            os._exit(2)
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)


def _write(answer: bytes) -> None:
    view = memoryview(answer)
    while view:
        view = view[os.write(1, view) :]
    os._exit(0)


if __name__ == "__main__":
    main()

"""The only door for bytes: `take_in` examines a file in a child process before anything of it is stored.

`from_upload` does the same for a Django upload; `exports` writes tables that cannot run; `secrecy` is the pure rule
for marks. Everything else in this room belongs to the child (see `child.py`) or to the way there (`worker.py`).
"""

from .answers import Cell, Sheet
from .door import Accepted, take_in
from .kinds import Kind, Read
from .secrecy import SecrecyMark, mark_in, mark_in_name
from .uploads import from_upload

__all__ = [
    "Accepted",
    "Cell",
    "Kind",
    "Read",
    "SecrecyMark",
    "Sheet",
    "from_upload",
    "mark_in",
    "mark_in_name",
    "take_in",
]

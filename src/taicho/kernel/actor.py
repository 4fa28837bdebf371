"""Who acts: a frozen value that organisation builds once per request and every question and policy takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from uuid import UUID


class Assurance(IntEnum):
    """How surely we know who sits there."""

    NONE = 0
    ONE_FACTOR = 1
    TWO_FACTORS = 2


@dataclass(frozen=True, slots=True)
class PathRange:
    """A unit with everything under it, as a half-open range of tree paths: `start <= path < end`."""

    start: str
    end: str

    @classmethod
    def under(cls, path: str) -> "PathRange":
        """The range of `path` and all its descendants (paths are ASCII capitals and digits)."""
        return cls(path, path + "\x7f")

    def __contains__(self, path: str) -> bool:
        return self.start <= path < self.end


@dataclass(frozen=True, slots=True)
class Capacity:
    """A hat (*tư cách*): one role held in one unit through a post, a standing body or a delegation."""

    key: UUID
    role: str
    unit: UUID
    reach: PathRange


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who acts, with every capacity held at this moment.

    `root` is the key of the top-level unit whose audit chain records what this actor does.
    """

    person: UUID | None = None
    root: UUID | None = None
    unit: UUID | None = None
    capacities: tuple[Capacity, ...] = ()
    assurance: Assurance = Assurance.NONE
    confirmed_at: datetime | None = None
    machine: str = ""

    @property
    def me(self) -> UUID:
        """The person's key for a query; the nil UUID, which names nobody, when nobody has signed in."""
        return self.person or UUID(int=0)

    @property
    def signed_in(self) -> bool:
        """True for a person who has signed in; False for a visitor and for the system itself."""
        return self.person is not None

    def reach(self, roles: Iterable[str]) -> tuple[PathRange, ...]:
        """Path ranges over which one of `roles` is held; empty when none is."""
        wanted = frozenset(roles)
        return tuple(c.reach for c in self.capacities if c.role in wanted)

    def holds(self, roles: Iterable[str], *, over: str | None = None) -> bool:
        """Whether one of `roles` is held, over the unit with tree path `over` when it is given."""
        return any(over is None or over in reach for reach in self.reach(roles))


ANONYMOUS = Actor()


def system(machine: str, *, root: UUID | None = None) -> Actor:
    """The actor of a step that no person takes; `machine` names the job (`sealer`, `import`)."""
    return Actor(machine=machine, root=root)

"""How far a role reaches, as tree paths. A path is a chain of steps of equal length; a prefix is an ancestor."""

from taicho.kernel.actor import PathRange
from taicho.organisation.enums import AGENCY_WIDE_ROLES

STEP = 4  # not a rule: characters of a step in the tree's paths

EVERYTHING = PathRange.under("")
"""The whole installation: what an administrator reaches before there is any unit to be a person of."""


def path_of_depth(path: str, depth: int) -> str:
    """The ancestor-or-self of `path` at `depth` (1 is the top)."""
    return path[: depth * STEP]


def depth_of(path: str) -> int:
    """How deep `path` lies; 1 is the top."""
    return len(path) // STEP


def ancestors_of(path: str) -> tuple[str, ...]:
    """Paths of the units above `path`, from the top; without `path` itself."""
    return tuple(path[:end] for end in range(STEP, len(path), STEP))


def reach_of_root(path: str) -> PathRange:
    """The whole tree that `path` belongs to."""
    return PathRange.under(path_of_depth(path, 1))


def reach_of(role: str, *, path: str, agency_path: str) -> PathRange:
    """The range over which `role`, held in the unit at `path` of the agency at `agency_path`, counts.

    Office, clerk, guard and the standing bodies work for the whole agency; every other role for its unit and below.
    """
    return PathRange.under(agency_path if role in AGENCY_WIDE_ROLES else path)

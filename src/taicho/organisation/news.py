"""What this area announces. Fields are keys, days and instants as text; never names."""

from dataclasses import dataclass

from taicho.kernel.news import News


@dataclass(frozen=True)
class UnitCreated(News):
    """A unit exists from a day."""

    unit: str
    on: str


@dataclass(frozen=True)
class UnitRenamed(News):
    """A unit has another name from a day; the unit stays the same."""

    unit: str
    on: str


@dataclass(frozen=True)
class UnitEnded(News):
    """A unit ends; `last_day` is its last day. Its successors, if any, have begun."""

    unit: str
    last_day: str
    successors: tuple[str, ...] = ()


@dataclass(frozen=True)
class StaffRegistered(News):
    """A person has joined the staff of a unit."""

    person: str
    unit: str
    at: str


@dataclass(frozen=True)
class PersonTransferred(News):
    """A member of staff has moved from one unit to another; old posts ended at that instant."""

    person: str
    from_unit: str
    to_unit: str
    at: str


@dataclass(frozen=True)
class ServiceEnded(News):
    """A person has left the staff."""

    person: str
    unit: str
    at: str


@dataclass(frozen=True)
class LodgingChanged(News):
    """A person stays in another commune: another health station is the one to tell (B5)."""

    person: str
    division: str


@dataclass(frozen=True)
class PostTaken(News):
    """A person holds a post."""

    post: str
    person: str
    unit: str
    role: str


@dataclass(frozen=True)
class PostEnded(News):
    """A person no longer holds a post."""

    post: str
    person: str
    unit: str
    role: str


@dataclass(frozen=True)
class DelegationGiven(News):
    """A post has been delegated."""

    delegation: str
    person: str


@dataclass(frozen=True)
class DelegationRevoked(News):
    """A delegation has ended before its time."""

    delegation: str
    person: str


@dataclass(frozen=True)
class StandingBodySetUp(News):
    """A standing body exists and works."""

    body: str
    unit: str


@dataclass(frozen=True)
class StandingBodyRecomposed(News):
    """A standing body has other members (kiện toàn)."""

    body: str
    composition: str


@dataclass(frozen=True)
class StandingBodyReactivated(News):
    """A standing body works again (kích hoạt lại)."""

    body: str
    activation: str


@dataclass(frozen=True)
class StandingBodyStoodDown(News):
    """A standing body has stopped working; its members lost its rights at that instant."""

    body: str
    at: str


@dataclass(frozen=True)
class ServiceAreaSet(News):
    """A commune is served by an authority from a day."""

    authority: str
    division: str
    valid_from: str


@dataclass(frozen=True)
class StaffImportConfirmed(News):
    """A long staff list has been confirmed and is to be written by the worker."""

    staff_import: str

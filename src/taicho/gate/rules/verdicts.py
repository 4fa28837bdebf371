"""From what is known about somebody at the gate to the word on the screen (ux.md 6; E1–E5, F1).

A restriction and a high temperature stop at once, whoever asked for what, and tell no reason. What a document asks is
judged by its clause, and only that clause is shown. Nobody is judged on the way out.
"""

from dataclasses import dataclass, field
from uuid import UUID

from taicho.gate.enums import Audience, GateVerdict, IfMissing, Need, Purpose, VisitMode
from taicho.gate.rules.requirements import Requirements


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the gate may know about somebody who shows a pass: booleans, never answers, figures or reasons.

    `high`: an open alert began with a temperature; `alert`: with anything, and the health post has not closed it.
    `serving`: still on the staff of the agency, or a visit that is not over. `excepted`: the verdicts for which the
    leader on duty let them in today; it waives no other. `on_roster` and `room_left` are None: the gate does not ask the
    roster yet, so nobody is stopped by a plan or by a cap.
    """

    audience: Audience
    serving: bool
    declared: bool = False
    restricted: bool = False
    high: bool = False
    alert: bool = False
    inside: bool = False
    excepted: frozenset[GateVerdict] = frozenset()
    purpose: str = Purpose.OFFICIAL
    host_confirmed: bool = False
    on_roster: bool | None = None
    room_left: bool | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """The word on the screen, the measures it is shown for, and what the guard still has to see or measure."""

    verdict: GateVerdict
    because: tuple[UUID, ...] = ()
    needs: tuple[Need, ...] = ()
    missing: tuple[Need, ...] = field(default=())


def judge(facts: Facts, asked: Requirements) -> Judgement:
    """What the screen says to somebody who wants to come in."""
    if not facts.serving:
        return Judgement(GateVerdict.UNKNOWN_CODE)
    if facts.restricted:
        return Judgement(GateVerdict.WAIT)
    if facts.high:
        return Judgement(GateVerdict.HIGH_TEMPERATURE, asked.because(Need.TEMPERATURE))
    if facts.alert:
        return Judgement(GateVerdict.WAIT)
    if facts.inside:
        return Judgement(GateVerdict.STILL_INSIDE)
    return _not_declared(facts, asked) or _not_received(facts, asked) or _no_place(facts) or _admitted(facts, asked)


def still_missing(asked: Requirements, done: frozenset[Need]) -> tuple[Need, ...]:
    """What a clause refuses entry without and the guard has not seen; what is only asked or noted never stops."""
    return tuple(
        need
        for need in (Need.TEMPERATURE, Need.MASK, Need.HAND_RUB)
        if asked.asks(need) and need not in done and asked.if_missing(need) is IfMissing.REFUSE
    )


def _not_declared(facts: Facts, asked: Requirements) -> Judgement | None:
    if not asked.asks(Need.DECLARATION) or facts.declared or GateVerdict.NOT_DECLARED in facts.excepted:
        return None
    if asked.if_missing(Need.DECLARATION) is IfMissing.NOTE:
        return None
    return Judgement(GateVerdict.NOT_DECLARED, asked.because(Need.DECLARATION))


def _not_received(facts: Facts, asked: Requirements) -> Judgement | None:
    """A visit that needs the host's word, or is not received at all, is settled at the gate before anybody enters."""
    if facts.audience is not Audience.VISITORS or GateVerdict.RECHECK in facts.excepted:
        return None
    mode = asked.mode(facts.purpose)
    because = tuple(asked.mode_reasons.get(facts.purpose, ()))
    if mode is VisitMode.FREE or (mode in (VisitMode.LIMITED, VisitMode.APPOINTMENT) and facts.host_confirmed):
        return None
    if mode is VisitMode.OFFICIAL_ONLY and facts.purpose == Purpose.OFFICIAL:
        return None
    return Judgement(GateVerdict.RECHECK, because)


def _no_place(facts: Facts) -> Judgement | None:
    """The plan of the day: who is not on it, and whether there is room under the cap."""
    if facts.audience is not Audience.STAFF:
        return None
    if facts.on_roster is False and GateVerdict.NOT_ON_ROSTER not in facts.excepted:
        return Judgement(GateVerdict.NOT_ON_ROSTER)
    full = facts.room_left is False and GateVerdict.AT_CAPACITY not in facts.excepted
    return Judgement(GateVerdict.AT_CAPACITY) if full else None


def _admitted(facts: Facts, asked: Requirements) -> Judgement:
    at_the_gate = (Need.TEMPERATURE, Need.MASK, Need.HAND_RUB, Need.DISTANCE)
    needs = tuple(need for need in at_the_gate if asked.asks(need))
    noted = (Need.DECLARATION,) if asked.asks(Need.DECLARATION) and not facts.declared else ()
    every = (*needs, *((Need.DECLARATION,) if asked.asks(Need.DECLARATION) else ()))
    return Judgement(GateVerdict.ADMIT, asked.because(*every), needs, noted)

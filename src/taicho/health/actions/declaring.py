"""Declare one's health for a day, correct it, or note a declaration made elsewhere (F1, F2)."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from taicho.health.actions.discharging import discharge_declaring
from taicho.health.actions.holding import agency_of, hold, open_alert, unit_of
from taicho.health.actions.temperatures import record_temperature
from taicho.health.models import Declaration, HealthAlert, Temperature
from taicho.health.queries.in_force import daily_declaration, due_at
from taicho.health.rules.answers import calls_for_help, checked, only_completes
from taicho.health.rules.questionnaire import latest
from taicho.kernel import audit, clock
from taicho.kernel.actor import Actor
from taicho.kernel.refusals import Conflict, Refusal
from taicho.kernel.saving import keep
from taicho.organisation.models import Person


@transaction.atomic
def declare(
    person: Person, *, by: Actor, client_id: UUID, day: date, answers: Mapping[str, bool],
    temperature: Decimal | None, at: datetime, device_at: datetime | None = None,
    corrects: Declaration | None = None, reason: str = "",
) -> Declaration:  # fmt: skip
    """Record the declaration of `day`; any "có" opens a health alert, a temperature is held against the threshold.

    The same declaration sent twice is one. A correction is a new row of the same day; after the hour it was due it
    gives a reason. Refused: wrong-day, unanswered, unknown-answer, bad-temperature, corrected-already, without-reason,
    health_declaration_sent_once, health_declaration_once_a_turn.
    """
    asked = latest()
    said = checked(asked, answers)
    person = hold(person)
    if (sent := Declaration.objects.filter(client_id=client_id).first()) is not None:
        return _same(sent, person, day, said, temperature)
    if day != clock.today(at):
        raise Refusal(_("Chỉ khai báo cho hôm nay. Mở lại trang khai báo."), code="wrong-day")
    declaration = Declaration(
        client_id=client_id, person=person, agency=agency_of(person), day=day, questionnaire=asked.version,
        answers=said, corrects=corrects, reason=_reason(corrects, said, person, reason, at), made_at=at,
        device_at=device_at, typed_by=by.person, turn=corrects.turn if corrects else _turn(person, day, at),
    )  # fmt: skip
    keep(declaration)
    audit.record("health.declare", by=by, of=declaration, unit=declaration.agency.key, facts={"day": str(day)})
    discharge_declaring(declaration, by=by, at=at)
    _answer_for_help(declaration, by=by, at=at)
    if temperature is not None:
        record_temperature(
            person,
            celsius=temperature,
            by=by,
            at=at,
            client_id=uuid5(client_id, "temperature"),
            declaration=declaration,
        )
    return declaration


@transaction.atomic
def record_outside_declaration(
    person: Person, *, by: Actor, shown: str, at: datetime, client_id: UUID, device_at: datetime | None = None
) -> Declaration:
    """Note that a person shows the declaration of the day made in `shown`, which the measure in force accepts (F2).

    A guard alone may accept this and nothing else. Refused: evidence-not-accepted, health_declaration_sent_once.
    """
    person = hold(person)
    if (sent := Declaration.objects.filter(client_id=client_id).first()) is not None:
        if sent.person_id != person.pk or sent.shown != shown:
            raise _conflict()
        return sent
    accepted = accepted_evidence(person, at)
    if shown not in accepted:
        words = ", ".join(accepted) or _("không có")
        sentence = _("Biện pháp đang có hiệu lực không chấp nhận bằng chứng này. Được chấp nhận: %(words)s.")
        raise Refusal(sentence % {"words": words}, code="evidence-not-accepted", field="shown")
    declaration = keep(
        Declaration(
            client_id=client_id, person=person, agency=agency_of(person), day=clock.today(at), shown=shown, made_at=at,
            device_at=device_at, typed_by=by.person,
        )
    )  # fmt: skip
    facts = {"day": str(declaration.day), "shown": shown}
    audit.record("health.accept_outside", by=by, of=declaration, unit=declaration.agency.key, facts=facts)
    discharge_declaring(declaration, by=by, at=at)
    return declaration


def accepted_evidence(person: Person, at: datetime) -> tuple[str, ...]:
    """Declarations made elsewhere that the measure in force for the person's unit accepts, by name."""
    effect = daily_declaration(person.home_unit, at) if person.home_unit else None
    return tuple(effect.params.get("accepted", ())) if effect else ()


def _same(
    sent: Declaration, person: Person, day: date, said: Mapping[str, bool], celsius: Decimal | None
) -> Declaration:  # fmt: skip
    """What was sent before, when it says the same. Refused: health_declaration_sent_once (Conflict)."""
    taken = Temperature.objects.filter(declaration=sent).first()
    told = (sent.person_id, sent.day, sent.answers, taken.celsius if taken else None)
    if told != (person.pk, day, said, celsius):
        raise _conflict()
    return sent


def _conflict() -> Conflict:
    name = "health_declaration_sent_once"
    told = next(one for one in Declaration._meta.constraints if one.name == name)
    return Conflict(str(told.get_violation_error_message()), code=name)


def _turn(person: Person, day: date, at: datetime) -> int:
    """Which declaration of the day this is: the next one while the measure asks more than there are, else the last."""
    effect = daily_declaration(person.home_unit, at) if person.home_unit else None
    asked = int(effect.params.get("times_per_day", 1)) if effect else 1
    made = Declaration.objects.filter(person=person, day=day, corrects=None, shown="").count()
    return min(made + 1, asked)


def _reason(
    corrects: Declaration | None, said: Mapping[str, bool], person: Person, reason: str, at: datetime
) -> str | None:
    """The reason of a correction, which is asked after the hour the declaration was due. Refused: see `declare`."""
    if corrects is None:
        return None
    if corrects.person_id != person.pk or corrects.day != clock.today(at):
        raise Refusal(_("Chỉ sửa được khai báo của hôm nay."), code="wrong-day")
    if Declaration.objects.filter(corrects=corrects).exists():
        raise Conflict(_("Khai báo này đã được sửa. Mở khai báo mới nhất để xem."), code="corrected-already")
    given = reason.strip()
    if not given and at >= due_at(unit_of(person), at) and not only_completes(said, corrects.answers or {}):
        raise Refusal(_("Đã quá giờ hạn: ghi lý do sửa."), code="without-reason", field="reason")
    return given or None


def _answer_for_help(declaration: Declaration, *, by: Actor, at: datetime) -> None:
    """Open an alert for a "có", unless one that began with a declaration is open for this person."""
    person = declaration.person
    open_ones = HealthAlert.objects.open().filter(person=person, declaration__isnull=False)
    if calls_for_help(declaration.answers) and not open_ones.exists():
        open_alert(person, declaration.agency, by=by, at=at, declaration=declaration)

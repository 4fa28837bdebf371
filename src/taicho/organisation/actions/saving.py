"""Write a record and let the database judge: a broken constraint becomes its Vietnamese sentence."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from taicho.kernel.refusals import Conflict, Refusal

M = TypeVar("M", bound=models.Model)
TREE_FIELDS = ("path", "depth", "numchild", "agency_path")


def keep(record: M) -> M:
    """Check the plain fields of `record`, then save it. Refused: bad-field, or the name of the broken constraint."""
    check_fields(record)
    with judged(type(record)):
        record.save()
    return record


def check_fields(record: models.Model) -> None:
    """Check lengths, choices and formats of the plain fields. Refused: bad-field (names the first one at fault)."""
    skipped = [f.name for f in record._meta.concrete_fields if f.is_relation or not f.editable or f.name in TREE_FIELDS]
    try:
        record.clean_fields(exclude=skipped)
    except ValidationError as wrong:
        raise _field_refusal(record, wrong) from wrong


class judged:  # noqa: N801 - reads as `with judged(Unit):`
    """A savepoint in which a broken constraint of `models` is refused with the sentence the model gives it."""

    def __init__(self, *kinds: type[models.Model]) -> None:
        self.kinds = kinds
        self.savepoint = transaction.atomic()

    def __enter__(self) -> None:
        self.savepoint.__enter__()

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        self.savepoint.__exit__(kind, error, trace)
        if isinstance(error, IntegrityError):
            raise _constraint_refusal(self.kinds, error) from error


def unchanged(record: M, *, seen: int) -> M:
    """The versioned record as it is now, held until the transaction ends. Refused: changed-meanwhile (Conflict)."""
    current = type(record)._default_manager.select_for_update().get(pk=record.pk)
    if current.version != seen:  # type: ignore[attr-defined]
        raise Conflict(
            _("Trong lúc đồng chí sửa, người khác đã lưu bản mới. Hãy xem hai bản và chọn bản giữ lại."),
            code="changed-meanwhile",
        )
    return current


def edit(record: M, changes: dict[str, Any], *, seen: int) -> dict[str, Any]:
    """Set `changes` on a versioned record that was read as version `seen`, and save it; return what really changed.

    Refused: changed-meanwhile (Conflict) when somebody else saved first; nothing is written then.
    """
    current = unchanged(record, seen=seen)
    changed = {name: value for name, value in changes.items() if getattr(current, name) != value}
    for name, value in changes.items():
        setattr(record, name, value)
    if changed:
        record.version = seen + 1  # type: ignore[attr-defined]
        keep(record)
    return changed


def plain(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts as plain JSON values for the audit commitment."""
    return {name: _plain(value) for name, value in facts.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return str(getattr(value, "key", value.pk))
    return value if isinstance(value, str | int | bool | type(None)) else str(value)


def _field_refusal(record: models.Model, wrong: ValidationError) -> Refusal:
    field, errors = next(iter(wrong.message_dict.items()))
    label = getattr(record._meta.get_field(field), "verbose_name", field)
    return Refusal(f"{str(label).capitalize()}: {errors[0]}", code="bad-field", field=field)


def _constraint_refusal(kinds: Iterable[type[models.Model]], error: IntegrityError) -> Refusal:
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    for kind in kinds:
        for constraint in kind._meta.constraints:
            if constraint.name == name:
                return Conflict(str(constraint.get_violation_error_message()), code=name)
    raise error

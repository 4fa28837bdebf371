"""Papers of the example: letters that came in, the measures confirmed of them, decisions of the office itself."""

from datetime import date
from importlib.resources import files
from typing import Any


def register_letter(plan: dict[str, Any], agency: Any, *, by: Any) -> Any:
    """Read an invented letter as the clerk would, enter it, and confirm the measures the plan names, clause by clause."""
    from taicho.directives.actions.registering import prepare_reading, register_read
    from taicho.directives.rules.reading.facts import facts_of
    from taicho.directives.rules.reading.stored import from_stored
    from taicho.kernel.intake import Kind, Read, take_in

    written = (files("taicho.cli.examples") / "papers" / plan["file"]).read_bytes()
    taken = take_in(written, name=plan["file"], accept=(Kind.TXT,), read=Read.TEXT, actor=by)
    pending = prepare_reading(taken, by=by, agency=agency)
    facts = facts_of(from_stored(pending.reading)) | {"arrived_on": plan["arrived_on"]}
    document = register_read(pending, by=by, facts=facts)
    for measure in plan["measures"]:
        confirm(document, measure, by=by)
    return document


def confirm(document: Any, plan: dict[str, Any], *, by: Any) -> None:
    """One measure of a clause, for the whole agency, from the day of the letter unless the plan says otherwise."""
    from taicho.directives.actions.measures import confirm_measure

    confirm_measure(
        document.clauses.get(path=plan["clause"]), by=by, kind=plan["kind"], params=plan.get("params", {}),
        force=plan.get("force", "require"), scope=[document.agency], from_day=plan.get("from", document.issued_on),
        until_day=plan.get("until"), capacity="Văn thư",
    )  # fmt: skip


def decide(plan: dict[str, Any], agency: Any, *, by: Any, since: date) -> None:
    """A rule the office gives itself, with its reason."""
    from taicho.directives.actions.measures import decide as decide_for_office

    decide_for_office(
        agency, by=by, kind=plan["kind"], params=plan["params"], subject=plan["subject"], reason=plan["reason"],
        from_day=since, capacity=plan["as"],
    )  # fmt: skip

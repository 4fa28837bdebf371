"""Put a measure in force beside the words that order it: choose the clause, the kind, then its parameters (A6)."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.directives import policies
from taicho.directives.actions.measures import confirm_measure, decide
from taicho.directives.enums import Force
from taicho.directives.models import Clause
from taicho.directives.queries.finding import find_document, find_own_agency
from taicho.directives.queries.measure_list import measure_rows
from taicho.directives.rules.kinds import KINDS, Kind
from taicho.directives.rules.reading.periods import period_in
from taicho.directives.rules.shifting import whole_weeks
from taicho.directives.web.forms.measure import ClauseMeasureForm, DecisionForm
from taicho.documents.models import IncomingDocument
from taicho.kernel import clock
from taicho.kernel.pages import page
from taicho.kernel.vietnamese import name_sort_key
from taicho.organisation.models import Unit
from taicho.organisation.queries.hats import wearer_of
from taicho.ui.asking import Question, ask, who


@page(read=policies.may_confirm, write=policies.may_confirm, find=find_document)
def confirm(request: HttpRequest, document: IncomingDocument) -> HttpResponse:
    """The document at the left, what is confirmed of it and the form at the right."""
    clause = next((one for one in document.clauses.all() if one.path == request.GET.get("muc")), None)
    kind = _kind_asked(request, by_office=False)
    if clause is None or kind is None:
        return render(request, "directives/confirm.html", _beside(document, clause))
    form = ClauseMeasureForm(
        request.POST or None, kind=kind, units=units_of(document.agency), initial=_proposed(clause, document)
    )

    def act(data: dict[str, Any]) -> str:
        confirm_measure(
            clause, by=who(request), kind=kind.name, params=form.stated, force=data["force"], scope=data["scope"],
            from_day=data["from_day"], until_day=data["until_day"], shift_weeks=data.get("shift_weeks") or 0,
            capacity=_hat(request), clause_seen=data["clause_version"],
        )  # fmt: skip
        return reverse("directives:confirm", args=[document.key])

    facts = _beside(document, clause) | {"kind": kind}
    back = f"{reverse('directives:confirm', args=[document.key])}?muc={clause.path}"
    question = Question(_("Xác nhận biện pháp"), _("Xác nhận có hiệu lực"), back)
    return ask(request, form, question, act, template="directives/confirm.html", context=facts)


@page(read=policies.may_decide, write=policies.may_decide, find=find_own_agency)
def decide_for_office(request: HttpRequest, agency: Unit) -> HttpResponse:
    """A rule the office gives itself because no document states it; every screen says so (D6)."""
    kind = _kind_asked(request, by_office=True)
    if kind is None:
        return render(request, "directives/decide.html", {"kinds": _kinds(by_office=True), "agency": agency})
    initial = {"scope": [agency.key], "from_day": clock.today(), "subject": kind.label}
    form = DecisionForm(request.POST or None, kind=kind, units=units_of(agency), initial=initial)

    def act(data: dict[str, Any]) -> str:
        measure = decide(
            agency, by=who(request), kind=kind.name, params=form.stated, subject=data["subject"],
            reason=data["reason"], from_day=data["from_day"], until_day=data["until_day"], scope=data["scope"],
            capacity=_hat(request),
        )  # fmt: skip
        return reverse("directives:measure", args=[measure.key])

    back = reverse("directives:measures")
    trail = [(_("Biện pháp"), back), (_("Quyết định của cơ quan"), "")]
    words = _("%(kind)s. Không có văn bản nào nêu; cơ quan tự quyết định và ghi lý do.") % {"kind": kind.label}
    return ask(request, form, Question(_("Quyết định của cơ quan"), _("Quyết định"), back, trail, words=words), act)


def units_of(agency: Unit) -> Any:
    """The agency and the departments under it that exist today."""
    inside = Unit.objects.filter(agency_path=agency.path).in_force(clock.today())
    return inside.order_by("path")


def _beside(document: IncomingDocument, clause: Clause | None) -> dict[str, Any]:
    """What stands beside the form: the clauses, the measures each has given, the kinds to choose from."""
    rows = [row for row in measure_rows(document.agency, clock.today()) if _orders(row.measure.clause, document)]
    by_clause: dict[int | None, list[Any]] = {}
    for row in rows:
        by_clause.setdefault(row.measure.clause_id, []).append(row)
    here = reverse("directives:document", args=[document.key])
    return {
        "document": document,
        "clauses": [(each, by_clause.get(each.pk, [])) for each in document.clauses.all()],
        "clause": clause,
        "rows": rows,
        "kinds": _kinds(by_office=False),
        "trail": [
            (_("Văn bản đến"), reverse("documents:register")), (document.title, here), (_("Xác nhận biện pháp"), ""),
        ],
    }  # fmt: skip


def _orders(clause: Clause | None, document: IncomingDocument) -> bool:
    return clause is not None and clause.document_id == document.pk


def _proposed(clause: Clause, document: IncomingDocument) -> dict[str, Any]:
    """What the form starts with: days the clause writes, the whole agency, the drill's shift."""
    period = period_in(clause.text, document.issued_on)
    first = period.first or document.issued_on
    return {
        "scope": [document.agency.key], "force": Force.REQUIRE, "from_day": first, "until_day": period.last,
        "clause_version": clause.version, "shift_weeks": _shift(document.issued_on) if settings.TAICHO_DRILL else 0,
    }  # fmt: skip


def _shift(written: date | None) -> int:
    return whole_weeks(written, clock.today()) if written else 0


def _kinds(*, by_office: bool) -> list[type[Kind]]:
    """Kinds to choose from, by their words: those the office decides itself stand first on its own page."""
    chosen = [kind for kind in KINDS.values() if by_office or not kind.by_office]
    return sorted(chosen, key=lambda kind: (by_office and not kind.by_office, _alphabetical(kind)))


def _alphabetical(kind: type[Kind]) -> list[str]:
    """Its words one after the other in the Vietnamese alphabet: Điều kiện before Giữ liên lạc."""
    return [name_sort_key(word) for word in str(kind.label).split()]


def _kind_asked(request: HttpRequest, *, by_office: bool) -> type[Kind] | None:
    kind = KINDS.get(request.GET.get("loai", ""))
    return kind if kind and (by_office or not kind.by_office) else None


def _hat(request: HttpRequest) -> str:
    """The capacity worn, in words."""
    hat = wearer_of(who(request)).hat
    return hat.title if hat else ""

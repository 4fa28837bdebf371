"""Pages about measures: the list of a day, one measure with its clause, taking it back, replacing another."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taicho.directives import policies
from taicho.directives.actions.measures import record_relation, withdraw
from taicho.directives.models import Measure
from taicho.directives.queries.finding import find_measure, find_own_agency
from taicho.directives.queries.measure_list import (
    MeasureRow,
    Standing,
    measure_rows,
    questions,
    standing_of,
    units_concerned,
)
from taicho.directives.web.forms.measure import RelationForm
from taicho.kernel import clock
from taicho.kernel.pages import page, signed_in
from taicho.organisation.models import Unit
from taicho.ui.asking import Question, ask, day_asked, who
from taicho.ui.choices import Choice
from taicho.ui.forms import ReasonForm

STATES = {
    Standing.NOW: gettext_lazy("Đang có hiệu lực"), Standing.COMING: gettext_lazy("Sắp có"), Standing.ENDING: gettext_lazy("Sắp hết"),
    Standing.ENDED: gettext_lazy("Đã hết"), Standing.WITHDRAWN: gettext_lazy("Đã rút"), Standing.UNDATED: gettext_lazy("Chưa có ngày"),
}  # fmt: skip


@page(read=signed_in, find=find_own_agency)
def measures(request: HttpRequest, agency: Unit) -> HttpResponse:
    """What holds in the own agency on a day, what comes, what ends; above it what only a person can settle."""
    day = day_asked(request)
    rows = measure_rows(agency, day)
    state = _state_asked(request)
    shown = [row for row in rows if row.standing in _states(state)]
    facts = {
        "agency": agency,
        "day": day,
        "rows": shown,
        "documents": len({row.measure.clause.document_id for row in shown if row.measure.clause}),
        "choices": _choices(rows, state, day.isoformat()),
        "questions": questions(units_concerned(rows), day),
        "may_decide": policies.may_decide.test(who(request), agency),
        "may_confirm": policies.may_confirm.test(who(request), agency),
    }
    return render(request, "directives/measures.html", facts)


@page(read=signed_in, find=find_measure)
def measure(request: HttpRequest, measure: Measure) -> HttpResponse:
    """One measure: what it says, the words that order it, since when, who confirmed it."""
    row = MeasureRow(measure, standing_of(measure, clock.today()), clock.today())
    facts = {
        "measure": measure,
        "row": row,
        "lifted_by": measure.lifted_by.select_related("measure__clause__document", "measure__decision"),
        "may_decide": policies.may_decide.test(who(request), measure) and not hasattr(measure, "withdrawal"),
        "may_confirm": policies.may_confirm.test(who(request), measure) and not hasattr(measure, "withdrawal"),
        "trail": [(_("Biện pháp"), reverse("directives:measures")), (row.kind, "")],
    }
    return render(request, "directives/measure.html", facts)


@page(read=policies.may_decide, write=policies.may_decide, find=find_measure)
def take_back(request: HttpRequest, measure: Measure) -> HttpResponse:
    """Take back a measure confirmed by mistake, with the reason."""
    back = _at(measure)
    question = Question(
        _("Rút biện pháp"), _("Rút"), back, [(_("Biện pháp"), reverse("directives:measures")), (_("Rút"), "")],
        words=MeasureRow(measure, Standing.NOW, clock.today()).kind,
        warning=_("Biện pháp hết hiệu lực ngay khi lưu. Dòng này và lý do vẫn đọc được."),
    )  # fmt: skip

    def act(data: dict[str, Any]) -> str:
        withdraw(measure, by=who(request), **data)
        return back

    return ask(request, ReasonForm(request.POST or None), question, act)


@page(read=policies.may_confirm, write=policies.may_confirm, find=find_measure)
def relate(request: HttpRequest, measure: Measure) -> HttpResponse:
    """Record that this measure replaces or suspends an older one of the same kind."""
    others = Measure.objects.visible_to(who(request)).filter(kind=measure.kind, withdrawal__isnull=True)
    others = others.exclude(pk=measure.pk).select_related("clause__document", "decision")
    back = _at(measure)
    question = Question(
        _("Thay thế, tạm dừng biện pháp khác"), _("Ghi quan hệ"), back,
        [(_("Biện pháp"), reverse("directives:measures")), (_("Thay thế"), "")],
        words=_("Chỉ ghi khi văn bản nói rõ. Không ghi thì biện pháp chặt hơn vẫn giữ hiệu lực."),
    )  # fmt: skip

    def act(data: dict[str, Any]) -> str:
        record_relation(measure, by=who(request), **data)
        return back

    return ask(request, RelationForm(request.POST or None, others=others), question, act)


def _at(measure: Measure) -> str:
    return reverse("directives:measure", args=[measure.key])


def _state_asked(request: HttpRequest) -> Standing:
    asked = request.GET.get("tt", "")
    return Standing(asked) if asked in set(Standing) else Standing.NOW


def _states(state: Standing) -> tuple[Standing, ...]:
    """A measure that ends soon is in force too."""
    return (Standing.NOW, Standing.ENDING) if state is Standing.NOW else (state,)


def _choices(rows: list[MeasureRow], state: Standing, day: str) -> list[Choice]:
    """The states with their counts; the rare ones only where there are any."""
    counts = Counter(row.standing for row in rows)
    counts[Standing.NOW] += counts[Standing.ENDING]
    rare = (Standing.WITHDRAWN, Standing.UNDATED)
    return [
        Choice(label=STATES[one], url=f"?tt={one}&ngay={day}", count=counts[one], chosen=one is state)
        for one in Standing
        if one not in rare or counts[one] or one is state
    ]

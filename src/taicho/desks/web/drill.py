"""The clock of a drill: look at it, let it go forward."""

from datetime import datetime, time, timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from taicho.desks.policies import may_set_drill_clock
from taicho.kernel import clock
from taicho.kernel.drill import set_drill_clock
from taicho.kernel.pages import page
from taicho.kernel.refusals import Refusal

SHORTCUTS = (time(5, 30), time(6), time(12), time(18))
"""Hours a drill likes to jump to (house D14); any other can be typed."""


class DrillClockForm(forms.Form):
    """To which hour, and how many days ahead."""

    hour = forms.TimeField(label=_("Tới giờ"), input_formats=["%H:%M", "%Hh%M", "%Hh"], widget=forms.TimeInput)
    days = forms.IntegerField(label=_("Sau bao nhiêu ngày"), min_value=0, max_value=400, initial=0)
    hour.widget.attrs["placeholder"] = ""

    def target(self, at: datetime) -> datetime:
        """The instant asked for: that hour today or, when it has passed and no day was given, tomorrow."""
        here = clock.local(at)
        wanted = datetime.combine(here.date(), self.cleaned_data["hour"], tzinfo=clock.HANOI)
        days = self.cleaned_data["days"] or (1 if wanted <= here else 0)
        return wanted + timedelta(days=days)


@page(read=may_set_drill_clock, write=may_set_drill_clock)
def drill_clock(request: HttpRequest) -> HttpResponse:
    """Show the drill clock and set it forward."""
    form = DrillClockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_drill_clock(to=form.target(clock.now()), by=request.actor)  # type: ignore[attr-defined]
            return redirect("desks:drill-clock")
        except Refusal as refusal:
            form.add_error("hour", refusal.sentence)
    context = {"form": form, "now": clock.now(), "real": clock.real_now(), "shortcuts": SHORTCUTS}
    return render(request, "desks/drill_clock.html", context, status=400 if form.errors else 200)

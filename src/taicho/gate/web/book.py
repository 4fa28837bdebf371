"""Who is inside, what happened today, and the visitor book with its file (E4, K7)."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from taicho.gate import policies
from taicho.gate.queries.book import Visitor, agencies_read, entries_of, figures, names_of, present_at, visitor_book
from taicho.gate.web.device import device_of
from taicho.kernel import audit, clock
from taicho.kernel.intake.exports import write_csv, write_sheet
from taicho.kernel.pages import page
from taicho.organisation.models import Site
from taicho.ui.asking import day_asked, who

SHOWN_ENTRIES = 200
KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@page(read=policies.may_read_book)
def present(request: HttpRequest) -> HttpResponse:
    """Who is in the house now: at the site of this device, or at every site one sees."""
    at, device = clock.now(), device_of(request)
    sites = [device.gate.site] if device else list(Site.objects.visible_to(who(request)).order_by("name"))
    houses = []
    for site in sites:
        people = present_at(who(request), site, at)
        if people:
            unit = site.holder.agency.key if site.holder else None
            audit.record_reading("gate.read_inside", by=who(request), of=site, unit=unit)
        houses.append({"site": site, "people": people, **figures(site, at)})
    return render(request, "gate/inside.html", {"houses": houses, "device": device, "at": at})


@page(read=policies.may_read_book)
def book(request: HttpRequest) -> HttpResponse:
    """The visitor book and the passings of a day."""
    day = day_asked(request)
    _log(request, "gate.read_book", day)
    entries = list(entries_of(who(request), day)[:SHOWN_ENTRIES])
    names = names_of(entry.person for entry in entries)
    facts = {
        "day": day,
        "visitors": visitor_book(who(request), day),
        "entries": [(entry, names[entry.person_id]) for entry in entries],
        "device": device_of(request),
    }
    return render(request, "gate/book.html", facts)


@page(read=policies.may_read_book)
def book_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The visitor book of a day as a file; no cell of it can run. Taking it away is written into the trail."""
    if kind not in KINDS:
        raise Http404
    day = day_asked(request)
    rows = [_line(one) for one in visitor_book(who(request), day)]
    header = [_("Giờ"), _("Họ và tên"), _("Năm sinh"), _("Nơi cư trú"), _("Đơn vị công tác"), _("Số điện thoại"),
              _("Người tiếp"), _("Đến vì"), _("Vào"), _("Ra")]  # fmt: skip
    content = (
        write_sheet(rows, header=header, title=_("Sổ theo dõi khách"))
        if kind == "xlsx"
        else write_csv(rows, header=header)
    )
    _log(request, "gate.export_book", day)
    answer = HttpResponse(content, content_type=KINDS[kind])
    answer["Content-Disposition"] = f'attachment; filename="so-theo-doi-{day.isoformat()}.{kind}"'
    return answer


def _log(request: HttpRequest, verb: str, day: date) -> None:
    """Keep in the read-log who saw the names of a day, in the name of each agency whose book it is."""
    for agency in agencies_read(who(request)):
        audit.record_reading(verb, by=who(request), of=agency, unit=agency.key, facts={"day": str(day)})


def _line(one: Visitor) -> list[str]:
    def hour(at: object) -> str:
        return clock.local(at).strftime("%H:%M") if at else ""  # type: ignore[arg-type]

    facts = [one.name, one.birth_year, one.residence, one.employer, one.phone, one.host, one.purpose]
    return [hour(one.at), *facts, hour(one.came), hour(one.went)]

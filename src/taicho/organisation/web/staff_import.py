"""Pages of the staff list import: the file, the preview, the confirmation, what became of it (ux.md 14)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.kernel import clock
from taicho.kernel.actor import Actor
from taicho.kernel.intake import Kind, Read, from_upload
from taicho.kernel.intake.exports import write_sheet
from taicho.kernel.pages import page
from taicho.kernel.refusals import Refusal
from taicho.organisation.actions.import_staff import answer_import, drop_import, prepare_import, start_import
from taicho.organisation.models import StaffImport, Unit
from taicho.organisation.policies import may_keep_register
from taicho.organisation.queries.staff_import import (
    Preview,
    Verdict,
    agencies_kept_by,
    judge,
    lists_waiting_for,
    units_of_agency,
)
from taicho.organisation.rules.staff_sheet import ReadRow
from taicho.organisation.rules.staff_sheet.limits import PREVIEW_ROWS
from taicho.organisation.rules.staff_sheet.papers import ROW_WIDTH, TEMPLATE, WHY_WIDTH, errors_as_table
from taicho.organisation.web.forms.staff_import import AnswersForm, ListForm
from taicho.ui.choices import Choice, Step

TABLES = frozenset({Kind.XLSX, Kind.CSV})
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def find_import(actor: Actor, key: UUID) -> StaffImport:
    """A list of an agency whose register the actor keeps; raises DoesNotExist."""
    return StaffImport.objects.visible_to(actor).select_related("agency", "unit").get(key=key)


@page(read=may_keep_register, write=may_keep_register)
def upload(request: HttpRequest) -> HttpResponse:
    """Choose the agency and the file; what was read waits for the confirmation."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    agencies = agencies_kept_by(actor, clock.today())
    home = Unit.objects.filter(key=actor.unit).first() if actor.unit else None
    only = agencies.get() if agencies.count() == 1 else None
    own = only or (agencies.filter(path=home.agency_path).first() if home else None)
    form = ListForm(request.POST or None, request.FILES or None, agencies=agencies, home=own)
    if request.method == "POST" and form.is_valid():
        try:
            pending = _read(form, actor)
        except Refusal as refusal:
            form.add_error("file", refusal.sentence)
        else:
            return redirect("organisation:staff-import", key=pending.key)
    facts = {"form": form, "waiting": lists_waiting_for(actor), "steps": _steps(), "only_one": only is not None}
    return render(request, "organisation/staff_import_upload.html", facts, status=400 if form.errors else 200)


@page(read=may_keep_register, write=may_keep_register, find=find_import)
def staff_import(request: HttpRequest, pending: StaffImport) -> HttpResponse:
    """The list: its preview, how far its writing is, or what became of it. POST confirms it."""
    if request.method == "POST":
        pending = start_import(pending, by=request.actor)  # type: ignore[attr-defined]
        return redirect("organisation:staff-import", key=pending.key)
    if pending.confirmed_at:
        return render(request, "organisation/staff_import_result.html", _result(pending))
    if pending.is_under_way:
        return render(request, "organisation/staff_import_progress.html", _progress(pending))
    if pending.rows is None:
        return render(request, "organisation/staff_import_over.html", {"pending": pending})
    return render(request, "organisation/staff_import_preview.html", _preview(request, pending))


@page(write=may_keep_register, find=find_import)
def answers(request: HttpRequest, pending: StaffImport) -> HttpResponse:
    """Keep the choices made in the preview."""
    form = AnswersForm(request.POST, preview=judge(pending), units=_units(pending))
    if form.is_valid():
        units, rows = form.unit_answers(), form.row_answers()
        answer_import(pending, by=request.actor, units=units, rows=rows)  # type: ignore[attr-defined]
        messages.success(request, _("Đã lưu các lựa chọn."))
    else:
        messages.error(request, _("Có lựa chọn không hợp lệ. Hãy chọn lại."))
    return redirect("organisation:staff-import", key=pending.key)


@page(write=may_keep_register, find=find_import)
def drop(request: HttpRequest, pending: StaffImport) -> HttpResponse:
    """Forget a list that is not wanted."""
    drop_import(pending, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("Đã bỏ danh sách. Không có gì được ghi vào sổ."))
    return redirect("organisation:staff-imports")


@page(read=may_keep_register, find=find_import)
def progress(request: HttpRequest, pending: StaffImport) -> HttpResponse:
    """The bar alone, asked for every second; when the list is written the whole page comes anew."""
    response = render(request, "organisation/staff_import_bar.html", _progress(pending))
    if not pending.is_under_way:
        response["HX-Refresh"] = "true"
    return response


@page(read=may_keep_register)
def template(request: HttpRequest) -> HttpResponse:
    """The empty sheet for an office that has no list of its own."""
    widths = dict(enumerate(TEMPLATE.values()))
    return _sheet(
        write_sheet([], header=list(TEMPLATE), title="Danh sách cán bộ", widths=widths), "mau-danh-sach-can-bo"
    )


@page(read=may_keep_register, find=find_import)
def errors(request: HttpRequest, pending: StaffImport) -> HttpResponse:
    """The rows that were not taken, each with its reason, ready to be corrected and given back."""
    header, rows = errors_as_table(_left(pending))
    content = write_sheet(rows, header=header, title="Chưa nhập", widths={0: WHY_WIDTH, 1: ROW_WIDTH})
    return _sheet(content, "hang-chua-nhap")


def _read(form: ListForm, actor: Actor) -> StaffImport:
    file = from_upload(form.cleaned_data["file"], accept=TABLES, read=Read.ROWS, actor=actor.person)
    agency = form.cleaned_data["agency"]
    may_keep_register.permit(actor, agency)
    return prepare_import(file, by=actor, agency=agency)


def _units(pending: StaffImport) -> list[Unit]:
    return list(units_of_agency(pending.agency, clock.today()))


def _preview(request: HttpRequest, pending: StaffImport) -> dict[str, Any]:
    preview = judge(pending)
    wanted = request.GET.get("loc", "")
    rows = [one for one in preview.rows if wanted in ("", one.verdict)]
    taken = sum(one.is_taken for one in preview.rows)
    return {
        "pending": pending, "preview": preview, "taken": taken, "left": len(preview.rows) - taken,
        "form": AnswersForm(preview=preview, units=_units(pending)),
        "page": Paginator(rows, PREVIEW_ROWS).get_page(request.GET.get("page")),
        "choices": _choices(pending, preview, wanted), "chosen": wanted, "steps": _steps(), "current": 2,
    }  # fmt: skip


def _choices(pending: StaffImport, preview: Preview, wanted: str) -> list[Choice]:
    """What the preview can be narrowed to: everything, then each verdict that occurs."""
    address = reverse("organisation:staff-import", kwargs={"key": pending.key})
    labels = {
        Verdict.ASKS: _("Cần chọn"), Verdict.REFUSED: _("Chưa nhận"), Verdict.NEW: _("Thêm mới"),
        Verdict.UPDATE: _("Cập nhật"), Verdict.UNCHANGED: _("Không đổi"),
    }  # fmt: skip
    every = Choice(_("Tất cả"), address, len(preview.rows), not wanted)
    return [every] + [
        Choice(label, f"{address}?loc={verdict}", preview.counts[verdict], wanted == verdict)
        for verdict, label in labels.items() if preview.counts[verdict]
    ]  # fmt: skip


def _progress(pending: StaffImport) -> dict[str, Any]:
    told = getattr(pending, "progress", None)
    done = pending.rows_read if pending.confirmed_at else told.done if told else 0
    return {"pending": pending, "done": done, "steps": _steps(), "current": 3}


def _result(pending: StaffImport) -> dict[str, Any]:
    figures = [
        (pending.added, _("thêm mới")), (pending.updated, _("cập nhật")), (pending.unchanged, _("không đổi")),
        (pending.refused, _("chưa nhập")),
    ]  # fmt: skip
    return {
        "pending": pending,
        "figures": figures,
        "left": _left(pending)[:PREVIEW_ROWS],
        "steps": _steps(),
        "current": 4,
    }


def _left(pending: StaffImport) -> list[ReadRow]:
    """The rows that were not taken, or would not be if the list were confirmed now."""
    if pending.confirmed_at:
        return [ReadRow.from_json(kept) for kept in pending.rows or ()]
    left = [one for one in judge(pending).rows if not one.is_taken]
    for one in left:
        if not one.row.faults:
            one.row.refuse(one.code, " ".join(one.sentences))
    return [one.row for one in left]


def _steps() -> list[Step]:
    return [Step(_("Chọn tệp"), reverse("organisation:staff-imports")), Step(_("Xem trước")), Step(_("Nhập"))]


def _sheet(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=SHEET)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    response["Cache-Control"] = "no-store"
    return response

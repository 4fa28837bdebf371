"""Pages that enter a document: take a file in, compare what was read with the original, register it (A1, A2; ux.md 4)."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.directives.actions.registering import drop_reading, prepare_reading, register_by_hand, register_read
from taicho.directives.models import PendingReading
from taicho.directives.queries.document_page import find_pending, readings_waiting_for
from taicho.directives.rules.reading.facts import facts_of
from taicho.directives.rules.reading.stored import from_stored
from taicho.directives.web.comparing import beside
from taicho.directives.web.forms.reading import HandForm, TakeForm
from taicho.documents.actions.registering import AlreadyRegistered
from taicho.documents.addresses import page_of
from taicho.documents.models import IncomingDocument
from taicho.documents.policies import may_register
from taicho.documents.queries.register import (
    agencies_registered_by,
    alike_document,
    document_with_file,
    same_document,
)
from taicho.documents.web.forms.incoming import IncomingForm
from taicho.kernel import clock
from taicho.kernel.actor import Actor
from taicho.kernel.intake import Accepted, Kind, Read, from_upload, take_in
from taicho.kernel.pages import page
from taicho.kernel.refusals import Refusal
from taicho.organisation.models import Unit
from taicho.ui.asking import Question, ask, put, who

ANOTHER = "khac"
"""The button by which the clerk says that a line that is alike holds another document."""
WRITTEN = frozenset({Kind.TXT, Kind.DOCX, Kind.ODT, Kind.PDF})


@page(read=may_register, write=may_register)
def take(request: HttpRequest) -> HttpResponse:
    """Choose a file or paste the text; what was read of it waits for the comparison."""
    actor = who(request)
    form = TakeForm(request.POST or None, request.FILES or None, agencies=agencies_registered_by(actor, clock.today()))
    facts: dict[str, Any] = {"form": form, "trail": _trail(_("Vào sổ")), "waiting": readings_waiting_for(actor)}
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                pending = _prepared(form.cleaned_data, actor)
        except Refusal as refusal:
            if isinstance(refusal, AlreadyRegistered):
                facts["known"] = Known(refusal.document, page_of(refusal.document), alike=False)
            put(form, refusal if refusal.field else _at_source(refusal, form))
        else:
            return redirect("directives:reading", key=pending.key)
    return render(request, "directives/take_document.html", facts, status=400 if form.errors else 200)


@page(read=may_register, write=may_register, find=find_pending)
def reading(request: HttpRequest, pending: PendingReading) -> HttpResponse:
    """The original at the left, what was read of it at the right; saving enters it in the register."""
    if pending.document is not None:
        return redirect(page_of(pending.document))
    if not pending.is_waiting:
        return render(request, "directives/reading_over.html", {"trail": _trail(_("Vào sổ"))})
    read = from_stored(pending.reading)
    form = IncomingForm(request.POST or None, initial={"arrived_on": clock.today()} | facts_of(read))
    question = Question(_("Đối chiếu và vào sổ"), _("Vào sổ"), reverse("directives:take-document"), _trail(_("Vào sổ")))
    facts = beside(pending, read, form) | {"known": partial(_known, form, pending.agency, pending.sha256)}

    def act(_data: dict[str, Any]) -> str:
        return page_of(register_read(pending, by=who(request), facts=form.changes, knowingly=ANOTHER in request.POST))

    return ask(request, form, question, act, template="directives/reading.html", context=facts)


@page(write=may_register, find=find_pending)
def drop(request: HttpRequest, pending: PendingReading) -> HttpResponse:
    """Forget a document that is not wanted."""
    drop_reading(pending, by=who(request))
    messages.success(request, _("Đã bỏ văn bản đang chờ. Không có gì được ghi vào sổ."))
    return redirect("directives:take-document")


@page(read=may_register, write=may_register)
def by_hand(request: HttpRequest) -> HttpResponse:
    """Enter a document that came without a file."""
    actor = who(request)
    agencies = agencies_registered_by(actor, clock.today())
    form = HandForm(request.POST or None, agencies=agencies, initial={"arrived_on": clock.today()})
    back = reverse("directives:take-document")
    words = _("Dùng khi chỉ có bản giấy hoặc điện thoại báo. Có tệp thì đưa tệp vào để máy đọc.")
    question = Question(_("Nhập tay văn bản đến"), _("Vào sổ"), back, _trail(_("Nhập tay"), vao_so=back), words=words)

    def act(data: dict[str, Any]) -> str:
        text = _typed(data["text"], actor).text if data["text"].strip() else ""
        facts: dict[str, Any] = {"agency": data["agency"], "facts": form.changes, "text": text or ""}
        return page_of(register_by_hand(by=actor, knowingly=ANOTHER in request.POST, **facts))

    return ask(
        request, form, question, act, template="directives/by_hand.html", context={"known": partial(_known, form)}
    )


def _prepared(data: dict[str, Any], actor: Actor) -> PendingReading:
    """Through the door of all bytes, pasted text too: a secret paper is refused the same way (L1, D12)."""
    if data["file"]:
        file = from_upload(data["file"], accept=WRITTEN, read=Read.TEXT, actor=actor.person)
        return prepare_reading(file, by=actor, agency=data["agency"])
    return prepare_reading(_typed(data["text"], actor), by=actor, agency=data["agency"], pasted=True)


def _typed(text: str, actor: Actor) -> Accepted:
    return take_in(text.encode(), name="noi-dung.txt", accept={Kind.TXT}, read=Read.TEXT, actor=actor.person)


def _at_source(refusal: Refusal, form: TakeForm) -> Refusal:
    """The door's refusal at the field the bytes came from."""
    field = "file" if form.cleaned_data.get("file") else "text"
    return Refusal(refusal.sentence, code=refusal.code, field=field)


@dataclass(frozen=True, slots=True)
class Known:
    """A line of the register that holds this document, or (`alike`) may hold it under another spelling."""

    document: IncomingDocument
    address: str
    alike: bool


def _known(form: IncomingForm, agency: Unit | None = None, sha256: str = "") -> Known | None:
    """The line of the register that already holds this document or file, once saving was refused."""
    if not (form.is_bound and form.errors):
        return None
    agency = agency or form.cleaned_data.get("agency")
    if agency is None:
        return None
    same = (document_with_file(agency, sha256) if sha256 else None) or same_document(agency, form.cleaned_data)
    found = same or alike_document(agency, form.cleaned_data)
    return Known(found, page_of(found), alike=same is None) if found else None


def _trail(last: str, vao_so: str = "") -> list[tuple[str, str]]:
    entry = [(_("Vào sổ"), vao_so)] if vao_so else []
    return [(_("Văn bản đến"), reverse("documents:register")), *entry, (last, "")]

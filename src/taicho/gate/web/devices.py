"""Gate devices: the office invites one, the guard enrols it on the spot, the office revokes it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from taicho.gate import policies
from taicho.gate.actions.devices import enrol_device, invite_device, revoke_device
from taicho.gate.models import GateDevice
from taicho.gate.queries.finding import find_device
from taicho.gate.rules.codes import grouped
from taicho.gate.rules.drawing import qr
from taicho.gate.web.device import device_of, give_token
from taicho.gate.web.forms import DeviceForm, EnrolForm
from taicho.kernel import clock
from taicho.kernel.pages import page
from taicho.kernel.refusals import NotPermitted, Refusal
from taicho.organisation.models import Gate
from taicho.ui.asking import Question, ask, put, who


@page(read=policies.may_keep_devices)
def devices(request: HttpRequest) -> HttpResponse:
    """The devices of the agencies one keeps, and the gates with their posters."""
    kept = _kept_gates(request)
    found = GateDevice.objects.visible_to(who(request)).filter(gate__in=kept).select_related("gate__site")
    return render(request, "gate/devices.html", {"devices": found, "gates": kept, "at": clock.now()})


@page(read=policies.may_keep_devices, write=policies.may_keep_devices)
def new(request: HttpRequest) -> HttpResponse:
    """Invite a device to a gate."""
    back = reverse("gate:devices")
    kept = Gate.objects.filter(pk__in=[gate.pk for gate in _kept_gates(request)])
    form = DeviceForm(request.POST or None, gates=kept)
    title = _("Thêm thiết bị cổng")
    question = Question(title, _("Cấp mã ghi nhận"), back, [(_("Thiết bị cổng"), back), (title, "")])

    def invite(said: dict) -> str:
        invited = invite_device(said["gate"], by=who(request), name=said["name"], at=clock.now())
        return reverse("gate:device", args=[invited.key])

    return ask(request, form, question, invite)


@page(read=policies.may_keep_devices, write=policies.may_keep_devices, find=find_device)
def device(request: HttpRequest, device: GateDevice) -> HttpResponse:
    """One device: its invitation as long as it lives; a press revokes it."""
    if request.method == "POST":
        revoke_device(device, by=who(request), at=clock.now())
        messages.success(request, _("Đã thu hồi thiết bị."))
        return redirect("gate:devices")
    facts = {"device": device, "open": device.may_be_enrolled(clock.now()), "code": grouped(device.invitation)}
    if facts["open"]:
        address = request.build_absolute_uri(reverse("gate:enrol"))
        facts |= {"address": address, "picture": qr(f"{address}?ma={device.invitation}")}
    return render(request, "gate/device.html", facts)


@page(read=policies.may_guard, write=policies.may_guard)
def enrol(request: HttpRequest) -> HttpResponse:
    """Take this browser as a gate device, with a code of the office."""
    form = EnrolForm(request.POST or None, initial={"code": request.GET.get("ma", "")[:20]})
    if request.method == "POST" and form.is_valid():
        try:
            _device, token = enrol_device(form.cleaned_data["code"], by=who(request), at=clock.now())
            return give_token(redirect("gate:scan"), token)
        except NotPermitted:
            raise
        except Refusal as refusal:
            put(form, refusal)
    facts = {"form": form, "here": device_of(request)}
    return render(request, "gate/enrol.html", facts, status=400 if form.errors else 200)


def _kept_gates(request: HttpRequest) -> list[Gate]:
    """Gates whose devices and posters the actor keeps."""
    seen = Gate.objects.visible_to(who(request)).select_related("site").order_by("site__name", "name")
    return [gate for gate in seen if policies.may_keep_devices.test(who(request), gate)]

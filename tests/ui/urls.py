"""The addresses of the tests of this room: its own pages, an entrance, and two forms."""

from django.http import HttpResponse
from django.urls import include, path

from taicho.kernel.pages import anyone, page
from taicho.ui.specimens import SampleForm, everything
from tests.ui.rendering import response


@page(read=anyone)
def entrance(request):
    return HttpResponse("Đăng nhập")


FORM = """{% extends "ui/base.html" %}{% block title %}Nhập khách{% endblock %}{% block page %}<h1>Nhập khách</h1>
<c-form :form="form" draft="sample" verb="Gửi"><c-slot name="fields"><c-field :field="form.name" />
<c-field :field="form.phone" private /><label for="secret">Mật khẩu</label>
<input id="secret" name="secret" type="password">
</c-slot></c-form>{% endblock %}"""


@page(read=anyone)
def sample_draft(request):
    return response(request, FORM, form=SampleForm())


@page(read=anyone)
def sample_wrong(request):
    return response(request, FORM, form=everything()["wrong"])


urlpatterns = [
    path("", include("taicho.ui.web.urls")),
    path("vao", entrance, name="account_login"),
    path("sample-draft", sample_draft),
    path("sample-wrong", sample_wrong),
]

handler404 = "taicho.ui.web.errors.not_found"
handler500 = "taicho.ui.web.errors.broken"

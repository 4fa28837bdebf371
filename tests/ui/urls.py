"""The addresses of the tests of this room: its own pages, an entrance."""

from django.http import HttpResponse
from django.urls import include, path

from taicho.kernel.pages import anyone, page


@page(read=anyone)
def entrance(request):
    return HttpResponse("Đăng nhập")


urlpatterns = [
    path("", include("taicho.ui.web.urls")),
    path("vao", entrance, name="account_login"),
]

handler404 = "taicho.ui.web.errors.not_found"
handler500 = "taicho.ui.web.errors.broken"

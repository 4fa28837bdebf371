"""The addresses of the tests of the door: the door itself, the shell, and a few pages behind it."""

from django.http import HttpResponse
from django.urls import include, path

from taicho.accounts.confirm import confirm_first
from taicho.accounts.policies import recently_confirmed, with_two_factors
from taicho.kernel.pages import page, signed_in


@page(read=signed_in)
def home(request):
    return HttpResponse(f"Trang của tôi: {request.user.name}")


@page(read=signed_in, write=signed_in)
@confirm_first
def weighty(request):
    return HttpResponse(f"Đã làm việc quan trọng: {request.method} {request.POST.get('why', '')}")


@page(read=recently_confirmed)
def only_confirmed(request):
    return HttpResponse("Vừa xác nhận")


@page(read=with_two_factors)
def only_two_factors(request):
    return HttpResponse("Hai lớp xác thực")


urlpatterns = [
    path("favicon.ico", lambda request: HttpResponse(status=204)),
    path("", home, name="home"),
    path("viec-quan-trong", weighty, name="weighty"),
    path("vua-xac-nhan", only_confirmed, name="only-confirmed"),
    path("hai-lop", only_two_factors, name="only-two-factors"),
    path("", include("taicho.accounts.web.urls")),
    path("", include("taicho.ui.web.urls")),
]

"""Routes of the whole house: one include per area, addresses in unaccented Vietnamese (ux.md 3)."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("taicho.desks.web.urls")),
    path("", include("taicho.ui.web.urls")),
    path("", include("taicho.accounts.web.urls")),
    path("", include("taicho.organisation.web.urls")),
]

handler400 = "taicho.ui.web.errors.bad_request"
handler403 = "taicho.ui.web.errors.forbidden"
handler404 = "taicho.ui.web.errors.not_found"
handler500 = "taicho.ui.web.errors.broken"

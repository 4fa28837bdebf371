"""Routes of the whole house: one include per area, addresses in unaccented Vietnamese (ux.md 3)."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("taicho.desks.web.urls")),
    path("", include("taicho.ui.web.urls")),
    path("", include("taicho.accounts.web.urls")),
    path("", include("taicho.organisation.web.urls")),
    path("", include("taicho.documents.web.urls")),
    path("", include("taicho.messaging.web.urls")),
    path("", include("taicho.directives.web.urls")),
    path("", include("taicho.duties.web.urls")),
    path("", include("taicho.presence.web.urls")),
    path("", include("taicho.health.web.urls")),
    path("", include("taicho.roster.web.urls")),
    path("", include("taicho.gate.web.urls")),
]

handler400 = "taicho.ui.web.errors.bad_request"
handler403 = "taicho.ui.web.errors.forbidden"
handler404 = "taicho.ui.web.errors.not_found"
handler500 = "taicho.ui.web.errors.broken"

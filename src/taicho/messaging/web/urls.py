"""Addresses of messaging. The inbox itself is the page "Việc của tôi" of duties."""

from django.urls import URLPattern, path

from taicho.messaging.web import receipts

app_name = "messaging"

urlpatterns: list[URLPattern] = [
    path("tin/<uuid:key>", receipts.seen, name="seen"),
]

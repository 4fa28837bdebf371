"""Addresses of documents, in unaccented Vietnamese (ux.md 3)."""

from django.urls import path

from taicho.documents.web import register

app_name = "documents"

urlpatterns = [
    path("van-ban-den", register.register, name="register"),
    path("van-ban-den/<uuid:key>/sua", register.correct, name="correct"),
    path("van-ban-den/<uuid:key>/huy", register.strike_out, name="strike-out"),
    path("van-ban-den/tep/<uuid:key>", register.file, name="file"),
]

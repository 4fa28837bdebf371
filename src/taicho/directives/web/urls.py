"""Addresses of directives, in unaccented Vietnamese (ux.md 3)."""

from django.urls import path

from taicho.directives.web import confirming, correcting, documents, measures, reading

app_name = "directives"

urlpatterns = [
    path("van-ban-den/vao-so", reading.take, name="take-document"),
    path("van-ban-den/vao-so/<uuid:key>", reading.reading, name="reading"),
    path("van-ban-den/vao-so/<uuid:key>/bo", reading.drop, name="drop-reading"),
    path("van-ban-den/nhap-tay", reading.by_hand, name="register-by-hand"),
    path("van-ban-den/<uuid:key>", documents.document, name="document"),
    path("van-ban-den/<uuid:key>/bien-phap", confirming.confirm, name="confirm"),
    path("van-ban-den/muc/<uuid:key>/sua", correcting.correct, name="correct-clause"),
    path("bien-phap", measures.measures, name="measures"),
    path("bien-phap/<uuid:key>", measures.measure, name="measure"),
    path("bien-phap/<uuid:key>/rut", measures.take_back, name="withdraw-measure"),
    path("bien-phap/<uuid:key>/thay-the", measures.relate, name="relate-measure"),
    path("quyet-dinh-cua-co-quan/moi", confirming.decide_for_office, name="decide"),
]

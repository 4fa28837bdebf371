"""Addresses of duties."""

from django.urls import path

from taicho.duties.web import answers, excusing, following, work

app_name = "duties"

urlpatterns = [
    path("viec-cua-toi", work.my_work_page, name="my-work"),
    path("viec-cua-don-vi", following.unit_work, name="unit-work"),
    path("viec/<uuid:key>", answers.answer, name="work"),
    path("viec/<uuid:key>/mien", excusing.excuse, name="exempt"),
    path("viec/<uuid:key>/bo-mien", excusing.end_excuse, name="owe-again"),
    path("van-ban-den/<uuid:key>/tien-do", following.document_progress, name="progress"),
]

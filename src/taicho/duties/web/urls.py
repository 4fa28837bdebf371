"""Addresses of duties."""

from django.urls import path

from taicho.duties.web import answers, work

app_name = "duties"

urlpatterns = [
    path("viec-cua-toi", work.my_work_page, name="my-work"),
    path("viec/<uuid:key>", answers.answer, name="work"),
]

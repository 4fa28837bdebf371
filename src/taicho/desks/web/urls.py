"""Addresses of the desks."""

from django.urls import path

from taicho.desks.web import drill, home, system

app_name = "desks"

urlpatterns = [
    path("", home.home, name="home"),
    path("dien-tap", drill.drill_clock, name="drill-clock"),
    path("he-thong", system.system, name="system"),
]

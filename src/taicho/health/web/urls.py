"""Addresses of health, in unaccented Vietnamese (ux.md 3)."""

from django.urls import path

from taicho.health.web import declarations, declaring, desk

app_name = "health"

urlpatterns = [
    path("khai-bao", declaring.own, name="declare"),
    path("khai-bao/cho/<uuid:key>", declaring.other, name="declare-for"),
    path("khai-bao/<uuid:key>", declarations.declaration, name="declaration"),
    path("khai-bao/<uuid:key>/sua", declaring.correct, name="correct-declaration"),
    path("theo-doi-suc-khoe", desk.followed, name="followed"),
    path("y-te", desk.desk, name="desk"),
    path("y-te/nguoi/<uuid:key>", desk.person, name="person"),
    path("y-te/nguoi/<uuid:key>/do-than-nhiet", desk.measure, name="measure"),
    path("y-te/nguoi/<uuid:key>/han-che", desk.restricting, name="restrict"),
    path("y-te/han-che/<uuid:key>/go", desk.lifting, name="lift"),
    path("y-te/canh-bao/<uuid:key>", desk.alert, name="alert"),
    path("y-te/canh-bao/<uuid:key>/viec", desk.step, name="alert-step"),
]

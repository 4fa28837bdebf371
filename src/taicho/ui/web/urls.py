"""Routes of the ui area."""

from django.urls import path

from taicho.ui.web import components, help, language, search

app_name = "ui"

urlpatterns = [
    path("tim", search.search, name="search"),
    path("tro-giup", help.help_page, name="help"),
    path("ngon-ngu", language.choose_language, name="language"),
    path("components/", components.components, name="components"),
    path("components/<slug:sheet>", components.specimen, name="specimen"),
]

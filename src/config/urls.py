"""Routes of the whole house: one include per area, addresses in unaccented Vietnamese (ux.md 3)."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []

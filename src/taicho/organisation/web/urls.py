"""Addresses of the organisation's pages."""

from django.urls import path

from taicho.organisation.web import staff_import

app_name = "organisation"
urlpatterns = [
    path("nhap-can-bo", staff_import.upload, name="staff-imports"),
    path("nhap-can-bo/mau", staff_import.template, name="staff-import-template"),
    path("nhap-can-bo/<uuid:key>", staff_import.staff_import, name="staff-import"),
    path("nhap-can-bo/<uuid:key>/tra-loi", staff_import.answers, name="staff-import-answers"),
    path("nhap-can-bo/<uuid:key>/bo", staff_import.drop, name="staff-import-drop"),
    path("nhap-can-bo/<uuid:key>/tien-do", staff_import.progress, name="staff-import-progress"),
    path("nhap-can-bo/<uuid:key>/chua-nhap", staff_import.errors, name="staff-import-errors"),
]

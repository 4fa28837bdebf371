"""Addresses of this area, in unaccented Vietnamese (ux.md 3)."""

from django.urls import path

from taicho.organisation.web import authorities, bodies, delegations, mergers, own, people, places, posts, units

app_name = "organisation"

urlpatterns = [
    path("danh-ba", people.people, name="directory"),
    path("nguoi/<uuid:key>", people.person, name="person"),
    path("nguoi/<uuid:key>/sua", people.edit, name="edit-person"),
    path("nguoi/<uuid:key>/dieu-chuyen", people.move, name="transfer"),
    path("nguoi/<uuid:key>/thoi-viec", people.leave, name="end-service"),
    path("nguoi/<uuid:key>/phieu-vao", people.slip, name="entry-slip"),
    path("nguoi/<uuid:key>/chuc-vu", posts.new, name="appoint"),
    path("chuc-vu/<uuid:key>/ket-thuc", posts.end, name="end-post"),
    path("co-cau", units.tree, name="tree"),
    path("co-cau/them", units.new_top, name="new-top-unit"),
    path("don-vi", units.mine, name="my-unit"),
    path("don-vi/<uuid:key>", units.unit, name="unit"),
    path("don-vi/<uuid:key>/them-don-vi", units.new, name="new-unit"),
    path("don-vi/<uuid:key>/them-nguoi", people.new, name="new-person"),
    path("don-vi/<uuid:key>/sua", units.edit, name="edit-unit"),
    path("don-vi/<uuid:key>/doi-ten", units.rename, name="rename-unit"),
    path("don-vi/<uuid:key>/ket-thuc", units.end, name="end-unit"),
    path("don-vi/<uuid:key>/sap-nhap", mergers.merger, name="merger"),
    path("don-vi/<uuid:key>/thanh-lap", bodies.new, name="new-body"),
    path("uy-quyen", delegations.delegations, name="delegations"),
    path("chuc-vu/<uuid:key>/uy-quyen", delegations.new, name="delegate"),
    path("uy-quyen/<uuid:key>/thu-hoi", delegations.end, name="revoke"),
    path("to-chuc", bodies.bodies, name="bodies"),
    path("to-chuc/<uuid:key>", bodies.body, name="body"),
    path("to-chuc/<uuid:key>/kien-toan", bodies.recompose, name="recompose-body"),
    path("to-chuc/<uuid:key>/kich-hoat", bodies.activate, name="activate-body"),
    path("to-chuc/<uuid:key>/dung", bodies.stand_down, name="stand-down-body"),
    path("co-quan-ngoai", authorities.authorities, name="authorities"),
    path("co-quan-ngoai/them", authorities.new, name="new-authority"),
    path("co-quan-ngoai/<uuid:key>", authorities.authority, name="authority"),
    path("co-quan-ngoai/<uuid:key>/sua", authorities.edit, name="edit-authority"),
    path("co-quan-ngoai/<uuid:key>/dia-ban", authorities.serve, name="service-area"),
    path("co-quan-ngoai/<uuid:key>/ket-thuc", authorities.end, name="end-authority"),
    path("dia-diem", places.sites, name="sites"),
    path("dia-diem/them", places.new, name="new-site"),
    path("dia-diem/<uuid:key>", places.site, name="site"),
    path("dia-diem/<uuid:key>/sua", places.edit, name="edit-site"),
    path("dia-diem/<uuid:key>/them-cong", places.new_gate, name="new-gate"),
    path("dia-diem/<uuid:key>/them-phong", places.new_room, name="new-room"),
    path("cong/<uuid:key>/sua", places.gate, name="edit-gate"),
    path("phong/<uuid:key>/sua", places.room, name="edit-room"),
    path("du-lieu-cua-toi", own.my_data, name="my-data"),
    path("du-lieu-cua-toi/khai", own.state, name="state-own-details"),
    path("tu-cach", own.wear, name="wear"),
]

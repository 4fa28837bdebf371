"""Words that accounts stores."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EntryKind(models.TextChoices):
    """How a first entry reaches its person."""

    SLIP = "slip", _("phiếu giấy")
    LINK = "link", _("đường dẫn một lần")


class SecurityEventKind(models.TextChoices):
    """What happened to an account's ways in; shown to its person."""

    SIGNED_IN = "signed_in", _("Đăng nhập")
    SIGN_IN_FAILED = "sign_in_failed", _("Đăng nhập không thành công")
    SIGN_IN_DELAYED = "sign_in_delayed", _("Bị hẹn chờ vì sai nhiều lần")
    SIGNED_OUT = "signed_out", _("Đăng xuất")
    CONFIRMED = "confirmed", _("Xác nhận lại danh tính")
    SECOND_FACTOR_FAILED = "second_factor_failed", _("Sai mã xác thực")
    PASSWORD_CHANGED = "password_changed", _("Đổi mật khẩu")
    FACTOR_ADDED = "factor_added", _("Thêm cách xác thực")
    FACTOR_REMOVED = "factor_removed", _("Gỡ cách xác thực")
    CODES_MADE = "codes_made", _("Tạo mã dự phòng mới")
    SESSION_REVOKED = "session_revoked", _("Kết thúc phiên trên thiết bị")
    SLIP_ISSUED = "slip_issued", _("Được cấp phiếu vào lần đầu")
    SLIP_USED = "slip_used", _("Dùng phiếu vào lần đầu")
    SLIP_REVOKED = "slip_revoked", _("Phiếu vào bị hủy")
    GRANT_STARTED = "grant_started", _("Được giao quyền quản trị có hạn")
    GRANT_ENDED = "grant_ended", _("Thôi quyền quản trị trước hạn")
    SUSPENDED = "suspended", _("Tài khoản bị ngừng")
    RESUMED = "resumed", _("Tài khoản được mở lại")

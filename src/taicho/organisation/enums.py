"""Closed lists of this area, in the words of the glossary; what varies by law is data (levels.yaml)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class UnitKind(TextChoices):
    """What a node of the organisation tree is (B1)."""

    ADMINISTRATION = "administration", _("Chính quyền địa phương")
    AGENCY = "agency", _("Cơ quan")
    DEPARTMENT = "department", _("Phòng, ban")
    HAMLET = "hamlet", _("Thôn, tổ dân phố")
    PARTY_BODY = "party_body", _("Cơ quan Đảng")
    MASS_ORGANISATION = "mass_organisation", _("Mặt trận, đoàn thể")
    OTHER = "other", _("Đơn vị khác được gửi văn bản")

    @property
    def is_agency(self) -> bool:
        """True for a body with staff and seal of its own; its people are not shown to the body above (trust.md, A9)."""
        return self not in (UnitKind.DEPARTMENT, UnitKind.HAMLET)

    @property
    def is_in_line(self) -> bool:
        """False for bodies that are addressed ("đề nghị") and not commanded ("yêu cầu", "giao")."""
        return self not in (UnitKind.PARTY_BODY, UnitKind.MASS_ORGANISATION, UnitKind.OTHER)


class PersonKind(TextChoices):
    """Why the installation knows a person."""

    STAFF = "staff", _("Cán bộ, nhân viên")
    VISITOR = "visitor", _("Khách")
    OUTSIDE_CONTACT = "outside_contact", _("Người liên hệ bên ngoài")


class StaffCategory(TextChoices):
    """How a member of staff is employed (B5). Party membership crosses these and is a fact of its own."""

    CIVIL_SERVANT = "civil_servant", _("Cán bộ, công chức")
    PUBLIC_EMPLOYEE = "public_employee", _("Viên chức")
    WORKER = "worker", _("Người lao động")


class PostRole(TextChoices):
    """The roles from which every right follows. A right belongs to a post in a unit, never to a rank (house § 7)."""

    STAFF = "staff", _("Nhân viên")
    GUARD = "guard", _("Bảo vệ")
    ENTRANCE_DESK = "entrance_desk", _("Bộ phận thường trực")
    FRONT_DESK = "front_desk", _("Bộ phận Một cửa, tiếp dân")
    UNIT_HEAD = "unit_head", _("Trưởng phòng")
    DEPUTY_HEAD = "deputy_head", _("Phó trưởng phòng")
    CLERK = "clerk", _("Văn thư")
    OFFICE = "office", _("Văn phòng")
    CHIEF_OF_OFFICE = "chief_of_office", _("Chánh Văn phòng")
    LEADER = "leader", _("Lãnh đạo")
    COMMAND_POST = "command_post", _("Sở Chỉ huy")
    STEERING_COMMITTEE = "steering_committee", _("Ban Chỉ đạo")
    SUBCOMMITTEE = "subcommittee", _("Tiểu ban")
    SUPPORT_TEAM = "support_team", _("Tổ giúp việc")
    RAPID_REPORT_TEAM = "rapid_report_team", _("Tổ thông tin, báo cáo đáp ứng nhanh")
    HEALTH_POST = "health_post", _("Y tế cơ quan")
    HEALTH_STATION = "health_station", _("Trạm Y tế")
    SUPERIOR_BODY = "superior_body", _("Cấp trên")
    INSPECTOR = "inspector", _("Đoàn kiểm tra")
    ADMINISTRATOR = "administrator", _("Quản trị")


SENSITIVE_ROLES = frozenset(
    {
        PostRole.OFFICE,
        PostRole.CHIEF_OF_OFFICE,
        PostRole.COMMAND_POST,
        PostRole.LEADER,
        PostRole.SUPERIOR_BODY,
        PostRole.HEALTH_STATION,
        PostRole.INSPECTOR,
        PostRole.ADMINISTRATOR,
    }
)
"""Roles that must sign in with a second factor. The chief of office does what the office does, so stands with it."""

AGENCY_WIDE_ROLES = frozenset(
    {
        PostRole.GUARD,
        PostRole.ENTRANCE_DESK,
        PostRole.FRONT_DESK,
        PostRole.CLERK,
        PostRole.OFFICE,
        PostRole.CHIEF_OF_OFFICE,
        PostRole.COMMAND_POST,
        PostRole.STEERING_COMMITTEE,
        PostRole.SUBCOMMITTEE,
        PostRole.SUPPORT_TEAM,
        PostRole.RAPID_REPORT_TEAM,
        PostRole.HEALTH_POST,
    }
)
"""Roles whose work is the whole agency, whatever department the post sits in."""

HEAD_ROLES = frozenset({PostRole.LEADER, PostRole.UNIT_HEAD, PostRole.DEPUTY_HEAD, PostRole.CHIEF_OF_OFFICE})
"""Roles that can be the accountable head of a unit (a deputy may be put in charge)."""

APPOINTABLE_ROLES = tuple(role for role in PostRole if role not in (PostRole.STAFF,))
"""Everyone on the staff list is staff without a post."""


class StandingBodyKind(TextChoices):
    """Standing bodies of an agency (B2); each gives its members the role of the same name."""

    STEERING_COMMITTEE = "steering_committee", _("Ban Chỉ đạo")
    STANDING_BOARD = "standing_board", _("Thường trực Ban Chỉ đạo")
    COMMAND_POST = "command_post", _("Sở Chỉ huy")
    SUBCOMMITTEE = "subcommittee", _("Tiểu ban")
    SUPPORT_TEAM = "support_team", _("Tổ giúp việc")
    RAPID_REPORT_TEAM = "rapid_report_team", _("Tổ thông tin, báo cáo đáp ứng nhanh")

    @property
    def role(self) -> PostRole:
        """The role its members hold while the body is active."""
        return PostRole.STEERING_COMMITTEE if self is StandingBodyKind.STANDING_BOARD else PostRole(self.value)


SENSITIVE_BODIES = frozenset(kind for kind in StandingBodyKind if kind.role in SENSITIVE_ROLES)
"""Bodies whose members must sign in with a second factor."""


class BodyFunction(TextChoices):
    """What a member does in a standing body."""

    HEAD = "head", _("Trưởng ban")
    STANDING_DEPUTY = "standing_deputy", _("Phó Trưởng ban thường trực")
    DEPUTY = "deputy", _("Phó Trưởng ban")
    SECRETARY = "secretary", _("Thư ký")
    MEMBER = "member", _("Thành viên")


class AuthorityKind(TextChoices):
    """Outside authorities an agency calls or answers to (B6)."""

    HEALTH_STATION = "health_station", _("Trạm Y tế")
    CDC = "cdc", _("Trung tâm Kiểm soát bệnh tật (CDC)")
    HEALTH_DEPARTMENT = "health_department", _("Sở Y tế")
    POLICE = "police", _("Công an")
    COMMITTEE_ABOVE = "committee_above", _("Ban Chỉ đạo cấp trên")
    HOSPITAL = "hospital", _("Bệnh viện")
    OTHER = "other", _("Cơ quan khác")

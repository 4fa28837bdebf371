"""Rows of the organisation."""

from taicho.organisation.models.authority import OutsideAuthority, ServiceArea
from taicho.organisation.models.home_working import HomeWorkingMeans
from taicho.organisation.models.membership import StaffMembership
from taicho.organisation.models.person import Person
from taicho.organisation.models.place import Gate, Room, Site, SiteHolding
from taicho.organisation.models.post import Delegation, Post
from taicho.organisation.models.sealed_identity import SealedIdentity
from taicho.organisation.models.staff_import import StaffImport, StaffImportProgress, UnitAlias
from taicho.organisation.models.standing_body import Activation, BodyMember, Composition, StandingBody
from taicho.organisation.models.unit import FormerUnitName, Unit, UnitSuccession

__all__ = [
    "Activation",
    "BodyMember",
    "Composition",
    "Delegation",
    "FormerUnitName",
    "Gate",
    "HomeWorkingMeans",
    "OutsideAuthority",
    "Person",
    "Post",
    "Room",
    "SealedIdentity",
    "ServiceArea",
    "Site",
    "SiteHolding",
    "StaffImport",
    "StaffImportProgress",
    "StaffMembership",
    "StandingBody",
    "Unit",
    "UnitAlias",
    "UnitSuccession",
]

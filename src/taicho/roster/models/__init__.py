"""Records of the roster."""

from taicho.roster.models.post_naming import PostNaming
from taicho.roster.models.registration import Registration

__all__ = ["PostNaming", "Registration"]

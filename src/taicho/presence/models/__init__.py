"""Records of presence."""

from taicho.presence.models.stay import Passage, Stay

__all__ = ["Passage", "Stay"]

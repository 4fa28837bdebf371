"""Records of messages."""

from taicho.messaging.models.message import Message, Receipt
from taicho.messaging.models.outside_copy import OutsideCopy

__all__ = ["Message", "OutsideCopy", "Receipt"]

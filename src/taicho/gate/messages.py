"""Kinds of messages the gate sends."""

from django.utils.translation import gettext_lazy as _

from taicho.gate.enums import EXCEPTION_ASKED
from taicho.messaging.enums import Level
from taicho.messaging.kinds import MessageKind, register

register(MessageKind(EXCEPTION_ASKED, _("Cổng xin ý kiến"), Level.URGENT))

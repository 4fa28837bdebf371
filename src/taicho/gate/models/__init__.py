"""Records of the gate."""

from taicho.gate.models.entry import Entry
from taicho.gate.models.gate_device import GateDevice
from taicho.gate.models.gate_exception import ExceptionDecision, ExceptionRequest
from taicho.gate.models.gate_pass import GatePass, PassCode
from taicho.gate.models.gate_rule import GateRule
from taicho.gate.models.gate_tally import GateTally
from taicho.gate.models.visit import GateLink, HostWord, Visit

__all__ = [
    "Entry",
    "ExceptionDecision",
    "ExceptionRequest",
    "GateDevice",
    "GateLink",
    "GatePass",
    "GateRule",
    "GateTally",
    "HostWord",
    "PassCode",
    "Visit",
]

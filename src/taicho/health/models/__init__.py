"""Records of health."""

from taicho.health.models.alert import AlertStep, HealthAlert
from taicho.health.models.declaration import Declaration
from taicho.health.models.restriction import Restriction, RestrictionLift
from taicho.health.models.temperature import Temperature

__all__ = ["AlertStep", "Declaration", "HealthAlert", "Restriction", "RestrictionLift", "Temperature"]

"""The limits of the gate (limits.yaml): how much the public page takes, how long codes live."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class Limits:
    """`per_minute`: most sendings by bucket (link, device, address)."""

    per_minute: dict[str, int]
    code: timedelta
    invitation: timedelta


@cache
def limits() -> Limits:
    """The limits as the file beside this package states them."""
    written = yaml.safe_load(files("taicho.gate").joinpath("limits.yaml").read_text(encoding="utf-8"))
    return Limits(
        per_minute={name: int(one["most"]) for name, one in written["per_minute"].items()},
        code=timedelta(hours=written["hours"]["code"]["value"]),
        invitation=timedelta(minutes=written["minutes"]["invitation"]["value"]),
    )

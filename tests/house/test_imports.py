"""Calls go down the stairs: the contracts of pyproject.toml hold, without exceptions (house § 2, § 3)."""

import subprocess
import sys
import tomllib

from tests.house.plan import FLOORS, ROOT, TAICHO


def contracts():
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def test_no_import_points_up_or_sideways():
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT, env={"PYTHONPATH": "src", "PATH": ""}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_exception_lists_stay_empty_for_ever():
    assert not [c["name"] for c in contracts() if c.get("ignore_imports")]


def test_every_room_stands_on_a_floor_of_the_contract():
    rooms = {p.name for p in TAICHO.iterdir() if (p / "__init__.py").exists()}
    planned = {area for floor in FLOORS for area in floor}
    assert rooms <= planned, f"rooms without a floor: {rooms - planned}"
    in_contract = " ".join(contracts()[0]["layers"])
    assert not [room for room in rooms if f"taicho.{room}" not in in_contract]


def test_the_inside_of_every_area_with_actions_is_under_contract():
    inside = set(contracts()[1]["containers"])
    with_actions = {f"taicho.{p.parent.name}" for p in TAICHO.glob("*/actions*")} - {"taicho.kernel"}
    assert with_actions <= inside

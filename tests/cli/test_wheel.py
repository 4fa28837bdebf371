"""The wheel alone is enough: built, installed into an empty environment, started (no checkout, no Node, no server)."""

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.cli.office import ROOT, environment

pytestmark = pytest.mark.trial


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built without fetching anything."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def program(wheel, tmp_path_factory):
    """The command `taicho` in an environment that holds the locked dependencies and the wheel."""
    place = tmp_path_factory.mktemp("environment")
    venv.create(place, with_pip=True)
    pip = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "requirements" / "runtime.txt")], check=True)
    subprocess.run([*pip, "--no-deps", str(wheel)], check=True)
    return place / "bin" / "taicho"


def test_the_wheel_holds_pages_styles_fonts_words_and_data_but_no_test(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for ending in ("ui/taicho.css", "ui/taicho.js", ".woff2", "base.html", "django.mo", "2021.yaml", "levels.yaml"):
        assert any(name.endswith(ending) for name in names), ending
    assert not [name for name in names if name.startswith("tests/") or "node_modules" in name]


def test_the_installed_program_shows_a_demo_from_an_empty_directory(program, tmp_path):
    surroundings = environment(tmp_path / "var")
    del surroundings["PYTHONPATH"]
    command = [str(program), "demo", "--check", "--port", "18600"]
    done = subprocess.run(
        command, cwd=tmp_path, env=surroundings, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "DIỄN TẬP" in done.stdout


def test_the_installed_program_knows_its_version(program, tmp_path):
    surroundings = environment(tmp_path / "var")
    del surroundings["PYTHONPATH"]
    done = subprocess.run([str(program), "--version"], env=surroundings, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == (Path(ROOT) / "pyproject.toml").read_text().split('version = "')[1].split('"')[0]

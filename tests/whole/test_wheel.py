"""The wheel carries everything, and works in a foreign folder."""

import os
import subprocess
import sys
import urllib.request
import venv
import zipfile

import pytest

from tests.browser.site import free_port, wait_for
from tests.whole.sources import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The path of a wheel built from this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.mark.parametrize(
    "part",
    [
        "midtlink/templates/layouts/base.html",
        "midtlink/migrations/env.py",
        "midtlink/migrations/alembic.ini",
        "midtlink/migrations/synonyms.toml",
        "midtlink/config.py",
        "midtlink/translations/en/LC_MESSAGES/messages.mo",
        "midtlink/static/css/tokens.css",
        "midtlink/static/vendor/NOTICE",
        "midtlink/demo/threads/epj-a-1.toml",
    ],
)
def test_the_wheel_carries(wheel, part):
    assert part in zipfile.ZipFile(wheel).namelist()


def test_the_wheel_carries_no_tests(wheel):
    assert not [name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("tests/")]


def test_an_unpacked_wheel_runs_in_a_foreign_folder(wheel, tmp_path):
    """Its own files are used, not the checkout's: the checkout is not on its path."""
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    starts_and_answers([sys.executable], tmp_path, PYTHONPATH=str(tmp_path / "site"))


@pytest.mark.long
def test_the_wheel_installs_into_an_empty_environment(wheel, tmp_path):
    venv.create(tmp_path / "empty", with_pip=True)
    python = str(tmp_path / "empty/bin/python")
    install = [python, "-m", "pip", "install", "--quiet"]
    subprocess.run([*install, "--require-hashes", "-r", ROOT / "requirements.txt"], check=True)
    subprocess.run([*install, "--no-deps", str(wheel)], check=True)
    starts_and_answers([python], tmp_path)


def starts_and_answers(python, folder, **more):
    """Run `midtlink --help` and `midtlink run` in an empty folder; data lie in ./instance."""
    foreign = folder / "foreign"
    foreign.mkdir()
    unset = ("MIDTLINK_INSTANCE", "MIDTLINK_ENV", "SECRET_KEY", "DATABASE_URL")
    kept = {name: value for name, value in os.environ.items() if name not in unset}
    port = free_port()
    settings = {"cwd": foreign, "env": kept | more | {"PORT": str(port)}, "text": True}
    command = [*python, "-m", "midtlink"]
    shown = subprocess.run([*command, "--help"], check=True, capture_output=True, **settings)
    assert "people" in shown.stdout
    said = folder / "output.log"
    with said.open("wb") as output:
        process = subprocess.Popen(
            [*command, "run"], stdout=output, stderr=subprocess.STDOUT, **settings
        )
    try:
        address = wait_for(f"http://127.0.0.1:{port}", process, said)
        page = urllib.request.urlopen(f"{address}/log-ind", timeout=10).read().decode()
    finally:
        process.terminate()
        process.wait(timeout=30)
    assert "Log ind" in page
    assert (foreign / "instance/midtlink.db").exists()

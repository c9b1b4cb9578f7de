"""viva with transcripts written by hand (sessions.py), and a browser to look at its pages."""
import os
import pathlib
import shutil
import subprocess

import pytest

import browser as browsing

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
VIVA = os.path.realpath(os.environ["VIVA"])


class Bench:
    def __init__(self, folder):
        self.home = folder
        self.transcripts = folder / "transcripts"
        self.environment = {
            "PATH": "/usr/bin:/bin", "HOME": str(folder), "TMPDIR": str(folder), "LC_ALL": "C.UTF-8", "TZ": "UTC",
            "TERM": "dumb", "COLUMNS": "80", "VIVA_CONTENT": str(ROOT / "tests/golden/content"),
            "VIVA_SHARE": str(ROOT), "VIVA_TRANSCRIPTS": str(self.transcripts),
            "VIVA_CLOCK": "2026-11-21T09:00:00Z", "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", ""),
        }

    def viva(self, *arguments, status=0, **environment):
        done = subprocess.run([VIVA, *arguments], env={**self.environment, **environment}, cwd=self.home,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
        done.stdout, done.stderr = done.stdout.decode(), done.stderr.decode()
        assert done.returncode == status, (done.returncode, done.stderr)
        return done

    def page(self, session, *arguments):
        """The report of a session as a file."""
        session.write(self.transcripts)
        path = self.home / "report.html"
        self.viva("report", "--output", str(path), *arguments)
        return path


@pytest.fixture
def bench(tmp_path):
    return Bench(tmp_path)


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    if not browsing.program():
        pytest.skip("no Chromium is installed")
    one = browsing.Browser(tmp_path_factory.mktemp("profile"))
    yield one
    one.close()


@pytest.fixture(scope="session")
def axe():
    """The text of axe-core, installed with npm ci into $VIVA_NODE once."""
    if os.environ.get("VIVA_OFFLINE"):
        pytest.skip("VIVA_OFFLINE is set")
    folder = pathlib.Path(os.environ["VIVA_NODE"])
    wanted, found = (HERE / "package-lock.json").read_bytes(), folder / "package-lock.json"
    if not (folder / "node_modules").is_dir() or not found.exists() or found.read_bytes() != wanted:
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        done = subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder,
                              capture_output=True, text=True)
        assert done.returncode == 0, "npm ci failed (VIVA_OFFLINE=1 leaves this test out):\n" + done.stderr[-2000:]
    return (folder / "node_modules/axe-core/axe.min.js").read_text()

"""What the tests at a pseudo-terminal share: a viva to type into, and its transcript."""
import json
import os
import pathlib
import shutil

import pexpect
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROMPT = "\u203a "


class Terminal:
    """A folder of its own, and programs started in it."""

    def __init__(self, folder):
        self.folder = folder
        self.viva = os.path.realpath(os.environ.get("VIVA", str(ROOT / "build/viva")))
        shutil.copytree(ROOT / "tests/golden/content", folder / "content")
        self.environment = {
            "PATH": os.path.dirname(self.viva) + ":/usr/bin:/bin", "HOME": str(folder),
            "TERM": "dumb", "LC_ALL": "C.UTF-8", "INPUTRC": "/dev/null",
            "VIVA_CONTENT": str(folder / "content"), "VIVA_SHARE": str(folder / "share"),
            "VIVA_TRANSCRIPTS": str(folder / "transcripts"),
            "XDG_STATE_HOME": str(folder / "state"),
        }

    def start(self, *arguments, program=None, columns=80, lines=40, **environment):
        child = pexpect.spawn(program or self.viva, list(arguments), encoding="utf-8",
                              env={**self.environment, **environment}, dimensions=(lines, columns),
                              timeout=20, cwd=str(self.folder))
        child.delaybeforesend = None
        return child

    def practice(self, **more):
        child = self.start("practice", "tiny", **more)
        child.expect(PROMPT)
        return child

    def events(self, kind=None):
        path, = (self.folder / "transcripts").glob("*.jsonl")
        events = [json.loads(line) for line in path.read_text().splitlines()]
        return [e for e in events if kind in (None, e["type"])]

    def said(self):
        return [e["text"] for e in self.events("say") if e["who"] == "candidate"]


@pytest.fixture
def terminal(tmp_path):
    return Terminal(tmp_path)

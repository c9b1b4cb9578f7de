"""The completion scripts, in the shells that they are for."""
import os
import pathlib
import shutil
import time

import pexpect
import pytest

VIVA = str(pathlib.Path(os.environ["VIVA"]).resolve())
ROOT = pathlib.Path(__file__).resolve().parents[2]
# Once its script is loaded, viva is a function that prints what it would have been given.
ECHO = 'viva() { if [ "$1" = completion ]; then command viva "$@"; else echo "<$*>"; fi; }\n'
SHELLS = {
    "bash": (["--norc", "--noprofile", "-i"], 'eval "$(viva completion bash)"\n' + ECHO),
    "zsh": (["-f", "-i"], 'autoload -U compinit && compinit -D -u && eval "$(viva completion zsh)"\n' + ECHO),
    "fish": (["--no-config", "-i"], "viva completion fish | source\nfunction viva; if test $argv[1] = completion; "
             'command viva $argv; else; echo "<$argv>"; end; end\n'),
}

# what is typed before Tab and Return, and what the line then was
ROWS = [
    ("a command", "pract", "practice"),
    ("a scenario", "practice url-", "practice url-shortener"),
    ("an option", "practice --pres", "practice --pressure"),
    ("a choice", "practice --level sen", "practice --level senior"),
    ("a transcript", "review 3f2", "review 3f2a91c0"),
    ("a command behind an option", "--plain pract", "--plain practice"),
    ("a scenario of an option", "score --scenario url-", "score --scenario url-shortener"),
    ("a command of help", "help doc", "help doctor"),
]


@pytest.fixture(name="home")
def make_home(tmp_path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/viva").symlink_to(VIVA)
    (tmp_path / "transcripts").mkdir()
    (tmp_path / "transcripts/20261120T101500Z-tiny-3f2a91c0.jsonl").write_text("")
    return tmp_path


def start(shell, home):
    arguments, load = SHELLS[shell]
    environment = {"PATH": f"{home}/bin:/usr/bin:/bin", "HOME": str(home), "LC_ALL": "C.UTF-8",
                   "TERM": "xterm" if shell == "fish" else "dumb", "VIVA_CONTENT": str(ROOT),
                   "VIVA_TRANSCRIPTS": str(home / "transcripts"),
                   "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "")}
    child = pexpect.spawn(shell, arguments, env=environment, encoding="utf-8", timeout=20,
                          dimensions=(24, 120), cwd=str(home))
    child.send(load + "echo lo''aded\n")
    child.expect("loaded\r")
    return child


@pytest.mark.parametrize("shell", SHELLS)
def test_completion(shell, home):
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    child = start(shell, home)
    for what, typed, wanted in ROWS:
        child.send(f"viva {typed}\t")
        time.sleep(0.3)  # a Return in the same breath would be taken before the list is there
        child.send("\r")
        try:
            child.expect("<([^<>]*)>\r", timeout=20)
        except pexpect.TIMEOUT:
            pytest.fail(f"{shell}, {what}: {typed!r} and Tab gives {child.before!r}")
        assert child.match[1].strip() == wanted, f"{shell}, {what}"
    child.close(force=True)

"""The first five minutes: nothing set up, a narrow window, an odd locale, folders that cannot be written."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import pexpect
import pytest

from conftest import PROMPT, ROOT, Terminal

WORDS = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\r")


def shown(child):
    """What came since the last match, and the match, as a person reads it."""
    return WORDS.sub("", child.before + (child.after if isinstance(child.after, str) else ""))


def leave_open(terminal):
    """A session that was paused before anything was said."""
    child = terminal.practice()
    child.send("\x04")
    child.expect("Enter does")
    child.send("\r")
    child.wait()


def test_home_says_what_this_is_until_there_was_a_session(terminal):
    child = terminal.start(columns=60)
    child.expect("Enter leaves: ")
    text = shown(child)
    assert "A mock system-design interview" in text
    assert max(map(len, text.splitlines())) <= 60
    child.send("\r")
    child.wait()
    leave_open(terminal)
    child = terminal.start(columns=60)
    child.expect("A session is open: tiny, begun 20")
    child.expect("To throw it away, delete ")
    path, = (terminal.folder / "transcripts").glob("*.jsonl")
    child.expect_exact(str(path))
    child.send("n\r")
    child.expect("Enter leaves: ")
    assert "A mock system-design interview" not in shown(child)


def test_home_says_how_many_sessions_are_open(terminal):
    leave_open(terminal)
    leave_open(terminal)
    child = terminal.start(columns=60)
    child.expect("q leaves: ")
    text = " ".join(shown(child).split())
    assert text.startswith("2 sessions are open, the newest: tiny, begun 20")
    assert "viva history lists them" in text
    child.send("q\r")
    child.expect(pexpect.EOF)
    newest = max((terminal.folder / "transcripts").glob("*.jsonl"))
    newest.unlink() # as it was told; what is derived from it does not mind
    child = terminal.start()
    child.expect("A session is open: tiny")
    child.close()
    assert subprocess.run([terminal.viva, "history"], env=terminal.environment, check=True,
                          capture_output=True).stdout.count(b" tiny ") == 1


def test_the_guess_breaks_between_words_and_asks_for_what_was_reached(terminal):
    child = terminal.practice(columns=60, PAGER="cat")
    child.send("We serve tea.\r")
    child.expect(PROMPT)
    child.send("/quit\r")
    child.expect("stay")
    child.send("y\r")
    child.expect("Before you see it")
    child.expect(PROMPT)
    text = "Before you see it" + shown(child)
    assert "requirements" in text and "architecture" not in text # that phase was never reached
    assert all(len(line) <= 60 for line in text.splitlines())
    assert "skips." in text.split()
    for words, told in (("quite well", "The interview is over; this is not kept."),
                        ("9", "9 is not from 0 to 4."),
                        ("1 2 3", "Those were 3 numbers. No guess was taken.")):
        child.send(words + "\r")
        child.expect(r"\s+".join(map(re.escape, told.split())))
    child.expect("Enter shows the card: ")
    child.send("\r")
    child.expect("Graded by")
    child.close()
    assert terminal.events("predict") == []


def test_a_guess_that_comes_after_the_last_try_is_taken(terminal):
    child = terminal.practice(PAGER="cat")
    child.send("We serve tea.\r")
    child.expect(PROMPT)
    child.send("/quit\r")
    child.expect("stay")
    child.send("y\r")
    child.expect(PROMPT)
    for words in ("5", "nan", "2 2", "3"):
        child.send(words + "\r")
    child.expect("Enter shows the card: ")
    child.expect("you guessed")
    child.close()
    assert terminal.events("predict")[0]["guess"] == {"requirements": 3}


@pytest.mark.parametrize("columns", [40, 60])
def test_help_fits_a_narrow_window(terminal, columns):
    child = terminal.practice(columns=columns)
    child.send("/help\r")
    child.expect("pauses\\s+and\\s+leaves")
    text = shown(child)
    assert "interviewer;" in text.split() # whole
    assert all(len(line) <= columns for line in text.splitlines())


@pytest.mark.parametrize("columns", [40, 60])
def test_the_table_fits_a_narrow_window(terminal, columns):
    child = terminal.start(columns=columns, VIVA_CONTENT="", VIVA_SHARE=str(ROOT))
    child.expect("Enter\\s+leaves: ")
    assert all(len(line) <= columns for line in shown(child).splitlines())


@pytest.mark.parametrize("columns, theme", [(60, False), (80, True)])
def test_the_list_shows_titles_whole(terminal, columns, theme):
    child = terminal.start("list", columns=columns, VIVA_CONTENT="", VIVA_SHARE=str(ROOT), PAGER="cat")
    child.expect("minutes each")
    text = shown(child)
    assert all(len(line) <= columns for line in text.splitlines())
    assert "…" not in text and ("reliability" in text) == theme
    at = next(i for i, line in enumerate(text.splitlines()) if "django-10m-users" in line)
    column = text.splitlines()[at].index("A Django")
    assert " ".join(line[column:].split("  ")[0] for line in text.splitlines()[at:at + 3]).startswith("A Django monolith")
    child.close()


@pytest.mark.parametrize("locale", ["C", "POSIX", "xx_YY.UTF-8", "en_US"])
def test_characters_whatever_the_locale(terminal, locale):
    child = terminal.practice(LC_ALL=locale)
    child.send("caf\u00e9 \u65e5\u672c\u2013\x7f\x7fx\r")
    child.expect(PROMPT)
    assert terminal.said() == ["caf\u00e9 \u65e5x"]


@pytest.mark.parametrize("term", ["", "dumb", "no-such-terminal", "xterm"])
def test_any_terminal_kind(terminal, term):
    child = terminal.practice(TERM=term)
    child.send("We servve\x7f\x7fe tea.\r")
    child.expect(PROMPT)
    assert terminal.said() == ["We serve tea."]


@pytest.mark.skipif(not shutil.which("less"), reason="without less there is no pager")
def test_the_pager_says_how_to_leave_it(terminal):
    child = terminal.start("list", VIVA_CONTENT="", VIVA_SHARE=str(ROOT), TERM="xterm", lines=12)
    child.expect("space shows more, q leaves")
    child.send("q")
    child.wait()


def test_messages_break_between_words(terminal):
    child = terminal.start("report", "--format", "html", columns=60)
    child.wait()
    child = terminal.start("practice", "tiny", "--transcripts", "/dev/null/below", columns=60)
    child.expect("elsewhere")
    assert all(len(line) <= 60 for line in shown(child).splitlines())


# --- folders that cannot be written: not as root, who may write anywhere ---

def as_nobody(terminal, *arguments, **environment):
    command = [terminal.viva, *arguments]
    if os.getuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("without setpriv root stays root")
        command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *command]
    return subprocess.run(command, env={**terminal.environment, **environment}, cwd="/",
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)


@pytest.fixture
def closed():
    """A home that can be looked into, and not written. All of it lies where everybody may pass: the
    project may not, and pytest shuts its own folders to others whenever another run of it begins."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="viva-closed-"))
    folder.chmod(0o755)
    terminal = Terminal(folder)
    home, content = folder / "home", folder / "shipped"
    home.mkdir()
    home.chmod(0o555)
    for name in ("scenarios", "rubrics"):
        shutil.copytree(ROOT / name, content / name)
    terminal.viva = shutil.copy(terminal.viva, folder / "viva")
    terminal.environment.update(HOME=str(home), VIVA_CONTENT=str(content), VIVA_TRANSCRIPTS="",
                                VIVA_SHARE=str(content))
    del terminal.environment["XDG_STATE_HOME"]
    probe = as_nobody(terminal, "list")
    if probe.returncode:
        shutil.rmtree(folder)
        pytest.skip("another user cannot reach the program: " + probe.stderr)
    yield terminal
    home.chmod(0o755)
    shutil.rmtree(folder)


def test_nothing_is_begun_that_could_not_be_saved(closed):
    done = as_nobody(closed, "practice", "url-shortener")
    assert done.returncode == 5
    assert "permission denied; the session was not begun; --transcripts DIR" in done.stderr


def test_doctor_names_what_cannot_be_written(closed):
    done = as_nobody(closed, "doctor")
    told = " ".join(done.stdout.split())
    assert done.returncode == 1
    for words in ("- transcripts cannot be kept in '", "name another with --transcripts DIR.",
                  "- the index cannot be kept in '", "set XDG_CACHE_HOME"):
        assert words in told, told


def test_doctor_names_a_configuration_that_cannot_be_read(closed):
    folder = closed.folder / "config/viva"
    folder.mkdir(parents=True)
    (folder / "config.json").write_text("{}")
    (folder / "config.json").chmod(0)
    done = as_nobody(closed, "doctor", XDG_CONFIG_HOME=str(closed.folder / "config"))
    assert done.returncode == 3
    assert "config.json': permission denied" in done.stderr
    assert "mend it or move it away" in " ".join(done.stdout.split())


@pytest.mark.parametrize("lines, whole", [(24, False), (60, True)])
def test_home_fits_a_low_window(terminal, lines, whole):
    child = terminal.start(columns=80, VIVA_CONTENT="", VIVA_SHARE=str(ROOT), lines=lines)
    child.expect("Enter leaves: ")
    text = shown(child)
    assert "url-shortener" in text and "A mock system-design interview" in text
    assert ("45 min" in text) == whole
    assert len(text.splitlines()) <= lines


def test_broken_red_flags_are_told_below_the_prompt_and_lose_nothing(terminal):
    flags = terminal.folder / "content/rubrics/red-flags.json"
    whole = flags.read_text()
    flags.write_text("{")
    child = terminal.practice(columns=60)
    child.expect("goes on when")
    assert re.search(r"\n\S*red-flags\.json:1:\d+: not valid JSON", shown(child))
    child.wait()
    assert child.exitstatus == 3
    flags.write_text(whole)
    child = terminal.start("resume")
    child.expect(PROMPT)
    child.send("We serve tea.\r")
    child.expect(PROMPT)
    assert terminal.said() == ["We serve tea."]

"""A session as a person types it: only what a file of lines cannot show."""
import os
import re
import resource
import signal
import time

import pexpect
import pytest
from conftest import PROMPT


def say(child, line):
    """Types a line and returns what is shown until the next prompt (a redrawn one comes before)."""
    child.send(line + "\r")
    child.expect_exact(line)
    child.expect(PROMPT)
    return child.before


def drop(child):
    child.send("\x03")
    child.expect_exact("^C")
    child.expect(PROMPT)


def leave(child):
    child.send("\x04")
    child.expect("Enter does")
    child.send("\r")
    child.expect(pexpect.EOF)


def test_prompt_shows_phase_and_clock(terminal):
    child = terminal.start("practice", "tiny", VIVA_CLOCK="2026-11-20T10:15:00Z")
    child.expect(re.escape("1 requirements  0:00 / 2:00 " + PROMPT))
    child.send("We serve tea.\r/skip\r")
    child.expect(re.escape("2 the kitchen  0:00 / 4:00 " + PROMPT))
    leave(child)


def test_completion(terminal):
    child = terminal.practice()
    child.send("/no\tbuy cups\r")
    child.expect("Noted")
    child.send("/n\t\t")
    child.expect("/next +/note")
    drop(child)
    child.send("/model re\t")
    child.expect("/model requirements")
    drop(child)
    child.send("/skip\r")
    child.expect(PROMPT)
    child.send("/hint ket\t")
    child.expect("/hint kettles")
    drop(child)
    assert [e["text"] for e in terminal.events("note")] == ["buy cups"]
    leave(child)


def test_home_completes_and_starts_a_scenario(terminal):
    child = terminal.start()
    child.expect("Number, name or word")
    child.send("ti\t\r")
    child.expect("Tea kitchen")
    child.expect(PROMPT)
    leave(child)


def test_home_finds_a_scenario_by_a_word(terminal):
    child = terminal.start()
    child.expect("Number, name or word")
    child.send("coffee\r")
    child.expect("There is no scenario 'coffee'")
    child.send("kitchen\r") # of its title
    child.expect("Design the kitchen")
    child.expect(PROMPT)
    leave(child)


def test_home_offers_the_open_session(terminal):
    child = terminal.practice()
    say(child, "We serve tea.")
    leave(child)
    child = terminal.start()
    child.expect("Go on with it")
    child.send("\r")
    child.expect("You +We serve tea")
    child.expect(PROMPT)
    leave(child)


@pytest.mark.parametrize("word", ["no", "n", "q", "quit", "/quit", "Exit"])
def test_home_takes_no_for_an_answer(terminal, word):
    child = terminal.start()
    child.expect("Enter leaves: ")
    child.send(word + "\r")
    child.expect(pexpect.EOF)
    assert "no scenario" not in child.before
    assert not (terminal.folder / "transcripts").exists()


@pytest.mark.parametrize("letters", ["ti", "it"]) # it begins so; it stands in its title
def test_two_letters_begin_no_session(terminal, letters):
    child = terminal.start()
    child.expect("Enter leaves: ")
    child.send(letters + "\r")
    child.expect("Tea kitchen")
    child.expect("Enter leaves: ")
    child.send("tin\r")
    child.expect(PROMPT)
    leave(child)


def test_home_asks_again_what_to_do_with_the_open_session(terminal):
    leave(terminal.practice())
    child = terminal.start()
    for word, then in (("clear", "please"), ("resume that", pexpect.EOF)):
        child.expect("q leaves: ")
        child.send(word + "\r")
        child.expect(then)
    child = terminal.start()
    child.expect("q leaves: ")
    child.send("q\r")
    child.expect(pexpect.EOF)
    child = terminal.start()
    child.expect("q leaves: ")
    child.send("No\r")
    child.expect("Number, name or word")
    child.send("\x04")
    child.expect(pexpect.EOF)
    child = terminal.start()
    child.expect("q leaves: ")
    child.send("yes\r")
    child.expect(PROMPT)
    leave(child)


def test_next_in_an_untouched_last_phase_ends_only_when_it_was_told(terminal):
    child = terminal.practice()
    say(child, "We serve tea.")
    assert "yet" not in say(child, "/skip") + say(child, "/skip")
    assert "Before we end" in say(child, "/next")
    told = "Nothing said in wrap-up yet. /next once more ends and grades."
    assert told in say(child, "/next")
    say(child, "/back")
    say(child, "/skip")
    assert told in say(child, "/next")
    assert terminal.events("session.end") == []
    child.send("/next\r")
    child.expect("the interview is over, and is graded now")
    child.expect("Before you see it")
    child.close()


def test_next_in_a_last_phase_with_words_ends_at_once(terminal):
    child = terminal.practice()
    for line in ("/skip", "/skip", "/next"):
        say(child, line)
    assert "/next once more ends." in say(child, "/next") # there is nothing to grade
    say(child, "The boiler breaks first.")
    child.send("/next\r")
    while child.expect(["yet", "over, and is graded", PROMPT]) == 2: # something may be asked first
        child.send("/next\r")
    assert child.after == "over, and is graded"
    child.close()


def test_interrupt_drops_the_line_and_never_the_session(terminal):
    child = terminal.practice()
    child.send("not this")
    child.expect("not this")
    drop(child)
    say(child, "but this")
    for _ in range(5):
        drop(child)
    assert terminal.said() == ["but this"]
    leave(child)


def test_interrupt_stands_behind_the_line_and_the_prompt_below_it(terminal):
    child = terminal.practice(TERM="xterm")
    child.send("not this\x02\x02") # the cursor stands in the line
    child.expect("not this\x08\x08")
    child.send("\x03")
    child.expect_exact("^C\r\n")
    assert "\r" not in child.before
    child.expect(PROMPT)
    shown = re.sub(r"\x1b\[\?2004[hl]|\x1b\[[0-9]*m", "", child.before)
    assert shown.lstrip("\r").startswith("1 requirements")


def test_end_of_input_offers_to_pause(terminal):
    child = terminal.practice()
    child.send("\x04")
    child.expect("Enter does, c goes on")
    child.send("c\r")
    child.expect(PROMPT)
    say(child, "still here")
    leave(child)
    assert terminal.said() == ["still here"]
    assert [e["why"] for e in terminal.events("pause")] == ["end"]
    child.close()
    assert child.exitstatus == 0


def test_no_empty_lines_after_an_end_of_input_that_goes_on(terminal):
    child = terminal.practice(TERM="xterm")
    child.send("\x04")
    child.expect("c goes on: ")
    assert child.before.count("\n") == 1
    child.send("c\r")
    child.expect(PROMPT)
    assert child.before.count("\n") == 1
    for _ in range(2):
        child.send("We serve tea.\r")
        child.expect(PROMPT)
        assert child.before.count("\n") == 1
    leave(child)


def test_quit_asks_once(terminal):
    child = terminal.practice(PAGER="cat")
    say(child, "We serve tea.")
    say(child, "/skip")
    child.send("/quit\r")
    child.expect("stay")
    child.send("\r")
    child.expect(PROMPT)
    child.send("/quit\r")
    child.expect("stay")
    child.send("y\r")
    child.expect("your own guess")
    child.expect(PROMPT)
    child.send("1 2\r")
    child.expect("3 numbers from 0 to 4")
    child.expect(PROMPT)
    child.send("1 2 3\r")
    child.expect("you guessed")
    child.expect(pexpect.EOF)
    assert terminal.events("predict")[0]["guess"]["architecture"] == 2


def test_pressure_never_pauses(terminal):
    child = terminal.start("practice", "tiny", "--pressure")
    child.expect(PROMPT)
    for answer in ("\r", "p\r", "\x04"):
        child.send("\x04")
        child.expect("End and grade\\? y ends, Enter stays: ")
        child.send(answer)
        child.expect(PROMPT)
    say(child, "still here")
    assert terminal.events("pause") == []
    child.send("\x04")
    child.expect("y ends")
    child.send("y\r")
    child.expect("your own guess")
    child.expect(PROMPT)
    child.send("\r")
    child.expect(pexpect.EOF)
    assert [e["why"] for e in terminal.events("session.end")] == ["early"]


def test_resize(terminal):
    child = terminal.practice(columns=100)
    child.setwinsize(40, 50)
    child.kill(signal.SIGWINCH)
    shown = say(child, "/help")
    assert max(len(line) for line in shown.replace("\r", "").split("\n")[1:-1]) <= 50
    leave(child)


def test_paste_of_many_lines_is_one_utterance(terminal):
    child = terminal.practice(TERM="xterm")
    child.send("\x1b[200~first line\nsecond line\n\nfourth\x1b[201~")
    child.send("\r")
    child.expect_exact("\x1b[?2004l") # the line is taken; a redrawn prompt comes before
    child.expect(PROMPT)
    assert terminal.said() == ["first line\nsecond line\n\nfourth"]
    leave(child)


def test_large_paste(terminal):
    text = " ".join(f"word{n}" for n in range(24000))
    assert len(text) > 200000
    child = terminal.practice(TERM="xterm")
    child.timeout = 60
    for at in range(0, len(text), 1000):
        child.send(("\x1b[200~" if at == 0 else "") + text[at:at + 1000])
        try:
            child.read_nonblocking(1 << 20, 0)
        except pexpect.TIMEOUT:
            pass
    child.send("\x1b[201~\r")
    child.expect("requirements")
    child.send("/note done\r")
    child.expect("Noted")
    assert "".join(terminal.said()).split() == text.split()
    child.close(force=True)


def test_history_brings_lines_back_and_stays_in_memory(terminal):
    child = terminal.practice()
    say(child, "We serve tea.")
    say(child, "/time")
    child.send("\x10\x10\r")
    child.expect(PROMPT)
    leave(child)
    assert terminal.said() == ["We serve tea.", "We serve tea."]
    kept = (terminal.folder / "state/viva/history").read_text()
    assert kept == "/time\n"


def test_editor(terminal):
    editor = terminal.folder / "editor"
    editor.write_text('#!/bin/sh\ntest -t 0 && printf "%s, and cake" "$(cat "$1")" > "$1"\n')
    editor.chmod(0o755)
    child = terminal.practice(VISUAL=str(editor))
    say(child, "We serve tea.")
    child.send("/edit\r")
    child.expect("now reads as you saved it")
    child.expect(PROMPT)
    assert terminal.events("edit")[0]["text"] == "We serve tea., and cake"
    say(child, "the terminal is as it was")
    leave(child)


def test_hang_up_saves_and_pauses(terminal):
    child = terminal.practice()
    say(child, "We serve tea.")
    child.send("half a line")
    child.expect("half a line")
    child.kill(signal.SIGHUP)
    child.expect(pexpect.EOF)
    assert [e["why"] for e in terminal.events("pause")] == ["hangup"]
    assert terminal.said() == ["We serve tea."]
    child = terminal.start("resume") # the half line stands there again, to be ended or dropped
    child.expect(PROMPT + "half a line")
    child.send("\x7f\x7f\x7f\x7fword\r")
    child.expect(PROMPT)
    assert terminal.said() == ["We serve tea.", "half a word"]
    child.kill(signal.SIGHUP)
    child.expect(pexpect.EOF)
    child = terminal.start("resume")
    child.expect(PROMPT)
    say(child, "And cake.")
    assert terminal.said()[-1] == "And cake."


def test_terminal_gone_without_a_signal(terminal):
    """A shell between may take the SIGHUP for itself: the terminal alone says that nobody is there."""
    child = terminal.start("-c", "trap '' HUP; viva practice tiny; :", program="/bin/sh")
    child.expect(PROMPT)
    say(child, "We serve tea.")
    child.send("half a line")
    child.expect("half a line")
    os.close(child.child_fd)
    for _ in range(100):
        if terminal.events("pause"):
            break
        time.sleep(0.05)
    assert [(e["why"], e["typed"]) for e in terminal.events("pause")] == [("hangup", "half a line")]
    child.closed = True


def test_full_disk_in_mid_session(terminal):
    """A limit on the file's size stands for the disk; it fills up and is emptied again."""
    child = terminal.practice()
    say(child, "This line is saved.")
    path, = (terminal.folder / "transcripts").glob("*.jsonl")
    room = path.stat().st_size + 20 # not enough for a line
    resource.prlimit(child.pid, resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
    assert "Not saved" in say(child, "This one has no room.")
    assert "not saved yet" in say(child, "Nor has this.")
    assert terminal.said() == ["This line is saved."] # no half of a line either
    resource.prlimit(child.pid, resource.RLIMIT_FSIZE,
                     (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert "Saved" in say(child, "There is room again.")
    assert terminal.said() == ["This line is saved.", "This one has no room.", "Nor has this.",
                               "There is room again."]
    leave(child)


def test_full_disk_until_the_end(terminal):
    child = terminal.practice(TMPDIR=str(terminal.folder))
    path, = (terminal.folder / "transcripts").glob("*.jsonl")
    say(child, "This line is saved.")
    room = path.stat().st_size + 20
    resource.prlimit(child.pid, resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
    say(child, "This one has no room.")
    leaves = "Enter tries again, q gives up"
    child.send("\x04")
    child.expect("Enter does")
    child.send("\r")
    child.expect(leaves)
    child.send("\r")
    child.expect(leaves)
    resource.prlimit(child.pid, resource.RLIMIT_FSIZE,
                     (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    child.send("\r")
    child.expect(pexpect.EOF)
    assert terminal.said() == ["This line is saved.", "This one has no room."]
    child.close()
    assert child.exitstatus == 0


def test_lost_connection_with_a_full_disk_loses_nothing(terminal):
    child = terminal.practice(TMPDIR=str(terminal.folder))
    path, = (terminal.folder / "transcripts").glob("*.jsonl")
    room = path.stat().st_size + 20
    resource.prlimit(child.pid, resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
    say(child, "This one has no room.")
    resource.prlimit(child.pid, resource.RLIMIT_FSIZE, (1 << 20, resource.RLIM_INFINITY))
    child.kill(signal.SIGHUP)
    child.expect(pexpect.EOF)
    assert terminal.said() == ["This one has no room."]


def test_stop_and_come_back(terminal):
    shell = terminal.start("--norc", "--noprofile", "-i", program="/bin/bash", PS1="shell> ")
    shell.expect("shell> ")
    shell.send(terminal.viva + " practice tiny\r")
    shell.expect(PROMPT)
    shell.send("half")
    shell.expect("half")
    shell.send("\x1a")
    shell.expect("Stopped")
    shell.expect("shell> ")
    shell.send("fg\r")
    shell.expect("half")
    say(shell, " a line")
    assert terminal.said() == ["half a line"]
    shell.close(force=True)


def test_two_processes_never_write_to_one_transcript(terminal):
    child = terminal.practice()
    path, = (terminal.folder / "transcripts").glob("*.jsonl")
    other = terminal.start("resume", str(path))
    other.expect(f"is open in another viva \\(process {child.pid}\\)")
    other.expect(pexpect.EOF)
    other.close()
    assert other.exitstatus == 5
    leave(child)


def test_escape_sequences_of_a_transcript_do_nothing(terminal):
    child = terminal.practice(TERM="xterm")
    child.send("\x1b[200~say \x1b]0;title\x07 it\x1b[201~\r")
    child.expect(PROMPT)
    shown = say(child, "/undo")
    assert "^[]0;title^G" in shown and "\x1b]0;" not in shown
    leave(child)


def test_plain_mode_draws_nothing(terminal):
    child = terminal.start("practice", "tiny", "--plain", TERM="xterm-256color")
    child.expect("1 requirements  0:0\\d / 2:00 > ")
    assert "\x1b[1m" not in child.before and "\u203a" not in child.before
    leave(child)


def test_without_a_terminal_nothing_is_echoed(terminal):
    out = os.popen(f"cd {terminal.folder} && echo 'typed words' | env -i "
                   + " ".join(f"{k}='{v}'" for k, v in terminal.environment.items())
                   + f" {terminal.viva} practice tiny").read()
    assert "typed words" not in out.split("What earned most")[0] and "\x1b" not in out

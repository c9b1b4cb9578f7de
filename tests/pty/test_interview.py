"""An interview as a person drives it: completion, paste, interruption, the verdict."""
import os
import re
import signal

import pexpect
import pytest
from conftest import PROMPT

BEGIN, END = "\x1b[200~", "\x1b[201~"


def interview(terminal, **more):
    child = terminal.start("interview", "tiny", "--candidate", "XY", "--interviewer", "AB", **more)
    child.expect(PROMPT)
    return child


def say(child, line):
    """Types a line and returns what is shown until the next prompt."""
    child.send(line + "\r")
    child.expect_exact(line)
    child.expect(PROMPT)
    return child.before


def tags(terminal):
    return [(e["criterion"], e["verdict"], e.get("of")) for e in terminal.events("tag")]


def test_completion_of_names(terminal):
    child = interview(terminal)
    child.send("/ta\t\t\t")
    child.expect(re.compile("/tag .*/tags", re.S))
    child.send("\x03")
    child.expect(PROMPT)
    child.send("/t ke\t2 sp\t1\r")
    child.expect_exact("/t kettles 2 spare 1")
    child.expect(PROMPT)
    assert tags(terminal) == [("kettles", "explained", None), ("spare", "mentioned", None)]
    child.send("/f so\t\r")
    child.expect_exact("/f sorts")
    child.expect("Eight sorts")
    child.expect(PROMPT)
    child.send("/help ti\t\r")
    child.expect("/help time.*minutes per phase")
    child.expect(PROMPT)
    child.close()


def test_a_tag_takes_seven_keys(terminal):
    child = interview(terminal)
    say(child, "> eight sorts")
    shown = say(child, "/t 1 2")
    assert "scope  explained" in shown and "eight sorts" in shown
    said = terminal.events("say")[-1]["n"]
    assert tags(terminal) == [("scope", "explained", said)]
    child.close()


def test_paste_is_the_candidates(terminal):
    child = interview(terminal, TERM="xterm-256color", COLUMNS="80")
    child.send(f"{BEGIN}> first\n> second\n\nthird\n{END}\r")
    child.expect_exact("third")
    child.expect(PROMPT)
    assert terminal.said() == ["first\nsecond\n\nthird"]
    child.send(f"{BEGIN}a note\nof two lines{END}\r")
    child.expect_exact("two lines")
    child.expect(PROMPT)
    assert [e["text"] for e in terminal.events("note")] == ["a note\nof two lines"]
    child.close()


def test_paste_of_several_speakers_is_taken_line_by_line(terminal):
    child = interview(terminal, TERM="xterm-256color", COLUMNS="80")
    child.send(f"{BEGIN}my note first\n> eight sorts\n\n/t 1 2\n/T2 1\n  > and more\n{END}\r")
    child.expect("spare|kettles  mentioned")
    child.expect(PROMPT)
    assert [e["text"] for e in terminal.events("note")] == ["my note first"]
    assert terminal.said() == ["eight sorts", "and more"]
    said = [e["n"] for e in terminal.events("say") if e["who"] == "candidate"][0]
    assert tags(terminal) == [("scope", "explained", said), ("kettles", "mentioned", said)]
    child.send(f"{BEGIN}> a\nmy note\n> b\n/pause\n/q\n/t 3 2{END}\r")
    child.expect("stay .Enter.")
    child.send("p\r")
    child.expect("pasted behind that is left out")
    child.wait()
    assert terminal.said()[2:] == ["a", "b"] and len(terminal.events("tag")) == 2


def test_large_paste_is_kept_whole(terminal):
    words = "> " + " ".join(f"word{n}" for n in range(18000)) # more than one event holds
    child = interview(terminal, TERM="xterm")
    child.timeout = 60
    for at in range(0, len(words), 1000):
        child.send((BEGIN if at == 0 else "") + words[at:at + 1000])
        try:
            child.read_nonblocking(1 << 20, 0)
        except pexpect.TIMEOUT:
            pass
    child.send(END + "\r")
    child.expect("requirements")
    child.send("/t scope 1\r")
    child.expect("Tagged")
    assert len(terminal.said()) == 2 and " ".join(terminal.said()).split() == words[2:].split()
    child.close(force=True)


def test_drop_pause_and_go_on_from_home(terminal):
    child = interview(terminal)
    child.send("half a li\x03")
    child.expect_exact("^C")
    child.expect(PROMPT)
    say(child, "a whole note")
    say(child, "/n")
    child.send("\x04")
    child.expect("Enter does")
    child.send("\r")
    child.expect("viva resume")
    child.expect_exact("goes on")
    child.wait()
    child = terminal.start()
    child.expect("Go on with it")
    child.send("\r")
    child.expect("XY, asked by AB")
    child.expect("2 the kitchen")
    child.expect("Untouched")
    child.expect(PROMPT)
    assert "a whole note" in [e["text"] for e in terminal.events("note")]
    say(child, "/t spare 1")
    assert tags(terminal)[-1][:2] == ("spare", "mentioned")
    child.close()


def give_verdict(child, *answers):
    child.send("/quit\r")
    child.expect("Give the verdict")
    child.send("y\r")
    for answer in answers:
        child.expect(PROMPT)
        child.send(answer + "\r")


@pytest.mark.parametrize("columns", [40, 60])
def test_the_verdict_says_what_each_key_does(terminal, columns):
    child = interview(terminal, columns=columns)
    say(child, "/t 1 2")
    give_verdict(child, "")
    child.expect(r"Strengths:\s+Enter\s+keeps\s+these,\s+-\s+says\s+none,\s+or\s+type\s+yours\s+with\s+;\s+between\s+two")
    child.send("hire\r")
    child.expect(r"Whether\s+to\s+hire\s+is\s+asked\s+last")
    child.expect(PROMPT)
    child.send("- \r")
    child.expect(r"Gaps:\s+Enter\s+says\s+none,\s+or\s+type\s+yours")
    child.expect(PROMPT)
    assert [e["text"] for e in terminal.events("note") if e.get("about")] == ["-"]
    child.close()


def test_killed_in_the_verdict(terminal):
    child = interview(terminal)
    say(child, "> eight sorts, because guests ask for them")
    say(child, "/t scope 2")
    give_verdict(child, "requirements 3", "", "clear and calm", "-", "sy mid")
    child.expect("To seal.*strong yes at mid")
    child.expect(PROMPT)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child = terminal.start() # at home it is the session that is open
    child.expect("Go on with it")
    child.send("\r")
    child.expect(r"requirements 3.0 \(by tags 4.0\).*clear and calm.*none.*strong yes at mid")
    child.expect("Seal it")
    child.expect(PROMPT)
    child.send("y\r")
    child.expect("AB's score of XY +sealed")
    child.expect("Side by side")
    child.wait()
    mine, = [e for e in terminal.events("score") if e["grader"] == "person:AB"]
    assert mine["sealed"] and mine["recommendation"] == "strong-yes" and mine["at"] == "mid"
    assert mine["strengths"] == ["clear and calm"] and mine["gaps"] == []
    assert mine["dimensions"]["requirements"]["share"] == 0.75


def test_verdict_is_left_and_mended(terminal):
    child = interview(terminal)
    say(child, "> eight sorts")
    give_verdict(child, "/t scope 1", "/n")
    child.expect("/next is not there any more")
    child.expect(PROMPT)
    child.send("/quit\r")
    child.expect("Not sealed yet")
    child.wait()
    assert not terminal.events("score")
    child = terminal.start("interview", "--transcript", terminal.events()[0]["id"][:8],
                           "--interviewer", "CD")
    child.expect("@4 read")
    child.expect(PROMPT)
    shown = say(child, "/tags")
    assert "Nothing is tagged yet" in shown
    shown = say(child, "> that is what she said")
    assert "The interview is over" in shown
    child.send("\x04")
    child.expect("Enter does")
    child.send("\r")
    child.expect("--transcript")
    child.wait()
    assert terminal.events("tag")[-1]["by"] == "AB"
    assert not [e for e in terminal.events("note") if e.get("about") == "opened"]


def test_what_is_typed_at_the_question_is_kept(terminal):
    child = interview(terminal)
    for ask, question in (("\x04", "Enter does"), ("/q\r", "stay .Enter.")):
        for line, shown in (("> one more thing", "@"), ("/t scope 1", "Tagged"), ("/t3 0", "3 spare")):
            child.send(ask)
            child.expect(question)
            child.send(line + "\r")
            child.expect_exact(line)
            child.expect(shown)
            child.expect(PROMPT)
    child.send("\x04")
    child.expect("Enter does")
    say(child, "quick on her feet")
    child.send("/q\r")
    child.expect("stay .Enter.")
    child.send("maybe\r")
    child.expect("'maybe' is none of these")
    child.send("\r")
    child.expect(PROMPT)
    child.send("\x04")
    child.expect("Enter does")
    child.send("c\r")
    child.expect(PROMPT)
    assert terminal.said() == ["one more thing"] * 2
    assert [e["text"] for e in terminal.events("note")] == ["quick on her feet"]
    assert [e["criterion"] for e in terminal.events("tag")] == ["scope", "spare"] * 2
    assert terminal.events("pause") == []
    child.close()


def test_hang_up_saves_and_pauses(terminal):
    child = interview(terminal)
    say(child, "a note")
    os.kill(child.pid, signal.SIGHUP)
    child.wait()
    assert terminal.events()[-1]["type"] == "pause"


def test_what_is_no_answer_is_asked_again(terminal):
    child = interview(terminal, columns=60, LINES="40")
    say(child, "> eight sorts")
    child.send("/q\r")
    for answer in ("yesterday", "hm", "\x1b[31mred"):
        child.expect_exact("(Enter)? ")
        assert all(len(line) <= 60 for line in child.before.splitlines())
        assert "or stay" in child.before and "st\r\nay" not in child.before
        child.send(answer + "\r")
        child.expect("is none of these")
    child.expect_exact("(Enter)? ")
    child.send("no\r")
    child.expect(PROMPT)
    say(child, "/t scope 2")
    give_verdict(child, "", "", "", "y")
    child.expect("goes through it again")
    child.expect(PROMPT)
    child.send("yellow\r")
    child.expect("'yellow' is none of these")
    child.expect("To seal")
    child.expect(PROMPT)
    assert not terminal.events("score")
    child.send("Y\r")
    child.expect("sealed")
    child.wait()
    assert terminal.events("score")


def test_no_list_swallows_what_is_typed_for_the_candidate(terminal):
    """A pager would take the next words as its keys while somebody talks."""
    child = interview(terminal, lines=6, PAGER="sh -c 'cat > /dev/null; read kept < /dev/tty'")
    for words in ("eight sorts", "six hundred cups", "two boilers"):
        say(child, "> " + words)
    for command in ("/lines", "/tags all", "/f", "/todo all"):
        say(child, command)
    say(child, "> a spare one")
    assert terminal.said()[-1] == "a spare one"
    child.close()
